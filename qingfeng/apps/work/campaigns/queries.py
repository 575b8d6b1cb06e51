"""Reads over duties, meetings and activities: the grid, what is missing, what waits for whom, what is counted.

The words of a cell. 已报: every wanted copy is in (迟报: after its date). 逾期: the date has passed and something is
in, but not all, or what came in was returned. 缺: the date has passed and nothing came in. 未到期: still time.
免报: released. “Overdue” as a total counts 逾期 and 缺 together: whatever is open past its date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Appointment, Group, Role, Unit, User
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, own_groups, own_units, reach, reaches
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Mark, Tone
from qingfeng.apps.work.campaigns.models import (
    Activity,
    ActivityKind,
    Campaign,
    CampaignGroup,
    CampaignUnit,
    Duty,
    DutyQuerySet,
    Meeting,
    Receipt,
)
from qingfeng.apps.work.campaigns.visibility import (
    HANDING_IN_ROLES,
    own_duties,
    visible_activities,
    visible_duties,
)

STATES: dict[str, tuple[object, Tone]] = {
    "missing": (_("缺"), "late"),
    "overdue": (_("逾期"), "late"),
    "pending": (_("未到期"), "neutral"),
    "late": (_("迟报"), "waiting"),
    "reported": (_("已报"), "done"),
    "waived": (_("免报"), "neutral"),
}
"""From worst to best: the order in which a cell of several duties names itself."""


def mark_of(state: str) -> Mark:
    """The word of a state, with its tone."""
    label, tone = STATES[state]
    return Mark(str(label), tone)


def with_state(rows: QuerySet[Duty], day: date | None = None) -> QuerySet[Duty]:
    """Each duty with its word (`cell_state`) on that day. One query more per row of the database, none in Python."""
    today = day or clock.today()
    received = Exists(Receipt.objects.filter(duty=OuterRef("pk")))
    return rows.annotate(
        cell_state=Case(
            When(waived_at__isnull=False, then=Value("waived")),
            When(fulfilled_on__gt=F("due"), then=Value("late")),
            When(fulfilled_at__isnull=False, then=Value("reported")),
            When(due__gte=today, then=Value("pending")),
            When(received, then=Value("overdue")),
            default=Value("missing"),
            output_field=CharField(),
        )
    )


def in_state(rows: DutyQuerySet, state: str) -> QuerySet[Duty]:
    """Duties in this state; `overdue` takes in the missing ones, `fulfilled` both words for reported."""
    if state == "overdue":
        return rows.overdue(clock.today())
    if state == "fulfilled":
        return rows.filter(fulfilled_at__isnull=False)
    return with_state(rows).filter(cell_state=state)


def open_duties(user: User, *, mine: bool = False) -> QuerySet[Duty]:
    """Open duties in running campaigns: in sight, or only those that wait for this user's own units and groups."""
    rows = own_duties(user) if mine else visible_duties(user)
    return (
        rows.open()
        .filter(campaign__state="running")
        .select_related("obligation", "unit", "group", "campaign")
    )


def around_it(duty: Duty) -> dict[str, int | None]:
    """The same bearer's share of the same task one period before and after, by key. One query."""
    rows = Duty.objects.filter(
        obligation=duty.obligation_id, unit=duty.unit_id, group=duty.group_id, occasion=duty.occasion
    )
    keys = list(rows.order_by("period_start", "due", "pk").values_list("pk", flat=True))
    at = keys.index(duty.pk)
    return {
        "before": keys[at - 1] if at else None,
        "after": keys[at + 1] if at + 1 < len(keys) else None,
    }


def overdue_duties(user: User, *, mine: bool = False) -> QuerySet[Duty]:
    """The open ones whose date has passed."""
    return open_duties(user, mine=mine).filter(due__lt=clock.today())


def returned_duties(user: User, *, mine: bool = True) -> QuerySet[Duty]:
    """Open duties whose last copy was returned: to be handed in again."""
    replaced = Receipt.objects.filter(
        duty=OuterRef("duty"), medium=OuterRef("medium"), returned_at__isnull=True
    )
    returned = Receipt.objects.filter(~Exists(replaced), duty=OuterRef("pk"), returned_at__isnull=False)
    return open_duties(user, mine=mine).filter(Exists(returned))


def missing(
    campaign: Campaign, *, day: date | None = None, unit_ids: Iterable[int] | QuerySet | None = None
) -> QuerySet[Duty]:
    """Duties of a campaign past their date with nothing received at all."""
    rows = Duty.objects.filter(campaign=campaign)
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=unit_ids)
    return with_state(rows, day).filter(cell_state="missing")


def meetings_in(
    campaign: Campaign, unit_ids: Iterable[int] | QuerySet, first: date, last: date
) -> QuerySet[Meeting]:
    """Meetings that these units held between two days, for reports to count."""
    return Meeting.objects.filter(
        campaign=campaign, unit_id__in=unit_ids, held_on__range=(first, last), voided_at__isnull=True
    )


def activities_in(
    campaign: Campaign,
    unit_ids: Iterable[int] | QuerySet,
    first: date,
    last: date,
    kinds: Iterable[str] = ActivityKind.values,
) -> QuerySet[Activity]:
    """Entries of the register of these units between two days, for reports to count."""
    return Activity.objects.filter(
        campaign=campaign,
        unit_id__in=unit_ids,
        held_on__range=(first, last),
        kind__in=list(kinds),
        voided_at__isnull=True,
    )


def tasks_open(user: User, *, mine: bool = False) -> QuerySet[Activity]:
    """Tasks from instructions that are not done yet, in sight or given to the user's own units."""
    rows = visible_activities(user).filter(
        task_for__isnull=False, done_at__isnull=True, voided_at__isnull=True, campaign__state="running"
    )
    if mine:
        rows = rows.filter(task_for_id__in=own_units(user, HANDING_IN_ROLES))
    return rows.select_related("unit", "task_for", "campaign").order_by("task_due", "pk")


def to_check(user: User) -> QuerySet[Duty]:
    """Open duties of which a part has come in: the receiving side still waits for the rest (often the paper)."""
    partly = Receipt.objects.filter(duty=OuterRef("pk"), returned_at__isnull=True)
    return open_duties(user).filter(Exists(partly))


@dataclass(frozen=True)
class Totals:
    """Duties counted by state; `overdue` takes in what is missing."""

    total: int
    reported: int
    late: int
    pending: int
    overdue: int
    missing: int
    waived: int


def totals(rows: QuerySet[Duty]) -> Totals:
    """One query."""
    counts = with_state(rows).order_by().values("cell_state").annotate(number=Count("pk"))
    by_state = {row["cell_state"]: row["number"] for row in counts}
    return Totals(
        total=sum(by_state.values()),
        reported=by_state.get("reported", 0) + by_state.get("late", 0),
        late=by_state.get("late", 0),
        pending=by_state.get("pending", 0),
        overdue=by_state.get("overdue", 0) + by_state.get("missing", 0),
        missing=by_state.get("missing", 0),
        waived=by_state.get("waived", 0),
    )


def bodies_for(user: User, campaign: Campaign) -> list[Unit | Group]:
    """Units and groups for which this user enters meetings and activities: one's own, those below without a clerk;
    for the office all that take part."""
    today = clock.today()
    clerks = Appointment.objects.on(today).filter(post__role=Role.CLERK, post__unit__isnull=False)
    below = reach(user, HANDING_IN_ROLES)
    units = Q(pk__in=own_units(user, HANDING_IN_ROLES)) | (
        Q(pk__in=below) & ~Q(pk__in=clerks.values("post__unit_id"))
    )
    groups = Q(pk__in=own_groups(user, WRITING_ROLES))
    if reaches(user, campaign.root_unit_id, {Role.OFFICE}):
        linked = CampaignGroup.groups.through.objects.filter(campaigngroup__campaign=campaign).values(
            "group_id"
        )
        taking_part = CampaignUnit.objects.filter(campaign=campaign).values("unit_id")
        units |= Q(pk__in=taking_part) | Q(pk=campaign.root_unit_id)
        groups |= Q(pk__in=linked)
    return [*Group.objects.on(today).filter(groups), *Unit.objects.on(today).filter(units)]
