"""What the values below a header say: they confirm a column of a kind, forbid it, or say nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from enum import Enum
from functools import lru_cache

from qingfeng.screening.catalogue import Column
from qingfeng.screening.cleaning import amounts, codes, dates, ids
from qingfeng.screening.cleaning.text import Unusable, closed_up, is_nothing

MOSTLY, NEARLY_ALL, ENOUGH = 0.6, 0.8, 3
PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][·•.\- ]?[0-9A-Z]{4,6}[挂学警港澳]?")
PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,12}")
FIRM_WORDS = (
    "公司|厂|店|部|社|中心|站|行|院|所|场|园|商户|集团|酒楼|超市|工作室|企业|农庄|餐馆|局|委|会|府|办|校|队"
)
FIRM = re.compile(f".*({FIRM_WORDS}).*")
FIRM_END = re.compile(f"({FIRM_WORDS})$")
FIRM_LENGTH = 5
SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")
PLACE_END = re.compile(f"(村|社区|镇|乡|街|路|区|县|市|组|河|桥|坝|岩|湾|沟|山|坪|塘|{FIRM_WORDS})$")
# The surnames of about nine in ten people.
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文付向尤樊莫覃聂祝闫肖"
)
HAN = re.compile(r"[\u4e00-\u9fff]")
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
YEAR_MONTH = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])")
ACCOUNT = re.compile(r"[\d -]{12,30}")
YES_NO = re.compile(r"[是否有无√×YN]|已.{0,3}|未.{0,3}|不.{0,2}")


class Verdict(Enum):
    """What values say about a column."""

    AGREES = "agrees"
    SILENT = "silent"
    AGAINST = "against"


@lru_cache(maxsize=1 << 14)
def kind(value: str) -> str:
    """The narrowest kind a single value is of."""
    text = closed_up(value).upper().strip("'`’‘\"")
    if _holds(ids.clean_person_id, text):
        return "id"
    if codes.is_valid(codes.clean_firm_code(text)):
        return "code"
    for one, shape in (("plate", PLATE), ("phone", PHONE), ("month", YEAR_MONTH)):
        if shape.fullmatch(text):
            return one
    if day := _time(value, text):
        return day
    if ACCOUNT.fullmatch(text):
        return "account"
    if _holds(amounts.clean_money, text):
        return "number"
    return "person" if PERSON.fullmatch(text) else "han" if HAN.search(text) else "other"


def _time(value: str, text: str) -> str | None:
    """A day or a month; of bare digits only those of a whole day (a day of Excel looks like any number)."""
    if text.isdigit() and len(text) != 8 or re.fullmatch(r"\d{5}\.\d+", text):
        return None
    return (
        "date" if _holds(dates.clean_date, value) else "month" if _holds(dates.clean_month, value) else None
    )


def _holds(clean: Callable[[str], object], text: str) -> bool:
    try:
        clean(text)
    except Unusable:
        return False
    return True


MONTH_STANDS_FOR = {"from_day": "当月第一天", "to_day": "当月最后一天"}
# Column type → kinds that confirm it, kinds that forbid it.
TEXTS = frozenset({"han", "person"})
SAID: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "person_id": (frozenset({"id"}), frozenset({"date", "month", "han", "person", "plate", "phone"})),
    "person_name": (TEXTS, frozenset({"id", "code", "date", "month", "number", "account", "plate", "phone"})),
    "firm_code": (frozenset({"code"}), frozenset({"date", "month", "han", "person", "plate", "phone"})),
    "firm_name": (TEXTS, frozenset({"id", "code", "date", "month", "number", "account", "plate", "phone"})),
    "date": (
        frozenset({"date"}),
        frozenset({"id", "code", "han", "person", "plate", "phone", "account", "month"}),
    ),
    **dict.fromkeys(
        ("from_day", "to_day"),
        (
            frozenset({"date", "month"}),
            frozenset({"id", "code", "han", "person", "plate", "phone", "account"}),
        ),
    ),
    "timestamp": (
        frozenset({"date"}),
        frozenset({"id", "code", "han", "person", "plate", "phone", "account"}),
    ),
    "month": (frozenset({"month", "date"}), frozenset({"id", "code", "person", "plate", "phone", "account"})),
    "money": (frozenset({"number"}), frozenset({"id", "code", "date", "han", "person", "plate", "phone"})),
    "area": (frozenset({"number"}), frozenset({"id", "code", "date", "han", "person", "plate", "phone"})),
    "area_m2": (frozenset({"number"}), frozenset({"id", "code", "date", "han", "person", "plate", "phone"})),
    "decimal": (frozenset({"number"}), frozenset({"id", "code", "date", "han", "person", "plate", "phone"})),
    "integer": (frozenset({"number"}), frozenset({"id", "code", "date", "plate", "phone"})),
    "account": (frozenset({"account"}), frozenset({"date", "month", "han", "person", "plate"})),
    "phone": (frozenset({"phone"}), frozenset({"date", "han", "id", "plate"})),
    "plate": (frozenset({"plate"}), frozenset({"id", "date", "han", "person", "number", "phone"})),
    "official_plate": (frozenset({"plate"}), frozenset({"id", "date", "han", "person", "number", "phone"})),
    "text": (TEXTS, frozenset({"id", "code", "account", "phone"})),
    "place": (TEXTS, frozenset({"id", "code", "account", "phone", "date", "number"})),
    "address": (TEXTS, frozenset({"id", "code", "date", "phone", "number"})),
    "public_address": (TEXTS, frozenset({"id", "code", "date", "phone", "number"})),
    "boolean": (frozenset(), frozenset({"id", "code", "date", "account", "phone", "plate"})),
    "code": (frozenset({"other", "number", "account", "code", "han"}), frozenset({"id", "date"})),
}


BENEFIT = "benefit"
A_CLASS = re.compile("第?([A-Ea-eＡ-Ｅ]|[一二三四五甲乙丙丁]|[0-9]{1,2})(类|级|档|等)?")


def verdict(column: Column, values: Sequence[str]) -> Verdict:
    """Whether the values under a header are of the column's type. A few stray ones, and empty columns, say nothing.
    Classes of a benefit (A, 二类, 1档) do not say which benefit it is."""
    if column.name == BENEFIT and _only_classes(values):
        return Verdict.AGAINST
    return _verdict(column.type, column.required, tuple(values))


def _only_classes(values: Sequence[str]) -> bool:
    given = [value for value in values if value and not is_nothing(value)]
    return bool(given) and all(A_CLASS.fullmatch(value.strip()) for value in given)


@lru_cache(maxsize=1 << 12)
def _verdict(of: str, required: bool, values: tuple[str, ...]) -> Verdict:
    """The same, kept: a sheet is tried as many tables."""
    given = [value for value in values if value and not is_nothing(value)]
    if not given:
        return Verdict.SILENT
    confirm, forbid = SAID[of]
    if of == "text" and required:
        forbid |= {"number", "date"}
    kinds = Counter(map(kind, given))
    agreeing = sum(kinds[one] for one in confirm)
    if of == "place" and persons_like(given):
        return Verdict.AGAINST
    if of in ("date", "timestamp"):
        agreeing = sum(_holds(dates.clean_timestamp, value) for value in given)
    if of in MONTH_STANDS_FOR:
        agreeing = sum(_holds(dates.clean_from_day, value) for value in given)
    if of == "boolean":
        agreeing = sum(bool(YES_NO.fullmatch(value.strip())) for value in given)
    if agreeing >= MOSTLY * len(given):
        return Verdict.AGREES
    against = sum(kinds[one] for one in forbid)
    if len(given) >= ENOUGH and against >= NEARLY_ALL * len(given):
        return Verdict.AGAINST
    return Verdict.SILENT


def month_stands_for(column: Column, values: Sequence[str]) -> str | None:
    """Which day of the month a column of days that holds months only is taken for."""
    return MONTH_STANDS_FOR.get(column.type) if of_kind(values, "month") else None


def firm_like(values: Sequence[str]) -> bool:
    """Whether most values are names of firms or offices, not of persons."""
    given = [value for value in values if value and not is_nothing(value)]
    named = [value for value in given if len(value) >= FIRM_LENGTH and FIRM.fullmatch(value)]
    return len(given) >= ENOUGH and len(named) >= NEARLY_ALL * len(given)


def persons_like(given: Sequence[str]) -> bool:
    """Whether values are names of persons, not of places: short, nearly all different, and most begin with a surname
    that is common; a name that ends like a place or an office is none."""
    names = [value for value in given if SHORT_NAME.fullmatch(value) and not PLACE_END.search(value)]
    known = sum(value[0] in SURNAMES for value in names)
    different = len(set(given)) >= NEARLY_ALL * len(given)
    return len(given) > ENOUGH and different and known >= NEARLY_ALL * len(given)


CALLED = {
    "id": "身份证号", "code": "统一社会信用代码", "date": "日期", "month": "年月，没有日", "number": "数字", "account": "账号", "phone": "电话号码",
    "plate": "车牌号", "person": "姓名或文字", "han": "文字",
}  # fmt: skip


def mostly(values: Sequence[str]) -> str | None:
    """What nearly all values are, in the words of an office."""
    return next((called for one, called in CALLED.items() if of_kind(values, one)), None)


def of_both(column: Column, values: Sequence[str]) -> tuple[bool, bool]:
    """Whether there are persons among the values of a column, and whether there are firms."""
    given = [closed_up(value) for value in values if value and not is_nothing(value)]
    if column.type == "person_id":
        kinds = set(map(kind, given))
        return "id" in kinds, "code" in kinds
    firms = [
        bool(len(value) >= FIRM_LENGTH and "·" not in value and FIRM.fullmatch(value)) for value in given
    ]
    persons = [bool(PERSON.fullmatch(value)) and not FIRM_END.search(value) for value in given]
    return any(persons), any(firms)


def of_kind(values: Sequence[str], wanted: str) -> bool:
    """Whether nearly all values are of one kind."""
    given, kinds = _kinds(tuple(values))
    return given >= ENOUGH and kinds[wanted] >= NEARLY_ALL * given


@lru_cache(maxsize=1 << 12)
def _kinds(values: tuple[str, ...]) -> tuple[int, Counter[str]]:
    """How many values there are, and how many of each kind."""
    given = [value for value in values if value and not is_nothing(value)]
    return len(given), Counter(map(kind, given))
