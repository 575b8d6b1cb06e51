"""Unified social credit codes (统一社会信用代码, GB 32100-2015) and the names of firms."""

from __future__ import annotations

import re

from qingfeng.screening.cleaning.text import Unusable, closed_up

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
SHAPE = re.compile(f"[{ALPHABET}]{{18}}")
NOT_IN_NAMES = re.compile(r"[^\w]|_")

WRONG_CODE = "统一社会信用代码校验位不对"
WRONG_SHAPE = "不是 18 位统一社会信用代码"


def check_character(first17: str) -> str:
    total = sum(
        ALPHABET.index(character) * weight for character, weight in zip(first17, WEIGHTS, strict=True)
    )
    return ALPHABET[-total % 31]


def clean_firm_code(value: str) -> str:
    """The code in upper case without blanks; not yet judged: registers still hold old registration numbers."""
    code = closed_up(value).upper().strip("'`’‘\"")
    return code[:-2] if re.fullmatch(r"\d+\.0", code) else code


def fault_of(code: str) -> str | None:
    """What is wrong with a cleaned code, if anything."""
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", code):
        return "信用代码被 Excel 转成了浮点数，请按文本重新导出"
    if not SHAPE.fullmatch(code):
        return WRONG_SHAPE
    return None if check_character(code[:17]) == code[17] else WRONG_CODE


def is_valid(code: str) -> bool:
    return fault_of(code) is None


def name_core(value: str) -> str:
    """A firm's name as it is compared: without blanks, brackets and punctuation."""
    return NOT_IN_NAMES.sub("", closed_up(value).upper())


def clean_firm_name(value: str) -> str:
    name = closed_up(value)
    if not name_core(name):
        raise Unusable("单位名称里没有文字")
    return name
