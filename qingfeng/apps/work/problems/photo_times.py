"""When a photo was taken, as the camera wrote it into the file (Exif 2.3, DateTimeOriginal).

Only the head of the file is read. What is not as the standard has it says nothing: a proof needs no camera time.
"""

from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path

from django.utils import timezone

HEAD = 65_536
"""The Exif block stands in the first segment, which is never longer."""
_SUB_IFD, _TAKEN = 0x8769, 0x9003
_MARK = b"Exif\x00\x00"
_ENTRY = 12
_MOST_ENTRIES = 200


def taken_at(path: Path) -> datetime | None:
    """The time on the camera's clock, taken as local; None when the file says nothing of it or is not there."""
    try:
        with open(path, "rb") as file:
            head = file.read(HEAD)
    except OSError:
        return None
    return time_in(head)


def time_in(head: bytes) -> datetime | None:
    """The time in the head of a JPEG file."""
    start = head.find(_MARK)
    if start < 0 or not head.startswith(b"\xff\xd8"):
        return None
    block = head[start + len(_MARK) :]
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return None
    try:
        (first,) = struct.unpack_from(f"{order}I", block, 4)
        sub = _offset(block, order, first, _SUB_IFD)
        place = _offset(block, order, sub, _TAKEN) if sub else None
        if place is None:
            return None
        text = block[place : place + 19].decode("ascii")
        here = timezone.get_current_timezone()
        return datetime.strptime(text, "%Y:%m:%d %H:%M:%S").replace(tzinfo=here)
    except (struct.error, ValueError):
        return None


def _offset(block: bytes, order: str, directory: int, wanted: int) -> int | None:
    """Where the value of a tag stands, by the entries of one directory."""
    (number,) = struct.unpack_from(f"{order}H", block, directory)
    for place in range(min(number, _MOST_ENTRIES)):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHII", block, directory + 2 + place * _ENTRY)
        if tag == wanted:
            return int(value)
    return None
