"""What people hand in by mistake: each is told in one Chinese sentence with the place and what to do (issue 5, §5)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from qingfeng.gongwen import Unusable, pdf, read_source, render
from qingfeng.gongwen.check import check, facts
from qingfeng.gongwen.cli import application
from qingfeng.gongwen.tests.sources import SENTENCE, source, table

HEAD = "---\nkind: 通知\nissuer: 甲\ntitle: 关于乙的通知\ndate: 2026-03-05\n"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", "开头", "文稿是空的"),
        ("  \n\n", "开头", "文稿是空的"),
        (source(adressees="甲"), "头部“adressees”", "是否想写 addressees（主送机关）"),
        (source(title=None), "头部", "缺少 title（标题）"),
        (source(kind="[通知, 通报]"), "头部“kind”", "只能写一个"),
        (source(title="[关于甲的通知, 关于乙的通知]"), "头部“title”", "只能写一个"),
        (f"{HEAD}title: 关于丙的通知\n---\n文。", "第6行", "title 写了两次"),
        (f"{HEAD}note: &a 内容\n---\n文。", "头部", "不能用 & 和 * 引用"),
        (source("各单位于{{报送日期}}前报送。"), "第10行", "模板栏目“{{报送日期}}”没有填上"),
        (source("文。", title="关于${事项}的通知"), "第5行", "模板栏目“${事项}”没有填上"),
        (source("文\x07。"), "第10行", "看不见的控制字符"),
        (source("见[平台](http://example.invalid/a)。"), "正文“见[平台]", "不能写链接"),
        (source(" \n\n"), "正文", "没有内容"),
        (source(table(70, 2)), "表格“项目1、项目2、项目3”", "有70栏，横排的一面也放不下"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_become_a_document_is_told_where_and_why(
    text: str, place: str, said: str
) -> None:
    with pytest.raises(Unusable) as refused:
        render(text, settle=False)
    assert refused.value.place.startswith(place) and said in refused.value.reason


def test_a_figure_of_the_front_matter_stays_as_it_was_written() -> None:
    read = read_source(source(copy_no="000012", secrecy="秘密★1年", seal="no"))
    assert (read.copy_no, read.seal) == ("000012", False)


def test_an_address_written_out_stays_in_the_text() -> None:
    made = render(source("网址为 <http://example.invalid/a>。"), settle=False)
    assert "http://example.invalid/a" in _text(made.docx)


def _text(content: bytes) -> str:
    return "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (b"\n\n", "是空文件"),
        (b"PK\x03\x04\x14\x00", "是 Word 或压缩文件，不是文稿"),
        (b"\xff\xff\x00\x81", "不是文字文件"),
        (b"x" * 5_000_001, "超过5MB"),
    ],
)
def test_a_file_that_is_no_source_is_named(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "文.md").write_bytes(content)
    done = _command("render", str(tmp_path / "文.md"), "--out", str(tmp_path / "文.docx"))
    assert done.exit_code == 2 and "“文.md”" in done.output and said in done.output
    assert not (tmp_path / "文.docx").exists()


def test_without_libreoffice_the_word_file_is_made_and_the_missing_pdf_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "office", lambda: None)
    (tmp_path / "文.md").write_text(source(), encoding="utf-8")
    done = _command("render", str(tmp_path / "文.md"), "--out", str(tmp_path / "文.docx"), "--pdf")
    assert done.exit_code == 2 and "没有生成 PDF：本机没有安装 LibreOffice" in done.output
    assert check(tmp_path / "文.docx") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_usual_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "文.md").write_bytes(source("王喆参加了检查。").encode(encoding))
    done = _command("render", str(tmp_path / "文.md"), "--out", str(tmp_path / "文.docx"))
    assert done.exit_code == 0 and "王喆参加了检查。" in _text((tmp_path / "文.docx").read_bytes())


def _command(*words: str):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(application, list(words))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是可用的图片"),
        (b"not a picture", "不是可用的图片"),
        (b"\x00" * 20_000_001, "超过20MB"),
    ],
)
def test_a_picture_that_cannot_be_used_is_named(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(content)
    with pytest.raises(Unusable, match=f"图片“图.png”.*{said}"):
        render(source("![图](图.png)"), folder=tmp_path, settle=False)


def test_a_small_file_of_a_vast_picture_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(_head_of_png(30_000, 30_000))
    with pytest.raises(Unusable, match="30000×30000个像素"):
        render(source("![图](图.png)"), folder=tmp_path, settle=False)


def test_a_word_file_with_a_macro_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(_packed(macro=True))
    with pytest.raises(Unusable, match="不是可用的图片"):
        render(source("![图](图.png)"), folder=tmp_path, settle=False)


def _head_of_png(width: int, height: int) -> bytes:
    """A picture's file as far as its measures are read."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def _packed(*, macro: bool = False, kind: str = "", settings: str = "") -> bytes:
    """A document of ours, changed in its package: a macro put in, its kind changed, its settings linked."""
    made = io.BytesIO(render(source(), settle=False).docx)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if kind and info.filename == "[Content_Types].xml":
                usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                assert usual in content
                content = content.replace(usual, kind.encode())
            new.writestr(info, content)
        if macro:
            new.writestr("word/vbaProject.bin", b"x")
        if settings:
            new.writestr("word/_rels/settings.xml.rels", settings)
    return out.getvalue()


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"


@pytest.mark.parametrize(
    ("kind", "said"), [(MACRO, "带宏的 Word 文件（.docm）"), (TEMPLATE, "是 Word 模板（.dotx）")]
)
def test_a_docm_or_a_template_is_told_apart_from_a_broken_file(kind: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "来文.docx"
    file.write_bytes(_packed(kind=kind))
    with pytest.raises(Unusable) as refused:
        check(file)
    assert refused.value.place == "“来文.docx”" and said in refused.value.reason


def test_a_macro_inside_a_docx_is_a_departure() -> None:
    assert [departure.rule for departure in check(_packed(macro=True))] == ["macro"]


def test_a_template_fetched_from_elsewhere_is_a_departure() -> None:
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://example.invalid/a.dotm" TargetMode="External"/></Relationships>'
    )
    assert [departure.rule for departure in check(_packed(settings=link))] == ["external"]


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "来文.docx"
    with file.open("wb") as written:
        written.truncate(50_000_001)
    with pytest.raises(Unusable, match="“来文.docx”：超过50MB"):
        check(file)


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "MOST_TEXT", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("[Content_Types].xml", "<Types/>")
        new.writestr("word/document.xml", b" " * 1_000_001)
    assert len(out.getvalue()) < 2000
    with pytest.raises(Unusable, match="解开后的内容过大"):
        check(out.getvalue())


def test_a_table_too_wide_for_an_upright_page_is_turned_and_named_in_no_error() -> None:
    made = render(source(f"{SENTENCE}\n\n{table(20, 2)}"), settle=False)
    assert b'w:orient="landscape"' in zipfile.ZipFile(io.BytesIO(made.docx)).read("word/document.xml")
