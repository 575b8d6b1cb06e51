"""The parts of a Word or Excel file, every one of them: what is no text is named, what cannot be read is refused.

Elements are known by their local names (ECMA-376), so that the strict spelling and the other makers' are read too.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree

from qingfeng.apps.base.documents.publishing.contents import (
    Part,
    Piece,
    Row,
    Unreadable,
    table_parts,
    text_parts,
)
from qingfeng.apps.base.documents.publishing.worksheets import shared_strings, sheet_parts, texts_of

LARGEST_PART = 80_000_000
"""Bytes of one unpacked part that is read; a larger one is refused, not passed over."""
LARGEST_WHOLE = 250_000_000
MOST_PARTS = 2_000
_ELSEWHERE = "文件的其他部分"
_MAY_TELL = re.compile(rb"[\x80-\xff]|&#|%[0-9A-F]|[0-9](?:[^0-9<>\"']{0,3}[0-9]){10}")
"""Styles and the like are looked through when they hold a letter that is not Latin, or eleven digits together."""
_LONG_NUMBER = re.compile(r"[0-9](?:[^0-9]{0,3}[0-9]){10}")
MEASURES_AND_FONTS = re.compile(r"/(?:styles\w*|theme\d*|fontTable|numbering|webSettings)\.xml$")
DEEPEST = 3
"""Files within files."""
PICTURES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
    ".wdp",
    ".webp",
    ".jfif",
)
PICTURE = "图片名称"
"""The place of a picture's name."""
_TEXTS = (".htm", ".html", ".mht", ".mhtml", ".txt", ".csv")
_IGNORED = re.compile(r".*printerSettings\d*\.bin|.*\.(?:ttf|otf|odttf|fntdata)|.*/", re.IGNORECASE)

PLACES = (
    (r"word/document\.xml", "正文"),
    (r"word/header\d*\.xml", "页眉"),
    (r"word/footer\d*\.xml", "页脚"),
    (r"word/(?:foot|end)notes\.xml", "脚注"),
    (r"word/comments.*\.xml", "批注"),
    (r"word/settings\.xml", "文档设置和变量"),
    (r"docProps/.*\.xml", "文件属性"),
    (r"customXml/.*\.xml", "文件属性"),
    (r"xl/comments.*\.xml|xl/threadedComments/.*\.xml|xl/drawings/.*\.vml", "批注"),
    (r"xl/workbook\.xml", "工作表名称"),
    (r"(?:xl|word)/(?:drawings|charts)/.*\.xml", "图形和图表"),
    (r"xl/(?:externalLinks|queryTables|connections|pivotCache|tables).*", "外部数据"),
    (r".*\.rels", "链接地址"),
)  # fmt: skip


def package_parts(content: bytes, within: str = "", depth: int = 0) -> Iterator[Part]:
    """What an office file says, part by part."""
    package, infos = _opened(content)
    by_name = {info.filename: info for info in infos}
    shared = (
        shared_strings(_root(package, by_name["xl/sharedStrings.xml"]))
        if "xl/sharedStrings.xml" in by_name
        else []
    )
    used: set[int] = set()
    sheets = _sheet_names(package, by_name)
    for info in infos:
        name = info.filename
        if re.fullmatch(r"xl/worksheets/[^/]*\.xml", name):
            title = sheets.get(name, f"第{re.sub(r'[^0-9]', '', name) or '1'}张表")
            yield from _placed(sheet_parts(_root(package, info), shared, used, title), within)
        elif name != "xl/sharedStrings.xml":
            yield from _part(package, info, within, depth)
    yield from (
        Piece(f"{within}没有显示的文字", text)
        for at, text in enumerate(shared)
        if at not in used and text.strip()
    )


def _opened(content: bytes) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as trouble:
        raise Unreadable("文件已损坏，不能核对；请用 Word、Excel 或 WPS 打开后另存") from trouble
    infos = package.infolist()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_WHOLE:
        raise Unreadable("文件过大，不能核对；请拆成几份")
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable("文件有密码，不能核对；请取消密码后另存")
    if any(info.filename.endswith("vbaProject.bin") for info in infos):
        raise Unreadable("文件含有宏，不能公开；请另存为不含宏的 .docx 或 .xlsx")
    if not any(info.filename == "[Content_Types].xml" for info in infos):
        raise Unreadable("不是 Word 或 Excel 文件，不能核对；压缩包请解开，其他格式请另存为 .docx 或 .xlsx")
    return package, infos


def _sheet_names(package: zipfile.ZipFile, by_name: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The name on the tab of each sheet, by the part that holds it."""
    book, links = by_name.get("xl/workbook.xml"), by_name.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in _root(package, links)}
    found = {}
    for sheet in _root(package, book).iter("sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        state = "" if sheet.get("state", "visible") == "visible" else "（隐藏）"
        found["xl/" + targets.get(key, "").removeprefix("/").removeprefix("xl/")] = (
            f"工作表“{sheet.get('name')}”{state}"
        )
    return found


def _part(package: zipfile.ZipFile, info: zipfile.ZipInfo, within: str, depth: int) -> Iterator[Part]:
    name = info.filename
    ending = "." + name.rpartition(".")[2].lower()
    place = within + next((place for pattern, place in PLACES if re.fullmatch(pattern, name)), _ELSEWHERE)
    if ending in PICTURES:
        yield Piece(
            within + ("缩略图名称" if name.startswith("docProps/") else PICTURE),
            unquote(name.rpartition("/")[2]),
        )
    elif ending in _TEXTS:
        yield from text_parts(_content(package, info), name, f"{within}插入的文件")
    elif MEASURES_AND_FONTS.search(name):
        yield from _placed(_words_in(_content(package, info)), place)
    elif name.endswith((".xml", ".rels", ".vml", ".svg")):
        yield from _placed(_xml_parts(_root(package, info)), place)
    elif _IGNORED.fullmatch(name) and _content(package, info)[:2] != b"PK":
        return
    else:
        yield from _file_within(_content(package, info), name, within, depth)


def _words_in(part: bytes) -> Iterator[Piece]:
    """Names of styles and fonts: large parts in which one word in ten thousand may tell something."""
    try:
        words = re.findall(r"[^<>\"']{2,}", part.decode("utf-8-sig"))
    except UnicodeDecodeError as trouble:
        raise Unreadable("文件结构异常，不能核对；请用 Word、Excel 或 WPS 打开后另存") from trouble
    for word in words:
        if "&#" in word or not word.isascii() or len(word) > 10 and _LONG_NUMBER.search(word):
            yield Piece("", html.unescape(word))


def tells_nothing(part: bytes) -> bool:
    """No letter but Latin ones and no long number: styles, themes and fonts mostly."""
    return _MAY_TELL.search(part) is None


def _file_within(content: bytes, name: str, within: str, depth: int) -> Iterator[Part]:
    yield Piece(f"{within}嵌入的文件名", unquote(name.rpartition("/")[2]))
    if content[:2] != b"PK" or depth >= DEEPEST:
        raise Unreadable(
            f"{within}含有不能核对的嵌入对象（{name.rpartition('/')[2][-30:]}）；请删去对象，或改贴为文字、表格"
        )
    yield from package_parts(content, f"{within}嵌入的文件里：", depth + 1)


def _placed(parts: Iterator[Part], place: str) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Piece):
            yield Piece(place + part.place, part.text)
        else:
            yield Row(tuple(type(cell)(place + cell.place, cell.text, cell.heading) for cell in part.cells))


def _content(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > LARGEST_PART:
        raise Unreadable("文件过大，不能核对；请拆成几份")
    try:
        return package.read(info)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as trouble:
        raise Unreadable("文件已损坏，不能核对；请用 Word、Excel 或 WPS 打开后另存") from trouble


def _root(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> ElementTree.Element:
    return parsed(_content(package, info))


def parsed(content: bytes) -> ElementTree.Element:
    """An XML part, its elements by their local names; attributes keep their own."""
    if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
        raise Unreadable("文件结构异常，不能核对；请用 Word、Excel 或 WPS 打开后另存")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 — entities are refused above
    except (ElementTree.ParseError, ValueError) as trouble:
        raise Unreadable("文件已损坏，不能核对；请用 Word、Excel 或 WPS 打开后另存") from trouble
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


_WRITTEN = frozenset({"t", "delText", "instrText", "delInstrText"})
"""Text, deleted text that a reader can bring back, and what fields hold."""
_PARTS_THE_TEXT = {"tab": "\t", "br": "\n", "cr": "\n"}


def _xml_parts(root: ElementTree.Element) -> Iterator[Part]:
    """Tables by rows, paragraphs and comments over all their runs, then whatever else holds words."""
    told: set[int] = set()
    for number, table in enumerate(root.iter("tbl"), start=1):
        yield from table_parts(_word_rows(table, f"表格{number}"))
        told |= {id(p) for cell in table.iter("tc") for p in cell.iter("p")}
    yield from _paragraphs(root, told)
    for comment in root.iter("comment"):
        yield Piece("", "".join(part.text or "" for part in comment.iter("t")))
    in_runs = {
        id(part)
        for kind in ("p", "comment")
        for one in root.iter(kind)
        for part in one.iter()
        if part.tag in _WRITTEN
    }
    yield from texts_of(root, told=in_runs)


def _paragraphs(root: ElementTree.Element, told: set[int]) -> Iterator[Piece]:
    digits: list[str] = []
    for number, paragraph in enumerate(root.iter("p"), start=1):
        text = _own_text(paragraph)
        if id(paragraph) in told or not text.strip():
            continue
        yield Piece(f"第{number}段", text)
        if re.fullmatch(r"[\s\d０-９Xx\-]{1,20}", text):
            digits.append(text)
        else:
            yield from _down_the_page(digits)
            digits = []
    yield from _down_the_page(digits)


def _down_the_page(digits: list[str]) -> Iterator[Piece]:
    """A number set with a digit or a group in each paragraph."""
    if len(digits) > 1:
        yield Piece("竖排的数字", " ".join(digits))


def _own_text(paragraph: ElementTree.Element) -> str:
    """A paragraph's text over all its runs; a text box in it is a paragraph of its own."""
    made: list[str] = []

    def walk(element: ElementTree.Element) -> None:
        for child in element:
            if child.tag == "p":
                continue
            if child.tag in _WRITTEN:
                made.append(child.text or "")
            else:
                made.append(_PARTS_THE_TEXT.get(child.tag, ""))
                walk(child)

    walk(paragraph)
    return "".join(made)


def _word_rows(table: ElementTree.Element, place: str) -> Iterator[list[tuple[int, str, str]]]:
    for number, row in enumerate(table.iter("tr"), start=1):
        cells: list[tuple[int, str, str]] = []
        column = 0
        for cell in row.iter("tc"):
            text = "\n".join(_own_text(paragraph) for paragraph in cell.iter("p"))
            cells.append((column, f"{place}第{number}行第{len(cells) + 1}格", text))
            column += _span(cell)
        yield cells


def _span(cell: ElementTree.Element) -> int:
    span = cell.find("tcPr/gridSpan")
    values = list(span.attrib.values()) if span is not None else []
    return int(values[0]) if values and values[0].isdigit() and int(values[0]) < 1000 else 1
