"""Cells of an .xlsx that hold an error (#REF!) or a formula nobody has computed: calamine gives them as empty.

The sheet's XML is searched for their marks as it streams out of the zip; positions are only looked for when found.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from qingfeng.screening.cleaning.text import NOT_COMPUTED

Faults = dict[int, list[tuple[int, str]]]
CHUNK = 1 << 20
SEAM = 64  # bytes looked at on both sides of where two chunks meet
MARKS = re.compile(rb't="e"|</f></c>|<f[^>]*/></c>|</f><v></v>|</f><v/>')
CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"([^>]*)>(?:<f(?:[^>]*/>|[^>]*>[^<]*</f>))?(?:<v>([^<]*)</v>|<v/>)?</c>'
)
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def faults_of(path: Path, number: int) -> Faults:
    """Row → (column from 0, text) of the faulty cells of sheet `number` (from 0)."""
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            member = _member(archive, number)
            if member is None or not _has_marks(archive, member):
                return {}
            return _positions(archive, member)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return {}  # calamine will say what is wrong with the file


def _member(archive: zipfile.ZipFile, number: int) -> str | None:
    if "xl/workbook.xml" not in archive.namelist():
        return None
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    sheets = [element for element in book.iter() if element.tag.endswith("}sheet")]
    target = targets.get(sheets[number].get(RELATIONS)) if number < len(sheets) else None
    return None if target is None else target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _has_marks(archive: zipfile.ZipFile, member: str) -> bool:
    tail = b""
    with archive.open(member) as xml:
        while chunk := xml.read(CHUNK):
            if _marked(chunk) or _marked(tail + chunk[:SEAM]):
                return True
            tail = chunk[-SEAM:]
    return False


def _marked(text: bytes) -> bool:
    """Plain searches first: nearly all chunks of nearly all sheets end there."""
    return b't="e"' in text or (b"<f" in text and MARKS.search(text) is not None)


def _positions(archive: zipfile.ZipFile, member: str) -> Faults:
    found: Faults = {}
    rest = b""
    with archive.open(member) as xml:
        while chunk := xml.read(CHUNK):
            text = rest + chunk
            end = text.rfind(b"</c>") + 4
            for cell in CELL.finditer(text, 0, max(end, 0)):
                _note(found, cell)
            rest = text[end:] if end >= 4 else text
    return found


def _note(found: Faults, cell: re.Match[bytes]) -> None:
    letters, row, attributes, value = cell.groups()
    if b't="e"' in attributes:
        text = (value or b"#VALUE!").decode()
    elif b"<f" in cell[0] and not value and b't="str"' not in attributes:
        text = NOT_COMPUTED
    else:
        return
    found.setdefault(int(row), []).append((_column(letters), text))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
