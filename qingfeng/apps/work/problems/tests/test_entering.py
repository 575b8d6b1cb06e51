"""Drafts, sending once, and what comes in from a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import Conflict, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.findings import visible_findings
from qingfeng.apps.work.problems.forms.sheets import SheetForm
from qingfeng.apps.work.problems.models import (
    EntryDraft,
    Evidence,
    FindingEvidence,
    Problem,
    Recusal,
    SentEntry,
)
from qingfeng.apps.work.problems.tests.conftest import Browser
from qingfeng.apps.work.problems.tests.test_sheet_pages import entered
from tests.cast import Cast

PHOTO = b"\xff\xd8\xff\xe1" + b"0" * 64
KEY = "a-key-of-the-page"


def draft(cast: Cast, campaign: Campaign, **given: Any) -> EntryDraft:
    content = {"content": ["惠民补贴发放"], "problems-0-text": ["名册没有公示"]}
    kept = {
        "kind": "sheet",
        "key": KEY,
        "title": "临江街道",
        "content": content,
        "version": 0,
        "by": cast.clerk,
    }
    return actions.save_draft(campaign=campaign, **{**kept, **given})


def saved(client: Client, **given: Any) -> Any:
    data = {"token": KEY, "draft_version": "0", "inspected_unit": "临江街道", "content": "补贴", **given}
    return client.post(reverse("problems:draft_save", args=["sheet"]), data)


def test_what_is_typed_is_saved_without_number_or_event(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client, events = browser(cast.clerk), Event.objects.count()
    first = saved(client, **{"problems-0-text": "名册\x00没有公示"}).json()
    assert first["version"] == 1 and first["words"].startswith("已保存草稿")
    second = saved(client, draft_version="1", **{"problems-0-text": "名册没有公示，签字不全"}).json()
    kept = EntryDraft.objects.get()
    assert (second["version"], kept.title) == (2, "临江街道 · 名册没有公示，签字不全")
    assert Event.objects.count() == events and not Sheet.objects.exists()


def test_a_second_window_is_told_and_overwrites_nothing(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client = browser(cast.clerk)
    saved(client)
    saved(client, draft_version="1", content="第二个窗口")
    late = saved(client, draft_version="1", content="第一个窗口")
    assert late.status_code == 409 and "已在另一个窗口改过" in late.json()["reason"]
    assert EntryDraft.objects.get().content["content"] == ["第二个窗口"]
    assert saved(client).status_code == 409  # as new, with a key that is taken


def test_a_draft_is_its_owners_only(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    made = draft(cast, campaign)
    other = browser(cast.head)
    assert "名册没有公示" not in other.get(reverse("problems:sheet_new") + f"?draft={KEY}").content.decode()
    assert made.title not in other.get(reverse("problems:drafts")).content.decode()
    assert other.post(reverse("problems:draft_discard", args=[KEY])).status_code == 404
    with pytest.raises(Refused, match="只能由本人删除"):
        actions.discard_draft(draft=made, by=cast.head)
    assert browser(cast.leader).post(reverse("problems:draft_save", args=["sheet"])).status_code == 404
    assert EntryDraft.objects.count() == 1


def test_a_draft_is_taken_up_filed_and_gone(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    client = browser(cast.clerk)
    draft(cast, campaign)
    assert "临江街道" in client.get(reverse("problems:drafts")).content.decode()
    page = client.get(reverse("problems:sheet_new") + f"?draft={KEY}").content.decode()
    assert "名册没有公示" in page and f'value="{KEY}"' in page
    client.post(reverse("problems:sheet_new"), entered(cast, token=KEY))
    assert Sheet.objects.count() == 1 and not EntryDraft.objects.exists()
    with pytest.raises(Conflict, match="已在另一个窗口填报"):
        draft(cast, campaign)


def test_drafts_end_by_hand_by_term_and_by_number(
    cast: Cast, campaign: Campaign, settings: LazySettings
) -> None:
    actions.discard_draft(draft=draft(cast, campaign), by=cast.clerk)
    with pytest.raises(Conflict, match="已在另一个窗口删除"):
        draft(cast, campaign, version=1)
    settings.DRAFTS_EACH = 1
    old = draft(cast, campaign, key="an-old-one")
    with pytest.raises(Refused, match="已有1份草稿"):
        draft(cast, campaign)
    EntryDraft.objects.filter(pk=old.pk).update(saved_at=timezone.now() - timedelta(days=31))
    draft(cast, campaign)
    assert [kept.key for kept in EntryDraft.objects.all()] == [KEY]


def test_a_problem_without_a_sheet_has_drafts_too(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    client = browser(cast.clerk)
    data = {"token": KEY, "text": "来信反映", "lead_unit": "临江街道"}
    assert client.post(reverse("problems:draft_save", args=["problem"]), data).status_code == 200
    page = client.get(reverse("problems:register") + f"?draft={KEY}").content.decode()
    assert "来信反映" in page and "临江街道" in page


def test_the_same_key_files_one_sheet_in_any_session(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    address = reverse("problems:field_send")
    first = browser(cast.clerk).post(address, entered(cast, token=KEY)).json()
    again = browser(cast.clerk).post(address, entered(cast, token=KEY)).json()
    assert first["number"] == again["number"] == "临江街道自检1号" and "没有重复登记" in again["words"]
    page = browser(cast.clerk).post(reverse("problems:sheet_new"), entered(cast, token=KEY))
    assert page.url == first["address"] and Sheet.objects.count() == 1
    other = browser(cast.head).post(address, entered(cast, token=KEY)).json()
    assert other["number"] == "临江街道自检2号" and SentEntry.objects.count() == 2


def test_what_a_phone_sends_wrongly_is_told_in_words_and_can_be_sent_again(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client, address = browser(cast.clerk), reverse("problems:field_send")
    wrong = {"content": "", "inspected_unit": "望山街道", "problems-0-sum_involved": "许多"}
    told = client.post(address, entered(cast, token=KEY, **wrong))
    reasons = " ".join(told.json()["reasons"])
    assert told.status_code == 422 and not Sheet.objects.exists()
    assert "检查内容" in reasons and "没有可选的单位叫“望山街道”" in reasons and "第1个问题" in reasons
    refused = client.post(address, entered(cast, token=KEY, kind="supervision")).json()
    assert "督检由专项治理小组填报" in refused["reasons"][0]
    assert client.post(address, entered(cast, token=KEY)).json()["number"] == "临江街道自检1号"


def test_photos_are_kept_with_both_times_and_are_no_proof(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client = browser(cast.clerk)
    photo = SimpleUploadedFile("现场.jpg", PHOTO, content_type="image/jpeg")
    data = entered(cast, found=photo, found_taken="2026-06-08T09:30:00", found_row="1")
    assert (
        "现场照片、材料（1）"
        in client.post(reverse("problems:sheet_new"), data, follow=True).content.decode()
    )
    sheet = Sheet.objects.get()
    page = client.get(reverse("problems:sheet", args=[sheet.reference]), {"tab": "found"}).content.decode()
    row = FindingEvidence.objects.get()
    assert timezone.localtime(row.taken_at).strftime("%Y-%m-%d %H:%M") == "2026-06-08 09:30"
    assert (row.taken_from, row.problem and row.problem.ordinal, row.sent_by) == ("file", 2, cast.clerk)
    assert "现场.jpg" in page and "2026-06-08 09:30" in page and not Evidence.objects.exists()
    address = reverse("problems:finding_evidence", args=[row.pk])
    for ordinal, shows in ((1, False), (2, True)):
        record = reverse("problems:problem", args=[Problem.objects.get(ordinal=ordinal).reference])
        assert (f"{address}?picture=1" in client.get(record, {"tab": "evidence"}).content.decode()) == shows
    assert client.get(address).content == PHOTO
    assert browser(cast.sister_clerk).get(address).status_code == 404
    shown = client.get(f"{address}?picture=1")
    assert shown["Content-Type"] == "image/jpeg" and shown["X-Content-Type-Options"] == "nosniff"


def test_a_photo_does_not_exist_for_whom_its_problem_does_not(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    photo = SimpleUploadedFile("现场.jpg", PHOTO, content_type="image/jpeg")
    browser(cast.clerk).post(reverse("problems:sheet_new"), entered(cast, found=photo, found_row="0"))
    assert visible_findings(cast.head).count() == 1
    actions.declare_recusal(
        problem=Problem.objects.get(ordinal=1), person=cast.head.person, reason="亲属", by=cast.office
    )
    assert Recusal.objects.count() == 1 and not visible_findings(cast.head).exists()


def test_a_file_that_lies_files_nothing(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    wrong = SimpleUploadedFile("现场.jpg", b"MZ\x90\x00" + b"0" * 64, content_type="image/jpeg")
    answer = browser(cast.clerk).post(reverse("problems:sheet_new"), entered(cast, found=wrong))
    assert answer.status_code == 422 and "现场.jpg" in answer.content.decode()
    assert not Sheet.objects.exists() and not SentEntry.objects.exists()


def test_two_hundred_thousand_letters_are_one_sentence(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    answer = browser(cast.clerk).post(
        reverse("problems:sheet_new"), entered(cast, **{"problems-0-text": "字" * 200_000})
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and "写了200000字，最多5000字" in text and "代领签字不全" in text


def test_the_last_values_are_offered(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    client = browser(cast.clerk)
    client.post(reverse("problems:sheet_new"), entered(cast))
    page = client.get(reverse("problems:sheet_new"))
    form: SheetForm = page.context["form"]
    assert form["inspectors"].value() == "林晓禾、陈立群" and form.last.contents == ("惠民补贴发放",)
    text = page.content.decode()
    assert 'data-value="惠民补贴发放"' in text and f"{form.last.term}个工作日" in text


def test_a_unit_is_known_by_its_short_name_and_code(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    client = browser(cast.clerk)
    for number, name in enumerate((cast.community.code, f"{cast.community.name}（{cast.community.code}）")):
        client.post(reverse("problems:sheet_new"), entered(cast, token=f"t-{number}", inspected_unit=name))
    assert list(Sheet.objects.values_list("inspected_unit", flat=True)) == [cast.community.pk] * 2


def test_the_inspectors_page_names_units_and_keeps_no_record(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client = browser(cast.inspector)
    page = client.get(reverse("problems:field")).content.decode()
    assert "柳荫社区" in page and "望山街道" in page and "区水务局" not in page
    assert f"unit={cast.street.code}" in page
    known = client.get(reverse("problems:field_known")).json()
    assert known["bodies"] == [
        {"key": f"group:{cast.governance.pk}", "name": "第一专项治理小组", "is_group": True}
    ]
    shell = client.get(reverse("problems:field_sheet")).content.decode()
    assert "柳荫社区" not in shell and "没有网络也能填" in shell
    assert "没有到期的回头看" in client.get(reverse("problems:field_rechecks")).content.decode()
    assert browser(cast.leader).get(reverse("problems:field")).status_code == 403


def test_the_worker_is_at_the_root_and_knows_nobody(client: Client, db: None) -> None:
    answer = client.get("/field-worker.js")
    text = answer.content.decode()
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/javascript")
    assert "importScripts" in text and "/problems/" not in text.replace("/static/problems/", "")
