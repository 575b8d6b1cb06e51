"""Rendered documents held against the standard by the checker; on paper they are measured in test_on_paper."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qingfeng.gongwen import fonts, render
from qingfeng.gongwen.check import check
from qingfeng.gongwen.tests.sources import corpus, source, table

CORPUS = dict(corpus())


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 60


@pytest.mark.parametrize("name", CORPUS)
def test_what_is_rendered_departs_from_nothing(name: str) -> None:
    made = render(CORPUS[name], settle=False)
    assert [departure.sentence() for departure in check(made.docx)] == []


def test_nothing_is_embedded_and_the_faces_have_stand_ins() -> None:
    made = zipfile.ZipFile(io.BytesIO(render(source(), settle=False).docx))
    assert not [name for name in made.namelist() if "fonts/" in name]
    assert (
        "仿宋_GB2312" in made.read("word/fontTable.xml").decode()
        and "FangSong" in made.read("word/fontTable.xml").decode()
    )


def test_a_picture_is_fitted_to_the_type_area(tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(png(3000, 10))
    made = zipfile.ZipFile(
        io.BytesIO(render(source("文。\n\n![图1 流程](图.png)"), folder=tmp_path, settle=False).docx)
    )
    document = made.read("word/document.xml").decode()
    width = int(document.split('wp:extent cx="')[1].split('"')[0])
    assert width <= 156 * 36000 + 1 and "图1 流程" in document


def test_a_table_wider_than_a_page_is_fitted_to_a_turned_one() -> None:
    made = render(source(f"文。\n\n{table(22, 3)}"), settle=False)
    document = zipfile.ZipFile(io.BytesIO(made.docx)).read("word/document.xml").decode()
    grid = document.split("<w:tblGrid>")[1].split("</w:tblGrid>")[0]
    widths = [int(part.split('"')[0]) for part in grid.split('w:w="')[1:]]
    assert (
        len(widths) == 22
        and sum(widths) <= (297 - 37 - 35) / 25.4 * 1440 + 2
        and 'w:orient="landscape"' in document
    )


def png(width: int, height: int) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\xff" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_a_figure_list_of_two_thousand_rows_is_written_whole() -> None:
    """lxml takes minutes to move such a table from tree to tree; it is parsed where it stays."""
    made = render(source(f"文。\n\n{table(4, 2000)}"), settle=False)
    document = zipfile.ZipFile(io.BytesIO(made.docx)).read("word/document.xml")
    assert document.count(b"<w:tr>") == 2001


def test_what_is_missing_is_printed_with_its_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", lambda: frozenset({"Noto Serif CJK SC", "黑体", "宋体", "仿宋"}))
    settings = ElementTree.fromstring(fonts.substitutions().split("?>")[1])
    rules = {
        rule.findtext("test/string"): rule.findtext("edit/string") for rule in settings.iterfind("match")
    }
    assert rules == {
        "方正小标宋简体": "宋体",
        "仿宋_GB2312": "仿宋",
        "楷体_GB2312": "Noto Serif CJK SC",
        "楷体": "Noto Serif CJK SC",
        "华文中宋": "宋体",
    }
    monkeypatch.setattr(fonts, "installed", lambda: None)
    assert fonts.substitutions() == ""
