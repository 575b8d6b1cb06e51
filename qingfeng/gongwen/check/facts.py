"""Reads a .docx, by whomever it was made, into plain facts: what a reader would see, with styles resolved.

A value comes from the run, else the paragraph's style and those it is based on, else the document's defaults, as Word
resolves them. Text boxes and tables are read in the place where they stand.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from qingfeng.gongwen.errors import Unusable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = {"w": W, "a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
_MM_A_TWIP = 25.4 / 1440
LARGEST = 50_000_000
"""Bytes of a file that is checked."""
MOST_TEXT = 200_000_000
"""Bytes of text that a file may unpack to."""
_LINE_SHAPES = {"line", "straightConnector1"}


@dataclass(frozen=True)
class Run:
    """A stretch of one look. Size in points, `squeeze` in points after each letter."""

    text: str
    face: str
    latin: str
    size: float
    bold: bool
    colour: str
    squeeze: float


@dataclass(frozen=True)
class Para:
    """A paragraph: its place, text and look. Indents in characters of its size, spacing in points."""

    at: int
    text: str
    runs: tuple[Run, ...]
    align: str
    left: float
    right: float
    first: float
    line: float
    line_rule: str
    before: float
    breaks_page: bool
    red_rule: bool
    ruled: bool
    where: str
    section: int
    tabbed: bool = False

    @property
    def words(self) -> str:
        """Its text without blanks around it."""
        return self.text.strip(" \u3000\t\n")

    @property
    def main(self) -> Run | None:
        """The look of most of its letters."""
        counted: dict[tuple[str, float, str], int] = {}
        for run in self.runs:
            key = (run.face, run.size, run.colour)
            counted[key] = counted.get(key, 0) + len(run.text.strip())
        best = max(counted, key=lambda key: counted[key], default=None)
        return next((run for run in self.runs if (run.face, run.size, run.colour) == best), None)

    def face_of(self, letters: int) -> str:
        """The face of its first letters."""
        first = next((run for run in self.runs if run.text.strip()), None)
        return first.face if first and letters else ""


@dataclass(frozen=True)
class Sheet:
    """The page of a section, in millimetres; the grid as written."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    grid: str
    pitch: float
    character_space: float
    footers: dict[str, tuple[Para, ...]]
    headers: dict[str, tuple[Para, ...]]
    title_page: bool


@dataclass(frozen=True)
class Facts:
    """All of a document."""

    paragraphs: tuple[Para, ...]
    sheets: tuple[Sheet, ...]
    odd_and_even: bool
    red_lines: int
    """Red rules drawn as shapes."""
    foot_boxes: int
    embedded_fonts: bool
    macros: bool
    external_links: tuple[str, ...] = ()
    title: str = ""
    pictures: int = 0
    notes: list[str] = field(default_factory=list)


def read_facts(source: Path | bytes) -> Facts:
    """Reads a file. Raises Unusable when it is no .docx: empty, encrypted, an old .doc, damaged."""
    content = source if isinstance(source, bytes) else _bytes(source)
    name = "文件" if isinstance(source, bytes) else f"“{source.name}”"
    if not content:
        raise Unusable(name, "是空文件")
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unusable(name, "是旧的 .doc 或加了密码，请去掉密码并另存为 .docx")
    if len(content) > LARGEST:
        raise Unusable(name, f"超过{LARGEST // 1_000_000}MB，不像一份公文；请压缩其中的图片后再检查")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = archive.namelist()
        _check_contents(name, archive)
        package = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as trouble:
        raise Unusable(name, "不是可读的 .docx 文件，可能已损坏") from trouble
    return _Reader(package, names).facts()


def _check_contents(name: str, archive: zipfile.ZipFile) -> None:
    """What is refused before it is read: too much text to unpack, a document with macros by its kind."""
    if sum(info.file_size for info in archive.infolist() if info.filename.endswith(".xml")) > MOST_TEXT:
        raise Unusable(name, "解开后的内容过大，可能已损坏或不是正常的公文")
    kinds = archive.read("[Content_Types].xml")
    if b"macroEnabled" in kinds:
        raise Unusable(name, "是带宏的 Word 文件（.docm），请核对来源，另存为不含宏的 .docx 后再检查")
    if b"wordprocessingml.template.main" in kinds:
        raise Unusable(name, "是 Word 模板（.dotx），请用它新建文档并另存为 .docx 后再检查")
    others = b"spreadsheetml" in kinds or b"presentationml" in kinds
    if others and b"wordprocessingml.document.main" not in kinds:
        raise Unusable(name, "是表格或演示文稿，不是 Word 文件")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Unusable(
                f"“{path.name}”", f"超过{LARGEST // 1_000_000}MB，不像一份公文；请压缩其中的图片后再检查"
            )
        return path.read_bytes()
    except OSError as trouble:
        raise Unusable(f"“{path.name}”", "打不开") from trouble


def _tag(name: str) -> str:
    return f"{{{W}}}{name}"


def _value(element: Any, path: str, attribute: str = "val") -> str | None:
    found = element.find(path, _NS) if element is not None else None
    return found.get(_tag(attribute)) if found is not None else None


class _Reader:
    def __init__(self, package: Any, names: list[str]) -> None:
        self.package = package
        self.names = names
        styles = package.styles.element
        self.styles = {style.get(_tag("styleId")): style for style in styles.findall("w:style", _NS)}
        self.default = next(
            (
                s
                for s in self.styles.values()
                if s.get(_tag("type")) == "paragraph" and s.get(_tag("default")) == "1"
            ),
            None,
        )
        self.run_defaults = styles.find("w:docDefaults/w:rPrDefault/w:rPr", _NS)
        self.paragraph_defaults = styles.find("w:docDefaults/w:pPrDefault/w:pPr", _NS)
        self.theme = _theme_faces(package)

    def facts(self) -> Facts:
        body = self.package.element.body
        paragraphs = tuple(self._paragraphs(body))
        settings = self.package.settings.element
        links = tuple(
            rel.target_ref
            for rel in self.package.part.package.iter_rels()
            if rel.is_external and not rel.reltype.endswith("/hyperlink")
        )
        return Facts(
            paragraphs=paragraphs,
            sheets=tuple(self._sheet(section) for section in self.package.sections),
            odd_and_even=_on(settings.find("w:evenAndOddHeaders", _NS)),
            red_lines=_red_lines(body),
            foot_boxes=len(body.findall(".//{*}positionV/{*}align")),
            embedded_fonts=any(name.startswith("word/fonts/") for name in self.names),
            macros=any(name.endswith("vbaProject.bin") for name in self.names),
            external_links=links,
            title=self.package.core_properties.title or "",
            pictures=sum(name.startswith("word/media/") for name in self.names),
        )

    def _sheet(self, section: Any) -> Sheet:
        grid = section._sectPr.find("w:docGrid", _NS)
        margins = section._sectPr.find("w:pgMar", _NS)
        gutter = float(margins.get(_tag("gutter")) or 0) * _MM_A_TWIP if margins is not None else 0.0
        footers = {
            "odd": self._part(section.footer),
            "even": self._part(section.even_page_footer),
            "first": self._part(section.first_page_footer),
        }
        headers = {"odd": self._part(section.header), "first": self._part(section.first_page_header)}
        return Sheet(
            width=section.page_width.mm if section.page_width else 0.0,
            height=section.page_height.mm if section.page_height else 0.0,
            top=section.top_margin.mm if section.top_margin is not None else 0.0,
            bottom=section.bottom_margin.mm if section.bottom_margin is not None else 0.0,
            left=(section.left_margin.mm if section.left_margin is not None else 0.0) + gutter,
            right=section.right_margin.mm if section.right_margin is not None else 0.0,
            grid=(grid.get(_tag("type")) or "") if grid is not None else "",
            pitch=float(grid.get(_tag("linePitch")) or 0) / 20 if grid is not None else 0.0,
            character_space=float(grid.get(_tag("charSpace")) or 0) / 4096 if grid is not None else 0.0,
            footers=footers,
            headers=headers,
            title_page=section.different_first_page_header_footer,
        )

    def _part(self, part: Any) -> tuple[Para, ...]:
        return () if part.is_linked_to_previous else tuple(self._paragraphs(part._element))

    def _paragraphs(self, root: Any) -> Iterator[Para]:
        at = section = 0
        for element in root.iter(_tag("p")):
            if any(_local(up) == "Fallback" for up in element.iterancestors()):
                continue
            yield self._paragraph(element, at, section)
            at += 1
            if element.find("w:pPr/w:sectPr", _NS) is not None:
                section += 1

    def _paragraph(self, element: Any, at: int, section: int) -> Para:
        look = element.find("w:pPr", _NS)
        chain = [look, *self._styles_of(_value(look, "w:pStyle")), self.paragraph_defaults]
        properties = [part for part in chain if part is not None]
        runs = tuple(self._runs(element, _value(look, "w:pStyle")))
        size = next((run.size for run in runs if run.text.strip()), 0.0) or self._mark_size(element) or 16.0
        spacing = _first(properties, "w:spacing", "line")
        rule = _first(properties, "w:spacing", "lineRule") or "auto"
        text = "".join(run.text for run in runs)
        borders = next(
            (found for part in properties if (found := part.find("w:pBdr", _NS)) is not None), None
        )
        return Para(
            at=at,
            text=text,
            runs=runs,
            align=(_first(properties, "w:jc", "val") or "left")
            .replace("start", "left")
            .replace("end", "right"),
            left=_indent(properties, ("left", "start"), size),
            right=_indent(properties, ("right", "end"), size),
            first=_indent(properties, ("firstLine",), size) - _indent(properties, ("hanging",), size),
            line=(float(spacing) / (20 if rule != "auto" else 240)) if spacing else 0.0,
            line_rule=rule,
            before=float(_first(properties, "w:spacing", "before") or 0) / 20,
            breaks_page=_breaks_page(element, properties),
            red_rule=_has_red(borders),
            ruled=borders is not None,
            where=_where(element),
            section=section,
            tabbed=element.find(".//w:r/w:tab", _NS) is not None,
        )

    def _mark_size(self, element: Any) -> float:
        """Size of an empty paragraph: that of its mark."""
        size = _value(element.find("w:pPr/w:rPr", _NS), "w:sz")
        return float(size) / 2 if size else 0.0

    def _styles_of(self, name: str | None) -> list[Any]:
        return [style.find("w:pPr", _NS) for style in self._chain(name)]

    def _chain(self, name: str | None) -> Iterator[Any]:
        style = self.styles.get(name) if name else self.default
        seen: set[int] = set()
        while style is not None and id(style) not in seen:
            seen.add(id(style))
            yield style
            style = self.styles.get(_value(style, "w:basedOn"))

    def _runs(self, paragraph: Any, style: str | None) -> Iterator[Run]:
        own = [found for s in self._chain(style) if (found := s.find("w:rPr", _NS)) is not None]
        for element in paragraph.iter(_tag("r")):
            if next((up for up in element.iterancestors(_tag("p"))), None) is not paragraph:
                continue
            text = _run_text(element)
            if not text:
                continue
            look = element.find("w:rPr", _NS)
            named = (
                [s.find("w:rPr", _NS) for s in self._chain(_value(look, "w:rStyle"))]
                if _value(look, "w:rStyle")
                else []
            )
            chain = [part for part in (look, *named, *own, self.run_defaults) if part is not None]
            size = _first(chain, "w:sz", "val")
            squeeze = _first(chain, "w:spacing", "val")
            bold = next((found for part in chain if (found := part.find("w:b", _NS)) is not None), None)
            yield Run(
                text=text,
                face=self._face(chain, "eastAsia"),
                latin=self._face(chain, "ascii"),
                size=float(size) / 2 if size else 10.0,
                bold=_on(bold),
                colour=(_first(chain, "w:color", "val") or "auto").upper(),
                squeeze=float(squeeze) / 20 if squeeze else 0.0,
            )

    def _face(self, chain: list[Any], script: str) -> str:
        for part in chain:
            fonts = part.find("w:rFonts", _NS)
            if fonts is None:
                continue
            if face := fonts.get(_tag(script)):
                return str(face)
            if theme := fonts.get(_tag(f"{script}Theme")):
                return self.theme.get(theme, "")
        return ""


def _run_text(element: Any) -> str:
    made = []
    for child in element:
        name = _local(child)
        if name == "t":
            made.append(child.text or "")
        elif name == "tab":
            made.append("\t")
        elif name in {"br", "cr"} and child.get(_tag("type")) != "page":
            made.append("\n")
        elif name == "noBreakHyphen":
            made.append("-")
    return "".join(made)


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _on(element: Any) -> bool:
    return element is not None and element.get(_tag("val")) not in {"0", "false", "off"}


def _first(parts: list[Any], path: str, attribute: str) -> str | None:
    return next((found for part in parts if (found := _value(part, path, attribute)) is not None), None)


def _indent(parts: list[Any], names: tuple[str, ...], size: float) -> float:
    """In characters: as written in characters, else twips over the size of its letters."""
    for part in parts:
        indent = part.find("w:ind", _NS)
        if indent is None:
            continue
        for name in names:
            if (counted := indent.get(_tag(f"{name}Chars"))) not in {None, "0"}:
                return float(counted) / 100
            if (length := indent.get(_tag(name))) is not None:
                return float(length) / 20 / size
    return 0.0


def _breaks_page(element: Any, properties: list[Any]) -> bool:
    flag = next(
        (found for part in properties if (found := part.find("w:pageBreakBefore", _NS)) is not None), None
    )
    first = element.find("w:r", _NS)
    inside = first is not None and first.find("w:br[@w:type='page']", _NS) is not None
    return _on(flag) or inside


def _has_red(borders: Any) -> bool:
    if borders is None:
        return False
    return any(is_red((edge.get(_tag("color")) or "").upper()) for edge in borders)


def is_red(colour: str) -> bool:
    """Whether a colour is what a reader calls red."""
    if len(colour) != 6:
        return False
    try:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return red >= 180 and green <= 80 and blue <= 80


def _red_lines(body: Any) -> int:
    """Lines drawn as shapes in red, new style or old."""
    count = 0
    for shape in body.iter("{*}spPr"):
        kind = shape.find("a:prstGeom", _NS)
        colour = shape.find("a:ln//a:srgbClr", _NS)
        if kind is not None and kind.get("prst") in _LINE_SHAPES and colour is not None:
            count += is_red((colour.get("val") or "").upper())
    for line in body.iter("{urn:schemas-microsoft-com:vml}line"):
        count += (
            is_red((line.get("strokecolor") or "").lstrip("#").upper()) or line.get("strokecolor") == "red"
        )
    return count


def _where(element: Any) -> str:
    for up in element.iterancestors():
        name = _local(up)
        if name == "txbxContent":
            return "box"
        if name == "tc":
            return (
                "box" if any(_local(further) == "txbxContent" for further in up.iterancestors()) else "table"
            )
    return "body"


def _theme_faces(package: Any) -> dict[str, str]:
    """Faces that the theme names, for `eastAsiaTheme="minorEastAsia"` and its like."""
    for rel in package.part.rels.values():
        if rel.reltype.endswith("/theme") and not rel.is_external:
            root = etree.fromstring(rel.target_part.blob)
            break
    else:
        return {}
    faces = {}
    for which in ("major", "minor"):
        font = root.find(f".//a:{which}Font", _NS)
        if font is None:
            continue
        latin, east = font.find("a:latin", _NS), font.find("a:ea", _NS)
        hans = next((f for f in font.findall("a:font", _NS) if f.get("script") == "Hans"), None)
        name = (east.get("typeface") if east is not None else "") or (
            hans.get("typeface") if hans is not None else ""
        )
        faces[f"{which}EastAsia"] = name or ""
        faces[f"{which}HAnsi"] = faces[f"{which}Ascii"] = (
            latin.get("typeface") if latin is not None else ""
        ) or ""
    return faces
