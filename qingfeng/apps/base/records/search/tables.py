"""The table of tokens, `records_search`: the two databases' own full-text indexes behind the same four calls.

SQLite: FTS5 without content and positions (`detail=none`). Its tokenizer is `ascii`, because the words are cut
already: that one splits at spaces only and takes every character outside ASCII as it is, whereas `unicode61` knows the
characters of 2012 and would drop younger ones, of which personal names are made. PostgreSQL: `array_to_tsvector`,
which passes by the parser for the same reason, with GIN.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from qingfeng.apps.base.records.search.words import Phrase

Row = tuple[int, Sequence[str]]
"""An entry's id and its tokens."""
_SIGNS = {"sqlite": ('"', " AND ", " OR ", "*"), "postgresql": ("'", " & ", " | ", ":*")}
"""How a token is quoted, how tokens are joined, and how the beginning of a token is marked."""
_ASKED = {
    "sqlite": "SELECT rowid FROM records_search WHERE records_search MATCH %s ORDER BY rowid DESC LIMIT %s",
    "postgresql": "SELECT rowid FROM records_search WHERE tokens @@ %s::tsquery LIMIT %s",
}
NEWEST, STRETCH, MANY, SHARE = 32_000, 1_024_000, 2001, 60
"""Of a word that is met SHARE times in the NEWEST keys, MANY entries are sought in the STRETCH of keys before them."""
_NEWEST_FIRST = """
WITH near AS MATERIALIZED (SELECT COUNT(*) AS met FROM (
    SELECT tokens FROM records_search WHERE rowid > (SELECT MAX(rowid) FROM records_search) - %(newest)s OFFSET 0
) newest WHERE tokens @@ %(question)s::tsquery),
met AS MATERIALIZED (SELECT found.rowid FROM near CROSS JOIN LATERAL (
    SELECT rowid FROM records_search WHERE coalesce(tokens, '') @@ %(question)s::tsquery
    AND rowid > (SELECT MAX(rowid) FROM records_search) - %(stretch)s AND near.met >= %(share)s
    ORDER BY rowid DESC LIMIT %(many)s) found)
SELECT rowid, true FROM met WHERE (SELECT COUNT(*) FROM met) >= %(many)s
UNION ALL (SELECT rowid, false FROM records_search WHERE tokens @@ %(question)s::tsquery
    AND (SELECT COUNT(*) FROM met) < %(many)s LIMIT %(limit)s)"""
"""For PostgreSQL, which fetches and unpacks the rows of a common word one after the other, wherever they lie: among the
newest, read in their order, so many stand near each other. The index of tokens is asked only where they do not. LATERAL: so
that no further process is started for so little."""


def put(rows: Iterable[Row], *, instead_of: Iterable[Row] = ()) -> None:
    """The tokens of entries; what they held before must be told."""
    if connection.vendor == "sqlite":
        _sqlite_forget(instead_of)
        _run(
            "INSERT INTO records_search(rowid, tokens) VALUES (%s, %s)",
            ((key, " ".join(tokens)) for key, tokens in rows),
        )
        return
    _run(
        "INSERT INTO records_search (rowid, tokens) VALUES (%s, array_to_tsvector(%s::text[]))"
        " ON CONFLICT (rowid) DO UPDATE SET tokens = excluded.tokens",
        ((key, list(tokens)) for key, tokens in rows),
    )


def _sqlite_forget(rows: Iterable[Row]) -> None:
    _run(
        "INSERT INTO records_search(records_search, rowid, tokens) VALUES ('delete', %s, %s)",
        ((key, " ".join(tokens)) for key, tokens in rows),
    )


def empty() -> None:
    """Before the index is built anew."""
    sqlite = "INSERT INTO records_search(records_search) VALUES ('delete-all')"
    with connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else "TRUNCATE records_search")


def settle() -> None:
    """After a build: the index in one piece, and its statistics."""
    statements = (
        ["INSERT INTO records_search(records_search) VALUES ('optimize')"]
        if connection.vendor == "sqlite"
        else ["ANALYZE records_search", "ANALYZE records_searchentry"]
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def candidates(
    scope: str, phrases: Sequence[Phrase], marks: Sequence[str] | None, *, limit: int
) -> tuple[list[int], bool]:
    """Ids of entries that hold the tokens of all phrases, and one of the marks where some are given; and whether there
    are more of them than these, which are the newest then."""
    if marks is not None and not marks:
        return [], False
    question = _question(scope, phrases, marks)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and marks is None:
            cursor.execute(_NEWEST_FIRST, _bounds(question, limit))
            found = cursor.fetchall()
            return [key for key, _ in found], len(found) == limit or any(near for _, near in found[:1])
        cursor.execute(_ASKED[connection.vendor], [question, limit])
        keys = [key for (key,) in cursor.fetchall()]
        return keys, len(keys) == limit


def _bounds(question: str, limit: int) -> dict[str, Any]:
    bounds = {"newest": NEWEST, "stretch": STRETCH, "share": SHARE, "many": MANY, "limit": limit}
    return {"question": question, **bounds}


def _question(scope: str, phrases: Sequence[Phrase], marks: Sequence[str] | None) -> str:
    """In the query language of the database; a token is letters and figures only, so that quoting it is enough."""
    quote, both, either, onwards = _SIGNS[connection.vendor]

    def quoted(token: str) -> str:
        return f"{quote}{scope}{token}{quote}"

    parts = [f"({either.join(map(quoted, marks))})"] if marks is not None else []
    for phrase in phrases:
        *whole, last = map(quoted, phrase.tokens)
        parts += [*whole, last + onwards if phrase.goes_on else last]
    return both.join(parts)


def _run(statement: str, rows: Iterable[Any]) -> None:
    listed = list(rows)
    if listed:
        with connection.cursor() as cursor:
            cursor.executemany(statement, listed)
