"""The pages of the assignment: ledgers in all positions, a record, a change, desks and figures of every role."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count
from django.test import RequestFactory
from django.urls import reverse

from qingfeng.apps.base.orgs.models import Unit, UnitKind
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.ledgers import problem_columns, problem_ledger
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.queries import ledger as ledger_of

from . import texts
from .asking import Asked, bare, measure, queries_of
from .district import TODAY
from .report import Line, Report

LEDGER: dict[str, Any] = {"most_queries": 12, "most_ms": 100}
SCREEN: dict[str, Any] = {"most_ms": 300}
JOINED = """SELECT p.*, u.short_name, c.title, o.label FROM problems_problem p
    JOIN orgs_unit u ON u.id = p.lead_unit_id JOIN problems_origin o ON o.id = p.origin_id
    LEFT JOIN campaigns_contentcategory c ON c.id = p.category_id WHERE p.campaign_id = %s AND """
OPEN = "p.state IN ('found','assigned','in_rectification','submitted','returned','transferred','reopened')"
AROUND = [
    "measure",
    "submission",
    "extension",
    "transfer",
    "lookback",
    "counit",
    "evidence",
    "recusal",
    "personinvolved",
]


class Pages:
    """The people who ask and what they ask for."""

    def __init__(self, report: Report, times: int) -> None:
        self.times = times
        self.report = report
        self.campaign = Campaign.objects.select_related("root_unit", "office").get()
        self.street = self._fullest(UnitKind.STREET)
        self.department = self._fullest(UnitKind.DEPARTMENT)
        self.office, self.leader = Asked("office", self.times), Asked("leader", self.times)
        self.recused = Asked("office-recused", self.times)
        self.clerk, self.head = (
            Asked(f"clerk{self.street.code}", self.times),
            Asked(f"head{self.street.code}", self.times),
        )
        self.unit = Asked(f"clerk{self.department.code}", self.times)
        self.group = Asked(f"committee{self.street.code}-a", self.times)
        self.list = reverse("problems:list")

    def _fullest(self, kind: str) -> Unit:
        rows = Problem.objects.filter(lead_unit__kind=kind).values("lead_unit").annotate(many=Count("pk"))
        return Unit.objects.get(pk=rows.order_by("-many")[0]["lead_unit"])

    def run(self) -> None:
        parts = (
            self.ledgers,
            self.orders,
            self.searches,
            self.roles,
            self.records,
            self.screens,
            self.changes,
        )
        for part in parts:
            for line in part():
                self.report.add(line)

    def ledgers(self) -> Iterator[Line]:
        ask, rows = self.office, self._floor
        yield ask.line("problems: first page", self.list, floor=rows("p.state <> 'void'"), **LEDGER)
        for name, place in (("page 200", 199 * 50), ("the last page", -51)):
            problem, after = self._place(place)
            floor = rows(f"p.state <> 'void' AND p.id < {problem}")
            yield ask.line(f"problems: {name}", f"{self.list}?after={after}", floor=floor, **LEDGER)
        late = rows(f"{OPEN} AND p.due_date < '{TODAY}' AND p.nature = 'risk'", "p.due_date, p.id DESC")
        yield ask.line(
            "problems: overdue, risk, by date",
            f"{self.list}?view=late&nature=risk&sort=due",
            floor=late,
            **LEDGER,
        )
        found = rows("p.category_id = %s AND p.state <> 'void'", "p.found_on DESC, p.id DESC", self._category)
        address = f"{self.list}?category={self._number}&sort=-found"
        yield ask.line("problems: one content, newest found", address, floor=found, **LEDGER)
        unit = rows(f"p.lead_unit_id = {self.street.pk} AND p.state <> 'void'")
        yield ask.line("problems: one unit", f"{self.list}?unit={self.street.code}", floor=unit, **LEDGER)
        yield ask.line("sheets: first page", reverse("problems:sheets"), floor=self._sheets(), **LEDGER)
        yield ask.line("monthly forms: who handed in", reverse("returns:list"), **SCREEN)

    def orders(self) -> Iterator[Line]:
        """Every order that the head of the problem ledger offers, both ways together: for the district, a street, a unit."""
        readers = (("the district", self.office), ("a street", self.head), ("a unit", self.unit))
        for name, ask in readers:
            for key in self._offered(ask.user):
                addresses = [f"{self.list}?sort={end}{key}" for end in ("", "-")]
                yield ask.line(f"problems by {key}, {name}", *addresses, **LEDGER)

    def _offered(self, user: Any) -> list[str]:
        """The headings that sort, of a page with all columns."""
        everything = "&".join(f"col={column.key}" for column in problem_columns())
        request = RequestFactory().get(f"{self.list}?{everything}")
        request.user = user
        made = problem_ledger(request, user, self.campaign)
        return [head["column"].key for head in made.heads if head["href"]]

    def searches(self) -> Iterator[Line]:
        words = (
            ("rare word", texts.RARE_WORD),
            ("common word", texts.COMMON_WORD),
            ("two letters", texts.TWO_LETTERS),
        )
        for name, word in words:
            yield self.office.line(
                f"search: {name}", f"{self.list}?q={word}", floor=self._holding(word), **LEDGER
            )
        number = (
            Problem.objects.filter(sheet__isnull=False).order_by("-pk").values_list("number", flat=True)[0]
        )
        yield self.office.line("search: a number", f"{self.list}?q={number}", **LEDGER)
        for name, ask in (("one unit's clerk", self.unit), ("a street's head", self.head)):
            yield ask.line(f"search: common word, {name}", f"{self.list}?q={words[1][1]}", **LEDGER)

    def roles(self) -> Iterator[Line]:
        for name, ask in self._people():
            yield ask.line(f"problems: first page, {name}", self.list, **LEDGER)
        late = f"{self.list}?view=late&sort=due"
        yield self.head.line("problems: overdue by date, a street's head", late, **LEDGER)
        yield self.head.line("sheets: first page, a street's head", reverse("problems:sheets"), **LEDGER)

    def records(self) -> Iterator[Line]:
        problem = Problem.objects.filter(state="submitted", sheet__isnull=False).order_by("-pk")[0]
        address = reverse("problems:problem", args=[problem.reference])
        tables = ["problems_problem"] + [f"problems_{name}" for name in AROUND]

        def floor() -> None:
            for place, table in enumerate(tables):
                column = "problem_id" if place else "id"
                bare(f"SELECT * FROM {table} WHERE {column} = %s", [problem.pk])()

        for name, ask in (
            ("the office", self.office),
            ("a unit's clerk", Asked(self._clerk_of(problem), self.times)),
        ):
            yield ask.line(f"a problem, {name}", address, floor=floor, most_queries=15, most_ms=100)
        yield self.office.line("its events", f"{address}?tab=timeline", most_queries=15, most_ms=100)
        sheet = Sheet.objects.get(pk=problem.sheet_id)
        yield self.office.line("a sheet", reverse("problems:sheet", args=[sheet.reference]), **SCREEN)

    def screens(self) -> Iterator[Line]:
        whole = bare(
            "SELECT state, COUNT(*), SUM(people_affected), SUM(sum_returned) FROM problems_problem"
            " WHERE campaign_id = %s GROUP BY state",
            [self.campaign.pk],
        )
        for name, ask in self._people():
            yield ask.line(
                f"desk: {name}", reverse("desk:today"), floor=whole if ask is self.office else None, **SCREEN
            )
        figures = reverse("reports:overview")
        for name, ask in self._people():
            yield ask.line(f"figures: {name}", figures, floor=whole if ask is self.office else None, **SCREEN)
        opened = reverse("reports:figure", args=["overdue"])
        yield self.office.line("a figure opened: overdue", opened, **SCREEN)
        for key in ("overdue", "returned"):
            opened = reverse("desk:figure", args=[key])
            yield self.leader.line(f"a figure of the desk opened: {key}", opened, **SCREEN)

    def changes(self) -> Iterator[Line]:
        """A measure entered, committed: its record, its event, its summary and its search entry."""
        working = Problem.objects.filter(lead_unit=self.street, state="in_rectification").order_by("-pk")
        problems = list(working[: max(2, self.times)])
        line = Line("one change: a measure entered", most_ms=50, of_cpu=True)
        turns = iter(problems)

        def change() -> None:
            problem = next(turns)
            self._enter_measure(problem)

        line.queries = queries_of(change)
        update = "UPDATE problems_problem SET sum_returned = sum_returned WHERE id = %s"

        def floor() -> None:
            from django.db import connection

            with connection.cursor() as cursor:
                cursor.execute(update, [problems[0].pk])

        measure(line, change, floor, len(problems) - 1)
        yield line

    def _enter_measure(self, problem: Problem) -> None:
        address = reverse("problems:move", args=[problem.reference, "measure"])
        text = f"逐户核对，{secrets.token_hex(4)}。"  # the same twice would be taken for a form sent twice
        data = {"kind": "progress", "text": text, "taken_on": TODAY.isoformat()}
        response = self.clerk.client.post(address, data | {"token": f"bench{problem.pk}-{id(data)}"})
        if response.status_code != 302:
            raise SystemExit(f"{address}: {response.status_code}")

    # The people, and the same rows by bare SQL

    def _people(self) -> list[tuple[str, Asked]]:
        return [
            ("the office", self.office),
            ("the office, somebody recused", self.recused),
            ("the leader", self.leader),
            ("a street's head", self.head),
            ("a street's clerk", self.clerk),
            ("a unit's clerk", self.unit),
            ("a group", self.group),
        ]

    def _clerk_of(self, problem: Problem) -> str:
        return f"clerk{Unit.objects.get(pk=problem.lead_unit_id).code}"

    @property
    def _category(self) -> list[Any]:
        return [Problem.objects.filter(category__isnull=False).values_list("category_id", flat=True)[0]]

    @property
    def _number(self) -> int:
        return Problem.objects.filter(category=self._category[0]).values_list("category__number", flat=True)[
            0
        ]

    def _floor(
        self, condition: str, order: str = "p.id DESC", values: list[Any] | None = None
    ) -> Callable[[], list[Any]]:
        statement = f"{JOINED}{condition} ORDER BY {order} LIMIT 51"
        return bare(statement, [self.campaign.pk, *(values or [])])

    def _holding(self, word: str) -> Callable[[], list[Any]]:
        """The rows of the page by their keys, as if somebody had told which they are."""
        rows = Problem.objects.filter(text__contains=word).order_by("-pk")
        keys = ",".join(str(key) for key in rows.values_list("pk", flat=True)[:51]) or "0"
        return self._floor(f"p.id IN ({keys})")

    def _sheets(self) -> Callable[[], list[Any]]:
        statement = """SELECT s.*, u.short_name, (SELECT COUNT(*) FROM problems_problem p WHERE p.sheet_id = s.id)
            FROM inspections_sheet s JOIN orgs_unit u ON u.id = s.inspected_unit_id
            WHERE s.campaign_id = %s AND s.state <> 'void' ORDER BY s.filled_on DESC, s.id DESC LIMIT 51"""
        return bare(statement, [self.campaign.pk])

    def _place(self, place: int) -> tuple[int, str]:
        """(key, cursor) of the row at this place of the ledger; counted from the end where negative."""
        order = "-pk" if place >= 0 else "pk"
        rows = Problem.objects.exclude(state="void").order_by(order).values_list("pk", flat=True)
        place = min(abs(place), rows.count() - 1)
        key = rows[place]
        user = self.office.user
        request = RequestFactory().get(self.list)
        request.user = user  # type: ignore[assignment]
        made = problem_ledger(request, user, self.campaign)
        return key, made.keyset.cursor(ledger_of(user, self.campaign).get(pk=key))
