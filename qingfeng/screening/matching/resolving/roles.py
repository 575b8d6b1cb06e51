"""The persons that tables speak of: their columns, and the records whose person is not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qingfeng.screening import catalogue
from qingfeng.screening.catalogue import Table

# What else about a person lies in a table, by stored column.
BESIDE = ("village", "account_key", "phone_key", "address_key", "household_no")


@dataclass(frozen=True)
class PersonRole:
    """One person a table speaks of: the payee of a payment, the legal person of a firm."""

    table: str
    prefix: str
    id_column: str
    name_column: str
    beside: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.prefix}person_key"

    @property
    def tier(self) -> str:
        return f"{self.prefix}person_tier"

    @property
    def birth(self) -> str:
        return f"{self.prefix}birth_date"

    def picked(self) -> str:
        """SQL: this role's columns under the same names for every table."""
        beside = ", ".join(
            f'"{column}"::VARCHAR AS {column}' if column in self.beside else f"NULL::VARCHAR AS {column}"
            for column in BESIDE
        )
        return (
            f"'{self.table}' AS \"table\", '{self.id_column}' AS role, rec, \"{self.key}\" AS person_key, "
            f'"{self.tier}" AS person_tier, "{self.birth}" AS birth_date, "{self.name_column}_key" AS name_key, {beside}'
        )


def person_roles(tables: Iterable[str]) -> Iterator[PersonRole]:
    """Every role that has a name beside its ID number; a number without a name cannot be confirmed."""
    for name in tables:
        yield from _roles_of(catalogue.table(name))


def _roles_of(table: Table) -> Iterator[PersonRole]:
    types = {column.name: column.type for column in table.columns}
    stored = catalogue.stored_columns(table)
    for column, kind in types.items():
        if kind != "person_id":
            continue
        prefix = column.removesuffix("id_no")
        name = next(
            (one for one in (f"{prefix}name", prefix.rstrip("_")) if types.get(one) == "person_name"), None
        )
        if name:
            # What lies beside belongs to the record's own person, not to a second one it names.
            beside = tuple(one for one in BESIDE if one in stored) if not prefix else ()
            yield PersonRole(table.name, prefix, column, name, beside)
