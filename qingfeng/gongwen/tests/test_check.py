"""The checker on papers made apart from it: forty with one planted fault each, ten without any."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qingfeng.gongwen import Unusable, render
from qingfeng.gongwen.check import Departure, check
from qingfeng.gongwen.cli import application
from qingfeng.gongwen.tests.planted import clean, planted
from qingfeng.gongwen.tests.sources import source

PLANTED = {name: (made, fault, words) for name, made, fault, words in planted()}
CLEAN = clean()


@cache
def told(name: str) -> list[Departure]:
    """What the checker says of a paper with a planted fault."""
    return check(PLANTED[name][0]())


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found_with_its_place(name: str) -> None:
    _made, fault, words = PLANTED[name]
    sentences = [departure.sentence() for departure in told(name)]
    assert any(word in sentence for sentence in sentences for word in words), (fault, sentences)


@pytest.mark.parametrize("name", CLEAN)
def test_a_faultless_paper_raises_nothing(name: str) -> None:
    assert [departure.sentence() for departure in check(CLEAN[name]())] == []


def test_one_fault_is_told_as_one_kind() -> None:
    kinds = {name: {one.rule for one in told(name)} for name in PLANTED}
    assert sum(len(found) > 1 for found in kinds.values()) <= 1, kinds


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "旧的 .doc 或加了密码"),
        (b"PK\x03\x04nothing", "不是可读的 .docx"),
        (b"hello", "不是可读的 .docx"),
    ],
)
def test_what_is_no_document_is_named(content: bytes, said: str) -> None:
    with pytest.raises(Unusable, match=said):
        check(content)


def test_macros_and_links_to_other_files_are_told() -> None:
    made = io.BytesIO(render(source(), settle=False).docx)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/_rels/document.xml.rels":
                link = (
                    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
                    b' Target="file:///C:/a.png" TargetMode="External"/></Relationships>'
                )
                content = content.replace(b"</Relationships>", link)
            new.writestr(info, content)
        new.writestr("word/vbaProject.bin", b"x")
    assert {departure.rule for departure in check(out.getvalue())} == {"macro", "external"}


def test_the_commands_render_and_check(tmp_path: Path) -> None:
    (tmp_path / "文.md").write_bytes(source().encode("gb18030"))
    made = tmp_path / "文.docx"
    done = CliRunner().invoke(application, ["render", str(tmp_path / "文.md"), "--out", str(made)])
    assert done.exit_code == 0 and "已生成 文.docx" in done.output
    assert CliRunner().invoke(application, ["check", str(made)]).exit_code == 0
    (tmp_path / "坏.md").write_text("没有头部", encoding="utf-8")
    failed = CliRunner().invoke(application, ["render", str(tmp_path / "坏.md"), "--out", str(made)])
    assert failed.exit_code == 2 and "缺少写明文种" in failed.output
    assert CliRunner().invoke(application, ["check", str(tmp_path / "没有.docx")]).exit_code == 2
