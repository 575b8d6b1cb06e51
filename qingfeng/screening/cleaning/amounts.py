"""Numbers: money into fen, areas into hundredths, counts, shares, yes and no. Never a float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from qingfeng.screening.cleaning.text import Unusable, closed_up

# How many yuan, mu or m² one of the written unit is.
MONEY_UNITS = {
    "亿元": "100000000",
    "亿": "100000000",
    "万元": "10000",
    "万": "10000",
    "千元": "1000",
    "元": "1",
    "分": "0.01",
}
MU_UNITS = {
    "公顷": "15",
    "平方米": "0.0015",
    "平米": "0.0015",
    "㎡": "0.0015",
    "M2": "0.0015",
    "亩": "1",
    "分": "0.1",
}
M2_UNITS = {
    "公顷": "10000",
    "亩": "666.666667",
    "平方米": "1",
    "平米": "1",
    "㎡": "1",
    "M2": "1",
    "平方": "1",
}
COUNT_UNITS = [
    "人",
    "名",
    "位",
    "户",
    "天",
    "日",
    "个工作日",
    "工作日",
    "桌",
    "次",
    "个",
    "台",
    "辆",
    "件",
    "升",
    "公里",
    "千米",
    "KM",
    "L",
    "%",
]

NOT_A_NUMBER = "不是数字"
TOO_LARGE = "数字过大"
WHOLE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(E[+-]?\d+)?")
COMMAS = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$|^[+-]?\d{1,4}(,\d{4})+(\.\d*)?$")
LARGEST = Decimal(10) ** 15


def _bare(value: str) -> tuple[str, bool]:
    """The number without currency sign and brackets, and whether brackets or 负 made it negative."""
    text = closed_up(value).upper().replace("人民币", "").strip("'`’‘\"")
    text = text.replace("−", "-").replace("–", "-").replace("￥", "").replace("¥", "").replace("RMB", "")
    if re.fullmatch(r"\(.+\)", text):
        return text[1:-1], True
    return (text.removeprefix("负"), True) if text.startswith("负") else (text, False)


def _unit_of(text: str, units: dict[str, str]) -> tuple[str, Decimal | None]:
    for unit in sorted(units, key=len, reverse=True):
        if text.endswith(unit) and len(text) > len(unit):
            return text[: -len(unit)], Decimal(units[unit])
    return text, None


def number_of(text: str) -> Decimal:
    """A decimal number, thousands separated by commas or not."""
    if "," in text:
        if not COMMAS.match(text):
            raise Unusable(NOT_A_NUMBER)
        text = text.replace(",", "")
    if not WHOLE.fullmatch(text):
        raise Unusable(NOT_A_NUMBER)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unusable(NOT_A_NUMBER) from None
    if abs(number) >= LARGEST:
        raise Unusable(TOO_LARGE)
    return number


def _hundredths(value: str, units: dict[str, str], factor: Decimal) -> int:
    text, negative = _bare(value)
    text = text.removesuffix("整").removesuffix("正")
    text, written = _unit_of(text, units)
    number = number_of(text) * (factor if written is None else written) * 100
    whole = int(number.quantize(Decimal(1), ROUND_HALF_UP))
    if abs(whole) >= LARGEST:
        raise Unusable(TOO_LARGE)
    return -whole if negative else whole


def clean_money(value: str, factor: Decimal = Decimal(1)) -> int:
    """Fen. `factor` is the unit of the header (万元: 10000); a unit written in the cell goes before it."""
    return _hundredths(value, MONEY_UNITS, factor)


def clean_area(value: str, factor: Decimal = Decimal(1)) -> int:
    """Hundredths of a mu (亩)."""
    return _hundredths(value, MU_UNITS, factor)


def clean_area_m2(value: str, factor: Decimal = Decimal(1)) -> int:
    """Hundredths of a square metre."""
    return _hundredths(value, M2_UNITS, factor)


def clean_decimal(value: str) -> Decimal:
    text, negative = _bare(value)
    text, _ = _unit_of(text, dict.fromkeys(COUNT_UNITS, "1"))
    number = number_of(text).quantize(Decimal("0.001"), ROUND_HALF_UP)
    return -number if negative else number


def clean_integer(value: str) -> int:
    text, negative = _bare(value)
    text, _ = _unit_of(text, dict.fromkeys(COUNT_UNITS, "1"))
    number = number_of(text)
    if number != number.to_integral_value():
        raise Unusable("应为整数")
    return -int(number) if negative else int(number)


YES = frozenset(
    [
        "是",
        "有",
        "真",
        "√",
        "✓",
        "✔",
        "☑",
        "对",
        "1",
        "1.0",
        "Y",
        "YES",
        "T",
        "TRUE",
        "已",
        "通过",
        "同意",
        "在用",
        "成功",
        "合格",
    ]
)
NO = frozenset(
    [
        "否",
        "无",
        "假",
        "×",
        "✗",
        "✘",
        "☐",
        "X",
        "错",
        "0",
        "0.0",
        "N",
        "NO",
        "F",
        "FALSE",
        "未",
        "没有",
        "不",
        "不是",
        "闲置",
        "失败",
        "不合格",
    ]
)


def clean_boolean(value: str) -> bool:
    text = closed_up(value).upper()
    if text in YES or re.match("已|有", text):
        return True
    if text in NO or re.match("未|没|不|无|非", text):
        return False
    raise Unusable("不能判断是或否")
