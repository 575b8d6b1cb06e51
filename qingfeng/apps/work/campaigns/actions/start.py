"""A reviewed plan becomes a running campaign; units join it, groups are set up for it, and it ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import Group, GroupKind, Role, Unit, UnitKind, User
from qingfeng.apps.base.orgs.visibility import own_groups
from qingfeng.apps.base.records.actions import action, change, create, note
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.actions.duties import lay_duties, lay_obligation
from qingfeng.apps.work.campaigns.drafts import checked, in_short
from qingfeng.apps.work.campaigns.models import (
    Campaign,
    CampaignGroup,
    CampaignState,
    CampaignUnit,
    ContentCategory,
    DayOffRule,
    Decision,
    DraftItem,
    ItemKind,
    Mechanism,
    Obligation,
    Plan,
    PlanState,
    Stage,
)
from qingfeng.apps.work.campaigns.permissions import check_can_manage, check_can_review
from qingfeng.apps.work.campaigns.shifting import Shift
from qingfeng.apps.work.campaigns.slots import campaign_started

TAKING_PART = (UnitKind.STREET, UnitKind.DEPARTMENT)
SHORTEST_TITLE = 6
TAKEN = (Decision.ACCEPTED, Decision.EDITED)


@dataclass(frozen=True)
class _Start:
    """What the parts of a start share."""

    campaign: Campaign
    items: Mapping[str, Sequence[DraftItem]]
    shift: Shift
    by: User

    def of(self, kind: str) -> Sequence[DraftItem]:
        return self.items.get(kind, ())

    def day(self, text: str) -> date:
        return self.shift.of(date.fromisoformat(text))


@action
def start(
    *,
    plan: Plan,
    by: User,
    shift_to: date | None = None,
    day_off_rule: str = DayOffRule.KEEP,
    cut_off_day: int | None = None,
    units: Iterable[Unit] | None = None,
    groups: Mapping[int, Sequence[Group]] | None = None,
    create_groups: bool = False,
    office: Group | None = None,
    period: tuple[date, date] | None = None,
    short_title: str = "",
    document_no: str = "",
) -> Campaign:
    """Starts the campaign of a plan whose items are all decided, with every duty that it lays on anybody.

    `shift_to` moves all dates so that the period's first day becomes that day. `units` take part (else the streets
    and departments below the plan's unit). `groups` links a draft group, by its item's id, to real groups (or to none);
    those not named there are made when `create_groups` says so. `cut_off_day` defaults to the monthly form's day, else month end.
    """
    check_can_review(by, plan)
    items = _taken_items(plan)
    first, last = _period(plan, items, period)
    shift = Shift.between(first, shift_to) if shift_to else Shift()
    if shift.of(last) < clock.today():
        raise BadInput(
            _("方案的实施期到%(day)s已结束，请填写新的开始日期，把全部日期平移过去。")
            % {"day": shift.of(last)}
        )
    campaign = create(
        Campaign(
            plan=plan,
            root_unit=plan.root_unit,
            office=office or office_of(by, plan.root_unit),
            title=plan.title,
            short_title=short_title or short_title_of(plan.title),
            issuer=str(plan.draft.get("issuer") or "")[:100],
            document_no=document_no,
            starts_on=shift.of(first),
            ends_on=shift.of(last),
            day_off_rule=day_off_rule,
            shifted_days=(shift.of(first) - first).days,
            cut_off_day=cut_off_day or _cut_off_day(items),
            started_at=timezone.now(),
            started_by=by,
        ),
        by=by,
        kind="campaign.started",
    )
    change(plan, by=by, kind="plan.started", to={"state": PlanState.STARTED})
    begun = _Start(campaign, items, shift, by)
    _set_stages(begun)
    _set_contents(begun)
    _set_units(campaign, participants(plan.root_unit) if units is None else units, by)
    _set_groups(begun, groups or {}, create_groups)
    _set_mechanisms(begun)
    for item in begun.of(ItemKind.OBLIGATION):
        for obligation in lay_obligation(
            campaign, item.data, by=by, shift=shift, quote=item.quote, line=item.line
        ):
            lay_duties(obligation, by=by)
    for filler in campaign_started:
        filler(campaign=campaign, by=by)
    return campaign


@action
def add_unit(*, campaign: Campaign, unit: Unit, by: User) -> CampaignUnit:
    """A unit joins a running campaign and owes what falls due from today on."""
    check_can_manage(by, campaign)
    if CampaignUnit.objects.filter(campaign=campaign, unit=unit).exists():
        raise BadInput(_("%(unit)s已参加专项治理。") % {"unit": unit})
    joined = create(CampaignUnit(campaign=campaign, unit=unit), by=by, kind="campaign_unit.joined")
    _lay_all(campaign, by)
    return joined


@action
def link_groups(*, campaign_group: CampaignGroup, groups: Iterable[Group], by: User) -> CampaignGroup:
    """Real groups that stand for a group of the plan; they owe what falls due from today on."""
    campaign = campaign_group.campaign
    check_can_manage(by, campaign)
    _link(campaign_group, list(groups), by)
    _lay_all(campaign, by)
    return campaign_group


@action
def end(*, campaign: Campaign, by: User) -> Campaign:
    """The campaign is over: its ledgers are read from now on, and no longer written."""
    check_can_manage(by, campaign)
    return change(campaign, by=by, kind="campaign.ended", to={"state": CampaignState.ENDED})


def participants(root_unit: Unit) -> list[Unit]:
    """Who takes part unless others are chosen: streets and departments, else all units right below the root."""
    below = Unit.objects.on(clock.today()).filter(parent=root_unit)
    return list(below.filter(kind__in=TAKING_PART)) or list(below)


def short_title_of(title: str) -> str:
    """What people call it: without who it is for, and without the words for a plan."""
    name = re.sub(r"(专项)?(工作|实施|行动)*方案.*$", "", title)
    name = re.sub(r"^.*?(关于印发|关于|开展|推进)", "", name).strip("《》 ")
    return (name if len(name) >= SHORTEST_TITLE else title)[:40]


def office_of(user: User, root_unit: Unit) -> Group:
    """The office group in which this user starts campaigns; BadInput when none is set up."""
    mine = Group.objects.on(clock.today()).filter(pk__in=own_groups(user, {Role.OFFICE}))
    at_home = Group.objects.on(clock.today()).filter(kind=GroupKind.CAMPAIGN_OFFICE, home_unit=root_unit)
    office = mine.filter(kind=GroupKind.CAMPAIGN_OFFICE).first() or at_home.first() or mine.first()
    if office is None:
        raise BadInput(_("%(unit)s还没有领导小组办公室，请先在“组织”中设立。") % {"unit": root_unit})
    return office


def _taken_items(plan: Plan) -> dict[str, list[DraftItem]]:
    """The items that hold, by kind; BadInput names what still has to be decided or completed."""
    rows = list(DraftItem.objects.filter(plan=plan).order_by("kind", "order"))
    pending = [item for item in rows if item.decision == Decision.PENDING]
    if pending:
        raise BadInput(
            _("还有%(count)d项没有核对，请逐项采用、修改或不采用。") % {"count": len(pending)},
            places=[in_short(item.kind, item.data) for item in pending[:10]],
        )
    taken: dict[str, list[DraftItem]] = {}
    wrong = []
    for item in rows:
        if item.decision in TAKEN:
            taken.setdefault(item.kind, []).append(item)
            wrong += _complete(item)
    wrong += _doubled(taken, ItemKind.STAGE) + _doubled(taken, ItemKind.CONTENT)
    if wrong:
        raise BadInput(_("有%(count)d项内容不全，请先修改。") % {"count": len(wrong)}, places=wrong)
    return taken


def _complete(item: DraftItem) -> list[str]:
    """Brings the item's data into the shape that is kept; what hinders that, in words."""
    if item.kind == ItemKind.FAULT:
        return []
    try:
        item.data = checked(item.kind, item.data)
    except BadInput as error:
        return [f"{ItemKind(item.kind).label}“{in_short(item.kind, item.data)}”：{error}"]
    return []


def _doubled(taken: Mapping[str, Sequence[DraftItem]], kind: ItemKind) -> list[str]:
    """Numbers that two items of a kind bear."""
    numbers = Counter(item.data.get("number") for item in taken.get(kind, ()))
    return [
        _("%(kind)s的序号%(number)d出现%(count)d次，请改正。")
        % {"kind": kind.label, "number": number, "count": count}
        for number, count in numbers.items()
        if number and count > 1
    ]


def _period(
    plan: Plan, items: Mapping[str, Sequence[DraftItem]], given: tuple[date, date] | None
) -> tuple[date, date]:
    """The plan's span: as given, as read, else from its stages."""
    stages = items.get(ItemKind.STAGE, ())
    starts = [date.fromisoformat(item.data["start"]) for item in stages]
    ends = [date.fromisoformat(item.data["end"]) for item in stages]
    first = given[0] if given else plan.period_start or min(starts, default=None)
    last = given[1] if given else plan.period_end or max(ends, default=None)
    if first is None or last is None:
        raise BadInput(_("方案没有写明起止日期，请填写专项治理的开始和结束日期。"))
    if last < first:
        raise BadInput(_("结束日期%(last)s早于开始日期%(first)s，请改正。") % {"first": first, "last": last})
    return first, last


def _cut_off_day(items: Mapping[str, Sequence[DraftItem]]) -> int:
    for item in items.get(ItemKind.OBLIGATION, ()):
        day = (item.data.get("recurrence") or {}).get("day") if item.data.get("is_monthly_form") else None
        if day and day > 0:
            return int(day)
    return 31


def _set_stages(begun: _Start) -> None:
    for number, item in enumerate(begun.of(ItemKind.STAGE), 1):
        data = item.data
        create(
            Stage(
                campaign=begun.campaign,
                number=data.get("number") or number,
                name=data["name"],
                kind=data["kind"],
                starts_on=begun.day(data["start"]),
                ends_on=begun.day(data["end"]),
            ),
            by=begun.by,
            kind="stage.set",
        )


def _set_contents(begun: _Start) -> None:
    for number, item in enumerate(begun.of(ItemKind.CONTENT), 1):
        create(
            ContentCategory(
                campaign=begun.campaign,
                number=item.data.get("number") or number,
                title=item.data["title"],
                text=item.data.get("text") or "",
            ),
            by=begun.by,
            kind="content.set",
        )


def _set_mechanisms(begun: _Start) -> None:
    for item in begun.of(ItemKind.MECHANISM):
        create(
            Mechanism(campaign=begun.campaign, name=item.data["name"], quote=item.quote, line=item.line),
            by=begun.by,
            kind="mechanism.set",
        )


def _set_units(campaign: Campaign, units: Iterable[Unit], by: User) -> None:
    chosen = list(units)
    if not chosen:
        raise BadInput(_("没有参加专项治理的单位，请先在“组织”中设立或选择单位。"))
    for unit in chosen:
        create(CampaignUnit(campaign=campaign, unit=unit), by=by, kind="campaign_unit.joined")


def _set_groups(begun: _Start, links: Mapping[int, Sequence[Group]], create_missing: bool) -> None:
    for number, item in enumerate(begun.of(ItemKind.GROUP), 1):
        data: dict[str, Any] = item.data
        group = create(
            CampaignGroup(
                campaign=begun.campaign,
                name=data["name"],
                kind=data["kind"],
                count=data.get("count") or 1,
                members=data.get("members") or [],
                line=item.line,
            ),
            by=begun.by,
            kind="campaign_group.set",
        )
        if item.pk in links:
            chosen = list(links[item.pk])
        elif group.kind == GroupKind.CAMPAIGN_OFFICE:
            chosen = [begun.campaign.office]
        else:
            chosen = _made_groups(group, number, begun.by) if create_missing else []
        _link(group, chosen, begun.by)


def _made_groups(group: CampaignGroup, number: int, by: User) -> list[Group]:
    """New groups of the organisation for a group of the plan, numbered where it is counted but not named."""
    campaign = group.campaign
    names = [group.name] if group.count == 1 else [f"{group.name}{n}" for n in range(1, group.count + 1)]
    return [
        orgs.create_group(
            code=f"{campaign.root_unit.code}-{campaign.pk}-{number}-{place}",
            name=name,
            kind=group.kind,
            home_unit=campaign.root_unit,
            by=by,
            valid_from=min(clock.today(), campaign.starts_on),
        )
        for place, name in enumerate(names, 1)
    ]


def _link(group: CampaignGroup, groups: Sequence[Group], by: User) -> None:
    if len(groups) > group.count:
        raise BadInput(
            _("“%(name)s”在方案中有%(count)d个，不能对应%(chosen)d个组。")
            % {"name": group.name, "count": group.count, "chosen": len(groups)}
        )
    if groups:
        group.groups.set(groups)
        note(group, "campaign_group.linked", by=by, payload={"groups": [one.pk for one in groups]})


def _lay_all(campaign: Campaign, by: User) -> None:
    for obligation in Obligation.objects.filter(campaign=campaign, voided_at__isnull=True):
        obligation.campaign = campaign
        lay_duties(obligation, by=by, from_day=clock.today())
