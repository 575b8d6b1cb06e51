"""csv files: their encoding, their separator, their rows as Excel counts them.

A well-formed file goes straight to DuckDB, one of GB18030 in pieces of UTF-8. One pass over the bytes tells whether it
is; if not (rows of unequal length, blank lines within) it is first written anew, row by row, with its row numbers.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qingfeng.screening.errors import BadData
from qingfeng.screening.reading import recoding
from qingfeng.screening.reading.grids import HEAD_ROWS, Head, Relation
from qingfeng.screening.spool import relation

CHUNK = 1 << 22
csv.field_size_limit(1 << 24)
SEPARATORS = (",", "\t", ";", "|", "，")
TORN = "列数多于表头"
REPLACED = "\ufffd"
LOSSY = "文件里有不属于任何编码的字节，已用 � 代替"


@dataclass
class Scan:
    """What one pass over the bytes of a file tells. A large file's encoding is told by its beginning: DuckDB looks at
    every character anyway, and when it finds another encoding further down, `whole` asks all bytes."""

    encoding: str
    blank_lines: bool
    nul_bytes: bool
    odd_newlines: bool
    whole: bool = True


def scan(path: Path, *, whole: bool = False) -> Scan:
    """Encoding and oddities of a text file, in one pass."""
    tail, blank, nul = b"", False, False
    utf8, judged = codecs.getincrementaldecoder("utf-8")(), True
    first, lone_cr, chunks = b"", False, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            chunks += 1
            first = first or chunk[:4]
            blank = blank or _blank_line(tail + chunk[:3]) or _blank_line(chunk)
            lone_cr = lone_cr or (len(chunk) > 200 and b"\n" not in chunk and b"\r" in chunk)
            nul = nul or b"\0" in chunk
            tail = (tail + chunk[-3:])[-3:]
            if judged and (whole or chunks == 1):
                judged = _decodes(utf8, chunk)
    whole = whole or chunks <= 1 or not judged
    judged = judged and (not whole or _decodes(utf8, b"", final=True))
    return Scan(_encoding(first, judged, nul), blank, nul, lone_cr, whole)


# What no text holds; a file of nothing else was only called .csv.
NOISE, MUCH = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]"), 0.15
NO_TEXT = "里面不是文字，多半是别的文件改了名；请用做它的程序打开，另存为 .xlsx 或 .csv"
# Found faster than by `in`, which is slow where line feeds are many.
TWO_FEEDS = re.compile(b"\n\n")


def _blank_line(text: bytes) -> bool:
    """Whether a line is blank; those at the end do not count."""
    if not TWO_FEEDS.search(text) and (b"\r" not in text or b"\n\r\n" not in text):
        return False
    inner = text.rstrip(b"\r\n")
    return b"\n\n" in inner or b"\n\r\n" in inner


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(first: bytes, is_utf8: bool, nul: bool) -> str:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if is_utf8 and not nul:
        return "utf-8-sig" if first.startswith(codecs.BOM_UTF8) else "utf-8"
    return "utf-16-le" if nul and b"\0" in first[1:4:2] else "gb18030"


class Misread(Exception):
    """The file is of another encoding than its beginning told."""


class TextGrid:
    """A csv file as a grid."""

    sheet = ""

    def __init__(self, path: Path, scanned: Scan) -> None:
        self.path = path
        self.scanned = scanned
        lines = self._lines(HEAD_ROWS + 20)
        if len(NOISE.findall("".join(lines))) > MUCH * sum(map(len, lines)):
            raise BadData(path.name, NO_TEXT)
        self.row_end = "\r\n" if next(self._open(), "").endswith("\r\n") else "\n"
        self.separator = _separator(lines)
        self.head = Head()
        for number, row in itertools.islice(self._rows(), HEAD_ROWS):
            self.head.rows.append(row)
            self.head.numbers.append(number)

    def _open(self) -> Iterator[str]:
        with self.path.open(encoding=self.scanned.encoding, errors="replace", newline="") as file:
            for line in file:
                yield line.replace("\0", "") if self.scanned.nul_bytes else line

    def _lines(self, count: int) -> list[str]:
        return [line.rstrip("\r\n") for line in itertools.islice(self._open(), count)]

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with their number; a blank line counts, as in Excel."""
        reader = csv.reader(self._open(), delimiter=self.separator)
        try:
            yield from enumerate(reader, start=1)
        except csv.Error as fault:
            raise BadData(
                self.path.name, f"第 {reader.line_num} 行附近读不下去，多半是引号没有成对"
            ) from fault

    def relation(self, header_end: int, width: int, scratch: Path, filled: frozenset[int]) -> Relation:
        head = [
            row for row, number in zip(self.head.rows, self.head.numbers, strict=True) if number <= header_end
        ]
        straight = (
            self.scanned.encoding in ("utf-8", "utf-8-sig", "gb18030")
            and not (self.scanned.blank_lines or self.scanned.nul_bytes or self.scanned.odd_newlines)
            and all(row and not any("\n" in cell for cell in row) for row in head)
            and all(len(row) == width for row in self.head.rows[len(head) :])
        )
        if straight:
            return self._straight(header_end, width, scratch)
        if self.looked_through():
            raise Misread
        return self.rewritten(header_end, width, scratch)

    def _straight(self, header_end: int, width: int, scratch: Path) -> Relation:
        """The file itself, or its pieces in UTF-8; bytes that are of no encoding are noted."""
        form = partial(
            relation,
            columns={f"g{place}": "VARCHAR" for place in range(width)},
            null="",
            delimiter=self.separator,
            row_end=self.row_end,
        )
        first_row = header_end + 1
        if self.scanned.encoding != "gb18030":
            return Relation([form(self.path, skip=header_end)], width, first_row)
        notes: list[str] = []
        recoded = recoding.Recoded(self.path, scratch, header_end, form, lambda: notes.append(LOSSY))
        return Relation(recoded, width, first_row, notes=notes, discard=recoded.discard)

    def looked_through(self) -> TextGrid | None:
        """The same file with its encoding told by all its bytes, when that is another than its beginning told."""
        found = scan(self.path, whole=True) if not self.scanned.whole else self.scanned
        return TextGrid(self.path, found) if found.encoding != self.scanned.encoding else None

    def rewritten(self, header_end: int, width: int, scratch: Path) -> Relation:
        """The rows written anew with their numbers, all of one width; longer ones are marked as torn."""
        path = scratch / "grid.csv"
        notes: list[str] = []
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            for number, row in self._rows():
                if number <= header_end or not row:
                    continue
                if not notes and self.scanned.encoding == "gb18030" and any(REPLACED in cell for cell in row):
                    notes.append(LOSSY)
                torn = len(row) > width and any(row[width:])
                if len(row) != width:
                    row = row[:width] + [""] * (width - len(row))
                writer.writerow((number, int(torn), *row))
        columns = {
            "row_no": "BIGINT",
            "torn": "BOOLEAN",
            **{f"g{place}": "VARCHAR" for place in range(width)},
        }
        return Relation([relation(path, columns, null="")], width, header_end + 1, numbered=True, notes=notes)


def _separator(lines: list[str]) -> str:
    """The separator that cuts the lines into the most cells, most evenly."""
    counts = {mark: sorted(line.count(mark) for line in lines if line.strip()) or [0] for mark in SEPARATORS}
    best = max(SEPARATORS, key=lambda mark: (counts[mark][len(counts[mark]) // 2], counts[mark][-1]))
    return best if counts[best][-1] else ","
