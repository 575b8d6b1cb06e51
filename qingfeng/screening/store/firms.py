"""Firm keys over the whole store: names find their code in the register, whichever file came first."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import duckdb

from qingfeng.screening import catalogue
from qingfeng.screening.catalogue import FirmRole, Table
from qingfeng.screening.cleaning.firms import codes_by_name, firm_key
from qingfeng.screening.spool import relation, sql_text, write_rows
from qingfeng.screening.store.manifest import Manifest, Part
from qingfeng.screening.store.writing import copied

REGISTER_WORDS = ("firms", "经营主体", "市场主体", "企业", "工商", "主体登记", "营业执照")


def looks_like_register(name: str) -> bool:
    """Such files go first, so that most keys are right at once."""
    return any(word in name for word in REGISTER_WORDS)


def load_register(connection: duckdb.DuckDBPyConnection, store: Path, manifest: Manifest) -> str:
    """Makes the relation `firm_register(core, code)` from the loaded firms; returns a digest of it."""
    files = [
        store / "tables" / "firms" / part.file_name for part in manifest.parts() if part.table == "firms"
    ]
    connection.execute("CREATE OR REPLACE TEMP TABLE firm_register (core VARCHAR, code VARCHAR)")
    if not files:
        return ""
    listed = ", ".join(sql_text(str(path)) for path in files)
    firms = connection.execute(
        f"SELECT DISTINCT firm_code, firm_name FROM read_parquet([{listed}])"
    ).fetchall()
    register = codes_by_name(firms)
    path = store / "scratch" / "register.csv"
    write_rows(path, sorted(register.items()))
    columns = {"core": "VARCHAR", "code": "VARCHAR"}
    connection.execute(f"INSERT INTO firm_register SELECT * FROM {relation(path, columns)}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    path.unlink()
    return digest


def settle(
    connection: duckdb.DuckDBPyConnection, store: Path, manifest: Manifest, digest: str, scratch: Path
) -> None:
    """Brings the firm keys of all parts to the present register; parts made with it already are left alone."""
    stale = [p for p in manifest.parts() if p.register not in (digest, "taken over")]
    if not stale:
        return
    register = dict(connection.execute("SELECT core, code FROM firm_register").fetchall())
    for part in stale:
        for role in catalogue.firm_roles(catalogue.table(part.table)):
            _settle_role(connection, store, part, role, register, scratch)
        part.register = digest


def _settle_role(
    connection: duckdb.DuckDBPyConnection,
    store: Path,
    part: Part,
    role: FirmRole,
    register: dict[str, str],
    scratch: Path,
) -> None:
    table = catalogue.table(part.table)
    path = store / "tables" / part.table / part.file_name
    source = f"read_parquet({sql_text(str(path))})"
    code = f'"{role.code}"' if role.code else "NULL"
    name = f'"{role.title}"' if role.title else "NULL"
    found = connection.execute(
        f'SELECT DISTINCT {code}, {name}, "{role.key}" FROM {source} WHERE {name} IS NOT NULL'
    ).fetchall()
    changed = [
        (c, n, right)
        for c, n, key in found
        if (right := firm_key(c, n, register)) is not None and right != key
    ]
    if not changed:
        return
    spool, made = scratch / "settle.csv", scratch / part.file_name
    write_rows(spool, changed)
    columns = {"code": "VARCHAR", "name": "VARCHAR", "right_key": "VARCHAR"}
    select = (
        f"SELECT {_replaced(table, role)} FROM {source} t LEFT JOIN {relation(spool, columns)} c "
        f"ON {name} = c.name AND {code} IS NOT DISTINCT FROM c.code"
    )
    connection.execute(copied(select, made))
    os.replace(made, path)


def _replaced(table: Table, role: FirmRole) -> str:
    return ", ".join(
        f'coalesce(c.right_key, t."{name}") AS "{name}"' if name == role.key else f't."{name}"'
        for name in catalogue.stored_columns(table)
    )
