"""A paper goes to the public straight from its page: completed, looked through, approved by another; then as Word and PDF."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.documents.publishing.gate import Refusal, Rule
from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.jobs.models import Job, JobState
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.models import Event, StoredFile
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.reports.models import Publication
from qingfeng.apps.work.reports.papers.filling import filled, without_blanks
from qingfeng.apps.work.reports.papers.model import Attached, Gap, Grid, Items, Paper, Text, plain
from qingfeng.apps.work.reports.papers.printing import Printed
from qingfeng.apps.work.reports.papers.tests.staged import history
from qingfeng.apps.work.reports.publishing import actions, paper_views
from qingfeng.apps.work.reports.publishing.pdf import check_pages
from tests.cast import Cast

ID = "990101198001010014"
UNTIL = date(2026, 7, 31)
TODAY = date(2026, 6, 10)
PAPER = "half_year"
PERIOD = "?period=2026-H1"


@pytest.fixture
def ledgers(cast: Cast, campaign: Campaign) -> None:
    history(cast, campaign)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(user: User, *gaps: str, **typed: str) -> Any:
    words = {f"gap-{number}": text for number, text in enumerate(gaps)}
    address = reverse("reports:paper_public", args=[PAPER]) + PERIOD
    return client_of(user).post(address, {"until": str(UNTIL), "pictures_seen": "on", **words, **typed})


def words_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


@pytest.mark.slow
def test_the_page_of_a_paper_leads_to_the_gate_and_asks_for_what_is_missing(
    cast: Cast, campaign: Campaign, ledgers: None
) -> None:
    client = client_of(cast.office)
    draft = client.get(reverse("reports:paper", args=[PAPER]) + PERIOD).content.decode()
    address = reverse("reports:paper_public", args=[PAPER]) + PERIOD
    assert f'href="{address}"' in draft and "送公开审核" in draft
    asked = client.get(address).content.decode()
    assert "问题产生的主要原因" in asked and "文稿里还要补充的" in asked
    assert send(cast.office, "监管不严", "", "完善制度").status_code == 422
    of_something = reverse("reports:paper_public", args=["reminder"])
    assert client.get(of_something)["Location"] == reverse("reports:paper", args=["reminder"])
    assert client_of(cast.clerk).get(address).status_code == 403
    assert (
        "送公开审核" not in client_of(cast.clerk).get(reverse("reports:paper", args=[PAPER])).content.decode()
    )


def typed_plainly(paper: Paper, **_given: Any) -> Printed:
    """The words of a paper as Word, quicker than as they are printed."""
    document, out = docx.Document(), io.BytesIO()
    for block in paper.blocks:
        document.add_paragraph(plain(block.runs) if isinstance(block, Text) else "")
    document.save(out)
    return Printed(out.getvalue())


def test_a_paper_without_masks_is_refused_with_its_places_and_not_kept(
    cast: Cast, campaign: Campaign, ledgers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = StoredFile.objects.count()
    monkeypatch.setattr(paper_views, "to_docx", typed_plainly)
    answer = send(cast.office, f"王某（身份证号{ID}）把关不严", "林晓禾处事不公", "完善制度")
    places = [str(fault) for fault in answer.context["faults"]]
    assert answer.status_code == 422 and len(places) == answer.context["fault_count"] == 2
    assert "有身份证号“99…14”" in places[0] and "“林某”" in places[1] and "段" in places[0]
    assert places[1].partition("：")[2] in answer.content.decode()
    assert not Publication.objects.exists() and StoredFile.objects.count() == kept


@pytest.mark.slow
@pytest.mark.nightly_on_postgresql
def test_a_paper_that_passes_waits_for_another_person_and_holds_what_was_written(
    cast: Cast, campaign: Campaign, ledgers: None
) -> None:
    assert send(cast.office, "监管不严", "人手不足", "完善制度").status_code == 302
    row = Publication.objects.get()
    text = words_of(files.content_of(row.file))
    assert "监管不严" in text and "请补充" not in text and "统计说明" not in text
    assert row.title == "关于2026年上半年专项治理工作情况的报告" and row.file.name == f"{row.title}.docx"
    refused = client_of(cast.office).post(reverse("reports:publication_pdf", args=[row.reference]))
    assert refused.status_code == 403  # not approved yet
    actions.approve(publication=row, by=cast.leader)
    if shutil.which("soffice"):
        _fetched_as_pdf(cast, row)


def _fetched_as_pdf(cast: Cast, row: Publication) -> None:
    page = client_of(cast.office).get(reverse("reports:publication", args=[row.reference])).content.decode()
    address = reverse("reports:publication_pdf", args=[row.reference])
    assert address in page
    client_of(cast.office).post(address)
    claimed = working.claim(worker="w")
    assert claimed is not None
    carry_out(claimed)
    job = Job.objects.get()
    assert job.file is not None and job.state == JobState.DONE
    assert files.content_of(job.file).startswith(b"%PDF-")
    assert job.file.name == f"{row.title}.pdf"
    assert row.file.sha256 in Event.objects.get(kind="publication.pdf_made").payload.content


def test_what_only_the_pages_of_the_pdf_show_is_refused_with_its_page() -> None:
    rule = Rule(UNTIL, ["陈立群"], ["林晓禾", "陈立群"])
    check_pages(["经陈立群批准，咨询电话12388。"], ["报告"], rule, today=TODAY)
    broken = "现将有关情况公开如下，请各单位认真对照检查，被检查人的身份证号99010119\n8001010014，特此公示。"
    with pytest.raises(Refusal) as refusal:
        check_pages(["第一页。", broken, "联系人林晓禾"], ["林晓禾"], rule, today=TODAY)
    places = [fault.place for fault in refusal.value.faults]
    assert places[0] == "PDF属性" and {"PDF第2页", "PDF第3页"} <= set(places)


def test_words_go_into_the_gaps_of_text_lists_tables_and_attachments_in_their_order() -> None:
    gap = Gap("原因")
    paper = Paper(
        "报告",
        "题",
        ["某办"],
        [Text(["因", gap, "。"]), Items([[gap], ["二"]]), Grid(("甲",), [[gap]])],
        TODAY,
        TODAY,
        attachments=[Attached("附", [Text([gap])])],
    )
    done = filled(paper, ["一", " 二 ", "", "四"])
    text, items, grid = done.blocks
    assert isinstance(text, Text) and isinstance(items, Items) and isinstance(grid, Grid)
    assert (text.runs, items.items[0], grid.rows) == (["因", "一", "。"], ["二"], [[gap]])
    assert done.gaps() == [gap] and len(paper.gaps()) == 4


def test_a_number_and_a_signature_not_yet_given_leave_no_empty_places() -> None:
    paper = Paper("报告", "题", ["某办"], [], TODAY, TODAY, number="〔2026〕　号", signatories=["〔待签发〕"])
    assert (without_blanks(paper).number, without_blanks(paper).signatories) == ("", [])
    given = replace(paper, number="清专办〔2026〕3号", signatories=["林晓禾"])
    assert without_blanks(given) == given
