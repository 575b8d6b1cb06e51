"""Headers that no wording of the contract names: which is most like which column, weighed with what stands below them.

One header goes to one column and one column to one header. What leads clearly and is borne out by its values is taken as
likely; what does not is left to be asked about, when the column must be there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from qingfeng.screening.catalogue import DAYS, Column, Table
from qingfeng.screening.reading.columns import LIKELY, WHOSE, Match, only_counted, whose
from qingfeng.screening.reading.headers import NO_MATTER, Header, header
from qingfeng.screening.reading.letters import LETTERS
from qingfeng.screening.reading.likeness import likeness, near_a_party
from qingfeng.screening.reading.values import Verdict, of_kind, verdict
from qingfeng.screening.reading.words import speaks_of_others

# How well a header must fit to be taken, and by how much it must lead the others of its column and the other columns.
TAKEN, LEAD = 0.6, 0.12
# Enough to be asked about.
WORTH_ASKING = 0.3
# What bears a likeness out: values of a kind that texts are not mistaken for; the only ones of their kind on both
# sides; the name beside the number of the same party.
BORNE_OUT, ONLY_ONE, BESIDE = 0.1, 0.4, 0.6
# Types that values cannot tell apart.
UNTOLD = {"text", "code", "place", "firm_name", "person_name", "address", "public_address", "boolean"}
# Types whose values say outright what they are, and what a header of such a column speaks of.
OUTRIGHT = {
    "person_id": "证|身份|号", "firm_code": "代码|信用|税号|识别号|证照|号", "account": "[账卡折]|银行", "plate": "[牌车]", "official_plate": "[牌车]",
}  # fmt: skip
ABOUT = OUTRIGHT | {
    **dict.fromkeys(DAYS, "[日期年月时起止自至]"), "timestamp": "[日期时起止自至]", "month": "[期年月]", "code": "[号码证单批文卡]|书$",
}  # fmt: skip
# What is in words is no number, neither of a thing nor a sum.
IN_WORDS, NUMBERED = {"text", "place", "address", "person_name", "firm_name"}, re.compile("号$|编号|代码")
# The numbers of other things than persons.
OTHER_NUMBER = re.compile("残疾证|监护|购方|购买方|准考|学籍|资格|从业|执法|许可|产权|房产|医保|档案")


@dataclass(frozen=True)
class Fit:
    """How well a header fits a column: by itself, then with all other evidence taken together."""

    score: float
    place: int
    column: Column
    agrees: bool
    # Its values do not speak for it, or it speaks of somebody near the one meant: never taken without being asked.
    doubted: bool


def likely(
    table: Table, headers: Sequence[str], values: Sequence[Sequence[str]], found: Mapping[str, Match]
) -> dict[str, Match]:
    """What is found, and what fits so well that it may be taken: best first, each anew beside what was taken before."""
    made = dict(found)
    alike = _alike(table, headers, values, made)
    while taken := _clearest(_weighed(table, headers, alike, made)):
        made[taken.column.name] = Match(taken.column.name, taken.place, LIKELY, 95)
    return made


def to_be_asked(
    table: Table,
    headers: Sequence[str],
    values: Sequence[Sequence[str]],
    found: Mapping[str, Match],
    column: Column,
) -> int | None:
    """The place of the header that fits a column best, though not well enough to be taken."""
    pairs = _weighed(table, headers, _alike(table, headers, values, found), found)
    return next((one.place for one in pairs if one.column is column and one.score >= WORTH_ASKING), None)


def _clearest(pairs: Sequence[Fit]) -> Fit | None:
    """The best pair that leads all others of its header and of its column."""
    for one in pairs:
        if one.score < TAKEN:
            return None
        rivals = [
            other.score
            for other in pairs
            if other is not one and (other.place == one.place or other.column is one.column)
        ]
        if not one.doubted and one.score - max(rivals, default=0.0) >= LEAD:
            return one
    return None


def _weighed(
    table: Table, headers: Sequence[str], alike: Sequence[Fit], found: Mapping[str, Match]
) -> list[Fit]:
    """The pairs of headers and columns that are still free, best first: with what their values add, what is beside
    them, and whether they are the only ones of their kind."""
    used = {one.place for one in found.values()}
    free = [one for one in alike if one.place not in used and one.column.name not in found]
    only = _only_ones(free, table, found)
    made = []
    for one in free:
        borne_out = BORNE_OUT * (one.agrees and one.column.type not in UNTOLD)
        beside = BESIDE * (one.agrees and _beside_its_party(table, headers, found, one.place, one.column))
        made.append(replace(one, score=one.score + borne_out + beside + ONLY_ONE * (one.column.name in only)))
    return sorted(made, key=lambda one: (-one.score, one.place, one.column.name))


def _alike(
    table: Table, headers: Sequence[str], values: Sequence[Sequence[str]], found: Mapping[str, Match]
) -> list[Fit]:
    """All pairs of a header that is used for nothing and a column without one that may speak of the same: those alike,
    and those that values or the header beside may tell outright."""
    used, told = {one.place for one in found.values()}, _told_outright(table)
    made = []
    for place, text in enumerate(headers):
        written = header(text)
        if not text or place in used or NO_MATTER.fullmatch(written.core):
            continue
        like = likeness(table, written.core)
        near = near_a_party(table, written.core)
        for column in table.columns:
            score = like.get(column.name, 0.0)
            if column.name in found or score < WORTH_ASKING - BORNE_OUT and column.name not in told:
                continue
            if _may_be(table, column, written, values[place]):
                agrees = verdict(column, values[place]) is Verdict.AGREES
                doubted = near and column.type in WHOSE or column.required and not agrees
                made.append(Fit(score, place, column, agrees, doubted))
    return made


@cache
def _told_outright(table: Table) -> frozenset[str]:
    of_parties = {name for party in table.parties if party.number for name in (party.number, party.name)}
    return frozenset(one.name for one in table.columns if one.type in OUTRIGHT or one.name in of_parties)


def _may_be(table: Table, column: Column, written: Header, values: Sequence[str]) -> bool:
    """Whether a header can speak of a column at all: of the same kind of thing, of nobody else, its values not against it."""
    about = ABOUT.get(column.type)
    return not (
        about
        and not LETTERS.fullmatch(written.core)
        and not re.search(about, written.core)
        or column.type in IN_WORDS
        and _numbers(column, written, values)
        or only_counted(column, written)
        or column.type in WHOSE
        and OTHER_NUMBER.search(written.core)
        or written.of_two_units(column)
        or speaks_of_others(table, written.core)
        or verdict(column, values) is Verdict.AGAINST
    )


def _numbers(column: Column, written: Header, values: Sequence[str]) -> bool:
    """Whether a header counts or numbers what the column would have in words."""
    if NUMBERED.search(written.core):
        return not any(NUMBERED.search(header(word).core) for word in (column.title, *column.headers))
    return of_kind(values, "number")


def _only_ones(pairs: Sequence[Fit], table: Table, found: Collection[str]) -> set[str]:
    """Columns of plates, of numbers of persons, of firms or of accounts, each the only one of its kind that is wanted,
    for which the sheet has one header only."""
    wanted = Counter(column.type for column in table.columns if column.name not in found)
    offered = Counter(one.column.name for one in pairs if one.agrees)
    return {
        one.column.name
        for one in pairs
        if one.column.type in OUTRIGHT and offered[one.column.name] == 1 and wanted[one.column.type] == 1
    }


def _beside_its_party(
    table: Table, headers: Sequence[str], found: Mapping[str, Match], place: int, column: Column
) -> bool:
    """A name next to a number that calls the same person (核对对象, 对象身份证号), or a number next to such a name."""
    for party in table.parties:
        other = (
            party.name if column.name == party.number else party.number if column.name == party.name else None
        )
        beside = found.get(other or "")
        if beside and abs(beside.place - place) == 1:
            one, two = whose(headers[place]), whose(headers[beside.place])
            return bool(one and two) and (one.endswith(two) or two.endswith(one))
    return False
