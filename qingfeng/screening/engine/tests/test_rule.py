"""A rule file is read, or refused with its place and what to write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qingfeng.screening.engine.invalid import RuleInvalid
from qingfeng.screening.engine.parameters import overrides_of, settled, told
from qingfeng.screening.engine.rule import distinct
from qingfeng.screening.engine.tests.drawn import HEAD, SELECT, rule_at


def test_a_rule_says_what_its_select_must_give(tmp_path: Path) -> None:
    columns = rule_at(tmp_path).select_columns
    assert columns["rec_payment"] == "BIGINT" and columns["pay_date"] == "DATE"
    assert list(columns)[:2] == ["person_key", "name"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: 死后发放", "title: [死后", "YAML"),
        ("title: 死后发放", "titel: 死后发放", "不认识的键“titel”"),
        ("title: 死后发放\n", "", "缺少：title"),
        ("version: 1.0.0", "version: 一", "版本"),
        ("content: 1", "content: 9", "1—8"),
        ("type: integer", "type: number", "类型“number”不认识"),
        ("value: 31", "value: 三十一", "应是整数"),
        ("once_per: payment", "once_per: pay", "不在 records"),
        ("{name}：", "{nme}：", "“nme”不是 values"),
        ("death: deaths}", "death: dead}", "“dead”不在 inputs"),
        ("id: X01", "id: 一", "编号"),
        ("value: [[低保, 2]]", "value: [[低保]]", "应有2个"),
    ],
)
def test_a_fault_in_the_head_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in HEAD
    with pytest.raises(RuleInvalid, match=words):
        rule_at(tmp_path, head=HEAD.replace(old, new, 1))


def test_a_broken_head_tells_the_line(tmp_path: Path) -> None:
    with pytest.raises(RuleInvalid, match="x01.sql 第5行"):
        rule_at(tmp_path, head=HEAD.replace("content: 1", "contents: 1", 1))


def test_a_file_without_a_head_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleInvalid, match="开头应是"):
        rule_at(tmp_path, head="")


def test_two_rules_of_one_id_are_refused(tmp_path: Path) -> None:
    one, two = rule_at(tmp_path), rule_at(tmp_path, name="x02.sql")
    with pytest.raises(RuleInvalid, match="编号X01已被x01.sql使用"):
        distinct([one, two])


def test_a_dated_value_is_the_one_in_force(tmp_path: Path) -> None:
    rule = rule_at(tmp_path, select=SELECT)
    early = settled("x", rule.parameters, date(2025, 5, 1), {})
    late = settled("x", rule.parameters, date(2026, 5, 1), {})
    assert (early["limit"], late["limit"]) == (10000, 20050)
    assert told(rule.parameters["limit"], late["limit"]) == 200.5


def test_the_caller_may_change_a_parameter_but_not_invent_one(tmp_path: Path) -> None:
    rule = rule_at(tmp_path)
    given = overrides_of(["x01.grace_days=10", "x01.words=丧葬、安葬"])["X01"]
    values = settled("x", rule.parameters, date(2026, 5, 1), given)
    assert values["grace_days"] == 10 and values["words"] == ("丧葬", "安葬")
    with pytest.raises(RuleInvalid, match="没有参数“days”"):
        settled("x", rule.parameters, date(2026, 5, 1), {"days": 1})
    with pytest.raises(RuleInvalid, match="规则.参数=值"):
        overrides_of(["grace_days=10"])
