"""Which inspections take place when, and what they find: self-inspections, governance groups, random checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qingfeng.apps.base.orgs.models import Group, Unit, UnitKind, User
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import ContentCategory
from qingfeng.apps.work.inspections.actions import SheetEntry, confirm_sheet, return_sheet
from qingfeng.apps.work.inspections.models import InspectionMethod, Sheet, SheetKind, SheetState
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import ProblemEntry
from qingfeng.apps.work.problems.models import Origin, Problem, RectificationTerm
from qingfeng.demo.columns import Columns
from qingfeng.demo.lives import Found, Lives
from qingfeng.demo.seats import AT_ZERO
from qingfeng.demo.story import SEED, Story, days
from qingfeng.demo.words import Wording, Words

FIRST, LAST = date(2026, 5, 12), date(2026, 6, 15)
"""Self-inspections lie in the second stage."""
EMPTY_SHEETS = 3
SERVED = (UnitKind.COMMUNITY, UnitKind.WINDOW, UnitKind.STATION, UnitKind.SECTION)
WITHOUT_SHEET = (
    ("tour_feedback", "office"),
    ("instruction", "office"),
    ("assigned", "office"),
    ("appraisal", "office"),
    ("tour_feedback", "group"),
    ("appraisal", "group"),
    ("alert", "office"),
    ("assigned", "office"),
)


class Inspections:
    """Sets the days of all inspections; what each finds is drawn on its day."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.chance = story.chance
        self.lives = Lives(story)
        self.words = Words(story.chance)
        self.columns = Columns(story.campaign, SEED)
        categories = ContentCategory.objects.filter(campaign=story.campaign)
        self.categories = {category.number: category for category in categories}
        self.co_units = 10
        self.persons = 4
        self.empty = EMPTY_SHEETS

    def set(self) -> None:
        """Forty self-inspections, eight by the governance groups, two random ones, eight problems without a sheet."""
        for unit in self.story.seats.streets():
            self._set_self_inspections(unit, (2, 3))
        for unit in self.story.seats.departments():
            if self.story.clerk(unit):
                self._set_self_inspections(unit, (1, 2))
        for group in self._groups("ZL"):
            for _ in range(2 if group.code in {"ZL2", "ZL5"} else 1):
                self.story.at(self._day(date(2026, 5, 19), 32), self.supervise, group)
        for number, (origin, finder) in enumerate(WITHOUT_SHEET):
            self.story.at(date(2026, 5, 15) + days(4 * number), self.register, origin, finder)
        self.story.at(date(2026, 6, 3), self.draw_at_random)
        self.story.at(date(2026, 5, 21), self.file_on_behalf)
        self.story.at(date(2026, 5, 26), self.file_twice)
        self.story.at(date(2026, 6, 16), self.return_and_correct)
        self.story.at(date(2026, 6, 22), self.return_lately)
        self.story.at(date(2026, 6, 8), self.show_the_street)
        self.story.at(date(2026, 6, 5), self.show_the_group)

    def _set_self_inspections(self, unit: Unit, times: tuple[int, int]) -> None:
        if unit.code in AT_ZERO:
            self.story.at(self._day(FIRST, 20), self.inspect_self, unit, 0)
            return
        for _ in range(self.chance.randint(*times)):
            self.story.at(
                self._day(FIRST, (LAST - FIRST).days),
                self.inspect_self,
                unit,
                self.chance.choice((2, 2, 2, 3)),
            )

    # The sheets

    def inspect_self(self, unit: Unit, problems: int) -> Sheet:
        clerk = self.story.clerk(unit)
        assert clerk is not None  # only units with a clerk inspect themselves
        below = self.story.seats.below(unit, *SERVED)
        inspected = self.chance.choice(below) if below and self.chance.random() < 0.7 else unit
        if problems == 2 and self.empty and self.chance.random() < 0.1:
            self.empty, problems = self.empty - 1, 0
        names = f"{clerk.person.name}、{self.story.seats.leader_in_charge(unit)}"
        return self._file(SheetKind.SELF_INSPECTION, inspected, names, problems, by=clerk, unit=unit)

    def supervise(self, group: Group) -> None:
        member = self.story.member(group)
        inspected = self._overseen(group)
        names = "、".join(user.person.name for user in self.story.seats.members(group))
        method = self.chance.choice(
            (InspectionMethod.SPECIAL, InspectionMethod.OFF_HOURS, InspectionMethod.SURPRISE)
        )
        self._file(SheetKind.SUPERVISION, inspected, names, 2, by=member, group=group, method=method)

    def draw_at_random(self) -> None:
        """A group draws two places at once; the second sheet finds nothing."""
        group = self.story.seats.group("ZL6")
        for problems in (1, 0):
            self._file(
                SheetKind.RANDOM,
                self._overseen(group),
                self.story.member(group).person.name,
                problems,
                by=self.story.member(group),
                group=group,
                method=InspectionMethod.RANDOM,
            )

    def file_on_behalf(self) -> None:
        """A street files for a community without a clerk; the street's head confirms."""
        street = self.story.seats.unit("990701")
        community = self.story.seats.below(street, UnitKind.COMMUNITY)[0]
        clerk, head = self.story.clerk(street), self.story.head(street)
        assert clerk is not None and head is not None  # the first street has both
        sheet = self._file(
            SheetKind.SELF_INSPECTION,
            community,
            self.story.seats.responsible(community),
            1,
            by=clerk,
            unit=community,
        )
        self.story.at(sheet.filled_on + days(2), confirm_sheet, sheet=sheet, by=head)

    def register(self, slug: str, finder: str) -> None:
        """A problem without a sheet: from a tour, an instruction, an appraisal, an alert."""
        group = self.story.seats.group("QFB" if finder == "office" else "ZL3")
        unit = self._overseen(group)
        by = self.story.member(group)
        wording = self.words.for_unit(unit)
        day = clock.today()
        fate = self.lives.draw(unit, day)
        origin = Origin.objects.get(campaign=self.story.campaign, slug=slug)
        problem = actions.register_problem(
            campaign=self.story.campaign,
            origin=origin,
            finding_group=group,
            by=by,
            entry=self._entry(unit, wording, fate, day),
        )
        self.lives.begin(fate, Found(problem.pk, unit, wording, day))

    def _file(
        self,
        kind: str,
        inspected: Unit,
        inspectors: str,
        problems: int,
        *,
        by: User,
        unit: Unit | None = None,
        group: Group | None = None,
        method: str = InspectionMethod.ORDINARY,
        fates: Sequence[str] = (),
    ) -> Sheet:
        wordings = [self.words.for_unit(inspected) for _ in range(problems)]
        day = clock.today()
        fates = fates or [self.lives.draw(inspected, day) for _ in wordings]
        entries = tuple(
            self._entry(inspected, wording, fate, day, place)
            for place, (wording, fate) in enumerate(zip(wordings, fates, strict=True), 1)
        )
        entry = SheetEntry(
            kind=kind,
            inspected_unit=inspected,
            inspectors=inspectors,
            inspected_on=day,
            filing_unit=unit,
            filing_group=group,
            method=method,
            content="、".join(dict.fromkeys(w.content for w in wordings)) or "八项内容逐项排查",
            suggestions=tuple(wording.suggestion + "。" for wording in wordings),
        )
        sheet = actions.file_sheet(
            campaign=self.story.campaign,
            entry=entry,
            problems=entries,
            by=by,
            columns=self.columns.of_sheet(),
        )
        rows = Problem.objects.filter(sheet=sheet).order_by("ordinal")
        for problem, wording, fate, given in zip(rows, wordings, fates, entries, strict=True):
            self.lives.begin(fate, Found(problem.pk, inspected, wording, day, co_unit=bool(given.co_units)))
        return sheet

    def _entry(
        self, unit: Unit, wording: Wording, fate: str, day: date, suggestion: int | None = None
    ) -> ProblemEntry:
        due = self.lives.due(fate, day)
        seats = self.story.seats
        return ProblemEntry(
            text=wording.text + "。",
            lead_unit=unit,
            category=self.categories[wording.category],
            nature=wording.nature,
            term=RectificationTerm.CONTINUING if fate == "long_term" else RectificationTerm.BY_DATE,
            due_date=due,
            responsible_name=seats.responsible(unit) if due else "",
            duty_text="直接责任" if due else "",
            leader_in_charge=seats.leader_in_charge(unit) if due else "",
            people_affected=wording.people,
            sum_involved=wording.fen,
            suggestions=(suggestion,) if suggestion else (),
            co_units=self._help(fate),
            persons_involved=self._involved(unit, fate),
            columns=self.columns.of_problem(),
        )

    def _help(self, fate: str) -> tuple[tuple[Unit, str], ...]:
        if self.co_units == 0 or fate not in {"closed_out", "in_rectification", "submitted"}:
            return ()
        if self.chance.random() < 0.7:
            return ()
        self.co_units -= 1
        department = self.chance.choice(self.story.seats.departments_served())
        return ((department, self.chance.choice(("提供名册比对", "核定补发标准", "协助现场核查"))),)

    def _involved(self, unit: Unit, fate: str) -> tuple[tuple[str, str], ...]:
        if self.persons == 0 or fate != "closed_out" or self.chance.random() < 0.8:
            return ()
        self.persons -= 1
        return ((self.story.seats.responsible(unit), "经办人"),)

    # What the accounts to try first find on their desks

    def show_the_street(self) -> None:
        """Of the first street: one to sign, one returned, one overdue, one for which more time is asked."""
        street = self.story.seats.unit("990701")
        clerk = self.story.clerk(street)
        assert clerk is not None  # streets have one
        self._file(
            SheetKind.SELF_INSPECTION,
            street,
            clerk.person.name,
            5,
            by=clerk,
            unit=street,
            fates=("unsigned", "returned", "late", "extension_asked", "submitted"),
        )

    def show_the_group(self) -> None:
        """Of the first governance group, in the first street: two to close out, one still worked on."""
        group = self.story.seats.group("ZL1")
        community = self.story.seats.below(self.story.seats.unit("990701"), UnitKind.COMMUNITY)[1]
        names = "、".join(user.person.name for user in self.story.seats.members(group))
        self._file(
            SheetKind.SUPERVISION,
            community,
            names,
            3,
            by=self.story.seats.account("inspector"),
            group=group,
            method=InspectionMethod.CROSS,
            fates=("submitted", "submitted", "in_rectification"),
        )

    # What goes otherwise

    def return_and_correct(self) -> None:
        """A sheet that the office returns and the street puts right under its number."""
        sheet = self._latest("990703")
        return_sheet(
            sheet=sheet, by=self.story.office(), reason="检查内容过于笼统，请写明查了哪些资料、走访了谁。"
        )
        self.story.at(clock.today() + days(2), self._correct, sheet)

    def _correct(self, sheet: Sheet) -> None:
        clerk = self.story.clerk(sheet.inspected_unit)
        assert clerk is not None  # streets have one
        actions.correct_sheet(
            sheet=sheet,
            by=clerk,
            inspectors=sheet.inspectors,
            inspected_on=sheet.inspected_on,
            content=sheet.content + "（查阅上年度台账，走访居民6户）",
            method=sheet.method,
            texts={},
        )

    def return_lately(self) -> None:
        """A sheet that still waits to be put right."""
        return_sheet(
            sheet=self._latest("990707"), by=self.story.office(), reason="检查人员的职务没有写明，请补全。"
        )

    def file_twice(self) -> None:
        """A sheet filed by mistake: void the next day, its number stays taken."""
        unit = self.story.seats.unit("990704")
        clerk = self.story.clerk(unit)
        assert clerk is not None  # streets have one
        entry = SheetEntry(
            kind=SheetKind.SELF_INSPECTION,
            inspected_unit=unit,
            inspectors=clerk.person.name,
            inspected_on=clock.today(),
            filing_unit=unit,
            content="热线工单办理",
        )
        problem = ProblemEntry(text="热线工单结单后没有回访。", lead_unit=unit, category=self.categories[4])
        sheet = actions.file_sheet(campaign=self.story.campaign, entry=entry, problems=(problem,), by=clerk)
        self.story.at(
            clock.today() + days(1),
            actions.void_sheet,
            sheet=sheet,
            reason="同一次检查重复填报。",
            by=self.story.office(),
        )

    def _latest(self, code: str) -> Sheet:
        sheets = Sheet.objects.filter(filing_unit__code=code, state=SheetState.FILED).select_related(
            "inspected_unit"
        )
        return sheets.latest("filled_on", "pk")

    # Where and when

    def _overseen(self, group: Group) -> Unit:
        """A place that the group may look at: mostly communities and windows, now and then a department."""
        seats = self.story.seats
        if group.code == "QFB":
            return self.chance.choice(
                [unit for unit in (*seats.streets(), *seats.departments()) if unit.code not in AT_ZERO]
            )
        numbers = {
            "ZL1": (1, 2, 3),
            "ZL2": (4, 5, 6),
            "ZL3": (7, 8, 9),
            "ZL4": (10, 11, 12),
            "ZL5": (13, 14, 15),
            "ZL6": (1, 5, 9),
        }[group.code]
        streets = [seats.unit(f"9907{number:02d}") for number in numbers]
        streets = [street for street in streets if street.code not in AT_ZERO]
        return self.chance.choice(seats.below(self.chance.choice(streets), *SERVED))

    def _groups(self, prefix: str) -> Sequence[Group]:
        return [group for code, group in self.story.seats.groups.items() if code.startswith(prefix)]

    def _day(self, first: date, span: int) -> date:
        return first + days(self.chance.randint(0, span))
