"""Forms and ledgers as Excel files, read back with another library and by what lies in the package."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

from python_calamine import CalamineWorkbook

from qingfeng.apps.base.documents.attachments import attachment_2, attachment_4
from qingfeng.apps.base.documents.excel import TableColumn, to_xlsx
from qingfeng.apps.base.documents.ledger_sheets import table_xlsx
from qingfeng.apps.base.documents.tests.papers import INSPECTION, monthly, with_long_problem

COLUMNS = [
    TableColumn("编号", 18),
    TableColumn("问题", 40),
    TableColumn("金额", 14, "money"),
    TableColumn("时限", 12, "date"),
    TableColumn("人数", 8, "number"),
]


def rows(content: bytes, sheet: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def part(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_the_title_stands_over_all_columns_and_the_head_line_under_it() -> None:
    content = to_xlsx(attachment_2(INSPECTION))
    read = rows(content)
    assert read[0][0] == "开展专项治理工作检查台账"
    assert [cell for cell in read[1] if cell] == [
        "填报单位（盖章）：临江街道",
        "编号：（自检3号）",
        "填报时间：2026年6月3日",
    ]
    assert '<mergeCell ref="A1:F1"/>' in part(content)


def test_a_sheet_is_a4_upright_and_the_monthly_form_lies_both_one_page_wide() -> None:
    upright, lying = part(to_xlsx(attachment_2(INSPECTION))), part(to_xlsx(attachment_4(monthly(2))))
    assert 'paperSize="9" fitToHeight="0" orientation="portrait"' in upright
    assert 'paperSize="9" fitToHeight="0" orientation="landscape"' in lying
    assert '<pageSetUpPr fitToPage="1"/>' in upright and '<pageSetUpPr fitToPage="1"/>' in lying


def test_the_monthly_form_goes_on_on_the_next_worksheet_with_its_heads_repeated() -> None:
    content = to_xlsx(attachment_4(monthly(7)))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["月报表1", "月报表2"]
    assert rows(content, 1)[2][:3] == ["受检基层单位", "第6社区", "第7社区"]
    names = part(content, "xl/workbook.xml")
    assert names.count("_xlnm.Print_Area") == 2 and names.count("_xlnm.Print_Titles") == 2


def test_text_that_looks_like_a_formula_stays_text() -> None:
    typed = ["=1+1", "+86", "-2", "@SUM(A1)", '=HYPERLINK("x")']
    content = table_xlsx("题", [TableColumn("值")], [[text] for text in typed])
    assert [row[0] for row in rows(content)[2:]] == typed
    assert "<f>" not in part(content)
    assert 'quotePrefix="1"' in part(content, "xl/styles.xml")


def test_numbers_dates_and_money_are_values_in_a_ledger() -> None:
    content = table_xlsx(
        "问题清单",
        COLUMNS,
        [["临江街道自检3号", "缺签字", Decimal("12.50"), date(2026, 6, 3), 7]],
        "口径：全部",
    )
    read = rows(content)
    assert read[2] == ["临江街道自检3号", "缺签字", 12.5, date(2026, 6, 3), 7.0]
    assert read[3][0] == "口径：全部"


def test_an_empty_ledger_still_has_its_heads() -> None:
    read = rows(table_xlsx("问题清单", COLUMNS, [], head_line="填报单位：临江街道"))
    assert read[1][0] == "填报单位：临江街道"
    assert read[2] == ["编号", "问题", "金额", "时限", "人数"]


def test_a_box_higher_than_excel_allows_is_laid_over_several_rows() -> None:
    content = to_xlsx(attachment_2(with_long_problem(2000)))
    heights = [float(height) for height in re.findall(r'ht="([0-9.]+)"', part(content))]
    assert max(heights) <= 409
    assert any("长" * 2000 in str(cell) for row in rows(content) for cell in row)


def test_a_text_longer_than_a_cell_holds_is_cut_with_a_word_about_it() -> None:
    found = [str(cell) for row in rows(to_xlsx(attachment_2(with_long_problem(40_000)))) for cell in row]
    longest = max(found, key=len)
    assert len(longest) == 32_000 and longest.endswith("（余下内容见平台）")


def test_control_characters_do_not_reach_the_file() -> None:
    content = table_xlsx("题", [TableColumn("值")], [["一\x0b二\ud800三\x00"]])
    assert rows(content)[2][0] == "一二三"
