"""Which of the pairs over the threshold become links."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

ROUNDS = 40


def choose_over(connection: DuckDBPyConnection) -> int:
    """Every pair over the threshold is a link."""
    connection.execute("CREATE OR REPLACE TEMP TABLE lk_chosen AS SELECT l, r FROM lk_weighed")
    return _name_links(connection)


def choose_one_to_one(connection: DuckDBPyConnection) -> int:
    """The heaviest pair first, then the heaviest of the records left over, and so on.

    A round takes every pair that is the heaviest of both its records; that comes to the same and needs few rounds.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lk_open AS SELECT l, r, "
        "row_number() OVER (ORDER BY sure DESC, bits DESC, l, r) AS place FROM lk_weighed"
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE lk_chosen (l BIGINT, r BIGINT)")
    for _ in range(ROUNDS):
        taken = connection.execute(
            "INSERT INTO lk_chosen SELECT l, r FROM (SELECT l, r, place, min(place) OVER (PARTITION BY l) AS of_l, "
            "min(place) OVER (PARTITION BY r) AS of_r FROM lk_open) WHERE place = of_l AND place = of_r"
        ).fetchone()
        if not taken or not taken[0]:
            break
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE lk_rest AS SELECT o.* FROM lk_open o "
            "ANTI JOIN lk_chosen a ON o.l = a.l ANTI JOIN lk_chosen b ON o.r = b.r"
        )
        connection.execute("DROP TABLE lk_open")
        connection.execute("ALTER TABLE lk_rest RENAME TO lk_open")
    return _name_links(connection)


def _name_links(connection: DuckDBPyConnection) -> int:
    """`links`: the chosen pairs under the callers' own record names."""
    made = connection.execute(
        "CREATE OR REPLACE TEMP TABLE links AS SELECT a.rec AS left_rec, b.rec AS right_rec, w.* "
        "FROM lk_chosen c JOIN lk_weighed w ON w.l = c.l AND w.r = c.r "
        "JOIN lk_records a ON a.rid = c.l JOIN lk_records b ON b.rid = c.r"
    )
    row = made.execute("SELECT count(*) FROM links").fetchone()
    return int(row[0]) if row else 0
