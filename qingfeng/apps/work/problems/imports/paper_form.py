"""A paper form on a worksheet: labels anywhere, what belongs to a label to its right and below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from qingfeng.apps.work.problems.imports.boxes import INSPECTION, Boxes
from qingfeng.apps.work.problems.imports.grids import Grid
from qingfeng.apps.work.problems.imports.model import Fault, ReadPart, ReadSheet
from qingfeng.apps.work.problems.imports.vocabulary import Vocabulary

Read = TypeVar("Read", bound=ReadPart)

_HEAD = re.compile(r"(填报单位|填报机构|编\s*号|填报时间|填报日期|填表时间)\s*(?:[(（]盖章[)）])?\s*[:：]")
_FILED_BY = re.compile(r"(?:^|\s)填报(?:单位|机构|部门)\s*(?:[(（]盖章[)）])?\s*(?:[:：]|$)")
_ABOVE = frozenset({"filing_body", "number", "filled_on"})
"""Boxes of the line above the table."""
_RECTIFICATION = ("整改措施", "完成情况", "问题单位")


@dataclass(frozen=True)
class PaperForm(Generic[Read]):
    """One of the papers: its labels, and what its boxes make."""

    words: Vocabulary
    telling: tuple[str, ...]
    """Boxes of which at least one is filled in on a form that is not blank."""
    reads: Callable[[Boxes, str], Iterable[Read]]

    def names(self, text: str) -> str:
        """The box of the form that this is the label of; empty when it is none."""
        box = self.words.box_named(text)
        return box if box in self.words.paper else ""


def papers(grid: Grid, form: PaperForm[Read]) -> Iterator[Read]:
    """The forms on this worksheet, one below the other; blank ones are passed over."""
    starts = _starts(grid, form)
    for first, last in zip(starts, [*starts[1:], len(grid.rows)], strict=True):
        yield from _paper(grid, first, last, form)


def is_rectification_form(grid: Grid) -> bool:
    """Attachment 3 instead of attachment 2."""
    words = {
        re.sub(r"\s", "", text).rstrip(":：")
        for row in range(len(grid.rows))
        for _c, text in grid.filled(row)
    }
    return sum(label in words for label in _RECTIFICATION) >= 2


def _starts(grid: Grid, form: PaperForm[Read]) -> list[int]:
    """Rows in which a form begins: each head line that names the filing body."""
    return [row for row in range(len(grid.rows)) if _is_head_line(grid, row, form)] or [0]


def _is_head_line(grid: Grid, row: int, form: PaperForm[Read]) -> bool:
    """Whether the filing body is named there, and not in the words of a box."""
    texts = [text for _column, text in grid.filled(row)]
    if not texts or form.names(texts[0]) not in {"", *_ABOVE}:
        return False
    return any(_FILED_BY.search(text) for text in texts)


def _paper(grid: Grid, first: int, last: int, form: PaperForm[Read]) -> Iterator[Read]:
    boxes = Boxes(grid.name, place=grid.place, words=form.words)
    labels = _labels(grid, first, last, form)
    beside = _beside(grid, labels)
    loose = [
        (row, column, text)
        for row in range(first, last)
        for column, text in grid.filled(row)
        if (row, column) not in beside
    ]
    for row, column, text in loose:
        _read_head(boxes, text, row, column)
    notes = {(row, column) for row, column, text in loose if _is_note(grid, row, text, last)}
    for box, row, column, below, right in labels:
        boxes.found.setdefault(box, (None, grid.place(row, column + 1)))
        for place in _places(grid, row, below, column + 1, right):
            if place in beside or not (_is_label(grid.text(*place), form) or place in notes):
                if place[0] == row and place not in beside and _label_inside(grid.text(*place), form):
                    continue  # “检查内容：…” in one cell, beside the inspectors
                boxes.put(box, grid.value(*place), *place)
    _read_inside(boxes, loose, form)
    if any(boxes.text(box) for box in form.telling):
        for read in form.reads(boxes, grid.place(first, 0)):
            yield replace(read, rows=tuple(range(first + 1, last + 1)))


def _labels(grid: Grid, first: int, last: int, form: PaperForm[Read]) -> list[tuple[str, int, int, int, int]]:
    """(box, row, column, row below its area, column right of its area) of each label."""
    found = [
        (box, row, column)
        for row in range(first, last)
        for column, text in grid.filled(row)
        if (box := form.names(text))
    ]
    rows = sorted({row for _b, row, _c in found})
    areas = []
    for box, row, column in found:
        below = next((other for other in rows if other > row), last)
        right = min((other for _b, at, other in found if at == row and other > column), default=10**4)
        areas.append((box, row, column, below, right))
    return areas


def _beside(grid: Grid, labels: list[tuple[str, int, int, int, int]]) -> set[tuple[int, int]]:
    """The cells right beside the labels of the table: what stands there was filled in, whatever it looks like."""
    found = set()
    for box, row, column, _below, right in labels:
        first = next((at for at, _text in grid.filled(row) if column < at < right), None)
        if first is not None and box not in _ABOVE:
            found.add((row, first))
    return found


def _places(grid: Grid, first: int, below: int, left: int, right: int) -> Iterator[tuple[int, int]]:
    for row in range(first, below):
        for column, _text in grid.filled(row):
            if left <= column < right:
                yield row, column


def _is_label(text: str, form: PaperForm[Read]) -> bool:
    return bool(form.names(text) or _HEAD.match(text))


def _is_note(grid: Grid, row: int, text: str, last: int) -> bool:
    """The title of the form that follows below, or a remark under the table."""
    is_title = text.endswith("台账") and row >= last - 2 and last < len(grid.rows)
    return is_title or text.startswith(("注：", "注:", "备注", "说明：", "填表说明"))


def _read_head(boxes: Boxes, text: str, row: int, column: int) -> None:
    """填报单位（盖章）：…　编号：（自检3号）　填报时间：… in one cell or in several."""
    heads = list(_HEAD.finditer(text))
    ends = [following.start() for following in heads[1:]] + [len(text)]
    for found, end in zip(heads, ends[: len(heads)], strict=True):
        value = text[found.end() : end].strip()
        box = boxes.words.box_named(found[1])
        if value and not (box == "number" and not value.strip("()（） ")):
            boxes.put(box, value.strip("()（）") if box == "number" else value, row, column)


def _label_inside(text: str, form: PaperForm[Read]) -> str:
    """The box whose label the cell begins with: “检查人员：林晓禾”."""
    label, mark, value = text.replace("：", ":", 1).partition(":")
    return form.names(label) if mark and value.strip() else ""


def _read_inside(boxes: Boxes, loose: list[tuple[int, int, str]], form: PaperForm[Read]) -> None:
    """A box whose label and words stand in one cell: “检查人员：林晓禾”."""
    for row, column, text in loose:
        box, value = _label_inside(text, form), text.replace("：", ":", 1).partition(":")[2]
        if box and not _HEAD.match(text) and not boxes.text(box):
            boxes.put(box, value.strip(), row, column)


def sheet_of(boxes: Boxes, place: str) -> ReadSheet:
    """The sheet that these boxes make, with all their faults."""
    boxes.check_words()
    terms = boxes.terms()
    read = ReadSheet(
        worksheet=boxes.worksheet,
        place=place,
        kind=boxes.kind(),
        stated_no=boxes.text("number").strip("()（） "),
        filing_body=boxes.text("filing_body"),
        filled_on=boxes.day("filled_on"),
        inspected_on=boxes.required_day("inspected_on"),
        inspected_unit=boxes.text("inspected_unit"),
        inspectors=boxes.text("inspectors"),
        method=boxes.method(),
        content=boxes.text("content"),
        due_date=terms[0][0] if len(terms) == 1 else None,
        problems=boxes.problems(),
        suggestions=boxes.suggestions(),
        cells=boxes.cells(),
    )
    faults, warnings = tuple(dict.fromkeys(boxes.faults)), tuple(dict.fromkeys(boxes.warnings))
    return replace(read, faults=faults, warnings=warnings)


INSPECTION_FORM = PaperForm(
    INSPECTION,
    ("inspected_unit", "inspectors", "content", "problems"),
    lambda boxes, place: [sheet_of(boxes, place)],
)
"""Attachment 2."""


def not_an_inspection_form(grid: Grid) -> Fault:
    """What is said of a worksheet that holds attachment 3."""
    return Fault(
        grid.name,
        "",
        _(
            "这是整改台账（附件3），这里只导入检查台账。请先导入检查台账，"
            "再到“问题与整改”页点“导入整改台账”，选同一个文件。"
        ),
    )
