"""What waits for somebody's word: signatures, extensions, transfers, close-outs, plans."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import own_groups, own_units, roles
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.campaigns.models import Campaign, PlanState
from qingfeng.apps.work.campaigns.visibility import visible_plans
from qingfeng.apps.work.desk.matters import LIMIT, Kind, Matter
from qingfeng.apps.work.desk.sources.problem_lines import OfProblem
from qingfeng.apps.work.problems import queries as problems
from qingfeng.apps.work.problems.models import Evidence, Extension, Submission
from qingfeng.apps.work.problems.turns import DECIDING, my_turn
from qingfeng.apps.work.problems.visibility import visible
from qingfeng.apps.work.reports.publishing.models import Publication, PublicationState
from qingfeng.apps.work.reports.publishing.permissions import check_can_decide
from qingfeng.apps.work.reports.publishing.visibility import visible_publications
from qingfeng.apps.work.returns import queries as returns


def to_sign(user: User) -> Iterator[OfProblem]:
    """Submissions that wait for the signature of the unit's head. One query."""
    if own_units(user, {Role.HEAD}):
        for pk in problems.to_sign(user).order_by("due_date", "pk").values_list("pk", flat=True)[:LIMIT]:
            yield OfProblem(pk, _("签字"), "sign", "sign")


def forms_to_sign(user: User) -> Iterator[Matter]:
    """Monthly forms that are filled and wait for the signature of the unit's head. One query."""
    units = own_units(user, {Role.HEAD})
    if not units:
        return
    for form in returns.to_sign(user, units).select_related("unit").order_by("month", "pk")[:LIMIT]:
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
    proof = Evidence.objects.filter(problem=OuterRef("problem"), withdrawn_at=None)
    signed = Submission.objects.order_by().filter(Exists(proof), decided_at=None, signed_at__isnull=False)
    asked = Extension.objects.order_by().filter(decided_at=None).exclude(asked_by=user)
    waiting = signed.values("problem_id").union(asked.values("problem_id"))
    rows = visible(user).annotate(is_asked=Exists(asked.filter(problem=OuterRef("pk"))))
    rows = rows.filter(Q(state="submitted") | Q(is_asked=True), pk__in=waiting)
    for problem in my_turn(user, rows)[:LIMIT]:
        if problem.is_asked:  # type: ignore[attr-defined]
            yield OfProblem(problem.pk, _("审批延期"), "decide_extension", "extension")
        else:
            yield OfProblem(problem.pk, _("审核销号"), "close_out", "close_out")


def transfers(user: User) -> Iterator[OfProblem]:
    """Transfers that wait for the campaign office. One query."""
    if Role.OFFICE not in roles(user):
        return
    for pk in problems.transfers_to_decide(user).order_by("pk").values_list("pk", flat=True)[:LIMIT]:
        yield OfProblem(pk, _("审批转办"), "decide_transfer", "transfer")


def re_checks(user: User) -> Iterator[OfProblem]:
    """Look-backs and yearly reviews whose day has come. Two queries."""
    if not roles(user) & DECIDING:
        return
    today = clock.today()
    due = problems.look_backs_due(user, today).order_by("look_back_on", "pk")
    for pk in due.values_list("pk", flat=True)[:LIMIT]:
        yield OfProblem(pk, _("回头看"), "look_back", "recheck", "look_back")
    due = problems.reviews_due(user, today).order_by("review_on", "pk")
    for pk in due.values_list("pk", flat=True)[:LIMIT]:
        yield OfProblem(pk, _("年度复核"), "review_long_term", "recheck", "review")


def publications(user: User) -> Iterator[Matter]:
    """What waits for a second person before it is public, and what is past its end and may still hang. Two queries."""
    held = roles(user)
    if not held & {Role.OFFICE, Role.LEADER}:
        return
    rows, day = visible_publications(user), clock.today()
    for row in rows.filter(state=PublicationState.SUBMITTED).exclude(submitted_by=user)[:LIMIT]:
        if not why_not(check_can_decide, user, row):
            yield _of_publication(row, "check", _("批准公开"), Mark(_("待批准"), "waiting"))
    if Role.OFFICE in held:
        for row in rows.ended(day).order_by("until")[:LIMIT]:
            yield _of_publication(row, "overdue", _("登记撤下"), Mark(_("到期待撤下"), "late"))


def _of_publication(row: Publication, kind: Kind, verb: str, mark: Mark) -> Matter:
    address = reverse("reports:publication", args=[row.reference])
    due = Due(row.until) if kind == "overdue" else None
    return Matter(kind, row.title, _("公开稿"), address, verb, due=due, mark=mark)


def plans_to_review(user: User) -> Iterator[Matter]:
    """Plan documents that were handed in and are not started yet. One query."""
    if Role.OFFICE not in roles(user):
        return
    for plan in visible_plans(user).filter(state__in=(PlanState.READ, PlanState.IN_REVIEW))[:LIMIT]:
        yield Matter(
            "check",
            plan.title,
            _("实施方案"),
            reverse("campaigns:plan", args=[plan.pk]),
            _("核对方案"),
            mark=Mark(plan.get_state_display(), "waiting"),
        )
