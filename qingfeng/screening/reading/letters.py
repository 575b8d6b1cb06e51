"""Headers of exported databases: the first letters of their pinyin (XM, SFZH, FFRQ), and the numbers of items in the
exchanges of the social insurance (AAC002)."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from functools import cache

from qingfeng.screening.catalogue import Column, Table, tables
from qingfeng.screening.reading.values import Verdict, verdict

LETTERS = re.compile(r"[a-z]{2,16}")
# What the items of the social insurance's standard are called (个人, 单位, 经办 are their groups AAC, AAB, AAE).
ITEMS = {
    "aac001": "个人编号", "aac002": "身份证号", "aac003": "姓名", "aac004": "性别", "aac005": "民族", "aac006": "出生日期", "aac007": "参加工作日期",
    "aac008": "参保状态", "aac030": "参保开始日期", "aac031": "缴费状态", "aac040": "缴费基数", "aab001": "单位编号", "aab003": "统一社会信用代码",
    "aab004": "单位名称", "aae002": "费款所属期", "aae013": "备注", "aae019": "金额", "aae030": "开始日期", "aae031": "终止日期", "aae036": "经办日期",
    "aae041": "开始年月", "aae042": "终止年月", "aae140": "险种",
}  # fmt: skip
# What two letters mean in every export.
EVERYWHERE = {"bz": "备注", "xh": "序号", "xb": "性别"}
# A unit at their end, and what is said of somebody.
UNITS = {"area": "亩", "money": "元"}
NAMES, NUMBERS = (
    ("姓名", "名称"),
    ("证件号码", "证件号", "身份证号", "身份证号码", "公民身份号码", "身份证明号码"),
)
# How first letters end, by the kind of thing: 标段号 and 标段编号, 开始日期 and 开始时间, 单位 and 单位名称.
LETTER_ENDS = {
    "when": "rq|sj",
    "number": "bh|hm|h|dm|bm",
    "name": "mc|qc",
    "state": "qk|zt|jg",
    "where": "dz|dd|wz|dq",
    "kind": "lx|lb|zl",
}
LETTER_END = re.compile("(?:" + "|".join(f"(?P<{kind}>{ends})" for kind, ends in LETTER_ENDS.items()) + ")$")
# Letters that differ only in such an ending are nearly the same; fewer letters before it than this could be anything.
NEARLY, BEFORE_ITS_END = 0.85, 2
# A row with fewer of them is no row of headers.
AT_LEAST = 3
# What letters alone cannot tell apart the values must: a text fits too much.
TOLD_BY_VALUES = ("person_id", "firm_code", "date", "from_day", "to_day", "timestamp", "money", "area", "area_m2", "account", "phone", "plate", "official_plate", "person_name")  # fmt: skip


def _first_letters(words: Sequence[str]) -> set[str]:
    """Nothing where pypinyin is not installed: such headers are asked about then."""
    try:
        pypinyin = importlib.import_module("pypinyin")
    except ImportError:
        return set()
    return {"".join(pypinyin.lazy_pinyin(word, style=pypinyin.Style.FIRST_LETTER)).lower() for word in words}


@cache
def _of_table(table: Table) -> dict[str, tuple[str, ...]]:
    """First letters → the columns they may mean."""
    made: dict[str, list[str]] = {}
    for column in table.columns:
        for letters in _first_letters(_worded(table, column)):
            if EVERYWHERE.get(letters, column.title) == column.title:
                made.setdefault(letters, []).append(column.name)
    return {letters: tuple(columns) for letters, columns in made.items()}


def _worded(table: Table, column: Column) -> list[str]:
    """How a column is called: by the contract, with its unit, and by whom it is the name or the number of."""
    called = [column.title, *column.headers]
    made = [*called, *(word + UNITS[column.type] for word in called if column.type in UNITS)]
    for party in table.parties:
        kinds = NAMES if column.name == party.name else NUMBERS if column.name == party.number else ()
        made += [word + kind for word in party.words for kind in kinds]
    return made


@cache
def _of_all() -> frozenset[str]:
    return frozenset(letters for table in tables().values() for letters in _of_table(table))


def known_letters(cells: Sequence[str]) -> int:
    """How many cells of a row are headers in first letters; none in a row with few of them."""
    written = {cell.lower() for cell in cells if LETTERS.fullmatch(cell.lower())}
    return len(written & _of_all()) if len(written) >= AT_LEAST else 0


def by_letters(table: Table, written: str, values: Sequence[str]) -> str | None:
    """The column that first letters mean, when the values below tell which."""
    meant = [table.column(name) for name in _of_table(table).get(written, ())]
    fitting = [
        column
        for kind in TOLD_BY_VALUES
        for column in meant
        if column.type == kind and verdict(column, values) is Verdict.AGREES
    ]
    kinds = {column.type for column in fitting}
    return fitting[0].name if len(fitting) == 1 or len(kinds) > 1 else None


def spelt_out(core: str) -> str:
    """The item that a number of the social insurance's standard stands for; any other header as it is."""
    return ITEMS.get(core, core)


def likeness_of_letters(table: Table, written: str) -> dict[str, float]:
    """How like first letters are to those of the columns of a table: the same, or the same but for how they end."""
    same = dict.fromkeys(_of_table(table).get(written, ()), 1.0)
    return {**dict.fromkeys(_by_base(table).get(_base(written), ()), NEARLY), **same}


def _base(letters: str) -> tuple[str, str]:
    """First letters without the end that tells the kind of thing, and that kind; what has no such end may be a name."""
    end = LETTER_END.search(letters)
    before = letters[: end.start()] if end else letters
    return (before, str(end.lastgroup)) if end and len(before) >= BEFORE_ITS_END else (letters, "name")


@cache
def _by_base(table: Table) -> dict[tuple[str, str], set[str]]:
    made: dict[tuple[str, str], set[str]] = {}
    for letters, columns in _of_table(table).items():
        made.setdefault(_base(letters), set()).update(columns)
    return made
