"""The whole-column SQL answers only where it is sure, and then as the plain form does."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qingfeng.screening.catalogue import Column
from qingfeng.screening.catalogue.stored import of_column
from qingfeng.screening.cleaning import ids, whole_columns
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.cleaning.kinds import clean_cell

KEYS = Keys(b"a made-up key of enough length")
PLAIN_TYPES = [
    "text",
    "place",
    "code",
    "integer",
    "decimal",
    "boolean",
    "money",
    "area",
    "area_m2",
    "date",
    "month",
    "timestamp",
]
KEYED_TYPES = [
    "person_id",
    "person_name",
    "account",
    "phone",
    "plate",
    "official_plate",
    "address",
    "public_address",
]
ODD = [
    "", " ", "-", "--", "/", "NULL", "N/A", "无数据", "#REF!", "#N/A", "0", "1", "-1", "1.0", "1e3", "1_000", "1.005", "-0.005",
    "1,234.50", "￥1,234.50", "1.2万元", "１２３", "(5)", "+5", ".5", "5.", "inf", "nan", "99999999999999", "1e20", "12345678901234567890",
    "2026-03-01", "2026-3-1", "2026/3/1", "20260301", "2026.3.1", "2026-02-30", "1849-12-31", "2200-01-01", "2026-03", "2026-13", "2026.1",
    "2026-03-01 08:05", "2026-03-01 08:05:09", "2026/3/1 8:05", "2026-03-01 25:00", "2026-3/1", "46082", "26.3.1",
    "张三", "张 三", "欧阳修文", "買買提", "艾力·买买提", "陳三", "张三（已故）", "A", "某", "無", "6228480012345678901", "6228480012345670000",
    "13812345678", "1381234567", "0571-88888888", "清A12345", "清AD12345", "清a12345", "清A·12345", "无", "石桥村12号", "石桥村（东）12号", "石桥村 12号",
    " 张三", "张　三 ", "無 数据", "无 数 据", "陳 張", "6228 4800 1234 5678 901", "6228-4800-1234", "'6228480012345678901", "622848001234567-0000",
    "138 1234 5678", "138-1234-5678", "300元", "1,234元", "1,23元", "￥300元", "¥-5.5元", "300.125元", "5亩", "1,000.5亩", "12平方米", "5 亩", "-1,000元",
    " 流水1 ", "a1 2", "ab 12", " 无数据 ", "石桥村\n12号", "全　角", "x" * 40, "MA-01", "ma-01", "1.0E+5", "3.30102E+17", "330102199001011000", "a  b", " a", "村#1", "#村1",
]  # fmt: skip


def number_made(seed: int) -> str:
    made = random.Random(seed)
    first17 = f"99{made.randrange(10000):04d}{made.randrange(1840, 2030)}{made.randrange(1, 14):02d}{made.randrange(1, 33):02d}{made.randrange(1000):03d}"
    return first17 + (ids.check_digit(first17) if seed % 3 else made.choice("0123456789X"))


def answers(
    column: Column, texts: Sequence[str], factor: Decimal = Decimal(1)
) -> list[tuple[str, tuple[Any, ...]]]:
    """What the SQL says of each text, leaving out those of which it says nothing."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE raws (raw VARCHAR)")
    connection.executemany("INSERT INTO raws VALUES (?)", [[text] for text in dict.fromkeys(texts)])
    if column.type in KEYED_TYPES:
        found = connection.execute(whole_columns.keyed(column, KEYS, "raws")).fetchall()
        return [(raw, (clear, *stored)) for raw, clear, *stored in found]
    sure, usual = whole_columns.plain(column, "raw", factor), whole_columns.usual(column, "raw", factor)
    sql = f"coalesce({sure or 'NULL'}, {usual or 'NULL'})"
    found = connection.execute(f"SELECT raw, {sql} AS value FROM raws").fetchall()
    return [(raw, (None, value)) for raw, value in found if value is not None]


def column_of(kind: str) -> Column:
    return Column("id_no" if kind == "person_id" else "it", kind, "列")


def assert_equal_to_plain(kind: str, texts: Sequence[str], factor: Decimal = Decimal(1)) -> int:
    column = column_of(kind)
    found = answers(column, texts, factor)
    for raw, (clear, *stored) in found:
        plain = clean_cell(column, raw, KEYS, factor)
        assert plain.fault is None, (kind, raw, plain.fault)
        assert [plain.clear, *plain.stored.values()] == [clear, *stored], (kind, raw)
        assert list(plain.stored) == list(of_column(column))
    return len(found)


@pytest.mark.parametrize("kind", PLAIN_TYPES + KEYED_TYPES)
def test_it_agrees_with_the_plain_form_on_odd_texts(kind: str) -> None:
    made = [number_made(seed) for seed in range(300)]
    spaced = [f"'{n[:6]} {n[6:14]} {n[14:].lower()}" for n in made[:60]]
    assert assert_equal_to_plain(kind, ODD + made + spaced) > 0


@pytest.mark.parametrize("kind", ["money", "area", "area_m2"])
def test_it_agrees_when_the_header_says_ten_thousands(kind: str) -> None:
    assert assert_equal_to_plain(kind, [*ODD, "12.345678", "0.00005", "1.2345675"], Decimal(10_000)) > 0


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("money", "1,234.5元", 123450),
        ("code", "ab 12", "AB12"),
        ("text", " 流水1 ", "流水1"),
        ("area", "3.5亩", 350),
    ],
)
def test_the_usual_dirt_is_taken_by_whole_columns(kind: str, text: str, value: Any) -> None:
    factor = Decimal(10_000) if kind == "money" else Decimal(1)
    assert answers(column_of(kind), [text], factor) == [(text, (None, value))]


@pytest.mark.parametrize(
    ("kind", "text", "clear"),
    [
        ("person_name", "陳 三", "陈三"),
        ("account", "6228 4800-1234", "622848001234"),
        ("phone", "138 1234 5678", "13812345678"),
    ],
)
def test_blanks_and_variant_characters_go_by_whole_columns(kind: str, text: str, clear: str) -> None:
    [(_, (found, *_rest))] = answers(column_of(kind), [text])
    assert found == clear


SMALL = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("kind", ["money", "area", "decimal", "integer"])
@SMALL
@given(
    texts=st.lists(
        st.one_of(st.decimals(allow_nan=False).map(str), st.text("0123456789.,-+eE_ ()元万", max_size=12)),
        min_size=30,
    )
)
def test_numbers_agree(kind: str, texts: list[str]) -> None:
    assert_equal_to_plain(kind, texts)


@pytest.mark.parametrize("kind", ["date", "month", "timestamp"])
@SMALL
@given(
    texts=st.lists(
        st.one_of(st.dates().map(str), st.datetimes().map(str), st.text("0123456789-/: ", max_size=19)),
        min_size=30,
    )
)
def test_dates_agree(kind: str, texts: list[str]) -> None:
    assert_equal_to_plain(kind, texts)


@pytest.mark.parametrize(
    "kind",
    ["text", "code", "person_name", "address", "public_address", "plate", "account", "phone", "person_id"],
)
@SMALL
@given(
    texts=st.lists(
        st.one_of(st.text(max_size=12), st.text("张三村１（）·-0A a　#/無X", max_size=20)), min_size=30
    )
)
def test_texts_agree(kind: str, texts: list[str]) -> None:
    assert_equal_to_plain(kind, [text for text in texts if "\0" not in text and text.isprintable()])
