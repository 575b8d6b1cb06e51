"""Columns of a sheet that it does not have as such: constants, which only its name or title says, and the persons and
firms of a column in which both stand."""

from __future__ import annotations

from dataclasses import replace

from qingfeng.screening.reading.grids import Relation
from qingfeng.screening.reading.recognising import Reading
from qingfeng.screening.reading.values import FIRM_LENGTH, FIRM_WORDS
from qingfeng.screening.spool import sql_text

# A number of 18 places that holds no day of birth is a code of a firm.
CODE_SHAPE = "[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}"
BIRTH_SHAPE = "[0-9]{6}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"


def with_constants(reading: Reading, grid: Relation) -> tuple[Relation, dict[str, int], dict[str, str]]:
    """The grid with the columns that had to be made, the places of all columns, and their headers."""
    places = dict(reading.places)
    headers = {name: reading.headers[place] for name, place in places.items()}
    if not (reading.constants or reading.shared) or reading.table is None:
        return grid, places, headers
    added: list[str] = []

    def add(column: str, cell: str, written: str) -> None:
        places[column], headers[column] = grid.width + len(added), written
        added.append(f'{cell} AS "g{places[column]}"')

    for other, given in reading.shared.items():
        is_firm = _is_firm(reading, given)
        cell, written = f'"g{reading.places[given]}"', headers[given]
        firm, person = (other, given) if _of_firm(other) else (given, other)
        add(firm, f"CASE WHEN {is_firm} THEN {cell} END", written)
        add(person, f"CASE WHEN NOT {is_firm} THEN {cell} END", written)
    for name, value in reading.constants.items():
        title = reading.table.column(name).title
        add(name, _constant(reading, title, value), title)
    return replace(grid, added=added, width=grid.width + len(added)), places, headers


def _constant(reading: Reading, title: str, value: str) -> str:
    """A blank row has no constant, and where the headers are printed again so is the constant's: what kind a row is, is
    told as ever."""
    assert reading.table is not None
    places = reading.places
    cells = ", ".join(f'"g{place}"' for place in sorted(set(places.values())))
    anchor = next((one.name for one in reading.table.required if one.name in places), next(iter(places)))
    repeated = f'"g{places[anchor]}" = {sql_text(reading.headers[places[anchor]])}'
    given = f"WHEN {repeated} THEN {sql_text(title)} ELSE {sql_text(value)} END"
    return f"CASE WHEN coalesce({cells}, NULL) IS NULL THEN NULL {given}"


def _of_firm(column: str) -> bool:
    return column.endswith(("firm_name", "firm_code"))


def _is_firm(reading: Reading, given: str) -> str:
    """SQL that tells a firm from a person by the look of the value."""
    cell = f"coalesce(\"g{reading.places[given]}\", '')"
    if given.endswith(("id_no", "_code")):
        bare = f"regexp_replace({cell}, '[^0-9A-Za-z]', '', 'g')"
        return (
            f"(regexp_full_match({bare}, '{CODE_SHAPE}') AND NOT regexp_full_match({bare}, '{BIRTH_SHAPE}'))"
        )
    return f"(length({cell}) >= {FIRM_LENGTH} AND NOT contains({cell}, '·') AND regexp_matches({cell}, '{FIRM_WORDS}'))"
