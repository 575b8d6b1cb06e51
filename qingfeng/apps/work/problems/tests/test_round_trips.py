"""What the platform writes out it reads in again, letter by letter: attachment 2 as Excel and Word, the inspection
ledger as Excel and CSV. The texts are whatever somebody may type: numbers at the beginning of lines, signs of formulas,
labels of the form, letters beyond the first plane, what no file can hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qingfeng.apps.base.documents import docx_reader, docx_writer, word_tables
from qingfeng.apps.base.documents.attachments import InspectionSheetData, attachment_2
from qingfeng.apps.base.documents.excel import to_xlsx
from qingfeng.apps.base.documents.ledger_files import content_of
from qingfeng.apps.base.documents.numbered_lists import JOINER, items, numbered
from qingfeng.apps.base.documents.papers import printable
from qingfeng.apps.base.documents.word import described
from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.records import table_reader, workbooks
from qingfeng.apps.base.web.ledgers import Extract
from qingfeng.apps.work.inspections.models import Sheet, SheetKind
from qingfeng.apps.work.problems import official
from qingfeng.apps.work.problems.imports import ReadSheet, read_sheets
from qingfeng.apps.work.problems.imports.boxes import PAPER, box_named
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.spellings import is_nothing

SMALL = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = (
    *("名册未公示", "签字不全", "发放台账", "8月", "1.5万元", "２０２６", "林晓禾", "abc", "x", "0", "7"),
    *(
        "1. ",
        "2. ",
        "2、",
        "３．",
        "（1）",
        "(2)",
        "①",
        "②",
        "；",
        ";",
        "。",
        "，",
        ",",
        "：",
        ":",
        "、",
        "/",
        "-",
    ),
    *("\n", "\n\n", "\t", " ", "\u3000", "\u00a0", "\r\n", "\r", "\u2028", "\x85"),
    *("=1+1", "+86", "-2", "@x", "＝", "'", "''=", '"', '""', "“", "<b>", "&amp;", "_x0041_", "%s", "\\n"),
    *(
        "填报单位：",
        "编号：",
        "填报时间：",
        "检查人员：",
        "注：",
        "合计",
        "共1条。筛选：无",
        "口径：",
        "无",
        "整改台账",
    ),
    *("𠮷", "镕", "😀", "e\u0301", "\u200b", "\ufeff", "\ud800", "\x00", "\x0b", "\ufffe"),
)
UNITS = ("临江街道", "柳荫社区", "清河区第二小学（北校区）", "区水务局")
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def meant(text: str) -> str:
    """What there is of a text once it has been entered and written: no blanks around it, nothing that no file holds."""
    return printable(text).strip()


def says_something(text: str) -> bool:
    text = meant(text)
    return bool(text) and not is_nothing(text) and box_named(text) not in PAPER and JOINER not in text


def texts(most: int) -> st.SearchStrategy[str]:
    put_together = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
    long = st.integers(most // 2, most).map(lambda length: ("问" * length)[:most])
    return st.one_of(put_together, put_together, st.text(max_size=60), long).filter(says_something)


@st.composite
def sheets(draw: st.DrawFn) -> InspectionSheetData:
    """Attachment 2 as it may be filled in. The words of a box go into a cell of Excel, which holds 32,000 letters."""
    problems = draw(st.lists(texts(4000), max_size=5))
    day = draw(DAYS)
    due = st.one_of(st.none(), DAYS)
    names = st.sampled_from(("", "林晓禾", "陈立群", "阿依·努尔"))
    count = len(problems)
    return InspectionSheetData(
        subject="专项治理",
        filing_body=draw(st.sampled_from(UNITS)),
        sheet_no=f"自检{draw(st.integers(1, 999))}号",
        filled_on=day + timedelta(draw(st.integers(0, 60))),
        inspected_on=day,
        inspected_unit=draw(st.sampled_from(UNITS)),
        inspectors=draw(texts(180).filter(lambda text: len(meant(text)) <= 200)),
        content=draw(texts(5000)),
        problems=problems,
        suggestions=draw(st.lists(texts(1500), max_size=4)),
        due_dates=draw(st.lists(due, min_size=max(count, 1), max_size=max(count, 1))),
        responsible=draw(st.lists(names, min_size=count, max_size=count)),
    )


def check_same(data: InspectionSheetData, read: ReadSheet) -> None:
    assert read.faults == (), [str(fault) for fault in read.faults]
    assert (read.filing_body, read.inspected_unit) == (data.filing_body, data.inspected_unit)
    assert (read.filled_on, read.inspected_on) == (data.filled_on, data.inspected_on)
    assert (read.inspectors, read.content) == (meant(data.inspectors), meant(data.content))
    assert [problem.text for problem in read.problems] == [meant(text) for text in data.problems]
    assert list(read.suggestions) == [meant(text) for text in data.suggestions]
    if data.problems:
        assert [problem.due_date for problem in read.problems] == list(data.due_dates)
        assert [problem.responsible for problem in read.problems] == list(data.responsible)
    else:
        assert read.due_date == data.due_dates[0]


@pytest.fixture(autouse=True)
def read_here() -> Iterator[None]:
    """Tables are read in this process, which is the same program and quicker."""

    def answer(content: bytes) -> Any:
        return json.loads(json.dumps(docx_reader.answer(content)))

    def cells(_reader: str, content: bytes) -> bytes:
        return b"".join(table_reader.lines(content))

    with (
        mock.patch.object(word_tables, "_asked", answer),
        mock.patch.object(workbooks, "answer_of", cells),
    ):
        yield


@settings(SMALL, max_examples=60)
@given(st.lists(st.text(st.sampled_from("".join(PIECES)), max_size=30).filter(says_something), max_size=6))
@example(["a\n2. b", "c；", "①d", "3. e"])
def test_a_numbered_list_is_told_apart_again(given_items: list[str]) -> None:
    wanted = [meant(text) for text in given_items]
    assert [item for item in items(numbered(wanted)) if item] == wanted


@pytest.mark.slow
@SMALL
@given(sheets())
def test_attachment_2_as_excel_comes_back_as_it_went(data: InspectionSheetData) -> None:
    (read,) = read_sheets(to_xlsx(attachment_2(data)), "检查台账.xlsx")
    assert read.stated_no == data.sheet_no
    check_same(data, read)


@pytest.mark.slow
@SMALL
@given(sheets())
def test_attachment_2_as_word_comes_back_as_it_went(data: InspectionSheetData) -> None:
    content = docx_writer.write(json.loads(json.dumps(described(attachment_2(data)))))
    (read,) = read_sheets(content, "检查台账.docx")
    assert read.stated_no == data.sheet_no
    check_same(data, read)


def ledger(rows: Sequence[InspectionSheetData], kind: str) -> bytes:
    """The inspection ledger in the columns of its paper, over records that no database knows."""
    with mock.patch.multiple(official, paper_columns=lambda *_: [], stated_columns=lambda *_: []):
        form = official.official_sheets(mock.Mock(), mock.Mock(short_title="专项治理"))
    records = [record(data, number) for number, data in enumerate(rows, 1)]
    extract = Extract(form.title, form.columns, records, "一次检查计一张。")
    return content_of(extract, kind, "林晓禾", filed_by="区专治办")


def record(data: InspectionSheetData, number: int) -> Sheet:
    body = Unit(name=data.filing_body, short_name=data.filing_body)
    unit = Unit(name=data.inspected_unit, short_name=data.inspected_unit)
    days = {"filled_on": data.filled_on, "inspected_on": data.inspected_on, "due_date": data.due_dates[0]}
    sheet = Sheet(
        filing_unit=body, inspected_unit=unit, kind=SheetKind.SELF_INSPECTION, number=number, **days
    )
    sheet.inspectors, sheet.content = data.inspectors, data.content
    problems = [
        Problem(text=meant(text), first_due_date=day, responsible_name=name)
        for text, day, name in zip(data.problems, data.due_dates, data.responsible, strict=False)
    ]
    official._say(sheet, problems, [meant(text) for text in data.suggestions])
    return sheet


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@SMALL
@given(rows=st.lists(sheets(), min_size=1, max_size=3))
def test_the_inspection_ledger_comes_back_as_it_went(kind: str, rows: list[InspectionSheetData]) -> None:
    read = read_sheets(ledger(rows, kind), f"检查台账.{kind}")
    assert len(read) == len(rows)
    for number, (data, one) in enumerate(zip(rows, read, strict=True), 1):
        assert one.stated_no == f"{data.filing_body}自检{number}号"
        check_same(data, one)
