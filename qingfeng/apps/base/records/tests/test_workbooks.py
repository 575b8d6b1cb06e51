"""Tables as offices send them are read apart from the platform: the cells are the same, what would do harm is refused."""

from __future__ import annotations

import resource
import struct
import subprocess
import sys
import threading
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
import xlsxwriter

from qingfeng.apps.base.records import limited_readers, table_reader
from qingfeng.apps.base.records.directories import names_within
from qingfeng.apps.base.records.limited_readers import TooMuch, Unread, answer_of
from qingfeng.apps.base.records.workbooks import Worksheet, read_worksheets, worksheets_said
from qingfeng.apps.base.web.errors import BadInput


def workbook(*rows: tuple[object, ...]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet("台账")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def test_cells_come_back_as_the_library_gives_them() -> None:
    moment = datetime(2026, 6, 8, 9, 30)
    (sheet,) = read_worksheets(workbook(("事项", 3, 2.5, moment, True), ("一\n二", "", "“引”")), "台账.xlsx")
    assert sheet == Worksheet("台账", [["事项", 3, 2.5, moment, True], ["一\n二", "", "“引”", "", ""]])


def test_days_and_times_are_told_apart_from_texts() -> None:
    cells = [date(2026, 6, 8), time(9, 30), timedelta(1, 2, 3), "2026-06-08", float("inf")]
    line = table_reader._line({"name": None, "rows": [cells], "merged": [(0, 0, 1, 1)]})
    assert worksheets_said([line], "表.csv") == [Worksheet("表", [cells], ((0, 0, 1, 1),))]


def test_a_small_file_that_unpacks_to_gigabytes_of_cells_is_refused_and_nothing_of_it_reaches_the_platform() -> (
    None
):
    content = workbook(*[("长" * 30_000,) * 20] * 3_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadInput, match="“炸弹.xlsx”内容过多.*请分成几个文件"):
        read_worksheets(content, "炸弹.xlsx")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # KiB


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"," * 1_100_000, "表格范围过大"),
        (b"\n" * 1_100_000, "表格范围过大"),
        (b"PK\x03\x04 and no more", "可能已损坏"),
        (b"", "是空的"),
    ],
)
def test_a_table_that_is_too_wide_too_long_or_none_is_refused_in_a_sentence(
    content: bytes, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        read_worksheets(content, "台账.csv")


def test_a_file_with_more_letters_than_the_platform_can_hold_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table_reader, "MOST_LETTERS", 100)
    assert list(table_reader.lines(workbook(("字" * 101,)))) == [b'{"fault":"large"}\n']


def test_a_file_that_takes_too_long_is_given_up_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_readers, "PATIENCE", 0.01)
    with pytest.raises(BadInput, match="内存或时间超出限度"):
        read_worksheets(workbook(("慢",)), "慢.xls")


@pytest.mark.slow
@pytest.mark.parametrize(
    "harm", ["bytearray(1 << 40)", "bytearray(300 << 20)", "[0 for n in iter(int, 1)]", "os.abort()"]
)
def test_the_limits_end_the_reader_and_nobody_else(harm: str) -> None:
    limits = "from qingfeng.apps.base.records.reading_limits import bounded; bounded(200 << 20, 1)"
    done = subprocess.run(
        [sys.executable, "-c", f"import os; {limits}; {harm}"], capture_output=True, check=False
    )
    assert done.returncode != 0


def test_a_reader_that_fails_is_told_apart_from_one_that_is_ended() -> None:
    with pytest.raises(Unread) as failed:
        answer_of("qingfeng.apps.base.records.no_such_reader", b"")
    assert not isinstance(failed.value, TooMuch)


def test_who_comes_while_all_places_are_taken_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_readers, "PATIENCE", 0.01)
    monkeypatch.setattr(limited_readers, "_places", threading.BoundedSemaphore(1))
    with limited_readers._places, pytest.raises(BadInput, match="请过一会儿再传"):
        read_worksheets(b"a,b", "表.csv")


def test_a_directory_of_too_many_entries_is_not_even_listed() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    content = out.getvalue()
    assert names_within(content) == {"xl/workbook.xml"}
    crowded = content[:-10] + struct.pack("<L", 30 << 20) + content[-6:]
    assert names_within(crowded) == frozenset()
    with pytest.raises(BadInput, match="内容过多"):
        read_worksheets(crowded, "台账.xlsx")


def test_the_reader_loads_nothing_of_the_platform() -> None:
    check = "import sys, qingfeng.apps.base.records.table_reader; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
