"""Files whose making-out would keep the platform busy are made out in a process of their own, to the same end."""

from __future__ import annotations

from typing import Any

import pytest

from qingfeng.apps.base.records import apart as apart_module
from qingfeng.apps.base.records.limited_readers import TooMuch
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.problems.imports import reading, understanding
from qingfeng.apps.work.problems.imports.grids import Grid

HEAD = ["检查时间", "被检查单位", "检查人员", "检查内容", "发现的问题", "整改时限", "整改责任人"]
ROW = ["2026-06-08", "柳荫社区", "林晓禾", "补贴", "1. 未公示\n2. 缺签字", "2026-07-20", "陈立群"]


@pytest.fixture
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understanding, "MOST_CELLS_HERE", 0)


@pytest.mark.slow
def test_a_large_ledger_is_made_out_apart_as_it_would_be_here(everything_is_large: None) -> None:
    found = [Grid("台账", [HEAD, ROW, [*ROW[:5], "尽快", ""]])]
    here = reading.understood(found, "台账.xlsx", {}, ())
    assert understanding.made_out(reading.understood, found, "台账.xlsx", {}, ()) == here
    assert [len(sheet.problems) for sheet in here.sheets] == [4]


@pytest.mark.slow
def test_why_a_large_file_is_refused_comes_back_in_its_words(everything_is_large: None) -> None:
    with pytest.raises(BadInput, match="“乱.xlsx”里没有读到检查台账"):
        understanding.made_out(reading.understood, [Grid("乱", [["x"]])], "乱.xlsx", {}, ())


def test_what_takes_too_long_is_refused_in_a_sentence(
    everything_is_large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_asked: Any) -> bytes:
        raise TooMuch

    monkeypatch.setattr(apart_module, "answer_of", ended)
    with pytest.raises(BadInput, match="“久.csv”内容过多，整理它要的内存或时间超出限度"):
        understanding.made_out(reading.understood, [Grid("久", [["x"]])], "久.csv", {}, ())


def test_a_usual_file_is_made_out_here() -> None:
    rows = [ROW] * 4_000
    assert not understanding.is_large([Grid("台账", rows)])
    assert understanding.is_large([Grid("台账", [*rows, *rows])])
    assert understanding.is_large([Grid("台账", [["字" * 1_100_000]])])
