"""The container of old Office files (.doc, .xls, .wps, .et), which is also that of new ones with a password.

Told by the names in its directory ([MS-CFB] 2.6.1): a program's installer (.msi) lies in the same container.
"""

from __future__ import annotations

from qingfeng.apps.base.records.compounds import SIGNATURE, is_compound, is_locked, names_in
from qingfeng.apps.base.records.models import FileKind

__all__ = ["SIGNATURE", "is_compound", "is_locked", "kind_within"]

_HOLDS = {"WordDocument": FileKind.DOC, "Workbook": FileKind.XLS, "Book": FileKind.XLS, "ET": FileKind.XLS}


def kind_within(content: bytes) -> FileKind | None:
    """Word or Excel; None for whatever else is kept in such a container."""
    names = names_in(content)
    return next((kind for name, kind in _HOLDS.items() if name in names), None)
