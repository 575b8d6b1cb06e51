"""A store after ingest: keys filled in its Parquet, and the links kept in `person_links.parquet` and `firm_links.parquet`."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Mapping
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

    path: Path

    @property
    def tables(self) -> Mapping[str, int]: ...

    def resolved_path(self, name: str) -> Path: ...

    def relation(self, name: str, *, ingested: bool = False) -> str: ...

    def vault_relation(self, name: str) -> str: ...

    def connect(self) -> DuckDBPyConnection: ...


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


def resolve(store: Store, *, keys: Keys) -> ResolveReport:
    """Tiers 2–4 for records without a person, firms by name.

    Starts from the tables as ingested, and writes anew only those in which something was found.
    """
    started = time.monotonic()
    names = sorted(store.tables)
    shutil.rmtree(_place(store), ignore_errors=True)
    with store.connect() as connection:
        for name in names:
            connection.execute(
                f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM {store.relation(name, ingested=True)}'
            )
        roles = list(person_roles(names))
        people = resolve_people(connection, roles, keys, _refused(store, roles))
        firms = resolve_firms(connection, names)
        changed = [name for name in names if _rewrite(connection, store, name, roles)]
        for table in ("person_links", "firm_links"):
            _place(store).mkdir(parents=True, exist_ok=True)
            connection.execute(
                f"COPY {table} TO {_text(str(_place(store) / f'{table}.parquet'))} (FORMAT parquet)"
            )
    return ResolveReport(people, firms, tuple(changed), time.monotonic() - started)


def _place(store: Store) -> Path:
    return store.resolved_path("x").parent


def _keep(connection: DuckDBPyConnection, table: str, path: Path) -> None:
    """A half-written file never stands in place: its presence says that the matching is done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    connection.execute(f"COPY {table} TO {_text(str(unfinished))} (FORMAT parquet)")
    unfinished.replace(path)


def _refused(store: Store, roles: Iterable[PersonRole]) -> str:
    """SQL: the numbers that ingest could not use, as they were typed."""
    parts = [
        f"SELECT '{role.table}' AS \"table\", rec, '{role.id_column}' AS \"column\", value FROM {store.vault_relation(role.table)} "
        f"WHERE rec IS NOT NULL AND \"column\" = '{role.id_column}'"
        for role in roles
    ]
    empty = "SELECT '' AS \"table\", 0::BIGINT AS rec, '' AS \"column\", '' AS value WHERE FALSE"
    return f"({' UNION ALL '.join(parts or [empty])})"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _rewrite(connection: DuckDBPyConnection, store: Store, name: str, roles: Iterable[PersonRole]) -> bool:
    """The table with its new keys, under `resolved_path`; False when there is nothing to write."""
    mine = [role for role in roles if role.table == name and _has_links(connection, role)]
    firm_keys = [key for _, key, _ in firm_roles([name]) if _has_firm_links(connection, name, key)]
    if not mine and not firm_keys:
        return False
    replaced, joins = _replacements(mine, firm_keys)
    target = store.resolved_path(name)
    unfinished = target.with_suffix(".new")
    unfinished.mkdir(parents=True)
    connection.execute(
        f"COPY (SELECT t.* REPLACE ({', '.join(replaced)}) FROM {store.relation(name, ingested=True)} t {' '.join(joins)}) "
        f"TO {_text(str(unfinished / 'all.parquet'))} (FORMAT parquet)"
    )
    unfinished.rename(target)
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
