"""A paper as it is meant, before any layout: the elements of an official document, and text that holds figures.

Nothing here knows a database or a file format. Browser, Word and Markdown show the same paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True)
class Counted:
    """A figure in the text: what is printed, how it was counted, and where its rows open."""

    key: str
    name: str
    value: float
    """A count, fen, or for a rate its share (0 to 1)."""
    words: str
    """As printed, without the measure: 1,204 or 83.3%."""
    measure: str
    rule: str
    """What counts, in words: the same whatever the period."""
    limits: str = ""
    """Which days must lie within the period, in words."""
    part: str = ""
    """What it is narrowed to, in words: a content or a unit."""
    exact: str = ""
    """The value to the last fen, where the printed words are rounded."""
    href: str = ""
    rows: Any = field(default=None, compare=False, repr=False)
    """The queryset of exactly the rows that were counted or summed; of a rate, its whole."""

    @property
    def title(self) -> str:
        """Its name with what it is narrowed to."""
        return f"{self.name}（{self.part}）" if self.part else self.name

    @property
    def whole_rule(self) -> str:
        """The rule with the days that it is limited to."""
        return self.rule + self.limits

    def __str__(self) -> str:
        return self.words

    def __bool__(self) -> bool:
        """Whether there is anything: texts leave out what is zero."""
        return bool(self.value)


@dataclass(frozen=True)
class Gap:
    """What only a person can write: a marked gap, never an invention."""

    hint: str

    def __str__(self) -> str:
        return f"〔请补充：{self.hint}〕"


@dataclass(frozen=True)
class Quoted:
    """Words of a ledger, with the page of the record that they are from."""

    text: str
    href: str

    def __str__(self) -> str:
        return self.text


Run = str | Counted | Gap | Quoted
Runs = Sequence[Run]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4, without its number: 一、（一）1.（1）are put before it."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph. `lead` is a run-in heading of the second level, with its stop and without its number."""

    runs: Runs
    lead: str = ""


@dataclass(frozen=True)
class Items:
    """A numbered list: 1. 2. 3., each a paragraph."""

    items: Sequence[Runs]


@dataclass(frozen=True)
class Grid:
    """A table: its cells are runs too."""

    head: Sequence[str]
    rows: Sequence[Sequence[Run]]
    caption: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture drawn from a table; where none can be drawn, the table stands in its place.

    The first column names, the others are counts. `stacked` puts them upon one another.
    """

    grid: Grid
    caption: str
    kind: Literal["bars", "lines"] = "bars"
    stacked: bool = False


Block = Heading | Text | Items | Grid | Chart


@dataclass(frozen=True)
class Attached:
    """An attachment bound with the paper."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Paper:
    """A paper with the elements of GB/T 9704 that it has. What is empty is left out."""

    kind: str
    """文种: 通报 报告 通知 函 纪要 …"""
    title: str
    issuers: Sequence[str]
    blocks: Sequence[Block]
    day: date
    """成文日期; for a draft the day of counting."""
    counted_on: date
    period: str = ""
    """In words: 2026年6月. With its days in the figure list."""
    addressees: Sequence[str] = ()
    number: str = ""
    mark: str = ""
    signatories: Sequence[str] = ()
    copied_to: Sequence[str] = ()
    issued_by: str = ""
    issue_date: date | None = None
    seal: bool = True
    form: Literal["document", "letter", "minutes", "plain"] = "document"
    """Plain: a sheet that a person signs, without a red head; the lines to sign stand in the text."""
    attachments: Sequence[Attached] = ()
    present: Sequence[str] = ()
    excused: Sequence[str] = ()
    observing: Sequence[str] = ()
    remarks: Sequence[str] = ()
    """What stands in the figure list beside the figures: an approval to name units, what was left out."""

    def all_blocks(self) -> Iterator[Block]:
        """Those of the text, then those of its attachments."""
        yield from self.blocks
        for attached in self.attachments:
            yield from attached.blocks

    def figures(self) -> list[Counted]:
        """Every figure once, in the order in which it is first read."""
        found: dict[tuple[str, str], Counted] = {}
        for run in runs_of(self.all_blocks()):
            if isinstance(run, Counted):
                found.setdefault((run.title, run.whole_rule), run)
        return list(found.values())

    def gaps(self) -> list[Gap]:
        """What is still to be written."""
        return [run for run in runs_of(self.all_blocks()) if isinstance(run, Gap)]


def runs_of(blocks: Iterable[Block]) -> Iterator[Run]:
    """Every run of the text, of lists and of tables, in order."""
    for block in blocks:
        if isinstance(block, Text):
            yield from block.runs
        elif isinstance(block, Items):
            for item in block.items:
                yield from item
        elif isinstance(block, Grid | Chart):
            yield from cells_of(block)


def cells_of(block: Grid | Chart) -> Iterator[Run]:
    """Every cell of a table."""
    grid = block if isinstance(block, Grid) else block.grid
    for row in grid.rows:
        yield from row


def plain(runs: Runs) -> str:
    """The text as printed."""
    return "".join(str(run) for run in runs)
