"""Runs the cases of a spec file on an engine and says in words where the hits differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

import duckdb

from qingfeng.screening.catalogue import table
from qingfeng.screening.cleaning import codes, text
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.engine import hits, lint, relations
from qingfeng.screening.engine.duckdb import OnDuckDB
from qingfeng.screening.engine.finishing import finish
from qingfeng.screening.engine.parameters import settled
from qingfeng.screening.engine.rule import Rule, load
from qingfeng.screening.engine.specs import cells, document
from qingfeng.screening.engine.specs.document import Case, Rows
from qingfeng.screening.errors import ScreeningError
from qingfeng.screening.store import from_rows

KEYS = Keys(b"the key of drawn cases, not of any campaign")
CALENDAR_YEARS = (2022, 2027)
SATURDAY = 5


class Engine(Protocol):
    """What a case needs of an engine."""

    def find(self, rule: Rule, values: dict[str, Any], as_of: date, into: str) -> None:
        """Puts the evidence rows into a temporary table of the connection it was made for."""


@dataclass(frozen=True)
class Outcome:
    """What became of one case: nothing in `faults` means it holds."""

    case: Case
    faults: tuple[str, ...]


def run(rule_file: Path, engine: Callable[[duckdb.DuckDBPyConnection], Engine] = OnDuckDB) -> list[Outcome]:
    """Runs all cases of a rule."""
    rule = load(rule_file)
    lint.check(rule)
    spec = document.read(document.beside(rule_file))
    return [Outcome(case, tuple(faults(rule, case, engine))) for case in spec.cases]


def faults(
    rule: Rule, case: Case, engine: Callable[[duckdb.DuckDBPyConnection], Engine] = OnDuckDB
) -> list[str]:
    """Where the hits of a case differ from what is drawn."""
    with duckdb.connect(config={"threads": 1}) as connection:
        translated = cells.Cells()
        unread = load_case(connection, rule, case, translated)
        try:
            raised(connection, rule, case, engine)
        except ScreeningError as error:
            return [str(error)]
        different = _compare(connection, case, _Subjects(case, translated))
        return [*different, *unread] if different else []


def load_case(
    connection: duckdb.DuckDBPyConnection, rule: Rule, case: Case, translated: cells.Cells
) -> list[str]:
    """Makes the tables of a case, cleaned like files; returns which of its cells the rule sees as empty."""
    given = {name: rows for name, rows in case.tables.items() if name != relations.CALENDAR}
    for name, rows in given.items():
        translated.learn(table(name), rows)
    typed: dict[str, Rows] = {name: translated.translate(table(name), rows) for name, rows in given.items()}
    missing: dict[str, Rows] = {
        name: []
        for name in (*rule.inputs, *rule.optional)
        if name not in typed and name != relations.CALENDAR
    }
    faults_of_cells = from_rows(connection, {**typed, **missing}, KEYS)
    for name, rows in given.items():
        _put_on_sheets(connection, name, rows)
    for doubt in translated.doubtful:
        connection.execute(
            f"UPDATE {doubt.table} SET {doubt.role}person_key = ?, {doubt.role}person_tier = ? WHERE rec = ?",
            [KEYS.person(doubt.number), doubt.tier, doubt.row + 1],
        )
    if relations.CALENDAR in rule.inputs:
        relations.load_calendar(connection, _days(case.tables.get(relations.CALENDAR, [])))
    return [
        f"表 {fault['table']} 第{fault['row']}条的 {fault['column']}：{fault['reason']}，规则看到的是空值"
        for fault in faults_of_cells
    ]


def _put_on_sheets(connection: duckdb.DuckDBPyConnection, name: str, rows: Rows) -> None:
    """The sheet that each record of a case is drawn on, where it matters which records came together."""
    for number, row in enumerate(rows, start=1):
        if sheet := row.get("source_sheet"):
            connection.execute(f"UPDATE {name} SET source_sheet = ? WHERE rec = ?", [sheet, number])


def raised(
    connection: duckdb.DuckDBPyConnection,
    rule: Rule,
    case: Case,
    engine: Callable[[duckdb.DuckDBPyConnection], Engine],
) -> None:
    """Runs the rule over the loaded case; its hits then lie in the table `hits`."""
    values = settled(rule.path.name, rule.parameters, case.as_of, case.settings)
    hits.prepare(connection)
    engine(connection).find(rule, values, case.as_of, "raw")
    finish(connection, rule, values, "raw")
    hits.collect(connection, rule, "raw")


def _days(drawn: Rows) -> list[tuple[date, bool, str | None]]:
    """The plain week, with the days that a case draws otherwise."""
    first, last = date(CALENDAR_YEARS[0], 1, 1), date(CALENDAR_YEARS[1], 12, 31)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days: dict[date, tuple[bool, str | None]] = {day: (day.weekday() < SATURDAY, None) for day in every}
    for row in drawn:
        worked = row.get("is_workday", "否") in {"是", "1", "班"}
        days[date.fromisoformat(row["day"])] = (worked, row.get("festival") or None)
    return [(day, worked, festival) for day, (worked, festival) in sorted(days.items())]


class _Subjects:
    """Every key that a drawn subject may stand for."""

    def __init__(self, case: Case, translated: cells.Cells) -> None:
        self.translated = translated
        self.codes_of: dict[str, set[str]] = {}
        for name, rows in case.tables.items():
            if name != relations.CALENDAR:
                self._learn_firms(name, rows)

    def _learn_firms(self, name: str, rows: Rows) -> None:
        for column in table(name).columns:
            code = column.name.removesuffix("_name") + "_code"
            if column.type == "firm_name":
                for row in rows:
                    if row.get(column.name) and row.get(code):
                        self.codes_of.setdefault(row[column.name], set()).add(row[code])

    def matches(self, drawn: str, actual: str) -> bool:
        """Is this the subject that was drawn?"""
        parts, keys = drawn.split("|"), actual.split("|")
        return len(parts) == len(keys) and all(
            key in self._candidates(part.strip()) for part, key in zip(parts, keys, strict=True)
        )

    def _candidates(self, part: str) -> set[str]:
        found = {part, text.clean_text(part) or "", text.clean_code(part) or ""} if part else {""}
        if not part:
            return found
        found |= {KEYS.person(self.translated.person(part)), KEYS.person(part), KEYS.name(part)}
        found |= {KEYS.account(cells.account_number(part)), KEYS.account(part), KEYS.plate(part)}
        found |= {KEYS.phone(cells.phone_number(part)), KEYS.phone(part), cells.credit_code(part)}
        found.add("n:" + codes.name_core(part))
        for code in self.codes_of.get(part, ()):
            found |= {code, cells.credit_code(code)}
        return found


def _compare(connection: duckdb.DuckDBPyConnection, case: Case, subjects: _Subjects) -> list[str]:
    cursor = connection.execute(
        f"SELECT subject, subject_shown, kind, {hits.yuan('sum')} AS sum, CAST(rows AS VARCHAR) AS rows, "
        "CAST(first_date AS VARCHAR) AS first, CAST(last_date AS VARCHAR) AS last, CAST(score AS VARCHAR) AS score, "
        "sentence FROM hits ORDER BY subject_shown"
    )
    names = [column[0] for column in cursor.description]
    actual = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    told = []
    for wanted in case.hits or []:
        same = [hit for hit in actual if _agrees(wanted, hit, subjects)]
        if same:
            actual.remove(same[0])
        else:
            told.append(f"应有而没有的命中：{_line(wanted)}")
    told += [f"多出的命中：{_line({**hit, 'subject': hit['subject_shown']})}" for hit in actual]
    return told


def _agrees(wanted: dict[str, str], hit: dict[str, str], subjects: _Subjects) -> bool:
    if not subjects.matches(wanted["subject"], hit["subject"]):
        return False
    return all(_same(hit.get(key), cell) for key, cell in wanted.items() if key != "subject" and cell)


def _same(actual: str | None, wanted: str) -> bool:
    plain = wanted.replace(",", "")
    if actual is None or actual == plain:
        return actual == plain
    try:
        return float(actual) == float(plain)
    except ValueError:
        return False


def _line(hit: dict[str, str]) -> str:
    order = ("subject", "kind", "sum", "rows", "first", "last", "score", "sentence")
    return "，".join(f"{key} {hit[key]}" for key in order if hit.get(key))
