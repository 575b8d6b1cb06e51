"""Text files: UTF-8 with or without mark, GB18030, UTF-16. Lines keep their physical numbers."""

import re

from qingfeng.planreader.lines import Line, fold
from qingfeng.planreader.ordinals import read_ordinal
from qingfeng.planreader.sources.unreadable import Unreadable
from qingfeng.planreader.sources.wrapped import rejoin

_RULED = re.compile(r"^\s*[|│┃].*[|│┃]\s*$")
_BORDER = re.compile(r"^[\s|│┃+\-:=─━┌┐└┘├┤┬┴┼]+$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def read(data: bytes, name: str) -> list[Line]:
    """The lines of a text file; rows of drawn or tab-separated tables keep their cells."""
    return lines_of(decode(data, name))


def lines_of(text: str) -> list[Line]:
    """Numbered lines of a text, wrapped paragraphs rejoined under the number of their first line."""
    lines: list[Line] = []
    table, in_table = 0, False
    for number, paragraph in rejoin(text.splitlines()):
        cells = split_cells(paragraph)
        if cells and not in_table:
            table += 1
        in_table = bool(cells) or (in_table and bool(_BORDER.match(paragraph)) and bool(paragraph.strip()))
        if cells:
            lines.append(Line(number, paragraph.rstrip(), cells, table))
        else:
            lines.append(Line(number, paragraph.rstrip()))
    return lines


def split_cells(text: str) -> tuple[str, ...]:
    """The cells of a table row drawn with bars or tabs; empty if the text is no row."""
    if _BORDER.match(text):
        return ()
    if _RULED.match(text):
        return tuple(cell.strip() for cell in re.split(r"[|│┃]", text.strip().strip("|│┃")))
    if text.count("\t") >= 1 and not text.startswith("\t"):
        cells = tuple(cell.strip() for cell in text.split("\t"))
        return cells if len(cells) >= 3 or (len(cells) == 2 and _is_label(cells[0])) else ()
    if text.count(" | ") >= 2:
        return tuple(cell.strip() for cell in text.split(" | "))
    return ()


def _is_label(text: str) -> bool:
    """Does the first of two cells read as the head of a row, not as a heading with a tab behind it?"""
    return len(text) <= 12 or (len(text) <= 30 and "。" not in text and read_ordinal(fold(text).text) is None)


def decode(data: bytes, name: str) -> str:
    """The text behind the bytes, whatever usual encoding they are in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16", name)
    if data.startswith(b"\xef\xbb\xbf"):
        return _decoded(data, "utf-8-sig", name)
    if b"\x00" in data:
        return _unmarked_utf16(data, name)
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _checked(text, name)
    raise Unreadable(f"“{name}”的编码认不出来，请另存为UTF-8或GB18030编码的文本后再读。")


def _unmarked_utf16(data: bytes, name: str) -> str:
    """UTF-16 without its mark shows in the zero half of its line ends; anything else with zeros is no text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        usual = sum(
            1
            for char in text
            if char < "\u0100" or "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
        )
        if usual * 10 >= len(text) * 9 and _CHINESE.search(text):
            return _checked(text, name)
    raise Unreadable(f"“{name}”不是文本文件，请选择.txt、.docx、.html或文字版.pdf。")


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return _checked(data.decode(encoding), name)
    except UnicodeDecodeError:
        raise Unreadable(f"“{name}”的编码有损坏，请重新另存为UTF-8文本后再读。") from None


def _checked(text: str, name: str) -> str:
    controls = sum(1 for char in text if ord(char) < 32 and char not in "\t\r\n\f\v")
    if controls * 50 > len(text) or "\x00" in text:
        raise Unreadable(f"“{name}”不是文本文件，请选择.txt、.docx、.html或文字版.pdf。")
    if text.count("\ufffd") * 50 > len(text):
        raise Unreadable(f"“{name}”里有大量乱码，请用原来的编码重新另存为UTF-8后再读。")
    if len(text) > 200 and not _CHINESE.search(text):
        raise Unreadable(f"“{name}”里没有中文，可能是编码不对或选错了文件，请核对后再读。")
    return text
