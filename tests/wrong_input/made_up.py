"""Files that go wrong, made here byte by byte; the files beside were written once with LibreOffice."""

from __future__ import annotations

import struct
from pathlib import Path

FILES = Path(__file__).parent / "files"
_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAM, _ROOT = 2, 5


def xls(name: str) -> bytes:
    """A real old workbook: plain, merged or dates."""
    return (FILES / f"{name}.xls").read_bytes()


def compound(*names: str, body: bytes = b"") -> bytes:
    """The container of old Office files with streams of these names in its directory; `body` follows the header."""
    entries = b"".join(
        _entry(name, kind) for name, kind in (("Root Entry", _ROOT), *((name, _STREAM) for name in names))
    )
    padded = body + b"\0" * (-len(body) % 512)
    return _SIGNATURE + b"\0" * 504 + padded + entries + b"\0" * (-len(entries) % 512)


def _entry(name: str, kind: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (text.ljust(64, b"\0") + struct.pack("<HB", len(text), kind)).ljust(128, b"\0")


LOCKED_NEW = compound("EncryptionInfo", "EncryptedPackage")
"""An .xlsx or .docx with a password."""
LOCKED_XLS = compound(
    "Workbook",
    body=struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005)
    + b"\0" * 12
    + struct.pack("<HH", 0x002F, 54)
    + b"\0" * 54,
)
LOCKED_DOC = compound("WordDocument", body=b"\xec\xa5" + b"\0" * 8 + struct.pack("<H", 0x0100) + b"\0" * 20)
LOCKED_PDF = b"%PDF-1.6\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>\n%%EOF"
INSTALLER = compound("SummaryInformation", "Tables")
"""An .msi: a program in the same container."""
