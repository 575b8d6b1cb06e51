"""月度通报: what the month brought, how the units stand by outcome, what is not well, what is asked of them.

Units are named only when a named person has approved it; the approval stands in the draft.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.counting import Books, Frame
from qingfeng.apps.work.reports.papers.kind import Kind, check_is_office
from qingfeng.apps.work.reports.papers.kinds import results
from qingfeng.apps.work.reports.papers.kinds.ranks import (
    Ranked,
    most,
    named_table,
    ranked,
    unnamed_table,
)
from qingfeng.apps.work.reports.papers.kinds.shortcomings import (
    coming_stage,
    paragraphs,
    remedies,
    shortcomings,
    typical,
)
from qingfeng.apps.work.reports.papers.kinds.voice import (
    approval,
    as_of,
    days_in_words,
    everyone,
    standing,
    superior,
)
from qingfeng.apps.work.reports.papers.model import Block, Gap, Heading, Paper, Text
from qingfeng.apps.work.reports.papers.periods import MONTH

NO_RATE = "没有应整改的问题，本期不作排名。"


def circular(asked: Asked) -> Paper:
    """The month's circular to all who take part."""
    books = Books(asked)
    return Paper(
        kind="通报",
        title=f"关于{asked.span.words}{asked.campaign.short_title}工作进展情况的通报",
        issuers=[asked.issuer],
        number=asked.paper_number,
        addressees=everyone(asked),
        blocks=[*_opening(books), *_month(books), *_units(books), *_problems(books), *_demands(books)],
        day=asked.day,
        counted_on=asked.day,
        period=days_in_words(asked),
        copied_to=[superior(asked)],
        issued_by=asked.issuer,
        issue_date=asked.day,
        remarks=approval(asked),
    )


def _opening(books: Books) -> list[Block]:
    asked = books.asked
    return [
        Text(
            [
                f"现将{asked.span.words}{asked.campaign.short_title}工作进展情况通报如下。",
                *standing(books),
                "。",
            ]
        )
    ]


def _month(books: Books) -> list[Block]:
    return [
        Heading("本月工作情况"),
        *results.inspected(books),
        *results.content_table(books, "表1　本月发现问题分类情况"),
        *results.rectified(books),
        *results.looked_back(books),
    ]


def _units(books: Books) -> list[Block]:
    rows = ranked(books)
    if not any(row.place for row in rows):
        return [Heading("各单位整改进展"), Text([f"{as_of(books.asked)}，{NO_RATE}"])]
    caption = f"表{2 if books.figure('found', Frame.FOUND) else 1}　"
    if books.asked.approved_by:
        table = named_table(rows, f"{caption}各单位整改进展排名")
    else:
        table = unnamed_table(rows, f"{caption}各单位销号率分布")
    return [Heading("各单位整改进展"), *_remarked(books, rows), *table]


def _remarked(books: Books, rows: list[Ranked]) -> list[Block]:
    """Who lags, by outcome."""
    named = books.asked.approved_by is not None
    runs = [
        *most(rows, lambda row: row.overdue, named=named, what="逾期未销号问题"),
        *most(rows, lambda row: row.recurred, named=named, what="回头看发现的反弹问题"),
    ]
    return (
        [Text([f"{as_of(books.asked)}，", *runs])]
        if runs
        else [Text([f"{as_of(books.asked)}，各单位没有逾期未销号的问题。"])]
    )


def _problems(books: Books) -> list[Block]:
    found = shortcomings(books)
    blocks = [*paragraphs(found), *typical(books, named=books.asked.approved_by is not None)]
    if not blocks:
        return []
    return [Heading("存在的主要问题"), *blocks]


def _demands(books: Books) -> list[Block]:
    blocks = [*remedies(shortcomings(books)), *coming_stage(books)]
    return [Heading("下一步工作要求"), *blocks, Text([Gap("领导对下一步工作的具体要求")])]


CIRCULAR = Kind(
    "circular",
    _("月度通报"),
    _("向参加单位通报一个月的进展，按整改结果排名；点名须经批准。"),
    circular,
    check=check_is_office,
    asks_unit=False,
    periods=(MONTH,),
    asks_approval=True,
)
