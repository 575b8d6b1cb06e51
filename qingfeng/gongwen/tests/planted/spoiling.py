"""Ways to spoil a paper in one point: while it is typed, or afterwards in a file of our renderer."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from qingfeng.gongwen.tests.planted import faultless as base
from qingfeng.gongwen.tests.planted.look import Draft, Role
from qingfeng.gongwen.tests.planted.word import build


def in_word(draft: Callable[[], Draft], spoil: Callable[[Draft], object]) -> Callable[[], bytes]:
    """The fault made by the clerk who types the paper."""

    def made() -> bytes:
        paper = draft()
        spoil(paper)
        return build(paper)

    return made


def in_ours(kind: str, spoil: Callable[[Any], object]) -> Callable[[], bytes]:
    """The fault made afterwards in a file of our renderer, as by somebody who changes it in Word."""

    def made() -> bytes:
        word = docx.Document(BytesIO(base.rendered(kind)))
        spoil(word)
        out = BytesIO()
        word.save(out)
        return out.getvalue()

    return made


def paper(**said: object) -> Callable[[Draft], None]:
    """Other words or pieces in the paper."""
    return lambda draft: draft.paper.__dict__.update(said)


def page(**said: float) -> Callable[[Draft], None]:
    """Other measures of the page."""
    return lambda draft: draft.page.__dict__.update(said)


def role(key: str, **said: object) -> Callable[[Draft], None]:
    """Another look of one element."""
    return lambda draft: draft.roles[key].__dict__.update(said)


def numbering(**said: object) -> Callable[[Draft], None]:
    """Other page numbers."""
    return lambda draft: draft.numbering.__dict__.update(said)


def switch(**said: bool) -> Callable[[Draft], None]:
    """An element left out or out of its place."""
    return lambda draft: draft.__dict__.update(said)


def body(old: str, new: str) -> Callable[[Draft], None]:
    """Other words in one paragraph of the body."""

    def spoil(draft: Draft) -> None:
        at = next(at for at, item in enumerate(draft.paper.body) if old in item[1])
        key, lead, rest = draft.paper.body[at]
        draft.paper.body[at] = (key, lead.replace(old, new), rest)

    return spoil


def body_role(at: int, key: str, look: Role) -> Callable[[Draft], None]:
    """One paragraph of the body in another look."""

    def spoil(draft: Draft) -> None:
        draft.paper.body[at] = (key, *draft.paper.body[at][1:])
        draft.roles[key] = look

    return spoil


def annex_label(text: str) -> Callable[[Draft], None]:
    """Another form of the words above the first attachment."""

    def spoil(draft: Draft) -> None:
        draft.paper.annexes[0].label = text

    return spoil


def retext(old: str, new: str) -> Callable[[Any], None]:
    """The words of one run changed; the run must be there, and once only."""

    def spoil(word: Any) -> None:
        texts = [text for text in word.element.body.iter(qn("w:t")) if text.text == old]
        assert len(texts) == 1, (old, len(texts))
        texts[0].text = new

    return spoil


def runs_of(word: Any, start: str) -> list[Any]:
    """The runs of the paragraph that begins so."""
    found = [paragraph for paragraph in word.paragraphs if paragraph.text.startswith(start)]
    assert len(found) == 1, (start, len(found))
    return list(found[0].runs)


def recolour(start: str, colour: str) -> Callable[[Any], None]:
    """A paragraph in another colour."""

    def spoil(word: Any) -> None:
        for run in runs_of(word, start):
            run._r.rPr.find(qn("w:color")).set(qn("w:val"), colour)

    return spoil


def margin(word: Any, name: str, millimetres: float) -> None:
    """One margin of every section."""
    for part in word.element.body.iter(qn("w:pgMar")):
        part.set(qn(f"w:{name}"), str(round(millimetres * 56.6929)))


def no_narrowing(word: Any) -> None:
    """Neither the grid nor the runs draw the characters together."""
    for grid in word.element.body.iter(qn("w:docGrid")):
        grid.attrib.pop(qn("w:charSpace"), None)
        grid.set(qn("w:type"), "lines")
    styles = word.styles.element.iter(qn("w:rPr"))
    for properties in [*word.element.body.iter(qn("w:rPr")), *styles]:
        for spacing in properties.findall(qn("w:spacing")):
            properties.remove(spacing)


def no_dashes(word: Any) -> None:
    """The page's number stands bare."""
    for footer in (word.sections[0].footer, word.sections[0].even_page_footer):
        for text in footer._element.iter(qn("w:t")):
            text.text = text.text.replace("— ", "").replace(" —", "")


def no_red_rule(word: Any) -> None:
    """The red border is taken from under the number."""
    for edges in list(word.element.body.iter(qn("w:pBdr"))):
        if any(edge.get(qn("w:color")) == "FF0000" for edge in edges):
            edges.getparent().remove(edges)
            return
    raise AssertionError("no red rule to take away")


def annex_runs_on(word: Any) -> None:
    """The first attachment follows the signature on the same page."""
    breaks = list(word.element.body.iter(qn("w:pageBreakBefore")))
    hard = [piece for piece in word.element.body.iter(qn("w:br")) if piece.get(qn("w:type")) == "page"]
    first = (breaks or hard)[0]
    first.getparent().remove(first)


def both(*ways: Callable[[Draft], None]) -> Callable[[Draft], None]:
    """One fault that touches two looks, as when a whole block is set in one size."""

    def spoil(draft: Draft) -> None:
        for way in ways:
            way(draft)

    return spoil
