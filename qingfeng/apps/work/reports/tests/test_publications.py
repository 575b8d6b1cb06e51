"""公开稿: what the gate lets pass is approved by a second person, hangs until its day, and is taken down."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse

from qingfeng.apps.base.documents.publishing.gate import Refusal
from qingfeng.apps.base.jobs.actions import start, working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.files import path_of
from qingfeng.apps.base.records.models import Event, StoredFile
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.desk.sources import all_for
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.problems.tests import story
from qingfeng.apps.work.reports.models import Publication, PublicationState
from qingfeng.apps.work.reports.publishing import actions, permissions
from qingfeng.apps.work.reports.publishing.models import PDF_JOB
from qingfeng.apps.work.reports.publishing.visibility import known_names
from tests.cast import Cast

ID = "990101198001010014"
UNTIL = date(2026, 7, 31)


def submitted(cast: Cast, campaign: Campaign, text: str = "专项治理进展顺利。", **given: Any) -> Publication:
    values: dict[str, Any] = {
        "title": "公示",
        "content": text.encode(),
        "name": "公示.txt",
        "until": UNTIL,
        "approved_names": [],
        **given,
    }
    return actions.submit(campaign=campaign, by=cast.office, **values)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(user: User, text: str, **typed: str) -> Any:
    file = SimpleUploadedFile("公示.txt", text.encode())
    values = {"until": str(UNTIL), "file": file, **typed}
    return client_of(user).post(reverse("reports:publication_new"), values)


def test_a_file_with_an_id_number_is_refused_with_its_place_and_not_kept(
    cast: Cast, campaign: Campaign
) -> None:
    kept = StoredFile.objects.count()
    answer = send(cast.office, f"王某，身份证号{ID}")
    page = answer.content.decode()
    assert answer.status_code == 422 and "有身份证号“99…14”" in page and "只留末四位" in page
    assert ID not in page and not Publication.objects.exists() and StoredFile.objects.count() == kept


def test_with_masks_made_it_passes_and_waits_for_a_second_person(cast: Cast, campaign: Campaign) -> None:
    answer = send(cast.office, f"王某，身份证号{ID}", mask="on")
    row = Publication.objects.get()
    assert answer.status_code == 302 and row.masked and row.state == PublicationState.SUBMITTED
    downloaded = client_of(cast.office_second).get(reverse("reports:publication_file", args=[row.reference]))
    assert downloaded.content.decode() == "王某，身份证号**0014"


def test_a_file_sent_twice_waits_once(cast: Cast, campaign: Campaign) -> None:
    assert submitted(cast, campaign) == submitted(cast, campaign)
    assert Publication.objects.count() == 1


def test_nobody_approves_what_they_submitted(cast: Cast, campaign: Campaign) -> None:
    row = submitted(cast, campaign)
    with pytest.raises(Refused, match="送审人不能批准"):
        actions.approve(publication=row, by=cast.office)
    actions.approve(publication=row, by=cast.leader)
    assert row.is_public(clock.today()) and row.decided_by == cast.leader
    event = Event.objects.get(kind="publication.released")
    assert row.file.sha256 in event.payload.content


def test_a_clerk_neither_submits_nor_sees_one(cast: Cast, campaign: Campaign) -> None:
    row = submitted(cast, campaign)
    client = client_of(cast.clerk)
    assert client.get(reverse("reports:publication_new")).status_code == 403
    assert client.get(reverse("reports:publication", args=[row.reference])).status_code == 404


def test_past_its_end_only_the_office_downloads_it_and_is_told_to_take_it_down(
    cast: Cast, campaign: Campaign
) -> None:
    row = actions.approve(publication=submitted(cast, campaign), by=cast.office_second)
    address = reverse("reports:publication_file", args=[row.reference])
    with clock.on(date(2026, 8, 1)):
        assert client_of(cast.leader).get(address).status_code == 403
        assert client_of(cast.office).get(address).status_code == 200
        assert "登记撤下" in [matter.verb for matter in all_for(cast.office)]
        actions.take_down(publication=row, by=cast.office, note="")
        assert row.state == PublicationState.TAKEN_DOWN
        assert "登记撤下" not in [matter.verb for matter in all_for(cast.office)]


def test_before_its_end_it_is_taken_down_with_a_reason(cast: Cast, campaign: Campaign) -> None:
    row = actions.approve(publication=submitted(cast, campaign), by=cast.office_second)
    with pytest.raises(BadInput, match="理由"):
        actions.take_down(publication=row, by=cast.office, note=" ")
    actions.take_down(publication=row, by=cast.office, note="有异议")
    assert not row.is_public(clock.today())


def test_the_pdf_that_was_made_of_it_goes_with_it(
    cast: Cast, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permissions, "can_make_pdf", lambda: True)
    monkeypatch.setattr(actions, "public_pdf", lambda *_given, **_named: b"%PDF-1.7 made")
    row = submitted(cast, campaign, name="公示.docx", text="", content=word_file())
    actions.approve(publication=row, by=cast.office_second)
    job = start(PDF_JOB, by=cast.office, publication=row.reference)
    claimed = working.claim(worker="w")
    assert claimed is not None
    carry_out(claimed)
    job.refresh_from_db()
    assert job.file is not None
    path = path_of(job.file.pk)
    assert path.is_file()
    with TestCase.captureOnCommitCallbacks(execute=True):
        actions.take_down(publication=row, by=cast.office, note="有异议")
    job.refresh_from_db()
    assert job.file is None and job.cleared_at is not None and not path.exists()
    assert client_of(cast.office).get(reverse("jobs:file", args=[job.reference])).status_code == 404


def word_file() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("专项治理进展顺利。")
    made.save(out)
    return out.getvalue()


def test_sent_back_it_never_was_public_and_the_reason_stands_on_its_page(
    cast: Cast, campaign: Campaign
) -> None:
    row = submitted(cast, campaign)
    assert "批准公开" in [matter.verb for matter in all_for(cast.leader)]
    move = reverse("reports:publication_move", args=[row.reference, "send-back"])
    client_of(cast.leader).post(move, {"reason": "标题不对"})
    page = client_of(cast.office).get(reverse("reports:publication", args=[row.reference])).content.decode()
    assert "已退回" in page and "标题不对" in page


def test_a_person_involved_is_known_only_to_those_who_may_see_the_name(
    cast: Cast, campaign: Campaign
) -> None:
    sheet = SheetEntry(
        kind="self_inspection",
        inspected_unit=cast.street,
        filing_unit=cast.street,
        inspectors="林晓禾",
        content="补贴发放",
        inspected_on=date(2026, 6, 8),
    )
    found = story.entry_of(cast, persons_involved=(("欧阳石舟", "会计"),))
    problems.file_sheet(campaign=campaign, entry=sheet, problems=(found,), by=cast.clerk)
    assert "欧阳石舟" in known_names(cast.office, campaign)
    assert "欧阳石舟" not in known_names(cast.sister_clerk, campaign)
    with pytest.raises(Refusal, match="欧某"):
        submitted(cast, campaign, "欧阳石舟受到处分。")
    submitted(cast, campaign, "欧阳石舟受到处分。", approved_names=["欧阳石舟"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "公示.pdf"}, "不能逐处核对"),
        ({"until": date(2028, 1, 1)}, "最迟为一年以后"),
    ],
)
def test_what_cannot_be_looked_through_or_never_ends_is_bad_input(
    cast: Cast, campaign: Campaign, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        submitted(cast, campaign, **given)


def test_the_ledger_says_what_is_past_its_end(cast: Cast, campaign: Campaign) -> None:
    actions.approve(publication=submitted(cast, campaign), by=cast.office_second)
    with clock.on(date(2026, 8, 1)):
        page = client_of(cast.auditor).get(reverse("reports:publications")).content.decode()
    assert "到期待撤下" in page and "送审公开稿" not in page
