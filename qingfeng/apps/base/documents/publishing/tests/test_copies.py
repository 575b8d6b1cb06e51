"""自动打码: what the copy keeps, what it masks, and what it leaves to people."""

from __future__ import annotations

import datetime
import io

import docx
import pytest
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.documents.publishing.copies import masked_copy
from qingfeng.apps.base.documents.publishing.gate import Refusal, Rule, release
from qingfeng.apps.base.documents.publishing.tests.corpus.maker import ALL, content_of

TODAY = datetime.date(2026, 11, 22)


def masked(label: str) -> bytes:
    case = ALL[label]
    rule = Rule(datetime.date(2026, 12, 31), case.approved, case.known)
    name = f"公示.{case.ending}"
    copy = masked_copy(content_of(case), name, rule, this_year=2026)
    release(copy, name, rule, today=TODAY)
    return copy


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_number_over_several_runs_is_masked_and_the_rest_stays() -> None:
    words = words_of(masked("id-split-runs"))
    assert "户主证件号码：**3064）房屋经鉴定为D级，拟补助三万元。" in words


def test_a_cell_is_masked_for_what_its_heading_says() -> None:
    words = words_of(masked("disability-kind-table"))
    assert "精神" not in words and "（略）" in words and "贺兰舟" in words


def test_a_name_that_is_not_approved_keeps_its_surname() -> None:
    assert "覃某某" in words_of(masked("name-spaced"))


@pytest.mark.parametrize(
    "label",
    ["id-header", "phone-endnote", "id-comment", "phone-keywords", "phone-link-target", "phone-docvars"],
)
def test_what_no_page_shows_is_masked_too(label: str) -> None:
    copy = masked(label)  # which has passed the gate
    assert copy != content_of(ALL[label]) and words_of(copy)


@pytest.mark.parametrize(
    "label", ["x-id-number-cell", "x-id-formula-right", "x-address-columns", "x-account-hidden-row"]
)
def test_a_masked_workbook_opens(label: str) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(masked(label)))
    assert book.get_sheet_by_index(0).to_python()


def test_a_table_in_text_keeps_its_columns() -> None:
    lines = masked("c-name-column").decode("utf-8-sig").splitlines()
    assert lines[:3] == ["轮候序号,申请人,房型", "17,覃某某,一居", "18,苗某某,两居"]


def test_what_cannot_be_masked_is_left_and_refused() -> None:
    with pytest.raises(Refusal, match="图片名称"):
        masked("id-picture-part-name")


def test_a_harmless_file_stays_as_it_was() -> None:
    case = ALL["h-large-sums"]
    content = content_of(case)
    copy = masked_copy(content, "公示.docx", Rule(None), this_year=2026)
    assert words_of(copy) == words_of(content)
