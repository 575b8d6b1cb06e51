"""Records without a valid number find their person, and only on grounds that the tiers allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from qingfeng.screening.cleaning.ids import check_digit
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.matching.preparing import insert
from qingfeng.screening.matching.resolving import ResolveReport, resolve
from qingfeng.screening.store import from_rows

KEYS = Keys(b"a key for tests only, not for data")


def number(body: str) -> str:
    return body + check_digit(body)


JIA = number("99010119500302123")
YI = number("99010119610817451")
BING = number("99010119721104332")


@dataclass
class Shelf:
    """A store laid out by hand, as ingest leaves it."""

    path: Path
    tables: dict[str, int] = field(default_factory=dict)

    def resolved_path(self, name: str) -> Path:
        return self.path / "resolved" / name

    def relation(self, name: str, *, ingested: bool = False) -> str:
        resolved = self.resolved_path(name)
        return f"read_parquet('{resolved if not ingested and resolved.exists() else self.path / name}/*.parquet')"

    def vault_relation(self, name: str) -> str:
        return f"(SELECT * FROM '{self.path / 'vault.parquet'}' WHERE \"table\" = '{name}')"

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect()


def shelved(folder: Path, tables: dict[str, list[dict[str, str]]]) -> Shelf:
    shelf = Shelf(folder, tables={name: len(rows) for name, rows in tables.items()})
    with duckdb.connect() as connection:
        from_rows(connection, tables, KEYS)
        for name in tables:
            (folder / name).mkdir()
            connection.execute(f"COPY {name} TO '{folder / name / 'a.parquet'}' (FORMAT parquet)")
        connection.execute(
            'CREATE TABLE vault ("table" VARCHAR, rec BIGINT, "column" VARCHAR, value VARCHAR)'
        )
        insert(
            connection,
            "vault",
            [
                (name, place, column, value)
                for name, rows in tables.items()
                for place, row in enumerate(rows, 1)
                for column, value in row.items()
                if column.endswith(("id_no", "name"))
            ],
        )
        connection.execute(f"COPY vault TO '{folder / 'vault.parquet'}' (FORMAT parquet)")
    return shelf


def people(shelf: Shelf, table: str = "payments") -> list[tuple[str | None, int | None]]:
    with duckdb.connect() as connection:
        return connection.execute(
            f"SELECT person_key, person_tier FROM {shelf.relation(table)} ORDER BY rec"
        ).fetchall()


REGISTER = [
    {"id_no": JIA, "name": "张建国", "village": "石桥村", "address": "石桥村3组12号", "household_no": "H1"},
    {"id_no": YI, "name": "李秀兰", "village": "石桥村", "household_no": "H2"},
    {"id_no": BING, "name": "王伟", "village": "青林村", "household_no": "H3"},
]


def payment(id_no: str, name: str, village: str = "", **more: str) -> dict[str, str]:
    return {
        "id_no": id_no,
        "name": name,
        "village": village,
        "benefit": "低保",
        "pay_date": "2026-03-10",
        "amount": "600",
        **more,
    }


def resolved(
    tmp_path: Path, payments: list[dict[str, str]], **more: list[dict[str, str]]
) -> tuple[Shelf, ResolveReport]:
    shelf = shelved(tmp_path, {"household_register": REGISTER, "payments": payments, **more})
    return shelf, resolve(shelf, keys=KEYS)


@pytest.mark.parametrize(
    "slip",
    [
        JIA[:16] + "9" + JIA[17:],
        JIA[:9] + "1" + JIA[10:],
        JIA[:17] + ("0" if JIA[17] != "0" else "1"),
        JIA[:14] + JIA[15] + JIA[14] + JIA[16:],
    ],
)
def test_one_wrong_digit_with_the_same_name_is_the_second_tier(tmp_path: Path, slip: str) -> None:
    shelf, report = resolved(tmp_path, [payment(slip, "张建国")])
    assert people(shelf) == [(KEYS.person(JIA), 2)]
    assert report.people.by_tier == {2: 1}


def test_one_wrong_digit_with_another_name_stays_open(tmp_path: Path) -> None:
    shelf, report = resolved(tmp_path, [payment(JIA[:16] + "9" + JIA[17:], "赵大海")])
    assert people(shelf) == [(None, None)]
    assert report.people.left == 1


def test_name_birth_date_and_village_are_the_third_tier_another_village_the_fourth(tmp_path: Path) -> None:
    lost = JIA[:14] + "0000"
    shelf, _ = resolved(tmp_path, [payment(lost, "张建国", "石桥村"), payment(lost, "张建国", "青林村")])
    assert people(shelf) == [(KEYS.person(JIA), 3), (KEYS.person(JIA), 4)]


def test_two_people_who_answer_to_it_leave_it_open(tmp_path: Path) -> None:
    twin = number("99010119500302456")
    twins = [{"id_no": twin, "name": "张建国", "village": "石桥村"}]
    shelf, _ = resolved(
        tmp_path,
        [payment(JIA[:14] + "0000", "张建国", "石桥村")],
        deaths=[{**twins[0], "death_date": "2020-01-01"}],
    )
    assert people(shelf) == [(None, None)]


def test_a_name_alone_never_matches(tmp_path: Path) -> None:
    shelf, report = resolved(tmp_path, [payment("", "李秀兰"), payment("", "欧阳若水")])
    assert people(shelf) == [(None, None), (None, None)]
    assert report.people.by_tier == {}


def test_a_name_with_the_household_is_possible_and_says_why(tmp_path: Path) -> None:
    shelf, _ = resolved(tmp_path, [payment("", "李秀兰", "石桥村", household_no="H2")])
    assert people(shelf) == [(KEYS.person(YI), 4)]
    with duckdb.connect() as connection:
        why = connection.execute(
            f"SELECT why FROM '{tmp_path / 'resolved' / 'person_links.parquet'}'"
        ).fetchone()
    assert why and why[0].startswith("姓名相同、村社区相同、户编号相同，可能性")


def test_a_second_call_comes_to_the_same(tmp_path: Path) -> None:
    shelf, _ = resolved(tmp_path, [payment(JIA[:16] + "9" + JIA[17:], "张建国")])
    before = people(shelf)
    assert resolve(shelf, keys=KEYS).people.by_tier == {2: 1}
    assert people(shelf) == before
    with duckdb.connect() as connection:
        assert connection.execute(
            f"SELECT tier FROM '{tmp_path / 'resolved' / 'person_links.parquet'}'"
        ).fetchall() == [(2,)]


def test_no_link_tells_a_number(tmp_path: Path) -> None:
    _, _ = resolved(tmp_path, [payment(JIA[:16] + "9" + JIA[17:], "张建国")])
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT * FROM '{tmp_path / 'resolved' / 'person_links.parquet'}'"
        ).fetchall()
    assert JIA not in str(rows)
    assert "张建国" not in str(rows)
