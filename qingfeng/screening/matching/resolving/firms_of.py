"""Firms written without their code: found in the register by name, when one firm alone answers to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from qingfeng.screening import catalogue
from qingfeng.screening.cleaning.codes import is_valid
from qingfeng.screening.matching import firms
from qingfeng.screening.matching.preparing import insert

REGISTER = "firms"


@dataclass(frozen=True)
class FirmLinks:
    """Names without a code; those that found one for certain, and those for which one is possible."""

    names: int
    certain: int
    possible: int


def firm_roles(tables: Iterable[str]) -> list[tuple[str, str, str]]:
    """(table, key column, name column) of every firm that a table names."""
    return [
        (name, role.key, role.title)
        for name in tables
        for role in catalogue.firm_roles(catalogue.table(name))
        if role.title and name != REGISTER
    ]


def resolve_firms(connection: DuckDBPyConnection, tables: Iterable[str]) -> FirmLinks:
    """Fill `firm_links` (name_key as stored, code, score, why, certain). Certain: same core and place, other form."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE firm_links (name_key VARCHAR, code VARCHAR, score DOUBLE, why VARCHAR, certain BOOLEAN)"
    )
    names = list(tables)
    roles = firm_roles(names)
    if REGISTER not in names or not roles:
        return FirmLinks(0, 0, 0)
    union = " UNION ".join(
        f'SELECT "{key}" AS k, "{title}" AS name FROM "{table}" WHERE starts_with("{key}", \'n:\')'
        for table, key, title in roles
    )
    open_names = dict(connection.execute(f"SELECT k, min(name) FROM ({union}) GROUP BY k").fetchall())
    register = {
        name: code
        for code, name in connection.execute(
            f"SELECT DISTINCT firm_code, firm_name FROM {REGISTER}"
        ).fetchall()
        if code and name and is_valid(code)
    }
    found = {one.name: one for one in firms.find(open_names.values(), register, least=firms.POSSIBLE)}
    rows = [
        (
            key,
            found[name].key,
            found[name].likeness.score,
            found[name].likeness.why,
            found[name].likeness.score >= firms.SAME_WITHOUT_PLACE,
        )
        for key, name in open_names.items()
        if name in found
    ]
    insert(connection, "firm_links", rows)
    certain = sum(row[4] for row in rows)
    return FirmLinks(len(open_names), certain, len(rows) - certain)
