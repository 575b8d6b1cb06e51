"""What was done and what came of it: the first part of every report, only what there is."""

from __future__ import annotations

from qingfeng.apps.work.campaigns.models import ContentCategory
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.reports.papers.counting import NO_CONTENT, Books, Frame
from qingfeng.apps.work.reports.papers.kinds.voice import as_of, in_time
from qingfeng.apps.work.reports.papers.model import Block, Chart, Counted, Grid, Run, Text
from qingfeng.apps.work.reports.papers.periods import months_in
from qingfeng.apps.work.reports.papers.wording import clauses, with_measure

CONTENT_HEAD = ("治理内容", "发现问题", "已销号", "未销号", "逾期", "销号率")
CONTENT_KEYS = ("found", "closed_out", "open", "overdue", "close_out_rate")
FOREMOST = 3
"""So many contents are named in the text; the table has all."""


def inspected(books: Books) -> list[Block]:
    """检查发现: inspections and what they found, by content."""
    visits, found = books.done("inspections"), books.figure("found", Frame.FOUND)
    if not visits and not found:
        return [Text([f"{in_time(books.asked)}没有检查和发现问题的记录。"], "检查发现情况。")]
    runs: list[Run] = []
    if visits:
        parts = [("自查自检", books.done("self_inspections")), ("督查和抽查", books.done("supervisions"))]
        kinds = clauses(parts, end="")
        runs += ["开展检查", *with_measure(visits), *(["，其中", *kinds] if len(kinds) > 3 else []), "。"]
    if not found:
        return [Text([*runs, f"{in_time(books.asked)}没有新发现问题。"], "检查发现情况。")]
    runs += ["新发现问题", found, "个"]
    runs += [
        part
        for key, words in (("people", "涉及群众"), ("sum_involved", "涉及金额"))
        for part in _also(books, key, words)
    ]
    return [Text([*runs, "。", *_foremost(books)], "检查发现情况。")]


def _also(books: Books, key: str, words: str) -> list[Run]:
    figure = books.figure(key, Frame.FOUND)
    return [f"，{words}", *with_measure(figure)] if figure else []


def by_content(books: Books, frame: Frame = Frame.FOUND) -> list[tuple[str, Counted]]:
    """Contents with what was found, the most first; those without a content last."""
    rows: list[tuple[str, Counted]] = [
        (one.title, books.figure("found", frame, category=one)) for one in books.contents
    ]
    rows = sorted((row for row in rows if row[1]), key=lambda row: -row[1].value)
    rest = books.figure("found", frame, category=NO_CONTENT)
    return [*rows, ("未归类", rest)] if rest else rows


def _foremost(books: Books) -> list[Run]:
    """Which contents have the most."""
    rows = [row for row in by_content(books) if row[0] != "未归类"]
    if len(rows) < 2 or rows[0][1].value < 2:
        return []
    runs: list[Run] = ["从治理内容看，问题较多的是"]
    for at, (title, figure) in enumerate(rows[:FOREMOST]):
        runs += ["、" if at else "", title, "（", figure, "个）"]
    return [*runs, "。"]


def content_table(books: Books, caption: str, frame: Frame = Frame.FOUND) -> list[Block]:
    """Each content with its figures, and their sum; none where nothing was found."""
    if not books.figure("found", frame):
        return []
    rows: list[list[Run]] = []
    contents: list[ContentCategory | str] = [*books.contents, NO_CONTENT]
    for one in contents:
        cells = [books.figure(key, frame, category=one) for key in CONTENT_KEYS]
        if cells[0]:
            rows.append([cells[0].part, *cells])
    rows.append(["合计", *(books.figure(key, frame) for key in CONTENT_KEYS)])
    return [Grid(CONTENT_HEAD, rows, caption)]


def rectified(books: Books) -> list[Block]:
    """整改落实: what was struck off in the period, and how far it has come."""
    if not books.figure("found"):
        return []
    closed = books.figure("closed_out", Frame.CLOSED)
    runs: list[Run] = (
        [f"{in_time(books.asked)}销号问题", closed, "个"]
        if closed
        else [f"{in_time(books.asked)}没有问题销号"]
    )
    runs += ["。", *_so_far(books)]
    returned, extended = books.done("returned"), books.done("extensions")
    runs += clauses([("退回销号申请", returned), ("批准延长整改时限", extended)])
    return [Text(runs, "整改落实情况。")]


def _so_far(books: Books) -> list[Run]:
    runs: list[Run] = [f"{as_of(books.asked)}，累计发现的", books.figure("found"), "个问题中，"]
    states = [
        ("已销号", books.figure("closed_out")),
        ("未到整改时限的", books.figure("in_time")),
        ("逾期未销号", books.figure("overdue")),
        (str(ProblemState.LONG_TERM.label), books.figure("long_term")),
    ]
    runs += clauses(states, end="；")
    runs += ["销号率", books.figure("close_out_rate")]
    on_time = books.figure("on_time_rate")
    if books.figure("ended_term"):
        runs += ["，按期率", on_time]
    money = books.figure("sum_returned")
    return [*runs, "。", *(["清退、追缴资金", *with_measure(money), "。"] if money else [])]


def looked_back(books: Books) -> list[Block]:
    """回头看和建章立制, where there is either."""
    looked, rules = books.done("look_backs"), books.figure("new_rules", Frame.CLOSED)
    runs: list[Run] = []
    if rules:
        runs += [f"{in_time(books.asked)}销号的问题中，新建或修订制度", *with_measure(rules), "。"]
    if looked:
        runs += ["对已销号问题开展回头看", *with_measure(looked)]
        recurred = books.done("recurred")
        runs += ["，发现反弹回潮", *with_measure(recurred), "。"] if recurred else ["，没有发现反弹回潮。"]
    return [Text(runs, "建章立制和回头看情况。")] if runs else []


def organised(books: Books) -> list[Block]:
    """组织推进: meetings, training, talks, instructions, and whether what is owed was handed in."""
    meetings, trainings, trained = (books.done(key) for key in ("meetings", "trainings", "trained"))
    runs = clauses(
        [
            ("召开会议", meetings),
            ("开展培训教育", trainings),
            ("参加", trained),
            ("开展谈话", books.done("talks")),
            ("走访", books.done("visits")),
            ("宣传", books.done("publicity")),
        ]
    )
    given = books.done("instructions")
    if given:
        closed = books.done("instructions_closed")
        runs += [
            "办理领导批示",
            *with_measure(given),
            *(["，已办结", *with_measure(closed)] if closed else []),
            "。",
        ]
    due = books.done("duties_due")
    if due:
        states = [(words, books.done(key)) for words, key in _DUTIES]
        runs += ["到期应报事项", *with_measure(due), "，其中", *clauses(states)]
    return [Text(runs, "组织推进情况。")] if runs else []


_DUTIES = (("按期报送", "duties_on_time"), ("逾期报送", "duties_late"), ("到期未报", "duties_missing"))


def by_month(books: Books) -> list[Block]:
    """Month by month what was found and struck off, as a chart; not for fewer than two months with anything."""
    period = books.asked.span
    months = [one for one in months_in(books.asked.campaign, period) if one.start <= books.asked.day]
    months = [one for one in months if one.end >= books.asked.campaign.starts_on]
    rows = books.by_month(months) if len(months) > 1 else []
    if sum(1 for _month, found, closed in rows if found or closed) < 2:
        return []
    cells: list[list[Run]] = [[f"{month.name.month}月", found, closed] for month, found, closed in rows]
    return [
        Chart(
            Grid(("月份", "发现问题", "销号"), cells, "表2　各月发现问题和销号情况"),
            "图1　各月发现问题和销号情况（个）",
        )
    ]
