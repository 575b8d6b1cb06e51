"""A row of a table is read as a whole: what it says of a person is spread over its cells and their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingfeng.apps.base.documents.publishing.conditions import ADULT_AT
from qingfeng.apps.base.documents.publishing.contents import Cell, Row
from qingfeng.apps.base.documents.publishing.exposures import Exposure, find_exposures
from qingfeng.apps.base.documents.publishing.headings import holds
from qingfeng.apps.base.documents.publishing.numbers import checks, is_id_number, luhn
from qingfeng.apps.base.documents.publishing.people import SURNAMES, Names, names_in_cell
from qingfeng.apps.base.documents.publishing.places import find_addresses
from qingfeng.apps.base.documents.publishing.reading import fold

Found = tuple[Cell, Exposure]
_NOTHING = re.compile(r"\s*(?:无|否|没有|健康|良好|正常|一般|较好|[(（]略[)）]|[/\-—0]*)\s*")
_UNIT_OF_ADDRESS = re.compile(r"(组|幢|栋|单元|室|号)[)）]?$")


def in_row(row: Row, names: Names, this_year: int) -> Iterator[Found]:
    """Every place in a row; names are looked for by the gate."""
    named = [cell for cell in row.cells if stands_for_a_person(cell, names)]
    for cell in row.cells:
        found = find_exposures(
            cell.text, cell.heading, names=names, about_somebody=bool(named), this_year=this_year
        )
        yield from ((cell, one) for one in found)
    yield from _children(row, named, this_year)
    yield from _conditions(row, named)
    yield from _joined_digits(row)
    yield from _joined_address(row)


def stands_for_a_person(cell: Cell, names: Names) -> bool:
    """A full or masked name under a heading of persons, or a name that is known."""
    if holds(cell.heading) & {"person", "child"}:
        text = cell.text.strip()
        if names_in_cell(text) or text[:1] in SURNAMES and re.search(r"[某*＊]", text):
            return True
    return next(names.found(fold(cell.text)), None) is not None


def _whole(cell: Cell, kind: str) -> Found:
    return cell, Exposure(kind, 0, len(cell.text))  # type: ignore[arg-type]


def _children(row: Row, named: list[Cell], this_year: int) -> Iterator[Found]:
    years = [number for cell in row.cells if (number := _age(cell, this_year)) is not None]
    grown = bool(years) and min(years) >= ADULT_AT
    for cell in row.cells:
        said = holds(cell.heading)
        if (
            "child" in said
            and names_in_cell(cell.text)
            and not grown
            or named
            and "class" in said
            and cell.text.strip()
            or named
            and (number := _age(cell, this_year)) is not None
            and number < ADULT_AT
        ):
            yield _whole(cell, "minor")


def _age(cell: Cell, this_year: int) -> int | None:
    said = holds(cell.heading)
    text = fold(cell.text).strip()
    if "age" in said and (match := re.fullmatch(r"([0-9]{1,3})(?:\.0)?\s*周?岁?", text)):
        return int(match.group(1))
    if "born" in said and (match := re.match(r"(19|20)[0-9]{2}", text)):
        return this_year - int(match.group())
    return None


def _conditions(row: Row, named: list[Cell]) -> Iterator[Found]:
    if named:
        for cell in row.cells:
            if "illness" in holds(cell.heading) and not _NOTHING.fullmatch(cell.text):
                yield _whole(cell, "illness")


def _joined_digits(row: Row) -> Iterator[Found]:
    """A number with a digit in each cell, or cut over a few cells."""
    run: list[tuple[Cell, str]] = []
    for cell in (*row.cells, Cell("", "", "")):
        digits = fold(cell.text).strip()
        if re.fullmatch(r"[0-9]{0,9}[0-9Xx]", digits):
            run.append((cell, digits))
            continue
        if len(run) > 1 and _is_number([part for _cell, part in run]):
            yield from (_whole(one, "id") for one, _part in run)
        run = []


def _is_number(parts: list[str]) -> bool:
    joined = "".join(parts).upper()
    if len(joined) == 18 and is_id_number(joined) and checks(joined):
        return True
    if any(len(part) > 1 for part in parts):
        return False
    is_mobile = len(joined) == 11 and re.match("1[3-9]", joined) is not None
    return is_id_number(joined) or is_mobile or (16 <= len(joined) <= 19 and luhn(joined))


def _joined_address(row: Row) -> Iterator[Found]:
    """Building, unit and room each in a cell of its own."""
    parts = [_with_unit(cell) for cell in row.cells]
    if (
        sum(
            re.search(r"[0-9一二三四五六七八九十](?:组|幢|栋|单元|室|号)", part) is not None for part in parts
        )
        < 2
    ):
        return
    for start, end in find_addresses("".join(parts)):
        at = 0
        for cell, part in zip(row.cells, parts, strict=True):
            if at < end and start < at + len(part) and re.search(r"[0-9一二三四五六七八九十]", part):
                yield _whole(cell, "address")
            at += len(part)


def _with_unit(cell: Cell) -> str:
    text = fold(cell.text).strip()
    unit = _UNIT_OF_ADDRESS.search(cell.heading.strip())
    return f"{text}{unit.group(1)}" if unit and re.fullmatch(r"[0-9]{1,4}", text) else text
