"""The forms as they come out of a printer: LibreOffice opens every file without complaint and lays out its pages."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from qingfeng.apps.base.documents.attachments import attachment_2, attachment_3, attachment_4
from qingfeng.apps.base.documents.excel import TableColumn, to_xlsx
from qingfeng.apps.base.documents.ledger_sheets import LedgerSheet, ledger_xlsx
from qingfeng.apps.base.documents.tests.papers import INSPECTION, RECTIFICATION, monthly
from qingfeng.apps.base.documents.word import to_docx
from qingfeng.gongwen.pdf import office

COLUMNS = [TableColumn("编号", 18), TableColumn("存在问题", 42), TableColumn("时限", 13, "date")]


def ledger(rows: int) -> bytes:
    lines = ([f"临江街道自检{number}号", "名册未公示" * (number % 30 + 1), None] for number in range(rows))
    sheet = LedgerSheet(
        "问题清单", COLUMNS, lines, lambda count: [f"共{count}条。"], "填报单位（盖章）：临江街道"
    )
    return ledger_xlsx(sheet)


def printed(folder: Path, files: dict[str, bytes]) -> dict[str, list[str]]:
    """The text of each page of each file."""
    program = office()
    if program is None:
        pytest.skip("needs LibreOffice")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command: list[Any] = [
        program,
        "--headless",
        "--norestore",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
    ]
    subprocess.run(
        [*command, *(folder / name for name in files)], capture_output=True, timeout=240, check=True
    )
    return {
        name: [page.extract_text() for page in PdfReader((folder / name).with_suffix(".pdf")).pages]
        for name in files
    }


@pytest.mark.nightly
@pytest.mark.slow
def test_each_form_takes_its_pages_and_long_ledgers_repeat_their_heads(tmp_path: Path) -> None:
    forms = {
        "two": attachment_2(INSPECTION),
        "three": attachment_3(RECTIFICATION),
        "four": attachment_4(monthly(7)),
    }
    files = {f"{name}-x.xlsx": to_xlsx(form) for name, form in forms.items()}
    files |= {f"{name}-w.docx": to_docx(form) for name, form in forms.items()}
    pages = printed(tmp_path, {**files, "ledger.xlsx": ledger(150)})
    counted = {name: len(texts) for name, texts in pages.items()}
    assert counted["two-x.xlsx"] == counted["two-w.docx"] == 1
    assert counted["three-x.xlsx"] == counted["three-w.docx"] == 1
    assert counted["four-x.xlsx"] == counted["four-w.docx"] == 2
    assert "检查台账" in pages["two-w.docx"][0] and "受检基层单位" in pages["four-x.xlsx"][1]
    heads = [text for text in pages["ledger.xlsx"] if "存在问题" in text]
    assert len(heads) == counted["ledger.xlsx"] > 3
    assert "填报单位（盖章）：临江街道" in pages["ledger.xlsx"][0] and "共150条" in pages["ledger.xlsx"][-1]
