"""The job itself, step by step."""

from __future__ import annotations

import os
import struct
import zlib
from datetime import date, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from qingfeng.apps.base.orgs.models import Person, Unit, User
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.actions import return_sheet
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import ProblemEntry
from qingfeng.apps.work.problems.models import CoUnit, Evidence, Origin, Problem
from qingfeng.apps.work.returns.models import CountedRow, MonthlyReturn
from qingfeng.apps.work.returns.periods import month_named
from qingfeng.demo.opening import PLAN as DEMO_PLAN

from . import counts, floors
from .desk import BAD_INPUT, REFUSED, Desk
from .moves import WAYS, Item, Moves
from .report import Report
from .world import Body, PaperSheet, bodies, write_register, write_sheets

START, FOUND, HAND_IN, LATE, CORRECTION, NEXT_HAND_IN = (
    date(2026, 5, 11),
    date(2026, 6, 2),
    date(2026, 6, 20),
    date(2026, 6, 22),
    date(2026, 6, 23),
    date(2026, 7, 20),
)
JUNE, JULY = "2026-06", "2026-07"
REAL_PLAN = "002_50fd6f091368471b.txt"
ROOT = Path(__file__).resolve().parents[2]
LISTS = ("problem", "rectification", "responsibility", "progress")


class MainJob:
    """One campaign of one district, from its plan to the verified month after."""

    def __init__(self, home: Path, *, units: int, sheets: int, problems: int) -> None:
        self.papers = home / "papers"
        self.papers.mkdir()
        self.bodies = bodies(units)
        self.sheets, self.problems = sheets, problems
        self.desk = Desk()
        self.report = Report(database=connection.vendor)
        self.files: list[Path] = []

    def run(self) -> Report:
        with self.report.step("a fresh data folder") as step:
            call_command("migrate", verbosity=0, interactive=False)
            step.count = 1
        if Unit.objects.exists():
            raise SystemExit("the database is not empty")
        self.start()
        self.take_in_sheets()
        self.make_moves()
        self.make_other_moves()
        self.write_lists()
        self.hand_in_forms()
        self.enter_late_and_correct()
        self.verify()
        self.measure_floors()
        self.report.facts |= {"commands by exit code": dict(sorted(self.desk.calls.items()))}
        return self.report

    # Plan and sheets

    def start(self) -> None:
        plan, self.report.plan = self._plan()
        register = write_register(self.papers / "register.xlsx", self.bodies)
        with self.report.step("campaign start: register, plan, duties", "duties") as step:
            told = self.desk.run(
                START,
                "campaign",
                "start",
                str(plan),
                "--units",
                str(register),
                "--shift-to",
                START.isoformat(),
                by="office",
            )
            step.count = told["duties"]
        self.report.check("duties", told["duties"], counts.one("SELECT COUNT(*) FROM campaigns_duty"))
        self.report.check(
            "units that take part",
            len(self.bodies),
            counts.one("SELECT COUNT(*) FROM campaigns_campaignunit"),
        )
        self.desk.run(START, "campaign", "start", str(register), by="office", expect=BAD_INPUT)
        self.desk.run(START, "campaign", "start", str(plan), by=self.bodies[0].clerk, expect=REFUSED)

    def _plan(self) -> tuple[Path, str]:
        folder = Path(os.environ.get("QINGFENG_SHARED") or ROOT.parent / "shared") / "documents"
        real = folder / REAL_PLAN
        if real.is_file():
            return real, REAL_PLAN
        return DEMO_PLAN, f"{DEMO_PLAN.name} of the demo ({REAL_PLAN} is not here: QINGFENG_SHARED)"

    def take_in_sheets(self) -> None:
        """Each unit's sheets from one file, a second time refused, and the same for the group from above."""
        named = [(body.code, body.clerk, self._sheets_of(body)) for body in self.bodies]
        named.append(
            (
                "ZL",
                "inspector",
                [self._paper("第一治理组", body.name, body, 1, "督检") for body in self.bodies[:5]],
            )
        )
        paths = [(code, by, write_sheets(self.papers / f"{code}.xlsx", sheets)) for code, by, sheets in named]
        self.files = [path for _code, _by, path in paths]
        with self.report.step("sheet import from .xlsx (attachment 2)", "sheets") as step:
            for code, by, path in paths:
                step.count += len(
                    self.desk.run(FOUND, "sheet", "import", str(path), "--unit", code, by=by)["filed"]
                )
        wanted = sum(len(sheets) for _code, _by, sheets in named)
        self.report.check("sheets", step.count, wanted)
        self.report.check(
            "sheets in the ledger", counts.one("SELECT COUNT(*) FROM inspections_sheet"), wanted
        )
        problems = sum(len(sheet.problems) for _code, _by, sheets in named for sheet in sheets)
        self.report.check(
            "problems in the ledger", counts.one("SELECT COUNT(*) FROM problems_problem"), problems
        )
        self._try_bad_files(paths[0][2])

    def _try_bad_files(self, good: Path) -> None:
        first, second = self.bodies[:2]
        words = ("sheet", "import", str(good), "--unit")
        self.desk.run(FOUND, *words, first.code, by=first.clerk, expect=BAD_INPUT)  # twice
        self.desk.run(FOUND, *words, first.code, by=second.clerk, expect=BAD_INPUT)  # out of reach
        self.desk.run(FOUND, *words, second.code, by=second.clerk, expect=BAD_INPUT)  # another unit's paper
        before = date(2026, 5, 1)
        wrong = self._paper(first.name, first.name, first, 1, "自检", due=before)
        path = write_sheets(self.papers / "wrong.xlsx", [wrong])
        self.desk.run(
            FOUND, "sheet", "import", str(path), "--unit", first.code, by=first.clerk, expect=BAD_INPUT
        )

    def _sheets_of(self, body: Body) -> list[PaperSheet]:
        """Communities in turn for a street; each tenth unit's last sheet finds nothing."""
        found = []
        for turn in range(self.sheets):
            inspected = body.community(turn % 2 + 1)[1] if body.is_street and turn % 3 else body.name
            problems = 0 if body.number % 10 == 0 and turn == self.sheets - 1 else self.problems
            found.append(self._paper(body.name, inspected, body, problems, f"第{turn + 1}次"))
        return found

    def _paper(
        self,
        filing: str,
        inspected: str,
        body: Body,
        problems: int,
        what: str,
        *,
        due: date | None = None,
        day: date = FOUND,
    ) -> PaperSheet:
        texts = tuple(f"{what}检查：补贴名册第{place}页没有公示" for place in range(1, problems + 1))
        return PaperSheet(
            filing,
            inspected,
            day - timedelta(days=1),
            due or date(2026, 6, 15 if body.number % 3 else 30),
            "张检、李查",
            f"{what}：惠民资金公示",
            body.clerk_name,
            texts,
            "督检" if what == "督检" else "自检",
        )

    # Moves

    def make_moves(self) -> None:
        proof = self.papers / "照片.png"
        proof.write_bytes(_picture())
        moves = Moves(self.desk, proof)
        items = self._items()
        with self.report.step("problem moves by command", "problems") as step:
            for place, item in enumerate(items):
                moves.go(item, WAYS[place % len(WAYS)])
            step.count = len(items)
        self.report.facts |= {"moves made": dict(moves.verbs), "moves refused": moves.refused}
        others = Problem.objects.filter(finding_group__isnull=False).count()
        expected = {**moves.states, "assigned": moves.states["assigned"] + others}
        self.report.check("states of the problems", counts.problem_states(), dict(expected))
        first = Problem.objects.filter(finding_group__isnull=False).first()
        assert first is not None  # the group filed five sheets
        self.desk.process(
            HAND_IN,
            "problem",
            "close-out",
            first.reference,
            "--look-back",
            "2026-09-01",
            by="inspector",
            expect=REFUSED,
        )
        self.desk.process(HAND_IN, "problem", "show", "没有这个编号", by="office", expect=BAD_INPUT)

    def _items(self) -> list[Item]:
        by_code = {body.code: body for body in self.bodies}
        rows = (
            Problem.objects.filter(finding_unit__isnull=False).select_related("finding_unit").order_by("pk")
        )
        departments = [body for body in self.bodies if not body.is_street]
        items = []
        for place, problem in enumerate(rows):
            body = by_code[problem.finding_unit.code]  # type: ignore[union-attr]
            other = next(one for one in departments[place % len(departments) :] + departments if one != body)
            items.append(
                Item(problem.number if place % 2 else problem.reference, problem.reference, body, other)
            )
        return items

    def make_other_moves(self) -> None:
        """What has no command of its own: by the actions, with the same checks."""
        clerk, office = self._user(self.bodies[0].clerk), self._user("office")
        member, stranger = self._user("inspector"), self._user(self.bodies[-1].clerk)
        with self.report.step("further moves by action", "moves") as step, clock.on(HAND_IN):
            step.count += self._share_work(clerk, stranger)
            step.count += self._correct_a_sheet(office, member)
            step.count += self._register(office, clerk)
        self.report.check("sheet numbers missing", counts.gaps(), [])

    def _share_work(self, clerk: User, stranger: User) -> int:
        problem = Problem.objects.select_related("lead_unit", "campaign").get(
            finding_group__code="ZL", lead_unit__code=self.bodies[0].code
        )
        helper = Unit.objects.get(code=self.bodies[-1].code)
        self._refused(
            Refused, actions.name_co_unit, problem=problem, unit=helper, sub_task="提供名册", by=stranger
        )
        row: CoUnit = actions.name_co_unit(problem=problem, unit=helper, sub_task="提供名册", by=clerk)
        self._refused(Refused, actions.finish_sub_task, co_unit=row, by=clerk)
        actions.finish_sub_task(co_unit=row, by=stranger)
        proof: Evidence = actions.add_evidence(problem=problem, name="照片.png", content=_picture(), by=clerk)
        self._refused(Refused, actions.withdraw_evidence, evidence=proof, by=stranger)
        actions.withdraw_evidence(evidence=proof, by=clerk)
        self._refused(
            BadInput,
            actions.add_evidence,
            problem=problem,
            name="照片.png",
            content=b"not a picture",
            by=clerk,
        )
        return 8

    def _correct_a_sheet(self, office: User, member: User) -> int:
        sheet = (
            Sheet.objects.filter(filing_group__code="ZL")
            .order_by("number")
            .select_related("inspected_unit")
            .first()
        )
        assert sheet is not None  # the group filed five
        texts = {1: "名册第1页和第2页没有公示"}
        given = {
            "inspectors": sheet.inspectors,
            "content": sheet.content,
            "inspected_on": sheet.inspected_on,
            "method": sheet.method,
            "texts": texts,
        }
        self._refused(Refused, actions.correct_sheet, sheet=sheet, by=member, **given)
        self._refused(Refused, return_sheet, sheet=sheet, reason="请补全", by=member)
        return_sheet(sheet=sheet, reason="请补全", by=office)
        actions.correct_sheet(sheet=sheet, by=member, **given)
        last = Sheet.objects.filter(filing_group__code="ZL").order_by("-number").first()
        assert last is not None
        self._refused(BadInput, actions.void_sheet, sheet=last, reason=" ", by=office)
        actions.void_sheet(sheet=last, reason="重复填报", by=office)
        return 6

    def _register(self, office: User, clerk: User) -> int:
        campaign = Campaign.objects.select_related("office").get()
        origin = Origin.objects.get(campaign=campaign, slug="tour_feedback")
        entry = ProblemEntry(text="窗口无人值守", lead_unit=Unit.objects.get(code=self.bodies[0].code))
        given = {"campaign": campaign, "origin": origin, "entry": entry, "finding_group": campaign.office}
        self._refused(Refused, actions.register_problem, by=clerk, **given)
        problem = actions.register_problem(by=office, **given)
        self._refused(
            Refused,
            actions.assign,
            problem=problem,
            responsible_name="某人",
            due_date=date(2026, 7, 1),
            by=self._user(self.bodies[-1].clerk),
        )
        actions.assign(problem=problem, responsible_name="某人", due_date=date(2026, 7, 1), by=office)
        person = Person.objects.get(name="组员庚")
        actions.declare_recusal(problem=problem, person=person, reason="亲属在该单位任职", by=office)
        self._refused(
            BadInput, actions.declare_recusal, problem=problem, person=person, reason="重复", by=office
        )
        return 6

    def _refused(self, expected: type[Exception], action: object, **given: object) -> None:
        self.report.checks += 1
        try:
            action(**given)  # type: ignore[operator]
        except expected:
            return
        self.report.failures.append(f"{action.__name__} was not refused")  # type: ignore[attr-defined]

    # Lists and forms

    def write_lists(self) -> None:
        real = counts.one("SELECT COUNT(*) FROM problems_problem WHERE state <> 'void'")
        with self.report.step("the four lists as .xlsx", "lists") as step:
            for kind in LISTS:
                out = self.papers / f"list-{kind}.xlsx"
                told = self.desk.run(HAND_IN, "lists", kind, "--out", str(out), by="office")
                self.report.check(f"rows of the {kind} list", told["rows"], real)
                step.count += 1
        self.desk.run(HAND_IN, "lists", "nothing", "--out", str(out), by="office", expect=BAD_INPUT)

    def hand_in_forms(self) -> None:
        """By every head; what each column says is counted again in SQL."""
        told = []
        with self.report.step("monthly form: prepare, sign, hand in, .xlsx", "forms") as step:
            for body in self.bodies:
                told.append(self._form(HAND_IN, body, JUNE, "--sign", "--hand-in"))
                step.count += 1
        month = month_named(Campaign.objects.get(), date(2026, 6, 1))
        units = {unit.code: unit.pk for unit in Unit.objects.all()}
        with self.report.step("the same figures counted in SQL", "columns") as step:
            for form in told:
                for code, figures in form["columns"].items():
                    real = counts.form_figures(units[code], month.start, month.end, min(month.end, HAND_IN))
                    self.report.check(
                        f"{form['unit']} column {code}", {name: figures.get(name, 0) for name in real}, real
                    )
                    step.count += 1
        self.report.check(
            "forms handed in",
            counts.one("SELECT COUNT(*) FROM returns_monthlyreturn WHERE state = 'handed_in'"),
            len(self.bodies),
        )
        self.report.check("duties with their electronic copy", len(self.bodies), self._receipts())
        first, second = self.bodies[:2]
        self._form(HAND_IN, first, JUNE, "--hand-in", expect=REFUSED)
        self._form(HAND_IN, first, JUNE, by=second.head, expect=BAD_INPUT)
        self._form(HAND_IN, second, "2026-13", expect=BAD_INPUT)

    def _receipts(self) -> int:
        return counts.one(
            "SELECT COUNT(*) FROM campaigns_receipt r JOIN campaigns_duty d ON d.id = r.duty_id"
            " JOIN campaigns_obligation o ON o.id = d.obligation_id WHERE o.is_monthly_form"
            " AND r.medium = 'electronic'"
        )

    def enter_late_and_correct(self) -> None:
        first, second = self.bodies[:2]
        late = self._paper(
            first.name, first.name, first, 1, "补报", day=date(2026, 6, 11), due=date(2026, 7, 30)
        )
        path = write_sheets(self.papers / "late.xlsx", [late])
        with self.report.step("a late entry and a correction", "forms") as step:
            self.desk.run(LATE, "sheet", "import", str(path), "--unit", first.code, by=first.clerk)
            told = self._form(NEXT_HAND_IN, first, JULY, "--sign", "--hand-in")
            self._form(CORRECTION, second, JUNE, "--correct", "", "--sign", expect=REFUSED)
            corrected = self._form(CORRECTION, second, JUNE, "--correct", "漏写措施", "--sign", "--hand-in")
            step.count = 2
        self.report.check("late sheets on July's form", told["columns"][first.code]["sheets"], 1)
        marked = CountedRow.objects.filter(monthly_return__unit__code=first.code, late=True)
        self.report.check(
            "records marked as late",
            sorted(marked.values_list("figure", flat=True).distinct())[:2],
            ["found", "found_ordinary"],
        )
        versions = list(
            MonthlyReturn.objects.filter(unit__code=second.code)
            .order_by("version")
            .values_list("state", flat=True)
        )
        self.report.check("versions", (corrected["version"], versions), (2, ["replaced", "handed_in"]))

    def _form(self, day: date, body: Body, month: str, *words: str, by: str = "", expect: int = 0) -> dict:
        out = self.papers / f"form-{body.code}-{month}.xlsx"
        return self.desk.run(
            day,
            "return",
            "monthly",
            "--unit",
            body.code,
            "--month",
            month,
            "--out",
            str(out),
            *words,
            by=by or body.head,
            expect=expect,
        )

    # Proof

    def verify(self) -> None:
        with self.report.step("verify --figures, in a process of its own", "events") as step:
            told = self.desk.process(NEXT_HAND_IN, "verify", "--figures")
            step.count = told["events"]
        self.report.check("verify", (told["broken"], told["differences"]), ([], []))
        self.report.check("events", told["events"], counts.one("SELECT COUNT(*) FROM records_event"))
        self.report.facts["events"] = told["events"]

    def measure_floors(self) -> None:
        imported = self.report.seconds("sheet import from .xlsx (attachment 2)")
        self.report.ratios += [
            floors.change_with_event(self.bodies[0].code),
            floors.reading_cells(self.files, imported),
            floors.verifying(),
        ]

    def _user(self, username: str) -> User:
        return User.objects.select_related("person").get(username=username)


def _picture() -> bytes:
    """A small PNG that opens."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    body = zlib.compress(b"".join(b"\0" + b"\x66\x99\x66" * 16 for _row in range(16)))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
