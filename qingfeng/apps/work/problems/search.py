"""By what a problem is found. Persons involved, recusals and their reasons, referrals: never."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.search import NAME_FIELDS, marks_of_reach
from qingfeng.apps.base.records.search.queries import Search
from qingfeng.apps.base.records.search.sources import (
    APART,
    Found,
    apart,
    group_mark,
    person_mark,
    unit_mark,
)
from qingfeng.apps.base.web.memory import remembered
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.models import CoUnit, ExtraValue, Problem
from qingfeng.apps.work.problems.visibility import sees_series

WORDS = (
    "reference",
    "text",
    "responsible_name",
    "duty_text",
    "leader_in_charge",
    "completion",
    "new_rule",
    "no_rule_reason",
)
LEAD = ("lead_unit__name", "lead_unit__short_name")
MARKED = {
    "lead_unit_id": unit_mark,
    "finding_unit_id": unit_mark,
    "finding_group_id": group_mark,
    "responsible_person_id": person_mark,
}
FIELDS = frozenset({*WORDS, "number", *(name.removesuffix("_id") for name in MARKED)})


class Texts(Aggregate):
    """The texts of several rows in one, apart from each other; in no order."""

    function = "GROUP_CONCAT"
    template = f"%(function)s(%(expressions)s, '{APART}')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="STRING_AGG", **context)


def words_added(target: str) -> Subquery:
    """What stands in words under the columns that the campaign adds, of the problem or sheet around this."""
    values = ExtraValue.objects.filter(**{target: OuterRef("pk")}).exclude(text="").order_by()
    return Subquery(values.values(target).annotate(words=Texts("text")).values("words"))


class ProblemSource:
    """Its number, its text, who is responsible, its unit, how it was put right, and the words in added columns."""

    model = Problem
    place = 0

    def found(self, rows: QuerySet) -> Iterator[tuple[int, Found]]:
        with_added = rows.annotate(added=words_added("problem"))
        problems = list(with_added.values("pk", "campaign_id", "number", "added", *MARKED, *WORDS, *LEAD))
        helpers = defaultdict(list)
        named = CoUnit.objects.filter(problem__in=[problem["pk"] for problem in problems])
        for problem_id, unit_id in named.values_list("problem_id", "unit_id"):
            helpers[problem_id].append(unit_mark(unit_id))
        for problem in problems:
            yield problem["pk"], _found(problem, helpers[problem["pk"]])

    def touched_by(self, record: Any, fields: frozenset[str] | None) -> Iterable[int]:
        if isinstance(record, Problem):
            return [record.pk] if fields is None or fields & FIELDS else []
        if isinstance(record, CoUnit):
            return [record.problem_id] if fields is None or "unit" in fields else []
        if fields and fields & NAME_FIELDS and isinstance(record, Unit):
            return Problem.objects.filter(lead_unit=record).values_list("pk", flat=True)
        return []


def search(query: str, *, user: User, campaign: Campaign) -> Search:
    """What this user looks for in the problem ledger; the index is asked once a page."""
    return remembered(
        ("search of problems", user.pk, campaign.pk, query),
        lambda: Search(query, ProblemSource.place, campaign.pk, marks_of_reach(user), sees_series(user)),
    )


def is_by_key(query: str, *, user: User, campaign: Campaign) -> bool:
    """Whether the words name so few problems that each is fetched by its key, not sought among all."""
    if not query.strip():
        return False
    asked = search(query, user=user, campaign=campaign)
    return bool(asked.phrases) and not asked.is_common


def searched(rows: QuerySet[Problem], query: str, *, user: User, campaign: Campaign) -> QuerySet[Problem]:
    """Those of these problems, which the user sees, that meet every word."""
    return search(query, user=user, campaign=campaign).of(rows)


def _found(problem: dict[str, Any], helpers: list[str]) -> Found:
    marks = [mark(problem[name]) for name, mark in MARKED.items() if problem[name]]
    words = tuple(problem[name] for name in (*LEAD, *WORDS))
    return Found(
        problem["campaign_id"], (*words, *apart(problem["added"])), problem["number"], (*marks, *helpers)
    )
