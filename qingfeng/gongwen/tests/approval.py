"""Ten papers of the corpus as somebody approved them: a picture of each page, and where each line of text stands.

`python -m qingfeng.gongwen.tests.approval` draws them anew; look at the pictures in `approved/` before committing them.

The pictures hold for the faces of the machine on which they were drawn. Where other faces print the same paper, letters
look otherwise: then the lines are compared, their number, their places and their words, and never nothing.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from qingfeng.gongwen import pdf, read_source
from qingfeng.gongwen.service import render_documents
from qingfeng.gongwen.tests import measuring, pictures
from qingfeng.gongwen.tests.sources import corpus

APPROVED = Path(__file__).parent / "approved"
NAMES = (
    "通知-版记", "长标题", "三十个主送", "联合三家版头", "签发人3", "函12", "纪要18", "密级", "附件横排", "长抄送",
)  # fmt: skip
DOWN, ASIDE = 1.2, 6.0
"""Millimetres by which a line of other faces may stand lower, or begin more left or right (centred lines do)."""


def faces(printed: bytes) -> list[str]:
    """The faces that a PDF was printed with, without the marks of their subsets."""
    found = set()
    for page in PdfReader(io.BytesIO(printed)).pages:
        fonts: Any = page["/Resources"].get("/Font", {})  # type: ignore[attr-defined]
        for font in fonts.values():
            found.add(str(font.get_object()["/BaseFont"]).removeprefix("/").split("+")[-1])
    return sorted(found)


def lines(printed: bytes) -> list[list[list[Any]]]:
    """Down, left and words of every line, page by page; blanks left out."""
    return [
        [[round(line.down, 1), round(line.left, 1), "".join(line.text.split())] for line in page]
        for page in measuring.pages(printed)
    ]


def approve(name: str, printed: bytes) -> None:
    """Keeps a paper as it is now."""
    for old in APPROVED.glob(f"{name}-*.png"):
        old.unlink()
    for number, picture in enumerate(pictures.pages(printed), start=1):
        (APPROVED / f"{name}-{number}.png").write_bytes(pictures.to_png(picture))
    told = {"faces": faces(printed), "lines": lines(printed)}
    (APPROVED / f"{name}.json").write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", "utf-8")


def departures(name: str, printed: bytes) -> list[str]:
    """In what a paper departs from the approved one; by its pictures, or by its lines where other faces print it."""
    told = json.loads((APPROVED / f"{name}.json").read_text("utf-8"))
    if pictures.can_draw() and faces(printed) == told["faces"]:
        return _by_pictures(name, printed)
    return _by_lines(told["lines"], lines(printed))


def _by_pictures(name: str, printed: bytes) -> list[str]:
    drawn = pictures.pages(printed)
    kept = [APPROVED / f"{name}-{number}.png" for number in range(1, len(drawn) + 1)]
    if len(list(APPROVED.glob(f"{name}-*.png"))) != len(drawn):
        return [f"{len(drawn)} pages instead of {len(list(APPROVED.glob(f'{name}-*.png')))}"]
    shares = [
        pictures.difference(picture, pictures.from_png(path.read_bytes()))
        for picture, path in zip(drawn, kept, strict=True)
    ]
    return [
        f"page {number} differs in {share:.1%} of its squares"
        for number, share in enumerate(shares, start=1)
        if share > pictures.MOST_APART
    ]


def _by_lines(approved: list[list[list[Any]]], now: list[list[list[Any]]]) -> list[str]:
    if len(approved) != len(now):
        return [f"{len(now)} pages instead of {len(approved)}"]
    found = []
    for number, (before, after) in enumerate(zip(approved, now, strict=True), start=1):
        if "".join(line[2] for line in before) != "".join(line[2] for line in after):
            found.append(f"page {number} holds other words")
        elif len(before) != len(after):
            found.append(f"page {number} has {len(after)} lines instead of {len(before)}")
        else:
            found += [
                f"page {number}: “{one[2][:12]}” stands at {two[0]}, {two[1]} instead of {one[0]}, {one[1]}"
                for one, two in zip(before, after, strict=True)
                if abs(one[0] - two[0]) > DOWN or abs(one[1] - two[1]) > ASIDE
            ]
    return found


def main() -> int:
    """Approves the ten papers as they are printed now."""
    if pdf.office() is None or not pictures.can_draw():
        print("LibreOffice and pdftoppm are needed to draw the pages.", file=sys.stderr)
        return 2
    sources = dict(corpus())
    APPROVED.mkdir(exist_ok=True)
    made = render_documents([read_source(sources[name]) for name in NAMES], as_pdf=True)
    for name, paper in zip(NAMES, made, strict=True):
        assert paper.pdf is not None
        approve(name, paper.pdf)
    print(f"{len(NAMES)} papers approved in {APPROVED}: look at them before you commit them.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
