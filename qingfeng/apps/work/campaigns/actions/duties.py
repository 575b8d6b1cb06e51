"""What is owed: obligations are laid, triggered, amended and voided; duties follow from them, one a bearer a period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.base.web.office_calendar import working_days
from qingfeng.apps.work.campaigns.bearers import Bearers, resolve
from qingfeng.apps.work.campaigns.drafts import checked
from qingfeng.apps.work.campaigns.limits import find_limit
from qingfeng.apps.work.campaigns.models import BearerKind, Campaign, Duty, Obligation, Stage
from qingfeng.apps.work.campaigns.periods import Period, on_working_day, periods
from qingfeng.apps.work.campaigns.permissions import check_can_manage, check_can_trigger, check_can_waive
from qingfeng.apps.work.campaigns.shifting import Shift
from qingfeng.calendars import YearUnknown

NO_SHIFT = Shift()


@action
def add_obligation(*, campaign: Campaign, data: Mapping[str, Any], by: User) -> list[Obligation]:
    """A task that the plan does not name; it is owed from today on. One obligation for each kind of bearer."""
    check_can_manage(by, campaign)
    laid = lay_obligation(campaign, checked("obligation", data), by=by)
    for obligation in laid:
        lay_duties(obligation, by=by, from_day=clock.today())
    return laid


@action
def trigger_obligation(
    *,
    obligation: Obligation,
    bearer: Unit | Group,
    on: date,
    by: User,
    occasion: str = "",
    due: date | None = None,
) -> Duty:
    """An event has made this due for the bearer: the limit is counted from the day of the event.

    日 are calendar days, 工作日 working days; without a limit in the plan's words the date must be given.
    """
    campaign = obligation.campaign
    check_can_trigger(by, campaign, bearer)
    if obligation.voided_at:
        raise Refused(_("任务“%(what)s”已撤销。") % {"what": obligation})
    if on > clock.today():
        raise BadInput(_("触发日期%(day)s还没有到，请核对。") % {"day": on})
    limit = due or _limit_end(obligation, on) or obligation.due
    if limit is None:
        raise BadInput(_("文件没有写明期限，请填写办理期限。"))
    if limit < on:
        raise BadInput(_("办理期限%(due)s早于触发日期%(day)s，请改正。") % {"due": limit, "day": on})
    place = {"unit": bearer} if isinstance(bearer, Unit) else {"group": bearer}
    if Duty.objects.filter(obligation=obligation, period_start=on, **place).exists():
        raise BadInput(_("%(bearer)s在%(day)s已登记过这项任务。") % {"bearer": bearer, "day": on})
    made = Duty(
        campaign=campaign,
        obligation=obligation,
        period_start=on,
        period_end=max(limit, on),
        first_due=limit,
        due=_under_rule(campaign, limit),
        occasion=occasion.strip()[:200],
        **place,
    )
    return create(made, by=by, kind="duty.triggered")


@action
def amend_duty(*, duty: Duty, due: date, reason: str, by: User) -> Duty:
    """Another due date for one bearer, with the reason; the document's date stays beside it."""
    check_can_manage(by, duty.campaign)
    _check_open(duty)
    if due == duty.due:
        return duty
    if due < duty.period_start:
        raise BadInput(_("期限早于本期开始日期%(day)s，请改正。") % {"day": duty.period_start})
    return change(duty, by=by, kind="duty.amended", to={"due": due}, payload={"reason": _reason(reason)})


@action
def amend_obligation(
    *, obligation: Obligation, reason: str, by: User, due: date | None = None, bearers: Bearers | None = None
) -> Obligation:
    """Another date for a task that is due once, or other bearers. Open duties take the new date; new bearers owe
    what falls due from today on, those who no longer bear it are released."""
    check_can_manage(by, obligation.campaign)
    if obligation.voided_at:
        raise Refused(_("任务“%(what)s”已撤销。") % {"what": obligation})
    if due and obligation.recurrence:
        raise BadInput(_("周期性任务的日期请逐期更改。"))
    to: dict[str, Any] = {"due": due} if due else {}
    if bearers:
        to |= {
            "bearer_kind": bearers.kind,
            "bearer_classes": list(bearers.classes),
            "bearer_names": list(bearers.names),
        }
    if not to:
        raise BadInput(_("请填写新的期限或承担者。"))
    change(obligation, by=by, kind="obligation.amended", to=to, payload={"reason": _reason(reason)})
    if due:
        for duty in Duty.objects.filter(obligation=obligation).open():
            change(
                duty,
                by=by,
                kind="duty.amended",
                payload={"reason": _reason(reason)},
                to={"due": _under_rule(obligation.campaign, due), "period_end": max(due, duty.period_start)},
            )
    if bearers:
        _release_others(obligation, by, _reason(reason))
    lay_duties(obligation, by=by, from_day=clock.today())
    return obligation


@action
def void_obligation(*, obligation: Obligation, reason: str, by: User) -> Obligation:
    """A task that is no longer asked for: its open duties are waived with the same reason."""
    check_can_manage(by, obligation.campaign)
    if obligation.voided_at:
        raise Refused(_("任务“%(what)s”已撤销。") % {"what": obligation})
    why = _reason(reason)
    to = {"voided_at": timezone.now(), "voided_by": by, "void_reason": why}
    change(obligation, by=by, kind="obligation.voided", to=to)
    for duty in Duty.objects.filter(obligation=obligation).open():
        _waive(duty, why, by)
    return obligation


@action
def waive(*, duty: Duty, reason: str, by: User) -> Duty:
    """Releases one bearer from one duty."""
    check_can_waive(by, duty)
    _check_open(duty)
    return _waive(duty, _reason(reason), by)


def lay_obligation(
    campaign: Campaign,
    data: Mapping[str, Any],
    *,
    by: User,
    shift: Shift = NO_SHIFT,
    quote: str = "",
    line: int | None = None,
) -> list[Obligation]:
    """The obligations of one item of the draft: one for each kind of bearer. Within an action."""
    stage = (
        Stage.objects.filter(campaign=campaign, number=data["stage"]).first() if data.get("stage") else None
    )
    laid = []
    for given in data["bearers"]:
        bearers = Bearers.of(given)
        obligation = Obligation(
            campaign=campaign,
            what=data["what"][:200],
            who=data.get("who") or [],
            bearer_kind=bearers.kind,
            bearer_classes=list(bearers.classes),
            bearer_names=list(bearers.names),
            on_demand=bool(data.get("on_demand")),
            deliver_to=data.get("deliver_to") or [],
            starts_on=_shifted(data.get("start"), shift),
            due=_shifted(data.get("due"), shift),
            due_text=(data.get("due_text") or "")[:200],
            recurrence=data.get("recurrence"),
            trigger=(data.get("trigger") or "")[:200],
            condition=(data.get("condition") or "")[:300],
            channel=(data.get("channel") or "")[:200],
            wants_electronic=bool(data.get("wants_electronic")),
            wants_paper=bool(data.get("wants_paper")),
            form=(data.get("form") or "")[:100],
            stage=stage,
            quote=quote,
            line=line,
            is_monthly_form=bool(data.get("is_monthly_form")) and bearers.kind == BearerKind.UNITS,
        )
        laid.append(create(obligation, by=by, kind="obligation.set"))
    return laid


def lay_duties(obligation: Obligation, *, by: User, from_day: date | None = None) -> list[Duty]:
    """The duties still missing of an obligation, for whoever bears it now. Within an action; made twice, nothing new."""
    if obligation.on_demand or obligation.voided_at:
        return []
    owed = [period for period in periods_of(obligation) if from_day is None or period.due >= from_day]
    units, groups = resolve(obligation)
    have = set(Duty.objects.filter(obligation=obligation).values_list("unit_id", "group_id", "period_start"))
    made = []
    for period in owed:
        due = _under_rule(obligation.campaign, period.due)
        for unit, group in [*((unit, None) for unit in units), *((None, group) for group in groups)]:
            if (unit.pk if unit else None, group.pk if group else None, period.start) in have:
                continue
            duty = Duty(
                campaign=obligation.campaign,
                obligation=obligation,
                unit=unit,
                group=group,
                period_start=period.start,
                period_end=period.end,
                first_due=period.due,
                due=due,
            )
            made.append(create(duty, by=by, kind="duty.laid"))
    return made


def periods_of(obligation: Obligation) -> list[Period]:
    """When it is owed: each period of its rhythm within its stage or the campaign, or its one date."""
    campaign, stage = obligation.campaign, obligation.stage
    opening = obligation.starts_on or (stage.starts_on if stage else campaign.starts_on)
    if obligation.recurrence:
        closing = obligation.due or (stage.ends_on if stage else campaign.ends_on)
        return periods(obligation.recurrence, opening, closing)
    if obligation.due:
        return [Period(min(opening, obligation.due), obligation.due, obligation.due)]
    return []


def _limit_end(obligation: Obligation, on: date) -> date | None:
    limit = find_limit(obligation.trigger) or find_limit(obligation.due_text)
    try:
        return limit.end(on, working_days()) if limit else None
    except YearUnknown as error:
        raise BadInput(str(error)) from error


def _under_rule(campaign: Campaign, day: date) -> date:
    try:
        return on_working_day(day, campaign.day_off_rule, working_days())
    except YearUnknown as error:
        raise BadInput(str(error)) from error


def _release_others(obligation: Obligation, by: User, reason: str) -> None:
    units, groups = resolve(obligation)
    bearing = {("unit", unit.pk) for unit in units} | {("group", group.pk) for group in groups}
    for duty in Duty.objects.filter(obligation=obligation, due__gte=clock.today()).open():
        if ("unit", duty.unit_id) not in bearing and ("group", duty.group_id) not in bearing:
            _waive(duty, reason, by)


def _waive(duty: Duty, reason: str, by: User) -> Duty:
    to = {"waived_at": timezone.now(), "waived_by": by, "waived_reason": reason}
    return change(duty, by=by, kind="duty.waived", to=to)


def _check_open(duty: Duty) -> None:
    if duty.fulfilled_at:
        raise Refused(_("本任务已报齐，不再更改。"))
    if duty.waived_at:
        raise Refused(_("本任务已免报，不再更改。"))


def _reason(text: str) -> str:
    if not text.strip():
        raise BadInput(_("请写明理由。"))
    return text.strip()[:300]


def _shifted(text: str | None, shift: Shift) -> date | None:
    return shift.of(date.fromisoformat(text)) if text else None
