"""What waits for somebody's word: signatures, extensions, transfers, close-outs, plans."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import own_groups, own_units, roles, standing
from qingfeng.apps.base.records.hints import literal
from qingfeng.apps.base.records.questions import answers
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.work.campaigns.models import Campaign, PlanState
from qingfeng.apps.work.campaigns.visibility import visible_plans
from qingfeng.apps.work.desk.matters import LIMIT, Matter
from qingfeng.apps.work.desk.sources.problem_lines import OfProblem
from qingfeng.apps.work.problems import queries as problems
from qingfeng.apps.work.problems.models import Evidence, Extension, Problem, Submission
from qingfeng.apps.work.problems.turns import DECIDING, candidates, decided_by
from qingfeng.apps.work.problems.visibility import visible
from qingfeng.apps.work.returns import queries as returns


def to_sign(user: User) -> Iterator[OfProblem]:
    """Submissions that wait for the signature of the unit's head. One query."""
    if own_units(user, {Role.HEAD}):
        rows = problems.to_sign
        asked = ("to sign", standing(user))
        for pk in answers(asked, lambda: _keys(rows(user).order_by("due_date", "pk"))):
            yield OfProblem(pk, _("签字"), "sign", "sign")


def forms_to_sign(user: User) -> Iterator[Matter]:
    """Monthly forms that are filled and wait for the signature of the unit's head. One query."""
    units = own_units(user, {Role.HEAD})
    if not units:
        return
    rows = partial(returns.to_sign, user, units)
    asked = ("forms to sign", standing(user))
    for form in answers(asked, lambda: rows().select_related("unit").order_by("month", "pk")[:LIMIT]):
        title = _("%(year)d年%(month)d月月报表") % {"year": form.month.year, "month": form.month.month}
        address = reverse("returns:return", args=[form.pk])
        yield Matter("sign", title, str(form.unit), address, _("签字"), mark=returns.mark_of(form.state))


def commitments_owed(user: User, campaign: Campaign) -> Iterator[Matter]:
    """The signed commitment of a unit still at zero when self-inspection has ended: its head signs. Two queries."""
    units = own_units(user, {Role.HEAD})
    if not units:
        return
    ended = problems.self_inspection_ends(campaign)
    if ended is None or clock.today() <= ended:
        return
    for unit in problems.units_owing_commitment(campaign).filter(pk__in=units):
        yield Matter(
            "overdue",
            _("签零问题承诺书"),
            str(unit),
            reverse("problems:commitments"),
            _("去签"),
            due=Due(ended),
        )


def decisions(user: User) -> Iterator[OfProblem]:
    """Close-outs and extensions of which this user is the decider now. Nine queries for both together.

    What may be struck off today has its head's signature and its proof.
    """
    if not own_groups(user, DECIDING):
        return
    for problem in decided_by(user, _candidates(user))[:LIMIT]:
        if problem.is_asked:  # type: ignore[attr-defined]
            yield OfProblem(problem.pk, _("审批延期"), "decide_extension", "extension")
        else:
            yield OfProblem(problem.pk, _("审核销号"), "close_out", "close_out")


def _candidates(user: User) -> list[Problem]:
    """Of each only what tells whose turn it is."""
    asked = Exists(_extensions_asked(user).filter(problem=OuterRef("pk")))
    said = ("lead_unit", "finding_group", "responsible_person", "campaign__office")
    return answers(
        ("decisions", standing(user)),
        lambda: (
            candidates(user, _to_strike_off(user), _to_extend(user))
            .select_related("campaign")
            .only(*said)
            .annotate(is_asked=asked)
        ),
    )


def _to_strike_off(user: User) -> QuerySet[Problem]:
    """Submitted, signed and with proof: asked problem by problem, for the few that are sought among all that wait."""
    proof = Evidence.objects.filter(problem=OuterRef("problem"), withdrawn_at=None)
    signed = Submission.objects.order_by().filter(
        Exists(proof), problem=OuterRef("pk"), decided_at=None, signed_at__isnull=False
    )
    asked = _extensions_asked(user).filter(problem=OuterRef("pk"))
    waiting = Problem.objects.order_by().filter(state=literal("submitted")).exclude(Exists(asked))
    return waiting.alias(signed=Subquery(signed.values("pk")[:1])).filter(signed__isnull=False)


def _to_extend(user: User) -> QuerySet[Problem]:
    asked = _extensions_asked(user)
    return visible(user).filter(pk__in=asked.values("problem_id"))


def _extensions_asked(user: User) -> QuerySet[Extension]:
    """Those of somebody else: nobody decides about what they asked for."""
    return Extension.objects.order_by().filter(decided_at=None).exclude(asked_by=user)


def _keys(rows: QuerySet[Problem]) -> QuerySet:
    return rows.values_list("pk", flat=True)[:LIMIT]


def transfers(user: User) -> Iterator[OfProblem]:
    """Transfers that wait for the campaign office. One query."""
    if Role.OFFICE not in roles(user):
        return
    asked = ("transfers", standing(user))
    for pk in answers(asked, lambda: _keys(problems.transfers_to_decide(user).order_by("pk"))):
        yield OfProblem(pk, _("审批转办"), "decide_transfer", "transfer")


def re_checks(user: User) -> Iterator[OfProblem]:
    """Look-backs and yearly reviews whose day has come. Two queries."""
    if not roles(user) & DECIDING:
        return
    today = clock.today()
    looked, reviewed = problems.look_backs_due, problems.reviews_due
    asked = standing(user)
    for pk in answers(
        ("look-backs", asked), lambda: _keys(looked(user, today).order_by("look_back_on", "pk"))
    ):
        yield OfProblem(pk, _("回头看"), "look_back", "recheck", "look_back")
    for pk in answers(("reviews", asked), lambda: _keys(reviewed(user, today).order_by("review_on", "pk"))):
        yield OfProblem(pk, _("年度复核"), "review_long_term", "recheck", "review")


def plans_to_review(user: User) -> Iterator[Matter]:
    """Plan documents that were handed in and are not started yet. One query."""
    if Role.OFFICE not in roles(user):
        return
    read = (PlanState.READ, PlanState.IN_REVIEW)
    plans = answers(
        ("plans to review", standing(user)), lambda: visible_plans(user).filter(state__in=read)[:LIMIT]
    )
    for plan in plans:
        yield Matter(
            "check",
            plan.title,
            _("实施方案"),
            reverse("campaigns:plan", args=[plan.pk]),
            _("核对方案"),
            mark=Mark(plan.get_state_display(), "waiting"),
        )
