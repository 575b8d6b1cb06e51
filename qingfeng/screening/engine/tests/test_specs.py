"""Mistakes in a drawn case are told where they stand, so that its author need not guess why a hit is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingfeng.screening.engine.specs import running
from qingfeng.screening.engine.tests.drawn import SPEC, case_at, rule_at
from qingfeng.screening.errors import ScreeningError


def test_a_cell_that_cannot_be_read_is_named_where_a_hit_is_missing(tmp_path: Path) -> None:
    spec = SPEC.replace("| 2026-03-10 | 600 |", "| 2026-02-30 | 六百块整 |")
    told = running.faults(rule_at(tmp_path), case_at(tmp_path, spec))
    assert told[0].startswith("应有而没有的命中：subject 甲")
    assert told[-2:] == [
        "表 payments 第1条的 pay_date：日期不存在，规则看到的是空值",
        "表 payments 第1条的 amount：不是数字，规则看到的是空值",
    ]
    assert running.faults(rule_at(tmp_path), case_at(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("| alert |", "| 问题 |", "第18行：kind 应是 alert（预警）或 question"),
        ("| subject | sum |", "| subject | betrag |", "hits 没有列“betrag”；可用：first"),
        ("| subject | sum |", "| score | sum |", "hits 要有 subject 一列"),
    ],
)
def test_a_table_of_hits_has_known_columns_and_kinds(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(ScreeningError, match=told):
        case_at(tmp_path, SPEC.replace(old, new))
