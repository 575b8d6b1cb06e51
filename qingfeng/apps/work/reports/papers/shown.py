"""A paper as the draft page shows it: blocks by what they are, runs that open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qingfeng.apps.work.reports.papers.figure_list import with_figure_list
from qingfeng.apps.work.reports.papers.model import (
    Block,
    Chart,
    Counted,
    Gap,
    Grid,
    Heading,
    Items,
    Paper,
    Quoted,
    Run,
    Text,
)
from qingfeng.apps.work.reports.papers.numbered import numbered


@dataclass(frozen=True)
class ShownRun:
    """A stretch of text; a figure has the address of its rows and its rule, a gap says so."""

    text: str
    href: str = ""
    hint: str = ""
    is_gap: bool = False


@dataclass(frozen=True)
class ShownBlock:
    """One block. `kind`: heading, text, table."""

    kind: str
    mark: str = ""
    level: int = 0
    runs: Sequence[ShownRun] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[ShownRun]] = ()
    caption: str = ""


@dataclass(frozen=True)
class ShownPage:
    """The text, or one attachment with its title."""

    blocks: Sequence[ShownBlock]
    attachment: str = ""
    title: str = ""


def on_paper(paper: Paper) -> list[ShownPage]:
    """The text and its attachments, the figure list last."""
    attached = with_figure_list(paper)
    number = {at: f"附件{at}" if len(attached) > 1 else "附件" for at in range(1, len(attached) + 1)}
    pages = [ShownPage(list(_blocks(paper.blocks)))]
    for at, one in enumerate(attached, 1):
        pages.append(ShownPage(list(_blocks(one.blocks)), number[at], one.title))
    return pages


def _blocks(blocks: Iterable[Block]) -> Iterable[ShownBlock]:
    for mark, block in numbered(blocks):
        if isinstance(block, Heading):
            yield ShownBlock("heading", mark, block.level, [ShownRun(block.text)])
        elif isinstance(block, Text):
            yield ShownBlock("text", f"{mark}{block.lead}", 0, [_run(run) for run in block.runs])
        elif isinstance(block, Items):
            for at, item in enumerate(block.items, 1):
                yield ShownBlock("text", "", 0, [ShownRun(f"{at}."), *map(_run, item)])
        else:
            yield _table(block)


def _table(block: Grid | Chart) -> ShownBlock:
    grid = block if isinstance(block, Grid) else block.grid
    caption = grid.caption if isinstance(block, Grid) else block.caption
    return ShownBlock(
        "table", head=grid.head, rows=[[_run(cell) for cell in row] for row in grid.rows], caption=caption
    )


def _run(run: Run) -> ShownRun:
    if isinstance(run, Counted):
        return ShownRun(run.words, run.href, f"{run.title}：{run.whole_rule}")
    if isinstance(run, Quoted):
        return ShownRun(run.text, run.href)
    return ShownRun(str(run), is_gap=isinstance(run, Gap))
