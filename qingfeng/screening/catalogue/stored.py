"""What is stored of a table: the typed columns that rules see, on every engine alike.

Persons and accounts are stored as keys beside a masked form for showing; the clear values lie in the vault.
Money is an integer of fen, area of 0.01 mu or 0.01 m².
"""

from __future__ import annotations

from functools import cache

from qingfeng.screening.catalogue.contracts import DAYS, Column, FirmRole, Table
from qingfeng.screening.errors import BadContract

# Where a record comes from: part of every table. `source_row` is the row as Excel counts it.
SOURCE_COLUMNS = {
    "rec": "BIGINT",
    "source_file": "VARCHAR",
    "source_sheet": "VARCHAR",
    "source_row": "INTEGER",
}

PLAIN_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "place": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,3)",
    "boolean": "BOOLEAN",
    "money": "BIGINT",
    "area": "BIGINT",
    "area_m2": "BIGINT",
    **dict.fromkeys(DAYS, "DATE"),
    "month": "DATE",
    "timestamp": "TIMESTAMP",
    "firm_code": "VARCHAR",
    "firm_name": "VARCHAR",
}
KEYED_TYPES = frozenset({"person_name", "account", "phone", "plate", "official_plate", "public_address"})


def role_prefix(column: Column) -> str:
    """`tenant_id_no` speaks of the tenant: `tenant_`; `id_no` of the record's own person: nothing."""
    return column.name.removesuffix("id_no")


def of_column(column: Column) -> dict[str, str]:
    """The stored columns of one source column (the key of a firm belongs to its role, see firm_roles)."""
    if column.type in PLAIN_TYPES:
        return {column.name: PLAIN_TYPES[column.type]}
    if column.type in KEYED_TYPES:
        return {column.name: "VARCHAR", f"{column.name}_key": "VARCHAR"}
    if column.type == "address":
        return {f"{column.name}_key": "VARCHAR"}
    role = role_prefix(column)
    return {
        f"{role}person_key": "VARCHAR",
        f"{role}person_tier": "TINYINT",
        f"{role}birth_date": "DATE",
        f"{role}id_shown": "VARCHAR",
    }


@cache
def firm_roles(table: Table) -> tuple[FirmRole, ...]:
    """The firms a record speaks of, each with its code column, its name column, or both."""
    codes = {c.name.removesuffix("_code"): c.name for c in table.columns if c.type == "firm_code"}
    names = {c.name.removesuffix("_name"): c.name for c in table.columns if c.type == "firm_name"}
    roles = dict.fromkeys([*codes, *names])
    return tuple(FirmRole(role, codes.get(role), names.get(role)) for role in roles)


@cache
def _stored(table: Table) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for column in table.columns:
        found.extend(of_column(column).items())
    found.extend((role.key, "VARCHAR") for role in firm_roles(table))
    found.extend(SOURCE_COLUMNS.items())
    names = [name for name, _ in found]
    if len(set(names)) != len(names):
        raise BadContract(f"表 {table.name} 的存储列重名")
    return tuple(found)


def stored_columns(table: Table) -> dict[str, str]:
    """Name and SQL type of every stored column of a table, in order."""
    return dict(_stored(table))
