"""Paper, margins, grid, page numbers, and what a file may not carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingfeng.gongwen.check.departures import Departure
from qingfeng.gongwen.check.elements import Elements
from qingfeng.gongwen.check.facts import Para, Sheet
from qingfeng.gongwen.standard import (
    BOTTOM,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_BODY,
    SIZE_IMPRINT,
    TOP,
)

MARGIN_TOLERANCE = 1.2
"""Millimetres: the standard allows one, rounding a little."""
WIDE_TOLERANCE = 2.1
"""For right and lower margins, which follow from the type area."""
PITCHES = (28.0, 29.3)
"""Points between lines that give 22 on a page."""
CELLS = (15.6, 15.9)
"""Points from letter to letter that give 28 in a line."""


def paper(found: Elements) -> Iterator[Departure]:
    """5.1, 5.2.1: A4, margins 37 and 28 mm, type area 156 × 225 mm."""
    upright = next((sheet for sheet in found.facts.sheets if sheet.width <= sheet.height), None)
    if upright is None:
        yield Departure("paper-turned", "5.1", "页面", "全文为横向", "正文用纵向 A4 纸，宽表另用横向页")
        return
    if abs(upright.width - PAGE_WIDTH) > 1 or abs(upright.height - PAGE_HEIGHT) > 1:
        size = f"{upright.width:.0f}×{upright.height:.0f} 毫米"
        yield Departure("paper-size", "5.1", "页面", f"纸张为{size}", "用 A4 纸，210×297 毫米")
        return
    for name, value, wanted, tolerance in (
        ("上白边（天头）", upright.top, TOP, MARGIN_TOLERANCE),
        ("左白边（订口）", upright.left, LEFT, MARGIN_TOLERANCE),
        ("右白边", upright.right, RIGHT, WIDE_TOLERANCE),
        ("下白边", upright.bottom, BOTTOM, WIDE_TOLERANCE),
    ):
        if abs(value - wanted) > tolerance:
            yield Departure(
                f"margin-{name[0]}",
                "5.2.1",
                f"页边距·{name}",
                f"为{value:.1f}毫米",
                f"{wanted}毫米，使版心为156×225毫米",
            )


def grid(found: Elements) -> Iterator[Departure]:
    """5.2.3: 22 lines a page, 28 characters a line."""
    text = _plain_text(found)
    if not text:
        return
    sheet = found.facts.sheets[0]
    pitches = [_pitch(para, sheet) for para in text]
    off = [pitch for pitch in pitches if pitch and not PITCHES[0] <= pitch <= PITCHES[1]]
    if len(off) * 2 > len(pitches):
        yield Departure(
            "lines",
            "5.2.3",
            "正文行距",
            f"每行约{_usual(off):.1f}磅，每面不是22行",
            "行距固定值28.95磅（或文档网格每页22行）",
        )
    elif off:
        para = next(p for p, pitch in zip(text, pitches, strict=True) if pitch in off)
        yield Departure(
            "lines", "5.2.3", place(para), f"行距为{off[0]:.1f}磅，与全文不一", "行距固定值28.95磅"
        )
    widths = [width for para in text if (width := _cell(para, sheet))]
    wide = [width for width in widths if not CELLS[0] <= width <= CELLS[1]]
    if len(wide) * 2 > len(widths):
        yield Departure(
            "characters",
            "5.2.3",
            "正文字距",
            f"每字约{_usual(wide):.2f}磅，每行不是28字",
            "字间距紧缩0.25磅（或文档网格每行28字）",
        )


def _usual(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _plain_text(found: Elements) -> list[Para]:
    return [para for para in found.body if para.main and len(para.words) > 15]


def _pitch(para: Para, sheet: Sheet) -> float:
    """Points from line to line; 0 when it cannot be told."""
    if para.line_rule in {"exact", "exactly"}:
        return para.line
    if para.line_rule == "atLeast" and para.line:
        return max(para.line, sheet.pitch if sheet.grid else 0)
    times = para.line or 1.0
    if sheet.grid and sheet.pitch:
        size = para.main.size if para.main else SIZE_BODY
        rows = 1 if size * 1.3 <= sheet.pitch else 2
        return times * sheet.pitch * rows
    return times * (para.main.size if para.main else SIZE_BODY) * 1.3


def _cell(para: Para, sheet: Sheet) -> float:
    look = para.main
    if look is None or abs(look.size - SIZE_BODY) > 0.1:
        return 0.0
    extra = sheet.character_space if sheet.grid in {"linesAndChars", "snapToChars"} else 0.0
    return look.size + look.squeeze + extra


def page_numbers(found: Elements) -> Iterator[Departure]:
    """7.5: — 1 —, size 4, SimSun, odd pages right and even pages left, one character in."""
    sheet = found.facts.sheets[0]
    odd, even = _number_line(sheet.footers["odd"]), _number_line(sheet.footers["even"])
    if odd is None:
        if not found.letter:
            yield Departure("page-number", "7.5", "页码", "没有页码", "版心下边缘之下编排页码“— 1 —”")
        return
    sides: list[tuple[str, str, Para]] = []
    if not found.facts.odd_and_even or even is None:
        yield Departure(
            "page-number-sides",
            "7.5",
            "页码",
            "单双页没有分开编排",
            "勾选“奇偶页不同”，单页码居右、双页码居左",
        )
    else:
        sides = [("单页码", "right", odd), ("双页码", "left", even)]
    for name, side, para in sides:
        if _side(para) != side:
            wanted = "居右空一字" if side == "right" else "居左空一字"
            yield Departure("page-number-sides", "7.5", f"页码·{name}", "左右位置不对", wanted)
    yield from _first_number(found)
    yield from _number_look(odd)


def _first_number(found: Elements) -> Iterator[Departure]:
    """10.1: a letter shows no number on its first page; 7.5: any other paper does."""
    sheet = found.facts.sheets[0]
    shown = not sheet.title_page or _number_line(sheet.footers["first"]) is not None
    if found.letter and shown:
        yield Departure(
            "page-number-first", "10.1", "页码·首页", "信函首页显示了页码", "勾选“首页不同”，首页不显示页码"
        )
    elif not found.letter and not shown:
        yield Departure("page-number-first", "7.5", "页码·首页", "首页没有页码", "首页同样编排页码“— 1 —”")


def _number_look(para: Para) -> Iterator[Departure]:
    look = para.main
    if look and look.size and abs(look.size - SIZE_IMPRINT) > 0.6:
        yield Departure(
            "page-number-size", "7.5", "页码", f"字号为{look.size:g}磅", "四号（14磅）半角宋体阿拉伯数字"
        )
    shown = re.sub(r"\s", "", para.text)
    if not re.match(r"^[—–－\-一].*[—–－\-一]$", shown):
        yield Departure(
            "page-number-dash", "7.5", "页码", f"写作“{para.words}”", "数字左右各放一条一字线：“— 1 —”"
        )
    elif not shown.startswith("—"):
        yield Departure(
            "page-number-dash", "7.5", "页码", f"数字两侧是“{shown[0]}”", "数字左右各放一条一字线：“— 1 —”"
        )


def _number_line(paragraphs: tuple[Para, ...]) -> Para | None:
    return next((para for para in paragraphs if re.search(r"\d", para.words)), None)


def _side(para: Para) -> str:
    if para.align in {"right", "left", "center"}:
        return para.align
    return "left"


def file_contents(found: Elements) -> Iterator[Departure]:
    """What an official file must not carry."""
    facts = found.facts
    if facts.macros:
        yield Departure("macro", "—", "文件", "含有宏", "另存为不含宏的 .docx")
    if facts.external_links:
        yield Departure(
            "external",
            "—",
            "文件",
            f"引用了外部文件（{len(facts.external_links)}处）",
            "把图片等内容直接插入文件",
        )
    if facts.embedded_fonts:
        yield Departure(
            "embedded-font", "—", "文件", "嵌入了字体", "取消“将字体嵌入文件”，商用字体不得随文散发"
        )


def place(para: Para) -> str:
    """Where a paragraph is: its number and first words."""
    start = para.words[:12]
    return f"第{para.at + 1}段“{start}{'…' if len(para.words) > 12 else ''}”"
