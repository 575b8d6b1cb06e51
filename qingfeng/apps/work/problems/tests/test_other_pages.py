"""The four lists, the zero-problem commitments and the referral slip as pages."""

from __future__ import annotations

import logging
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qingfeng.apps.base.handover.actions import new_case_key
from qingfeng.apps.base.handover.models import SealedSlip
from qingfeng.apps.base.records.models import Event, Payload
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.lists import ListKind
from qingfeng.apps.work.problems.models import Commitment
from qingfeng.apps.work.problems.tests.conftest import Browser
from qingfeng.apps.work.problems.tests.story import PROOF, in_rectification, self_sheet
from tests.cast import Cast

JULY = date(2026, 7, 1)


@pytest.mark.parametrize("kind", ListKind.values)
def test_each_list_is_a_page_and_a_file(cast: Cast, campaign: Campaign, browser: Browser, kind: str) -> None:
    in_rectification(cast, campaign)
    client, address = browser(cast.clerk), reverse("problems:four_lists", args=[kind])
    page = client.get(address, {"unit": "990101"})
    assert page.context["ledger"].total == 1 and str(ListKind(kind).label) in page.content.decode()
    assert "progress/?unit=990101" in page.content.decode()  # the filters go along to the next list
    answer = client.get(address, {"export": "xlsx"})
    assert answer.content.startswith(b"PK")
    assert client.post(address).status_code == 405
    assert browser(cast.outsider).get(address).status_code == 404
    assert browser(cast.sister_clerk).get(address).context["ledger"].total == 0


def test_a_fifth_list_does_not_exist(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    assert browser(cast.clerk).get(reverse("problems:four_lists", args=["other"])).status_code == 404


def test_the_head_signs_for_zero_problems(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    self_sheet(cast, campaign)
    client, address = browser(cast.sister_head), reverse("problems:commitment_sign", args=[cast.sister.code])
    assert client.post(address, {"text": "x"}).status_code == 422  # self-inspection still runs
    with clock.on(JULY):
        page = client.get(reverse("problems:commitments")).content.decode()
        assert "签署" in page and "区水务局" not in page and "临江街道" not in page
        assert browser(cast.sister_clerk).get(address).status_code == 403
        assert browser(cast.clerk).get(address).status_code == 404
        client.post(address, {"text": "经自查，未发现问题。", "scan": SimpleUploadedFile("承诺.png", PROOF)})
        again = client.post(address, {"text": "经自查，未发现问题。"})
        assert again.status_code == 422 and "已签署承诺" in again.content.decode()
    row = Commitment.objects.get()
    assert (row.unit, row.signed_by) == (cast.sister, cast.sister_head)
    scan = reverse("problems:commitment_scan", args=[cast.sister.code])
    assert browser(cast.office).get(scan).content == PROOF
    assert browser(cast.clerk).get(scan).status_code == 404
    assert "承诺.png" in browser(cast.office).get(reverse("problems:commitments")).content.decode()


def test_a_slip_leaves_no_trace(
    cast: Cast, campaign: Campaign, browser: Browser, settings, tmp_path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.KEYS = tmp_path / "keys"
    settings.ZONE_HOME = tmp_path
    new_case_key(by=None)
    client, address = browser(cast.clerk), reverse("problems:referral")
    assert client.get(address)["Cache-Control"].startswith("max-age=0")
    empty = client.post(address, {"what": " "})
    assert empty.status_code == 422 and not SealedSlip.objects.exists()
    before = Event.objects.exclude(kind="slip.kept").count()
    with caplog.at_level(logging.DEBUG):
        answer = client.post(
            address, {"what": "乙某挪用资金", "where": "柳荫社区", "who": "乙某", "when": "五月"}, follow=True
        )
    assert answer.redirect_chain == [(reverse("problems:referral_kept"), 302)]
    text = answer.content.decode()
    assert "已密封移送" in text and "乙某" not in text
    assert SealedSlip.objects.count() == 1
    assert Event.objects.exclude(kind="slip.kept").count() == before
    assert not Payload.objects.filter(content__contains="乙某").exists()
    assert "乙某" not in caplog.text
    assert all("乙某" not in str(session.get_decoded()) for session in Session.objects.all())


def test_who_only_reads_sends_no_slip(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    assert browser(cast.leader).get(reverse("problems:referral")).status_code == 403
    assert browser(cast.administrator).post(reverse("problems:referral"), {"what": "x"}).status_code == 403
    assert not SealedSlip.objects.exists()
