"""The pages of the papers: what is asked, the draft with figures that open, its files, and who sees none of it."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.jobs.models import Job, JobState
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.reports import jobs
from qingfeng.apps.work.reports.papers import views
from qingfeng.apps.work.reports.papers.printing import Printed
from qingfeng.apps.work.reports.papers.register import KINDS
from qingfeng.apps.work.reports.papers.tests.staged import history
from tests.cast import Cast


@pytest.fixture
def ledgers(cast: Cast, campaign: Campaign) -> None:
    history(cast, campaign)


def answer(user: User, address: str) -> HttpResponse:
    client = Client()
    client.force_login(user)
    return client.get(address)  # type: ignore[return-value]


def page(user: User, address: str, status: int = 200) -> str:
    found = answer(user, address)
    assert found.status_code == status, found.content.decode()[:1500]
    return found.content.decode()


def paper(kind: str, query: str = "") -> str:
    return reverse("reports:paper", args=[kind]) + query


def test_the_office_may_write_every_kind_and_a_unit_its_own(
    cast: Cast, campaign: Campaign, ledgers: None
) -> None:
    html = page(cast.office, reverse("reports:papers"))
    for kind in KINDS:
        assert paper(kind) in html
    html = page(cast.clerk, reverse("reports:papers"))
    assert paper("half_year") in html and f'href="{paper("circular")}"' not in html
    assert "由清河区专项治理领导小组办公室起草" in html


def test_the_draft_shows_figures_that_open_with_their_rule(
    cast: Cast, campaign: Campaign, ledgers: None
) -> None:
    html = page(cast.office, paper("half_year", "?period=2026-H1"))
    assert "关于2026年上半年专项治理工作情况的报告" in html and "数字统计到2026-06-10" in html
    opened = set(re.findall(r'href="(/figures/[^"]+)" title="', html))
    assert len(opened) > 10
    for address in {address.partition("?")[0]: address for address in sorted(opened)}.values():
        assert page(cast.office, address.replace("&amp;", "&"))
    assert re.search(r"已销号<a [^>]+>1</a>个，销号率<a [^>]+>16.7%</a>。", html), "no blanks between runs"
    assert "〔请补充：问题产生的主要原因〕" in html and "还有3处需要补充" in html


def test_a_draft_asks_only_what_its_kind_needs(cast: Cast, campaign: Campaign, ledgers: None) -> None:
    circular = page(cast.office, paper("circular"))
    assert (
        'name="approved_by"' in circular
        and 'name="unit"' not in circular
        and 'name="signatory"' not in circular
    )
    report = page(cast.office, paper("stage"))
    assert 'name="unit"' in report and 'name="approved_by"' not in report and 'name="signatory"' in report


@pytest.mark.parametrize("name", ["administrator", "outsider"])
def test_without_a_ledger_role_there_are_no_papers(
    cast: Cast, campaign: Campaign, ledgers: None, name: str
) -> None:
    for address in (
        reverse("reports:papers"),
        paper("half_year"),
        reverse("reports:paper_rows", args=["recurred"]),
    ):
        assert "没有找到" in page(getattr(cast, name), address, 404)


def test_another_units_paper_looks_as_if_there_were_no_such_unit(
    cast: Cast, campaign: Campaign, ledgers: None
) -> None:
    for address in (paper("half_year"), reverse("reports:paper_rows", args=["inspections"])):
        mine, nobodys = (
            answer(cast.clerk, f"{address}?unit={code}&period=2026-H1") for code in ("990102", "999999")
        )
        assert mine.status_code == nobodys.status_code == 404
        texts = [re.sub(r'"\w{64}"|990102|999999', "", one.content.decode()) for one in (mine, nobodys)]
        assert texts[0] == texts[1]


def test_who_may_not_write_it_is_told_who_does(cast: Cast, campaign: Campaign, ledgers: None) -> None:
    assert "起草" in page(cast.clerk, paper("circular"), 403)
    assert page(cast.office, paper("no-such-kind"), 404)
    assert "请写成" in page(cast.office, paper("circular", "?period=soon"), 422)


def test_files_are_handed_out_as_attachments(
    cast: Cast, campaign: Campaign, ledgers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = answer(cast.office, paper("circular", "?period=2026-06&file=md"))
    assert text["Content-Disposition"].startswith("attachment") and 'kind: "通报"' in text.content.decode()
    monkeypatch.setattr(views, "to_docx", lambda made: Printed(b"PK-docx"))
    word = answer(cast.office, paper("circular", "?period=2026-06&file=docx"))
    assert word.content == b"PK-docx" and "wordprocessingml" in word["Content-Type"]


def test_pdf_is_made_by_the_worker(
    cast: Cast, campaign: Campaign, ledgers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = answer(cast.office, paper("circular", "?period=2026-06&file=pdf"))
    job = Job.objects.get()
    assert found.status_code == 302 and job.reference in found["Location"]
    assert job.kind == "reports.paper_pdf" and job.parameters["period"] == "2026-06"
    monkeypatch.setattr(jobs, "to_pdf", lambda made: Printed(b"", b"%PDF-1.4\n%%EOF"))
    claimed = working.claim(worker="w")
    assert claimed is not None
    carry_out(claimed)
    job.refresh_from_db()
    assert job.state == JobState.DONE and "关于2026年6月专项治理工作进展情况的通报" in job.summary


def test_rows_open_with_their_rule_and_unknown_ones_do_not(
    cast: Cast, campaign: Campaign, ledgers: None
) -> None:
    html = page(cast.office, reverse("reports:paper_rows", args=["recurred"]) + "?period=2026-06")
    assert "反弹回潮 1次" in html and "back未公示" in html and "回头看结果为反弹回潮的。" in html
    page(cast.office, reverse("reports:paper_rows", args=["no-such-count"]), 404)
