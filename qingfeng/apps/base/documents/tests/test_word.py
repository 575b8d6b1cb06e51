"""Forms as Word files, written by a process of their own."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace

import docx
import pytest

from qingfeng.apps.base.documents.attachments import attachment_2, attachment_4
from qingfeng.apps.base.documents.tests.papers import INSPECTION, monthly
from qingfeng.apps.base.documents.word import to_docx

pytestmark = pytest.mark.slow


def test_the_file_holds_the_boxes_of_the_form() -> None:
    document = docx.Document(io.BytesIO(to_docx(attachment_2(INSPECTION))))
    head, body = document.tables
    assert document.paragraphs[0].text == "开展专项治理工作检查台账"
    assert head.rows[0].cells[0].text == "填报单位（盖章）：临江街道"
    assert [row.cells[0].text for row in body.rows] == [
        "时间",
        "检查人员",
        "发现的问题",
        "整改建议",
        "整改时限",
    ]
    assert body.rows[2].cells[1].text == "1. 入户记录缺签字\n2. =1+1 窗口无值班表"


def test_each_page_of_the_monthly_form_has_its_own_title_and_repeated_head() -> None:
    document = docx.Document(io.BytesIO(to_docx(attachment_4(monthly(6)))))
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "开展专项治理工作月报表"
    ] * 2
    assert len(document.sections) == 2 and all(s.page_width > s.page_height for s in document.sections)
    repeated = [table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in document.tables[1::2]]
    assert all(repeated)


def test_the_official_fonts_are_named_with_their_fall_backs_and_not_embedded() -> None:
    document = docx.Document(io.BytesIO(to_docx(attachment_2(INSPECTION))))
    names = [str(part.partname) for part in document.part.package.iter_parts()]
    fonts = next(part for part in document.part.package.iter_parts() if "fontTable" in str(part.partname))
    assert 'w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK,' in fonts.blob.decode()
    assert not [name for name in names if name.endswith((".odttf", ".ttf"))]


def test_odd_letters_do_not_break_it() -> None:
    data = replace(INSPECTION, content="一\x0b二<&>\ud83d")
    document = docx.Document(io.BytesIO(to_docx(attachment_2(data))))
    assert document.tables[1].rows[1].cells[-1].text == "一二<&>"


def test_the_web_process_never_loads_the_word_library() -> None:
    check = "import sys, qingfeng.apps.base.documents.word; print('docx' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
