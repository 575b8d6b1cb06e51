"""The leader's one page, and the page on which a figure opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.apps.base.documents.excel import TableColumn, Value
from qingfeng.apps.base.documents.ledger_sheets import table_xlsx
from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.visibility import visible_units
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View
from qingfeng.apps.base.web.memory import remembered
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import queries as problem_queries
from qingfeng.apps.work.problems.ledgers import problem_columns, problem_filters, sheet_columns, sheet_filters
from qingfeng.apps.work.problems.views.downloads import attachment
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.reports.charts import CHARTS, UNITS_SHOWN, Chart, Table, sums
from qingfeng.apps.work.reports.figures import FIGURES, LISTINGS, RATES, counted, problems, rows_of
from qingfeng.apps.work.reports.queries import (
    SUMMED,
    UnitValues,
    Values,
    by_lead,
    by_unit,
    stuck,
    totals,
    whole,
    within,
)
from qingfeng.apps.work.reports.scope import UNIT, Scope, scope_of
from qingfeng.apps.work.reports.shown import Shown, shown

KINDS = ("xlsx", "csv")
HEADLINE = (
    "found",
    "closed_out",
    "close_out_rate",
    "on_time_rate",
    "overdue",
    "people",
    "sum_returned",
    "sheets",
    "units_at_zero",
)
OF_UNITS = (
    "found",
    "closed_out",
    "close_out_rate",
    "on_time_rate",
    "overdue",
    "in_time",
    "long_term",
    "people",
    "sum_returned",
)
OUTCOMES = ("closed_out", "long_term", "in_time", "overdue")
"""Every problem that counts is in exactly one of them: the parts of a unit's bar."""
_COLUMN_OF = {"people": "people", "sum_involved": "sum", "sum_returned": "returned"}


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """How far the campaign has come: figures, units by outcome, and what is stuck. Each figure opens."""
    user, campaign, day = user_of(request), campaign_of(request), clock.today()
    leads = by_lead(user, campaign, day)
    units = _sorted(by_unit(user, campaign, day, leads), request.GET.get("sort", ""))
    if request.GET.get("export") in KINDS:
        title = _("%(campaign)s各单位进展") % {"campaign": campaign.short_title}
        return _handed_out(request, title, _units_table(title, units))
    values = totals(user, campaign, day, leads)
    context = {
        "campaign": campaign,
        "headline": [shown(key, values) for key in HEADLINE],
        "outcomes": OUTCOMES,
        "unit_heads": [shown(key, values) for key in OF_UNITS],
        "units": units,
        "stuck": stuck(user, campaign, day),
        "sort": request.GET.get("sort") or "overdue",
        "tabs": chart_tabs(),
    }
    return render(request, "reports/overview.html", context)


@require_GET
def chart(request: HttpRequest, key: str) -> HttpResponse:
    """A question, the chart that answers it, and the table behind it; narrowed by what the address says."""
    user, campaign = user_of(request), campaign_of(request)
    asked, scope = CHARTS[key], scope_of(request, user, campaign)
    table = asked.table(scope)
    if request.GET.get("export") in KINDS:
        title = f"{campaign.short_title} {asked.question}".rstrip("？?")
        return _handed_out(request, title, _chart_table(title, asked, table, scope))
    context = {
        "campaign": campaign,
        "chart": asked,
        "table": table,
        "sums": sums(table) if asked.has_sum and len(table.lines) > 1 else [],
        "scope": scope,
        "tabs": chart_tabs(key),
        "units": visible_units(user).values_list("code", "short_name") if UNIT in asked.filters else (),
        "shown_at_most": UNITS_SHOWN if len(table.lines) == UNITS_SHOWN else 0,
    }
    return render(request, "reports/chart.html", context)


def chart_tabs(here: str = "") -> list[tuple[str, str, bool]]:
    """The questions side by side."""
    first = (_("各单位"), reverse("reports:overview"), not here)
    others = ((str(one.name), reverse(f"reports:{one.key}"), one.key == here) for one in CHARTS.values())
    return [first, *others]


@require_GET
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """The rows behind a figure, with its counting rule and the day of counting."""
    user, campaign = user_of(request), campaign_of(request)
    if key in LISTINGS:
        ledger = _listing(request, user, campaign, key)
        known = None if ledger.chosen else LISTINGS[key].known(user, campaign)
        values = Values({key: ledger.filtered.count() if known is None else known})
    elif key in FIGURES or key in RATES:
        ledger = _problems(request, user, campaign, key)
        values = _value(user, campaign, ledger, key)
    else:
        raise Http404
    context = {"figure": shown(key, values), "ledger": ledger, "campaign": campaign}
    return render(request, "reports/figure.html", context)


def _sorted(rows: list[UnitValues], key: str) -> list[UnitValues]:
    """By the figure asked for, the largest first; rates the lowest first. At first by what is overdue."""
    if key in RATES:
        return sorted(rows, key=lambda row: (row.share(key) is None, row.share(key) or 0))
    by_rate = "close_out_rate"  # units without a problem have none, and come last
    key = key if key in FIGURES else "overdue"
    return sorted(
        rows,
        key=lambda row: (
            -row.number(key),
            row.share(by_rate) is None,
            row.share(by_rate) or 0,
            -row.number("found"),
        ),
    )


def _problems(request: HttpRequest, user: User, campaign: Campaign, key: str) -> Ledger:
    condition = FIGURES[RATES[key].whole if key in RATES else key].condition(clock.today())
    rows = counted(user, campaign, problem_queries.ledger(user, campaign)).filter(condition)
    columns = [
        _always(column) if column.key == _COLUMN_OF.get(key) else column for column in problem_columns()
    ]
    given = problem_filters(user, campaign)
    return Ledger(
        request,
        rows,
        columns,
        filters=[*(_filter(one, user, campaign) for one in given), *_leads(given)],
        views=_views(key),
        ordering=FIGURES[key].ordering if key in FIGURES else ("-pk",),
        rule=str((RATES.get(key) or FIGURES[key]).counting_rule),
        surely=_surely(user, campaign, key),
    )


def _listing(request: HttpRequest, user: User, campaign: Campaign, key: str) -> Ledger:
    rule = str(LISTINGS[key].counting_rule)
    rows = rows_of(key, user, campaign, clock.today())
    if key == "sheets":
        seen = problem_queries.sheet_ledger(user, campaign).filter(pk__in=rows.values("pk"))
        return Ledger(request, seen, sheet_columns(), filters=sheet_filters(user, campaign), rule=rule)
    columns = [
        Column("name", _("单位"), href=lambda unit: reverse("orgs:unit", args=[unit.code])),
        Column("kind", _("类别"), lambda unit: unit.get_kind_display()),
        Column("code", _("单位代码")),
    ]
    return Ledger(request, rows, columns, ordering=("order", "code"), rule=rule)


def _views(key: str) -> list[View]:
    """Of a rate: its whole and its part; other figures have one view."""
    if key not in RATES:
        return []
    part, whole = FIGURES[RATES[key].part], FIGURES[RATES[key].whole]
    condition = part.condition(clock.today())
    return [
        View("whole", str(whole.name)),
        View("part", str(part.name), lambda rows: rows.filter(condition)),
        View("rest", _("其余"), lambda rows: rows.exclude(pk__in=rows.filter(condition).values("pk"))),
    ]


def _filter(given: Filter, user: User, campaign: Campaign) -> Filter:
    """The ledger's filters; here a unit takes in what is below it, and a problem may belong to no content."""
    if given.name == "unit":
        units = list(visible_units(user).values_list("code", "short_name"))
        return Filter("unit", _("单位（含下级）"), choices=units, apply=_under)
    if given.name == "category":
        return Filter(
            "category", str(given.label), choices=[*given.choices, (0, _("未归类"))], apply=_of_category
        )
    return given


def _leads(given: Sequence[Filter]) -> list[Filter]:
    """A unit without what is below it."""
    units = next(one for one in given if one.name == "unit")
    return [Filter("lead", _("牵头单位（不含下级）"), "lead_unit__code", choices=units.choices)]


def _under(rows: QuerySet, code: str) -> QuerySet:
    return rows.filter(lead_unit_id__in=within(Unit.objects.get(code=code)))


def _of_category(rows: QuerySet, number: str) -> QuerySet:
    return rows.filter(category__isnull=True) if number == "0" else rows.filter(category__number=number)


def _value(user: User, campaign: Campaign, ledger: Ledger, key: str) -> Values:
    """The figure over what the filters leave, whichever view is open; kept where they leave all."""
    wanted = (RATES[key].part, RATES[key].whole) if key in RATES else (key,)
    if not ledger.chosen and set(wanted) <= set(SUMMED):
        return _of_all(user, campaign)
    return _narrowed(user, campaign, ledger, wanted)


def _of_all(user: User, campaign: Campaign) -> Values:
    """Asked once a page."""
    day = clock.today()
    return remembered(("figures", user.pk, campaign.pk, day), lambda: whole(user, campaign, day))


def _narrowed(user: User, campaign: Campaign, ledger: Ledger, wanted: Sequence[str]) -> Values:
    """Counted; of a rate the whole, of which one is a part. What all have in common is the condition of the rows."""
    day = clock.today()
    rows = problems(user, campaign).filter(FIGURES[wanted[-1]].condition(day)).order_by()
    for choice in ledger.chosen:
        rows = choice.on(rows)
    *parts, last = wanted
    of_all = FIGURES[last].amount
    sums = {key: FIGURES[key].aggregate(day) for key in parts}
    return Values(rows.aggregate(**sums, **{last: Sum(of_all, default=0) if of_all else Count("pk")}))


def _surely(user: User, campaign: Campaign, key: str) -> Callable[[Ledger], int]:
    """How many rows the ledger of a figure has, as is kept; nothing where filters narrow it."""

    def known(ledger: Ledger) -> int:
        if ledger.chosen:
            return 0
        values = _of_all(user, campaign)
        if key not in RATES:
            return values.number("found" if FIGURES[key].amount else key)
        part, all_ = values.number(RATES[key].part), values.number(RATES[key].whole)
        return {"part": part, "rest": all_ - part}.get(ledger.view.key if ledger.view else "", all_)

    return known


def _always(column: Column) -> Column:
    return Column(column.key, column.title, column.value, column.kind, column.sort, column.href, shown=True)


@dataclass(frozen=True)
class Sheet:
    """A table that leaves the page as a file, with its counting rule below it."""

    title: str
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Value]]
    note: str


def _units_table(title: str, rows: Sequence[UnitValues]) -> Sheet:
    heads = [shown(key, Values({})) for key in OF_UNITS]
    columns = [TableColumn(_("单位"), 22), *(_table_column(head) for head in heads)]
    table = [[row.unit.name, *(_cell(key, row) for key in OF_UNITS)] for row in rows]
    return Sheet(title, columns, table, _note("".join(f"{head.name}：{head.rule}" for head in heads)))


def _chart_table(title: str, asked: Chart, table: Table, scope: Scope) -> Sheet:
    heads: Any = [TableColumn(str(asked.head), 24)]
    kind: Any = "text" if asked.kind == "heat" else "number"
    heads += [TableColumn(series.name, 13, kind) for series in table.series]
    rows = [
        [line.name, *((cell.text or cell.value) if cell else "" for cell in line.cells)]
        for line in table.lines
    ]
    narrowed = "、".join(
        str(one)
        for one in (
            scope.unit,
            next((c for c in scope.contents if str(c.number) == scope.content), None),
            scope.stage,
        )
        if one
    )
    where = _("范围：%(scope)s。") % {"scope": narrowed} if narrowed else ""
    return Sheet(title, heads, rows, f"{where}{_note(str(asked.rule))}")


def _note(rules: str) -> str:
    return _("统计到%(day)s。口径：%(rules)s") % {"day": clock.today(), "rules": rules}


def _handed_out(request: HttpRequest, title: str, sheet: Sheet) -> HttpResponse:
    """The table as the address asks for it."""
    if request.GET["export"] == "xlsx":
        content = table_xlsx(sheet.title, sheet.columns, sheet.rows, sheet.note)
        return attachment(content, f"{title}{clock.today()}.xlsx", "xlsx")
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow([column.title for column in sheet.columns])
    lines.writerows(sheet.rows)
    lines.writerow([sheet.note])
    return attachment(text.getvalue().encode("utf-8-sig"), f"{title}{clock.today()}.csv", "text/csv")


def _table_column(head: Shown) -> TableColumn:
    kind: Any = "short" if head.key in RATES else "money" if FIGURES[head.key].is_money else "number"
    return TableColumn(head.name, 13, kind)


def _cell(key: str, row: UnitValues) -> Value:
    if key in RATES:
        return shown(key, row).value
    return Decimal(row.number(key)) / 100 if FIGURES[key].is_money else row.number(key)
