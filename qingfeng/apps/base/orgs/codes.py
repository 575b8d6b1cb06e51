"""Codes of units and groups, staff numbers: they stand in addresses and on papers, so they are plain."""

from __future__ import annotations

import re

CODE = re.compile(r"\w[\w.-]{0,29}")


def is_plain(code: str) -> bool:
    """Letters, figures, dots and dashes, at most thirty, the first one no sign."""
    return CODE.fullmatch(code) is not None
