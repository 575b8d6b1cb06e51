"""Which standard table a sheet is, and which of its columns is which: by its headers first, its name second.

What is sure is taken. What is likely, because one candidate leads and the values agree, is taken too, but told and
written into the mapping file to be corrected. What is unsure is asked, and the sheet waits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from qingfeng.screening.catalogue import DAYS, Column, Table, tables
from qingfeng.screening.cleaning.text import closed_up, plain
from qingfeng.screening.reading.columns import ASKED, LIKELY, SURE, Match, firm_twins, matches
from qingfeng.screening.reading.constants import OF_ANY_NAME, TELLING, besides, constant, drawn_up
from qingfeng.screening.reading.fitting import likely, to_be_asked
from qingfeng.screening.reading.grids import Head
from qingfeng.screening.reading.header_rows import find_headers
from qingfeng.screening.reading.headers import NO_MATTER, UNITS, header, wordings
from qingfeng.screening.reading.sums import only_sum
from qingfeng.screening.reading.values import Verdict, month_stands_for, mostly, of_both, of_kind, verdict

# A second table this close to the best one makes the sheet's kind unsure.
CLEAR_LEAD = 0.5
NAMED_BY_CONSTANT, IN_FULL, SAID_OUTRIGHT = 3.0, 4.0, 10.0
# With so many columns of a table a sheet is that table, whatever it lacks.
MANY = 7
FEW, ENOUGH_REQUIRED = 4, 3
LOOKED_AT = 4
# So many required columns may be missing of a sheet that is loaded without them, but none of these types.
MISSED = 1
OF_WHOM = frozenset(
    {"person_id", "person_name", "firm_code", "firm_name", "account", "plate", "official_plate"}
)
# With so many required columns that no header is anything like, a sheet is not that table.
TOO_MANY = 2
# Up to this much behind, a table that explains as many headers is a rival when it needs one the best leaves out.
RIVAL = 2.5
NO_TABLE = "不像任何一张标准表，没有载入；要用就写明标准表和每一列，不用不必管"
PASSED_OVER = 0.2
# What the nearest name says counts more than what the file is called, which may hold other sheets besides.
NEAREST = (1.3, 1.0)
WORTH = {SURE: 1.0, LIKELY: 0.6, ASKED: 0.2}
COMMON = re.compile("项目|名册|名单|登记|信息|台账|明细|情况|记录|发放|人员|单位|安排")
UNIT_LINE = re.compile(r"单位[:：为]\s*(\S.*)")


@dataclass
class Reading:
    """How a sheet is read: its table, the place of each column, what stayed unused, what has to be asked."""

    headers: list[str]
    header_end: int
    table: Table | None = None
    places: dict[str, int] = field(default_factory=dict)
    factors: dict[str, Decimal] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)  # the sheet waits for their answers
    doubts: list[str] = field(default_factory=list)  # about a column that it is loaded without meanwhile
    without: list[str] = field(default_factory=list)  # titles of required columns that it is loaded without
    proposal: dict[str, str | None] = field(default_factory=dict)  # header → column
    constants: dict[str, str] = field(default_factory=dict)  # column → the value of all rows
    shared: dict[str, str] = field(
        default_factory=dict
    )  # column → the one whose cells it shares, firms apart
    presumed: list[str] = field(default_factory=list)  # what was taken though not sure, in sentences
    left_out: bool = False  # none of the standard tables

    @property
    def sure(self) -> bool:
        return self.table is not None and not self.questions


def _by_name(table: Table, names: Sequence[str]) -> float:
    """How much the names of file, folder, sheet and title speak for a table."""
    best = 0.0
    for place, name in enumerate(names):
        stem = re.sub(r"[\d_\-. ]+", "", plain(name).lower())
        if stem == table.name.replace("_", "") or stem == table.title:
            return SAID_OUTRIGHT
        said = max((len(word) for word in table.names if word in name), default=0)
        said = 4 if table.title in name else min(said, 4)
        best = max(best, NEAREST[place > 0] * max(said, 0.5 * min(_common_run(table.title, name), 4)))
    return best


def _common_run(one: str, other: str) -> int:
    """The length of the longest run of characters that both have, from two on; words that any list is called by aside."""
    one, other = COMMON.sub("|", one), COMMON.sub("_", other)
    for length in range(min(len(one), len(other)), 1, -1):
        if any(one[start : start + length] in other for start in range(len(one) - length + 1)):
            return length
    return 0


@dataclass(frozen=True)
class _Try:
    """A sheet read as one table: how well that goes, what is matched, what stands in names, what is missing."""

    score: float
    table: Table
    found: dict[str, Match]
    constants: dict[str, str]
    missing: list[Column]
    named: float


def _tries(head: _Sheet) -> list[_Try]:
    made = [one for table in tables().values() if (one := _try(head, table))]
    return sorted(made, key=lambda one: (-one.score, one.table.name))


def _try(head: _Sheet, table: Table) -> _Try | None:
    found = _columns_of(head, table)
    if len(found) < 2:
        return None
    said = _by_name(table, head.names)
    shown = (
        not table.told_by or said >= IN_FULL or any(_shows(table, found.get(one)) for one in table.told_by)
    )
    if not shown or table.only_named and not said:
        return None
    lacking = table.lacking(found)
    constants = {
        column.name: value
        for column in (*lacking, *table.done_without(found))
        if (said or column.name in OF_ANY_NAME)
        and (value := constant(table, column.name, _said_of(column, head, found)))
    }
    for column in table.columns:
        other = found.get(column.stand_in or "")
        if (
            other
            and column.name not in found
            and (column in lacking or not column.required and other.rank > 0)
        ):
            del found[other.column]
            found[column.name] = replace(other, column=column.name, grade=LIKELY)
    missing = [column for column in lacking if column.name not in constants and column.name not in found]
    titles = sum(
        header(table.column(name).title).core == header(head.headers[one.place]).core
        for name, one in found.items()
    )
    named = max(said, NAMED_BY_CONSTANT if constants.keys() & TELLING else 0.0)
    told = sum(WORTH[one.grade] for one in found.values()) + 0.2 * titles
    passed_over = sum(bool(h) and not NO_MATTER.fullmatch(header(h).core) for h in head.headers) - len(found)
    score = told - _penalty(len(missing)) - 0.7 * len(constants) - PASSED_OVER * max(passed_over, 0) + named
    return _Try(score, table, found, constants, missing, named)


def _shows(table: Table, match: Match | None) -> bool:
    """Whether a column tells the table; one that says of whom only where its header says so outright."""
    return match is not None and (match.grade == SURE or table.column(match.column).type not in OF_WHOM)


def _columns_of(head: _Sheet, table: Table) -> dict[str, Match]:
    """The columns of a table that a sheet has: by what its headers say, what those of two lines may say besides, and at
    last by what they are like."""
    found = matches(table, head.headers, head.values)
    for other in head.others:
        found = _with_others(found, matches(table, _unused(other, found), head.values))
    for headers in (head.headers, *head.others):
        found = likely(table, headers, head.values, found)
    return found


def _unused(headers: Sequence[str], found: Mapping[str, Match]) -> list[str]:
    used = {one.place for one in found.values()}
    return ["" if place in used else written for place, written in enumerate(headers)]


def _with_others(found: dict[str, Match], others: dict[str, Match]) -> dict[str, Match]:
    return {name: replace(one, grade=max(one.grade, LIKELY)) for name, one in others.items()} | found


def _said_of(column: Column, head: _Sheet, found: dict[str, Match]) -> list[str]:
    """The names that tell a constant. What a compensation is for its column of sums says first; what is reckoned by
    the area of a numbered house is for the house."""
    if column.name != "item":
        return head.names
    by_house = "house_no" in found and bool({"area", "unit_price"} & found.keys())
    sums = [head.headers[found["amount"].place]] if "amount" in found else []
    return [*sums, *head.names, *(["房屋"] if by_house else [])]


def _penalty(missing: int) -> float:
    """What missing required columns cost: the first may only be worded oddly."""
    return 2.0 + 3.0 * (missing - 1) if missing else 0.0


@dataclass(frozen=True)
class _Sheet:
    """What is known of a sheet before its table is: its headers, the values below them, its names, nearest first."""

    headers: list[str]
    values: list[list[str]]
    names: list[str]
    # What headers of two lines may say besides.
    others: tuple[list[str], ...] = ()


def _columns_below(head: Head, end: int, width: int) -> list[list[str]]:
    """The values of the first rows below the header, column by column."""
    rows = [row for row, number in zip(head.rows, head.numbers, strict=True) if number > end and any(row)]
    return [[row[place] for row in rows if place < len(row)] for place in range(width)]


def recognise(head: Head, names: Sequence[str]) -> Reading | None:
    """Reads the headers of a sheet; None when no row looks like a header."""
    found = find_headers(head)
    if found is None:
        return None
    headers, end = found.headers, found.end
    reading = Reading(headers, end)
    title = _title(head, found.start)
    below = _columns_below(head, end, len(headers))
    sheet = _Sheet(headers, below, nearest(head, names, found.start), found.others)
    tries = _tries(sheet)
    if not tries:
        _leave_out(reading)
        return reading
    best = _best(tries, sheet)
    reading.table, reading.constants = best.table, dict(best.constants)
    reading.places = {name: one.place for name, one in best.found.items()}
    reading.proposal = {h: None for h in headers if h}
    reading.proposal |= {headers[place]: column for column, place in reading.places.items()}
    _tell(reading, best, sheet)
    _say_besides(reading, sheet)
    missing = _fill_gaps(reading, sheet, best)
    nothing_like = [one for one in missing if not _may_be_there(one, reading, sheet)]
    if (
        _says_little(best, headers)
        or missing
        and _is_none(best, len(missing), sheet.values)
        or len(nothing_like) >= TOO_MANY
        and best.named < SAID_OUTRIGHT
        and len(best.found) < MANY
    ):
        _leave_out(reading)
        return reading
    if _does_without(best, missing):
        reading.without = [column.title for column in missing]
    else:
        reading.questions, reading.doubts = [*reading.questions, *reading.doubts], []
    if other := _rival(best, [one for one in tries if one is not best]):
        reading.questions.insert(
            0,
            f"既像“{reading.table.title}”（{reading.table.name}），又像“{other.title}”（{other.name}），是哪一张？",
        )
    _share(reading, sheet.values)
    used = set(reading.places.values())
    reading.unused = [h for place, h in enumerate(headers) if h and place not in used]
    set_factors(reading, title)
    return reading


def _may_be_there(column: Column, reading: Reading, sheet: _Sheet) -> bool:
    """Whether a missing column was asked about, or an unused one of days or sums might be it, oddly worded."""
    if column.name in {*reading.proposal.values(), *reading.constants}:
        return True
    return column.type in (*DAYS, "money") and any(
        h
        and not reading.proposal.get(h)
        and not NO_MATTER.fullmatch(header(h).core)
        and verdict(column, values) is Verdict.AGREES
        for h, values in zip(sheet.headers, sheet.values, strict=True)
    )


def _does_without(best: _Try, missing: Sequence[Column]) -> bool:
    """Whether a sheet is loaded though a column that its table must have is not found: one only, that does not say of
    whom or of what the rows are, and most others are there."""
    whom = any(column.type in OF_WHOM for column in missing)
    return len(missing) <= MISSED and not whom and len(best.found) >= FEW


def _share(reading: Reading, below: Sequence[Sequence[str]]) -> None:
    """A column that names persons in some rows and firms in others (承租方, 收款单位（人）) stands for both columns."""
    assert reading.table is not None
    columns = {column.name: column for column in reading.table.columns}
    for person, firm in firm_twins(reading.table):
        given = person if person in reading.places else firm
        other = firm if given == person else person
        if given not in reading.places or other in reading.places:
            continue
        values = below[reading.places[given]]
        persons, firms = of_both(columns[person], values)
        if firms and persons:
            written = reading.headers[reading.places[given]]
            reading.shared[other] = given
            reading.presumed.append(
                f"“{written}”里的个人作“{columns[person].title}”、单位作“{columns[firm].title}”"
            )
        elif given == person:
            reading.shared[other] = given


def share_as_told(reading: Reading, head: Head) -> None:
    """The same for a reading that the user confirmed: nothing has to be told any more."""
    _share(reading, _columns_below(head, reading.header_end, len(reading.headers)))
    reading.presumed = []


def without_headers(head: Head) -> Reading:
    """A sheet in which no row looks like a header: asked about when its values are of people, firms or accounts."""
    first = next(place for place, row in enumerate(head.rows) if any(row))
    reading = Reading(head.rows[first], head.numbers[first])
    width = max(map(len, head.rows))
    columns = [[row[place] for row in head.rows if place < len(row)] for place in range(width)]
    reading.left_out = not any(
        of_kind(column, kind) for column in columns for kind in ("id", "code", "account", "plate")
    )
    if not reading.left_out:
        reading.questions.append("前 15 行里没有找到表头，请写明标准表和每一列")
    return reading


def nearest(head: Head, names: Sequence[str], start: int | None = None) -> list[str]:
    """What a sheet is called, nearest first: its own name, its title, its file's name, the folder's."""
    if start is None:
        found = find_headers(head)
        start = found.start if found else 1
    *of_file, own = names or ("",)
    return [own, _title(head, start)[:200], *of_file]


def _title(head: Head, start: int) -> str:
    above = [row for row, number in zip(head.rows, head.numbers, strict=True) if number < start]
    return " ".join(dict.fromkeys(cell for row in above for cell in row if cell))


def _best(tries: Sequence[_Try], sheet: _Sheet) -> _Try:
    """The nearest table that the sheet may be; when it may be none of the first, the very nearest."""
    for one in tries[:LOOKED_AT]:
        none = one.missing and _is_none(one, len(one.missing), sheet.values)
        if not none and not _says_little(one, sheet.headers):
            return one
    return tries[0]


def _says_little(best: _Try, headers: Sequence[str]) -> bool:
    """Whether a few headers that many lists have (姓名, 单位, 职务) are all there is, and no name speaks for the table."""
    all_there = not best.missing and len(best.table.required) >= ENOUGH_REQUIRED
    every_header = len(best.found) == sum(map(bool, headers))
    return best.named == 0 and len(best.found) < FEW and not (all_there or every_header)


def _is_none(best: _Try, missing: int, values: Sequence[Sequence[str]]) -> bool:
    """Whether a sheet is none of the standard tables: the nearest one lacks most of what it must have."""
    if best.named >= SAID_OUTRIGHT or len(best.found) >= MANY:
        return False
    if best.named >= NAMED_BY_CONSTANT and any(of_kind(column, "id") for column in values):
        return False
    wanted = len(best.table.required)
    return missing * 2 > wanted or missing * 2 == wanted and best.named < 2.0


def _rival(best: _Try, others: Sequence[_Try]) -> Table | None:
    """Another table that a sheet could be as well: about as near, or one for which the best leaves out what that one
    must have. What the best one tells of besides is none."""
    others = [one for one in others if one.table.name not in best.table.instead_of]
    if others and abs(best.score - others[0].score) < CLEAR_LEAD:
        return others[0].table
    used = {one.place for one in best.found.values()}
    for other in others:
        if len(other.missing) > 1 or _told(other) < _told(best) or other.score < best.score - RIVAL:
            continue
        must = {column.name for column in other.table.required}
        if any(
            one.place not in used for name, one in other.found.items() if name in must and one.grade == SURE
        ):
            return other.table
    return None


def _told(one: _Try) -> float:
    """How much the headers of a sheet say of a table."""
    return sum(WORTH[match.grade] for match in one.found.values())


def _leave_out(reading: Reading) -> None:
    reading.table, reading.places, reading.constants = None, {}, {}
    reading.questions, reading.doubts, reading.presumed = [NO_TABLE], [], []
    reading.left_out = True
    reading.proposal = {h: None for h in reading.headers if h}


def _tell(reading: Reading, best: _Try, sheet: _Sheet) -> None:
    """What is presumed, and what is too uncertain for that."""
    for name, one in best.found.items():
        column = best.table.column(name)
        if one.grade == LIKELY:
            reading.presumed.append(f"“{reading.headers[one.place]}”作“{column.title}”")
        elif one.grade == ASKED:
            reading.questions.append(f"“{reading.headers[one.place]}”是不是“{column.title}”？")
        if day := month_stands_for(column, sheet.values[one.place]):
            reading.presumed.append(f"“{reading.headers[one.place]}”只有年月，按{day}算")
    for name, value in best.constants.items():
        reading.presumed.append(_of_names(best.table.column(name), value))
    for column in best.table.done_without({*best.found, *best.constants}):
        by = "、".join(best.table.column(name).title for name in column.unless)
        reading.presumed.append(f"没有“{column.title}”这一列，各行凭“{by}”认")


def _say_besides(reading: Reading, sheet: _Sheet) -> None:
    """What stands in names for columns that need not be there, told too."""
    assert reading.table is not None
    said = besides(reading.table, {*reading.places, *reading.constants}, sheet.names)
    reading.constants |= said
    reading.presumed += [_of_names(reading.table.column(name), value) for name, value in said.items()]


def _of_names(column: Column, value: str) -> str:
    return f"各行的“{column.title}”都作“{value}”（按文件名、表名或标题）"


def _fill_gaps(reading: Reading, sheet: _Sheet, best: _Try) -> list[Column]:
    """Looks for the required columns, and for numbers of persons, that no header names; the ones still missing."""
    missing = []
    for column in best.table.columns:
        wanted = column in best.missing
        if column.name in reading.places or not (wanted or column.type == "person_id"):
            continue
        free = [
            place for place, h in enumerate(reading.headers)
            if h and place not in reading.places.values() and not reading.proposal.get(h)
        ]  # fmt: skip
        if (
            wanted
            and (place := only_sum(best.table, column, reading.headers, sheet.values, free)) is not None
        ):
            _take(reading, column, place)
        elif (place := to_be_asked(best.table, sheet.headers, sheet.values, best.found, column)) in free:
            _ask(reading, column, place)
        elif wanted and (offered := _day_offered(reading, column, sheet)):
            reading.questions.append(offered)
        elif wanted:
            reading.doubts.append(_why_missing(best.table, column, sheet))
        if wanted and column.name not in reading.places:
            missing.append(column)
    return missing


def _day_offered(reading: Reading, column: Column, sheet: _Sheet) -> str | None:
    """A list without days, drawn up on one: that day is put forward as the one of all rows, to be confirmed."""
    days = (
        {day for name in sheet.names for day in drawn_up(closed_up(name))} if column.type == "date" else set()
    )
    if len(days) != 1:
        return None
    reading.constants[column.name] = days.pop()
    return f"没有“{column.title}”这一列；各行都作标题里的 {reading.constants[column.name]}，对不对？"


def _why_missing(table: Table, column: Column, sheet: _Sheet) -> str:
    """Why a required column is not there: no header names it, or the one that does holds something else."""
    for written, values in zip(sheet.headers, sheet.values, strict=True):
        if column.name == wordings(table).get(header(written).core, ("", 0))[0] and (other := mostly(values)):
            return f"“{written}”里多半是{other}，不能作“{column.title}”，是哪一列？"
    return f"没有“{column.title}”这一列，是哪一列？"


def _take(reading: Reading, column: Column, place: int) -> None:
    written = reading.headers[place]
    reading.proposal[written] = column.name
    reading.places[column.name] = place
    reading.presumed.append(f"“{written}”作“{column.title}”")


def _ask(reading: Reading, column: Column, place: int) -> None:
    written = reading.headers[place]
    if column.required or re.search("身份证|证件", written):
        reading.proposal[written] = column.name
        asked = reading.questions if column.type in OF_WHOM else reading.doubts
        asked.append(f"“{written}”是不是“{column.title}”？")


def set_factors(reading: Reading, title: str) -> None:
    """Units: in the header itself, else in a line such as “单位：万元” above it."""
    assert reading.table is not None
    line = UNIT_LINE.search(title)
    for name, place in reading.places.items():
        column = reading.table.column(name)
        factor = header(reading.headers[place]).factor(column)
        if factor is None and line and column.type == "money":
            named = [unit for unit in UNITS["money"] if unit in line[1]]
            factor = Decimal(UNITS["money"][named[0]]) if named else None
        if factor is not None and factor != 1:
            reading.factors[name] = factor
