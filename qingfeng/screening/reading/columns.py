"""Which header is which column of a table: by the words of the contract, by their parts, or asked.

Sure: the contract knows the header, or it names a party of the table and a kind of thing (`学生证件号码`).
Likely: the same in other words, and the values below are of the column's type; or one candidate leads clearly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from qingfeng.screening.catalogue import DAYS, Column, Party, Table
from qingfeng.screening.reading.headers import Header, header, wordings
from qingfeng.screening.reading.letters import LETTERS, by_letters
from qingfeng.screening.reading.values import Verdict, firm_like, of_kind, verdict
from qingfeng.screening.reading.words import (
    MARK,
    OTHERS,
    parts,
    party_wordings,
    readings,
    speaks_of_others,
)

SURE, LIKELY, ASKED = 0, 1, 2
NUMBER_OR_NAME = re.compile(
    "(公民|居民|有效)?(身份证|身份|证)件?(证|编)?号?$|姓名$|名称$|统一社会信用代码$|信用代码$|代码$"
)
# Of several people in a row the record is about the one it is paid for, not about who heads the family or collects.
LATER = {"户主": 70.0, "领取人": 60.0, "领款人": 60.0, "收款人": 60.0}
SOME_SUBJECT = re.compile(
    r"^[\u4e00-\u9fff]{1,6}(?:农户|大户|户主|(?<![账开用门客租落住])户|对象|儿童|老人|学生|家庭|者)(?=姓名|名称|身份|证件|公民|$)"
)
SUBJECTS = {"户主", "农户"}
IN_WORDS = {"text", "place", "address"}
# Types of which a word more or less may mean somebody else.
WHOSE = {"person_id", "person_name", "account", "firm_code"}
# What is counted in persons, households, days or times is no sum and no area: 享受人数.
COUNTED = re.compile("(人数|户数|人次|次数|天数|件数|人口数?|年限)$")
MEASURED = {"money", "area", "area_m2"}
# Words that say yes or no, and such that turn the sense round.
YES_OR_NO, TURNED = re.compile("目前|现在|当前|是否|有无|已"), re.compile("[不未非无]")
PAID, OWED = "ACTUAL", "DUE"
# The first of several columns alike, and how the second one is numbered then.
ORDINAL = re.compile("([一1甲])$")
SECOND = {"一": "二", "1": "2", "甲": "乙"}
# What numbers the rows of a sheet is no number of a contract or a voucher, though 合同序号 is.
ROW_NUMBER = "序号"
# A header of one of these alone could be anything.
SAYS_LITTLE = {
    (one,) for one in (MARK, "ITEM", "NO", "TITLE", "UNIT", "PAY", "BENEFIT", "START", "END", "DUE", "FUND")
}
# Parts for which many words stand: what they say together is likely, not sure.
LOOSE = {
    "PAY",
    "BENEFIT",
    "ACTUAL",
    "DUE",
    "ITEM",
    "START",
    "END",
    "SIGN",
    "RENT",
    "FUND",
    "MONTH",
    "SUM",
    "GIVE",
    "TAKE",
    "APPROVE",
}
# A party with a kind goes after the contract's own headers.
OF_PARTY = 50
# From this rank on a header is one that any table of persons has: of whom the number is, it does not say.
OF_ANYBODY = 90


@dataclass(frozen=True)
class Match:
    """A header taken for a column: its place, how surely, and its rank among several for the same column."""

    column: str
    place: int
    grade: int
    rank: float


@cache
def by_parts(table: Table) -> dict[tuple[str, ...], tuple[str, float]]:
    """The parts of a header → its column and rank, where they mean one column only; parts said in full go first."""
    full: dict[tuple[str, ...], dict[str, float]] = {}
    less: dict[tuple[str, ...], dict[str, float]] = {}
    for core, (column, rank) in wordings(table).items():
        for said in readings(table, core):
            if said not in SAYS_LITTLE:
                kept = (full if said == parts(table, core) else less).setdefault(said, {})
                kept[column] = min(rank, kept.get(column, rank))
    meant = {said: columns for said, columns in (less | full).items() if len(columns) == 1}
    parties = {said: (column, float(OF_PARTY)) for said, column in party_wordings(table).items()}
    return {said: next(iter(columns.items())) for said, columns in meant.items()} | parties


@cache
def _plainly(table: Table) -> frozenset[tuple[str, ...]]:
    """The parts of the contract's own headers, as far as no word in them stands for several others."""
    whole = {parts(table, core) for core in wordings(table)}
    return frozenset(said for said in whole if not LOOSE & set(said)) | frozenset(party_wordings(table))


def matches(table: Table, headers: Sequence[str], values: Sequence[Sequence[str]]) -> dict[str, Match]:
    """The best header of each column. Values that contradict a header's column take it away."""
    found: dict[str, Match] = {}
    for place, written in enumerate(headers):
        if not written or header(written).core == ROW_NUMBER:
            continue
        match = _sensible(table, header(written), place, values[place])
        if match and (match.column not in found or _goes_before(match, found[match.column])):
            found[match.column] = match
    for party in table.parties:
        _pair(table, headers, values, found, party)
    _firms_apart(table, headers, values, found)
    _first_of_several(table, headers, values, found)
    _from_and_to(table, headers, values, found)
    return found


def _first_of_several(
    table: Table, headers: Sequence[str], values: Sequence[Sequence[str]], found: dict[str, Match]
) -> None:
    """Groups of columns that are repeated and numbered (检查人员一, 证件号一, 检查人员二, …): the first ones are read by
    what they say without their number, the second ones where the contract has a column for them."""
    cores = [header(written).core if written else "" for written in headers]
    used = {one.place for one in found.values()}
    for place, core in enumerate(cores):
        first = ORDINAL.search(core)
        if not first or place in used or core[: first.start()] + SECOND[first[1]] not in cores:
            continue
        match = _sensible(table, header(core[: first.start()]), place, values[place])
        match = match or _number_beside(table, core[: first.start()], place, values[place], found)
        if match and match.column not in found:
            found[match.column] = replace(match, grade=max(match.grade, LIKELY))
            second = cores.index(core[: first.start()] + SECOND[first[1]])
            column = next((one for one in table.columns if one.name == f"second_{match.column}"), None)
            if column and second not in used and verdict(column, values[second]) is not Verdict.AGAINST:
                found[column.name] = Match(column.name, second, LIKELY, match.rank)


def _number_beside(
    table: Table, core: str, place: int, values: Sequence[str], found: dict[str, Match]
) -> Match | None:
    """A bare 证件号 beside the name of a party is that party's number, when its values are such."""
    for party in table.parties:
        beside = found.get(party.name or "")
        if not (beside and party.number and abs(beside.place - place) == 1):
            continue
        if NUMBER_OR_NAME.fullmatch(core) and verdict(table.column(party.number), values) is Verdict.AGREES:
            return Match(party.number, place, LIKELY, 75)
    return None


def _from_and_to(
    table: Table, headers: Sequence[str], values: Sequence[Sequence[str]], found: dict[str, Match]
) -> None:
    """A pair of columns that say only from and to (起/止, 开始/结束, 流转起/流转止), for the term that a table has one of."""
    ends = _term(table)
    if not ends or {ends["START"], ends["END"]} & found.keys():
        return
    used = {one.place for one in found.values()}
    sides: dict[str, list[tuple[int, tuple[str, ...]]]] = {"START": [], "END": []}
    for place, written in enumerate(headers):
        said = parts(table, header(written).core) if written and place not in used else ()
        for side in sides.keys() & set(said):
            rest = tuple(one for one in said if one not in (side, "DATE", "MONTH", MARK, "LEASE"))
            sides[side].append((place, rest))
    if len(sides["START"]) != 1 or len(sides["END"]) != 1:
        return
    (start, of), (end, other) = sides["START"][0], sides["END"][0]
    dated = all(
        verdict(table.column(ends[side]), values[at]) is Verdict.AGREES
        for side, at in (("START", start), ("END", end))
    )
    if dated and of == other and not _unknown(of):
        found[ends["START"]] = Match(ends["START"], start, LIKELY, 75)
        found[ends["END"]] = Match(ends["END"], end, LIKELY, 75)


def _unknown(said: Sequence[str]) -> bool:
    return any(part.startswith(("?", "@")) for part in said)


@cache
def _term(table: Table) -> dict[str, str]:
    """The columns in which the one term of a table begins and ends; nothing when it has none, or several."""
    made: dict[str, list[str]] = {"START": [], "END": []}
    for column in table.columns:
        if column.type in DAYS:
            for side in made.keys() & set(parts(table, header(column.title).core)):
                made[side].append(column.name)
    return (
        {side: columns[0] for side, columns in made.items()}
        if all(len(c) == 1 for c in made.values())
        else {}
    )


def _firms_apart(
    table: Table, headers: Sequence[str], values: Sequence[Sequence[str]], found: dict[str, Match]
) -> None:
    """Where a table has columns for a person and for a firm in the same role, the values tell which one is meant."""
    for person, firm in firm_twins(table):
        if person not in found or firm in found:
            continue
        place = found[person].place
        is_firm = all_codes if table.column(person).type == "person_id" else firm_like
        if not header(headers[place]).core.endswith(("人", "姓名")) and is_firm(values[place]):
            found[firm] = replace(found.pop(person), column=firm)


@cache
def firm_twins(table: Table) -> list[tuple[str, str]]:
    """Columns for a person and for a firm in the same role: tenant_name and tenant_firm_name."""
    columns = [column.name for column in table.columns]
    ends = (("name", "firm_name"), ("id_no", "firm_code"))
    made = [
        (one, one.removesuffix(person) + firm)
        for one in columns for person, firm in ends
        if one.endswith("_" + person) and one.removesuffix(person) + firm in columns
    ]  # fmt: skip
    held = (("name", "holder_firm_name"), ("id_no", "holder_firm_code"))
    return made + [(one, firm) for one, firm in held if one in columns and firm in columns]


def all_codes(values: Sequence[str]) -> bool:
    return of_kind(values, "code")


def _pair(
    table: Table,
    headers: Sequence[str],
    values: Sequence[Sequence[str]],
    found: dict[str, Match],
    party: Party,
) -> None:
    """The name that belongs to a number is the one that names the same person: 学生姓名 with 学生身份证号."""
    number = found.get(party.number or "")
    name = found.get(party.name or "")
    if not (party.name and number and name):
        return
    called = whose(headers[number.place])
    if called == whose(headers[name.place]):
        return
    if (other := _of_same(table, headers, values, called, party.name or "", number.place)) or (
        other := _of_same(table, headers, values, whose(headers[name.place]), party.number or "", name.place)
    ):
        found[other.column] = other


def _of_same(
    table: Table, headers: Sequence[str], values: Sequence[Sequence[str]], called: str, column: str, but: int
) -> Match | None:
    """The header of a column that speaks of the same person, beside the one at a place."""
    for place, written in enumerate(headers):
        if written and place != but and whose(written) == called:
            match = _match(table, header(written), place, values[place])
            if match and match.column == column:
                return match
    return None


def whose(written: str) -> str:
    """A header without what says that it is a number or a name."""
    return NUMBER_OR_NAME.sub("", header(written).core)


def _goes_before(one: Match, other: Match) -> bool:
    return (one.rank, one.place) < (other.rank, other.place)


def _sensible(table: Table, written: Header, place: int, values: Sequence[str]) -> Match | None:
    """The column a header names, by its words or by what it asks; a count is never a sum."""
    match = (
        _match(table, written, place, values)
        or _asked_yes_or_no(table, written, place, values)
        or _in_brackets(table, written, place, values)
        or _number_of_party(table, written, place, values)
    )
    if match is None:
        return None
    column = table.column(match.column)
    return None if only_counted(column, written) or written.of_two_units(column) else match


def _in_brackets(table: Table, written: Header, place: int, values: Sequence[str]) -> Match | None:
    """What the header leaves open its brackets say: 终点（停放地）. Never of whom."""
    inside = written.remark.strip("()[]{}<>【】〔〕")
    known = wordings(table).get(header(inside).core) if len(inside) > 1 else None
    if known is None or table.column(known[0]).type in WHOSE or OTHERS.search(written.core):
        return None
    agreed = verdict(table.column(known[0]), values) is Verdict.AGREES
    return Match(known[0], place, LIKELY, 75) if agreed else None


def _number_of_party(table: Table, written: Header, place: int, values: Sequence[str]) -> Match | None:
    """权利人证号, 业主号: the number of a party, when the values below are numbers of persons or of firms."""
    for party in table.parties:
        if not party.number or not written.core.endswith(("证号", "证件", "证照号", "号")):
            continue
        called = re.sub("(证件|证照|证)?号?$", "", written.core)
        if called in party.words and verdict(table.column(party.number), values) is Verdict.AGREES:
            return Match(party.number, place, LIKELY, 75)
    return None


def only_counted(column: Column, written: Header) -> bool:
    return column.type in MEASURED and bool(COUNTED.search(written.core))


def _asked_yes_or_no(table: Table, written: Header, place: int, values: Sequence[str]) -> Match | None:
    """是否应急值班用车 asks what the contract calls 是否应急值班: a column of yes and no with most of its words."""
    asked = YES_OR_NO.sub("", written.core)
    if not re.search("是否|有无", written.core) or TURNED.search(asked):
        return None
    for column in table.columns:
        if column.type == "boolean" and verdict(column, values) is Verdict.AGREES:
            known = [YES_OR_NO.sub("", header(word).core) for word in (column.title, *column.headers)]
            if any(len(word) > 1 and word in asked and 2 * len(word) >= len(asked) for word in known):
                return Match(column.name, place, LIKELY, 70)
    return None


def _match(table: Table, written: Header, place: int, values: Sequence[str]) -> Match | None:
    """The column a single header names."""
    for number, core in enumerate(written.wordings):
        known = wordings(table).get(core)
        if known and verdict(table.column(known[0]), values) is not Verdict.AGAINST:
            unsaid = known[1] >= OF_ANYBODY and known[0] != "id_no"
            return Match(
                known[0], place, LIKELY if unsaid else SURE, _rank(table, written, known[1]) + 0.5 * number
            )
    for core in written.wordings:
        for said in readings(table, core):
            named = by_parts(table).get(said)
            if named is None or speaks_of_others(table, core):
                continue
            match = _in_other_words(table, named, written, place, values, said)
            if match:
                return match
    if LETTERS.fullmatch(written.core):
        meant = by_letters(table, written.core, values)
        return Match(meant, place, LIKELY, 80) if meant else None
    return _of_some_kind_of_subject(table, written, place, values)


def _of_some_kind_of_subject(
    table: Table, written: Header, place: int, values: Sequence[str]
) -> Match | None:
    """A subject that the contract does not list, but which is plainly one: 退耕农户姓名, 被征迁户身份证号."""
    if not table.parties or not SUBJECTS & set(table.parties[0].words):
        return None
    core = SOME_SUBJECT.sub("户主", written.core)
    if core == written.core or OTHERS.search(written.core.replace("户主", "")):
        return None
    column = party_wordings(table).get(parts(table, core))
    if column is None or verdict(table.column(column), values) is Verdict.AGAINST:
        return None
    return Match(column, place, LIKELY, 70)


def _rank(table: Table, written: Header, rank: float) -> float:
    """What was paid goes before what was owed."""
    rank = max([rank, *(later for word, later in LATER.items() if written.core.startswith(word))])
    said = parts(table, written.core) + parts(table, written.remark)
    if "AMOUNT" in said or PAID in said or OWED in said:
        return rank - 100 * (PAID in said) + 100 * (OWED in said)
    return rank


def _in_other_words(
    table: Table,
    named: tuple[str, float],
    written: Header,
    place: int,
    values: Sequence[str],
    said: tuple[str, ...],
) -> Match | None:
    column, rank = table.column(named[0]), _rank(table, written, named[1] + 0.3)
    judged = verdict(column, values)
    if judged is Verdict.AGAINST or column.type in IN_WORDS and of_kind(values, "number"):
        return None
    if said in _plainly(table) and (any(values) or not column.required or said in party_wordings(table)):
        return Match(column.name, place, SURE, rank)
    grade = ASKED if column.required and not any(values) else LIKELY
    return Match(column.name, place, grade, rank)
