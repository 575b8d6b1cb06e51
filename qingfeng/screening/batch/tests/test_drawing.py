"""Drawn cells say in Excel what they said when they came."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import pytest
import python_calamine as calamine

from qingfeng.screening.batch import drawing, workbooks
from qingfeng.screening.batch.findings import FEW, Records, _elsewhere
from qingfeng.screening.batch.workbooks import Sheet
from qingfeng.screening.errors import BadData

CAME: list[list[Any]] = [
    ["姓名", "金额"],
    ["甲 & 乙 <丙>", 600.5, 3, True, ""],
    [" 前后有空格 ", datetime.date(2026, 7, 1), datetime.datetime(2026, 7, 1, 8, 30)],
    [],
    ["第一行\n第二行", "=SUM(A1:A2)", "_x0041_", "响铃\x07"],
]


@pytest.fixture
def came_back(tmp_path: Path) -> Path:
    sheet = Sheet("名单", CAME, added={2: ("先核实", "疑点 & 依据", "核实")}, header_row=1)
    out = tmp_path / "核查.xlsx"
    workbooks.write(out, [sheet], ("建议", "疑点", "核实什么"), [("项目", "说明")])
    return out


def test_every_cell_comes_back_as_it_was_sent(came_back: Path) -> None:
    rows = calamine.load_workbook(came_back).get_sheet_by_name("名单").to_python(skip_empty_area=False)
    assert rows[0][:2] == CAME[0] and rows[1][:4] == CAME[1][:4] and rows[2][:3] == CAME[2][:3]
    assert not any(rows[3]) and rows[4][:2] == CAME[4][:2]
    assert rows[0][5:] == ["建议", "疑点", "核实什么"] and rows[1][5:] == ["先核实", "疑点 & 依据", "核实"]
    with zipfile.ZipFile(came_back) as book:
        drawn = book.read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_" in drawn and "响铃_x0007_" in drawn and "<f>" not in drawn
    assert '<dimension ref="A1:H5"/>' in drawn and '<t xml:space="preserve"> 前后有空格 </t>' in drawn


def test_a_cell_longer_than_excel_holds_is_cut(tmp_path: Path) -> None:
    (row,) = drawing.rows([["长" * 40_000]])
    assert row.count("长") == drawing.LONGEST_CELL


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    with pytest.raises(BadData, match="请分成几个文件再核查"):
        workbooks.draw([Sheet("名单", [["甲"], ["乙"], ["丙"]])])


def test_the_places_beside_a_record_leave_out_its_own_and_are_counted_once() -> None:
    pair, other = Records([(1, "甲"), (2, "乙")]), Records([(1, "甲"), (-1, "丙"), (2, "乙")])
    assert _elsewhere([pair, other], 1) == (["乙", "丙"], 2)
    many = Records([(number, f"第{number}行") for number in range(FEW + 10)])
    assert _elsewhere([many], 1) == (["第0行", "第2行", "第3行"], FEW + 9)
