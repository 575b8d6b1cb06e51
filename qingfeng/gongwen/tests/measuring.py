"""Reads text positions from a PDF, to prove on paper what the file promises."""

from __future__ import annotations

import io
from typing import NamedTuple

from pypdf import PdfReader

POINT = 25.4 / 72


class Line(NamedTuple):
    """A line of text: millimetres of its base line from the page's upper edge and of its left end, and its letters."""

    down: float
    left: float
    text: str


def pages(pdf: bytes) -> list[list[Line]]:
    """Lines of every page, from top to bottom."""
    return [_lines(page) for page in PdfReader(io.BytesIO(pdf)).pages]


def _lines(page: object) -> list[Line]:
    height = float(page.mediabox.height)  # type: ignore[attr-defined]
    found: dict[int, list[tuple[float, float, str]]] = {}

    def note(text: str, _user: list[float], matrix: list[float], _font: object, _size: float) -> None:
        if text.strip("\n"):
            found.setdefault(round(matrix[5] / 3), []).append((matrix[4], matrix[5], text.replace("\n", "")))

    page.extract_text(visitor_text=note)  # type: ignore[attr-defined]
    lines = []
    for pieces in found.values():
        pieces.sort()
        text = "".join(piece for *_, piece in pieces)
        if text.strip():
            lines.append(Line((height - pieces[0][1]) * POINT, pieces[0][0] * POINT, text))
    return sorted(lines)


def in_type_area(lines: list[Line]) -> list[Line]:
    """Lines above the lower margin: page numbers left out."""
    return [line for line in lines if line.down < 297 - 35 + 1]
