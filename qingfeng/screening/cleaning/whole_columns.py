"""Whole columns in DuckDB SQL: takes what is clean already and the usual dirt (blanks, 元, thousands), for sure, and
leaves every other value (NULL) to the plain form of `kinds.py`, which then sees each distinct value once. The two agree
wherever this one answers."""

from __future__ import annotations

from decimal import Decimal

from qingfeng.screening.catalogue import DAYS, Column
from qingfeng.screening.cleaning.ids import WEIGHTS
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.text import NOTHING
from qingfeng.screening.cleaning.variants import VARIANTS

HANZI = (0x4E00, 0x9FA5)
# Characters that NFKC leaves alone; a leading # may be an error value of Excel and goes the long way. What has neither
# a digit nor a Chinese character (-, NULL, N/A) may say nothing and goes there too; of the rest only 无数据 does.
HANZI_CLASS = r"\x{4e00}-\x{9fa5}"
TEXT_CLASS = rf"!-~{HANZI_CLASS}、。“”‘’《》〈〉【】〔〕—·"
TEXT_SHAPE = rf"[!-\"$-/:-~]*[0-9{HANZI_CLASS}][{TEXT_CLASS}]*( [{TEXT_CLASS}]+)*"
CODE_CLASS = rf"0-9A-Z{HANZI_CLASS}()\-/〔〕\[\]_"
CODE_SHAPE = rf"[A-Z()\-/_]*[0-9{HANZI_CLASS}][{CODE_CLASS}]*"
NO_DATA = "无数据"
ADDRESS_SHAPE = rf"[{HANZI_CLASS}0-9A-Za-z()\-]+"
YEAR = "(18[5-9][0-9]|19[0-9]{2}|2[01][0-9]{2})"
DAY_SHAPE = f"{YEAR}[-/][0-9]{{1,2}}[-/][0-9]{{1,2}}"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _full(expression: str, shape: str) -> str:
    return f"regexp_full_match({expression}, {quoted(shape)})"


def is_nothing(expression: str) -> str:
    """Whether a cell says nothing, in SQL; blanks around are left to the plain form."""
    return (
        f"({expression} IS NULL OR {expression} IN ({', '.join(quoted(word) for word in sorted(NOTHING))}))"
    )


def _text(c: str) -> str:
    return f"CASE WHEN {_full(c, TEXT_SHAPE)} AND {c} <> '{NO_DATA}' THEN {c} END"


def _code(c: str) -> str:
    return f"CASE WHEN {_full(c, CODE_SHAPE)} AND {c} <> '{NO_DATA}' THEN {c} END"


# No exponent, no underscore: DuckDB reads some of these otherwise than Python.
NUMBER_SHAPE = r"-?[0-9]{1,13}(\.[0-9]{1,6})?"


MEASURES = ("money", "area", "area_m2")
SHAPES = {
    "integer": "-?[0-9]{1,15}",
    "decimal": NUMBER_SHAPE,
    **dict.fromkeys(DAYS, DAY_SHAPE),
    "month": f"{YEAR}-[0-9]{{2}}",
    "timestamp": f"{DAY_SHAPE} [0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}})?",
    **dict.fromkeys(MEASURES, NUMBER_SHAPE),
}


def _measured(c: str, factor: Decimal) -> str | None:
    if factor == 1:
        return f"CAST(try_cast({c} AS DECIMAL(15,2)) * 100 AS BIGINT)"
    return f"CAST(try_cast({c} AS DECIMAL(11,6)) * 1000000 AS BIGINT)" if factor == 10_000 else None


def _boolean(c: str) -> str:
    return f"CASE WHEN {c} IN ('是', '1', '有', '√', 'Y') THEN true WHEN {c} IN ('否', '0', '无', 'N') THEN false END"


def of_sure(column: Column, c: str, factor: Decimal = Decimal(1)) -> str | None:
    """SQL of the stored value of texts that `plain` was found sure of; None when it is sure of nothing."""
    if column.type in MEASURES:
        return _measured(c, factor)
    made = {
        "text": c,
        "place": c,
        "code": c,
        "integer": f"try_cast({c} AS BIGINT)",
        "decimal": f"try_cast({c} AS DECIMAL(18,3))",
        "boolean": _boolean(c),
        **dict.fromkeys(DAYS, f"try_cast({c} AS DATE)"),
        "month": f"try_cast({c} || '-01' AS DATE)",
        "timestamp": f"try_cast({c} AS TIMESTAMP)",
    }
    return made.get(column.type)


def plain(column: Column, c: str, factor: Decimal = Decimal(1)) -> str | None:
    """SQL of the stored value of a plain column, NULL where it is not sure; None when nothing is sure."""
    if column.type in ("text", "place"):
        return _text(c)
    if column.type == "code":
        return _code(c)
    value = of_sure(column, c, factor)
    if value is None or column.type == "boolean":
        return value
    return f"CASE WHEN {_full(c, SHAPES[column.type])} THEN {value} END"


# What stands behind a number that is in the stored unit.
OWN_UNITS = {"money": "元", "area": "亩", "area_m2": "平方米"}


def usual(column: Column, c: str, factor: Decimal = Decimal(1)) -> str | None:
    """SQL of the stored value of texts in which the usual dirt stands, for those that `plain` is not sure of; NULL
    where this is not sure either, None for columns in which no dirt is so frequent."""
    if column.type in ("text", "place"):
        return _text(f"trim({c})")
    if column.type == "code":
        return _code(f"upper(replace({c}, ' ', ''))")
    return _usual_measure(column, c, factor) if column.type in MEASURES else None


def _usual_measure(column: Column, c: str, factor: Decimal) -> str | None:
    unit = OWN_UNITS[column.type]
    shape = rf"[¥￥]?-?([0-9]{{1,13}}|[0-9]{{1,3}}(,[0-9]{{3}})+)(\.[0-9]{{1,6}})?({unit})?"
    number = f"replace(regexp_replace({c}, '[¥￥,]', '', 'g'), '{unit}', '')"
    written, unwritten = _measured(number, Decimal(1)), _measured(number, factor)
    if unwritten is None:
        return None
    return f"CASE WHEN NOT {_full(c, shape)} THEN NULL WHEN suffix({c}, '{unit}') THEN {written} ELSE {unwritten} END"


def keyed(column: Column, keys: Keys, values: str) -> str | None:
    """A SELECT over `values(raw)`, distinct texts of a keyed column: raw, clear and the stored columns, in order, for
    those texts that are clean already but for blanks and the like; None when all take the plain form."""
    made = {
        "person_id": _person_id,
        "person_name": _person_name,
        "account": _account,
        "phone": _phone,
        "plate": _plate,
        "official_plate": _official_plate,
        "address": _address,
        "public_address": _public_address,
    }.get(column.type)
    return made(keys, values) if made else None


ID_SHAPE = "[1-9][0-9]{16}[0-9X]"


def _freed(shape: str, excluded: str, text: str = "raw") -> str:
    """A text without the characters of a class; most have the shape already and stay as they are."""
    return f"CASE WHEN {_full('raw', shape)} THEN raw ELSE regexp_replace({text}, {quoted(excluded)}, '', 'g') END"


def _person_id(keys: Keys, values: str) -> str:
    total = " + ".join(f"(n // {10 ** (16 - place)} % 10) * {weight}" for place, weight in enumerate(WEIGHTS))
    freed = _freed(ID_SHAPE, r"[ \t]", "upper(ltrim(raw, ''''))")
    return f"""
        SELECT raw, clear, {keys.sql("person", "clear")}, 1::TINYINT, birth,
               left(clear, 6) || '********' || right(clear, 4)
        FROM (SELECT raw, clear, CAST(left(clear, 17) AS BIGINT) AS n,
                     CAST(try_strptime(substr(clear, 7, 8), '%Y%m%d') AS DATE) AS birth
              FROM (SELECT raw, {freed} AS clear FROM {values}) WHERE {_full("clear", ID_SHAPE)})
        WHERE birth >= DATE '1850-01-01' AND substr('10X98765432', CAST(({total}) % 11 AS INTEGER) + 1, 1) = right(clear, 1)
    """


def _class_without(excluded: set[int], first: int, last: int) -> str:
    """A regular expression's class of a range of characters without some of them."""
    parts, start = [], first
    for code in [*sorted(excluded), last + 1]:
        if code > start:
            parts.append(f"\\x{{{start:x}}}-\\x{{{code - 1:x}}}")
        start = code + 1
    return "".join(parts)


USUAL_CLASS = _class_without({ord(c) for c in VARIANTS if HANZI[0] <= ord(c) <= HANZI[1]}, *HANZI)


NAME_BLANK = r"[ \t\x{3000}]"


def _variants_in(values: str) -> str:
    """The variant characters that occur at all, and what they become: translate() takes as long for each text as it is
    given characters, and of the hundreds a list of names holds a few."""
    old, new = "".join(VARIANTS), "".join(VARIANTS.values())
    return (
        f"SELECT string_agg(DISTINCT one, '') AS old, translate(old, '{old}', '{new}') AS new "
        f"FROM (SELECT unnest(regexp_extract_all(raw, '[{old}]')) AS one FROM {values})"
    )


def _person_name(keys: Keys, values: str) -> str:
    usual = f"[{USUAL_CLASS}]{{2,5}}"
    masked = "left(clear, 1) || repeat('*', greatest(length(clear) - 2, 1)) || CASE WHEN length(clear) > 2 THEN right(clear, 1) ELSE '' END"
    return f"""
        SELECT raw, clear, {masked}, {keys.sql("name", "clear")}
        FROM (SELECT raw, CASE WHEN {_full("closed", usual)} THEN closed ELSE translate(closed, old, new) END AS clear
              FROM (SELECT raw, {_freed(usual, NAME_BLANK)} AS closed FROM {values}) CROSS JOIN ({_variants_in(values)})
              WHERE {_full("closed", f"[{HANZI_CLASS}]{{2,5}}")})
        WHERE clear <> '{NO_DATA}'
    """


NUMBER_BLANK = r"[ \t'\-]"


def _account(keys: Keys, values: str) -> str:
    return f"""
        SELECT raw, clear, '****' || right(clear, 4), {keys.sql("account", "clear")}
        FROM (SELECT raw, {_freed("[0-9]{6,32}", NUMBER_BLANK)} AS clear FROM {values})
        WHERE {_full("clear", "[0-9]{6,32}")} AND NOT (length(clear) >= 19 AND suffix(clear, '0000'))
    """


def _phone(keys: Keys, values: str) -> str:
    return f"""
        SELECT raw, clear, '****' || right(clear, 4), {keys.sql("phone", "clear")}
        FROM (SELECT raw, {_freed("1[0-9]{10}", NUMBER_BLANK)} AS clear FROM {values})
        WHERE {_full("clear", "1[0-9]{10}")}
    """


PLATE_SHAPE = f"[{HANZI_CLASS}][A-Z][0-9A-Z]{{5,6}}"


def _plate(keys: Keys, values: str) -> str:
    return f"""
        SELECT raw, raw AS clear, left(raw, 2) || repeat('*', length(raw) - 4) || right(raw, 2), {keys.sql("plate", "raw")}
        FROM {values} WHERE {_full("raw", PLATE_SHAPE)}
    """


def _official_plate(keys: Keys, values: str) -> str:
    return f"""
        SELECT raw, NULL AS clear, raw, {keys.sql("plate", "raw")}
        FROM {values} WHERE {_full("raw", PLATE_SHAPE)}
    """


ADDRESS_CORE = "regexp_replace(upper(raw), '[()]', '', 'g')"


def _address(keys: Keys, values: str) -> str:
    return f"""
        SELECT raw, raw AS clear, {keys.sql("address", ADDRESS_CORE)}
        FROM {values} WHERE {_full("raw", ADDRESS_SHAPE)} AND NOT {is_nothing("raw")}
    """


def _public_address(keys: Keys, values: str) -> str:
    return f"""
        SELECT raw, NULL AS clear, raw, {keys.sql("address", ADDRESS_CORE)}
        FROM {values} WHERE {_full("raw", ADDRESS_SHAPE)} AND NOT {is_nothing("raw")}
    """
