"""Lists made ready for comparing: each record once, with every prepared column of the model.

Variants and sounds of characters are looked up once per character that occurs, then joined; DuckDB does the rest.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from qingfeng.screening.matching.fields import Field
from qingfeng.screening.matching.persons import Model
from qingfeng.screening.matching.sounds import sound, surname_sound
from qingfeng.screening.matching.variants import FOLDING

PLACES = (1, 2, 3, 4)
# So many imagined records stand behind a frequency, that a short list does not make every name look common.
IMAGINED = 2000


@dataclass(frozen=True)
class Prepared:
    """The table `lk_records`: side 0 or 1, `rid` (a number over both lists), `rec` as the caller knows it."""

    model: Model
    sizes: tuple[int, int]
    itself: bool

    @property
    def pairs(self) -> int:
        """How many pairs there are in all."""
        left, right = self.sizes
        return left * (left - 1) // 2 if self.itself else left * right


def prepare(connection: DuckDBPyConnection, model: Model, left: str, right: str | None) -> Prepared:
    """Fill `lk_records` from one or two relations that have `rec` and some of the model's columns as text."""
    sides = [left] if right is None else [left, right]
    columns = [_with_derived(_columns(connection, side)) for side in sides]
    usable = model.within([column for column in columns[0] if all(column in other for other in columns)])
    _gather(connection, usable, sides, columns)
    _characters(connection, usable)
    _fill(connection, usable)
    counts = dict(connection.execute("SELECT side, count(*) FROM lk_records GROUP BY side").fetchall())
    return Prepared(usable, (counts.get(0, 0), counts.get(1, 0)), right is None)


def _columns(connection: DuckDBPyConnection, relation: str) -> list[str]:
    return [name for name, *_ in connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()]


def _with_derived(columns: Sequence[str]) -> list[str]:
    """A list with ID numbers has birth dates and sexes too."""
    derived = ["birth_date", "sex"] if "id_no" in columns else []
    return [*columns, *(column for column in derived if column not in columns)]


def _gather(
    connection: DuckDBPyConnection, model: Model, sides: Sequence[str], columns: Sequence[Sequence[str]]
) -> None:
    """`lk_raw`: the lists one below the other, every column as text."""
    names = [field.column for field in model.fields]
    parts = []
    for number, side in enumerate(sides):
        present = set(_columns(connection, side))
        picked = ", ".join(
            f"CAST({name} AS VARCHAR) AS {name}" if name in present else f"NULL::VARCHAR AS {name}"
            for name in names
        )
        parts.append(f"SELECT {number} AS side, CAST(rec AS VARCHAR) AS rec, {picked} FROM {side}")
    union = " UNION ALL ".join(parts)
    plain = ", ".join(f"{field.cleaned or field.column} AS {field.column}" for field in model.fields)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE lk_raw AS SELECT side, rec, {plain} FROM ({union})")


def _characters(connection: DuckDBPyConnection, model: Model) -> None:
    """`lk_characters`: each character that occurs in a name, with the one that stands for it and its sound."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lk_characters (c VARCHAR, chief VARCHAR, sound VARCHAR, first VARCHAR)"
    )
    if not any(field.column == "name" and not field.prepared for field in model.fields):
        return
    found = connection.execute(
        "SELECT DISTINCT unnest(string_split(name, '')) FROM (SELECT DISTINCT name FROM lk_raw WHERE name IS NOT NULL)"
    ).fetchall()
    rows = []
    for (character,) in found:
        chief = FOLDING.get(character, character)
        if chief:
            rows.append((character, chief, sound(chief), surname_sound(chief)))
    insert(connection, "lk_characters", rows)


def insert(connection: DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Rows into a table by way of a file that vanishes: the quick way without numpy."""
    with as_csv(rows) as path:
        connection.execute(
            f"COPY {table} FROM '{path}' (FORMAT csv, AUTO_DETECT false, HEADER false, DELIM ',', "
            "QUOTE '\"', ESCAPE '\"', NULLSTR '\\N')"
        )


@contextmanager
def as_csv(rows: Iterable[Sequence[object]]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="qingfeng-") as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["\\N" if cell is None else cell for cell in row] for row in rows])
        yield path


def _fill(connection: DuckDBPyConnection, model: Model) -> None:
    """`lk_records` with all prepared columns and the rarity of its values."""
    fields = {field.column: field for field in model.fields}
    named = "name" in fields and not fields["name"].prepared
    plain = [f"{sql} AS {name}" for field in model.fields for name, sql in field.prepared.items()]
    if named:
        plain.append("regexp_replace(name, '[\\s·•・．.　]', '', 'g') AS name")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE lk_plain AS SELECT {', '.join(['rowid + 1 AS rid', 'side', 'rec', *plain])} FROM lk_raw"
    )
    connection.execute("DROP TABLE lk_raw")
    selected = [
        *("p.rid", "p.side", "p.rec"),
        *(name for field in model.fields for name in field.prepared if name not in ("birth_date", "sex")),
    ]
    if named:
        selected += _names(connection)
    selected += _birth_columns(fields)
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW lk_unrated AS SELECT {', '.join(selected)} FROM lk_plain p"
        + (" LEFT JOIN lk_names n ON n.as_written = p.name" if named else "")
    )
    _rate(connection, model.fields)
    connection.execute("DROP VIEW lk_unrated")
    connection.execute("DROP TABLE lk_plain")


def _names(connection: DuckDBPyConnection) -> list[str]:
    """`lk_names`: each name as it is written with all that is made of it; a name is borne by many."""
    joins = " ".join(f"LEFT JOIN lk_characters k{place} ON k{place}.c = p.name[{place}]" for place in PLACES)
    made = _name_columns()
    columns = ", ".join(f"{sql} AS {name}" for name, sql in made.items())
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE lk_names AS SELECT p.name AS as_written, {columns} "
        f"FROM (SELECT DISTINCT name FROM lk_plain WHERE name IS NOT NULL) p {joins}"
    )
    return [
        f"n.{name} AS {name}" if name != "name_sorted" else f"coalesce(n.{name}, '') AS {name}"
        for name in made
    ]


def _name_columns() -> dict[str, str]:
    """The folded name, its characters and sounds one by one, and its characters in order."""
    chiefs = [f"coalesce(k{place}.chief, '')" for place in PLACES]
    sounds = "nullif(concat_ws(' ', k1.first, k2.sound, k3.sound, k4.sound), '')"
    return {
        "name": f"nullif({' || '.join(chiefs)} || p.name[5:], '')",
        "name_n": "length(p.name)",
        **{f"name_c{place}": f"k{place}.chief" for place in PLACES},
        **{f"name_s{place}": f"k{place}.{'first' if place == 1 else 'sound'}" for place in PLACES},
        "name_last": "coalesce(k4.sound, k3.sound, k2.sound)",
        "name_sound": f"{sounds} || ' ' || p.name[5:]",
        "name_sorted": f"array_to_string(list_sort([{', '.join(chiefs)}]), '')",
    }


def _birth_columns(fields: dict[str, Field]) -> list[str]:
    """Birth date and sex, from the ID number where their own columns are empty."""
    has_id = "id_no" in fields
    selected = []
    if "sex" in fields:
        derived = "CASE WHEN length(id_no) >= 17 THEN CASE WHEN id_no[17] IN ('1','3','5','7','9') THEN '男' ELSE '女' END END"
        selected.append(f"coalesce(sex, {derived if has_id else 'NULL'}) AS sex")
    if "birth_date" in fields:
        derived = "CASE WHEN length(id_no) >= 17 AND try_strptime(id_no[7:14], '%Y%m%d') IS NOT NULL THEN id_no[7:14] END"
        birth = f"coalesce(p.birth_date, {derived if has_id else 'NULL'})"
        selected += [
            f"{birth} AS birth_date",
            f"date_diff('day', DATE '1900-01-01', try_strptime({birth}, '%Y%m%d')::DATE)::INT AS birth_date_day",
            f"{birth}[1:4] AS birth_date_year",
            f"{birth}[5:8] AS birth_date_md",
            f"{birth}[7:8] || {birth}[5:6] AS birth_date_dm",
            f"{birth}[1:4] || {birth}[7:8] || {birth}[5:6] AS birth_date_swapped",
        ]
    return selected


def _rate(connection: DuckDBPyConnection, fields: Sequence[Field]) -> None:
    """`lk_records`, with the bits of surprise of each value: −log₂ of its share among both lists."""
    joins, picked = [], []
    for field in fields:
        for name, source in field.frequencies.items():
            level = next(level for level in field.levels if level.rarity == name)
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE lk_{name} AS SELECT {source} AS v, "
                f"least(24, round(-log2((count(*) + {IMAGINED * level.u}) / (sum(count(*)) OVER () + {IMAGINED}))))::TINYINT "
                f"AS bits FROM lk_unrated WHERE {source} IS NOT NULL GROUP BY {source}"
            )
            joins.append(f"LEFT JOIN lk_{name} ON lk_{name}.v = u.{source}")
            picked.append(name)
    columns = "".join(f", lk_{name}.bits AS {name}" for name in picked)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE lk_records AS SELECT u.*{columns} FROM lk_unrated u {' '.join(joins)}"
    )
    for name in picked:
        connection.execute(f"DROP TABLE lk_{name}")
