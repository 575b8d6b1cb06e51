"""Inspection sheets from files: what is read, what is said, what is filed."""

import csv
from datetime import date
from io import StringIO

import pytest

from qingfeng.apps.base.documents.attachments import InspectionSheetData, attachment_2
from qingfeng.apps.base.documents.excel import to_xlsx
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet, Suggestion
from qingfeng.apps.work.problems.imports import Place, import_sheets, look_through, read_sheets
from qingfeng.apps.work.problems.imports.model import from_plain, to_plain
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.files import HEADER, paper, row, table, workbook
from tests.cast import Cast


def test_the_paper_form_is_read_box_by_box() -> None:
    (read,) = read_sheets(paper(), "台账.xlsx")
    assert read.faults == ()
    assert (read.kind, read.stated_no, read.filing_body) == ("self_inspection", "自检3号", "临江街道")
    assert (read.filled_on, read.inspected_on) == (date(2026, 6, 9), date(2026, 6, 8))
    assert (read.inspected_unit, read.inspectors, read.content) == (
        "柳荫社区",
        "林晓禾、陈立群",
        "惠民补贴发放",
    )
    assert [problem.text for problem in read.problems] == ["发放名册未公示", "代领签字不全"]
    assert [problem.due_date for problem in read.problems] == [date(2026, 7, 20), date(2026, 7, 31)]
    assert [problem.responsible for problem in read.problems] == ["林晓禾", "林晓禾"]
    assert read.suggestions == ("补充公示", "补签")


def test_what_the_platform_prints_it_reads_again() -> None:
    data = InspectionSheetData(
        subject="专项治理",
        filing_body="临江街道",
        sheet_no="临江街道自检1号",
        filled_on=date(2026, 6, 9),
        inspected_on=date(2026, 6, 8),
        inspected_unit="柳荫社区",
        inspectors="林晓禾",
        content="窗口服务",
        problems=["迟到", "早退"],
        suggestions=["整顿"],
        due_dates=[date(2026, 7, 1), date(2026, 7, 2)],
        responsible=["林晓禾", "陈立群"],
    )
    (read,) = read_sheets(to_xlsx(attachment_2(data)), "导出.xlsx")
    assert read.faults == ()
    assert [(one.text, one.due_date, one.responsible) for one in read.problems] == [
        ("迟到", date(2026, 7, 1), "林晓禾"),
        ("早退", date(2026, 7, 2), "陈立群"),
    ]


def test_each_worksheet_is_a_sheet_and_blank_forms_are_passed_over() -> None:
    blank = {
        "A2": "填报单位（盖章）：",
        "A3": "时间",
        "C3": "被检查单位",
        "A4": "检查人员",
        "C4": "检查内容",
        "A5": "发现的问题",
        "A6": "整改建议",
        "A7": "整改时限",
        "B7": "　　年　　月　　日",
    }
    full = {
        "A2": "填报单位（盖章）：临江街道　编号：（自检1号）　填报时间：2026年6月9日",
        "A3": "时间",
        "B3": "2026-06-08",
        "C3": "被检查单位",
        "D3": "临江街道",
        "A4": "检查人员",
        "B4": "林晓禾",
        "C4": "检查内容",
        "D4": "作风",
        "A5": "发现的问题",
        "B5": "无",
    }
    read = read_sheets(
        workbook(("一", full), ("二", blank), ("三", {**full, "D4": "补贴"}), ("空", {})), "多张.xlsx"
    )
    assert [(one.worksheet, one.content, one.problems) for one in read] == [
        ("一", "作风", ()),
        ("三", "补贴", ()),
    ]
    assert read[0].filled_on == date(2026, 6, 9)


def test_a_label_with_its_words_in_one_cell_ends_the_box_to_its_left() -> None:
    form = paper(A3="时间：2026年6月8日", B3=None, C3="被检查单位：柳荫社区", D3=None)
    [read] = read_sheets(paper(C4="检查内容：惠民补贴发放", D4=None), "台账.xlsx")
    assert (read.inspectors, read.content) == ("林晓禾、陈立群", "惠民补贴发放")
    [read] = read_sheets(form, "台账.xlsx")
    assert (read.inspected_on, read.inspected_unit) == (date(2026, 6, 8), "柳荫社区")


def test_forms_below_each_other_and_problems_in_cells_of_their_own() -> None:
    first = {
        "A1": "检查台账",
        "A2": "填报单位：临江街道",
        "A3": "时间",
        "B3": "2026-06-08",
        "C3": "被检查单位",
        "D3": "临江街道",
        "A4": "检查人员",
        "B4": "林晓禾",
        "C4": "检查内容",
        "D4": "作风",
        "A5": "发现的问题",
        "B5": "1. 迟到",
        "B6": "2. 早退",
        "A7": "整改时限",
        "B7": "立行立改",
        "C7": "整改责任人",
        "D7": "林晓禾（组长）",
        "A8": "注：一式两份",
    }
    second = {f"{place[0]}{int(place[1:]) + 10}": value for place, value in first.items()}
    read = read_sheets(workbook(("台账", {**first, **second, "D14": "补贴"})), "上下.xlsx")
    assert [one.content for one in read] == ["作风", "补贴"] and not any(one.faults for one in read)
    problem = read[0].problems[1]
    assert (problem.text, problem.term, problem.due_date) == ("早退", "at_once", date(2026, 6, 8))
    assert (problem.responsible, problem.duty_text) == ("林晓禾", "组长")


def test_a_ledger_with_one_row_a_problem_becomes_sheets() -> None:
    content = table(
        row(),
        row(序号=2, 发现的问题="代领签字不全", 责任人="陈立群"),
        (3, "", "", "", "", "", "公示期不足", "", "2026-07-31", "林晓禾"),
        row(序号=4, 编号="自检2号", 发现的问题="无"),
        above=2,
    )
    first, second = read_sheets(content, "台账.xlsx")
    assert [(one.text, one.responsible) for one in first.problems] == [
        ("发放名册未公示", "林晓禾"),
        ("代领签字不全", "陈立群"),
        ("公示期不足", "林晓禾"),
    ]
    assert first.suggestions == ("补充公示",) and first.faults == ()
    assert second.problems == () and second.stated_no == "自检2号"


def test_a_ledger_with_one_row_a_sheet_keeps_numbered_problems_apart() -> None:
    (read,) = read_sheets(
        table(row(发现的问题="1. 未公示\n2. 签字不全", 责任人="1. 林晓禾；2. 陈立群")), "台账.xlsx"
    )
    assert [(one.text, one.responsible) for one in read.problems] == [
        ("未公示", "林晓禾"),
        ("签字不全", "陈立群"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_in_either_encoding_is_read(encoding: str) -> None:
    out = StringIO()
    csv.writer(out).writerows([HEADER, row()])
    (read,) = read_sheets(out.getvalue().encode(encoding), "台账.csv")
    assert read.inspected_on == date(2026, 6, 8) and read.faults == ()


@pytest.mark.parametrize(
    ("changed", "cell", "words"),
    [
        ({"B3": "2026年2月30日"}, "B3", "“时间”的“2026年2月30日”在日历上没有"),
        ({"B3": "　年　月　日"}, "B3", "“时间”没有填写"),
        ({"D3": ""}, "D3", "“被检查单位”没有填写"),
        ({"B7": "尽快"}, "B7", "“整改时限”的“尽快”不是有效日期"),
        ({"D7": "1. 林晓禾；2. 陈立群；3. 何雨田"}, "D7", "写了3项，问题有2个"),
        ({"B4": "林" * 201}, "B4", "超过200个字"),
    ],
)
def test_each_fault_names_its_cell(changed: dict[str, str], cell: str, words: str) -> None:
    (read,) = read_sheets(paper(**changed), "台账.xlsx")
    assert [(fault.cell, words in fault.message) for fault in read.faults] == [(cell, True)]
    assert str(read.faults[0]).startswith(f"检查台账!{cell}：")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "是空的"),
        (b"PK\x03\x04broken", "a.xlsx", "打不开"),
        (b"\xd0\xcf\x11\xe0broken", "a.xls", "打不开"),
        (b"x", "a.pdf", "版式文件"),
        (b"x", "a.jpg", "只能导入"),
        (b"\x80\xff\x81\x00\x00\x01", "a.csv", "编码"),
        (workbook(("空", {})), "a.xlsx", "没有读到检查台账"),
        (workbook(("空", {"A1": "通讯录"})), "a.xlsx", "没有读到检查台账"),
        (workbook(("大", {"A1": 1, "XFD1048576": 1})), "a.xlsx", "过大"),
    ],
)
def test_a_file_that_holds_no_sheet_is_named(content: bytes, name: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_sheets(content, name)


def test_the_rectification_form_is_told_apart() -> None:
    cells = {
        "A1": "整改台账",
        "A3": "整改时间",
        "C3": "问题单位",
        "A5": "存在问题",
        "A6": "整改措施",
        "A7": "完成情况",
    }
    (read,) = read_sheets(workbook(("整改", cells)), "a.xlsx")
    assert "导入整改台账" in read.faults[0].message


def test_good_sheets_are_filed_and_bad_ones_named(cast: Cast, campaign: Campaign) -> None:
    read = read_sheets(
        table(row(), row(编号="自检2号", 被检查单位="望山街道"), row(编号="自检3号", 检查内容="作风")),
        "台账.xlsx",
    )
    result = import_sheets(campaign, read=read, by=cast.clerk, unit=cast.street)
    assert result.numbers == ["临江街道自检1号", "临江街道自检2号"]
    assert ["没有叫“望山街道”的单位" in str(fault) for fault in result.faults] == [True]
    problem = Problem.objects.get(sheet=result.filed[0])
    assert (problem.state, problem.responsible_person, problem.due_date) == (
        "assigned",
        cast.clerk.person,
        date(2026, 7, 20),
    )
    assert Suggestion.objects.filter(sheet=result.filed[0]).count() == 1


def test_the_same_file_twice_files_once(cast: Cast, campaign: Campaign) -> None:
    read = read_sheets(paper(), "台账.xlsx")
    assert len(import_sheets(campaign, read=read, by=cast.clerk, unit=cast.street).filed) == 1
    again = import_sheets(campaign, read=read, by=cast.clerk, unit=cast.street)
    assert not again.filed and "没有重复导入" in str(again.faults[0])


def test_looking_through_tells_what_filing_would_say_and_files_nothing(
    cast: Cast, campaign: Campaign
) -> None:
    late = paper(B3="2026年6月30日", E2="")
    seen = look_through(Place(campaign, unit=cast.street), read_sheets(late, "台账.xlsx"), by=cast.clerk)
    assert "不能晚于今天" in str(seen[0].faults[0])
    good = look_through(Place(campaign, unit=cast.street), read_sheets(paper(), "台账.xlsx"), by=cast.clerk)
    assert good[0].faults == () and not Sheet.objects.exists()
    assert import_sheets(campaign, read=good, by=cast.clerk, unit=cast.street).numbers == ["临江街道自检1号"]


def test_a_group_files_what_it_oversees(cast: Cast, campaign: Campaign) -> None:
    read = read_sheets(paper(A2="填报单位：治理一组", C2="编号：督检1号"), "台账.xlsx")
    result = import_sheets(campaign, read=read, by=cast.inspector, group=cast.governance)
    assert result.numbers == ["治理一组督检1号"] and result.faults == []


def test_another_filing_body_on_the_paper_is_named(cast: Cast, campaign: Campaign) -> None:
    read = read_sheets(paper(A2="填报单位（盖章）：望山街道"), "台账.xlsx")
    result = import_sheets(campaign, read=read, by=cast.clerk, unit=cast.street)
    assert "表上的填报单位是“望山街道”" in str(result.faults[0])


def test_units_may_be_called_by_the_body_that_speaks_for_them(cast: Cast, campaign: Campaign) -> None:
    named = {
        "A2": f"填报单位（盖章）：{cast.street.name}办事处",
        "D3": f"{cast.community.name}居委会",
    }
    result = import_sheets(
        campaign, read=read_sheets(paper(**named), "a.xlsx"), by=cast.clerk, unit=cast.street
    )
    assert result.faults == [] and Sheet.objects.get().inspected_unit == cast.community


def test_who_may_not_file_imports_nothing(cast: Cast, campaign: Campaign) -> None:
    result = import_sheets(
        campaign, read=read_sheets(paper(), "a.xlsx"), by=cast.sister_clerk, unit=cast.street
    )
    assert not result.filed and "经办人或负责人" in str(result.faults[0])


def test_a_sheet_survives_the_way_through_the_page() -> None:
    (read,) = read_sheets(paper(B7="尽快"), "台账.xlsx")
    assert from_plain(to_plain(read)) == read
