"""How events read, and who may read all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.records.models import Event, Payload
from qingfeng.apps.base.records.presenters import SUBJECTS, entries, entry, kinds, label_of, stream_in_words
from qingfeng.apps.base.records.presenters.sentences import Said
from qingfeng.apps.base.records.visibility import audited, timeline
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Measure, Submission
from qingfeng.apps.work.problems.tests.story import submitted
from tests.cast import Cast

APPS = Path(__file__).parents[3]
KIND = re.compile(r"""(?:kind=|note\([^,\n]+,\s*|create\([^"\n]*)\"([a-z_]+\.[a-z_]+)\"""")


def written_kinds() -> set[str]:
    """The kinds of events that the actions of this house write."""
    files = [
        path for path in APPS.rglob("*.py") if "tests" not in path.parts and "presenters" not in path.parts
    ]
    found = {kind for path in files for kind in KIND.findall(path.read_text(encoding="utf-8"))}
    return found - {"slip.kept"}  # a sealed slip leaves no trace that anybody could read


def test_each_kind_of_event_has_a_sentence():
    known = {kind for kind, _label in kinds()}
    found = written_kinds()
    assert len(found) > 50
    assert found <= known, sorted(found - known)


def test_a_timeline_tells_the_story_without_saying_things_twice(cast: Cast, campaign: Campaign):
    problem = submitted(cast, campaign)
    actions.sign(problem=problem, by=cast.head)
    problem.refresh_from_db()
    actions.return_problem(problem=problem, reason="缺少公示照片", by=cast.secretary)
    belonging = [
        problem,
        *Measure.objects.filter(problem=problem),
        *Submission.objects.filter(problem=problem),
    ]
    told = entries(timeline(*belonging))
    assert [line.sentence for line in told] == [
        "孙明远 退回了销号申请",
        "陈立群 签字同意申请销号",
        "林晓禾 申请销号",
        "林晓禾 登记了整改措施或进展",
        "林晓禾 登记了问题",
    ]
    assert ("理由", "缺少公示照片") in told[0].details
    assert ("完成情况", "已完成整改") in told[2].details


def test_an_unknown_kind_is_shown_as_it_is(cast: Cast):
    event = Event.objects.select_related("payload").order_by("pk")[0]
    event.kind = "thing.happened"
    assert label_of("thing.happened") == "thing.happened"
    assert entry(event).sentence.endswith("thing.happened")


def test_sums_kept_in_fen_are_said_in_yuan(cast: Cast, campaign: Campaign):
    event = Event.objects.filter(subject=submitted(cast, campaign).subject)[0]
    changed = {"sum_returned": {"from": 0, "to": 2266050}}
    assert Said(event, {"changed": changed}).changes() == [("清退金额（元）", "0.00 → 22,660.50")]


def test_erased_content_leaves_the_line(cast: Cast):
    event = Event.objects.select_related("payload").order_by("pk")[0]
    event.payload = Payload(event=event, salt=b"", content="", erased_at=event.at, erased_by=1)
    assert list(entry(event).details) == [("内容", "已按规定删除，摘要保留。")]


def test_subjects_have_a_name(cast: Cast, campaign: Campaign):
    submitted(cast, campaign)
    found = {subject.partition(":")[0] for subject in Event.objects.values_list("subject", flat=True)}
    assert found <= SUBJECTS.keys()


@pytest.mark.parametrize(
    "who", ["office", "clerk", "head", "inspector", "leader", "administrator", "outsider"]
)
def test_the_event_page_is_not_there_for_others(cast: Cast, campaign: Campaign, client: Client, who: str):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("records:events")).status_code == 404
    assert audited(getattr(cast, who)) is None


def test_the_auditor_reads_events_by_kind_day_and_subject(cast: Cast, campaign: Campaign, client: Client):
    problem = submitted(cast, campaign)
    client.force_login(cast.auditor)
    page = client.get(reverse("records:events"), {"kind": "problem.submitted", "from": "2026-06-10"})
    assert [row.record.subject for row in page.context["ledger"].rows] == [problem.subject]
    assert "林晓禾 申请销号" in page.content.decode()
    about = client.get(reverse("records:events"), {"subject": problem.subject}).context["ledger"]
    assert {row.record.subject for row in about.rows} == {problem.subject}
    assert client.get(reverse("records:events"), {"to": "2020-01-01"}).context["ledger"].total == 0


def test_restricted_and_handover_streams_stay_closed(cast: Cast, campaign: Campaign, client: Client):
    problem = submitted(cast, campaign)
    actions.declare_recusal(problem=problem, person=cast.sister_head.person, reason="近亲属", by=cast.office)
    assert Event.objects.filter(kind="recusal.declared").exists()
    found = audited(cast.auditor)
    assert found is not None and not found.filter(kind="recusal.declared").exists()
    assert not found.filter(stream__key__contains="restricted").exists()


def test_the_page_takes_get_only(cast: Cast, client: Client):
    client.force_login(cast.auditor)
    assert client.post(reverse("records:events")).status_code == 405


def test_a_chain_is_called_by_what_it_holds_not_by_its_key():
    assert stream_in_words("campaign:1") == "专项治理 1"
    assert stream_in_words("orgs") == "组织和人员"
