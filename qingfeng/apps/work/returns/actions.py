"""Preparing, wording, signing, handing in and correcting the monthly form."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.actions.receipts import fulfil_by_form
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.returns.contents import differences, digest, live, recount
from qingfeng.apps.work.returns.counting import Counts
from qingfeng.apps.work.returns.figures import Box
from qingfeng.apps.work.returns.models import CountedRow, MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.periods import check_month, month_named
from qingfeng.apps.work.returns.permissions import (
    check_can_correct,
    check_can_edit,
    check_can_hand_in,
    check_can_prepare,
    check_can_sign,
    check_can_take_back,
)
from qingfeng.apps.work.returns.queries import duty_for, in_force
from qingfeng.apps.work.returns.wording import STANDARD, read_words

LONGEST_REASON = 300


@action
def prepare(*, campaign: Campaign, unit: Unit, month: date, by: User) -> MonthlyReturn:
    """A draft of the unit's form for a month that has begun. `month` is any day of the month that names it."""
    check_can_prepare(by, campaign, unit)
    named = month_named(campaign, month)
    check_month(campaign, named)
    existing = in_force(campaign, unit, named.name)
    if existing:
        raise Refused(
            _("%(unit)s%(month)s的月报表已经编制（%(state)s），请打开继续办理。")
            % {"unit": unit, "month": named, "state": ReturnState(existing.state).label}
        )
    form = MonthlyReturn(
        campaign=campaign,
        unit=unit,
        month=named.name,
        period_start=named.start,
        period_end=named.end,
        words={},
        prepared_at=timezone.now(),
        prepared_by=by,
    )
    return create(form, by=by, kind="monthly_return.prepared")


@action
def edit_words(
    *, monthly_return: MonthlyReturn, column_unit: Unit, box: str, text: str, by: User
) -> MonthlyReturn:
    """The words of one box of one column; the marks in them keep counting. The standard wording ends an edit."""
    check_can_edit(by, monthly_return)
    if box not in Box.values:
        raise BadInput(_("月报表没有“%(box)s”这一栏。") % {"box": box})
    contents = live(monthly_return, recount(monthly_return))
    if contents.column(column_unit.code) is None:
        raise BadInput(_("%(unit)s不在本月的受检单位中。") % {"unit": column_unit})
    words = read_words(text)
    edited = {**monthly_return.words.get(str(column_unit.pk), {}), box: words}
    if words == STANDARD[Box(box)]:
        del edited[box]
    return change(
        monthly_return,
        by=by,
        kind="monthly_return.worded",
        when={"state": ReturnState.DRAFT},
        to={"words": {**monthly_return.words, str(column_unit.pk): edited}},
    )


@action
def sign(*, monthly_return: MonthlyReturn, by: User) -> MonthlyReturn:
    """The head's signature under words and figures as they are now; both are kept, and the words are fixed."""
    check_can_sign(by, monthly_return)
    snapshot = live(monthly_return, recount(monthly_return)).as_snapshot()
    to = {"state": ReturnState.SIGNED, "signed_at": timezone.now(), "signed_by": by, "snapshot": snapshot}
    return change(
        monthly_return, by=by, kind="monthly_return.signed", to=to, when={"state": ReturnState.DRAFT}
    )


@action
def take_back(*, monthly_return: MonthlyReturn, reason: str, by: User) -> MonthlyReturn:
    """The signature is withdrawn with a reason; the form is a draft again."""
    check_can_take_back(by, monthly_return)
    to = {"state": ReturnState.DRAFT, "signed_at": None, "signed_by": None, "snapshot": None}
    return change(
        monthly_return,
        by=by,
        kind="monthly_return.taken_back",
        to=to,
        when={"state": ReturnState.SIGNED},
        payload={"reason": _reason(reason)},
    )


@action
def hand_in(*, monthly_return: MonthlyReturn, by: User) -> MonthlyReturn:
    """Handed in as signed: figures and the records behind them are kept, and the month's duty is done.

    Refused when the ledgers have changed a figure since the signature: a signature holds for what was signed.
    """
    check_can_hand_in(by, monthly_return)
    _one_at_a_time(monthly_return)
    counts = recount(monthly_return)
    contents = live(monthly_return, counts)
    changed = differences(monthly_return.snapshot or {"columns": []}, contents)
    if changed:
        raise Refused(
            _("签字以后台账有变化：%(changed)s。请撤回签字，核对后重新签字再报送。")
            % {"changed": "；".join(changed)}
        )
    duty = duty_for(monthly_return.campaign, monthly_return.unit, monthly_return.month)
    snapshot = contents.as_snapshot()
    to = {
        "state": ReturnState.HANDED_IN,
        "snapshot": snapshot,
        "duty": duty,
        "handed_in_on": clock.today(),
        "handed_in_at": timezone.now(),
        "handed_in_by": by,
    }
    change(
        monthly_return,
        by=by,
        kind="monthly_return.handed_in",
        to=to,
        when={"state": ReturnState.SIGNED},
        payload={"snapshot_digest": digest(snapshot)},
    )
    CountedRow.objects.bulk_create(_counted_rows(monthly_return, counts))
    if duty:
        fulfil_by_form(duty=duty, by=by)
    return monthly_return


@action
def correct(*, monthly_return: MonthlyReturn, reason: str, by: User) -> MonthlyReturn:
    """A new version in place of what was handed in, with the reason; it is signed and handed in like the first."""
    check_can_correct(by, monthly_return)
    reason = _reason(reason)
    version = monthly_return.version + 1
    change(
        monthly_return,
        by=by,
        kind="monthly_return.corrected",
        to={"state": ReturnState.REPLACED},
        when={"state": ReturnState.HANDED_IN},
        payload={"correction_reason": reason, "version": version},
    )
    form = MonthlyReturn(
        campaign=monthly_return.campaign,
        unit=monthly_return.unit,
        month=monthly_return.month,
        period_start=monthly_return.period_start,
        period_end=monthly_return.period_end,
        version=version,
        words=monthly_return.words,
        correction_reason=reason,
        prepared_at=timezone.now(),
        prepared_by=by,
    )
    return create(form, by=by, kind="monthly_return.prepared")


def _counted_rows(monthly_return: MonthlyReturn, counts: Counts) -> list[CountedRow]:
    return [
        CountedRow(
            monthly_return=monthly_return,
            column_unit_id=unit_id,
            figure=figure,
            subject=row.subject,
            late=row.late,
        )
        for (unit_id, figure), rows in counts.rows.items()
        for row in rows
    ]


def _one_at_a_time(monthly_return: MonthlyReturn) -> None:
    """Two months of one unit are not handed in side by side, or both would count the same late entry."""
    rows = MonthlyReturn.objects.select_for_update().filter(
        campaign=monthly_return.campaign_id, unit=monthly_return.unit_id
    )
    list(rows.order_by("pk").values_list("pk"))


def _reason(text: str) -> str:
    if not text.strip():
        raise BadInput(_("请写明理由。"))
    if len(text.strip()) > LONGEST_REASON:
        raise BadInput(_("理由超过%(limit)d字，请精简。") % {"limit": LONGEST_REASON})
    return text.strip()
