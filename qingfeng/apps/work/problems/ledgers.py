"""The two ledgers, inspection and problems: their columns, filters and views, for the page and for Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import DateField, F, FloatField, Func, QuerySet, Value
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.documents.excel import ColumnKind, TableColumn, table_xlsx
from qingfeng.apps.base.documents.excel import Value as ExcelValue
from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.orgs.visibility import visible_groups, visible_units
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory
from qingfeng.apps.work.inspections.models import SheetKind, SheetState
from qingfeng.apps.work.problems import queries
from qingfeng.apps.work.problems.colours import Colour
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.marks import colour_mark, due_of, sheet_mark, state_mark
from qingfeng.apps.work.problems.models import Origin, ProblemNature

PROBLEM_RULE = gettext_lazy(
    "一个问题计一条，记在牵头单位；作废的不计。逾期指未销号且今天已过整改时限；长期坚持的问题不计逾期。"
)
SHEET_RULE = gettext_lazy("一次检查计一张，作废的台账保留编号；问题数为您可见的、未作废的问题。")
_XLSX_KINDS: dict[str, ColumnKind] = {
    "number": "number",
    "money": "money",
    "date": "date",
    "due": "date",
    "state": "short",
}
_WIDTHS = {"long": 42.0, "text": 16.0, "money": 14.0}


class DaysBetween(Func):
    """Days from the second date to the first."""

    output_field = FloatField()
    template = "(julianday(%(expressions)s))"
    arg_joiner = ") - julianday("

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, template="(%(expressions)s)::double precision", arg_joiner=" - ", **context
        )


def in_colour(rows: QuerySet, wanted: str, *, campaign: Campaign, today: date) -> QuerySet:
    """Open problems that carry this colour today; the same shares as `colours.colour_of`."""
    rows = rows.filter(state__in=OPEN)
    if wanted == Colour.RED:
        return rows.filter(due_date__lt=today)
    term = Greatest(DaysBetween(F("due_date"), F("found_on")), Value(1.0), output_field=FloatField())
    left = DaysBetween(F("due_date"), Value(today, output_field=DateField()))
    rows = rows.filter(due_date__gte=today).annotate(term_days=term, days_left=left)
    yellow, green = F("term_days") * campaign.colours["yellow"], F("term_days") * campaign.colours["green"]
    if wanted == Colour.YELLOW:
        return rows.filter(days_left__lte=yellow)
    if wanted == Colour.GREEN:
        return rows.filter(days_left__gt=yellow, days_left__lte=green)
    return rows.filter(days_left__gt=green)


def problem_ledger(request: HttpRequest, user: User, campaign: Campaign) -> Ledger:
    """The problem ledger as this address asks for it."""
    return Ledger(
        request,
        queries.ledger(user, campaign),
        problem_columns(),
        filters=problem_filters(user, campaign),
        views=problem_views(),
        rule=str(PROBLEM_RULE),
    )


def problem_columns() -> list[Column]:
    return [
        Column("number", _("编号"), "shown_number", sort="pk", href=problem_address),
        Column("text", _("存在问题"), kind="long"),
        Column("unit", _("牵头单位"), "lead_unit__short_name"),
        Column("responsible", _("整改责任人"), "responsible_name"),
        Column("state", _("状态"), state_mark, "state"),
        Column("due", _("整改时限"), due_of, "due", sort="due_date"),
        Column("colour", _("预警"), colour_mark, "state"),
        Column("found", _("发现日期"), "found_on", "date", sort="found_on", shown=False),
        Column(
            "category", _("治理内容"), lambda row: row.category.title if row.category else "", shown=False
        ),
        Column("nature", _("性质"), lambda row: row.get_nature_display(), shown=False),
        Column("origin", _("来源"), "origin__label", shown=False),
        Column("people", _("涉及群众（人）"), "people_affected", "number", shown=False),
        Column("sum", _("涉及金额（元）"), "sum_involved", "money", shown=False),
        Column("returned", _("清退金额（元）"), "sum_returned", "money", shown=False),
        Column("first", _("原定时限"), "first_due_date", "date", shown=False),
        Column("closed", _("销号日期"), "closed_out_on", "date", shown=False),
    ]


def problem_address(problem: Any) -> str:
    return reverse("problems:problem", args=[problem.reference])


def problem_views() -> list[View]:
    today = clock.today()
    soon = today + timedelta(days=7)
    return [
        View("all", _("全部"), lambda rows: rows.exclude(state=ProblemState.VOID)),
        View("open", _("未销号"), lambda rows: rows.filter(state__in=OPEN)),
        View("late", _("逾期"), lambda rows: rows.filter(state__in=OPEN, due_date__lt=today)),
        View(
            "soon", _("七天内到期"), lambda rows: rows.filter(state__in=OPEN, due_date__range=(today, soon))
        ),
        View("submitted", _("待销号"), lambda rows: rows.filter(state=ProblemState.SUBMITTED)),
        View("long", _("长期坚持"), lambda rows: rows.filter(state=ProblemState.LONG_TERM)),
        View("closed", _("已销号"), lambda rows: rows.filter(state=ProblemState.CLOSED_OUT)),
        View("void", _("作废"), lambda rows: rows.filter(state=ProblemState.VOID)),
    ]


def problem_filters(user: User, campaign: Campaign) -> list[Filter]:
    today = clock.today()
    yes = [("1", _("是")), ("0", _("否"))]
    colours = [choice for choice in Colour.choices if choice[0] != Colour.NONE]
    return [
        Filter(
            "q",
            _("查找"),
            ("text__icontains", "shown_number__icontains", "responsible_name__icontains"),
            kind="text",
        ),
        Filter("unit", _("牵头单位"), "lead_unit__code", choices=_units(user)),
        Filter("state", _("状态"), choices=_without_void(ProblemState.choices)),
        Filter("overdue", _("逾期"), choices=yes, apply=partial(_overdue, today=today)),
        Filter("category", _("治理内容"), "category__number", choices=_categories(campaign)),
        Filter("nature", _("性质"), choices=ProblemNature.choices),
        Filter("origin", _("来源"), "origin__slug", choices=_origins(campaign)),
        Filter(
            "colour",
            _("预警"),
            choices=colours,
            apply=lambda rows, value: in_colour(rows, value, campaign=campaign, today=today),
        ),
        Filter("from", _("发现不早于"), "found_on__gte", kind="date"),
        Filter("to", _("发现不晚于"), "found_on__lte", kind="date"),
    ]


def _overdue(rows: QuerySet, value: str, *, today: date) -> QuerySet:
    late = {"state__in": OPEN, "due_date__lt": today}
    return rows.filter(**late) if value == "1" else rows.exclude(**late)


def sheet_ledger(request: HttpRequest, user: User, campaign: Campaign) -> Ledger:
    """The inspection ledger as this address asks for it."""
    return Ledger(
        request,
        queries.sheet_ledger(user, campaign),
        sheet_columns(),
        filters=sheet_filters(user),
        views=sheet_views(),
        ordering=("-filled_on", "-pk"),
        rule=str(SHEET_RULE),
    )


def sheet_columns() -> list[Column]:
    return [
        Column(
            "number",
            _("编号"),
            "full_number",
            href=lambda row: reverse("problems:sheet", args=[row.reference]),
        ),
        Column("filled", _("填报时间"), "filled_on", "date", sort="filled_on"),
        Column("inspected", _("检查时间"), "inspected_on", "date", sort="inspected_on"),
        Column("unit", _("被检查单位"), "inspected_unit__short_name"),
        Column("content", _("检查内容"), kind="long"),
        Column("inspectors", _("检查人员"), "inspectors"),
        Column("problems", _("问题"), "problem_count", "number", sort="problem_count"),
        Column("open", _("未销号"), "open_count", "number", sort="open_count"),
        Column("state", _("状态"), sheet_mark, "state"),
        Column("method", _("检查方式"), lambda row: row.get_method_display(), shown=False),
        Column("due", _("整改时限"), "due_date", "date", shown=False),
    ]


def sheet_views() -> list[View]:
    return [
        View("filed", _("有效"), lambda rows: rows.exclude(state=SheetState.VOID)),
        View(
            "open",
            _("有未销号问题"),
            lambda rows: rows.filter(open_count__gt=0).exclude(state=SheetState.VOID),
        ),
        View(
            "confirm",
            _("代填待确认"),
            lambda rows: rows.filter(on_behalf=True, confirmed_at=None).exclude(state=SheetState.VOID),
        ),
        View("void", _("作废"), lambda rows: rows.filter(state=SheetState.VOID)),
    ]


def sheet_filters(user: User) -> list[Filter]:
    units = _units(user)
    bodies = [(f"u{code}", name) for code, name in units] + [
        (f"g{code}", name) for code, name in visible_groups(user).values_list("code", "short_name")
    ]
    return [
        Filter("q", _("查找"), ("content__icontains", "inspectors__icontains"), kind="text"),
        Filter("unit", _("被检查单位"), "inspected_unit__code", choices=units),
        Filter("kind", _("类别"), choices=SheetKind.choices),
        Filter("body", _("填报单位"), choices=bodies, apply=_filed_by),
        Filter("state", _("状态"), choices=_without_void(SheetState.choices)),
        Filter("from", _("检查不早于"), "inspected_on__gte", kind="date"),
        Filter("to", _("检查不晚于"), "inspected_on__lte", kind="date"),
        Filter(
            "has_open",
            _("未销号"),
            choices=[("1", _("有"))],
            apply=lambda rows, _v: rows.filter(open_count__gt=0),
        ),
    ]


def _without_void(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Void records have a view of their own."""
    return [choice for choice in choices if choice[0] != "void"]


def _filed_by(rows: QuerySet, value: str) -> QuerySet:
    field = "filing_unit__code" if value.startswith("u") else "filing_group__code"
    return rows.filter(**{field: value[1:]})


def _units(user: User) -> list[tuple[str, str]]:
    return list(visible_units(user).values_list("code", "short_name"))


def _categories(campaign: Campaign) -> list[tuple[int, str]]:
    rows = ContentCategory.objects.filter(campaign=campaign)
    return [(row.number, row.title) for row in rows]


def _origins(campaign: Campaign) -> list[tuple[str, str]]:
    return list(Origin.objects.filter(campaign=campaign).values_list("slug", "label"))


def to_xlsx(title: str, ledger: Ledger, body: Unit | Group | None = None) -> bytes:
    """Exactly what is filtered, in the columns that are shown, with the filters in words."""
    filters = "；".join(f"{choice.filter.label}：{choice.label}" for choice in ledger.chosen)
    view = ledger.view.label if ledger.view else ""
    head = _("视图：%(view)s　筛选：%(filters)s　导出日期：%(day)s") % {
        "view": view,
        "filters": filters or _("无"),
        "day": clock.today().isoformat(),
    }
    rows = ledger.keyset.order(ledger.filtered)
    return table_xlsx(
        title,
        table_columns(ledger.columns),
        excel_rows(ledger.columns, rows),
        note=ledger.rule,
        head_line=head,
    )


def table_columns(columns: Sequence[Column]) -> list[TableColumn]:
    return [
        TableColumn(str(column.title), _WIDTHS.get(column.kind, 13.0), _XLSX_KINDS.get(column.kind, "text"))
        for column in columns
    ]


def excel_rows(columns: Sequence[Column], rows: QuerySet) -> Iterable[list[ExcelValue]]:
    for record in rows.iterator(chunk_size=500):
        yield [_excel_value(column, column.of(record)) for column in columns]


def _excel_value(column: Column, value: Any) -> ExcelValue:
    if isinstance(value, Due):
        return value.day
    if column.kind == "money" and value is not None:
        return Decimal(value) / 100
    if column.kind in {"number", "date"} or value is None:
        return value
    return str(value)
