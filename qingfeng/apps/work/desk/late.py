"""Missing and late: which task, how many of its bearers, who they are. One line a task, never one a bearer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.visibility import standing
from qingfeng.apps.base.records.questions import answers
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.work.campaigns.models import Campaign, DutyQuerySet
from qingfeng.apps.work.campaigns.visibility import visible_duties

SHOWN = 8
NAMES = 8


@dataclass(frozen=True)
class LateTask:
    """A task of the plan with those who are late in it."""

    what: str
    number: int
    """Duties past their date: a bearer may owe several months."""
    bearers: int
    first: Due
    names: tuple[str, ...]
    href: str
    is_monthly_form: bool

    @property
    def more(self) -> int:
        return self.bearers - len(self.names)


def late_tasks(user: User, campaign: Campaign) -> list[LateTask]:
    """Those with most late bearers first. Two queries, none of them by bearer."""
    asked = (standing(user), campaign.pk)
    found = answers(("late tasks", *asked), lambda: _tasks(_overdue(user, campaign)))
    keys = tuple(row["obligation_id"] for row in found)
    names = _names(answers(("late bearers", *asked, keys), lambda: _bearers(_overdue(user, campaign), keys)))
    page = reverse("campaigns:duties", args=[campaign.pk])
    return [
        LateTask(
            row["obligation__what"],
            row["number"],
            row["bearers"],
            Due(row["first"]),
            names.get(row["obligation_id"], ()),
            f"{page}?bearer={row['obligation__bearer_kind']}&obligation={row['obligation_id']}&state=overdue",
            row["obligation__is_monthly_form"],
        )
        for row in found
    ]


def _overdue(user: User, campaign: Campaign) -> DutyQuerySet:
    return visible_duties(user).filter(campaign=campaign).overdue(clock.today())  # type: ignore[no-any-return,attr-defined]


def _tasks(rows: DutyQuerySet) -> QuerySet:
    grouped = rows.order_by().values(
        "obligation_id", "obligation__what", "obligation__bearer_kind", "obligation__is_monthly_form"
    )
    counts = grouped.annotate(
        number=Count("pk"),
        bearers=Count("unit", distinct=True) + Count("group", distinct=True),
        first=Min("due"),
    )
    return counts.order_by("-bearers", "first", "obligation_id")[:SHOWN]


def _bearers(rows: DutyQuerySet, obligations: tuple[int, ...]) -> QuerySet:
    """(task, bearer), the longest overdue first."""
    place = Window(RowNumber(), partition_by="obligation_id", order_by=["due", "pk"])
    picked = rows.filter(obligation__in=obligations).annotate(place=place).filter(place__lte=NAMES * 2)
    name = Coalesce("unit__short_name", "group__short_name")
    columns = picked.order_by("obligation_id", "place").annotate(bearer_name=name)
    return columns.values_list("obligation_id", "bearer_name")


def _names(bearers: list[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """The first few bearers of each task."""
    found: dict[int, dict[str, None]] = {}
    for key, text in bearers:
        found.setdefault(key, {})[text] = None
    return {key: tuple(texts)[:NAMES] for key, texts in found.items()}
