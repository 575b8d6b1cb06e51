"""Missing and late: which task, how many of its bearers, who they are. One line a task, never one a bearer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.work.campaigns.models import Campaign
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
    rows = visible_duties(user).filter(campaign=campaign).overdue(clock.today())  # type: ignore[attr-defined]
    grouped = rows.order_by().values(
        "obligation_id", "obligation__what", "obligation__bearer_kind", "obligation__is_monthly_form"
    )
    counts = grouped.annotate(
        number=Count("pk"),
        bearers=Count("unit", distinct=True) + Count("group", distinct=True),
        first=Min("due"),
    )
    found = list(counts.order_by("-bearers", "first", "obligation_id")[:SHOWN])
    names = _names(rows, [row["obligation_id"] for row in found])
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


def _names(rows: object, obligations: list[int]) -> dict[int, tuple[str, ...]]:
    """The first few bearers of each task, the longest overdue first."""
    if not obligations:
        return {}
    place = Window(RowNumber(), partition_by="obligation_id", order_by=["due", "pk"])
    picked = rows.filter(obligation__in=obligations).annotate(place=place)  # type: ignore[attr-defined]
    name = Coalesce("unit__short_name", "group__short_name")
    columns = picked.filter(place__lte=NAMES * 2).order_by("obligation_id", "place")
    found: dict[int, dict[str, None]] = {}
    for key, text in columns.annotate(bearer_name=name).values_list("obligation_id", "bearer_name"):
        found.setdefault(key, {})[text] = None
    return {key: tuple(texts)[:NAMES] for key, texts in found.items()}
