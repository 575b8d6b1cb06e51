"""What a drawn cell stands for: `甲` is a made-up person of a region that does not exist, the same all through a case."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qingfeng.screening.catalogue import Column, Table
from qingfeng.screening.cleaning import codes, ids

REGION = "990101"
# What a case may say of a record beside its columns: its number, and the sheet it came on.
OF_THE_RECORD = frozenset({"rec", "source_sheet"})
PERSON = re.compile(
    r"(?P<name>[^\d(（?？]+\d{0,2})(?:[(（](?P<birth>\d{4}-\d{2}-\d{2})?\s*(?P<sex>[男女])?[)）])?(?P<doubt>[?？]{0,2})"
)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def _number(word: str, below: int) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big") % below


def identity_number(name: str, birth: date | None = None, sex: str | None = None) -> str:
    """A valid 18-digit number of a region that does not exist."""
    born = birth or date(1950, 1, 1) + timedelta(days=_number(name + "b", 15000))
    serial = _number(name, 499) * 2 + (1 if sex != "女" else 0)
    first17 = f"{REGION}{born:%Y%m%d}{serial:03d}"
    return first17 + ids.check_digit(first17)


def credit_code(name: str) -> str:
    """A valid unified social credit code of a region that does not exist."""
    digits = f"{_number(name, 10**8):08d}"
    rest = -sum(int(d) * w for d, w in zip(digits, ORGANISATION_WEIGHTS, strict=True)) % 11
    first17 = "91" + REGION + digits + ("X" if rest == 10 else str(rest))
    return first17 + codes.check_character(first17)


def account_number(name: str) -> str:
    """A made-up bank account."""
    return f"9900{_number(name, 10**15):015d}"


def phone_number(name: str) -> str:
    """A made-up mobile number."""
    return f"199{_number(name, 10**8):08d}"


@dataclass(frozen=True)
class Doubtful:
    """A record whose person was only found by resemblance: `甲?` third tier, `甲??` fourth."""

    table: str
    row: int
    role: str
    number: str
    tier: int


class Cells:
    """Translates the cells of one case."""

    def __init__(self) -> None:
        self.persons: dict[str, str] = {}
        self.doubtful: list[Doubtful] = []

    def learn(self, table: Table, rows: list[dict[str, str]]) -> None:
        """Takes note of birth dates, which may be given at any mention of the person."""
        for _, column, cell in self._tokens(table, rows):
            found = PERSON.fullmatch(cell) if column.type == "person_id" else None
            if found and (found["birth"] or found["sex"]):
                birth = date.fromisoformat(found["birth"]) if found["birth"] else None
                self.persons[found["name"]] = identity_number(found["name"], birth, found["sex"])

    def translate(self, table: Table, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        """The rows as an office would have typed them."""
        typed = [{name: cell for name, cell in row.items() if name not in OF_THE_RECORD} for row in rows]
        for number, column, cell in self._tokens(table, rows):
            typed[number][column.name] = self._typed(table, number, column, cell)
        return typed

    def person(self, name: str) -> str:
        """The number behind a name."""
        return self.persons.setdefault(name, identity_number(name))

    @staticmethod
    def _tokens(table: Table, rows: list[dict[str, str]]) -> Iterator[tuple[int, Column, str]]:
        for number, row in enumerate(rows):
            for name, cell in row.items():
                if name not in OF_THE_RECORD and cell:
                    yield number, table.column(name), cell

    def _typed(self, table: Table, number: int, column: Column, cell: str) -> str:
        if column.type == "person_id":
            return self._person_cell(table, number, column, cell)
        if column.type == "firm_code" and not re.search(r"\d{6}", cell):
            return credit_code(cell)
        if column.type == "account" and not re.search(r"\d{4}", cell):
            return account_number(cell)
        if column.type == "phone" and not re.search(r"\d{4}", cell):
            return phone_number(cell)
        return cell

    def _person_cell(self, table: Table, number: int, column: Column, cell: str) -> str:
        found = PERSON.fullmatch(cell)
        if not found:
            return cell
        name, doubt = found["name"], len(found["doubt"])
        if not doubt:
            return self.person(name)
        role = column.name.removesuffix("id_no")
        self.doubtful.append(Doubtful(table.name, number, role, self.person(name), 2 + doubt))
        return ""
