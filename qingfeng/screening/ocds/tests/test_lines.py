"""Lines that are no releases, prices in other currencies: each told in a sentence, nothing breaks off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qingfeng.screening.errors import BadData
from qingfeng.screening.ocds import flags, tender_rows
from qingfeng.screening.ocds.tests.releases import award, bid, process

ONE = process("一", tender={"numberOfTenderers": 1, "procurementMethod": "open"})
SINGLE = {"OCID": {"一": {"R018": 1.0}}}


def told(*lines: str | bytes) -> tuple[dict[str, dict[str, dict[str, float | None]]], list[str]]:
    """The flags of these lines, and what was said on the way."""
    said: list[str] = []
    return flags(lines, warn=said.append), said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"ocid":', "第1行不是一行完整的 JSON"),
        ("[]", "第1行不是一个 OCDS 发布"),
        ("null", "第1行不是一个 OCDS 发布"),
        ('{"ocid": 7}', "第1行没有 ocid"),
        ('{"ocid": "\\ud800"}', "第1行有半个字符"),
        ('{"ocid": "大", "value": ' + "9" * 400 + "}", "第1行不是一行完整的 JSON，或有超出范围的数"),
        ('{"ocid": "大", "value": 1e999}', "第1行不是一行完整的 JSON，或有超出范围的数"),
        ('{"ocid": "非数", "value": NaN}', "第1行不是一行完整的 JSON，或有超出范围的数"),
        ("[" * 100_000, "第1行不是一行完整的 JSON"),
        (process("清河区采购一").encode("gb18030"), "第1行不是 UTF-8 文字"),
        ('{"releases": []}', "第1行是发布包或记录包"),
    ],
)
def test_a_line_that_is_no_release_is_named_and_passed_over(line: str | bytes, why: str) -> None:
    found, said = told(line, "", ONE)
    assert found == SINGLE
    assert [sentence.startswith(why) for sentence in said] == [True]


def test_a_file_of_no_release_at_all_says_how_to_make_one() -> None:
    package = json.dumps({"releases": [json.loads(ONE)]}, indent=1).splitlines()
    with pytest.raises(BadData, match=r"^包\.json：没有一行是汇编发布.*先拆成一行一个"):
        flags(package, name="包.json")
    assert told() == told("", "  ") == ({}, [])


def test_a_byte_order_mark_does_not_hide_the_first_release() -> None:
    assert told(b"\xef\xbb\xbf" + ONE.encode()) == (SINGLE, [])


def test_parts_of_another_shape_count_as_not_there() -> None:
    shapes: list[object] = [None, 3, "x", [], {}, [None, 3, "x", {}], {"details": [None, 3, {"status": 5}]}]
    lines = [
        json.dumps({"ocid": f"{place}", "tender": shape, "bids": shape, "awards": shape, "buyer": shape})
        for place, shape in enumerate(shapes)
    ]
    assert told(*lines, ONE) == (SINGLE, [])


def test_currencies_left_out_of_the_comparison_are_named() -> None:
    bids = [bid("disqualified", "甲", asks=1, currency="USD"), bid("valid", "乙", asks=2)]
    found, said = told(
        process("先", [bid("valid", "丙", asks=2)], [award("丙")]), process("后", bids, [award("乙")])
    )
    assert "R036" not in str(found)
    assert said == ["USD 的报价没有参加比价：主要币种是 CNY，可用参数 currency 指定。"]


def test_an_amount_in_another_currency_is_not_loaded_as_yuan(tmp_path: Path) -> None:
    path = tmp_path / "发布.jsonl"
    path.write_text(
        process("一", [bid("valid", "甲", asks=5), bid("valid", "乙", asks=5, currency="USD")]), "utf-8"
    )
    assert [row["bid_amount"] for _, row, _ in tender_rows(path)] == ["5.00", "5.00 USD"]
