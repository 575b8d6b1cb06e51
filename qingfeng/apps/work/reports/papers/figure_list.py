"""统计说明: the last attachment of a paper with figures. Each with its value, its counting rule and the day of counting."""

from __future__ import annotations

from qingfeng.apps.work.reports.papers.model import (
    Attached,
    Block,
    Chart,
    Counted,
    Grid,
    Paper,
    Text,
    cells_of,
    runs_of,
)
from qingfeng.apps.work.reports.papers.wording import day

TITLE = "统计说明"
HEAD = ("序号", "指标", "数值", "统计口径")


def with_figure_list(paper: Paper) -> list[Attached]:
    """The attachments of a paper, the list of its figures last; without figures there is no list."""
    rows = _rows(paper)
    if not rows:
        return list(paper.attachments)
    numbered = [(str(number), *row) for number, row in enumerate(rows, 1)]
    blocks: list[Block] = [
        Text([_preface(paper)]),
        Grid(HEAD, numbered),
        *(Text([remark]) for remark in paper.remarks),
    ]
    return [*paper.attachments, Attached(TITLE, blocks)]


def _preface(paper: Paper) -> str:
    period = f"统计期间为{paper.period}，" if paper.period else ""
    return (
        f"本文数字由专项治理台账汇总产生，{period}统计截止日为{day(paper.counted_on)}。"
        "问题记在牵头单位，每个问题只计一次，作废的不计。"
    )


def _rows(paper: Paper) -> list[tuple[str, str, str]]:
    """Figures of the text with their values; those that a table holds line by line once, by the table's word."""
    in_text, in_tables = _in_text(paper), _in_tables(paper)
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    for figure in in_text:
        found.setdefault((figure.title, figure.rule), (figure.title, _value(figure), figure.rule))
    for figure in in_tables:
        if (figure.name, figure.rule) not in found:
            found[figure.name, figure.rule] = (
                figure.name,
                "见表" if figure.part else _value(figure),
                figure.rule,
            )
    return list(found.values())


def _in_text(paper: Paper) -> list[Counted]:
    blocks = [block for block in paper.all_blocks() if not isinstance(block, Grid | Chart)]
    return [run for run in runs_of(blocks) if isinstance(run, Counted)]


def _in_tables(paper: Paper) -> list[Counted]:
    tables = [block for block in paper.all_blocks() if isinstance(block, Grid | Chart)]
    return [run for block in tables for run in cells_of(block) if isinstance(run, Counted)]


def _value(figure: Counted) -> str:
    return figure.exact or f"{figure.words}{figure.measure}"
