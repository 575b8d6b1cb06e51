"""A plan is handed in and reviewed item by item."""

from __future__ import annotations

import subprocess

import pytest

from qingfeng.apps.base.records.models import Event, StoredFile
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns import reading as reader
from qingfeng.apps.work.campaigns.actions import plans
from qingfeng.apps.work.campaigns.models import Decision, DraftItem, ItemKind, Plan, PlanState
from qingfeng.apps.work.campaigns.tests.drafts import keep_plan, reading
from tests.cast import Cast


def obligation(plan: Plan, what: str) -> DraftItem:
    return DraftItem.objects.get(plan=plan, kind=ItemKind.OBLIGATION, data__what=what)


def kinds_of(plan: Plan) -> list[str]:
    return list(
        Event.objects.filter(stream__key=f"plan:{plan.pk}").order_by("seq").values_list("kind", flat=True)
    )


def test_each_thing_of_the_draft_becomes_an_item_beside_its_sentence(plan: Plan) -> None:
    items = DraftItem.objects.filter(plan=plan)
    assert items.count() == 3 + 2 + 6 + 2 + 1 + 1 + 2
    assert obligation(plan, "召开例会").quote.startswith("各街道各部门每周召开例会")
    assert items.get(kind="stage", data__number=1).quote == "一、动员部署(2026年5月11日至5月20日)"
    assert plan.state == PlanState.READ and kinds_of(plan)[0] == "plan.handed_in"


def test_names_of_persons_are_dropped_and_posts_stay(plan: Plan) -> None:
    kept = str(plan.lines) + str(plan.draft) + str(list(DraftItem.objects.values_list("data", "quote")))
    assert "高远山" not in kept
    assert "区纪委书记高某同志" in kept


def test_bearers_and_media_are_inferred_from_the_words(plan: Plan) -> None:
    own_plan, monthly = obligation(plan, "本单位方案").data, obligation(plan, "推进专项治理工作情况").data
    assert own_plan["bearers"] == [{"kind": "units", "classes": ["street", "department"], "names": []}]
    assert (own_plan["wants_electronic"], own_plan["wants_paper"], own_plan["is_monthly_form"]) == (
        True,
        True,
        False,
    )
    assert monthly["is_monthly_form"] is True
    assert obligation(plan, "梳理本季度工作情况").data["bearers"][0]["classes"] == ["governance_group"]
    assert obligation(plan, "召开联席会议").data["bearers"][0]["kind"] == "office"
    assert obligation(plan, "整改结果").data["on_demand"] is True


@pytest.mark.parametrize(
    "who", ["clerk", "head", "inspector", "leader", "auditor", "administrator", "outsider"]
)
def test_only_the_office_hands_in_and_decides(cast: Cast, plan: Plan, who: str) -> None:
    person = getattr(cast, who)
    with pytest.raises(Refused):
        keep_plan(cast, by=person)
    with pytest.raises(Refused):
        plans.accept_all(plan=plan, by=person)


def test_what_is_no_plan_is_refused_with_the_reasons_and_leaves_no_file(cast: Cast) -> None:
    with pytest.raises(BadInput) as refused:
        plans.keep(
            file_name="讲话.txt",
            content="同志们".encode(),
            root_unit=cast.district,
            by=cast.office,
            reading=reading(kind="not_a_plan", reasons=["没有任务", "没有阶段"]),
        )
    assert refused.value.places == ["没有任务", "没有阶段"]
    assert not StoredFile.objects.exists() and not Plan.objects.exists()


def test_accepting_and_dropping_leave_who_and_when(cast: Cast, plan: Plan) -> None:
    item = obligation(plan, "召开例会")
    plans.decide(item=item, decision=Decision.DROPPED, by=cast.office)
    item.refresh_from_db()
    assert (item.decision, item.decided_by) == (Decision.DROPPED, cast.office)
    assert Plan.objects.get(pk=plan.pk).state == PlanState.IN_REVIEW
    assert kinds_of(plan)[-2:] == ["plan.review_begun", "draft_item.dropped"]


def test_deciding_the_same_twice_leaves_one_event(cast: Cast, plan: Plan) -> None:
    item = obligation(plan, "召开例会")
    plans.decide(item=item, decision=Decision.ACCEPTED, by=cast.office)
    plans.decide(item=item, decision=Decision.ACCEPTED, by=cast.office)
    assert kinds_of(plan).count("draft_item.accepted") == 1


def test_an_edit_is_kept_in_the_readers_shape(cast: Cast, plan: Plan) -> None:
    item = plans.edit_item(
        item=obligation(plan, "本单位方案"), data={"due": "2026-05-28", "wants_paper": False}, by=cast.office
    )
    item.refresh_from_db()
    assert item.decision == Decision.EDITED
    assert (item.data["due"], item.data["wants_paper"], item.data["what"]) == (
        "2026-05-28",
        False,
        "本单位方案",
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"what": " "}, "任务"),
        ({"due": "28日"}, "期限"),
        ({"bearers": []}, "由谁承担"),
        ({"colour": "red"}, "colour"),
        ({"start": "2026-06-01", "due": "2026-05-01"}, "早于"),
        ({"wants_electronic": False, "wants_paper": False}, "至少"),
        ({"is_monthly_form": True}, "每月"),
        ({"recurrence": {"every": "century"}}, "周期"),
        ({"bearers": [{"kind": "units", "classes": ["planet"]}]}, "planet"),
    ],
)
def test_a_wrong_edit_names_the_field_and_changes_nothing(
    cast: Cast, plan: Plan, data: dict, reason: str
) -> None:
    item = obligation(plan, "本单位方案")
    with pytest.raises(BadInput, match=reason):
        plans.edit_item(item=item, data=data, by=cast.office)
    assert DraftItem.objects.get(pk=item.pk).decision == Decision.PENDING


def test_a_missed_item_is_added_with_its_line_once(cast: Cast, plan: Plan) -> None:
    data = {
        "what": "张贴海报",
        "who": ["各街道"],
        "due": "2026-06-01",
        "wants_electronic": True,
        "bearers": [{"kind": "units", "classes": ["street"], "names": []}],
    }
    added = plans.add_item(plan=plan, kind="obligation", data=data, line=3, by=cast.office)
    again = plans.add_item(plan=plan, kind="obligation", data=data, line=3, by=cast.office)
    assert added == again and (added.order, added.quote[:5]) == (7, "各街道各部")
    with pytest.raises(BadInput):
        plans.add_item(plan=plan, kind="fault", data={"message": "x"}, by=cast.office)


def test_all_the_rest_is_accepted_at_once(cast: Cast, plan: Plan) -> None:
    plans.decide(item=obligation(plan, "召开例会"), decision=Decision.DROPPED, by=cast.office)
    assert plans.accept_all(plan=plan, by=cast.office) == 16
    assert plans.accept_all(plan=plan, by=cast.office) == 0
    assert DraftItem.objects.filter(plan=plan, decision=Decision.DROPPED).count() == 1


def test_a_plan_set_aside_is_decided_no_more(cast: Cast, plan: Plan) -> None:
    with pytest.raises(BadInput):
        plans.set_aside(plan=plan, reason=" ", by=cast.office)
    plans.set_aside(plan=plan, reason="文件有新版", by=cast.office)
    with pytest.raises(Refused, match="搁置"):
        plans.accept_all(plan=plan, by=cast.office)


def test_the_same_file_again_answers_with_the_plan_under_review(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "read_plan", lambda name, content: reading())
    first, second = (
        plans.hand_in(file_name="方案.txt", content="方案".encode(), root_unit=cast.district, by=cast.office)
        for _time in range(2)
    )
    assert first == second and Plan.objects.count() == 1


def test_a_picture_is_no_plan(cast: Cast) -> None:
    with pytest.raises(BadInput, match="另存"):
        plans.hand_in(
            file_name="方案.png", content=b"\x89PNG\r\n\x1a\n123", root_unit=cast.district, by=cast.office
        )


def test_the_readers_own_sentence_is_what_the_user_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(command: list[str], **_given: object) -> subprocess.CompletedProcess:
        return subprocess.CompletedProcess(command, 2, b"", "“plan.txt”里没有文字，请核对。".encode())

    monkeypatch.setattr(reader.subprocess, "run", refuses)
    with pytest.raises(BadInput, match="“空.txt”里没有文字"):
        reader.read_plan("空.txt", b" ")


def test_a_reader_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(command: list[str], **_given: object) -> None:
        raise subprocess.TimeoutExpired(command, 60)

    monkeypatch.setattr(reader.subprocess, "run", hangs)
    with pytest.raises(BadInput, match="60秒"):
        reader.read_plan("方案.pdf", b"%PDF-")


def test_a_reader_that_breaks_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        reader.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1, b"", b"boom")
    )
    with pytest.raises(BadInput, match="另存为"):
        reader.read_plan("方案.pdf", b"%PDF-")
