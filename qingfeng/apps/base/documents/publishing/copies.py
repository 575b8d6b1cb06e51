"""自动打码: a copy of a file with masks where they are missing. It goes through the gate like any other.

Word and Excel files are changed in their text only, letter by letter in the parts as they lie in the file, so that all
else stays as it was. What cannot be masked so (the name of a picture in the file, a number over several cells) is left,
and the gate tells of it.
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from xml.sax.saxutils import escape

from qingfeng.apps.base.documents.publishing.contents import Cell, Row, Unreadable, table_parts
from qingfeng.apps.base.documents.publishing.exposures import find_exposures
from qingfeng.apps.base.documents.publishing.gate import Rule, parts_of
from qingfeng.apps.base.documents.publishing.headings import holds
from qingfeng.apps.base.documents.publishing.masks import Edit, edited, mask_name, masked
from qingfeng.apps.base.documents.publishing.packages import MEASURES_AND_FONTS, tells_nothing
from qingfeng.apps.base.documents.publishing.people import Names, called, names_in_cell
from qingfeng.apps.base.documents.publishing.reading import read
from qingfeng.apps.base.documents.publishing.records import in_row

_TAG = re.compile(r"<(?P<close>/?)(?:[\w.\-]+:)?(?P<name>[\w.\-]+)(?P<rest>[^<>]*?)(?P<empty>/?)>")
_ATTRIBUTE = re.compile(r"(?P<lead>\s[\w:.\-]+=)(?P<quote>[\"'])(?P<value>[^\"'<>]*)(?P=quote)")
_GROUPS = frozenset({"p", "si", "comment"})
_WRITTEN = frozenset({"t", "delText", "instrText", "delInstrText"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}


def masked_copy(content: bytes, name: str, rule: Rule, *, this_year: int) -> bytes:
    """The file with its masks; Unreadable when it cannot be looked through."""
    mask = _Mask(Names(rule.known_names, rule.approved_names), this_year)
    if content[:2] == b"PK":
        for part in parts_of(content, name):
            if isinstance(part, Row):
                mask.learn(part)
        return _package(content, mask)
    if PurePath(name).suffix.lower() == ".csv":
        return _table(content, mask)
    return mask.text(_decoded(content)).encode()


@dataclass
class _Mask:
    """What is put over which text: learned from rows, where headings tell what a cell is, else seen from the text."""

    names: Names
    this_year: int
    learned: dict[str, list[Edit]] = field(default_factory=dict)

    def learn(self, row: Row) -> None:
        """A cell that is more than a plain short number is known again by its text."""
        for cell, edits in self.of_row(row):
            if edits and not re.fullmatch(r"[0-9]{1,4}", cell.text.strip()):
                self.learned[cell.text] = edits

    def of_row(self, row: Row) -> Iterator[tuple[Cell, list[Edit]]]:
        exposed = list(in_row(row, self.names, self.this_year))
        for cell in row.cells:
            edits = [(one.start, one.end, masked(cell.text, one)) for where, one in exposed if where is cell]
            if holds(cell.heading) & {"person", "child"}:
                edits += self._names_of_cell(cell.text)
            yield cell, edits + self._names(cell.text)

    def edits(self, text: str) -> list[Edit]:
        if text in self.learned:
            return self.learned[text]
        found = find_exposures(text, names=self.names, this_year=self.this_year)
        return [(one.start, one.end, masked(text, one)) for one in found] + self._names(text)

    def text(self, text: str) -> str:
        return edited(text, self.edits(text))

    def _names(self, text: str) -> list[Edit]:
        seen = read(text)
        found = list(self.names.found(seen.text))
        spans = [(start, end, name) for name, start, end, approved in found if not approved]
        taken = [(start, end) for _name, start, end, _approved in found]
        spans += [
            (start, end, seen.text[start:end])
            for start, end in called(seen.text)
            if not any(first < end and start < last for first, last in taken)
        ]
        return [(*seen.span(start, end), mask_name(re.sub(r"\s", "", name))) for start, end, name in spans]

    def _names_of_cell(self, text: str) -> list[Edit]:
        unapproved = [name for name in names_in_cell(text) if not self.names.approves(name)]
        return [
            (match.start(), match.end(), mask_name(name))
            for name in unapproved
            for match in re.finditer(r"\s*".join(map(re.escape, name)), text)
        ]


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("不是文字，不能打码")


def _table(content: bytes, mask: _Mask) -> bytes:
    text = _decoded(content)
    delimiter = max(",;\t|", key=text.split("\n", 1)[0].count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    numbered = ([(at, f"{line},{at}", cell) for at, cell in enumerate(row)] for line, row in enumerate(rows))
    for part in table_parts(numbered):
        for cell, edits in mask.of_row(part) if isinstance(part, Row) else ():
            line, at = map(int, cell.place.partition("“")[0].split(","))
            rows[line][at] = edited(cell.text, edits)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _package(content: bytes, mask: _Mask) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in source.infolist():
            part = source.read(info)
            if info.filename.endswith((".xml", ".rels", ".vml")) and info.filename != "[Content_Types].xml":
                part = _part(info.filename, part, mask)
            elif "/embeddings/" in info.filename and part[:2] == b"PK":
                part = masked_copy(
                    part,
                    info.filename,
                    Rule(None, mask.names.approved, mask.names.known),
                    this_year=mask.this_year,
                )
            made.writestr(zipfile.ZipInfo(info.filename, info.date_time), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _part(name: str, part: bytes, mask: _Mask) -> bytes:
    """A part in another encoding is left as it is, and so is one of measures and fonts only."""
    if MEASURES_AND_FONTS.search(name) and tells_nothing(part):
        return part
    try:
        return _xml(part.decode("utf-8-sig"), mask).encode()
    except UnicodeDecodeError:
        return part


@dataclass
class _Group:
    """The text of a paragraph over its runs: where each stretch lies in the part, -1 for a break that is no text."""

    nodes: list[tuple[int, int, str]] = field(default_factory=list)


def _xml(source: str, mask: _Mask) -> str:
    """The part with its masks; one with sections of raw text is left as it is."""
    if "<![CDATA[" in source or "<!--" in source:
        return source
    edits: list[Edit] = []
    groups: list[_Group] = []
    cell: re.Match[str] | None = None
    tags = list(_TAG.finditer(source))
    for tag, after in zip(tags, [*tags[1:], None], strict=True):
        name, closes = tag["name"], bool(tag["close"])
        edits += _attributes(tag, mask)
        if name in _GROUPS and not tag["empty"]:
            if not closes:
                groups.append(_Group())
            elif groups:
                edits += _over_runs(groups.pop(), mask)
        elif name in _BREAKS and not closes and groups:
            groups[-1].nodes.append((-1, -1, _BREAKS[name]))
        cell = tag if name == "c" and not closes else cell
        if closes or tag["empty"] or after is None or after.start() == tag.end():
            continue
        node = (tag.end(), after.start(), html.unescape(source[tag.end() : after.start()]))
        if name in _WRITTEN and groups:
            groups[-1].nodes.append(node)
        elif node[2].strip():
            edits += _alone(node, mask, cell if name == "v" else None)
    return edited(source, edits)


def _attributes(tag: re.Match[str], mask: _Mask) -> Iterator[Edit]:
    for found in _ATTRIBUTE.finditer(tag["rest"]):
        value = html.unescape(found["value"])
        if len(value) < 4 or found["lead"].strip().startswith("xmlns"):
            continue
        if (instead := mask.text(value)) != value:
            at = tag.start("rest") + found.start("value")
            yield at, at + len(found["value"]), escape(instead, {'"': "&quot;", "'": "&apos;"})


def _over_runs(group: _Group, mask: _Mask) -> Iterator[Edit]:
    text = "".join(part for _start, _end, part in group.nodes)
    changes = mask.edits(text)
    if not changes:
        return
    at = 0
    for start, end, part in group.nodes:
        mine = [
            (max(first, at) - at, min(last, at + len(part)) - at, instead if first >= at else "")
            for first, last, instead in changes
            if first < at + len(part) and at < last
        ]
        at += len(part)
        if mine and start >= 0:
            yield start, end, escape(edited(part, mine))


def _alone(node: tuple[int, int, str], mask: _Mask, cell: re.Match[str] | None) -> Iterator[Edit]:
    """A text by itself; the cell of a number that is masked becomes a cell of text."""
    start, end, text = node
    instead = mask.text(text)
    if instead == text:
        return
    yield start, end, escape(instead)
    if cell is not None:
        plain = re.sub(r"\st=\"[^\"]*\"", "", cell["rest"])
        yield cell.start("rest"), cell.end("rest"), f'{plain} t="str"'
