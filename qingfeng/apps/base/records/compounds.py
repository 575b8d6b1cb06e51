"""The container of old Office files, byte by byte; free of Django, because the readers of files open it as well."""

from __future__ import annotations

import re
import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_NAME_BYTES = 64
_SECTOR = 512
_FIB = b"\xec\xa5"
_ENCRYPTED_DOC = 0x0100
_BOF = re.compile(rb"\x09\x08\x10\x00\x00\x06")
_FILE_PASS = 0x002F
_RECORDS = 12


def is_compound(content: bytes) -> bool:
    """Whether it begins as one."""
    return content.startswith(SIGNATURE)


def is_locked(content: bytes) -> bool:
    """Whether a password is needed to open it: a new file packed away, or the flag of the old formats."""
    return "EncryptedPackage" in names_in(content) or _is_locked_doc(content) or _is_locked_xls(content)


def names_in(content: bytes) -> set[str]:
    """The names in its directory ([MS-CFB] 2.6.1)."""
    found = set()
    for start in range(_SECTOR, len(content) - _ENTRY + 1, _ENTRY):
        length = int.from_bytes(content[start + _NAME_BYTES : start + _NAME_BYTES + 2], "little")
        if 4 <= length <= _NAME_BYTES and length % 2 == 0 and content[start + _NAME_BYTES + 2] in (1, 2, 5):
            name = content[start : start + length - 2].decode("utf-16-le", "replace")
            if name.isascii():
                found.add(name)
    return found


def _is_locked_doc(content: bytes) -> bool:
    """The flag fEncrypted of the file information block ([MS-DOC] 2.5.2)."""
    for start in range(_SECTOR, len(content) - 12, _SECTOR):
        if content.startswith(_FIB, start):
            flags = int.from_bytes(content[start + 10 : start + 12], "little")
            return bool(flags & _ENCRYPTED_DOC)
    return False


def _is_locked_xls(content: bytes) -> bool:
    """The record FilePass near the beginning of the workbook ([MS-XLS] 2.4.117)."""
    begin = _BOF.search(content)
    at = begin.start() if begin else len(content)
    for _record in range(_RECORDS):
        if at + 4 > len(content):
            return False
        kind, size = struct.unpack_from("<HH", content, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + size
    return False
