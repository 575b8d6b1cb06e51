"""What comes in against a duty: electronic and paper copy, each with its own time; returned when it will not do."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Duty, Medium, Receipt
from qingfeng.apps.work.campaigns.permissions import (
    check_can_hand_in,
    check_can_register,
    check_can_return,
    registers,
)

SHORTEST_NOTE = 2


@action
def receive(
    *,
    duty: Duty,
    medium: str,
    by: User,
    received_on: date | None = None,
    file_name: str = "",
    content: bytes | None = None,
    note: str = "",
) -> Receipt:
    """One copy came in. The bearer hands in electronically; paper is registered by whoever receives it."""
    check = check_can_register if medium == Medium.PAPER else check_can_hand_in
    check(by, duty)
    if duty.obligation.is_monthly_form and medium == Medium.ELECTRONIC:
        raise Refused(_("本任务以月报表报送，请在“报送”中编制、签字并报出。"))
    _check_wanted(duty, medium)
    day = _received_on(duty, by, received_on)
    if (
        content is None
        and medium == Medium.ELECTRONIC
        and not registers(by, duty)
        and duty.obligation.deliver_to
    ):
        raise BadInput(_("请上传要报送的文件。"))
    if content is None and medium == Medium.ELECTRONIC and len(note.strip()) < SHORTEST_NOTE:
        raise BadInput(_("请上传文件，或写明办理情况。"))
    stored = files.store(name=file_name, content=content, by=by) if content is not None else None
    receipt = create(
        Receipt(
            campaign=duty.campaign,
            duty=duty,
            medium=medium,
            file=stored,
            note=note.strip()[:300],
            received_on=day,
            received_at=timezone.now(),
            received_by=by,
        ),
        by=by,
        kind="receipt.received",
    )
    _settle(duty, by)
    return receipt


@action
def fulfil_by_form(*, duty: Duty, by: User) -> Receipt:
    """The monthly form was handed in: that is the electronic copy. Handed in again (a correction), nothing changes."""
    check_can_hand_in(by, duty)
    if not duty.obligation.is_monthly_form:
        raise BadInput(_("“%(what)s”不以月报表报送。") % {"what": duty.obligation})
    return _enter(duty, by, _("月报表"))


def fulfil_by_meeting(*, duty: Duty, by: User, title: str) -> Receipt:
    """The meeting that the duty asks for was held and entered. Within an action."""
    check_can_hand_in(by, duty)
    return _enter(duty, by, _("会议：%(title)s") % {"title": title})


@action
def return_receipt(*, receipt: Receipt, reason: str, by: User) -> Receipt:
    """What came in will not do: the duty is open again."""
    duty = receipt.duty
    check_can_return(by, duty)
    if receipt.returned_at:
        raise Refused(_("这份报送已被退回。"))
    if not reason.strip():
        raise BadInput(_("请写明退回的理由。"))
    return take_back(receipt, duty, reason.strip()[:300], by)


def take_back(receipt: Receipt, duty: Duty, reason: str, by: User) -> Receipt:
    """Marks a receipt as returned and opens its duty again. Within an action."""
    if duty.fulfilled_at:
        change(
            duty,
            by=by,
            kind="duty.reopened",
            payload={"reason": reason},
            to={"fulfilled_at": None, "fulfilled_by": None, "fulfilled_on": None},
        )
    to = {"returned_at": timezone.now(), "returned_by": by, "returned_reason": reason}
    return change(receipt, by=by, kind="receipt.returned", to=to)


def wanted(duty: Duty) -> list[str]:
    """The media in which it is asked for."""
    obligation = duty.obligation
    media = [(Medium.ELECTRONIC, obligation.wants_electronic), (Medium.PAPER, obligation.wants_paper)]
    return [str(medium) for medium, yes in media if yes] or [str(Medium.ELECTRONIC)]


def _enter(duty: Duty, by: User, note: str) -> Receipt:
    valid = Receipt.objects.filter(duty=duty, medium=Medium.ELECTRONIC, returned_at__isnull=True).first()
    if valid:
        return valid
    if duty.waived_at:
        raise Refused(_("本任务已免报。"))
    receipt = create(
        Receipt(
            campaign=duty.campaign,
            duty=duty,
            medium=Medium.ELECTRONIC,
            note=note[:300],
            received_on=clock.today(),
            received_at=timezone.now(),
            received_by=by,
        ),
        by=by,
        kind="receipt.received",
    )
    _settle(duty, by)
    return receipt


def _check_wanted(duty: Duty, medium: str) -> None:
    if duty.waived_at:
        raise Refused(_("本任务已免报。"))
    if medium not in Medium or medium not in wanted(duty):
        raise BadInput(
            _("本任务不要求%(medium)s。") % {"medium": Medium(medium).label if medium in Medium else medium}
        )
    if Receipt.objects.filter(duty=duty, medium=medium, returned_at__isnull=True).exists():
        raise Refused(
            _("%(medium)s已经收到，不必重复报送；如需更换请由接收方先退回。")
            % {"medium": Medium(medium).label}
        )


def _received_on(duty: Duty, by: User, given: date | None) -> date:
    today = clock.today()
    if given is None or given == today:
        return today
    if given > today:
        raise BadInput(_("收到日期%(day)s还没有到，请核对。") % {"day": given})
    if not registers(by, duty):
        raise Refused(_("自行报送以当天为准，收到日期由接收方登记。"))
    return given


def _settle(duty: Duty, by: User) -> None:
    """Fulfilled when every wanted medium is in; the day is that of the last one."""
    days = dict(
        Receipt.objects.filter(duty=duty, returned_at__isnull=True).values_list("medium", "received_on")
    )
    if duty.fulfilled_at is None and all(medium in days for medium in wanted(duty)):
        to = {"fulfilled_at": timezone.now(), "fulfilled_by": by, "fulfilled_on": max(days.values())}
        change(duty, by=by, kind="duty.fulfilled", to=to)
