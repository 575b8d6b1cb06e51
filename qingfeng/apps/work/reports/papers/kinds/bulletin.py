"""简报: figures of a period, what was going on, and good practice in the ledgers' own words; the rest a person writes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.work.campaigns.models import Activity, ActivityKind
from qingfeng.apps.work.campaigns.visibility import visible_activities
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.counting import Books, Frame
from qingfeng.apps.work.reports.papers.kind import Kind
from qingfeng.apps.work.reports.papers.kinds import results
from qingfeng.apps.work.reports.papers.kinds.issuing import check_speaks_for
from qingfeng.apps.work.reports.papers.kinds.ledger_words import clause, on_paper
from qingfeng.apps.work.reports.papers.kinds.shortcomings import coming_stage
from qingfeng.apps.work.reports.papers.kinds.voice import days_in_words
from qingfeng.apps.work.reports.papers.model import Block, Gap, Heading, Items, Paper, Quoted, Runs, Text
from qingfeng.apps.work.reports.papers.periods import MONTH, QUARTER

ACTIVITIES = 6
"""So many activities and rules are told; the register has all."""
RULES = 5


def bulletin(asked: Asked) -> Paper:
    """Set like minutes: a mark, the number of the issue, no signature and no seal."""
    books = Books(asked)
    where = "" if asked.is_whole else asked.unit.short_name
    return Paper(
        kind="纪要",
        title=f"{asked.span.words}{where}{asked.campaign.short_title}工作动态",
        issuers=[asked.issuer],
        mark=f"{where}{asked.campaign.short_title}工作简报",
        number=asked.number or "第　期",
        blocks=[*_progress(books), *_going_on(books), *_practice(books), *_next(books)],
        day=asked.day,
        counted_on=asked.day,
        period=days_in_words(asked),
        form="minutes",
        issued_by=asked.issuer,
        issue_date=asked.day,
    )


def _progress(books: Books) -> list[Block]:
    return [
        Heading("工作进展"),
        *results.inspected(books),
        *results.content_table(books, "表1　期内发现问题分类情况"),
        *results.rectified(books),
    ]


def _going_on(books: Books) -> list[Block]:
    told = [_activity(row) for row in _activities(books.asked)]
    blocks = list(results.organised(books))
    if told:
        blocks += [Text(["主要活动有："]), Items(told)]
    if not blocks:
        blocks = [Text([f"{books.asked.span.words}没有会议和活动的登记。"])]
    return [Heading("工作动态"), *blocks]


def _activities(asked: Asked) -> list[Activity]:
    """Those with the most people, in the order of days; leaders' instructions are no news."""
    rows = visible_activities(asked.user).filter(campaign=asked.campaign, voided_at=None)
    rows = rows.exclude(kind=ActivityKind.INSTRUCTION).select_related("unit")
    rows = asked.in_period(asked.of_unit(rows, "unit"), "held_on").order_by("-people", "-held_on", "pk")
    return sorted(rows[:ACTIVITIES], key=lambda row: row.held_on)


def _activity(row: Activity) -> Runs:
    page = reverse("campaigns:activity", args=[row.pk])
    return [
        f"{row.held_on.month}月{row.held_on.day}日，",
        Quoted(clause(row.title), page),
        f"（{row.unit.short_name}）。",
    ]


def _practice(books: Books) -> list[Block]:
    """Rules that were made when problems were struck off in the period."""
    rows: QuerySet[Problem] = books.rows("new_rules", Frame.CLOSED)
    chosen = rows.select_related("lead_unit").order_by("-people_affected", "-closed_out_on", "pk")[:RULES]
    items: list[Runs] = [
        [
            f"{row.lead_unit.short_name}：",
            Quoted(on_paper(row.new_rule), reverse("problems:problem", args=[row.reference])),
        ]
        for row in chosen
    ]
    told: list[Block] = [Text(["结合问题整改建立和修订制度，主要有："]), Items(items)] if items else []
    return [Heading("经验做法"), *told, Text([Gap("可供借鉴的做法和成效，注明单位")])]


def _next(books: Books) -> list[Block]:
    return [Heading("下步安排"), *coming_stage(books), Text([Gap("近期重点工作")])]


BULLETIN = Kind(
    "bulletin",
    _("工作简报"),
    _("一个月或一个季度的进展、活动和好的做法，期号由人填写。"),
    bulletin,
    check=check_speaks_for,
    periods=(MONTH, QUARTER),
)
