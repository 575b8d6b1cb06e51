"""Drawn cells say in Excel what they said when they came."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import python_calamine as calamine

from qingfeng.screening.batch import drawing, outline, workbooks
from qingfeng.screening.batch.findings import FEW, Records, _elsewhere
from qingfeng.screening.batch.workbooks import Sheet
from qingfeng.screening.errors import BadData

DAY, MOMENT, CLOCK = (
    datetime.date(2026, 7, 1),
    datetime.datetime(2026, 7, 1, 8, 30),
    datetime.time(8, 30),
)
CAME: list[list[Any]] = [
    ["姓名", "金额"],
    ["甲 & 乙 <丙>", 600.5, 3, True, ""],
    [" 前后有空格 ", DAY, MOMENT, CLOCK],
    [],
    ["第一行\n第二行", "=SUM(A1:A2)", "_x0041_", "响铃\x07", 6217000000000000],
]
HEADERS = ("建议", "疑点", "核实什么")


@pytest.fixture
def came_back(tmp_path: Path) -> Path:
    sheet = Sheet("名单", CAME, added={2: ("先核实", "疑点 & 依据", "")}, header_row=1)
    other = Sheet("说明", [["请按月报送"]])
    out = tmp_path / "核查.xlsx"
    workbooks.write(
        out, [sheet, other], HEADERS, [("项目", "说明"), ("行数", "1")], workbooks.draw([sheet, other])
    )
    return out


def rows_of(book: Path, sheet: str) -> list[list[Any]]:
    return calamine.load_workbook(book).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def part_of(book: Path, name: str) -> str:
    with zipfile.ZipFile(book) as parts:
        return parts.read(f"xl/{name}").decode()


def test_every_cell_comes_back_as_it_was_sent(came_back: Path) -> None:
    rows = rows_of(came_back, "名单")
    assert rows[0][:2] == CAME[0] and rows[1][:4] == CAME[1][:4] and rows[2][:4] == CAME[2]
    assert not any(rows[3]) and rows[4][:2] == CAME[4][:2] and rows[4][4] == CAME[4][4]
    assert rows[0][5:] == list(HEADERS) and rows[1][5:] == ["先核实", "疑点 & 依据", ""]
    assert rows_of(came_back, "说明") == [["请按月报送"]]
    assert rows_of(came_back, "核查说明") == [["项目", "说明"], ["行数", "1"]]


def test_no_text_becomes_a_formula_or_a_code(came_back: Path) -> None:
    drawn = part_of(came_back, "worksheets/sheet1.xml")
    assert "<f>" not in drawn and "_x005F_x0041_" in drawn and "响铃_x0007_" in drawn
    assert '<t xml:space="preserve"> 前后有空格 </t>' in drawn


def test_the_header_stays_in_sight_and_rows_can_be_chosen_by_it(came_back: Path) -> None:
    drawn = part_of(came_back, "worksheets/sheet1.xml")
    assert '<dimension ref="A1:H5"/>' in drawn and '<autoFilter ref="A1:H5"/>' in drawn
    assert 'ySplit="1"' in drawn and 'state="frozen"' in drawn


def test_a_long_number_is_shown_in_full(came_back: Path) -> None:
    number = drawing.STYLE["long"]
    assert f'<c r="E5" s="{number}"><v>6217000000000000</v></c>' in part_of(
        came_back, "worksheets/sheet1.xml"
    )


def test_a_row_is_as_high_as_its_longest_text() -> None:
    sheet = Sheet(
        "名单", [["姓名"], ["甲"], ["乙"]], {2: ("先核实", "长" * 100, "核实"), 3: ("可付", "", "")}, 1
    )
    _, long, short = workbooks._page(sheet, drawing.rows(sheet.rows), HEADERS, set()).rows
    assert '<row r="2" ht="60" customHeight="1">' in long and '<row r="3">' in short


def test_every_sheet_is_well_formed(came_back: Path) -> None:
    for number in (1, 2, 3):
        sheet = ElementTree.fromstring(part_of(came_back, f"worksheets/sheet{number}.xml"))
        assert sheet.tag.endswith("}worksheet") and sheet.find("{*}sheetData/{*}row") is not None


def test_a_style_with_another_number_is_not_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(outline, "STYLES", dict(reversed(drawing.STYLES.items())))
    with pytest.raises(ValueError, match="styles are numbered"):
        outline.write(tmp_path / "x.xlsx", [outline.Page("名单", 0, 0, ())])


def test_a_cell_longer_than_excel_holds_is_cut(tmp_path: Path) -> None:
    (row,) = drawing.rows([["长" * 40_000]])
    assert row.count("长") == drawing.LONGEST_CELL


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    with pytest.raises(BadData, match="请分成几个文件再核查"):
        workbooks.draw([Sheet("名单", [["甲"], ["乙"], ["丙"]])])


def test_a_sheet_as_wide_as_excel_goes_leaves_no_room() -> None:
    with pytest.raises(BadData, match="没有地方写结果"):
        workbooks.draw([Sheet("名单", [[""] * 16_384])])


def test_sheets_are_called_as_excel_allows_and_apart(tmp_path: Path) -> None:
    out = tmp_path / "核查.xlsx"
    sheets = [Sheet("名单[1]", [["甲"]]), Sheet("名单_1_", [["乙"]]), Sheet("核查说明", [["丙"]])]
    workbooks.write(out, sheets, HEADERS, [("项目", "说明")], workbooks.draw(sheets))
    assert calamine.load_workbook(out).sheet_names == ["名单_1_", "名单_1_2", "核查说明", "核查说明2"]


def test_the_places_beside_a_record_leave_out_its_own_and_are_counted_once() -> None:
    pair, other = Records([(1, "甲"), (2, "乙")]), Records([(1, "甲"), (-1, "丙"), (2, "乙")])
    assert _elsewhere([pair, other], 1) == (["乙", "丙"], 2)
    many = Records([(number, f"第{number}行") for number in range(FEW + 10)])
    assert _elsewhere([many], 1) == (["第0行", "第2行", "第3行"], FEW + 9)
