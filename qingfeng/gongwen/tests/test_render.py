"""Rendered documents: held against the standard by the checker, and on paper by measuring the PDF."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader

from qingfeng.gongwen import Unusable, pdf, render
from qingfeng.gongwen.check import check
from qingfeng.gongwen.tests import measuring
from qingfeng.gongwen.tests.sources import IMPRINT, SENTENCE, corpus, source, table
from tests.environment.needs import need

CORPUS = dict(corpus())


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 60


@pytest.mark.parametrize("name", CORPUS)
def test_what_is_rendered_departs_from_nothing(name: str) -> None:
    made = render(CORPUS[name], settle=False)
    assert [departure.sentence() for departure in check(made.docx)] == []


@pytest.fixture(scope="module")
def office() -> None:
    if pdf.office() is None:
        need("LibreOffice is not installed")


def on_paper(text: str, folder: Path | None = None) -> list[list[measuring.Line]]:
    made = render(text, folder=folder, as_pdf=True)
    assert made.pdf is not None
    pages = measuring.pages(made.pdf)
    assert len(pages) == made.pages
    return pages


@pytest.mark.slow
@pytest.mark.usefixtures("office")
def test_a_full_page_has_22_lines_of_28_characters() -> None:
    text = "各级各部门要认真履行职责切实加强组织领导周密部署安排确保各项工作落到实处取得实效" * 60
    pages = on_paper(source(text))
    full = measuring.in_type_area(pages[1])
    assert len(full) == 22
    assert {len(line.text) for line in full} == {28}
    assert all(abs(line.left - 28) < 0.6 for line in full)
    steps = {round(one.down - two.down, 1) for two, one in itertools.pairwise(full)}
    assert steps <= {10.2, 10.1, 10.3}


@pytest.mark.slow
@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("lines", [1, 9, 20, 31])
def test_the_imprint_stands_at_the_foot_of_the_last_even_page(lines: int) -> None:
    pages = on_paper(source("\n\n".join([SENTENCE] * lines), **IMPRINT))
    assert len(pages) % 2 == 0
    last = measuring.in_type_area(pages[-1])
    assert last[-1].text.replace(" ", "") == "云汀区治理办2026年3月6日印发"
    assert 297 - 35 - 12 < last[-1].down < 297 - 35
    assert last[-2].text.replace(" ", "").startswith("抄送：区委办公室，区政府办公室。")


@pytest.mark.slow
@pytest.mark.usefixtures("office")
def test_page_numbers_stand_outside_seven_millimetres_below_the_type_area() -> None:
    pages = on_paper(source("\n\n".join([SENTENCE] * 30)))
    numbers = [page[-1] for page in pages]
    assert [line.text.strip() for line in numbers] == [f"— {n} —" for n in range(1, len(pages) + 1)]
    assert numbers[0].left > 150 and numbers[1].left < 40
    assert all(265 < line.down < 273 for line in numbers)


@pytest.mark.slow
@pytest.mark.usefixtures("office")
def test_no_page_holds_a_signature_alone() -> None:
    for lines in (7, 10):
        pages = on_paper(source("\n\n".join([SENTENCE] * lines)))
        signed = next(
            page for page in pages if any("2026年3月5日" in line.text.replace(" ", "") for line in page)
        )
        assert len(measuring.in_type_area(signed)) > 2


@pytest.mark.slow
@pytest.mark.usefixtures("office")
def test_a_letter_has_no_number_on_its_first_page_and_its_mark_above_the_type_area() -> None:
    pages = on_paper(CORPUS["函30"])
    assert not any("—" in line.text for line in pages[0])
    assert pages[0][0].text == "云汀区专项治理工作领导小组" and 30 < pages[0][0].down < 46
    assert pages[1][-1].text.strip() == "— 2 —"


@pytest.mark.slow
@pytest.mark.usefixtures("office")
def test_a_wide_table_lies_on_a_turned_page_with_its_title() -> None:
    made = render(CORPUS["附件横排"], as_pdf=True)
    assert made.pdf is not None
    turned = [
        page for page in PdfReader(io.BytesIO(made.pdf)).pages if page.mediabox.width > page.mediabox.height
    ]
    assert (
        len(turned) == 1 and "附件2" in turned[0].extract_text() and "情况统计表" in turned[0].extract_text()
    )


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


@pytest.mark.parametrize(
    ("content", "said"), [(b"not a picture", "不是可用的图片"), (b"\x00" * 21_000_000, "超过20MB")]
)
def test_a_picture_that_is_none_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(content)
    with pytest.raises(Unusable, match=said):
        render(source("![图](图.png)"), folder=tmp_path, settle=False)


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
