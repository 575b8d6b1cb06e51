"""A file is what its bytes say; what lies about itself is refused with its name."""

from __future__ import annotations

import io
import zipfile

import pytest

from qingfeng.apps.base.records.files import EVIDENCE, content_of, kind_of, orphans, path_of, safe_name, store
from qingfeng.apps.base.records.models import FileKind, StoredFile
from qingfeng.apps.base.web.errors import BadInput
from tests.cast import Cast
from tests.wrong_input.made_up import (
    INSTALLER,
    LOCKED_DOC,
    LOCKED_NEW,
    LOCKED_PDF,
    LOCKED_XLS,
    compound,
    xls,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PNG, "照片.png", FileKind.PNG),
        (b"%PDF-1.7 ...", "扫描.pdf", FileKind.PDF),
        (zipped("word/document.xml"), "说明.docx", FileKind.DOCX),
        (zipped("xl/workbook.xml"), "台账.xlsx", FileKind.XLSX),
        ("整改说明".encode(), "说明.txt", FileKind.TEXT),
        ("整改说明".encode("gb18030"), "说明.txt", FileKind.TEXT),
        ("整改说明".encode("utf-16"), "说明.txt", FileKind.TEXT),
        ("整改说明, 3 条\r\n".encode("utf-16-le"), "说明.txt", FileKind.TEXT),
        (compound("WordDocument"), "说明.doc", FileKind.DOC),
        (xls("plain"), "台账.xls", FileKind.XLS),
        (b"<!DOCTYPE html><p>x", "方案.html", FileKind.HTML),
    ],
)
def test_the_content_tells_the_kind(content: bytes, name: str, kind: FileKind) -> None:
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "空.pdf", "是空的"),
        (b"MZ\x90\x00\x03\x00\x00\x00" * 8, "工具.txt", "不是可接收的类型"),
        (b"MZ\x90\x00" * 8, "照片.png", "不是可接收的类型"),
        (PNG, "照片.pdf", "与扩展名不符"),
        (zipped("other"), "包.docx", "是压缩包"),
        (zipped("word/document.xml")[:40], "说明.docx", "可能已损坏"),
        (b"Rar!\x1a\x07\x00", "材料.rar", "请解压后逐个上传"),
        (b"@echo off", "清理.bat", "是程序"),
        (b"#!/bin/sh\nrm", "说明.txt", "是程序"),
        (INSTALLER, "安装.doc", "不是可接收的类型"),
        (b"\x00\x00\x00\x18ftypheic", "照片.jpg", "转成JPG"),
        (LOCKED_NEW, "台账.xlsx", "设了密码"),
        (LOCKED_NEW, "说明.docx", "设了密码"),
        (LOCKED_XLS, "台账.xls", "设了密码"),
        (LOCKED_DOC, "说明.doc", "设了密码"),
        (compound("WordDocument"), "说明.xls", "与扩展名不符"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # a packed file holds the second of its making
)
def test_what_is_not_what_it_says_is_refused(content: bytes, name: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        kind_of(content, name)


@pytest.mark.parametrize("name", ["../../etc/照片.png", r"C:\temp\照片.png", "照片.png"])
def test_a_path_in_the_name_is_left_out(name: str) -> None:
    assert safe_name(name) == "照片.png"


def test_a_stored_file_is_found_again_and_an_altered_one_is_named(cast: Cast) -> None:
    stored = store(name="照片.png", content=PNG, by=cast.clerk)
    assert content_of(stored) == PNG and orphans() == []
    path_of(stored.id).write_bytes(PNG + b"x")
    with pytest.raises(BadInput, match="摘要不符"):
        content_of(stored)


def test_a_page_of_html_is_no_evidence(cast: Cast) -> None:
    assert FileKind.HTML not in EVIDENCE
    with pytest.raises(BadInput, match="不接收"):
        store(name="页.html", content=b"<html></html>", by=cast.clerk)


def test_evidence_that_asks_for_a_password_is_none(cast: Cast) -> None:
    with pytest.raises(BadInput, match="“打印为PDF”"):
        store(name="扫描.pdf", content=LOCKED_PDF, by=cast.clerk)
    assert not StoredFile.objects.exists() and orphans() == []


def test_a_file_beyond_the_limit_is_refused(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(BadInput, match="超过"):
        store(name="照片.png", content=PNG, by=cast.clerk)
