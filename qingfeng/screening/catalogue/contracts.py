"""Table contracts, read from YAML and refused when they contradict themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from qingfeng.screening.errors import BadContract

FOLDER = Path(__file__).parent / "tables"

# Raised whenever cleaning gives other values for the same files, so that stores are made anew.
CLEANING_VERSION = 1

TYPES = frozenset(
    [
        "text",
        "code",
        "place",
        "integer",
        "decimal",
        "boolean",
        "money",
        "area",
        "area_m2",
        "date",
        # Days of a term that offices often write as a month: its first, or its last, day is meant.
        "from_day",
        "to_day",
        "month",
        "timestamp",
        "person_id",
        "person_name",
        "firm_code",
        "firm_name",
        "account",
        "phone",
        "plate",
        "official_plate",
        "address",
        "public_address",
    ]
)


DAYS = ("date", "from_day", "to_day")

# The one in C where libyaml is there: fifty contracts in 20 ms instead of 300.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Column:
    """One column as an office sends it: its type says how it is cleaned and what is stored of it."""

    name: str
    type: str
    title: str
    required: bool = False
    headers: tuple[str, ...] = ()
    # The column whose cells are taken, and told, when a table has none for this one (of a column that need not
    # be there: when the header is not that column's own title).
    stand_in: str | None = None
    # A required column that need not be there where all of these are: they identify the row by themselves.
    unless: tuple[str, ...] = ()
    # The month column whose first day stands for this date in a table that has none: lists of monthly benefits.
    of_month: str | None = None

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise BadContract(f"列 {self.name} 的类型 {self.type} 不在目录的类型之中")
        if self.type == "person_id" and not (self.name == "id_no" or self.name.endswith("_id_no")):
            raise BadContract(f"身份证号列应叫 id_no 或 …_id_no，不应叫 {self.name}")
        if self.type == "firm_code" and not self.name.endswith("_code"):
            raise BadContract(f"信用代码列应叫 …_code，不应叫 {self.name}")


@dataclass(frozen=True)
class FirmRole:
    """A firm in a role (seller, winner, tenant): known by its code, its name, or both; one key for it."""

    name: str
    code: str | None
    title: str | None

    @property
    def key(self) -> str:
        return f"{self.name}_key"


@dataclass(frozen=True)
class Party:
    """Somebody a record speaks of: the words by which headers call them, and the columns of their number and name."""

    number: str | None
    name: str | None
    words: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One standard table: what it is called, who keeps it, what it holds."""

    name: str
    title: str
    owner: str
    columns: tuple[Column, ...]
    # The column that numbers the records: two rows equal in everything, this one too, are one record written twice.
    number: str | None = None
    # Words by which files and sheets of this table are called; they decide when headers alone do not.
    names: tuple[str, ...] = ()
    # The first one is the subject of the record when it has columns `id_no` or `name`.
    parties: tuple[Party, ...] = ()
    # So plain a list that its headers do not tell it: a name must.
    only_named: bool = False
    # Columns of which one must be there, unless a name tells the table in full.
    told_by: tuple[str, ...] = ()
    # Tables whose records it also tells of: a sheet that is this one as much as one of those is this one.
    instead_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BadContract(f"表 {self.name} 的列重复：{'、'.join(twice)}")
        if self.number is not None and self.number not in names:
            raise BadContract(f"表 {self.name} 的编号列 {self.number} 不存在")

    def column(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def __hash__(self) -> int:
        return hash(self.name)  # asked for at every header: its columns need not be hashed each time

    def lacking(self, given: Collection[str]) -> list[Column]:
        """The required columns that are not given; whoever is known by a number needs no name."""
        known = {party.name for party in self.parties if party.number in given}
        return [
            one
            for one in self.required
            if one.name not in given and one.name not in known and not _done_without(one, given)
        ]

    def done_without(self, given: Collection[str]) -> list[Column]:
        """The required columns that are not given and need not be: others identify the row."""
        return [one for one in self.required if one.name not in given and _done_without(one, given)]

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.required)


def _done_without(column: Column, given: Collection[str]) -> bool:
    return bool(column.unless) and all(one in given for one in column.unless)


def _read(path: Path) -> Table:
    raw: dict[str, Any] = yaml.load(path.read_bytes(), _LOADER)  # noqa: S506 — both are safe loaders
    if raw["table"] != path.stem:
        raise BadContract(f"目录文件 {path.name} 里的表名是 {raw['table']}")
    columns = tuple(Column(**{**c, **_lists(c)}) for c in raw["columns"])
    named, parties = bool(raw.get("only_named")), _parties(raw)
    told_by, instead_of = tuple(raw.get("told_by", ())), tuple(raw.get("instead_of", ()))
    number, words = raw.get("number"), _words(raw)
    return Table(
        raw["table"], raw["title"], raw["owner"], columns, number, words, parties, named, told_by, instead_of
    )


def _lists(raw: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(raw.get(name, ())) for name in ("headers", "unless")}


def _parties(raw: dict[str, Any]) -> tuple[Party, ...]:
    return tuple(
        Party(one.get("id") or one.get("code"), one.get("name"), tuple(map(str, one["words"])))
        for one in raw.get("parties", ())
    )


def _words(raw: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(word) for word in raw.get("names", ()))


@cache
def tables() -> Mapping[str, Table]:
    """Every table of the catalogue by its name."""
    return MappingProxyType({path.stem: _read(path) for path in sorted(FOLDER.glob("*.yaml"))})


def table(name: str) -> Table:
    """The contract of one table; KeyError when the catalogue does not have it."""
    return tables()[name]


@cache
def catalogue_version() -> str:
    """A digest of all contracts and of the cleaning: stores made under another one are made anew."""
    digest = hashlib.sha256(f"cleaning {CLEANING_VERSION}\n".encode())
    for path in sorted(FOLDER.glob("*.yaml")):
        digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()[:12]
