"""One record of every thing that has a page, all of them of 临江街道: what others may not know of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Model

from qingfeng.apps.base.jobs import actions as jobs
from qingfeng.apps.base.jobs import exports
from qingfeng.apps.base.orgs.models import Appointment, User
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.actions import activities, meetings, plans, receipts, start
from qingfeng.apps.work.campaigns.models import Campaign, CampaignGroup, DraftItem, Duty
from qingfeng.apps.work.campaigns.tests.drafts import keep_plan
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import importing
from qingfeng.apps.work.problems.models import CoUnit, Evidence, FindingEvidence, ImportKind, Problem
from qingfeng.apps.work.problems.tests import files, story
from qingfeng.apps.work.reports.publishing import actions as publishing
from qingfeng.apps.work.returns import actions as returns
from tests.cast import TODAY, Cast, make_cast
from tests.guards.people import Seat, nobody, seated

MARK = "石榴裂口"
"""Words that stand in the street's records and nowhere else."""


@dataclass
class Stage:
    """The district, its people, and the street's records by the thing that they are."""

    cast: Cast
    campaign: Campaign
    seats: dict[Seat, User]
    nobody: User
    records: dict[str, Model] = field(default_factory=dict)


def set_stage() -> Stage:
    cast = make_cast()
    seats = seated(cast)
    plan = keep_plan(cast)
    with clock.on(plan.period_start):
        plans.accept_all(plan=plan, by=cast.office)
        item = DraftItem.objects.get(plan=plan, kind="group", data__count=8)
        campaign = start.start(plan=plan, by=cast.office, groups={item.pk: [cast.governance]})
    stage = Stage(cast, campaign, seats, nobody(cast))
    stage.records = {thing: make(stage) for thing, make in MAKERS.items()}
    return stage


def _entry(stage: Stage) -> SheetEntry:
    return SheetEntry(
        kind="self_inspection",
        inspected_unit=stage.cast.street,
        filing_unit=stage.cast.street,
        inspectors="林晓禾、陈立群",
        content=f"{MARK}的补贴发放",
        inspected_on=date(2026, 6, 8),
    )


def _sheet(stage: Stage) -> Model:
    problems = (story.entry_of(stage.cast, text=f"{MARK}的名册未公示"),)
    return actions.file_sheet(
        campaign=stage.campaign, entry=_entry(stage), problems=problems, by=stage.cast.clerk
    )


def _problem(_stage: Stage) -> Problem:
    return Problem.objects.get(text__contains=MARK)


def _evidence(stage: Stage) -> Model:
    problem = _problem(stage)
    actions.add_measure(problem=problem, text="补充公示", by=stage.cast.clerk)
    actions.add_evidence(problem=problem, name="照片.png", content=story.PROOF, by=stage.cast.clerk)
    return Evidence.objects.get(problem=problem)


def _co_unit(stage: Stage) -> Model:
    """The department helps: so it knows of the problem too."""
    second = story.self_sheet(stage.cast, stage.campaign)
    problem = Problem.objects.get(sheet=second)
    actions.name_co_unit(
        problem=problem, unit=stage.cast.department, sub_task="核对水费补贴", by=stage.cast.clerk
    )
    return CoUnit.objects.get(problem=problem)


def _finding(stage: Stage) -> Model:
    """A photo from the spot, on a sheet of its own."""
    entry = replace(_entry(stage), content="窗口服务")
    photo = actions.FoundFile(name="现场.png", content=story.PROOF, ordinal=None)
    filed = actions.file_entered_sheet(
        key="k" * 32, campaign=stage.campaign, entry=entry, problems=(), by=stage.cast.clerk, found=(photo,)
    )
    return FindingEvidence.objects.get(sheet=filed.sheet)


def _duty(stage: Stage) -> Duty:
    return Duty.objects.get(campaign=stage.campaign, unit=stage.cast.street, obligation__what="本单位方案")


def _receipt(stage: Stage) -> Model:
    with clock.on(date(2026, 5, 20)):
        return receipts.receive(
            duty=_duty(stage),
            medium="electronic",
            by=stage.cast.clerk,
            file_name="方案.txt",
            content=MARK.encode(),
        )


def _meeting(stage: Stage) -> Model:
    return meetings.record_meeting(
        campaign=stage.campaign,
        body=stage.cast.street,
        kind="other",
        title=f"{MARK}的会议",
        held_on=date(2026, 6, 5),
        by=stage.cast.clerk,
        file_name="纪要.txt",
        content=MARK.encode(),
    )


def _activity(stage: Stage) -> Model:
    return activities.record_activity(
        campaign=stage.campaign,
        unit=stage.cast.street,
        kind="publicity",
        title=f"{MARK}的宣传",
        held_on=date(2026, 6, 5),
        by=stage.cast.clerk,
    )


def _monthly_form(stage: Stage) -> Model:
    return returns.prepare(campaign=stage.campaign, unit=stage.cast.street, month=TODAY, by=stage.cast.clerk)


def _instruction(stage: Stage) -> Model:
    return actions.give_instruction(
        campaign=stage.campaign,
        text=f"{MARK}一事请办理",
        addressee=stage.cast.street,
        problem=_problem(stage),
        by=stage.cast.leader,
    )


def _import(stage: Stage) -> Model:
    content = files.table(files.row())
    return importing.read_in(
        campaign=stage.campaign,
        body=stage.cast.street,
        name="台账.xlsx",
        content=content,
        by=stage.cast.clerk,
    )


def _rectification_import(stage: Stage) -> Model:
    problem = _problem(stage)
    said = {"编号": problem.number, "问题单位": problem.lead_unit.name, "整改措施": f"{MARK}一事已公示"}
    return importing.read_in(
        campaign=stage.campaign,
        body=stage.cast.street,
        name="整改台账.xlsx",
        content=files.table(tuple(said.values()), header=tuple(said)),
        by=stage.cast.clerk,
        kind=ImportKind.RECTIFICATION,
    )


def _publication(stage: Stage) -> Model:
    """It hangs in public: every page of it has something to show."""
    row = publishing.submit(
        campaign=stage.campaign,
        title=f"{MARK}的公示",
        name="公示.txt",
        content=f"{MARK}一事已整改。".encode(),
        until=date(2026, 7, 31),
        approved_names=[],
        by=stage.cast.office,
    )
    return publishing.approve(publication=row, by=stage.cast.office_second)


def _job(stage: Stage) -> Model:
    return jobs.start(exports.KIND, by=stage.cast.clerk, address="/problems/", name="问题.xlsx", count=1)


MAKERS: dict[str, Callable[[Stage], Model]] = {
    "campaigns/plans/<int:pk>": lambda stage: stage.campaign.plan,
    "campaigns/items/<int:pk>": lambda stage: DraftItem.objects.order_by("pk")[0],
    "campaigns/<int:pk>": lambda stage: stage.campaign,
    "campaigns/groups/<int:pk>": lambda stage: CampaignGroup.objects.order_by("pk")[0],
    "campaigns/obligations/<int:pk>": lambda stage: _duty(stage).obligation,
    "campaigns/duties/<int:pk>": _duty,
    "campaigns/receipts/<int:pk>": _receipt,
    "campaigns/meetings/<int:pk>": _meeting,
    "campaigns/activities/<int:pk>": _activity,
    "sheets/<slug:reference>": _sheet,
    "problems/<slug:reference>": _problem,
    "problems/evidence/<int:pk>": _evidence,
    "found/<int:pk>": _finding,
    "problems/sub-tasks/<int:pk>": _co_unit,
    "instructions/<slug:reference>": _instruction,
    "sheets/import/<slug:reference>": _import,
    "problems/import/<slug:reference>": _rectification_import,
    "commitments/<slug:code>": lambda stage: stage.cast.street,
    "figures/public/<slug:reference>": _publication,
    "returns/forms/<int:pk>": _monthly_form,
    "returns/<str:code>": lambda stage: stage.cast.street,
    "orgs/unit/<str:code>": lambda stage: stage.cast.street,
    "orgs/person/<str:staff_no>": lambda stage: stage.cast.clerk.person,
    "orgs/appointment/<int:pk>": lambda stage: Appointment.objects.get(person=stage.cast.clerk.person),
    "orgs/group/<str:code>": lambda stage: stage.cast.committee,
    "orgs/account/<str:staff_no>": lambda stage: stage.cast.clerk.person,
    "jobs/<str:reference>": _job,
}
"""In this order: later ones build on earlier ones."""
