"""Paper forms as data: title, head line, ruled grid. Page, Excel and Word are drawn from this one description.

Lengths are millimetres on A4, font sizes points. Source of the layouts: RULES §9.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

TITLE_FONT = "方正小标宋简体"
TITLE_FALL_BACKS = ("方正小标宋_GBK", "华文中宋", "STZhongsong", "宋体", "SimSun")
BODY_FONT = "仿宋_GB2312"
BODY_FALL_BACKS = ("仿宋", "FangSong", "华文仿宋", "STFangsong", "宋体", "SimSun")
TITLE_SIZE = 20.0
HEAD_LINE_SIZE = 10.5
TALL = 28.0
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without what neither Excel nor Word can hold (control characters, halves of pairs)."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True)
class Run:
    """A stretch of text. On the page it may be a link with a hint; on paper it is text."""

    text: str
    link: str = ""
    hint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printable(self.text))


@dataclass(frozen=True)
class Cell:
    """A box of the form, over `span` columns of the grid. A label is printed on the form, the rest is filled in."""

    runs: tuple[Run, ...]
    span: int = 1
    label: bool = False
    centred: bool = False
    tool: Run | None = None
    """What may be done with the box, on the page only."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Row:
    """A row of boxes, at least `height` high; it grows with its text."""

    cells: tuple[Cell, ...]
    height: float = 10.0
    repeated: bool = False
    """Printed again where the table runs onto another page."""

    @property
    def tall(self) -> bool:
        """A box to write in freely: its text begins at the top."""
        return self.height >= TALL


@dataclass(frozen=True)
class Page:
    """One sheet of paper: title, the line above the table, the table."""

    title: str
    head_line: tuple[Cell, ...]
    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    font_size: float = 14.0
    note: str = ""

    def __post_init__(self) -> None:
        for row in (self.head_line, *(row.cells for row in self.rows)):
            if sum(cell.span for cell in row) != len(self.columns):
                raise ValueError(
                    f"{self.title}: the boxes of a row do not fill its {len(self.columns)} columns"
                )

    @property
    def widths(self) -> tuple[float, ...]:
        """The columns as percentages, for the page on the screen."""
        return tuple(round(100 * width / sum(self.columns), 2) for width in self.columns)


@dataclass(frozen=True)
class Form:
    """A form ready to be shown or printed: one page or several, all portrait or all landscape."""

    name: str
    """Names the file and the worksheet: 检查台账."""
    pages: tuple[Page, ...] = field(default_factory=tuple)
    landscape: bool = False


def text_cell(text: str, span: int = 1, *, centred: bool = False) -> Cell:
    """A box that was filled in."""
    return Cell((Run(text),), span, centred=centred)


def label(text: str, span: int = 1) -> Cell:
    """A box printed on the form."""
    return Cell((Run(text),), span, label=True, centred=True)


def together(name: str, forms: Sequence[Form]) -> Form:
    """Several forms of one kind as one file, a page each."""
    return Form(
        name, tuple(page for form in forms for page in form.pages), any(form.landscape for form in forms)
    )


def paper_date(day: date | None) -> str:
    """2026年6月20日, or room to write it by hand."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　年　　月　　日"
