"""The two ledgers, inspection and problems: their columns, filters and views, for page, export and bulk moves."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateField,
    F,
    FloatField,
    Func,
    IntegerField,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import has_wide_reach, reach, standing, visible_groups, visible_units
from qingfeng.apps.base.records.questions import KeptQuestions, answers
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View, in_order_of
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget, ContentCategory
from qingfeng.apps.work.inspections.models import Sheet, SheetKind, SheetState
from qingfeng.apps.work.inspections.search import search as search_sheets
from qingfeng.apps.work.problems import queries
from qingfeng.apps.work.problems.bulk import problem_moves
from qingfeng.apps.work.problems.carried import carrying, listed_by
from qingfeng.apps.work.problems.colours import Colour
from qingfeng.apps.work.problems.extra_columns import columns_of, give_values
from qingfeng.apps.work.problems.extra_ledgers import ledger_columns, ledger_filters
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.marks import colour_mark, due_of, sheet_mark, state_mark
from qingfeng.apps.work.problems.models import Origin, Problem, ProblemNature, Recusal, UnitSummary
from qingfeng.apps.work.problems.official import official_problems, official_sheets
from qingfeng.apps.work.problems.search import is_by_key
from qingfeng.apps.work.problems.search import search as search_problems
from qingfeng.apps.work.problems.visibility import parts

PROBLEM_RULE = gettext_lazy(
    "一个问题计一条，记在牵头单位；作废的不计。逾期指未销号且今天已过整改时限；长期坚持的问题不计逾期。"
)
IS_OPEN = {"state__in": OPEN, "closed_out_on": None}
"""As a filter: the second is true of every open problem, and names the index of those that are not closed."""
SHEET_RULE = gettext_lazy("一次检查计一张，作废的台账保留编号；问题数为您可见的、未作废的问题。")


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
    rows = rows.filter(**IS_OPEN)
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
    by_key, is_wide = is_by_key(request.GET.get("q", ""), user=user, campaign=campaign), has_wide_reach(user)
    of_unit = bool(request.GET.get("unit"))  # an index has a unit's problems, too
    return Ledger(
        request,
        partial(queries.ledger, user, campaign, by_key=by_key or of_unit),
        [*problem_columns(listed_by(request)), *ledger_columns(campaign, ColumnTarget.PROBLEM)],
        filters=problem_filters(user, campaign),
        views=problem_views(),
        rule=str(PROBLEM_RULE),
        name="problems",
        title=_("问题台账"),
        official=official_problems(campaign),
        moves=problem_moves(user),
        prepare=partial(_within, campaign=campaign),
        walked=None if by_key or is_wide else partial(queries.ledger_to_walk, user, campaign),
        parts=None if is_wide else partial(parts, user, campaign),
        lean=True,
        surely=partial(_kept_sum, user=user, campaign=campaign),
        asking=KeptQuestions(*_made_of(user, campaign, ColumnTarget.PROBLEM), by_key, of_unit),
        model=Problem,
    )


def _made_of(user: User, campaign: Campaign, target: str) -> tuple[Hashable, ...]:
    """What the questions of a ledger are made of beside its address: the reader, the campaign with its colours, the
    columns that it adds."""
    columns = [(column.pk, column.code, column.kind) for column in columns_of(campaign, target, ended=True)]
    return (
        standing(user),
        has_wide_reach(user),
        campaign.pk,
        campaign.revision,
        str(campaign.colours),
        *columns,
    )


_STATES_OF_VIEWS: dict[str, Sequence[str]] = {
    "all": [state for state in ProblemState.values if state != ProblemState.VOID],
    "open": list(OPEN),
    "submitted": [ProblemState.SUBMITTED],
    "long": [ProblemState.LONG_TERM],
    "closed": [ProblemState.CLOSED_OUT],
    "void": [ProblemState.VOID],
}


def _kept_sum(ledger: Ledger, *, user: User, campaign: Campaign) -> int:
    """So many at least: what the running figures of the units in reach hold in the states of this view, less all from
    which this person is recused. Nothing where more is narrowed than the state: then few are counted soon. One query."""
    chosen = {choice.filter.name: choice.value for choice in ledger.chosen}
    states = _STATES_OF_VIEWS.get(ledger.view.key if ledger.view else "", [])
    wanted = tuple(state for state in states if state == chosen.get("state", state))
    if not wanted or chosen.keys() - {"state"}:
        return 0
    asked = ("kept sum", standing(user), campaign.pk, wanted)
    found = answers(asked, lambda: _kept(user, campaign, wanted))
    return found[0][0] - found[0][1] if found else 0


def _kept(user: User, campaign: Campaign, states: Sequence[str]) -> QuerySet:
    """(problems led in this user's reach and in these states, problems from which this user is recused)"""
    kept = UnitSummary.objects.filter(campaign=campaign, unit_id__in=reach(user), state__in=states)
    recused = Recusal.objects.filter(person=user.person_id).order_by().values("person")
    hidden = Subquery(recused.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    whole = kept.order_by().values("campaign").annotate(number=Sum("problems"), hidden=Coalesce(hidden, 0))
    return whole.values_list("number", "hidden")


def _within(problems: list[Any], *, campaign: Campaign) -> None:
    """All of a ledger are of one campaign, which is at hand."""
    for problem in problems:
        problem.campaign = campaign
    give_values(problems, ColumnTarget.PROBLEM)


def problem_columns(listed: str = "") -> list[Column]:
    """`listed`: the query of the ledger, which the records carry along."""
    return [
        Column(
            "number",
            _("编号"),
            "shown_number",
            sort="pk",
            href=_addresses("problems:problem", listed),
            walked=True,
        ),
        Column("text", _("存在问题"), kind="long"),
        Column("unit", _("牵头单位"), "lead_unit__short_name", sort="lead_unit__order"),
        Column("responsible", _("整改责任人"), "responsible_name", sort="responsible_name", walked=True),
        Column(
            "state",
            _("状态"),
            state_mark,
            "state",
            sort=in_order_of("state", ProblemState.values),
            walked=True,
        ),
        Column("due", _("整改时限"), due_of, "due", sort="due_date", walked=True),
        Column("colour", _("预警"), colour_mark, "state"),
        Column("found", _("发现日期"), "found_on", "date", sort="found_on", shown=False, walked=True),
        Column(
            "category",
            _("治理内容"),
            lambda row: row.category.title if row.category else "",
            related="category",
            sort="category__number",
            shown=False,
        ),
        Column("nature", _("性质"), lambda row: row.get_nature_display(), sort="nature", shown=False),
        Column("origin", _("来源"), "origin__label", sort="origin__label", shown=False),
        Column(
            "people",
            _("涉及群众（人）"),
            "people_affected",
            "number",
            "people_affected",
            shown=False,
            walked=True,
        ),
        Column("sum", _("涉及金额（元）"), "sum_involved", "money", "sum_involved", shown=False, walked=True),
        Column(
            "returned", _("清退金额（元）"), "sum_returned", "money", "sum_returned", shown=False, walked=True
        ),
        Column("first", _("原定时限"), "first_due_date", "date", "first_due_date", shown=False, walked=True),
        Column("closed", _("销号日期"), "closed_out_on", "date", "closed_out_on", shown=False, walked=True),
        Column(
            "look_back", _("回头看日期"), "look_back_on", "date", "look_back_on", shown=False, walked=True
        ),
    ]


def problem_address(problem: Any) -> str:
    return reverse("problems:problem", args=[problem.reference])


def _addresses(page: str, listed: str) -> Callable[[Any], str]:
    """The address of each record of a list, which carries the list along; put together once for all."""
    before, after = carrying(reverse(page, args=["REFERENCE"]), listed).split("REFERENCE", 1)
    return lambda record: f"{before}{record.reference}{after}"


def problem_views() -> list[View]:
    today = clock.today()
    soon = today + timedelta(days=7)
    return [
        View("all", _("全部"), lambda rows: rows.exclude(state=ProblemState.VOID)),
        View("open", _("未销号"), lambda rows: rows.filter(**IS_OPEN)),
        View("late", _("逾期"), lambda rows: rows.filter(**IS_OPEN, due_date__lt=today)),
        View("soon", _("七天内到期"), lambda rows: rows.filter(**IS_OPEN, due_date__range=(today, soon))),
        View("submitted", _("待销号"), lambda rows: rows.filter(state=ProblemState.SUBMITTED)),
        View("long", _("长期坚持"), lambda rows: rows.filter(state=ProblemState.LONG_TERM)),
        View("closed", _("已销号"), lambda rows: rows.filter(state=ProblemState.CLOSED_OUT)),
        View("void", _("作废"), lambda rows: rows.filter(state=ProblemState.VOID)),
    ]


def problem_filters(user: User, campaign: Campaign) -> list[Filter]:
    """One query for what they offer."""
    today = clock.today()
    offered = _offered(user, campaign)
    colours = [choice for choice in Colour.choices if choice[0] != Colour.NONE]
    return [
        Filter("q", _("查找"), kind="text", search=partial(search_problems, user=user, campaign=campaign)),
        Filter("unit", _("牵头单位"), "lead_unit__code", choices=offered["unit"]),
        Filter("state", _("状态"), choices=_without_void(ProblemState.choices)),
        Filter(
            "overdue",
            _("逾期"),
            choices=[("1", _("是")), ("0", _("否"))],
            apply=partial(_overdue, today=today),
            words={"1": _("逾期"), "0": _("未逾期")},
        ),
        Filter("responsible", _("整改责任人"), "responsible_name__icontains", kind="text"),
        Filter("category", _("治理内容"), "category__number", choices=offered["category"]),
        Filter("nature", _("性质"), choices=ProblemNature.choices),
        Filter("origin", _("来源"), "origin__slug", choices=offered["origin"]),
        Filter("finder", _("发现机构"), choices=_bodies(offered), apply=partial(_of_body, role="finding")),
        Filter(
            "colour",
            _("预警"),
            choices=colours,
            apply=lambda rows, value: in_colour(rows, value, campaign=campaign, today=today),
        ),
        Filter("found", _("发现日期"), "found_on", kind="days", names=("from", "to")),
        Filter("due", _("整改时限"), "due_date", kind="days"),
        Filter("closed", _("销号日期"), "closed_out_on", kind="days"),
        Filter("sum", _("涉及金额（元）"), "sum_involved", kind="money"),
        Filter("people", _("涉及群众（人）"), "people_affected", kind="numbers"),
        *ledger_filters(campaign, ColumnTarget.PROBLEM, offered["unit"]),
    ]


def _overdue(rows: QuerySet, value: str, *, today: date) -> QuerySet:
    late = {"state__in": OPEN, "due_date__lt": today}
    return rows.filter(**IS_OPEN, due_date__lt=today) if value == "1" else rows.exclude(**late)


def sheet_ledger(request: HttpRequest, user: User, campaign: Campaign) -> Ledger:
    """The inspection ledger as this address asks for it."""
    is_wide = has_wide_reach(user)
    rows = partial(queries.sheet_ledger, user, campaign)
    return Ledger(
        request,
        rows if is_wide else partial(rows, by_key=True),
        [*sheet_columns(listed_by(request)), *ledger_columns(campaign, ColumnTarget.SHEET)],
        filters=sheet_filters(user, campaign),
        views=sheet_views(),
        ordering=("-filled_on", "-pk"),
        rule=str(SHEET_RULE),
        name="sheets",
        title=_("检查台账"),
        prepare=partial(give_values, target=ColumnTarget.SHEET),
        official=official_sheets(user, campaign),
        walked=None if is_wide else rows,
        parts=None if is_wide else partial(queries.sheet_ledger_in_parts, user, campaign),
        asking=KeptQuestions(*_made_of(user, campaign, ColumnTarget.SHEET)),
        model=Sheet,
    )


def sheet_columns(listed: str = "") -> list[Column]:
    states = in_order_of("state", SheetState.values)
    return [
        Column(
            "number",
            _("编号"),
            "full_number",
            sort="pk",
            href=_addresses("problems:sheet", listed),
        ),
        Column("filled", _("填报时间"), "filled_on", "date", sort="filled_on"),
        Column("inspected", _("检查时间"), "inspected_on", "date", sort="inspected_on"),
        Column("unit", _("被检查单位"), "inspected_unit__short_name", sort="inspected_unit__order"),
        Column("content", _("检查内容"), kind="long"),
        Column("inspectors", _("检查人员"), "inspectors"),
        Column("problems", _("问题"), "problem_count", "number", sort="problem_count"),
        Column("open", _("未销号"), "open_count", "number", sort="open_count"),
        Column("state", _("状态"), sheet_mark, "state", sort=states),
        Column("method", _("检查方式"), lambda row: row.get_method_display(), sort="method", shown=False),
        Column("kind", _("类别"), lambda row: row.get_kind_display(), sort="kind", shown=False),
        Column("body", _("填报单位"), lambda row: row.filing_body.short_name, shown=False),
        Column("due", _("整改时限"), "due_date", "date", sort="due_date", shown=False),
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


def sheet_filters(user: User, campaign: Campaign) -> list[Filter]:
    offered = _offered(user, campaign)
    return [
        Filter("q", _("查找"), kind="text", search=partial(search_sheets, user=user, campaign=campaign)),
        Filter("unit", _("被检查单位"), "inspected_unit__code", choices=offered["unit"]),
        Filter("kind", _("类别"), choices=SheetKind.choices),
        Filter("body", _("填报单位"), choices=_bodies(offered), apply=partial(_of_body, role="filing")),
        Filter("inspectors", _("检查人员"), "inspectors__icontains", kind="text"),
        Filter("state", _("状态"), choices=_without_void(SheetState.choices)),
        Filter("inspected", _("检查时间"), "inspected_on", kind="days", names=("from", "to")),
        Filter("filled", _("填报时间"), "filled_on", kind="days"),
        Filter(
            "has_open",
            _("未销号"),
            choices=[("1", _("有"))],
            apply=lambda rows, _v: rows.filter(open_count__gt=0),
            words={"1": _("有未销号问题")},
        ),
        *ledger_filters(campaign, ColumnTarget.SHEET, offered["unit"]),
    ]


def _without_void(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Void records have a view of their own."""
    return [choice for choice in choices if choice[0] != "void"]


def _of_body(rows: QuerySet, value: str, *, role: str) -> QuerySet:
    """Rows of a unit (`u` and its code) or a group (`g`) that filed or found them."""
    return rows.filter(**{f"{role}_{'unit' if value.startswith('u') else 'group'}__code": value[1:]})


def _offered(user: User, campaign: Campaign) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer to choose from, each in its order: units, groups, contents, origins. One query for all."""
    found: dict[str, dict[tuple[str, str], None]] = {"unit": {}, "group": {}, "category": {}, "origin": {}}
    asked = answers(("offered", standing(user), campaign.pk), lambda: _all_offered(user, campaign))
    for kind, _place, code, words in sorted(asked):
        found[kind][code, words] = None
    return {kind: list(choices) for kind, choices in found.items()}


def _all_offered(user: User, campaign: Campaign) -> QuerySet:
    def named(kind: str, rows: QuerySet, place: str, code: str, words: str) -> QuerySet:
        texts = {"code_text": Cast(code, CharField()), "words": F(words)}
        return rows.order_by().annotate(kind_of=Value(kind), place=F(place), **texts)

    sources = (
        named("unit", visible_units(user), "order", "code", "short_name"),
        named("group", visible_groups(user), "pk", "code", "short_name"),
        named("category", ContentCategory.objects.filter(campaign=campaign), "number", "number", "title"),
        named("origin", Origin.objects.filter(campaign=campaign), "pk", "slug", "label"),
    )
    first, *others = (rows.values_list("kind_of", "place", "code_text", "words") for rows in sources)
    return first.union(*others, all=True)


def _bodies(offered: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Units and groups, to choose from together."""
    units, groups = offered["unit"], offered["group"]
    return [*((f"u{code}", name) for code, name in units), *((f"g{code}", name) for code, name in groups)]
