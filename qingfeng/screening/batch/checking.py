"""The check of a batch: the same rules as in a run, with the batch as the payments and the loaded ones as history."""

from __future__ import annotations

import datetime
import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from duckdb import DuckDBPyConnection

from qingfeng.screening import catalogue
from qingfeng.screening.batch import findings, gaps, latest, workbooks
from qingfeng.screening.batch.gaps import BatchGaps
from qingfeng.screening.batch.rows import PAYMENTS, Batch, batch_rows
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.engine import hits, relations
from qingfeng.screening.engine import rule as rule_files
from qingfeng.screening.engine.duckdb import OnDuckDB
from qingfeng.screening.engine.finishing import finish
from qingfeng.screening.engine.parameters import settled
from qingfeng.screening.engine.relations import Days
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.errors import ScreeningError
from qingfeng.screening.matching.preparing import insert
from qingfeng.screening.matching.resolving.people import resolve_people
from qingfeng.screening.matching.resolving.roles import person_roles

HEADERS = ("建议", "疑点", "核实什么")
MEANINGS = {
    findings.PAY: "在已载入的数据里没有发现不该付的情形；不等于已审核通过",
    findings.VERIFY: "有疑点，核实清楚以前建议暂缓；不是认定，不得仅凭此停发",
    findings.WHO: "证号缺失或有误，或只是疑似同一人；先确认是谁，再看其他",
}
OWN_RULES = Path(__file__).parent / "rules"
PAYMENT_RULES = Path(__file__).parent.parent / "rules" / "a"
# Tables of few rows are read by one thread anyway: more of them only wait for each other in some 250 small statements,
# which cost a quarter of the processor time.
ALONE, FEW_ROWS = 1, 500_000
# A rule about a village or a unit needs all payments of the year, not one batch.
SUBJECTS = frozenset({"person", "account", "parcel"})


class Store(Protocol):
    """What a check needs of a store (`screening.store.Store`)."""

    @property
    def tables(self) -> Mapping[str, int]: ...

    def table_path(self, name: str) -> Path: ...

    def relation(self, name: str, *, ingested: bool = False) -> str: ...

    def connect(self, *, memory_limit: str = "2GB", threads: int | None = None) -> DuckDBPyConnection: ...


@dataclass(frozen=True)
class BatchReport:
    """How a batch came out, in numbers; `skipped` says which rules could not look, and why."""

    rows: int
    advice: Mapping[str, int]
    rules: tuple[str, ...]
    skipped: Mapping[str, str]
    notes: tuple[str, ...]
    seconds: float


@dataclass
class _Looked:
    """Which rules looked at the batch."""

    ran: list[Rule] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A batch makes a million small objects and no rings of them: looking for rings took a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def check(
    payments: Path,
    against: Store,
    out: Path,
    *,
    keys: Keys,
    as_of: datetime.date,
    calendar: Days = (),
    rules: Sequence[Rule] | None = None,
    memory_limit: str = "2GB",
    progress: Callable[[str], None] | None = None,
) -> BatchReport:
    """Writes `out`: the workbook of the batch with, beside each row, whether to pay, what speaks against it, and
    what to verify. Nothing is decided: a row that raises nothing is one that these tables say nothing about."""
    started = time.monotonic()
    workbooks.check_writable(out, payments)
    said = progress or (lambda _: None)
    said("读取发放名单")
    sheets = workbooks.read(payments)
    batch = batch_rows(payments.name, sheets, keys, as_of)
    chosen = (
        list(rules) if rules is not None else [*rule_files.find(PAYMENT_RULES), *rule_files.find(OWN_RULES)]
    )
    threads = ALONE if max(against.tables.values(), default=0) < FEW_ROWS else None
    with (
        ThreadPoolExecutor(1) as beside,
        against.connect(memory_limit=memory_limit, threads=threads) as connection,
    ):
        said("与已载入的数据比对")
        looked = _Looked()
        lacking = gaps.found(connection, against, chosen, batch)
        ready = _ready(lacking, chosen, as_of, looked)
        batch.notes += dict.fromkeys(line for rule, _ in ready for line in lacking.unseen(rule))
        engine = OnDuckDB(connection, incomplete=lacking.incomplete)
        engine.expect(ready, as_of)
        drawn = beside.submit(workbooks.draw, sheets)
        _lay_out(connection, against, batch, keys)
        relations.load_calendar(connection, calendar)
        _run(engine, against, ready, as_of, looked, said)
        found = findings.of_rows(connection, {rule.id: rule for rule in looked.ran})
        tiers = _tiers(connection)
    said("写出结果")
    advice: Counter[str] = Counter()
    for row in batch.rows:
        told = findings.told(row, found.get(row.rec, []), tiers.get(row.rec), looked=bool(looked.ran))
        row.sheet.added[row.number] = told
        advice[told[0]] += 1
    workbooks.write(out, sheets, HEADERS, _notes(batch, looked, advice, as_of, against), drawn.result())
    return BatchReport(
        len(batch.rows),
        dict(advice),
        tuple(rule.id for rule in looked.ran),
        looked.skipped,
        tuple(batch.notes),
        time.monotonic() - started,
    )


def _lay_out(connection: DuckDBPyConnection, store: Store, batch: Batch, keys: Keys) -> None:
    """The tables as rules know them: `payments` is the batch with the loaded payments of the same people, accounts
    and parcels; the others are there as the store has them."""
    columns = catalogue.stored_columns(catalogue.table(PAYMENTS))
    described = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"CREATE TEMP TABLE batch ({described})")
    used = [name for name in columns if any(value is not None for value in batch.stored[name])]
    listed = ", ".join(f'"{name}"' for name in used)
    insert(connection, f"batch ({listed})", zip(*(batch.stored[name] for name in used), strict=True))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {PAYMENTS} AS SELECT * FROM batch")
    _identify(connection, store, batch, keys)
    if PAYMENTS in store.tables:
        _add_history(connection, store, list(columns), batch)
    for name in latest.BY_MONTH:
        if name in store.tables and latest.stand_in(connection, name, store.relation(name)):
            batch.notes.append(f"{catalogue.table(name).title}还没有本批次月份的，按最近一个月的名单核查")


def _identify(connection: DuckDBPyConnection, store: Store, batch: Batch, keys: Keys) -> None:
    """Persons of rows with a missing or bad number, by the tiers of the matching."""
    refused = [(PAYMENTS, row.rec, "id_no", row.clear_id) for row in batch.rows if row.clear_id]
    connection.execute(
        'CREATE TEMP TABLE refused ("table" VARCHAR, rec BIGINT, "column" VARCHAR, value VARCHAR)'
    )
    insert(connection, "refused", refused)
    registers = [name for name in store.tables if name != PAYMENTS]
    resolve_people(
        connection,
        list(person_roles([PAYMENTS])),
        keys,
        "refused",
        list(person_roles([PAYMENTS, *registers])),
    )
    connection.execute(
        f"UPDATE {PAYMENTS} SET person_key = l.person_key, person_tier = l.tier, birth_date = l.birth_date "
        f"FROM person_links l WHERE l.rec = {PAYMENTS}.rec"
    )


def _add_history(connection: DuckDBPyConnection, store: Store, columns: Sequence[str], batch: Batch) -> None:
    """Loaded payments of the people, accounts and parcels of the batch; not the batch itself, if it was loaded too."""
    listed = ", ".join(f'"{name}"' for name in columns)
    same = " OR ".join(
        f"{column} IN (SELECT {column} FROM {PAYMENTS} WHERE {column} IS NOT NULL)"
        for column in ("person_key", "account_key", "parcel_no")
    )
    connection.execute(
        f"INSERT INTO {PAYMENTS} SELECT {listed} FROM {store.relation(PAYMENTS)} WHERE ({same}) AND NOT ends_with(source_file, ?)",
        [batch.file],
    )


def _ready(
    lacking: BatchGaps, rules: Iterable[Rule], as_of: datetime.date, looked: _Looked
) -> list[tuple[Rule, dict[str, Any]]]:
    """The rules about those who are paid, with their parameters; why any of them cannot look is noted."""
    ready = []
    for rule in rules:
        if PAYMENTS not in rule.records.values() or rule.subject.kind not in SUBJECTS:
            continue
        if why := lacking.obstacle(rule):
            looked.skipped[f"{rule.id} {rule.title}"] = why
        else:
            ready.append((rule, settled(rule.path.name, rule.parameters, as_of, {})))
    return ready


def _run(
    engine: OnDuckDB,
    store: Store,
    ready: Iterable[tuple[Rule, Mapping[str, Any]]],
    as_of: datetime.date,
    looked: _Looked,
    said: Callable[[str], None],
) -> None:
    hits.prepare(engine.connection)
    present = {*store.tables, PAYMENTS}
    for rule, values in ready:
        said(f"{rule.id} {rule.title}")
        try:
            _stand_in(engine.connection, rule, present)
            engine.find(rule, values, as_of, "raw")
            finish(engine.connection, rule, values, "raw")
            hits.collect(engine.connection, rule, "raw", located=False)
            looked.ran.append(rule)
        except ScreeningError as error:
            looked.skipped[f"{rule.id} {rule.title}"] = str(error)


def _stand_in(connection: DuckDBPyConnection, rule: Rule, present: set[str]) -> None:
    """Empty relations for the optional tables that were not loaded."""
    lacking = [name for name in rule.optional if name not in present]
    columns = relations.columns_for(rule) if lacking else {}
    for name in lacking:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {relations.empty_select(columns[name])}")


def _tiers(connection: DuckDBPyConnection) -> dict[int, tuple[int, str]]:
    """How the rows without a usable number were identified."""
    return {
        rec: (tier, why)
        for rec, tier, why in connection.execute("SELECT rec, tier, why FROM person_links").fetchall()
    }


def _notes(
    batch: Batch, looked: _Looked, advice: Mapping[str, int], as_of: datetime.date, store: Store
) -> list[Sequence[str]]:
    """The last sheet: what was looked at, what could not be, and what the words mean."""
    asked = {name for rule in looked.ran for name in (*rule.inputs, *rule.optional)}
    return [
        ("项目", "说明"),
        ("核查基准日", as_of.isoformat()),
        ("行数", f"{len(batch.rows):,}"),
        *((word, f"{advice.get(word, 0):,}行。{meaning}") for word, meaning in MEANINGS.items()),
        *(("已查", f"{rule.id} {rule.title}（版本 {rule.version}）") for rule in looked.ran),
        *(("未查", f"{title}：{why}") for title, why in looked.skipped.items()),
        *(("提示", note) for note in batch.notes),
        *(
            ("对照数据", f"{catalogue.table(name).title} {rows:,}行")
            for name, rows in store.tables.items()
            if name in asked
        ),
    ]
