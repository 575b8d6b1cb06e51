"""The three forms have the boxes of the plan, in its order."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingfeng.apps.base.documents.attachments import (
    attachment_2,
    attachment_3,
    attachment_4,
    numbered,
    stated_once,
    title,
)
from qingfeng.apps.base.documents.papers import Form, Page, Row, label, text_cell, together
from qingfeng.apps.base.documents.tests.papers import INSPECTION, RECTIFICATION, monthly
from qingfeng.apps.base.documents.typesetting import MM_A_POINT, lines_needed


def labels(form: Form) -> list[str]:
    return [cell.text for row in form.pages[0].rows for cell in row.cells if cell.label]


def values(form: Form) -> list[str]:
    return [cell.text for row in form.pages[0].rows for cell in row.cells if not cell.label]


def test_attachment_2_has_its_fields_in_order() -> None:
    form = attachment_2(INSPECTION)
    assert labels(form) == [
        "时间",
        "被检查单位",
        "检查人员",
        "检查内容",
        "发现的问题",
        "整改建议",
        "整改时限",
        "整改责任人",
    ]
    head = [cell.text for cell in form.pages[0].head_line]
    assert head == ["填报单位（盖章）：临江街道", "编号：（自检3号）", "填报时间：2026年6月3日"]


def test_what_differs_between_problems_is_numbered_and_what_agrees_stands_once() -> None:
    filled = values(attachment_2(INSPECTION))
    assert filled[-2:] == ["1. 2026年7月1日；2. 2026年7月15日", "林晓禾"]
    assert stated_once([]) == ""


def test_attachment_3_has_its_fields_in_order_and_the_full_number() -> None:
    form = attachment_3(RECTIFICATION)
    assert labels(form) == ["整改时间", "问题单位", "整改责任人及责任", "存在问题", "整改措施", "完成情况"]
    assert form.pages[0].head_line[1].text == "编号：（临江街道自检3号）"
    assert form.pages[0].head_line[2].text == "填报时间：　　年　　月　　日"


@pytest.mark.parametrize(("units", "pages"), [(0, 1), (5, 1), (6, 2), (11, 3)])
def test_attachment_4_holds_five_units_a_page(units: int, pages: int) -> None:
    form = attachment_4(monthly(units))
    assert len(form.pages) == pages
    for page in form.pages:
        firsts = [row.cells[0].text for row in page.rows]
        assert firsts == ["受检基层单位", "检查工作情况", "发现问题情况", "整改情况", "制度机制建设情况"]
        assert all(len(row.cells) == 6 for row in page.rows)


def test_the_titles_are_those_of_the_real_plan(documents: Path) -> None:
    plan = (documents / "002_50fd6f091368471b.txt").read_text(encoding="utf-8")
    for name in ("检查台账", "整改台账", "月报表"):
        assert title("专项治理“微腐败”", name) in plan


def test_an_empty_line_keeps_no_number_but_the_others_keep_theirs() -> None:
    assert numbered(["一", "", "三"]) == "1. 一\n3. 三"


def test_a_row_that_does_not_fill_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fill"):
        Page("题", (text_cell("", 2),), (10.0, 10.0), (Row((label("少一格"),)),))


def test_several_forms_are_bound_together_a_page_each() -> None:
    assert len(together("检查台账", [attachment_2(INSPECTION), attachment_2(INSPECTION)]).pages) == 2


def test_a_broken_line_is_given_room_for_the_letter_that_it_leaves_empty() -> None:
    width, size = 3.0 + 10 * 4.0, 4.0 / MM_A_POINT
    assert lines_needed("检查一次，谈话两次。", width, size) == 1
    assert lines_needed("检查一次，谈话两次。" * 2, width, size) == 3
