"""Files that stand for proofs and minutes: small pictures and texts that open on every machine."""

from __future__ import annotations

import struct
import zlib
from random import Random

WIDTH, HEIGHT = 320, 200


def photo(chance: Random) -> bytes:
    """A picture of coloured fields, the size of a thumbnail: stands for a photograph taken on the spot."""
    colours = [bytes(chance.randrange(60, 240) for _ in range(3)) for _ in range(8)]
    lines = []
    for y in range(HEIGHT):
        row = colours[y * 4 // HEIGHT * 2 : y * 4 // HEIGHT * 2 + 2]
        lines.append(b"\0" + row[0] * (WIDTH // 2) + row[1] * (WIDTH // 2))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(lines), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def note(title: str, *paragraphs: str) -> bytes:
    """A short text file, as an office writes it."""
    return "\r\n\r\n".join((title, *paragraphs)).encode("utf-8-sig")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
