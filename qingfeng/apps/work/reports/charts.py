"""The charts: each a question, its counting rule, and a table of which the drawing is another sight.

Every cell is counted by one condition and carries the address of the rows that the same condition finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.work.campaigns import grid
from qingfeng.apps.work.campaigns.models import BearerKind, Obligation
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.reports.queries import by_state
from qingfeng.apps.work.reports.scope import CONTENT, NO_CONTENT, STAGE, UNIT, Scope

Words = str | Promise
UNITS_SHOWN = 60
"""Lines of the heat map: those with most that is late; a street chosen shows its own."""
DUTY_STATES = {
    "fulfilled": gettext_lazy("已报"),
    "overdue": gettext_lazy("逾期未报（含缺报）"),
    "pending": gettext_lazy("未到期"),
    "waived": gettext_lazy("免报"),
}
STATES = [state for state in ProblemState if state != ProblemState.VOID]
AGES = ((0, 7), (8, 30), (31, 60), (61, 90), (91, None))
"""Days since a problem was found."""


@dataclass(frozen=True)
class Series:
    """A column of numbers; `tone` names its colour, the same for the same state everywhere."""

    name: str
    tone: str = ""


@dataclass(frozen=True)
class Cell:
    """A number and the address of its rows; `text` where a word says more."""

    value: int
    href: str
    text: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    name: str
    cells: Sequence[Cell | None]
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """What a chart is drawn from."""

    series: Sequence[Series]
    lines: Sequence[Line]

    @property
    def is_empty(self) -> bool:
        return not any(cell and (cell.value or cell.text) for line in self.lines for cell in line.cells)


@dataclass(frozen=True)
class Chart:
    """A question with its answer. `kind`: bars (lying, stacked), lines, heat. `filters`: what may narrow it."""

    key: str
    name: Words
    question: Words
    rule: Words
    head: Words
    kind: str
    table: Callable[[Scope], Table]
    filters: tuple[str, ...] = (UNIT, CONTENT, STAGE)
    has_sum: bool = True


def _rows(key: str, scope: Scope, **more: str) -> str:
    """The page of the rows behind a number."""
    query = urlencode({**scope.narrowing(), **more})
    address = reverse("reports:figure", args=[key])
    return f"{address}?{query}" if query else address


def _stages(scope: Scope) -> Table:
    """One query, whatever the number of stages; stages may overlap, and so may their columns."""
    conditions = {
        "fulfilled": Q(fulfilled_at__isnull=False),
        "overdue": Q(fulfilled_at=None, waived_at=None, due__lt=scope.day),
        "pending": Q(fulfilled_at=None, waived_at=None, due__gte=scope.day),
        "waived": Q(waived_at__isnull=False, fulfilled_at=None),
    }
    counts = scope.duties().aggregate(
        **{
            f"s{stage.pk}_{state}": Count(
                "pk", filter=condition & Q(first_due__range=(stage.starts_on, stage.ends_on))
            )
            for stage in scope.stages
            for state, condition in conditions.items()
        }
    )
    page = reverse("campaigns:duties", args=[scope.campaign.pk])
    lines = [
        Line(
            stage.name,
            [
                Cell(
                    counts[f"s{stage.pk}_{state}"], f"{page}?{urlencode({'stage': stage.pk, 'state': state})}"
                )
                for state in conditions
            ],
        )
        for stage in scope.stages
    ]
    tones = {"fulfilled": "closed_out", "overdue": "overdue", "pending": "in_time", "waived": "void"}
    return Table([Series(str(label), tones[state]) for state, label in DUTY_STATES.items()], lines)


def _contents(scope: Scope) -> Table:
    """One query over an index of contents and states."""
    grouped = scope.problems().order_by().values_list("category_id", "state").annotate(number=Count("pk"))
    counts = {(content, state): number for content, state, number in grouped}
    contents: list[tuple[int | None, str, str]] = [
        (row.pk, str(row.number), row.title) for row in scope.contents
    ]
    if any(content is None for content, _state in counts):
        contents.append((None, NO_CONTENT, _("未归类")))
    if scope.content:
        contents = [row for row in contents if row[1] == scope.content]
    lines = [
        Line(
            title,
            [
                Cell(counts.get((pk, state), 0), _rows("found", scope, category=number, state=state))
                for state in STATES
            ],
        )
        for pk, number, title in contents
    ]
    return Table([Series(str(state.label), state.value) for state in STATES], lines)


def _states(scope: Scope) -> Table:
    """From the running summaries; counted where a content or a stage is chosen."""
    if scope.content or scope.stage:
        grouped = scope.problems().order_by().values_list("state").annotate(number=Count("pk"))
        counts = dict(grouped)
    else:
        counts = dict(by_state(scope.user, scope.campaign, scope.unit))
    lines = [
        Line(str(state.label), [Cell(counts.get(state, 0), _rows("found", scope, state=state))], state.value)
        for state in STATES
    ]
    return Table([Series(_("问题"))], lines)


def _ages(scope: Scope) -> Table:
    """Open problems by the day on which they were found: one query, cut into ages in Python."""
    grouped = (
        scope.problems()
        .filter(state__in=OPEN)
        .order_by()
        .values_list("found_on")
        .annotate(all=Count("pk"), late=Count("pk", filter=Q(due_date__lt=scope.day)))
    )
    days = list(grouped)
    lines = []
    for first, last in AGES:
        ends = scope.day - timedelta(days=first)
        begins = scope.day - timedelta(days=last) if last is not None else date.min
        whole = sum(number for day, number, _late in days if begins <= day <= ends)
        late = sum(late for day, _number, late in days if begins <= day <= ends)
        limits = _within_stage(scope, begins if last is not None else None, ends)
        lines.append(
            Line(
                _age_in_words(first, last),
                [
                    Cell(whole - late, _rows("in_time", scope, **limits)),
                    Cell(late, _rows("overdue", scope, **limits)),
                ],
            )
        )
    return Table([Series(_("期内"), "in_time"), Series(_("逾期"), "overdue")], lines)


def _age_in_words(first: int, last: int | None) -> str:
    if last is None:
        return _("%(days)d天以上") % {"days": first - 1}
    return _("%(first)d至%(last)d天") % {"first": first, "last": last}


def _within_stage(scope: Scope, first: date | None, last: date | None) -> dict[str, str]:
    """From–to of the ledger: these days, and those of the stage that was chosen."""
    if scope.stage:
        first = max(first or scope.stage.starts_on, scope.stage.starts_on)
        last = min(last or scope.stage.ends_on, scope.stage.ends_on)
    limits = {"from": first, "to": last}
    return {name: day.isoformat() for name, day in limits.items() if day}


def _weeks(scope: Scope) -> Table:
    """Two queries over the days; weeks begin on Monday. With a stage: the weeks of its days."""
    found: Counter[date] = Counter()
    closed: Counter[date] = Counter()
    everything = Scope(scope.user, scope.campaign, scope.day, scope.unit, scope.content).problems()
    for name, weeks in (("found_on", found), ("closed_out_on", closed)):
        rows = everything.filter(_days_of(scope, name))
        for day, number in rows.order_by().values_list(name).annotate(number=Count("pk")):
            weeks[day - timedelta(days=day.weekday())] += number
    lines = []
    plain = Scope(scope.user, scope.campaign, scope.day, scope.unit, scope.content)
    for week in _all_weeks([*found, *closed]):
        ends = week + timedelta(days=6)
        limits = _within_stage(scope, week, ends)
        closing = {f"closed_{name}": day for name, day in limits.items()}
        lines.append(
            Line(
                week.isoformat(),
                [
                    Cell(found[week], _rows("found", plain, **limits)),
                    Cell(closed[week], _rows("closed_out", plain, **closing)),
                ],
            )
        )
    return Table([Series(_("新发现"), "found"), Series(_("销号"), "closed_out")], lines)


def _days_of(scope: Scope, name: str) -> Q:
    condition = Q() if name == "found_on" else Q(state=ProblemState.CLOSED_OUT)
    if scope.stage:
        condition &= Q(**{f"{name}__range": (scope.stage.starts_on, scope.stage.ends_on)})
    return condition


def _all_weeks(weeks: Sequence[date]) -> list[date]:
    """From the first to the last, those without anything too."""
    if not weeks:
        return []
    first, last = min(weeks), max(weeks)
    return [first + timedelta(days=7 * number) for number in range((last - first).days // 7 + 1)]


def _duties(scope: Scope) -> Table:
    """The units with most that is late, each task a column. The grid of duties counts the same cells."""
    page = reverse("campaigns:duties", args=[scope.campaign.pk])

    def address(cell: grid.Cell, obligation: Obligation, _bearer: grid.Key) -> str:
        if cell.total == 1:
            return reverse("campaigns:duty", args=[cell.first])
        return f"{page}?{urlencode({'bearer': BearerKind.UNITS.value, 'obligation': obligation.pk})}"

    rows = scope.duties().filter(obligation__bearer_kind=BearerKind.UNITS)
    found = grid.over_obligations(rows, heading=lambda one: grid.Column(one.pk, one.what), address=address)
    worst = sorted(found.rows, key=lambda row: -sum(_late(cell) for cell in row.cells if cell))
    lines = [
        Line(str(row.bearer), [_heat_cell(cell) if cell else None for cell in row.cells])
        for row in worst[:UNITS_SHOWN]
    ]
    return Table([Series(column.title) for column in found.columns], lines)


def _late(cell: grid.Cell) -> int:
    return cell.counts.get("missing", 0) + cell.counts.get("overdue", 0)


def _heat_cell(cell: grid.Cell) -> Cell:
    tones = {"late": "overdue", "done": "closed_out", "waiting": "submitted", "neutral": "in_time"}
    return Cell(_late(cell), cell.href, str(cell.mark), tones.get(cell.mark.tone, "in_time"))


CHARTS = {
    chart.key: chart
    for chart in (
        Chart(
            "stages",
            gettext_lazy("阶段"),
            gettext_lazy("各阶段的任务推进到哪一步了？"),
            gettext_lazy(
                "期限落在该阶段的应报事项，每个承担者每期计一项；阶段有重叠的，重叠的部分各计一次。"
            ),
            gettext_lazy("阶段"),
            "bars",
            _stages,
            (UNIT,),
            has_sum=False,
        ),
        Chart(
            "states",
            gettext_lazy("状态"),
            gettext_lazy("问题都停在哪一步？"),
            gettext_lazy("每个未作废的问题按现在的状态计一次，记在牵头单位。"),
            gettext_lazy("状态"),
            "bars",
            _states,
        ),
        Chart(
            "contents",
            gettext_lazy("治理内容"),
            gettext_lazy("哪类问题多，整改到哪一步？"),
            gettext_lazy("每个未作废的问题按治理内容和现在的状态计一次，记在牵头单位。"),
            gettext_lazy("治理内容"),
            "bars",
            _contents,
        ),
        Chart(
            "duties",
            gettext_lazy("任务"),
            gettext_lazy("哪些单位的哪些任务没有报？"),
            gettext_lazy("单位承担的应报事项；一格是一个单位的一项任务，各期合在一起，写最差的状态和期数。"),
            gettext_lazy("单位"),
            "heat",
            _duties,
            (UNIT, STAGE),
            has_sum=False,
        ),
        Chart(
            "ages",
            gettext_lazy("积压"),
            gettext_lazy("没有销号的问题积压了多久？"),
            gettext_lazy("未销号的问题按发现日期到统计日的天数计；长期坚持的不计。逾期指已过现行整改时限。"),
            gettext_lazy("发现以来"),
            "bars",
            _ages,
        ),
        Chart(
            "weeks",
            gettext_lazy("进度"),
            gettext_lazy("每周新发现多少，销号多少？"),
            gettext_lazy("按发现日期和销号日期计，一周从周一算起；销号后重新整改的，不再计入销号。"),
            gettext_lazy("周（周一）"),
            "lines",
            _weeks,
        ),
    )
}


def sums(table: Table) -> list[int]:
    """Each column summed up."""
    return [
        sum(cell.value for cell in column if cell)
        for column in zip(*(line.cells for line in table.lines), strict=True)
    ]
