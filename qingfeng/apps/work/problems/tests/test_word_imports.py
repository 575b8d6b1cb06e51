"""Tables in Word files: attachments 2 and 3 and ledgers as offices send them, and files that are none or do harm."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest

from qingfeng.apps.base.documents import docx_reader
from qingfeng.apps.base.documents.attachments import InspectionSheetData, attachment_2
from qingfeng.apps.base.documents.word import to_docx
from qingfeng.apps.base.documents.word_tables import read_word_tables
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.problems.imports import read_file, read_sheets
from qingfeng.apps.work.problems.tests.word_files import LISTED, cell, document, docx, line, paper_2, table
from tests.wrong_input.made_up import LOCKED_DOC, LOCKED_NEW, compound

HEADS = ("序号", "检查时间", "被检查单位", "检查人员", "检查内容", "发现的问题", "整改时限", "责任人")


def rows_of(*blocks: str, styles: str = "") -> list[list[list[str]]]:
    """The tables of a document, read here instead of in a process of its own."""
    return [table.rows for table in docx_reader.read(docx(*blocks, styles=styles))]


def test_attachment_2_is_read_box_by_box_and_several_in_one_file_are_several_sheets() -> None:
    first, second = read_sheets(docx(paper_2(), paper_2("自检4号", "作风纪律")), "台账.docx")
    assert first.faults == second.faults == ()
    assert (first.filing_body, first.stated_no, first.filled_on) == (
        "临江街道",
        "自检3号",
        date(2026, 6, 9),
    )
    assert (first.inspected_on, first.inspected_unit) == (date(2026, 6, 8), "柳荫社区")
    assert [(one.text, one.due_date) for one in first.problems] == [
        ("发放名册未公示", date(2026, 7, 20)),
        ("代领签字不全", date(2026, 7, 31)),
    ]
    assert (second.worksheet, second.stated_no, second.content) == ("表格2", "自检4号", "作风纪律")


def test_what_the_platform_prints_for_word_it_reads_again() -> None:
    data = InspectionSheetData(
        subject="专项治理",
        filing_body="临江街道",
        sheet_no="自检1号",
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
    (read,) = read_sheets(to_docx(attachment_2(data)), "导出.docx")
    assert (read.faults, read.filing_body, read.stated_no) == ((), "临江街道", "自检1号")
    assert [(one.text, one.due_date, one.responsible) for one in read.problems] == [
        ("迟到", date(2026, 7, 1), "林晓禾"),
        ("早退", date(2026, 7, 2), "陈立群"),
    ]


def test_problems_that_word_numbers_by_itself_are_several() -> None:
    listed = line("发放名册未公示", LISTED) + line("代领签字不全", LISTED) + line("")
    by_style = line("一", '<w:pStyle w:val="a"/>') + line("二", '<w:pStyle w:val="a"/>')
    style = f'<w:style w:styleId="b"><w:pPr>{LISTED}</w:pPr></w:style>'
    style += '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
    assert rows_of(table([cell(inside=listed)], [cell(inside=by_style)]), styles=style) == [
        [["1. 发放名册未公示\n2. 代领签字不全"], ["1. 一\n2. 二"]]
    ]


def test_a_ledger_with_merged_and_wrapped_heads_is_read_and_its_places_are_counted_as_in_word() -> None:
    content = docx(
        line("临江街道检查台账"),
        line("填报单位：临江街道"),
        table(
            [*HEADS[:5], cell("问题", span=2), "责任人"],
            [*("",) * 5, "发现的\n问题", "整改\n时限", ""],
            [
                "1",
                "2026.6.8",
                cell("柳荫社区", merge="restart"),
                "林晓禾",
                "补贴",
                "未公示",
                "2026-07-20",
                "林晓禾",
            ],
            ["2", "2026.6.9", cell(merge="continue"), "林晓禾", "补贴", "签字不全", "尽快", "林晓禾"],
            ["合计", "", "", "", "", "2", "", ""],
        ),
    )
    reading = read_file(content, "台账.docx")
    first, second = reading.sheets
    assert (first.inspected_unit, second.inspected_unit, first.filing_body) == (
        "柳荫社区",
        "柳荫社区",
        "临江街道",
    )
    assert [str(fault) for fault in second.faults] == [
        "表格1!第4行第7格：“整改时限”的“尽快”不是有效日期，请写成2026-06-08或2026年6月8日的样子。"
    ]
    assert [str(fault) for fault in reading.passed_over] == ["表格1!第5行第1格：合计行，没有导入。"]
    assert (reading.headings[0].number, reading.headings[0].columns[5].letter) == ("第1行", "第1行第6格")


def test_attachment_3_in_word_is_told_apart_and_other_tables_are_named() -> None:
    rectification = table(
        ["整改时间", "", "问题单位", ""], ["存在问题", ""], ["整改措施", ""], ["完成情况", ""]
    )
    reading = read_file(docx(paper_2(), rectification, table(["姓名", "电话"])), "台账.docx")
    assert [one.worksheet for one in reading.sheets if not one.faults] == ["表格1"]
    assert "导入整改台账" in reading.sheets[1].faults[0].message
    assert [fault.worksheet for fault in reading.unread] == ["表格3"]


def test_what_was_struck_out_or_is_hidden_is_not_read() -> None:
    changed = (
        "<w:p><w:r><w:t>未</w:t></w:r><w:del><w:r><w:delText>及时</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>按时</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:tab/><w:t>公示</w:t></w:r></w:p>"
    )
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
    body = table([cell(inside=changed)]).replace("</w:tbl>", f"{gone}</w:tbl>")
    assert rows_of(f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>") == [[["未按时\t公示"]]]


def test_a_table_within_a_cell_is_part_of_its_words() -> None:
    assert rows_of(table([cell(inside=line("如下") + table(["甲", "3"]) + line(""))])) == [[["如下\n甲\n3"]]]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (compound("WordDocument"), "台账.doc", "旧版Word文件.*另存为"),
        (compound("WordDocument"), "台账.wps", "旧版Word文件.*另存为"),
        (b"{\\rtf1 x}", "台账.doc", "旧版Word文件"),
        (LOCKED_DOC, "台账.doc", "设了密码"),
        (LOCKED_NEW, "台账.docx", "设了密码"),
        (b"%PDF-1.4 x", "台账.pdf", "版式文件.*Excel或Word"),
        (docx(line("只有文字")), "台账.docx", "没有读到检查台账"),
        (docx(table(["a"]))[:-60], "台账.docx", "打不开"),
        (docx("<w:p>"), "台账.docx", "打不开"),
        (b"", "台账.docx", "是空的"),
    ],
)
def test_a_word_file_that_cannot_be_read_says_what_to_do(content: bytes, name: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_sheets(content, name)


def packed(text: str | bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", text)
    return out.getvalue()


ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: packed(document(table(["&x;"]), before=ENTITY)), "打不开"),
        (lambda: packed(document("<w:tbl>" * 5000)), "打不开"),
        (lambda: packed(document(table([cell("a", span=99_999)]))), "过大"),
    ],
)
def test_a_word_file_that_would_do_harm_is_turned_away(content: Callable[[], bytes], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_word_tables(content(), "台账.docx")


def test_a_file_that_unpacks_to_far_more_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_reader, "MOST_BYTES", 10_000)
    with pytest.raises(docx_reader.Fault, match="large"):
        docx_reader.read(packed(b" " * 20_000))
