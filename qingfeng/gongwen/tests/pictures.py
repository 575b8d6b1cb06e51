"""Small grey pictures of pages: drawn from a PDF, kept as PNG, and held against each other with tolerance.

pdftoppm (poppler) draws; PNG is read and written here, as no library of ours handles pictures. Sixteen greys are enough
to see whether a line, a rule or a mark stands where it stood, and keep a page at a few kilobytes.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

DOTS_AN_INCH = 60
SQUARE = 6
"""Dots of a side of the squares that are compared: 2.5 mm, a quarter of a line."""
APART = 20
"""Of 255: greys by which a square differs."""
MOST_APART = 0.004
"""Share of the squares of a page that may differ."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    """A page in greys, a byte a dot, row by row."""

    width: int
    height: int
    dots: bytes


def can_draw() -> bool:
    """Whether pages can be drawn on this machine."""
    return shutil.which("pdftoppm") is not None


def pages(pdf: bytes) -> list[Picture]:
    """The pages of a PDF."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        source = Path(folder) / "paper.pdf"
        source.write_bytes(pdf)
        command = ["pdftoppm", "-gray", "-r", str(DOTS_AN_INCH), str(source), str(Path(folder) / "page")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return [_from_pgm(made.read_bytes()) for made in sorted(Path(folder).glob("page*.pgm"))]


def _from_pgm(content: bytes) -> Picture:
    kind, size, most, dots = content.split(b"\n", 3)
    assert (kind, most) == (b"P5", b"255")
    width, height = map(int, size.split())
    return Picture(width, height, dots)


def to_png(picture: Picture) -> bytes:
    """In sixteen greys, two dots a byte."""
    rows = []
    for at in range(0, len(picture.dots), picture.width):
        row = picture.dots[at : at + picture.width] + b"\xff" * (picture.width % 2)
        rows.append(
            b"\x00" + bytes((one & 0xF0) | two >> 4 for one, two in zip(row[::2], row[1::2], strict=True))
        )
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 4, 0, 0, 0, 0)
    packed = zlib.compress(b"".join(rows), 9)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def from_png(content: bytes) -> Picture:
    """A picture that `to_png` wrote."""
    assert content.startswith(SIGNATURE)
    chunks, at = {}, len(SIGNATURE)
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        chunks[kind] = content[at + 8 : at + 8 + length]
        at += 12 + length
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    raw, row = zlib.decompress(chunks[b"IDAT"]), (width + 1) // 2 + 1
    dots = bytearray()
    for start in range(0, row * height, row):
        pairs = raw[start + 1 : start + row]
        dots += bytes(grey for pair in pairs for grey in ((pair >> 4) * 17, (pair & 15) * 17))[:width]
    return Picture(width, height, bytes(dots))


def difference(one: Picture, other: Picture) -> float:
    """Share of the squares of a page whose mean grey differs clearly; 1 for pages of another size."""
    if (one.width, one.height) != (other.width, other.height):
        return 1.0
    pairs = list(zip(_squares(one), _squares(other), strict=True))
    return sum(abs(first - second) > APART for first, second in pairs) / len(pairs)


def _squares(picture: Picture) -> list[float]:
    means = []
    for top in range(0, picture.height - SQUARE + 1, SQUARE):
        rows = [picture.dots[y * picture.width : (y + 1) * picture.width] for y in range(top, top + SQUARE)]
        for left in range(0, picture.width - SQUARE + 1, SQUARE):
            means.append(sum(sum(row[left : left + SQUARE]) for row in rows) / SQUARE**2)
    return means
