"""The checker on the second set of papers, typed by another hand that had not seen it."""

from __future__ import annotations

import pytest

from qingfeng.gongwen.check import check
from qingfeng.gongwen.tests.planted2 import Planted, clean, planted

RULES = {
    "方括号": "number-form",
    "第几号": "number-form",
    "虚位": "number-form",
    "无签发人": "signatory",
    "标题黑体": "title-face",
    "主送缩进": "addressee-flush",
    "制表符缩进": "indent",
    "半角空格缩进": "indent",
    "层次颠倒": "heading-levels",
    "序号后加顿号": "heading-mark",
    "小四宋体": "body-size",
    "单倍行距": "lines",
    "日期补零": "date-form",
    "日期靠左": "date-side",
    "附件半角冒号": "note-form",
    "附件名后分号": "note-stop",
    "抄送无句号": "copied-stop",
    "页码无一字线": "page-number-dash",
    "默认页边距": "margin-上",
    "信函首页页码": "page-number-first",
}
"""What each fault is called."""


@pytest.mark.parametrize("paper", planted(), ids=lambda paper: paper.name)
def test_a_fault_that_another_hand_planted_is_found(paper: Planted) -> None:
    assert RULES[paper.name] in {departure.rule for departure in check(paper.make())}, paper.fault


@pytest.mark.parametrize("name", clean())
def test_another_hands_faultless_paper_raises_nothing(name: str) -> None:
    assert [departure.sentence() for departure in check(clean()[name]())] == []
