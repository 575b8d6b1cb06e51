"""Reads the tables of a .docx: the file on standard input, the tables as JSON on standard output.

Started by `word_tables.read_word_tables`, in a process of its own with limits: what somebody sends may unpack to
gigabytes. Knows the elements by their local names (ECMA-376 part 1, 17.3 and 17.4), so that the strict spelling is read
as well; entities are not resolved, nothing outside the file is fetched.

The answer: `{"tables": [{"rows": [[text, …], …], "merged": [[top, left, bottom, right], …], "numbers": [n, …],
"starts": [[column, …], …]}, …]}`, or `{"fault": word}`. Lines of text above a table are its first rows, with the
number nought; the others carry their number in the table, and the columns at which their cells begin.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from qingfeng.apps.base.records.reading_limits import bounded

MOST_BYTES = 100 * 1024 * 1024
MOST_CELLS = 500_000
MEMORY = 1536 * 1024 * 1024
_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir"}
)
_GONE = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "txbxContent", "rPr", "pPr"})
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_HEAD_LINE = re.compile("[:：]")
_TITLE = re.compile("(台账|清单|表|登记簿)$")


class Fault(Exception):
    """Why the file is not read, in one word that the caller puts into a sentence."""


@dataclass
class Table:
    """A table laid out on its grid, with the lines above it as first rows."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[list[int]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    starts: list[list[int]] = field(default_factory=list)
    open_merges: dict[int, list[int]] = field(default_factory=dict)

    def line_above(self, text: str) -> None:
        self.rows.append([text])
        self.numbers.append(0)
        self.starts.append([0])


def read(content: bytes) -> list[Table]:
    """The tables of the document in their order."""
    parts = _parts(content)
    listed = _listed_styles(parts.get("word/styles.xml"))
    body = next((part for part in parts["word/document.xml"] if _name(part) == "body"), None)
    if body is None:
        raise Fault("broken")
    return _tables(body, listed)


def _parts(content: bytes) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {"word/document.xml", "word/styles.xml"} & set(archive.namelist())
            found = {name: _xml(archive, name) for name in names}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Fault("broken") from error
    if "word/document.xml" not in found:
        raise Fault("broken")
    return found


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    with archive.open(name) as part:
        text = part.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise Fault("large")
    if b"<!DOCTYPE" in text[:4096] or b"<!ENTITY" in text[:4096]:
        raise Fault("broken")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise Fault("broken") from error


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Any, name: str = "val") -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _child(element: Any, *names: str) -> Any:
    """The element down this path, or None."""
    for name in names:
        element = (
            next((part for part in element if _name(part) == name), None) if element is not None else None
        )
    return element


def _listed_styles(styles: Any) -> frozenset[str]:
    """Styles whose paragraphs carry a number or a dot of themselves."""
    if styles is None:
        return frozenset()
    own, above = set(), {}
    for style in styles:
        ident = _value(style, "styleId")
        number = _child(style, "pPr", "numPr", "numId")
        based = _child(style, "basedOn")
        if number is not None and _value(number) != "0":
            own.add(ident)
        if based is not None:
            above[ident] = _value(based)
    return frozenset(ident for ident in above.keys() | own if _inherits(ident, own, above))


def _inherits(ident: str, own: set[str], above: dict[str, str]) -> bool:
    for _step in range(20):
        if ident in own:
            return True
        ident = above.get(ident, "")
    return False


# The document: blocks in order, lines gather above the next table


def _tables(body: Any, listed: frozenset[str]) -> list[Table]:
    tables: list[Table] = []
    above: list[str] = []
    room = MOST_CELLS
    for block in _blocks(body):
        if _name(block) == "p":
            above.extend(line for line in _text(block).split("\n") if line.strip())
            continue
        rows = [row for row in _blocks(block, "tr") if _child(row, "trPr", "del") is None]
        if len(rows) == 1 and _is_head_line(rows[0], listed):
            above.append("　".join(text for text in _cell_texts(rows[0], listed) if text))
            continue
        table = Table()
        for line in _own_lines(above):
            table.line_above(line)
        above = []
        for number, row in enumerate(rows, 1):
            room -= _lay(table, row, number, listed)
            if room < 0:
                raise Fault("large")
        tables.append(table)
    return tables


def _blocks(parent: Any, *wanted: str) -> Iterator[Any]:
    for element in parent:
        name = _name(element)
        if name in (wanted or ("p", "tbl")):
            yield element
        elif name in _WRAPPERS:
            yield from _blocks(element, *wanted)


def _own_lines(lines: list[str]) -> list[str]:
    """The lines that belong to the table below: from its title on, not the remarks under the table before."""
    titles = [at for at, line in enumerate(lines) if _TITLE.search(line.strip())]
    return lines[titles[-1] :] if titles else lines[-6:]


def _is_head_line(row: Any, listed: frozenset[str]) -> bool:
    """“填报单位：…　编号：…” is often drawn as a table without lines."""
    return all(_HEAD_LINE.search(text) for text in _cell_texts(row, listed) if text)


def _cell_texts(row: Any, listed: frozenset[str]) -> list[str]:
    return [_cell_text(cell, listed) for cell in _blocks(row, "tc")]


def _lay(table: Table, row: Any, number: int, listed: frozenset[str]) -> int:
    """One row onto the grid; how many cells it takes."""
    at = len(table.rows)
    texts: list[str] = []
    starts: list[int] = []
    column = _whole(_child(row, "trPr", "gridBefore"), 0)
    texts.extend([""] * column)
    for cell in _blocks(row, "tc"):
        span = max(1, _whole(_child(cell, "tcPr", "gridSpan"), 1))
        if span > 1000:
            raise Fault("large")
        across = _child(cell, "tcPr", "hMerge")
        if across is not None and _value(across) != "restart" and starts:
            _widen(table, at, starts[-1], column + span - 1)
        else:
            starts.append(column)
            text = "" if _goes_on(table, cell, at, column, span) else _cell_text(cell, listed)
            texts.append(text)
            texts.extend([""] * (span - 1))
        column += span
        texts.extend([""] * (column - len(texts)))
    table.rows.append(texts)
    table.numbers.append(number)
    table.starts.append(starts)
    return len(texts)


def _goes_on(table: Table, cell: Any, at: int, column: int, span: int) -> bool:
    """Whether this cell is one with the cell above; its merged area is told."""
    merge = _child(cell, "tcPr", "vMerge")
    if merge is not None and _value(merge) != "restart" and column in table.open_merges:
        table.open_merges[column][2] = at
        return True
    table.open_merges.pop(column, None)
    if merge is not None or span > 1:
        area = [at, column, at, column + span - 1]
        table.merged.append(area)
        if merge is not None:
            table.open_merges[column] = area
    return False


def _widen(table: Table, at: int, left: int, right: int) -> None:
    for area in table.merged:
        if area[:2] == [at, left]:
            area[3] = right
            return
    table.merged.append([at, left, at, right])


def _whole(element: Any, otherwise: int) -> int:
    text = _value(element) if element is not None else ""
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


# The words of a cell


def _cell_text(cell: Any, listed: frozenset[str]) -> str:
    """Its paragraphs as lines; those that Word numbers get their numbers, counted anew in each cell."""
    lines: list[str] = []
    number = 0
    for block in _blocks(cell):
        if _name(block) == "tbl":
            lines.extend(text for row in _blocks(block, "tr") for text in _cell_texts(row, listed) if text)
            continue
        text = _text(block)
        if text.strip() and _is_listed(block, listed):
            number += 1
            text = f"{number}. {text}"
        lines.append(text)
    return "\n".join(lines).strip()


def _is_listed(paragraph: Any, listed: frozenset[str]) -> bool:
    """Whether Word sets a number or a dot before it, on the first level."""
    numbered, style = _child(paragraph, "pPr", "numPr"), _child(paragraph, "pPr", "pStyle")
    if numbered is not None:
        ident, level = _child(numbered, "numId"), _child(numbered, "ilvl")
        return (ident is None or _value(ident) != "0") and (level is None or _value(level) == "0")
    return style is not None and _value(style) in listed


def _text(paragraph: Any) -> str:
    return "".join(_said(paragraph))


def _said(element: Any) -> Iterator[str]:
    for part in element:
        name = _name(part)
        if name == "t":
            yield part.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _GONE and not (name == "r" and _is_hidden(part)):
            yield from _said(part)


def _is_hidden(run: Any) -> bool:
    hidden = _child(run, "rPr", "vanish")
    return hidden is not None and _value(hidden) not in ("0", "false", "off")


def answer(content: bytes) -> dict[str, Any]:
    """The tables as they are handed on, or why there are none."""
    kept = ("rows", "merged", "numbers", "starts")
    try:
        return {"tables": [{name: getattr(table, name) for name in kept} for table in read(content)]}
    except Fault as fault:
        return {"fault": str(fault)}
    except (MemoryError, RecursionError):
        return {"fault": "large"}


def main() -> int:
    """Answers for the file on standard input."""
    bounded(MEMORY)
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
