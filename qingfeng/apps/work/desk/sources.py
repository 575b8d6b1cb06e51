"""The ledgers that a desk asks, one function each: `f(user) -> matters`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, own_groups, own_units, roles
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.work.campaigns import queries as campaigns
from qingfeng.apps.work.campaigns.models import Duty, PlanState
from qingfeng.apps.work.campaigns.visibility import HANDING_IN_ROLES, current, visible_plans
from qingfeng.apps.work.desk.matters import LIMIT, Matter, Urgency, urgency_of
from qingfeng.apps.work.inspections import visibility as sheets
from qingfeng.apps.work.inspections.models import SheetState
from qingfeng.apps.work.problems import queries as problems
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.visibility import with_shown_number
from qingfeng.apps.work.returns import queries as returns

S = ProblemState
NEXT_VERB = {
    S.FOUND: ("assign", gettext_lazy("交办")),
    S.TRANSFERRED: ("assign", gettext_lazy("交办")),
    S.REOPENED: ("measure", gettext_lazy("登记措施")),
    S.ASSIGNED: ("measure", gettext_lazy("登记措施")),
    S.IN_RECTIFICATION: ("submit", gettext_lazy("申请销号")),
    S.RETURNED: ("submit", gettext_lazy("补齐再报")),
}
"""The move that comes next in each state of a problem in hand."""


HORIZON = timedelta(days=31)
"""How far ahead duties stand on the desk; the grid of duties shows them all."""


def own_duties(user: User) -> Iterator[Matter]:
    """What the user's own units and groups have to hand in."""
    returned = set(campaigns.returned_duties(user).values_list("pk", flat=True)[:LIMIT])
    soon = campaigns.open_duties(user, mine=True).filter(due__lte=clock.today() + HORIZON)
    for duty in soon.order_by("due", "pk")[:LIMIT]:
        urgency: Urgency = "returned" if duty.pk in returned else urgency_of(duty.due)
        verb = _("去报送") if duty.obligation.is_monthly_form else _("去办理")
        yield Matter(
            urgency,
            duty.obligation.what,
            str(duty.bearer),
            reverse("campaigns:duty", args=[duty.pk]),
            verb,
            _monthly_form(duty),
            Due(duty.due),
        )


def own_tasks(user: User) -> Iterator[Matter]:
    """Leaders' instructions that became a task of the user's unit."""
    for task in campaigns.tasks_open(user, mine=True)[:LIMIT]:
        address = reverse("campaigns:activities", args=[task.campaign_id])
        yield Matter(
            urgency_of(task.task_due), task.title, _("领导批示"), address, _("报结果"), due=Due(task.task_due)
        )


def own_problems(user: User) -> Iterator[Matter]:
    """Problems in the hand of the user's unit, or that name the user as responsible."""
    for problem in _read(problems.on_my_desk(user).order_by("due_date", "pk"), user):
        move, verb = NEXT_VERB[ProblemState(problem.state)]
        urgency = urgency_of(problem.due_date, "returned" if problem.state == S.RETURNED else "due")
        yield _of_problem(
            problem, urgency, str(verb), move, due=Due(problem.due_date, problem.first_due_date)
        )


def own_sub_tasks(user: User) -> Iterator[Matter]:
    """What the user's unit does to help with the problem of another."""
    for row in problems.sub_tasks(user).order_by("problem__due_date", "pk")[:LIMIT]:
        address = reverse("problems:problem", args=[row.problem.reference])
        of = _("协办：%(problem)s") % {"problem": row.problem.text[:40]}
        yield Matter(
            urgency_of(row.problem.due_date),
            row.sub_task,
            of,
            address,
            _("报完成"),
            due=Due(row.problem.due_date),
        )


def own_sheets(user: User) -> Iterator[Matter]:
    """Sheets of the user's own bodies that came back, and sheets filed for the unit that it has to confirm."""
    units, groups = own_units(user, HANDING_IN_ROLES), own_groups(user, {Role.INSPECTOR, Role.OFFICE})
    if not units and not groups:
        return
    rows = sheets.visible(user).select_related("filing_unit", "filing_group", "inspected_unit")
    back = rows.filter(Q(filing_unit_id__in=units) | Q(filing_group_id__in=groups), state=SheetState.RETURNED)
    for sheet in back[:LIMIT]:
        yield Matter(
            "returned",
            _("补正检查台账"),
            str(sheet),
            reverse("problems:sheet", args=[sheet.reference]),
            _("补正"),
        )
    behalf = rows.filter(
        on_behalf=True, confirmed_at=None, state=SheetState.FILED, inspected_unit_id__in=units
    )
    for sheet in behalf[:LIMIT]:
        yield Matter(
            "decide",
            _("核对代填的检查台账"),
            str(sheet),
            reverse("problems:sheet", args=[sheet.reference]),
            _("核对确认"),
        )


def to_sign(user: User) -> Iterator[Matter]:
    """Submissions that wait for the signature of the unit's head."""
    for problem in _read(problems.to_sign(user), user):
        yield _of_problem(
            problem, "decide", _("签字"), "sign", due=Due(problem.due_date, problem.first_due_date)
        )


def to_close_out(user: User) -> Iterator[Matter]:
    """Signed submissions of which this user is the closer."""
    for problem in _read(problems.to_close_out(user), user):
        yield _of_problem(
            problem, "decide", _("审核销号"), "close_out", due=Due(problem.due_date, problem.first_due_date)
        )


def requests_to_decide(user: User) -> Iterator[Matter]:
    """Extensions and transfers that were asked of this user."""
    for problem in _read(problems.extensions_to_decide(user), user):
        yield _of_problem(
            problem,
            "decide",
            _("审批延期"),
            "decide_extension",
            due=Due(problem.due_date, problem.first_due_date),
        )
    if Role.OFFICE in roles(user):
        for problem in _read(problems.transfers_to_decide(user), user):
            yield _of_problem(problem, "decide", _("审批转办"), "decide_transfer")


def to_look_at_again(user: User) -> Iterator[Matter]:
    """Look-backs and yearly reviews whose day has come."""
    if not roles(user) & {Role.OFFICE, Role.INSPECTOR}:
        return
    today = clock.today()
    for problem in _read(problems.look_backs_due(user, today).order_by("look_back_on"), user):
        yield _of_problem(
            problem, urgency_of(problem.look_back_on), _("回头看"), "look_back", due=Due(problem.look_back_on)
        )
    for problem in _read(problems.reviews_due(user, today).order_by("review_on"), user):
        yield _of_problem(
            problem,
            urgency_of(problem.review_on),
            _("年度复核"),
            "review_long_term",
            due=Due(problem.review_on),
        )


def commitments_owed(user: User) -> Iterator[Matter]:
    """The signed commitment of a unit still at zero when self-inspection has ended: its head signs."""
    units = own_units(user, {Role.HEAD})
    campaign = current(user) if units else None
    if campaign is None:
        return
    ended = problems.self_inspection_ends(campaign)
    for unit in problems.units_owing_commitment(campaign).filter(pk__in=units):
        yield Matter(
            "overdue",
            _("签零问题承诺书"),
            str(unit),
            reverse("problems:commitments"),
            _("去签"),
            due=Due(ended),
        )


def forms_to_sign(user: User) -> Iterator[Matter]:
    """Monthly forms that are filled and wait for the signature of the unit's head."""
    units = own_units(user, {Role.HEAD})
    if not units:
        return
    for form in returns.to_sign(user, units).select_related("unit").order_by("month", "pk")[:LIMIT]:
        title = _("%(year)d年%(month)d月月报表") % {"year": form.month.year, "month": form.month.month}
        address = reverse("returns:return", args=[form.pk])
        yield Matter("decide", title, str(form.unit), address, _("签字"), mark=returns.mark_of(form.state))


def plans_to_review(user: User) -> Iterator[Matter]:
    """Plan documents that were handed in and are not started yet."""
    if Role.OFFICE not in roles(user):
        return
    for plan in visible_plans(user).filter(state__in=(PlanState.READ, PlanState.IN_REVIEW))[:LIMIT]:
        yield Matter(
            "decide",
            plan.title,
            _("实施方案"),
            reverse("campaigns:plan", args=[plan.pk]),
            _("核对方案"),
            mark=Mark(plan.get_state_display(), "waiting"),
        )


ALL = (
    own_duties,
    own_tasks,
    own_sheets,
    own_problems,
    own_sub_tasks,
    to_sign,
    to_close_out,
    requests_to_decide,
    forms_to_sign,
    to_look_at_again,
    commitments_owed,
    plans_to_review,
)


def all_for(user: User) -> list[Matter]:
    """Everything that waits for this user, of every ledger. Readers may still be named as responsible."""
    sources = ALL if roles(user) & WRITING_ROLES else (own_problems,)
    return [matter for source in sources for matter in source(user)]


def below(user: User) -> list[Matter]:
    """What is overdue in the units below the user's own: to be urged, not to be done."""
    today = clock.today()
    late = problems.below_me(user).filter(due_date__lt=today).order_by("due_date", "pk")
    found = [
        _of_problem(problem, "overdue", _("查看"), due=Due(problem.due_date, problem.first_due_date))
        for problem in _read(late, user, limit=10)
    ]
    mine = campaigns.open_duties(user, mine=True).values("pk")
    for duty in campaigns.overdue_duties(user).exclude(pk__in=mine).order_by("due", "pk")[:10]:
        found.append(
            Matter(
                "overdue",
                duty.obligation.what,
                str(duty.bearer),
                reverse("campaigns:duty", args=[duty.pk]),
                _("查看"),
                due=Due(duty.due),
            )
        )
    return sorted(found, key=lambda matter: matter.day)[:10]


def _read(rows: Iterable[Problem], user: User, *, limit: int = LIMIT) -> list[Problem]:
    """These problems, each with the number as this user may read it. One query when there are none."""
    order = [problem.pk for problem in (rows[:limit] if isinstance(rows, QuerySet) else rows)]
    if not order:
        return []
    shown = with_shown_number(Problem.objects.filter(pk__in=order).select_related("lead_unit"), user)
    return sorted(shown, key=lambda problem: order.index(problem.pk))


def _of_problem(
    problem: Problem, urgency: Urgency, verb: str, move: str = "", due: Due | None = None
) -> Matter:
    of = f"{problem.shown_number} · {problem.lead_unit.short_name}"
    verb_href = reverse("problems:move", args=[problem.reference, move]) if move else ""
    return Matter(
        urgency,
        problem.text,
        of,
        reverse("problems:problem", args=[problem.reference]),
        verb,
        verb_href,
        due,
    )


def _monthly_form(duty: Duty) -> str:
    if not duty.obligation.is_monthly_form or duty.unit is None:
        return ""
    return reverse("returns:monthly", args=[duty.unit.code, duty.period_end.strftime("%Y-%m")])
