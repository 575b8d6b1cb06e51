"""The four lists: four views of one query — what is wrong, what is done about it, who answers, how far it is."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.db.models import Aggregate, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.documents.ledger_files import content_of
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.ledgers import Column, Extract, Ledger, in_order_of
from qingfeng.apps.base.web.marks import Mark
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget
from qingfeng.apps.work.problems import queries
from qingfeng.apps.work.problems.extra_columns import give_values
from qingfeng.apps.work.problems.extra_ledgers import ledger_columns
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.ledgers import problem_address, problem_filters, problem_views
from qingfeng.apps.work.problems.marks import colour_mark, due_of, state_mark
from qingfeng.apps.work.problems.models import CoUnit, Measure, MeasureKind

RULE = gettext_lazy("四个清单出自同一批问题：一个问题计一条，记在牵头单位；作废的不列。")


class ListKind(models.TextChoices):
    PROBLEM = "problem", gettext_lazy("问题清单")
    RECTIFICATION = "rectification", gettext_lazy("整改清单")
    RESPONSIBILITY = "responsibility", gettext_lazy("责任清单")
    PROGRESS = "progress", gettext_lazy("进度清单")


class Joined(Aggregate):
    """Texts of several rows as one, in the order in which they were entered."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, '；')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="STRING_AGG", **context)


def rows(user: User, campaign: Campaign) -> QuerySet:
    """The one query: all counted problems of this user, with their measures, last progress and co-units in words."""
    measures = Measure.objects.filter(problem=OuterRef("pk"), kind=MeasureKind.MEASURE)
    progress = Measure.objects.filter(problem=OuterRef("pk"), kind=MeasureKind.PROGRESS).order_by("-pk")
    helpers = CoUnit.objects.filter(problem=OuterRef("pk"))
    with_task = Concat(F("unit__short_name"), Value("："), F("sub_task"), output_field=TextField())
    return (
        queries.ledger_to_walk(user, campaign)
        .exclude(state=ProblemState.VOID)
        .annotate(
            measures_text=_joined(measures, F("text")),
            helpers_text=_joined(helpers, with_task),
            progress_text=Subquery(progress.values("text")[:1]),
        )
    )


def _joined(found: QuerySet, text: Any) -> Subquery:
    one = found.order_by().values("problem").annotate(words=Joined(text)).values("words")
    return Subquery(one, output_field=TextField())


def columns(kind: str) -> list[Column]:
    """What this list shows of a problem; number and text stand in all four."""
    shared = [
        Column("number", _("编号"), "shown_number", sort="pk", href=problem_address),
        Column("text", _("存在问题"), kind="long"),
    ]
    return [*shared, *_COLUMNS[ListKind(kind)]()]


def _problem_columns() -> list[Column]:
    return [
        Column("unit", _("牵头单位"), "lead_unit__short_name", sort="lead_unit__order"),
        Column(
            "category",
            _("治理内容"),
            lambda row: row.category.title if row.category else "",
            sort="category__number",
        ),
        Column("nature", _("性质"), lambda row: row.get_nature_display(), sort="nature"),
        Column("origin", _("来源"), "origin__label", sort="origin__label"),
        Column("found", _("发现日期"), "found_on", "date", sort="found_on"),
        Column("people", _("涉及群众（人）"), "people_affected", "number", sort="people_affected"),
        Column("sum", _("涉及金额（元）"), "sum_involved", "money", sort="sum_involved"),
    ]


def _rectification_columns() -> list[Column]:
    return [
        Column("unit", _("牵头单位"), "lead_unit__short_name", sort="lead_unit__order"),
        Column("measures", _("整改措施"), lambda row: row.measures_text or "", "long"),
        Column("term", _("整改方式"), lambda row: row.get_term_display(), sort="term"),
        Column("due", _("整改时限"), due_of, "due", sort="due_date"),
        Column("completion", _("完成情况"), "completion", "long"),
        Column("rule", _("新建制度"), lambda row: row.new_rule or row.no_rule_reason, "long"),
    ]


def _responsibility_columns() -> list[Column]:
    return [
        Column("unit", _("牵头单位"), "lead_unit__short_name", sort="lead_unit__order"),
        Column("helpers", _("协办单位及分工"), lambda row: row.helpers_text or "", "long"),
        Column("leader", _("责任领导"), "leader_in_charge", sort="leader_in_charge"),
        Column("responsible", _("整改责任人"), "responsible_name", sort="responsible_name"),
        Column("duty", _("责任"), "duty_text", "long"),
    ]


def _progress_columns() -> list[Column]:
    return [
        Column("unit", _("牵头单位"), "lead_unit__short_name", sort="lead_unit__order"),
        Column("responsible", _("整改责任人"), "responsible_name", sort="responsible_name"),
        Column("state", _("状态"), state_mark, "state", sort=in_order_of("state", ProblemState.values)),
        Column("progress", _("最近进展"), lambda row: row.progress_text or "", "long"),
        Column("due", _("整改时限"), due_of, "due", sort="due_date"),
        Column("colour", _("预警"), lambda row: colour_mark(row) or Mark("—"), "state"),
        Column("closed", _("销号日期"), "closed_out_on", "date", sort="closed_out_on"),
        Column("look_back", _("回头看日期"), "look_back_on", "date", sort="look_back_on"),
    ]


_COLUMNS = {
    ListKind.PROBLEM: _problem_columns,
    ListKind.RECTIFICATION: _rectification_columns,
    ListKind.RESPONSIBILITY: _responsibility_columns,
    ListKind.PROGRESS: _progress_columns,
}


def four_list(request: HttpRequest, kind: str, user: User, campaign: Campaign) -> Ledger:
    """One of the lists as this address asks for it."""
    views = [view for view in problem_views() if view.key != "void"]
    return Ledger(
        request,
        rows(user, campaign),
        [*columns(kind), *ledger_columns(campaign, ColumnTarget.PROBLEM)],
        filters=problem_filters(user, campaign),
        views=views,
        rule=str(RULE),
        prepare=partial(give_values, target=ColumnTarget.PROBLEM),
        name=f"list_{kind}",
        title=str(ListKind(kind).label),
    )


def list_xlsx(kind: str, user: User, campaign: Campaign) -> bytes:
    """A list as .xlsx with all that exists for this user, for the command line."""
    title = f"{campaign.short_title}{ListKind(kind).label}"
    found = rows(user, campaign).order_by("pk").iterator(chunk_size=500)
    extract = Extract(title, columns(kind), found, str(RULE))
    return content_of(extract, "xlsx", str(user), filed_by=campaign.root_unit.name)


def address_of(params: QueryDict) -> str:
    """The filters of one list as the address of the next one: the four share them."""
    query = params.copy()
    for name in ("before", "after", "sort", "col", "export", "bulk", "row", "rows", "done"):
        query.pop(name, None)
    return f"?{query.urlencode()}" if query else ""
