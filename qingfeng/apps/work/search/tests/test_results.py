"""The search box and its page: what one may see by kind, hits marked, a number straight to its record."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import create, recording
from qingfeng.apps.work.campaigns.models import Activity, Campaign, Meeting
from qingfeng.apps.work.problems.models import Problem, Recusal
from qingfeng.apps.work.problems.tests.story import self_sheet
from tests.cast import Cast


def ask(user: User, query: str) -> tuple[dict[str, list[str]], str]:
    """(titles by kind, the page) as this user sees them."""
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("search:results"), {"q": query})
    assert answer.status_code == 200, answer
    kinds = {
        group.key: ["".join(text for text, _hit in hit.title) for hit in group.hits]
        for group in answer.context["groups"]
    }
    return kinds, answer.content.decode()


@pytest.fixture
def problem(cast: Cast, campaign: Campaign) -> Problem:
    with recording():
        create(
            Meeting(
                campaign=campaign,
                kind="other",
                unit=cast.street,
                title="名册公示推进会",
                held_on=date(2026, 6, 9),
            ),
            by=cast.clerk,
            kind="meeting.held",
        )
        create(
            Activity(
                campaign=campaign,
                kind="other",
                unit=cast.street,
                title="走访",
                text="核对名册",
                held_on=date(2026, 6, 9),
            ),
            by=cast.clerk,
            kind="activity.entered",
        )
    return Problem.objects.get(sheet=self_sheet(cast, campaign, content="发放名册"))


def test_what_was_found_stands_by_kind_with_the_hits_marked(cast: Cast, problem: Problem) -> None:
    kinds, page = ask(cast.clerk, "名册")
    assert kinds == {
        "problems": ["临江街道自检1号-1"],
        "sheets": ["临江街道自检1号"],
        "meetings": ["名册公示推进会"],
        "activities": ["走访"],
    }
    assert "发放<mark>名册</mark>未公示" in page and "<mark>名册</mark>公示推进会" in page


def test_units_groups_and_people_are_found_too(cast: Cast, problem: Problem) -> None:
    kinds, _page = ask(cast.office, "望山")
    assert kinds == {"units": ["望山街道"], "groups": ["望山街道纪工委"]}
    assert ask(cast.office, "林晓")[0]["people"] == ["林晓禾"]


def test_a_number_typed_whole_leads_to_its_record(cast: Cast, problem: Problem) -> None:
    client = Client()
    client.force_login(cast.clerk)
    for query, page in (
        (problem.number, reverse("problems:problem", args=[problem.reference])),
        ("临江街道自检１号－１", reverse("problems:problem", args=[problem.reference])),
        (problem.reference.lower(), reverse("problems:problem", args=[problem.reference])),
        ("临江街道自检1号", reverse("problems:sheet", args=[problem.sheet.reference])),
        ("990101", reverse("orgs:unit", args=["990101"])),
    ):
        assert client.get(reverse("search:results"), {"q": query}).headers.get("Location") == page, query


def test_walls_hold_in_the_search(cast: Cast, problem: Problem) -> None:
    for user in (cast.sister_clerk, cast.department_clerk, cast.outsider):
        assert ask(user, "名册")[0] == ask(user, problem.number)[0] == {}
    with recording():
        create(
            Recusal(
                campaign=problem.campaign,
                problem=problem,
                person=cast.clerk.person,
                reason="亲属",
                declared_at=timezone.now(),
                declared_by=cast.office,
            ),
            by=cast.office,
            kind="recusal.declared",
        )
    assert "problems" not in ask(cast.clerk, "名册")[0]
    assert "problems" not in ask(cast.clerk, problem.number)[0]
    assert "problems" in ask(cast.head, "名册")[0]


def test_an_administrator_finds_the_organisation_only(cast: Cast, problem: Problem) -> None:
    assert ask(cast.administrator, "名册")[0] == {}
    assert set(ask(cast.administrator, "林晓")[0]) == {"people"}
    assert ask(cast.administrator, "sister_cl")[0] == {"accounts": ["sister_clerk"]}
    assert ask(cast.clerk, "sister_cl")[0] == {}


def test_more_leads_to_the_ledger_with_the_same_words(cast: Cast, campaign: Campaign) -> None:
    self_sheet(cast, campaign, problems=8)
    _kinds, page = ask(cast.clerk, "名册 公示")
    assert f"{reverse('problems:list')}?q=%E5%90%8D%E5%86%8C+%E5%85%AC%E7%A4%BA" in page


@pytest.mark.parametrize("query", ["", "，。", "不会有的词语", "<script>", "\x00", "'\"*)( OR", "x" * 500])
def test_any_words_are_answered_with_a_sentence(cast: Cast, campaign: Campaign, query: str) -> None:
    kinds, page = ask(cast.clerk, query)
    assert kinds == {} and 'class="empty"' in page and "<script>" not in page


def test_the_number_of_queries_is_the_same_for_much_and_little(
    cast: Cast, campaign: Campaign, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = Client()
    client.force_login(cast.clerk)
    self_sheet(cast, campaign, problems=8)
    client.get("/")
    with django_assert_max_num_queries(40) as counted:
        client.get(reverse("search:results"), {"q": "名册"})
    much = len(counted)
    with django_assert_max_num_queries(40) as counted:
        client.get(reverse("search:results"), {"q": "没有的词"})
    assert abs(much - len(counted)) <= 1


def test_the_frame_has_the_box_for_whoever_holds_a_post(cast: Cast, campaign: Campaign) -> None:
    for user, expected in ((cast.clerk, True), (cast.administrator, True), (cast.outsider, False)):
        client = Client()
        client.force_login(user)
        assert ('id="top-search"' in client.get("/").content.decode()) is expected
