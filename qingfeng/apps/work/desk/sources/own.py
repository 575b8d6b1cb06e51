"""What a unit or a group has to do itself: duties, tasks, instructions, sheets, problems, drafts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import own_groups, own_units, standing
from qingfeng.apps.base.records.questions import answers
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.work.campaigns import queries as campaigns
from qingfeng.apps.work.campaigns.models import Campaign, Duty, Medium, Receipt
from qingfeng.apps.work.campaigns.visibility import HANDING_IN_ROLES
from qingfeng.apps.work.desk.matters import LIMIT, Kind, Matter, kind_of
from qingfeng.apps.work.desk.sources.problem_lines import OfProblem
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.problems import queries as problems
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.instruction_visibility import (
    addressed_to,
    settled_by,
    visible_instructions,
)
from qingfeng.apps.work.problems.models import DraftKind, Instruction, InstructionState, PlannedVisit
from qingfeng.apps.work.problems.offers import drafts_of

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


def duties(user: User) -> Iterator[Matter]:
    """What the user's own units and groups have to hand in; of a rhythm the next time. One query."""
    begun: set[tuple[int, int | None, int | None]] = set()
    for duty in answers(("duties", standing(user)), lambda: _duties(user)):
        kind: Kind = "returned" if duty.was_returned else kind_of(duty.due)
        task = (duty.obligation_id, duty.unit_id, duty.group_id)
        if kind == "due" and task in begun:
            continue  # a rhythm: only the next time stands on the desk
        if kind == "due":
            begun.add(task)
        yield _of_duty(duty, kind)


def _duties(user: User) -> QuerySet[Duty]:
    returned = campaigns.returned_duties(user).filter(pk=OuterRef("pk")).order_by()
    rows = campaigns.open_duties(user, mine=True).filter(due__lte=clock.today() + HORIZON)
    typed = Receipt.objects.filter(duty=OuterRef("pk"), medium=Medium.ELECTRONIC, returned_at=None)
    rows = rows.annotate(was_returned=Exists(returned), is_typed=Exists(typed))
    return rows.order_by("due", "pk")[:LIMIT]


def _of_duty(duty: Duty, kind: Kind) -> Matter:
    """Once the electronic copy is in, only the paper is missing: the line says so, and leads to what is received."""
    only_paper = duty.is_typed and duty.obligation.wants_paper  # type: ignore[attr-defined]
    form = "" if only_paper else _monthly_form(duty)
    to_hand_in = _("去报送") if duty.obligation.is_monthly_form else _("去办理")
    return Matter(
        kind,
        duty.obligation.what,
        _("%(who)s · 电子稿已报，还差纸质稿") % {"who": duty.bearer} if only_paper else str(duty.bearer),
        reverse("campaigns:duty", args=[duty.pk]),
        _("送纸质稿") if only_paper else to_hand_in,
        form,
        Due(duty.due),
        by_clerk=duty.unit_id is not None,
    )


def _monthly_form(duty: Duty) -> str:
    if not duty.obligation.is_monthly_form or duty.unit is None:
        return ""
    return reverse("returns:monthly", args=[duty.unit.code, duty.period_end.strftime("%Y-%m")])


def tasks(user: User) -> Iterator[Matter]:
    """Instructions given on paper, registered as an activity with a task of the user's unit. One query."""
    if not own_units(user, HANDING_IN_ROLES):
        return
    open_ones = campaigns.tasks_open
    for task in answers(("tasks", standing(user)), lambda: open_ones(user, mine=True)[:LIMIT]):
        address = reverse("campaigns:activity", args=[task.pk])
        due = Due(task.task_due)
        yield Matter(
            kind_of(task.task_due, "instruction"), task.title, _("领导批示"), address, _("报结果"), due=due
        )


def instructions(user: User) -> Iterator[Matter]:
    """Instructions that this user's unit or office has to answer, and answered ones that the user settles. One query."""
    for row in answers(("instructions", standing(user)), lambda: _instructions(user)):
        is_answered = row.state == InstructionState.ANSWERED
        yield Matter(
            "instruction" if is_answered else kind_of(row.due_date, "instruction"),
            row.text,
            _("%(body)s已报办理情况") % {"body": row.addressee.short_name}
            if is_answered
            else _("%(leader)s批示") % {"leader": row.given_by},
            reverse("problems:instruction", args=[row.reference]),
            _("看办理情况") if is_answered else _("报办理情况"),
            due=Due(row.due_date) if row.due_date else None,
        )


def _instructions(user: User) -> QuerySet[Instruction]:
    mine, settled = addressed_to(user), settled_by(user)
    waiting = (mine & Q(state=InstructionState.GIVEN)) | (settled & Q(state=InstructionState.ANSWERED))
    rows = visible_instructions(user).filter(waiting, campaign__state="running")
    return rows.select_related("given_by__person", "to_unit", "to_group").order_by("due_date", "pk")[:LIMIT]


def problems_in_hand(user: User) -> Iterator[OfProblem]:
    """Problems in the hand of the user's unit, or that name the user as responsible. One query."""
    units = own_units(user, problems.UNIT_ROLES)
    columns = ("pk", "state", "due_date", "responsible_person_id")
    found = answers(
        ("in hand", standing(user)),
        lambda: problems.on_my_desk(user).order_by("due_date", "pk").values_list(*columns)[:LIMIT],
    )
    for pk, state, _due, person_id in found:
        move, verb = NEXT_VERB[S(state)]
        kind: Kind | None = "returned" if state == S.RETURNED else None
        by_clerk = bool(units) and person_id != user.person_id
        yield OfProblem(pk, str(verb), move, kind, by_clerk=by_clerk)


def sub_tasks(user: User) -> Iterator[Matter]:
    """What the user's unit does to help with the problem of another. One query."""
    if not own_units(user, problems.UNIT_ROLES):
        return
    rows = problems.sub_tasks
    asked = ("sub-tasks", standing(user))
    for row in answers(asked, lambda: rows(user).order_by("problem__due_date", "pk")[:LIMIT]):
        yield Matter(
            kind_of(row.problem.due_date),
            row.sub_task,
            _("协办：%(problem)s") % {"problem": row.problem.text[:40]},
            reverse("problems:problem", args=[row.problem.reference]),
            _("报完成"),
            due=Due(row.problem.due_date),
            by_clerk=True,
        )


def sheets_to_see_to(user: User) -> Iterator[Matter]:
    """Sheets of the user's own bodies that came back, and sheets filed for the unit that it confirms. One query."""
    units, groups = own_units(user, HANDING_IN_ROLES), own_groups(user, {Role.INSPECTOR, Role.OFFICE})
    if not units and not groups:
        return
    for sheet in answers(("sheets", standing(user)), lambda: _sheets(units, groups)):
        yield _of_sheet(sheet)


def _sheets(units: list[int], groups: list[int]) -> QuerySet[Sheet]:
    back = Q(filing_unit_id__in=units) | Q(filing_group_id__in=groups)
    behalf = Q(on_behalf=True, confirmed_at=None, inspected_unit_id__in=units)
    wanted = (back & Q(state=SheetState.RETURNED)) | (behalf & Q(state=SheetState.FILED))
    rows = Sheet.objects.filter(wanted).select_related("filing_unit", "filing_group", "inspected_unit")
    return rows.order_by("pk")[:LIMIT]


def _of_sheet(sheet: Sheet) -> Matter:
    address = reverse("problems:sheet", args=[sheet.reference])
    of = f"{sheet} · {sheet.inspected_unit.short_name}"
    if sheet.state == SheetState.RETURNED:
        return Matter("returned", _("补正检查台账"), of, address, _("补正"), by_clerk=True)
    return Matter("check", _("核对代填的检查台账"), of, address, _("核对确认"))


def planned_visits(user: User) -> Iterator[Matter]:
    """Inspections planned for this person until tomorrow, those of days past too. One query."""
    if not own_groups(user, {Role.INSPECTOR, Role.OFFICE}):
        return
    for row in answers(("planned visits", standing(user)), lambda: _planned(user)):
        yield Matter(
            kind_of(row.day),
            _("检查%(unit)s") % {"unit": row.unit.name},
            _("检查安排"),
            reverse("problems:visits"),
            _("开始检查"),
            f"{reverse('problems:field_sheet')}?unit={row.unit.code}",
            Due(row.day),
        )


def _planned(user: User) -> QuerySet[PlannedVisit]:
    rows: Any = PlannedVisit.objects.filter(inspector=user, campaign__state="running")
    soon = rows.filter(day__lte=clock.today() + timedelta(days=1)).waiting()
    return soon.select_related("unit").order_by("day", "pk")[:LIMIT]  # type: ignore[no-any-return]


def drafts(user: User, campaign: Campaign) -> Iterator[Matter]:
    """What this person has typed and not yet filed. One query."""
    pages = {DraftKind.SHEET: "problems:sheet_new", DraftKind.PROBLEM: "problems:register"}
    for draft in drafts_of(user, campaign)[:10]:
        day = draft.saved_at.strftime("%m-%d %H:%M")
        yield Matter(
            "draft",
            draft.title or _("还没有标题"),
            _("%(kind)s · 存于%(day)s") % {"kind": draft.get_kind_display(), "day": day},
            f"{reverse(pages[DraftKind(draft.kind)])}?draft={draft.key}",
            _("接着填"),
        )
