"""Ledgers as offices keep them in Excel: what is understood, what is passed over, what is said. No database."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfeng.apps.base.documents.excel import CUT
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.problems.imports import Reading, read_file, read_sheets
from qingfeng.apps.work.problems.tests.files import HEADER, ROW, paper, row, table, workbook
from qingfeng.apps.work.problems.views.uploads import content_of
from tests.wrong_input.made_up import FILES, LOCKED_NEW, LOCKED_XLS, xls


def sheet(*rows: list[Any], merge: tuple[tuple[int, int, int, int, str], ...] = ()) -> bytes:
    """One worksheet; `merge` as (first row, first column, last row, last column, text)."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet("台账")
        for at, values in enumerate(rows):
            page.write_row(at, 0, values)
        for area in merge:
            page.merge_range(*area)
    return out.getvalue()


def said(reading: Reading) -> list[str]:
    return [fault.message for one in reading.sheets for fault in one.faults]


def test_an_old_workbook_is_read_with_dates_as_dates_and_as_text() -> None:
    first, second = read_sheets(xls("plain"), "台账.xls")
    assert (first.inspected_on, first.due_date) == (date(2026, 6, 8), date(2026, 7, 20))
    assert second.inspected_on == date(2026, 6, 9)
    assert [problem.text for problem in second.problems] == ["迟到", "早退"]


def test_an_old_workbook_with_merged_heads_and_cells_is_one_sheet_with_two_problems() -> None:
    reading = read_file(xls("merged"), "台账.xls")
    (read,) = reading.sheets
    assert read.faults == () and read.filing_body == "临江街道" and read.rows == (5, 6)
    assert [(one.text, one.due_date, one.responsible) for one in read.problems] == [
        ("发放名册未公示", date(2026, 7, 20), "林晓禾"),
        ("代领签字不全", date(2026, 7, 20), "林晓禾"),
    ]
    assert [str(fault) for fault in reading.passed_over] == ["台账!A7：合计行，没有导入。"]


def test_full_width_digits_are_digits_and_days_that_are_none_are_named() -> None:
    first, second, third = read_sheets(xls("dates"), "台账.xls")
    assert (first.inspected_on, first.due_date) == (date(2026, 6, 8), date(2026, 7, 20))
    assert [str(fault) for fault in second.faults] == [
        "台账!A3：“时间”的“2026年2月30日”在日历上没有，不是有效日期，请核对月和日。"
    ]
    assert (third.inspected_on, third.problems[0].term) == (date(2026, 6, 9), "at_once")


@pytest.mark.parametrize(
    ("written", "words"),
    [("6月8日", "没有写年份"), ("2026-13-01", "在日历上没有"), ("尽快", "请写成2026-06-08")],
)
def test_a_day_is_turned_away_with_what_is_wrong_about_it(written: str, words: str) -> None:
    (read,) = read_sheets(table(row(检查时间=written)), "台账.xlsx")
    assert [(fault.cell, words in fault.message) for fault in read.faults] == [("C2", True)]


@pytest.mark.parametrize("above", [0, 1, 14])
def test_the_header_may_stand_in_any_of_the_first_fifteen_rows(above: int) -> None:
    assert len(read_sheets(table(row(), above=above), "台账.xlsx")) == 1


def test_a_header_further_down_is_not_looked_for() -> None:
    with pytest.raises(BadInput, match="前15行"):
        read_sheets(table(row(), above=15), "台账.xlsx")


def test_columns_in_another_order_with_others_between_are_read_all_the_same() -> None:
    heads = [*reversed(HEADER), "联系电话", "备注"]
    (read,) = read_sheets(sheet(heads, [*map(str, reversed(ROW)), "13900000000", "略"]), "台账.xlsx")
    assert read.faults == () and read.problems[0].text == "发放名册未公示"


def test_a_missing_column_is_said_once_for_the_table_and_nothing_of_it_is_taken() -> None:
    reading = read_file(
        sheet(["检查时间", "被检查单位", "发现的问题", "整改时限"], ["2026-06-08", "临江街道", "迟到", ""]),
        "a.xlsx",
    )
    assert said(reading) == [
        "表头里没有“检查人员”、“检查内容”列，这张表没有读。请在“列的对应”里指定是哪一列或为各行填同一内容，也可以在Excel里补上这一列后重新选择文件。"
    ]


def test_a_heading_that_is_only_alike_is_taken_with_a_question_mark() -> None:
    heads = list(HEADER)
    heads[6], heads[8] = "检查发现的主要问题", "整改完成时间"
    reading = read_file(table(row(), header=heads), "台账.xlsx")
    assert reading.sheets[0].problems[0].text == "发放名册未公示"
    assert [(one.heading, one.box) for one in reading.headings[0].unsure] == [
        ("检查发现的主要问题", "problems"),
        ("整改完成时间", "due_date"),
    ]


def test_what_the_responsible_unit_is_called_is_not_taken_for_the_person() -> None:
    heads = [*HEADER[:9], "整改责任单位", "责任人"]
    (read,) = read_sheets(sheet(heads, [*map(str, ROW[:9]), "柳荫社区", "林晓禾"]), "台账.xlsx")
    assert (read.problems[0].lead_unit, read.problems[0].responsible) == ("柳荫社区", "林晓禾")


def test_a_cell_merged_over_rows_says_the_same_of_each_but_sums_are_said_once() -> None:
    content = sheet(
        ["检查时间", "被检查单位", "检查人员", "检查内容", "发现的问题", "涉及金额", "责任人"],
        ["2026-06-08", "", "甲", "补贴", "一", "", ""],
        ["2026-06-09", "", "甲", "补贴", "二", "", ""],
        merge=((1, 1, 2, 1, "临江街道"), (1, 5, 2, 5, "500"), (1, 6, 2, 6, "林晓禾")),
    )
    first, second = read_sheets(content, "台账.xlsx")
    assert (first.inspected_unit, second.inspected_unit) == ("临江街道", "临江街道")
    assert [one.problems[0].responsible for one in (first, second)] == ["林晓禾", "林晓禾"]
    assert [one.problems[0].fen for one in (first, second)] == [50_000, 0]


def test_rows_that_are_no_data_are_passed_over_and_told() -> None:
    content = sheet(
        [*HEADER],
        ["一、街道本级"],
        [*map(str, ROW)],
        [*HEADER],
        ["小 计", "", "", "", "", "", "1"],
        ["填表人：林晓禾", "", "", "审核人：陈立群"],
        merge=((1, 0, 1, 9, "一、街道本级"),),
    )
    reading = read_file(content, "台账.xlsx")
    assert len(reading.sheets) == 1 and not said(reading)
    assert [(fault.cell, fault.message) for fault in reading.passed_over] == [
        ("A2", "跨列的标题，没有导入。"),
        ("A4", "重复的表头，没有导入。"),
        ("A5", "合计行，没有导入。"),
        ("A6", "表尾的说明，没有导入。"),
    ]


def test_a_line_above_the_table_speaks_for_all_of_its_rows() -> None:
    content = sheet(
        ["检查台账"],
        ["检查时间：2026年6月8日　检查人员：林晓禾、陈立群"],
        ["序号", "被检查单位", "检查内容", "发现的问题"],
        [1, "临江街道", "补贴", "未公示"],
        [2, "柳荫社区", "补贴", "未公示"],
    )
    reads = read_sheets(content, "台账.xlsx")
    assert [(one.inspected_on, one.inspectors, one.faults) for one in reads] == [
        (date(2026, 6, 8), "林晓禾、陈立群", ())
    ] * 2


def test_a_worksheet_that_is_something_else_is_told_beside_the_good_ones() -> None:
    content = workbook(
        ("台账", {f"{chr(65 + at)}1": name for at, name in enumerate(HEADER)} | {"D2": "x"}),
        ("通讯录", {"A1": "姓名"}),
    )
    assert [fault.worksheet for fault in read_file(content, "台账.xlsx").unread] == ["通讯录"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_text_tables_are_read_in_every_encoding_and_with_tabs(encoding: str, delimiter: str) -> None:
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADER, row()])
    (read,) = read_sheets(out.getvalue().encode(encoding), "台账.txt")
    assert read.inspected_on == date(2026, 6, 8) and read.faults == ()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (LOCKED_NEW, "台账.xlsx", "设了密码，读不出来"),
        (LOCKED_XLS, "台账.xls", "设了密码，读不出来"),
        (xls("plain")[:900], "台账.xls", "可能已损坏"),
        (b"<html><table><tr><td>x</td></tr></table>", "台账.xls", "其实是网页"),
        (b"\x80\xff\x81\x00\x00\x01", "台账.csv", "编码不能识别"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(content: bytes, name: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_sheets(content, name)


def test_a_file_of_fifty_megabytes_is_not_even_read() -> None:
    upload = SimpleUploadedFile("台账.xlsx", b"")
    upload.size = 50 * 1024 * 1024
    with pytest.raises(BadInput, match="超过20兆"):
        content_of(upload)


def test_a_cell_of_two_hundred_thousand_characters_is_named() -> None:
    out = StringIO()
    csv.writer(out).writerows([HEADER, row(发现的问题="问" * 200_000)])
    (read,) = read_sheets(out.getvalue().encode(), "台账.csv")
    assert [(fault.cell, "超过5000个字" in fault.message) for fault in read.faults] == [("G2", True)]


def test_a_due_date_without_its_year_is_the_first_after_the_inspection_and_is_said() -> None:
    (soon,) = read_sheets(table(row(检查时间="2026.6.8", 整改时限="7月20日前")), "台账.xlsx")
    (next_year,) = read_sheets(table(row(检查时间="2026-12-20", 整改时限="1月15日之前")), "台账.xlsx")
    assert (soon.faults, soon.problems[0].due_date) == ((), date(2026, 7, 20))
    assert next_year.problems[0].due_date == date(2027, 1, 15)
    assert [fault.message for fault in soon.warnings] == ["“7月20日前”没有写年份，按检查时间算作2026-07-20。"]


def test_what_a_ledger_has_no_column_for_is_said_once_for_all_rows() -> None:
    content = sheet(
        ["检查时间", "被检查单位", "检查人员", "发现的问题"],
        ["2026-06-08", "临江街道", "甲", "迟到"],
        ["2026-06-09", "柳荫社区", "乙", "早退"],
    )
    columns = {"0": "inspected_on", "1": "inspected_unit", "2": "inspectors", "3": "problems"}
    chosen = {"台账": {"row": 0, "columns": columns, "all": {"content": "作风纪律"}}}
    reading = read_file(content, "台账.xlsx", chosen)
    assert said(reading) == [] and [read.content for read in reading.sheets] == ["作风纪律", "作风纪律"]


def test_words_of_the_form_within_its_boxes_are_words() -> None:
    words = {
        "D4": "惠民补贴发放台账",
        "B5": "1. 填报单位未盖章\n2. 名册上“填报时间：”空着",
        "B6": "1. 注：补充公示",
        "B4": "检查人员：林晓禾",
    }
    (read,) = read_sheets(paper(**words), "台账.xlsx")
    assert read.faults == () and read.filing_body == "临江街道"
    assert (read.content, read.inspectors) == ("惠民补贴发放台账", "检查人员：林晓禾")
    assert [one.text for one in read.problems] == ["填报单位未盖章", "名册上“填报时间：”空着"]
    assert read.suggestions == ("注：补充公示",)


def test_a_row_that_mentions_a_total_is_no_total_when_it_says_day_and_unit() -> None:
    reading = read_file(table(row(检查内容="合计"), ("合计", *("",) * 5, "3")), "台账.xlsx")
    assert [one.content for one in reading.sheets] == ["合计"]
    assert [fault.cell for fault in reading.passed_over] == ["A3"]


def test_chinese_commas_in_the_words_do_not_divide_a_text_table() -> None:
    out = StringIO()
    long = "名册未公示，签字不全，代领未登记，公示期不足，" * 40
    csv.writer(out).writerows(
        [["检查台账"], HEADER, row(发现的问题=long), row(编号="自检2号", 发现的问题=long)]
    )
    first, second = read_sheets(out.getvalue().encode(), "台账.csv")
    assert first.faults == second.faults == () and first.problems[0].text == long


def test_a_semicolon_in_each_of_the_words_does_not_divide_a_text_table() -> None:
    ragged = [HEADER, *([*row(发现的问题=f"名册未公示;缺签字{at}"), "补记"] + [""] * at for at in range(5))]
    out = StringIO()
    csv.writer(out).writerows(ragged)
    first = read_sheets(out.getvalue().encode(), "台账.csv")[0]
    assert first.problems[0].text == "名册未公示;缺签字0"


def test_a_head_over_several_columns_gives_way_to_the_heads_under_it() -> None:
    content = sheet(
        ["检查时间", "被检查单位", "检查人员", "检查内容", "问题", ""],
        ["", "", "", "", "发现的问题", "整改时限"],
        ["2026-06-08", "临江街道", "甲", "补贴", "未公示", "2026-07-20"],
        merge=((0, 4, 0, 5, "问题"),),
    )
    (read,) = read_sheets(content, "台账.xlsx")
    assert [(one.text, one.due_date) for one in read.problems] == [("未公示", date(2026, 7, 20))]


def test_a_person_left_open_for_one_of_several_problems_stays_open() -> None:
    content = table(row(发现的问题="1. 甲\n2. 乙", 责任人="1. ；2. 林晓禾", 整改时限="1. 无；2. 2026-07-20"))
    (read,) = read_sheets(content, "台账.xlsx")
    assert [(one.responsible, one.due_date) for one in read.problems] == [
        ("", None),
        ("林晓禾", date(2026, 7, 20)),
    ]


def test_a_text_that_was_cut_off_when_it_was_written_out_is_not_taken() -> None:
    (read,) = read_sheets(table(row(发现的问题=f"问题{CUT}")), "台账.xlsx")
    assert [(fault.cell, "被截断" in fault.message) for fault in read.faults] == [("G2", True)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("6月底前", date(2026, 6, 30)),
        ("2026年7月底前完成整改", date(2026, 7, 31)),
        ("2月底", date(2027, 2, 28)),
        ("年底前", date(2026, 12, 31)),
        ("15日内", date(2026, 6, 23)),
        ("两周内", date(2026, 6, 22)),
        ("限一个月内", date(2026, 7, 8)),
        ("半个月内", date(2026, 6, 23)),
        ("２０２６年７月２０日前完成", date(2026, 7, 20)),
        ("二〇二六年七月二十日", date(2026, 7, 20)),
    ],
)
def test_a_term_in_words_is_counted_from_the_inspection(written: str, day: date) -> None:
    (read,) = read_sheets(table(row(整改时限=written)), "台账.xlsx")
    assert (read.faults, read.problems[0].due_date) == ((), day)
    assert bool(read.warnings) == ("年七月" not in written and "日前完成" not in written)


@pytest.mark.parametrize("written", ["13月底前", "半天内", "三五天", "10个工作日内"])
def test_words_that_name_no_day_are_turned_away(written: str) -> None:
    (read,) = read_sheets(table(row(整改时限=written)), "台账.xlsx")
    assert read.problems[0].due_date is None
    assert [fault.cell for fault in read.faults] == ["I2"]


def test_forms_that_another_program_wrote_for_word_are_read_with_its_own_numbering() -> None:
    first, second = read_sheets((FILES / "forms.docx").read_bytes(), "台账.docx")
    assert (first.stated_no, second.stated_no, second.content) == ("自检3号", "自检4号", "作风纪律")
    for read in (first, second):
        assert read.faults == () and read.inspected_on == date(2026, 6, 8)
        assert [one.text for one in read.problems] == ["发放名册未公示", "代领签字不全"]
        assert {one.due_date for one in read.problems} == {date(2026, 7, 31)}


def test_a_workbook_of_wps_is_read_under_its_own_ending() -> None:
    first, second = read_sheets((FILES / "table.et").read_bytes(), "台账.et")
    assert (first.faults, second.inspected_on) == ((), date(2026, 6, 9))
    assert [one.text for one in second.problems] == ["迟到", "早退"]
