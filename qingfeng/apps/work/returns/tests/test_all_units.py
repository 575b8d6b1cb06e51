"""The month of the whole district: the office's page, and the bundle that the worker makes."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.jobs.models import Job, JobLine, JobState
from qingfeng.apps.base.records.files import content_of
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.returns import actions
from qingfeng.apps.work.returns.tests.story import JUNE, file_sheet
from tests.cast import Cast

PAGE = "/returns/months/2026-06/"


def text_of(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join("|".join(str(value) for value in row) for row in rows)


def test_the_office_collects_all_forms_of_a_month(cast: Cast, campaign: Campaign, client: Client) -> None:
    file_sheet(cast, campaign, clock.today(), problems_found=2)
    file_sheet(cast, campaign, clock.today(), unit=cast.street)
    form = actions.prepare(campaign=campaign, unit=cast.street, month=JUNE, by=cast.clerk)
    actions.sign(monthly_return=form, by=cast.head)
    actions.hand_in(monthly_return=form, by=cast.clerk)
    client.force_login(cast.office)
    page = client.get(PAGE, headers={"accept-language": "zh-CN"})
    assert "已报送 1" in page.content.decode() and "未编制 2" in page.content.decode()
    sent = client.post(PAGE)
    job = working.claim(worker="w1")
    assert job is not None and sent["Location"] == reverse("jobs:job", args=[job.reference])
    job.language = "en"  # the papers stay Chinese
    carry_out(job)
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 4), job.reason
    assert job.summary
    assert JobLine.objects.filter(job=job, ok=False).count() == 2
    assert job.file is not None
    with zipfile.ZipFile(io.BytesIO(content_of(job.file))) as bundle:
        files = {name: text_of(bundle.read(name)) for name in bundle.namelist()}
    assert sorted(files) == [
        "000_清河区2026年6月月报汇总表.xlsx",
        "000_清河区2026年6月月报表（合计）.xlsx",
        "001_临江街道2026年6月月报表.xlsx",
        "002_望山街道2026年6月月报表（未编制）.xlsx",
        "003_区水务局2026年6月月报表（未编制）.xlsx",
    ]
    assert "柳荫社区" in files["001_临江街道2026年6月月报表.xlsx"]
    assert "发现问题3个" in files["000_清河区2026年6月月报表（合计）.xlsx"]
    table = files["000_清河区2026年6月月报汇总表.xlsx"]
    assert "合计" in table and "临江街道|已报送|" in table and "区水务局|未编制|" in table


def test_a_second_request_while_the_first_is_under_way_is_the_same(
    cast: Cast, campaign: Campaign, client: Client
) -> None:
    client.force_login(cast.office)
    assert client.post(PAGE)["Location"] == client.post(PAGE)["Location"]
    assert Job.objects.count() == 1


@pytest.mark.parametrize("who", ["clerk", "head", "inspector", "leader", "auditor"])
def test_for_others_the_page_is_not_there(cast: Cast, campaign: Campaign, client: Client, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE).status_code == 404
    assert not Job.objects.exists()


def test_a_month_that_has_not_begun_is_refused_in_words(
    cast: Cast, campaign: Campaign, client: Client
) -> None:
    client.force_login(cast.office)
    answer = client.get("/returns/months/2026-09/")
    assert answer.status_code == 422 and "还没有到" in answer.content.decode()
