"""The directory at the end of a packed file (.zip, .xlsx, .docx): how long it is, before anybody reads it.

Listing a directory of half a million empty entries, which fits into an upload, costs gigabytes and seconds. Source:
PKWARE APPNOTE 6.3, 4.3.16; the same end is found as by the reader of the standard library.
"""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

MOST_DIRECTORY = 1024 * 1024
"""Bytes: some ten thousand entries. A workbook of three hundred worksheets has a thousand."""
_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 1 << 16


class Crowded(Exception):
    """More is packed into the file than any program of an office packs."""


def check_directory(content: bytes) -> None:
    """Crowded when the directory is longer than that of any document."""
    if _length(content) > MOST_DIRECTORY:
        raise Crowded


def names_within(content: bytes) -> frozenset[str]:
    """What is packed; nothing when the file is cut off, damaged or crowded."""
    try:
        check_directory(content)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (Crowded, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


def _length(content: bytes) -> int:
    """As the end of the file tells it; a file of the size that needs 64 bits says all ones, which is too long."""
    at = len(content) - _END_BYTES
    if not (content.startswith(_END, max(at, 0)) and content.endswith(b"\0\0")):
        at = content.rfind(_END, max(0, at - _LONGEST_COMMENT))
    if at < 0 or at + _END_BYTES > len(content):
        return 0
    length: int = struct.unpack_from("<L", content, at + 12)[0]
    return length
