"""A file is what its bytes say; what lies about itself is refused with its name."""

from __future__ import annotations

import io
import zipfile

import pytest

from qingfeng.apps.base.records.files import EVIDENCE, content_of, kind_of, orphans, path_of, safe_name, store
from qingfeng.apps.base.records.models import FileKind
from qingfeng.apps.base.web.errors import BadInput
from tests.cast import Cast

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
        (zipped("other"), "包.docx", "不是可接收的类型"),
    ],
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


def test_a_file_beyond_the_limit_is_refused(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(BadInput, match="超过"):
        store(name="照片.png", content=PNG, by=cast.clerk)
