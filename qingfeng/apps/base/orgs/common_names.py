"""Units as people call them: with or without the body that speaks for them."""

from __future__ import annotations

import re

_BODY = re.compile(r"(.{2,}?)(人民政府|办事处|居民委员会|居委会)")
_VILLAGE = re.compile(r"(.{2,}?)村?(村民委员会|村委会)")


def without_body(name: str) -> str:
    """柳荫街道 for 柳荫街道办事处, 柳荫社区 for 柳荫社区居委会, 柳荫村 for 柳荫村村委会. Other names as they are."""
    plain = "".join(name.split())
    village = _VILLAGE.fullmatch(plain)
    if village:
        return f"{village[1]}村"
    body = _BODY.fullmatch(plain)
    return body[1] if body else plain
