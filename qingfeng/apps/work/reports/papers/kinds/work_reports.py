"""Reports upward: stage summary, half-year report and year summary — results, problems, next steps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.counting import Books, Frame
from qingfeng.apps.work.reports.papers.kind import Kind
from qingfeng.apps.work.reports.papers.kinds import results
from qingfeng.apps.work.reports.papers.kinds.shortcomings import (
    causes,
    coming_stage,
    paragraphs,
    remedies,
    shortcomings,
    typical,
)
from qingfeng.apps.work.reports.papers.kinds.voice import (
    as_of,
    days_in_words,
    standing,
    superior,
    the_plan,
    we,
)
from qingfeng.apps.work.reports.papers.model import Attached, Block, Gap, Grid, Heading, Paper, Run, Text
from qingfeng.apps.work.reports.papers.periods import HALF, QUARTER, STAGE, YEAR
from qingfeng.apps.work.reports.papers.wording import day

UNIT_HEAD = ("单位", "发现问题", "已销号", "未销号", "逾期", "长期坚持", "销号率", "按期率")
UNIT_KEYS = ("found", "closed_out", "open", "overdue", "long_term", "close_out_rate", "on_time_rate")


def half_year(asked: Asked) -> Paper:
    """半年工作报告 (also of a quarter)."""
    return _report(asked, f"关于{asked.span.words}{asked.campaign.short_title}工作情况的报告")


def year(asked: Asked) -> Paper:
    """年度工作总结."""
    return _report(asked, f"关于{asked.span.words}{asked.campaign.short_title}工作总结的报告")


def stage(asked: Asked) -> Paper:
    """阶段小结."""
    return _report(asked, f"关于{asked.campaign.short_title}{asked.span.words}工作情况的报告")


def _report(asked: Asked, title: str) -> Paper:
    books = Books(asked)
    return Paper(
        kind="报告",
        title=title,
        issuers=[asked.issuer],
        number=asked.paper_number,
        signatories=asked.signatories,
        addressees=[superior(asked)],
        blocks=[*_opening(books), *_results(books), *_problems(books), *_next(books), Text(["特此报告。"])],
        day=asked.day,
        counted_on=asked.day,
        period=days_in_words(asked),
        attachments=_units(books),
        issued_by=asked.issuer,
        issue_date=asked.day,
    )


def _opening(books: Books) -> list[Block]:
    """What was set in motion is said only where the ledgers show it."""
    asked, runs = books.asked, [*standing(books), "。"]
    if not books.figure("found") and not books.done("inspections"):
        return [Text([f"现将{asked.span.words}{asked.campaign.short_title}工作情况报告如下。", *runs])]
    began = f"{asked.span.words}，{we(asked)}按照{the_plan(asked)}要求，组织开展检查发现和问题整改工作。"
    return [Text([began, *runs, "现将有关情况报告如下。"])]


def _results(books: Books) -> list[Block]:
    blocks: list[Block] = [Heading("工作开展情况和成效"), *results.inspected(books)]
    blocks += results.content_table(books, "表1　期内发现问题分类情况")
    blocks += results.rectified(books)
    blocks += results.by_month(books)
    blocks += results.looked_back(books)
    blocks += results.organised(books)
    return [*blocks, Text([Gap("主要做法和典型经验")])]


def _problems(books: Books) -> list[Block]:
    found = shortcomings(books)
    blocks: list[Block] = [Heading("存在的主要问题")]
    if not books.figure("found"):
        blocks.append(Text(["台账中没有登记问题，没有整改情况可以统计。"]))
    elif not found:
        blocks.append(
            Text([f"{as_of(books.asked)}，没有逾期未销号的问题，没有到期未报的事项，也没有发现反弹回潮。"])
        )
    blocks += [*paragraphs(found), *typical(books, named=True)]
    return [*blocks, Text([causes()])]


def _next(books: Books) -> list[Block]:
    blocks = [*remedies(shortcomings(books)), *_institutions(books), *coming_stage(books)]
    return [Heading("下一步打算"), *blocks, Text([Gap("其他工作打算")])]


def _institutions(books: Books) -> list[Block]:
    """Where problems gather, rules are looked at: named from the figures of the period."""
    rows = [row for row in results.by_content(books) if row[0] != "未归类"][:2]
    if not rows:
        return []
    names = "、".join(title for title, _figure in rows)
    return [
        Text(
            [
                f"针对{names}问题较为集中的情况，从管理、审批、公示等环节查找制度漏洞，该修订的修订、该新建的新建，并检查执行情况。"
            ],
            "推动建章立制。",
        )
    ]


def _units(books: Books) -> list[Attached]:
    """Each unit with its figures, where there is more than one with problems."""
    rows: list[list[Run]] = []
    for unit in (books.asked.unit, *books.units):
        cells = [books.figure(key, unit=unit) for key in UNIT_KEYS]
        if cells[0]:
            rows.append([cells[0].part, *cells])
    if len(rows) < 2:
        return []
    rows.append(["合计", *(books.figure(key, Frame.NOW) for key in UNIT_KEYS)])
    counted = Text([f"统计截止日：{day(books.asked.day)}"])
    return [Attached("各单位问题整改情况表", [counted, Grid(UNIT_HEAD, rows)])]


HALF_YEAR = Kind(
    "half_year",
    _("半年报告"),
    _("向上级报告半年或一个季度的工作：成效、问题、打算。"),
    half_year,
    periods=(HALF, QUARTER),
)
YEAR_SUMMARY = Kind("year", _("年度总结"), _("向上级报告全年工作：成效、问题、打算。"), year, periods=(YEAR,))
STAGE_SUMMARY = Kind("stage", _("阶段小结"), _("方案的一个阶段结束后向上级报告。"), stage, periods=(STAGE,))
