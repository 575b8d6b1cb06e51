"""How offices set their papers in Word or WPS: page, faces and sizes by element, and the manners they differ in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qingfeng.gongwen.tests.planted.papers import Paper

PITCH = 15.79
"""Points from character to character: 156 mm ÷ 28."""
RED = "FF0000"


@dataclass
class Page:
    """Paper and margins in millimetres, lines and characters."""

    width: float = 210
    height: float = 297
    top: float = 37
    bottom: float = 35
    left: float = 28
    right: float = 26
    line: float = 28.95
    narrowed: bool = True
    """Characters are drawn together so that 28 of them fit a line."""


@dataclass
class Role:
    """The looks of one element; `face` is a key of Manner.faces or a font's own name."""

    face: str = "fang"
    size: float = 16
    align: str = "both"
    first: float = 0
    left: float = 0
    right: float = 0
    colour: str = ""
    line: float = 0
    before: float = 0


GB_FACES = {
    "song": "方正小标宋简体",
    "fang": "仿宋_GB2312",
    "kai": "楷体_GB2312",
    "hei": "黑体",
    "sim": "宋体",
}
WPS_FACES = GB_FACES | {"fang": "仿宋", "kai": "楷体"}


@dataclass
class Manner:
    """In what an office's way with Word differs from another's, all by the standard."""

    styles: bool = True
    """Named styles; else every paragraph is formatted by hand."""
    exact: bool = False
    """Fixed line spacing; else the lines snap to the document grid."""
    by_runs: bool = False
    """Characters narrowed by the spacing of the runs; else by the document grid."""
    head: str = "lines"
    """Copy number, secrecy and urgency as lines or in a text box."""
    rule: str = "border"
    """The red rule as a paragraph's border or drawn."""
    in_chars: bool = True
    """Indents in characters (firstLineChars) as well as in twips."""
    sign: str = "tabs"
    """Signature placed by tabs, spaces or indents."""
    imprint: str = "table"
    """Imprint as a table or as ruled paragraphs in a frame."""
    number_table: bool = False
    """Number and signatory in the two cells of a table without lines."""
    simple_field: bool = False
    """The page's number as fldSimple; else as a field in three parts."""
    faces: dict[str, str] = field(default_factory=lambda: dict(GB_FACES))


@dataclass
class Numbering:
    """The page numbers at the foot."""

    shown: bool = True
    dashes: bool = True
    odd: str = "right"
    even: str = "left"
    size: float = 14


def roles() -> dict[str, Role]:
    """Every element as the standard wants it."""
    text = Role()
    indented = replace(text, first=2)
    imprint = Role(size=14, align="left", left=1, right=1)
    return {
        "copy": replace(text, align="left"),
        "secrecy": Role(face="hei", align="left"),
        "urgency": Role(face="hei", align="left"),
        "mark": Role(face="song", size=36, align="center", colour=RED, line=40, before=12.35),
        "number": replace(text, align="center"),
        "signer": Role(face="kai"),
        "title": Role(face="song", size=22, align="center"),
        "addressee": replace(text, align="left"),
        "body": indented,
        "h1": Role(face="hei", first=2),
        "h2": Role(face="kai", first=2),
        "h3": indented,
        "note": replace(text, align="left", first=2),
        "sign": replace(text, align="left"),
        "remark": indented,
        "annex": Role(face="hei", align="left"),
        "annex_title": Role(face="song", size=22, align="center"),
        "present": Role(face="hei", first=2),
        "imprint": imprint,
        "imprint_last": replace(imprint),
    }


@dataclass
class Draft:
    """One paper in one office's manner, before it becomes a file; a fault changes one thing of it."""

    paper: Paper
    manner: Manner = field(default_factory=Manner)
    page: Page = field(default_factory=Page)
    roles: dict[str, Role] = field(default_factory=roles)
    numbering: Numbering = field(default_factory=Numbering)
    red_rule: bool = True
    date_at_left: bool = False
    date_first: bool = False
    annex_on_new_page: bool = True


def width(text: str) -> float:
    """In characters: a full one counts 1, a letter or digit ½."""
    return sum(0.5 if ord(sign) < 0x100 else 1 for sign in text)
