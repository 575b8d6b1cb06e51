"""Reads wider than one problem: what waits for whom, who owes a commitment, what the ledgers hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from qingfeng.apps.base.orgs.models import Role, Unit, UnitClosure, User
from qingfeng.apps.base.orgs.queries import unserved_below
from qingfeng.apps.base.orgs.visibility import own_units, reach, roles
from qingfeng.apps.base.records.hints import Unindexed
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit, Stage, StageKind
from qingfeng.apps.work.inspections import visibility as sheet_visibility
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.flow import OPEN, WORKING, ProblemState
from qingfeng.apps.work.problems.kept import again_differences, due_differences
from qingfeng.apps.work.problems.models import (
    Commitment,
    CoUnit,
    Extension,
    Problem,
    Recusal,
    Submission,
    Transfer,
    UnitSummary,
)
from qingfeng.apps.work.problems.turns import my_turn
from qingfeng.apps.work.problems.visibility import listed, visible, with_shown_number

UNIT_ROLES = (Role.CLERK, Role.HEAD)
SUMMED = ("people_affected", "sum_involved", "sum_returned")
FIGURES = ("problems", *SUMMED, "closed_late")


def ledger(user: User, campaign: Campaign, *, by_key: bool = False) -> QuerySet[Problem]:
    """The problem ledger of a campaign as it exists for this user, with the number as the user may read it.

    `by_key`: what narrows it further names a few by their keys, and no index of the campaign is to be searched.
    """
    rows = visible(user)
    if by_key:
        of_campaign = rows.alias(of_campaign=Unindexed("campaign_id")).filter(of_campaign=campaign.pk)
        return _with_its_words(of_campaign, user)
    return _with_its_words(rows.filter(campaign=campaign), user)


def ledger_to_walk(user: User, campaign: Campaign) -> QuerySet[Problem]:
    """The same ledger, to be read through and counted instead of asked for a few records."""
    return _with_its_words(listed(user, campaign), user)


def _with_its_words(rows: QuerySet[Problem], user: User) -> QuerySet[Problem]:
    related = rows.select_related("lead_unit", "category", "origin", "sheet", "campaign")
    return with_shown_number(related, user)


def sheet_ledger(user: User, campaign: Campaign, *, by_key: bool = False) -> QuerySet[Sheet]:
    """The inspection ledger, with how many problems of each sheet this user sees and how many are still open.

    `by_key`: asked for a few by their keys.
    """
    sheets = sheet_visibility.listed(user, campaign)
    if by_key:
        sheets = sheet_visibility.visible(user).alias(of_campaign=Unindexed("campaign_id"))
        sheets = sheets.filter(of_campaign=campaign.pk)
    return _with_their_problems(sheets, user).select_related("filing_unit", "filing_group", "inspected_unit")


def sheet_ledger_in_parts(user: User, campaign: Campaign) -> list[QuerySet[Sheet]]:
    """The same for a small reach, in parts that have none in common."""
    return [_with_their_problems(part, user) for part in sheet_visibility.parts(user, campaign)]


def _with_their_problems(sheets: QuerySet[Sheet], user: User) -> QuerySet[Sheet]:
    of_sheet = visible(user).filter(sheet=OuterRef("pk")).exclude(state=ProblemState.VOID)
    return sheets.annotate(problem_count=_count(of_sheet), open_count=_count(of_sheet.filter(state__in=OPEN)))


def problems_on(user: User, sheet: Sheet) -> QuerySet[Problem]:
    """The problems of one sheet that exist for this user, in the order of the paper."""
    rows = visible(user).filter(sheet=sheet).select_related("lead_unit", "category", "campaign")
    return with_shown_number(rows, user).order_by("ordinal")


# What waits for whom. Each starts from the few rows that can wait for this user, and leaves out what the user is
# recused from; what is left is part of `visible`, without asking its wider question of every problem.


def _not_recused(user: User) -> QuerySet[Problem]:
    recused = Recusal.objects.filter(problem=OuterRef("pk"), person=user.person_id)
    return Problem.objects.exclude(Exists(recused))


def _in_charge(user: User, held: Iterable[Role] = UNIT_ROLES) -> Q:
    """Problems of the user's own units, and of those right below that have nobody who could act for themselves."""
    units = own_units(user, held)
    if not units:
        return Q(pk__in=[])
    own = Unit.objects.filter(pk__in=units).order_by().values("pk")
    unserved = unserved_below(units, clock.today()).order_by().values("pk")
    return Q(lead_unit_id__in=own.union(unserved, all=True))  # not by OR, for which PostgreSQL has no index


def on_my_desk(user: User) -> QuerySet[Problem]:
    """Open problems that this user's own unit has to see to, or that name the user as responsible."""
    rows = Problem.objects.order_by().filter(
        state__in=(ProblemState.FOUND, ProblemState.TRANSFERRED, *WORKING)
    )
    mine = rows.filter(_in_charge(user)).values("pk")
    if roles(user):
        mine = mine.union(rows.filter(responsible_person=user.person_id).values("pk"), all=True)
    return _not_recused(user).filter(pk__in=mine)


def below_me(user: User) -> QuerySet[Problem]:
    """Open problems of the units below the user's own."""
    rows = _not_recused(user).filter(state__in=OPEN, lead_unit_id__in=reach(user))
    return rows.exclude(_in_charge(user))


def to_sign(user: User) -> QuerySet[Problem]:
    """Submissions that wait for the signature of this head."""
    unsigned = Submission.objects.filter(problem=OuterRef("pk"), decided_at=None, signed_at=None)
    rows = _not_recused(user).filter(Exists(unsigned), state=ProblemState.SUBMITTED)
    return rows.filter(_in_charge(user, {Role.HEAD}))


def to_close_out(user: User) -> list[Problem]:
    """Signed submissions with proof whose closer is this user now. Nine queries at most."""
    signed = Submission.objects.filter(decided_at=None, signed_at__isnull=False).values("problem_id")
    rows = visible(user).filter(pk__in=signed, state=ProblemState.SUBMITTED)
    return my_turn(user, rows)


def extensions_to_decide(user: User) -> list[Problem]:
    """Problems with an extension asked, whose closer is this user now. Nine queries at most."""
    asked = Extension.objects.filter(decided_at=None).exclude(asked_by=user).values("problem_id")
    return my_turn(user, visible(user).filter(pk__in=asked))


def transfers_to_decide(user: User) -> QuerySet[Problem]:
    """Transfers that wait for the campaign office."""
    asked = Transfer.objects.filter(decided_at=None).values("problem_id")
    return _not_recused(user).filter(pk__in=asked, lead_unit_id__in=reach(user, {Role.OFFICE}))


def look_backs_due(user: User, day: date) -> QuerySet[Problem]:
    """Closed problems whose look-back has come, for those in the closing bodies."""
    rows = _not_recused(user).filter(state=ProblemState.CLOSED_OUT, look_back_on__lte=day)
    return _closing(user, rows)


def reviews_due(user: User, day: date) -> QuerySet[Problem]:
    """Long-term problems whose yearly review has come."""
    rows = _not_recused(user).filter(state=ProblemState.LONG_TERM, review_on__lte=day)
    return _closing(user, rows)


def _closing(user: User, rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Those led by units that the user's closing posts reach; the day names fewer rows than the units do."""
    closing = reach(user, {Role.INSPECTOR, Role.OFFICE})
    return rows.alias(led_by=Unindexed("lead_unit_id")).filter(led_by__in=closing)


def sub_tasks(user: User) -> QuerySet[CoUnit]:
    """Sub-tasks of this user's unit that are not done."""
    rows = CoUnit.objects.filter(unit_id__in=own_units(user, UNIT_ROLES), done_at=None)
    recused = Recusal.objects.filter(problem=OuterRef("problem"), person=user.person_id)
    rows = rows.filter(problem__state__in=OPEN).exclude(Exists(recused))
    return rows.select_related("problem", "unit")


# Commitments


def units_at_zero(campaign: Campaign) -> QuerySet[Unit]:
    """Participating units in whose subtree no problem has been counted; asked of the running figures."""
    found = UnitSummary.objects.filter(campaign=campaign, problems__gt=0).exclude(state=ProblemState.VOID)
    above = UnitClosure.objects.filter(descendant_id__in=found.values("unit_id")).values("ancestor_id")
    taking_part = CampaignUnit.objects.filter(campaign=campaign).values("unit_id")
    return Unit.objects.filter(pk__in=taking_part).exclude(pk__in=above)


def self_inspection_ends(campaign: Campaign) -> date | None:
    """The last day of the last self-inspection stage, or None where the plan has none."""
    stages = Stage.objects.filter(campaign=campaign, kind=StageKind.SELF_INSPECTION)
    return stages.order_by("-ends_on").values_list("ends_on", flat=True).first()


def units_owing_commitment(campaign: Campaign) -> QuerySet[Unit]:
    """Units still at zero when self-inspection has ended, which have not signed yet."""
    end = self_inspection_ends(campaign)
    if end is None or clock.today() <= end:
        return Unit.objects.none()
    signed = Commitment.objects.filter(campaign=campaign).values("unit_id")
    return units_at_zero(campaign).exclude(pk__in=signed)


# Figures


def recount(campaign: Campaign | None = None) -> list[str]:
    """Differences between the running figures and the problems themselves, as sentences; empty when all agree."""
    problems, kept = Problem.objects.all(), UnitSummary.objects.all()
    if campaign is not None:
        problems, kept = problems.filter(campaign=campaign), kept.filter(campaign=campaign)
    truth: dict[tuple[int, int, str], list[int]] = {}
    columns = problems.values_list(
        "campaign_id", "lead_unit_id", "state", *SUMMED, "closed_out_on", "first_due_date"
    )
    for campaign_id, unit_id, state, *sums, closed, first in columns.iterator():
        row = truth.setdefault((campaign_id, unit_id, state), [0] * len(FIGURES))
        late = int(closed is not None and first is not None and closed > first)
        for place, value in enumerate((1, *sums, late)):
            row[place] += value
    stored = {
        tuple(row[:3]): list(row[3:]) for row in kept.values_list("campaign_id", "unit_id", "state", *FIGURES)
    }
    differences = []
    for key in sorted(truth.keys() | stored.keys()):
        real, noted = truth.get(key, [0] * len(FIGURES)), stored.get(key, [0] * len(FIGURES))
        if real != noted:
            differences.append(f"专项{key[0]} 单位{key[1]} 状态{key[2]}：汇总{noted}，重算{real}")
    return [*differences, *due_differences(campaign), *again_differences(campaign)]


def _count(rows: QuerySet) -> object:
    totals = rows.order_by().values("sheet").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(totals, output_field=IntegerField()), 0)
