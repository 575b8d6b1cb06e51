"""Documents on paper: lines measured in the PDF, ten papers held against the approved ones.

All are converted by LibreOffice together, at the beginning: its start costs as much as ten documents.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from qingfeng.gongwen import Unusable, pdf, read_source
from qingfeng.gongwen.service import ESTIMATED, MOVED, Rendered, is_sure, render_documents
from qingfeng.gongwen.tests import approval, measuring, pictures
from qingfeng.gongwen.tests.sources import IMPRINT, SENTENCE, corpus, source, table
from tests.environment.needs import need

pytestmark = pytest.mark.slow
CORPUS = dict(corpus())
FULL = "各级各部门要认真履行职责切实加强组织领导周密部署安排确保各项工作落到实处取得实效" * 60
SOURCES = {
    "满版": source(FULL),
    **{f"版记{lines}": source("\n\n".join([SENTENCE] * lines), **IMPRINT) for lines in (1, 9, 20, 31)},
    "页码": source("\n\n".join([SENTENCE] * 30)),
    **{f"落款{lines}": source("\n\n".join([SENTENCE] * lines)) for lines in (7, 10)},
    "独段": source(SENTENCE, attachments=["工作清单", "情况统计表"]),
    "横排在末": source(f"{SENTENCE}\n\n# 附件1 情况统计表\n\n{table(11, 12)}", **IMPRINT),
    "主送四十个": source(
        "\n\n".join([SENTENCE] * 3), addressees=[f"第{n}街道办事处" for n in range(40)], **IMPRINT
    ),
    "附注": CORPUS["附注"],
    "函30": CORPUS["函30"],
    **{name: CORPUS[name] for name in approval.NAMES},
}


@pytest.fixture(scope="module")
def papers() -> dict[str, Rendered]:
    """All of them, made and printed."""
    if pdf.office() is None:
        need("LibreOffice is not installed")
    made = render_documents([read_source(text) for text in SOURCES.values()], as_pdf=True)
    return dict(zip(SOURCES, made, strict=True))


@pytest.fixture
def on_paper(papers: dict[str, Rendered]) -> Callable[[str], list[list[measuring.Line]]]:
    """The lines of each page of a paper."""

    def lines(name: str) -> list[list[measuring.Line]]:
        printed = papers[name].pdf
        assert printed is not None
        pages = measuring.pages(printed)
        assert len(pages) == papers[name].pages
        return pages

    return lines


OnPaper = Callable[[str], list[list[measuring.Line]]]


def words(lines: list[measuring.Line]) -> str:
    return "".join("".join(line.text.split()) for line in lines)


def test_a_full_page_has_22_lines_of_28_characters(on_paper: OnPaper) -> None:
    full = measuring.in_type_area(on_paper("满版")[1])
    assert len(full) == 22
    assert {len(line.text) for line in full} == {28}
    assert all(abs(line.left - 28) < 0.6 for line in full)
    steps = {round(one.down - two.down, 1) for two, one in itertools.pairwise(full)}
    assert steps <= {10.2, 10.1, 10.3}


@pytest.mark.parametrize("name", ["版记1", "版记9", "版记20", "版记31", "横排在末", "主送四十个"])
def test_the_imprint_stands_at_the_foot_of_the_last_even_page(name: str, on_paper: OnPaper) -> None:
    pages = on_paper(name)
    assert len(pages) % 2 == 0
    last = measuring.in_type_area(pages[-1])
    assert last[-1].text.replace(" ", "") == "云汀区治理办2026年3月6日印发"
    assert 297 - 35 - 12 < last[-1].down < 297 - 35
    assert last[-2].text.replace(" ", "").startswith("抄送：区委办公室，区政府办公室。")


def test_behind_a_turned_page_the_imprint_lies_upright_and_neither_page_has_a_number(
    papers: dict[str, Rendered], on_paper: OnPaper
) -> None:
    printed = papers["横排在末"].pdf
    assert printed is not None
    turned = [page.mediabox.width > page.mediabox.height for page in PdfReader(io.BytesIO(printed)).pages]
    assert turned[-2:] == [False, False] and any(turned)
    numbered = [any("—" in line.text for line in page) for page in on_paper("横排在末")]
    assert numbered[turned.index(True)] and numbered[-1] == (turned[-3] is False)


def test_page_numbers_stand_outside_seven_millimetres_below_the_type_area(on_paper: OnPaper) -> None:
    pages = on_paper("页码")
    numbers = [page[-1] for page in pages]
    assert [line.text.strip() for line in numbers] == [f"— {n} —" for n in range(1, len(pages) + 1)]
    assert numbers[0].left > 150 and numbers[1].left < 40
    assert all(265 < line.down < 273 for line in numbers)


@pytest.mark.parametrize("name", ["落款7", "落款10", "附注"])
def test_no_page_holds_a_signature_or_a_note_alone(name: str, on_paper: OnPaper) -> None:
    pages = [measuring.in_type_area(page) for page in on_paper(name)]
    signed = next(page for page in pages if "2026年3月5日" in words(page))
    assert len(signed) > 2 and SENTENCE in words(signed)
    assert name != "附注" or "（此件公开发布）" in words(signed)


def test_the_first_page_shows_text_even_of_an_only_paragraph(on_paper: OnPaper) -> None:
    assert SENTENCE in words(on_paper("独段")[0])


def test_addressees_that_crowd_out_the_text_go_to_the_imprint(
    papers: dict[str, Rendered], on_paper: OnPaper
) -> None:
    pages = on_paper("主送四十个")
    assert SENTENCE in words(pages[0]) and "第0街道办事处" not in words(pages[0])
    last = words(measuring.in_type_area(pages[-1]))
    assert "主送：第0街道办事处，" in last and "第39街道办事处。抄送：区委办公室" in last
    assert MOVED in papers["主送四十个"].remarks


def test_a_long_list_of_copies_is_printed_to_its_end(on_paper: OnPaper) -> None:
    last = measuring.in_type_area(on_paper("长抄送")[-1])
    assert "区第19工作委员会办公室。云汀区治理办2026年3月6日印发" in words(last)


def test_a_letter_has_no_number_on_its_first_page_and_its_mark_above_the_type_area(on_paper: OnPaper) -> None:
    pages = on_paper("函30")
    assert not any("—" in line.text for line in pages[0])
    assert pages[0][0].text == "云汀区专项治理工作领导小组" and 30 < pages[0][0].down < 46
    assert pages[1][-1].text.strip() == "— 2 —"


def test_a_wide_table_lies_on_a_turned_page_with_its_title(papers: dict[str, Rendered]) -> None:
    printed = papers["附件横排"].pdf
    assert printed is not None
    pages = PdfReader(io.BytesIO(printed)).pages
    turned = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert len(turned) == 1
    text = "".join(turned[0].extract_text().split())
    assert "附件2" in text and "情况统计表" in text


@pytest.mark.parametrize("name", approval.NAMES)
def test_a_paper_looks_as_it_was_approved(name: str, papers: dict[str, Rendered]) -> None:
    printed = papers[name].pdf
    assert printed is not None
    assert approval.departures(name, printed) == []


def test_a_line_moved_by_a_line_or_a_lost_rule_is_seen() -> None:
    approved = pictures.from_png((approval.APPROVED / "通知-版记-1.png").read_bytes())
    step = round(10.2 / 25.4 * pictures.DOTS_AN_INCH) * approved.width
    moved = pictures.Picture(approved.width, approved.height, b"\xff" * step + approved.dots[:-step])
    assert pictures.difference(approved, moved) > 5 * pictures.MOST_APART
    rule = min(range(approved.height), key=lambda y: sum(_row(approved, y)))
    lost = bytearray(approved.dots)
    for y in (rule - 1, rule, rule + 1):
        lost[y * approved.width : (y + 1) * approved.width] = b"\xff" * approved.width
    without = pictures.Picture(approved.width, approved.height, bytes(lost))
    assert pictures.difference(approved, without) > pictures.MOST_APART


def _row(picture: pictures.Picture, y: int) -> bytes:
    return picture.dots[y * picture.width : (y + 1) * picture.width]


def test_other_faces_are_compared_by_their_lines() -> None:
    line = [50.0, 28.0, "各单位要对照清单"]
    moved, other = [60.2, 28.0, line[2]], [50.0, 28.0, "各单位要对照表格"]
    assert approval._by_lines([[line]], [[line]]) == []
    assert all(approval._by_lines([[line]], [[one]]) for one in (moved, other))
    assert approval._by_lines([[line]], [[line], [line]]) == ["2 pages instead of 1"]


@pytest.mark.nightly
def test_what_is_sure_without_libreoffice_is_so_with_it() -> None:
    if pdf.office() is None:
        need("LibreOffice is not installed")
    documents = [read_source(text) for name, text in CORPUS.items() if name != "四十面"]
    guessed = render_documents(documents, all_counted=False)
    counted = render_documents(documents, as_pdf=True)
    assert [paper.pages for paper in guessed] == [paper.pages for paper in counted]


def test_without_libreoffice_the_document_is_made_and_the_remark_says_what_to_look_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "office", lambda: None)
    documents = [read_source(text) for text in CORPUS.values()]
    document = next(one for one in documents if one.has_imprint and not is_sure(one))
    made = render_documents([document])[0]
    assert made.docx.startswith(b"PK") and made.pages % 2 == 0 and ESTIMATED in made.remarks
    with pytest.raises(Unusable, match="本机没有安装 LibreOffice"):
        render_documents([document], as_pdf=True)
