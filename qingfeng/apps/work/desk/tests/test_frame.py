"""The frame of every page: a menu by role, the campaign with its stage, the person with the post."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.frame import MenuEntry, mark_here
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.site import panels
from tests.cast import Cast


def labels(cast: Cast, who: str) -> list[str]:
    request = RequestFactory().get("/")
    request.user = getattr(cast, who)
    return [entry.label for entry in panels.menu(request)]


def facts(cast: Cast, who: str) -> list[tuple[str, str]]:
    request = RequestFactory().get("/")
    request.user = getattr(cast, who)
    return [(fact.text, fact.note) for fact in panels.campaign_facts(request)]


def test_the_menu_stands_in_the_order_of_the_work(cast: Cast):
    order = [str(entry.label) for entry in panels.MENU]
    found = labels(cast, "clerk")
    assert found == [label for label in order if label in found]
    assert {"今日", "检查台账", "问题与整改"} <= set(found)


@pytest.mark.parametrize(
    ("who", "has", "has_not"),
    [
        ("clerk", "问题与整改", "事件记录"),
        ("leader", "问题与整改", "账号"),
        ("auditor", "事件记录", "账号"),
        ("administrator", "账号", "问题与整改"),
        ("outsider", "今日", "问题与整改"),
        ("office", "检查台账", "事件记录"),
    ],
)
def test_a_role_sees_only_its_entries(cast: Cast, who: str, has: str, has_not: str):
    found = labels(cast, who)
    assert has in found and has_not not in found


def test_every_entry_opens(cast: Cast, campaign: Campaign, client: Client):
    for who in ("office", "clerk", "leader", "auditor", "administrator", "outsider"):
        client.force_login(getattr(cast, who))
        request = RequestFactory().get("/")
        request.user = getattr(cast, who)
        for entry in panels.menu(request):
            assert client.get(entry.href).status_code == 200, (who, entry.href)


@pytest.mark.parametrize(
    ("day", "stage", "note"),
    [
        (date(2026, 6, 10), "自查自纠", "还剩13个工作日"),
        (date(2026, 6, 30), "自查自纠", "今天到期"),
        (date(2026, 5, 1), "动员部署", "2026-05-11开始"),
    ],
)
def test_the_head_names_the_stage_and_the_days_left(
    cast: Cast, campaign: Campaign, day: date, stage: str, note: str
):
    with clock.on(day):
        assert facts(cast, "clerk") == [("专项治理", ""), (stage, note)]


def test_without_a_campaign_the_head_says_nothing(cast: Cast):
    assert facts(cast, "clerk") == [] == facts(cast, "outsider")


def test_the_head_names_the_person_and_the_post(cast: Cast, client: Client):
    client.force_login(cast.secretary)
    page = client.get(reverse("web:components")).content.decode()
    assert "孙明远" in page and "纪工委书记" in page


def test_the_page_one_is_on_is_marked_by_the_longest_address():
    entries = [MenuEntry("今日", "/"), MenuEntry("组织", "/orgs/"), MenuEntry("账号", "/orgs/accounts/")]
    here = [
        [entry.label for entry in mark_here(entries, path) if entry.here]
        for path in ("/", "/orgs/units/3/", "/orgs/accounts/", "/nowhere/")
    ]
    assert here == [["今日"], ["组织"], ["账号"], []]


def test_an_auditor_of_another_place_reads_nothing(cast: Cast, campaign: Campaign):
    assert set(panels.audited_streams(cast.auditor)) == {
        f"campaign:{campaign.pk}",
        f"plan:{campaign.plan_id}",
        "orgs",
        "jobs",
    }
    assert not list(panels.audited_streams(cast.clerk))


def test_the_frame_costs_little_on_every_page(
    cast: Cast, campaign: Campaign, client: Client, django_assert_max_num_queries
):  # type: ignore[no-untyped-def]
    """Session, account, person, posts, campaign, stages; what waits is counted once in half a minute."""
    client.force_login(cast.clerk)
    client.get(reverse("account_logout"))
    with django_assert_max_num_queries(9):
        client.get(reverse("account_logout"))
