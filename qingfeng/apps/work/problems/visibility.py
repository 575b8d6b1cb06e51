"""Which problems exist for a user: `(reach OR handler) AND NOT recused`.

For a recused person the problem does not exist, nor does the series in which it left a gap: such a person sees
references only.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, When

from qingfeng.apps.base.orgs.models import Group, Role, User
from qingfeng.apps.base.orgs.visibility import has_wide_reach, own_groups, reach, roles
from qingfeng.apps.base.records.hints import Unindexed
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections import visibility as sheets
from qingfeng.apps.work.problems.models import CoUnit, PersonInvolved, Problem, Recusal
from qingfeng.apps.work.problems.models.problems import FOUND_ELSEWHERE


def visible(user: User) -> QuerySet[Problem]:
    """Problems of units in reach, found by the user's unit or group, or handled by the user's unit or person."""
    units = reach(user)
    helped = CoUnit.objects.filter(problem=OuterRef("pk"), unit_id__in=units)
    recused = Recusal.objects.filter(problem=OuterRef("pk"), person=user.person_id)
    within = (
        Q(lead_unit_id__in=units) | Q(finding_unit_id__in=units) | Q(finding_group_id__in=own_groups(user))
    )
    within |= Q(Exists(helped))
    if roles(user):
        within |= Q(responsible_person=user.person_id)
    return Problem.objects.filter(within).exclude(Exists(recused))


def listed(user: User, campaign: Campaign) -> QuerySet[Problem]:
    """Those of one campaign, for lists: where the reach is small its keys are collected first, by index."""
    if has_wide_reach(user):
        return visible(user).filter(campaign=campaign)
    first, *others = (part.values("pk") for part in _parts(user, Problem.objects.order_by()))
    within = first.union(*others, all=True) if others else first
    return _of_campaign(user, campaign).filter(pk__in=within)


def parts(user: User, campaign: Campaign) -> list[QuerySet[Problem]]:
    """The same rows in parts that have none in common, for lists of a small reach. What leads to each, and all by which
    it is filtered and sorted, stands in an index."""
    return _parts(user, _of_campaign(user, campaign).order_by())


def _of_campaign(user: User, campaign: Campaign) -> QuerySet[Problem]:
    """All of a campaign but those from which the user is recused."""
    recused = Recusal.objects.filter(problem=OuterRef("pk"), person=user.person_id)
    of_campaign = Problem.objects.alias(of_campaign=Unindexed("campaign_id")).filter(of_campaign=campaign.pk)
    return of_campaign.exclude(Exists(recused))


def _parts(user: User, rows: QuerySet[Problem]) -> list[QuerySet[Problem]]:
    """What units in reach lead; what they found elsewhere; what the user's groups found; what names the user as
    responsible; where units in reach help. Each without what stands in those before it."""
    units, groups = reach(user), own_groups(user)
    led, found = Q(lead_unit_id__in=units), Q(finding_unit_id__in=units)
    by_group, named = Q(finding_group_id__in=groups), Q(responsible_person=user.person_id)
    helped = Q(pk__in=CoUnit.objects.order_by().filter(unit_id__in=units).values("problem_id"))
    elsewhere = rows.exclude(led)
    seen = [rows.filter(led), elsewhere.filter(FOUND_ELSEWHERE, found)]
    if groups:
        seen.append(elsewhere.filter(by_group))
    others = elsewhere.exclude(found).exclude(by_group)
    if roles(user):
        seen.append(others.filter(named))
        others = others.exclude(named)
    return [*seen, others.filter(helped)]


def sees_series(user: User) -> Q:
    """The problems whose series of numbers this user sees whole: none for somebody who is recused from any."""
    recused = Exists(Recusal.objects.filter(person=user.person_id))
    units = reach(user)
    on_sheet = sheets.visible(user).filter(**_key_of("sheet_id"))
    return ~Q(recused) & (
        Q(Exists(on_sheet))
        | Q(sheet=None, finding_unit_id__in=units)
        | Q(sheet=None, finding_group_id__in=own_groups(user))
        | Q(sheet=None, finding_group_id__in=Group.objects.filter(home_unit_id__in=units).values("pk"))
    )


def _key_of(column: str) -> dict[str, OuterRef]:
    """Whose key this column names. From and to: of an equal key PostgreSQL would look through all sheets first, for the
    few of a page; SQLite, asked so, through those of every unit in reach."""
    if connection.vendor == "postgresql":
        return {"pk__gte": OuterRef(column), "pk__lte": OuterRef(column)}
    return {"pk": OuterRef(column)}


def with_shown_number(problems: QuerySet[Problem], user: User) -> QuerySet[Problem]:
    """Each problem with `shown_number`: the full number for those who see its series, else the reference."""
    shown = Case(When(sees_series(user), then=F("number")), default=F("reference"), output_field=CharField())
    return problems.annotate(shown_number=shown)  # type: ignore[no-redef]


def shown_number(user: User, problem: Problem) -> str:
    """The number of one problem as this user may read it. One query."""
    rows = with_shown_number(Problem.objects.filter(pk=problem.pk), user)
    return rows.values_list("shown_number", flat=True)[0]


def persons_involved(user: User, problem: Problem) -> QuerySet[PersonInvolved]:
    """Restricted: the finding body's members and the campaign office. One query."""
    office, unit = reach(user, {Role.OFFICE}), reach(user, {Role.CLERK, Role.HEAD})
    allowed = (
        Q(problem__finding_group_id__in=own_groups(user))
        | Q(problem__lead_unit_id__in=office)
        | Q(problem__finding_unit_id__in=unit)
    )
    return PersonInvolved.objects.filter(allowed, problem=problem)
