"""Constants of a sheet: what only its name or title says becomes a column of each of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qingfeng.screening.reading.grids import Relation
from qingfeng.screening.reading.recognising import Reading
from qingfeng.screening.spool import sql_text


def with_constants(reading: Reading, grid: Relation) -> tuple[Relation, dict[str, int], dict[str, str]]:
    """The grid with a column for each constant, the places of all columns, and their headers. A blank row has no
    constant, and where the headers are printed again so is the constant's: what kind a row is, is told as ever."""
    places = dict(reading.places)
    headers = {name: reading.headers[place] for name, place in places.items()}
    if not reading.constants or reading.table is None:
        return grid, places, headers
    cells = ", ".join(f'"g{place}"' for place in sorted(set(places.values())))
    anchor = next((one.name for one in reading.table.required if one.name in places), next(iter(places)))
    repeated = f'"g{places[anchor]}" = {sql_text(headers[anchor])}'
    added = []
    for number, (name, value) in enumerate(reading.constants.items(), start=grid.width):
        title = reading.table.column(name).title
        given = f"WHEN {repeated} THEN {sql_text(title)} ELSE {sql_text(value)} END"
        added.append(f'CASE WHEN coalesce({cells}, NULL) IS NULL THEN NULL {given} AS "g{number}"')
        places[name], headers[name] = number, title
    return replace(grid, pieces=_wider(grid, added), width=grid.width + len(added)), places, headers


def _wider(grid: Relation, added: list[str]) -> Iterator[str]:
    for piece in grid.pieces:
        yield f"(SELECT *, {', '.join(added)} FROM {piece})"
