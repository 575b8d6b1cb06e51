"""Problems come into the ledger: with an inspection sheet, or by themselves from another origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Role, Unit, User
from qingfeng.apps.base.orgs.queries import is_there
from qingfeng.apps.base.orgs.visibility import own_groups, reaches
from qingfeng.apps.base.records.actions import action, change, create, note, take_number
from qingfeng.apps.base.records.references import new_reference
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.base.web.memory import remembered
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory
from qingfeng.apps.work.inspections import actions as inspections
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import Sheet, SheetKind, Suggestion
from qingfeng.apps.work.inspections.permissions import check_can_act_for
from qingfeng.apps.work.problems.actions.columns import ColumnWriter, fill_problem, fill_sheet
from qingfeng.apps.work.problems.actions.core import person_in_charge, required
from qingfeng.apps.work.problems.actions.deciding import void_problem
from qingfeng.apps.work.problems.actions.summing import adjust, figures_of
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import (
    CoUnit,
    Instruction,
    InstructionState,
    Origin,
    PersonInvolved,
    Problem,
    ProblemNature,
    RectificationTerm,
)

ORIGINS = {
    "self_inspection": "自检发现",
    "supervision": "督检发现",
    "random": "抽检发现",
    "tour_feedback": "巡察反馈",
    "appraisal": "行风评议",
    "instruction": "领导批示",
    "assigned": "专治办交办",
    "alert": "数据预警",
}
"""The origins a campaign begins with; the office may add and retire some."""


@dataclass(frozen=True)
class ProblemEntry:
    """One problem as it is entered. Without a responsible person or date it is found, but not yet assigned."""

    text: str
    lead_unit: Unit | None = None
    category: ContentCategory | None = None
    nature: str = ProblemNature.ORDINARY
    term: str = RectificationTerm.BY_DATE
    due_date: date | None = None
    responsible_name: str = ""
    duty_text: str = ""
    leader_in_charge: str = ""
    people_affected: int = 0
    sum_involved: int = 0
    """In fen."""
    suggestions: tuple[int, ...] = ()
    """Orders of the sheet's suggestions that answer it; empty means all."""
    co_units: tuple[tuple[Unit, str], ...] = ()
    persons_involved: tuple[tuple[str, str], ...] = ()
    further_origins: tuple[Origin, ...] = field(default=())
    columns: Mapping[str, Any] = field(default_factory=dict)
    """What stands under the campaign's added columns, by their codes."""


@action
def set_up_origins(*, campaign: Campaign, by: User) -> None:
    """The origins of a new campaign; filled into the slot of `campaigns`."""
    for slug, label in ORIGINS.items():
        create(Origin(campaign=campaign, slug=slug, label=label), by=by, kind="origin.added")


@action
def add_origin(*, campaign: Campaign, slug: str, label: str, by: User) -> Origin:
    """A further origin of this campaign."""
    _check_office_of(campaign, by)
    if Origin.objects.filter(campaign=campaign, slug=slug).exists():
        raise BadInput(_("来源“%(slug)s”已存在。") % {"slug": slug})
    return create(
        Origin(campaign=campaign, slug=required(slug, _("代号")), label=required(label, _("名称"))),
        by=by,
        kind="origin.added",
    )


@action
def retire_origin(*, origin: Origin, by: User) -> Origin:
    """The origin is no longer offered; what came from it keeps it."""
    _check_office_of(origin.campaign, by)
    return change(origin, by=by, kind="origin.retired", to={"active": False})


@action
def file_sheet(
    *,
    campaign: Campaign,
    entry: SheetEntry,
    problems: tuple[ProblemEntry, ...],
    by: User,
    columns: Mapping[str, Any] | None = None,
) -> Sheet:
    """An inspection sheet with its numbered problems; none is a valid answer (a sheet with zero problems).

    `columns`: what stands under the columns that the campaign adds to the sheet as a whole, by their codes.
    """
    sheet = inspections.file_sheet(campaign=campaign, entry=entry, by=by)
    writer = ColumnWriter(campaign)
    writer.of_sheet(sheet, columns or {}, by)
    _add_problems(sheet, problems, by, writer)
    return sheet


@action
def correct_sheet(
    *,
    sheet: Sheet,
    by: User,
    inspectors: str,
    content: str,
    inspected_on: date,
    method: str,
    texts: dict[int, str],
    added: tuple[ProblemEntry, ...] = (),
    columns: Mapping[str, Any] | None = None,
    problem_columns: Mapping[int, Mapping[str, Any]] | None = None,
) -> Sheet:
    """A returned sheet put right: its own boxes, the wording of its problems and what stands
    under their added columns (by ordinal), problems left out before. Columns that are not given stay as they are."""
    inspections.correct_sheet(
        sheet=sheet, by=by, inspectors=inspectors, content=content, inspected_on=inspected_on, method=method
    )
    for problem in Problem.objects.filter(sheet=sheet, ordinal__in=texts).order_by("ordinal"):
        text = required(texts[problem.ordinal], _("存在问题"))
        if text != problem.text:
            change(problem, by=by, kind="problem.reworded", to={"text": text})
    if columns is not None:
        fill_sheet(sheet=sheet, given=columns, by=by)
    told = problem_columns or {}
    for problem in Problem.objects.filter(sheet=sheet, ordinal__in=told).order_by("ordinal"):
        fill_problem(problem=problem, given=told[problem.ordinal], by=by)
    _add_problems(sheet, added, by, ColumnWriter(sheet.campaign))
    return sheet


@action
def void_sheet(*, sheet: Sheet, reason: str, by: User) -> Sheet:
    """A sheet and its problems become void; all keep their numbers. Not once one of them has been struck off."""
    problems = list(Problem.objects.filter(sheet=sheet).counted().order_by("ordinal"))  # type: ignore[attr-defined]
    if any(problem.state in (ProblemState.CLOSED_OUT, ProblemState.SUBMITTED) for problem in problems):
        raise Refused(_("台账中有问题已销号或正在申请销号，不能整张作废。"))
    for problem in problems:
        void_problem(problem=problem, reason=reason, by=by)
    return inspections.void_sheet(sheet=sheet, reason=reason, by=by)


@action
def register_problem(
    *,
    campaign: Campaign,
    origin: Origin,
    entry: ProblemEntry,
    by: User,
    finding_group: Group | None = None,
    finding_unit: Unit | None = None,
    found_on: date | None = None,
    because_of: Instruction | None = None,
) -> Problem:
    """A problem without a sheet (tour feedback, instruction, assigned by the office …), numbered per finding body."""
    _check_can_register(by, finding_group, finding_unit)
    if because_of is not None and because_of.state == InstructionState.VOID:
        raise Refused(_("这份批示已作废，不能据此登记问题。"))
    if entry.lead_unit is None:
        raise BadInput(_("请选择牵头单位。"))
    if origin.campaign_id != campaign.pk or not origin.active:
        raise BadInput(_("来源“%(origin)s”已停用。") % {"origin": origin})
    body = finding_group or finding_unit
    assert body is not None  # held by _check_can_register
    kind = "group" if finding_group else "unit"
    ordinal = take_number(f"problem:{campaign.pk}:{kind}:{body.pk}")
    problem = _new_problem(campaign, entry, by, found_on=found_on or clock.today(), origin=origin)
    problem.finding_group, problem.finding_unit = finding_group, finding_unit
    problem.ordinal = ordinal
    problem.number = f"{body.short_name}问题{ordinal}号"
    _write(problem, entry, by)
    ColumnWriter(campaign).of_problem(problem, entry.columns, by)
    adjust(taken=[], added=[figures_of(problem)])
    if because_of is not None:
        because_of.became.add(problem)
        note(because_of, "instruction.registered", by=by)
    return problem


def _add_problems(sheet: Sheet, entries: tuple[ProblemEntry, ...], by: User, writer: ColumnWriter) -> None:
    if not entries:
        return
    suggestions = list(Suggestion.objects.filter(sheet=sheet))
    first = Problem.objects.filter(sheet=sheet).count() + 1
    added = []
    for problem, entry in zip(new_problems(sheet, entries, by, first=first), entries, strict=True):
        problem.number = f"{sheet.full_number}-{problem.ordinal}"
        _write(problem, entry, by)
        writer.of_problem(problem, entry.columns, by)
        problem.suggestions.set(answering(entry, suggestions))
        added.append(figures_of(problem))
    adjust(taken=[], added=added)


def new_problems(sheet: Sheet, entries: Sequence[ProblemEntry], by: User, *, first: int = 1) -> list[Problem]:
    """The problems of a sheet as they may be registered: not numbered, not written. BadInput says why not."""
    slug = {SheetKind.SELF_INSPECTION: "self_inspection", SheetKind.SUPERVISION: "supervision"}.get(
        SheetKind(sheet.kind), "random"
    )
    campaign = sheet.campaign
    origin = remembered(
        ("origin", campaign.pk, slug), lambda: Origin.objects.get(campaign=campaign, slug=slug)
    )
    made = []
    for ordinal, entry in enumerate(entries, first):
        problem = _new_problem(campaign, entry, by, found_on=sheet.inspected_on, origin=origin, sheet=sheet)
        problem.finding_unit, problem.finding_group = sheet.filing_unit, sheet.filing_group
        problem.ordinal = ordinal
        made.append(problem)
    return made


def answering(entry: ProblemEntry, suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """Which of the sheet's suggestions answer this problem."""
    return [row for row in suggestions if not entry.suggestions or row.order in entry.suggestions]


def _new_problem(
    campaign: Campaign,
    entry: ProblemEntry,
    by: User,
    *,
    found_on: date,
    origin: Origin,
    sheet: Sheet | None = None,
) -> Problem:
    lead = entry.lead_unit or (sheet.inspected_unit if sheet else None)
    assert lead is not None  # the callers see to it
    due = entry.due_date or (sheet.due_date if sheet else None)
    _check_entry(entry, due, found_on, lead)
    name = entry.responsible_name.strip()
    assigned = bool(due and name)
    return Problem(
        campaign=campaign,
        sheet=sheet,
        reference=new_reference(),
        origin=origin,
        lead_unit=lead,
        text=required(entry.text, _("存在问题")),
        category=entry.category,
        nature=entry.nature,
        term=entry.term,
        people_affected=entry.people_affected,
        sum_involved=entry.sum_involved,
        found_on=found_on,
        responsible_person=person_in_charge(lead, name) if name else None,
        responsible_name=name,
        duty_text=entry.duty_text.strip(),
        leader_in_charge=entry.leader_in_charge.strip(),
        first_due_date=due,
        due_date=due,
        state_since=clock.today(),
        state=ProblemState.ASSIGNED if assigned else ProblemState.FOUND,
        registered_at=timezone.now(),
        registered_by=by,
    )


def _write(problem: Problem, entry: ProblemEntry, by: User) -> None:
    create(problem, by=by, kind="problem.found")
    name_others(problem, entry, by)


def name_others(problem: Problem, entry: ProblemEntry, by: User) -> None:
    """What else is told of a problem that has just been written: co-units, persons involved, further origins."""
    campaign = problem.campaign
    for unit, sub_task in entry.co_units:
        row = CoUnit(campaign=campaign, problem=problem, unit=unit, sub_task=required(sub_task, _("分工")))
        create(row, by=by, kind="co_unit.named")
    for name, post in entry.persons_involved:
        row_of_person = PersonInvolved(campaign=campaign, problem=problem, name=name, post=post)
        create(row_of_person, by=by, kind="person_involved.named")
    further = [row for row in entry.further_origins if row.pk != problem.origin_id]
    if further:
        problem.further_origins.set(further)


def _check_entry(entry: ProblemEntry, due: date | None, found_on: date, lead: Unit) -> None:
    if entry.nature not in ProblemNature or entry.term not in RectificationTerm:
        raise BadInput(_("问题性质或整改方式不在可选范围内。"))
    if due and due < found_on:
        raise BadInput(_("整改时限%(due)s早于发现日期%(found)s。") % {"due": due, "found": found_on})
    if found_on > clock.today():
        raise BadInput(_("发现日期不能晚于今天。"))
    if min(entry.people_affected, entry.sum_involved) < 0:
        raise BadInput(_("人数和金额不能为负数。"))
    if not is_there(lead, clock.today()):
        raise BadInput(_("“%(unit)s”已撤销，请改选单位。") % {"unit": lead})
    if any(unit.pk == lead.pk for unit, _task in entry.co_units):
        raise BadInput(_("“%(unit)s”已是牵头单位，不能同时作协办单位。") % {"unit": lead})


def _check_can_register(by: User, group: Group | None, unit: Unit | None) -> None:
    if (group is None) == (unit is None):
        raise BadInput(_("发现机构要么是单位，要么是组，请选其一。"))
    if unit is not None:
        check_can_act_for(by, unit)
    elif group is not None and group.pk not in own_groups(by, {Role.OFFICE, Role.INSPECTOR}):
        raise Refused(_("您不是%(group)s的成员。") % {"group": group})


def _check_office_of(campaign: Campaign, by: User) -> None:
    if not reaches(by, campaign.root_unit, {Role.OFFICE}):
        raise Refused(_("由专治办办理。"))
