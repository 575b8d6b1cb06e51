"""Which records meet: pairs that share a key, each pair once, no block beyond a bound."""

from __future__ import annotations

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from qingfeng.screening.matching.persons import Key
from qingfeng.screening.matching.preparing import Prepared

# A value shared by more pairs than this says too little; its block is divided by the key's finer part, or left out.
LARGEST_BLOCK = 4_000


@dataclass(frozen=True)
class KeyReport:
    """What one key brought: pairs that met, and blocks left out because they were too large."""

    title: str
    pairs: int
    blocks_left_out: int
    records_left_out: int


def candidates(
    connection: DuckDBPyConnection,
    prepared: Prepared,
    largest: int = LARGEST_BLOCK,
    *,
    one_to_one: bool = False,
) -> list[KeyReport]:
    """Fill `lk_pairs` (l, r) from `lk_records` and the keys of the model.

    One to one, the records of a sure pair have found each other: they meet nobody else.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE lk_met (l BIGINT, r BIGINT, key UTINYINT)")
    connection.execute("CREATE OR REPLACE TEMP VIEW lk_open_records AS SELECT * FROM lk_records")
    reports = []
    for number, key in enumerate(prepared.model.keys):
        reports.append(_meet(connection, prepared, number, key, largest))
        if number == 0 and one_to_one and prepared.model.sure and not prepared.itself:
            _settle(connection, prepared.model.sure)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lk_pairs AS SELECT l, r, bit_or(1::UINTEGER << key) AS keys FROM lk_met GROUP BY l, r"
    )
    connection.execute("DROP TABLE lk_met")
    return reports


def _settle(connection: DuckDBPyConnection, sure: str) -> None:
    """Records with one sure partner and no second one."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lk_sure AS SELECT p.l, p.r FROM lk_met p "
        f"JOIN lk_records l ON l.rid = p.l JOIN lk_records r ON r.rid = p.r WHERE {sure}"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lk_settled AS SELECT unnest([l, r]) AS rid FROM lk_sure "
        "QUALIFY count(*) OVER (PARTITION BY l) = 1 AND count(*) OVER (PARTITION BY r) = 1"
    )
    connection.execute("DROP TABLE lk_sure")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lk_unsettled AS SELECT * FROM lk_records ANTI JOIN lk_settled USING (rid)"
    )
    connection.execute("CREATE OR REPLACE TEMP VIEW lk_open_records AS SELECT * FROM lk_unsettled")


def _meet(
    connection: DuckDBPyConnection, prepared: Prepared, number: int, key: Key, largest: int
) -> KeyReport:
    _blocks(connection, prepared, [(None, one) for one in key.expressions])
    left_out = _oversized(connection, prepared, largest)
    pairs = _join(connection, prepared, number)
    if left_out[0] and key.finer and _has_all(connection, key.finer):
        _finer_blocks(connection, prepared, key)
        left_out = _oversized(connection, prepared, largest)
        pairs += _join(connection, prepared, number)
    return KeyReport(key.title, pairs, *left_out)


def _has_all(connection: DuckDBPyConnection, expression: str) -> bool:
    known = {name for name, *_ in connection.execute("DESCRIBE lk_records").fetchall()}
    words = {part.split("[")[0].strip() for part in expression.split("||")}
    return words <= known


def _blocks(connection: DuckDBPyConnection, prepared: Prepared, expressions: list[tuple[None, str]]) -> None:
    """`lk_keys`: the hashed values of one key. Several forms of a key may meet one another."""
    parts = " UNION ".join(
        f"SELECT hash({sql}) AS k, rid, side FROM lk_open_records WHERE nullif({sql}, '') IS NOT NULL"
        for _, sql in expressions
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE lk_keys AS {parts}")


def _finer_blocks(connection: DuckDBPyConnection, prepared: Prepared, key: Key) -> None:
    """The oversized blocks again, divided by the finer part."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lk_keys AS "
        f"SELECT hash(b.k, {key.finer}) AS k, rid, b.side FROM lk_left_out b JOIN lk_records USING (rid) WHERE ({key.finer}) IS NOT NULL"
    )


def _oversized(connection: DuckDBPyConnection, prepared: Prepared, largest: int) -> tuple[int, int]:
    """Move blocks over the bound from `lk_keys` to `lk_left_out`; how many blocks and records."""
    pairs = (
        "count(*) * (count(*) - 1) / 2"
        if prepared.itself
        else "count(*) FILTER (side = 0) * count(*) FILTER (side = 1)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE lk_large AS SELECT k FROM lk_keys GROUP BY k HAVING {pairs} > {largest}"
    )
    blocks = _one(connection, "SELECT count(*) FROM lk_large")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lk_left_out AS SELECT * FROM lk_keys SEMI JOIN lk_large USING (k)"
    )
    if blocks:
        connection.execute("DELETE FROM lk_keys WHERE k IN (SELECT k FROM lk_large)")
    return blocks, _one(connection, "SELECT count(DISTINCT rid) FROM lk_left_out")


def _join(connection: DuckDBPyConnection, prepared: Prepared, number: int) -> int:
    meet = "a.rid < b.rid" if prepared.itself else "a.side = 0 AND b.side = 1"
    found = connection.execute(
        f"INSERT INTO lk_met SELECT DISTINCT a.rid, b.rid, {number} FROM lk_keys a JOIN lk_keys b ON a.k = b.k AND {meet}"
    ).fetchone()
    return int(found[0]) if found else 0


def _one(connection: DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
