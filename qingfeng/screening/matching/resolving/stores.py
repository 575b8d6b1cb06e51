"""A store after ingest: keys filled in its Parquet, and the links kept beside it as `links.parquet`."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from duckdb import DuckDBPyConnection

from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.matching.resolving.firms_of import FirmLinks, firm_roles, resolve_firms
from qingfeng.screening.matching.resolving.people import Resolution, resolve_people
from qingfeng.screening.matching.resolving.roles import PersonRole, person_roles


class Store(Protocol):
    """What resolving needs of a store (`screening.store.Store`)."""

    folder: Path
    keys: Keys

    @property
    def tables(self) -> Iterable[str]: ...

    def table_path(self, name: str) -> Path: ...

    def connect(self) -> AbstractContextManager[DuckDBPyConnection]: ...


@dataclass(frozen=True)
class ResolveReport:
    """What resolving found; written into the run's summary."""

    people: Resolution
    firms: FirmLinks
    tables: tuple[str, ...] = field(default_factory=tuple)
    seconds: float = 0.0

    def as_dict(self) -> dict[str, object]:
        return {
            "open": self.people.open,
            "by_tier": {str(tier): count for tier, count in self.people.by_tier.items()},
            "left": self.people.left,
            "firm_names": self.firms.names,
            "firms_certain": self.firms.certain,
            "firms_possible": self.firms.possible,
            "tables": list(self.tables),
            "seconds": round(self.seconds, 3),
        }


def resolve(store: Store) -> ResolveReport:
    """Tiers 2–4 for records without a person, firms by name; rewrites only the tables in which something was found."""
    started = time.monotonic()
    with store.connect() as connection:
        names = sorted(store.tables)
        for name in names:
            connection.execute(
                f'CREATE OR REPLACE TEMP VIEW "{name}" AS SELECT * FROM {relation(store.table_path(name))}'
            )
        roles = list(person_roles(names))
        people = resolve_people(connection, roles, store.keys, vault_of(store))
        firms = resolve_firms(connection, names)
        changed = [name for name in names if _rewrite(connection, store.table_path(name), name, roles)]
        _keep(connection, "person_links", store.folder / "links.parquet")
        _keep(connection, "firm_links", store.folder / "firm_links.parquet")
    return ResolveReport(people, firms, tuple(changed), time.monotonic() - started)


def relation(path: Path) -> str:
    """SQL of a table's Parquet, be it one file or a folder of them."""
    files = str(path / "*.parquet") if path.is_dir() else str(path)
    return f"read_parquet({_text(files)})"


def vault_of(store: Store) -> str:
    """The clear values, or an empty relation where the store keeps none."""
    path = store.folder / "vault.parquet"
    if not path.exists():
        return "(SELECT '' AS \"table\", 0::BIGINT AS rec, '' AS \"column\", '' AS value WHERE FALSE)"
    return relation(path)


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _keep(connection: DuckDBPyConnection, table: str, path: Path) -> None:
    """The links written down; those of an earlier call stay, for their records are no longer open."""
    if path.exists():
        connection.execute(f"INSERT INTO {table} SELECT * FROM {relation(path)}")
    unfinished = path.with_suffix(".tmp")
    connection.execute(f"COPY {table} TO {_text(str(unfinished))} (FORMAT parquet)")
    unfinished.replace(path)


def _rewrite(connection: DuckDBPyConnection, path: Path, name: str, roles: Iterable[PersonRole]) -> bool:
    """The table with its new keys, file by file; False when there is nothing to write."""
    mine = [role for role in roles if role.table == name and _has_links(connection, role)]
    firm_keys = [
        key
        for table, key, _ in firm_roles([name])
        if table == name and _has_firm_links(connection, name, key)
    ]
    if not mine and not firm_keys:
        return False
    replaced, joins = _replacements(mine, firm_keys)
    for file in sorted(path.glob("*.parquet")) if path.is_dir() else [path]:
        unfinished = file.with_suffix(".tmp")
        connection.execute(
            f"COPY (SELECT t.* REPLACE ({', '.join(replaced)}) FROM {relation(file)} t {' '.join(joins)}) "
            f"TO {_text(str(unfinished))} (FORMAT parquet)"
        )
        unfinished.replace(file)
    return True


def _replacements(roles: Iterable[PersonRole], firm_keys: Iterable[str]) -> tuple[list[str], list[str]]:
    replaced, joins = [], []
    for number, role in enumerate(roles):
        link = f"l{number}"
        joins.append(
            f"LEFT JOIN (SELECT rec, person_key, birth_date, tier FROM person_links WHERE \"table\" = '{role.table}' "
            f"AND role = '{role.id_column}') {link} ON {link}.rec = t.rec"
        )
        replaced += [
            f'coalesce(t."{role.key}", {link}.person_key) AS "{role.key}"',
            f'coalesce(t."{role.tier}", {link}.tier)::TINYINT AS "{role.tier}"',
            f'coalesce(t."{role.birth}", {link}.birth_date) AS "{role.birth}"',
        ]
    for number, key in enumerate(firm_keys):
        joins.append(
            f'LEFT JOIN (SELECT name_key, code FROM firm_links WHERE certain) f{number} ON f{number}.name_key = t."{key}"'
        )
        replaced.append(f'coalesce(f{number}.code, t."{key}") AS "{key}"')
    return replaced, joins


def _has_links(connection: DuckDBPyConnection, role: PersonRole) -> bool:
    found = connection.execute(
        'SELECT 1 FROM person_links WHERE "table" = ? AND role = ? LIMIT 1', [role.table, role.id_column]
    ).fetchone()
    return found is not None


def _has_firm_links(connection: DuckDBPyConnection, table: str, key: str) -> bool:
    found = connection.execute(
        f'SELECT 1 FROM "{table}" WHERE "{key}" IN (SELECT name_key FROM firm_links WHERE certain) LIMIT 1'
    ).fetchone()
    return found is not None
