"""Text files in whatever encoding they were saved: offices send UTF-8, GB18030 and what Excel calls Unicode (UTF-16)."""

from __future__ import annotations

import re

_LOOKED_AT = 4096
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


def decoded(content: bytes) -> str | None:
    """The text, or None when the bytes are no text in an encoding that is in use."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    return None


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    unmarked = _utf_16_without_mark(content[:_LOOKED_AT])
    return (unmarked,) if unmarked else ("utf-8-sig", "gb18030")


def _utf_16_without_mark(start: bytes) -> str:
    """Commas, digits and line ends have a zero byte in UTF-16, always on the same side; other text has none."""
    first, second = start[0::2].count(0), start[1::2].count(0)
    if second and not first:
        return "utf-16-le"
    if first and not second:
        return "utf-16-be"
    return ""
