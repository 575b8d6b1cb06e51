"""Number plates: 清A·12345 in any spelling. The province is not checked, letters and length are."""

from __future__ import annotations

import re

from qingfeng.screening.cleaning.text import Unusable, closed_up

SHAPE = re.compile(
    r"[\u4e00-\u9fff][A-Z][0-9A-Z]{4,6}[挂学警港澳领使]?|[\u4e00-\u9fff]{0,2}[0-9A-Z]{5,8}[\u4e00-\u9fff]?"
)


def clean_plate(value: str) -> str:
    plate = re.sub(r"[·•.\-—_'\"]", "", closed_up(value).upper())
    if not SHAPE.fullmatch(plate):
        raise Unusable("不像车牌号")
    return plate


def shown(plate: str) -> str:
    """The place and the last two stay: 清A***45."""
    return plate[:2] + "*" * max(len(plate) - 4, 0) + plate[-2:]
