"""A paper as plain data for the process that prints it: every figure as its words, marks set, the figure list last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qingfeng.apps.work.reports.papers.figure_list import with_figure_list
from qingfeng.apps.work.reports.papers.model import (
    Block,
    Chart,
    Counted,
    Grid,
    Heading,
    Items,
    Paper,
    Run,
    Text,
    plain,
)
from qingfeng.apps.work.reports.papers.numbered import numbered


def described(paper: Paper, *, figure_list: bool = True) -> dict[str, Any]:
    """As JSON takes it. How figures were counted is for the files of offices; what hangs in public may leave it out."""
    attachments = with_figure_list(paper) if figure_list else paper.attachments
    return {
        "kind": paper.kind,
        "title": paper.title,
        "issuers": list(paper.issuers),
        "form": paper.form,
        "mark": paper.mark,
        "number": paper.number,
        "signatories": list(paper.signatories),
        "addressees": list(paper.addressees),
        "date": paper.day.isoformat(),
        "seal": paper.seal,
        "copied_to": list(paper.copied_to),
        "issued_by": paper.issued_by,
        "issue_date": paper.issue_date.isoformat() if paper.issue_date else "",
        "present": list(paper.present),
        "excused": list(paper.excused),
        "observing": list(paper.observing),
        "blocks": list(_blocks(paper.blocks)),
        "attachments": [{"title": one.title, "blocks": list(_blocks(one.blocks))} for one in attachments],
    }


def _blocks(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    for mark, block in numbered(blocks):
        if isinstance(block, Heading):
            yield {"is": "text", "text": mark + block.text, "level": block.level}
        elif isinstance(block, Text):
            lead = mark + block.lead if block.lead else ""
            yield {"is": "text", "text": lead + plain(block.runs), "lead": len(lead)}
        elif isinstance(block, Items):
            for number, item in enumerate(block.items, 1):
                yield {"is": "text", "text": f"{number}.{plain(item)}"}
        elif isinstance(block, Grid):
            yield _table(block)
        else:
            yield {**_table(block.grid), "is": "chart", "chart": _chart(block)}


def _table(grid: Grid) -> dict[str, Any]:
    rows = [[str(cell) for cell in row] for row in grid.rows]
    return {
        "is": "table",
        "head": list(grid.head),
        "rows": rows,
        "caption": grid.caption,
        "landscape": grid.landscape,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    """What is drawn: names, and a row of numbers for each series."""
    columns = list(zip(*chart.grid.rows, strict=True))
    return {
        "caption": chart.caption,
        "kind": chart.kind,
        "stacked": chart.stacked,
        "names": [str(cell) for cell in columns[0]] if columns else [],
        "series": [
            {"name": name, "values": [_number(cell) for cell in column]}
            for name, column in zip(chart.grid.head[1:], columns[1:], strict=True)
        ],
    }


def _number(cell: Run) -> float:
    return cell.value if isinstance(cell, Counted) else 0.0
