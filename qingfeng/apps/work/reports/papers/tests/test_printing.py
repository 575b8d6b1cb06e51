"""Word, Markdown and charts: the same paper in each, faultless by the standard."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.reports.papers import drawing, printing
from qingfeng.apps.work.reports.papers.described import described
from qingfeng.apps.work.reports.papers.markdown import to_markdown
from qingfeng.apps.work.reports.papers.model import Paper
from qingfeng.apps.work.reports.papers.press import Press
from qingfeng.apps.work.reports.papers.tests.staged import history, made
from qingfeng.gongwen import read_source
from qingfeng.gongwen.check import check
from qingfeng.gongwen.model import Picture, Table
from qingfeng.gongwen.service import render_documents
from tests.cast import Cast

KINDS = {"circular": "2026-06", "half_year": "2026-H1", "year": "2026", "stage": "S2"}


@pytest.fixture
def paper(cast: Cast, campaign: Campaign) -> Paper:
    history(cast, campaign)
    return made(
        "half_year", cast.office, campaign, period="2026-H1", number="清专治办〔2026〕6号", signatory="郑若谷"
    )


@pytest.mark.slow
def test_each_long_paper_has_no_fault_by_the_standard(cast: Cast, campaign: Campaign, tmp_path: Path) -> None:
    history(cast, campaign)
    typed = {"number": "清专治办〔2026〕6号", "signatory": "郑若谷"}
    papers = {
        kind: made(kind, cast.office, campaign, period=period, **typed) for kind, period in KINDS.items()
    }
    press = Press(tmp_path)
    documents = [press.document(described(one)) for one in papers.values()]
    for kind, rendered in zip(papers, render_documents(documents, settle=False), strict=True):
        file = tmp_path / f"{kind}.docx"
        file.write_bytes(rendered.docx)
        assert check(file) == [], kind


@pytest.mark.slow
def test_the_process_of_its_own_writes_a_document_with_its_chart(paper: Paper) -> None:
    printed = printing.to_docx(paper)
    with zipfile.ZipFile(io.BytesIO(printed.docx)) as parts:
        names = parts.namelist()
        text = parts.read("word/document.xml").decode()
    assert "统计说明" in text and "统计截止日为2026年6月10日" in text
    assert any(name.endswith(".png") for name in names) or any("以表格代替" in one for one in printed.remarks)


def test_without_a_face_the_table_stands_in_for_the_chart(
    paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> str:
        raise drawing.NoFace("本机没有可用的中文字体，不能绘图")

    monkeypatch.setattr(drawing, "face", none)
    press = Press(tmp_path)
    document = press.document(described(paper))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert not any(isinstance(block, Picture) for block in document.blocks)
    assert tables[-1].rows == (("5月", "3", "1"), ("6月", "3", "0"))
    assert press.remarks == [
        "“图1　各月发现问题和销号情况（个）”本机没有可用的中文字体，不能绘图，以表格代替"
    ]


@pytest.mark.parametrize("kind", ["bars", "lines"])
@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize("names", [["5月", "6月"], ["惠民补贴和救助资金发放方面", "窗口服务"]])
def test_charts_are_pictures(tmp_path: Path, kind: str, stacked: bool, names: list[str]) -> None:
    chart: dict[str, Any] = {
        "caption": "图", "kind": kind, "stacked": stacked, "names": names,
        "series": [{"name": "发现", "values": [3.0, 0.0]}, {"name": "销号", "values": [1.0, 2.0]}],
    }  # fmt: skip
    path = tmp_path / "chart.png"
    try:
        drawing.draw(chart, path)
    except drawing.NoFace:
        pytest.skip("no face with Chinese letters on this machine")
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_markdown_is_a_source_that_the_library_reads(paper: Paper) -> None:
    document = read_source(to_markdown(paper))
    assert document.title == paper.title and document.signatories == ("郑若谷",)
    assert document.number == "清专治办〔2026〕6号"
    assert [one.title for one in document.attachments] == ["各单位问题整改情况表", "统计说明"]
    lines = [getattr(block, "text", "") for block in document.blocks]
    assert "一、工作开展情况和成效" in lines and "特此报告。" in lines
    assert any(isinstance(block, Table) and block.caption.startswith("表1") for block in document.blocks)


def test_an_open_number_is_left_to_the_registry(cast: Cast, campaign: Campaign) -> None:
    one = made("circular", cast.office, campaign, period="2026-06")
    assert one.number == "〔2026〕　号" and "number:" not in to_markdown(one)
    assert read_source(to_markdown(one)).number == ""


def test_without_libreoffice_pdf_is_refused_with_the_way_round(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "can_make_pdf", lambda: False)
    with pytest.raises(BadInput, match="请下载Word文件"):
        printing.to_pdf(paper)
