"""统计说明: the last attachment of a paper with figures. Each with its value, its counting rule and the day of counting."""

from __future__ import annotations

from collections.abc import Iterator

from qingfeng.apps.work.reports.papers.model import (
    Attached,
    Block,
    Chart,
    Counted,
    Grid,
    Paper,
    Text,
    runs_of,
)
from qingfeng.apps.work.reports.papers.wording import day

TITLE = "统计说明"
HEAD = ("序号", "指标", "数值", "统计口径")
Row = tuple[str, str, str]


def with_figure_list(paper: Paper) -> list[Attached]:
    """The attachments of a paper, the list of its figures last; without figures there is no list."""
    rows = list(_rows(paper))
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
    said = [
        f"本文数字由专项治理台账汇总产生，{period}统计截止日为{day(paper.counted_on)}。",
        "问题记在牵头单位，每个问题只计一次，作废的不计。",
    ]
    limits = {figure.limits for figure in paper.figures()}
    if any(limits):
        said.append("名称中有“期内”“当月”的指标，以及检查、会议、报送、回头看等工作量，限相应日期在期内的。")
    if any("计入首期" in one for one in limits):
        said.append("专项治理开始前发现的问题计入首期。")
    return "".join(said)


def _rows(paper: Paper) -> Iterator[Row]:
    """Figures by their name and rule; what a table holds line by line is not said again here."""
    in_text, groups = _in_text(paper), _groups(paper)
    for (name, rule), figures in groups.items():
        whole = next((figure for figure in figures if not figure.part), None)
        parts = {figure.title: figure for figure in figures if figure.part and figure in in_text}
        if whole or not parts:
            yield name, _value(whole) if whole else "见表", rule
        for at, figure in enumerate(parts.values()):
            label = f"其中：{figure.part}" if whole else figure.title
            yield label, _value(figure), rule if not whole and not at else "同上"


def _groups(paper: Paper) -> dict[tuple[str, str], list[Counted]]:
    """All figures by name and rule, in the order in which they are first read."""
    found: dict[tuple[str, str], list[Counted]] = {}
    for figure in paper.figures():
        found.setdefault((figure.name, figure.rule), []).append(figure)
    return found


def _in_text(paper: Paper) -> list[Counted]:
    blocks = [block for block in paper.all_blocks() if not isinstance(block, Grid | Chart)]
    return [run for run in runs_of(blocks) if isinstance(run, Counted)]


def _value(figure: Counted) -> str:
    return figure.exact or f"{figure.words}{figure.measure}"
