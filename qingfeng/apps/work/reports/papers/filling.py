"""What only a person can write, written into a draft: each marked gap in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qingfeng.apps.work.reports.papers.model import Block, Chart, Gap, Grid, Items, Paper, Run, Text

_NO_NUMBER = re.compile(r"〕\s*号")
"""〔2026〕 号: the year, and room for the number."""


def filled(paper: Paper, words: Sequence[str]) -> Paper:
    """The paper with these words in its gaps; `paper.gaps()` tells how many it has. An empty one stays a gap."""
    rest = iter(words)
    blocks = [_block(block, rest) for block in paper.blocks]
    attachments = [
        replace(one, blocks=[_block(block, rest) for block in one.blocks]) for one in paper.attachments
    ]
    return replace(paper, blocks=blocks, attachments=attachments)


def without_blanks(paper: Paper) -> Paper:
    """The paper without the places that are kept for a number and a signature not yet given."""
    number = "" if _NO_NUMBER.search(paper.number) else paper.number
    return replace(
        paper, number=number, signatories=[name for name in paper.signatories if not name.startswith("〔")]
    )


def _block(block: Block, words: Iterator[str]) -> Block:
    if isinstance(block, Text):
        return replace(block, runs=[_run(run, words) for run in block.runs])
    if isinstance(block, Items):
        return replace(block, items=[[_run(run, words) for run in item] for item in block.items])
    if isinstance(block, Grid):
        return _grid(block, words)
    if isinstance(block, Chart):
        return replace(block, grid=_grid(block.grid, words))
    return block


def _grid(grid: Grid, words: Iterator[str]) -> Grid:
    return replace(grid, rows=[[_run(run, words) for run in row] for row in grid.rows])


def _run(run: Run, words: Iterator[str]) -> Run:
    return next(words, "").strip() or run if isinstance(run, Gap) else run
