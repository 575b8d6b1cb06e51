"""A genuine .xls (BIFF8), which LibreOffice writes from a workbook of the day, is read like its twin."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from qingfeng.screening.cleaning import ids
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.store import ingest

KEYS = Keys(b"a made-up key of enough length")
FIRST17 = "99010119400302001"
ID = FIRST17 + ids.check_digit(FIRST17)
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
OLE = b"\xd0\xcf\x11\xe0"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        OFFICE is None and not os.environ.get("QINGFENG_REQUIRE_ALL"), reason="needs LibreOffice"
    ),
]


def workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("发放")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, ["清河区补贴发放明细"])
    page.write_row(1, 0, ["补贴项目", "姓名", "身份证号", "发放日期", "金额"])
    for row, (name, amount) in enumerate([("张三", 600.5), ("李四", 700)], start=2):
        page.write_row(row, 0, ["低保", name, ID])
        page.write_datetime(row, 3, datetime.datetime(2026, 3, 1), day)
        page.write_number(row, 4, amount)
    page.write_row(4, 0, ["低保", "王五", None])
    page.write_number(4, 2, 990101194003020000)
    page.write_datetime(4, 3, datetime.datetime(2026, 3, 1), day)
    page.write_number(4, 4, 800)
    book.close()


def test_an_old_workbook_is_read_like_its_twin(tmp_path: Path) -> None:
    new = tmp_path / "new"
    old = tmp_path / "old"
    new.mkdir()
    workbook(new / "补贴.xlsx")
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "xls:MS Excel 97", "--outdir", old, new / "补贴.xlsx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert (old / "补贴.xls").read_bytes().startswith(OLE)
    read = []
    for folder in (new, old):
        store = ingest(folder, tmp_path / f"store {folder.name}", keys=KEYS, memory_limit="500MB", threads=1)
        found = (
            store.connect()
            .execute(
                "SELECT source_sheet, source_row, name, person_key, pay_date, amount FROM payments ORDER BY rec"
            )
            .fetchall()
        )
        read.append((found, [one["reason"] for one in store.report[0]["warnings"]]))
    assert read[0] == read[1]
    rows, warnings = read[1]
    assert rows[0] == ("发放", 3, "张*", KEYS.person(ID), datetime.date(2026, 3, 1), 60050)
    assert rows[2][3] is None and "浮点数" in warnings[0]
