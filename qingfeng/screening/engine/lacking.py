"""What a rule lacks to find anything at all, in the words of those who hand tables over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from qingfeng.screening.catalogue import table, tables
from qingfeng.screening.engine.relations import CALENDAR
from qingfeng.screening.engine.rule import Rule

Empty = Mapping[str, Collection[str]]


def obstacle(
    rule: Rule, there: Collection[str], without_values: Empty, decided_by: Empty = MappingProxyType({})
) -> str:
    """Why a rule would find nothing on these tables, whatever is in them; empty where it may find something.

    `decided_by`: columns without which it does not see a row (see `incomplete.py`).
    """
    missing = [
        title(name)
        for name in dict.fromkeys((*rule.inputs, *rule.needs))
        if name != CALENDAR and name not in there
    ]
    if missing:
        return f"缺少表：{'、'.join(missing)}"
    needed = {
        name: (*rule.needs.get(name, ()), *decided_by.get(name, ())) for name in (*rule.inputs, *rule.needs)
    }
    lacking = [
        f"{title(name)}“{header(name, column)}”"
        for name, columns in needed.items()
        for column in columns
        if column in without_values.get(name, ())
    ]
    if lacking:
        return f"缺少列：{'、'.join(dict.fromkeys(lacking))}"
    ways = [_lacking(way, there, without_values) for way in rule.either]
    if ways and all(ways):
        return f"缺少可以比对的内容，还要有：{'；或者'.join(dict.fromkeys(ways))}"
    return ""


def unseen(decided_by: Empty) -> list[str]:
    """What is said of rows that a rule does not see, for they lack what it decides by."""
    return [
        f"有的{title(name)}没有“{'”“'.join(dict.fromkeys(header(name, one) for one in columns))}”，那些行没有参加比对。"
        for name, columns in decided_by.items()
    ]


def _lacking(way: Sequence[tuple[str, str]], there: Collection[str], without_values: Empty) -> str:
    """What one way of finding something lacks."""
    absent = dict.fromkeys(f"表“{title(name)}”" for name, _ in way if name not in there)
    empty = dict.fromkeys(
        f"{title(name)}“{header(name, column)}”"
        for name, column in way
        if column in without_values.get(name, ())
    )
    return "、".join([*absent, *empty])


def title(name: str) -> str:
    """What a table is called."""
    return tables()[name].title if name in tables() else name


def header(name: str, stored: str) -> str:
    """The Chinese header behind a stored column; for what was drawn from an identity number, that number's."""
    if name not in tables():
        return stored
    columns = {column.name: column for column in table(name).columns}
    role = stored.removesuffix("_key")
    for candidate in (stored, role, f"{role}_name", f"{role}_code"):
        if candidate in columns:
            return columns[candidate].title
    for part in ("person_key", "person_tier", "birth_date", "id_shown"):
        number = stored.removesuffix(part) + "id_no"
        if stored.endswith(part) and number in columns:
            return columns[number].title
    return stored
