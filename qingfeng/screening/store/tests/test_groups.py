"""Long sheets: columns that come again together are kept once a tuple, and nothing that is stored or told changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingfeng.screening.cleaning import ids
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.reading import recoding
from qingfeng.screening.store import Store, groups, ingest, staging

KEYS = Keys(b"a made-up key of enough length")
HEAD = "流水号,补贴项目,身份证号,姓名,村社区,银行账号,发放日期,金额"
STORED = (
    "rec, benefit, person_key, id_shown, name, name_key, village, account_key, pay_date, amount, source_row"
)


def number(person: int) -> str:
    first17 = f"9901011940{person % 12 + 1:02}02{person:03}"
    return first17 + ids.check_digit(first17)


def line(row: int) -> str:
    """Twelve persons month after month; every seventh row with some dirt, every eleventh number wrong."""
    person = row % 12
    name, id_no = "张王李赵钱孙周吴郑冯陈卫"[person] + "大山", number(person)
    if row % 7 == 0:
        name = " ".join(name)
    if row % 11 == 0:
        id_no = id_no[:-1] + ("1" if id_no[-1] != "1" else "2")
    day = "2026-02-30" if row % 13 == 0 else f"2026-0{row // 12 % 9 + 1}-05"
    village = "" if person == 3 else f"石桥{person % 2}村"
    return f"L{row // 2 if row % 50 == 1 else row},低保,{id_no},{name},{village},62284800{person:011},{day},{100 + row}"


LINES = [HEAD, *map(line, range(240)), line(239), "合计,,,,,,,9999", HEAD, "制表人：某某,,,,,,,"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def load(data: Path, store: str) -> Store:
    return ingest(data, data.parent / store, keys=KEYS, memory_limit="500MB", threads=1)


def all_of(store: Store) -> tuple[Any, ...]:
    connection = store.connect(memory_limit="500MB", vault=True)
    asked = (f"SELECT {STORED} FROM payments ORDER BY rec", "SELECT * FROM vault ORDER BY ALL")
    kept = [connection.execute(sql).fetchall() for sql in asked]
    told = [{**one, "file": ""} for one in store.report]
    return kept, told, (store.path / "refused.csv").read_text("utf-8-sig")


def by_tuples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "SAMPLED", 20)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_long_sheet_is_stored_and_reported_as_a_short_one_is(
    data: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    (data / "低保.csv").write_text("\n".join(LINES) + "\n", encoding)
    as_short = all_of(load(data, "short"))
    by_tuples(monkeypatch)
    monkeypatch.setattr(groups, "TIMES", 1)
    assert as_short == all_of(load(data, "long"))
    rows, _vault = as_short[0]
    assert len(rows) > 150
    assert len({row[0] for row in rows}) == len(rows)


def test_a_long_sheet_in_many_pieces_is_read_twice_and_leaves_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "低保.csv").write_text("\n".join(LINES) + "\n", "gb18030")
    as_short = all_of(load(data, "short"))
    by_tuples(monkeypatch)
    monkeypatch.setattr(recoding, "PIECE", 2_000)
    monkeypatch.setattr(recoding, "TOGETHER", 3)
    store = load(data, "long")
    assert as_short == all_of(store)
    assert not list((store.path / "scratch").iterdir())


def test_tuples_that_do_not_come_again_are_kept_in_the_rows(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [line(row).replace("大山", "大山" + chr(0x5000 + row)) for row in range(100)]
    (data / "低保.csv").write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    as_short = all_of(load(data, "short"))
    by_tuples(monkeypatch)
    assert as_short == all_of(load(data, "long"))


def test_two_tuples_of_one_mark_are_told_apart(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clash of hashes, which nobody will see in the field: here every tuple has the mark 7."""
    (data / "低保.csv").write_text("\n".join(LINES) + "\n", "utf-8")
    as_short = all_of(load(data, "short"))
    by_tuples(monkeypatch)
    monkeypatch.setattr(groups.Group, "hashed", property(lambda group: "7::UBIGINT"))
    assert as_short == all_of(load(data, "long"))
