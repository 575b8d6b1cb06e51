"""What a person keeps about ledgers: lists under names, the one that opens first, columns; nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.orgs.actions import own_lists as actions
from qingfeng.apps.base.orgs.models import OwnList
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import BadInput, NotThere
from tests.cast import Cast


@pytest.fixture
def browser(cast: Cast, client: Client, settings: Any) -> Client:
    client.force_login(cast.office, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def send(browser: Client, do: str, **given: Any) -> Any:
    data = {"do": do, "ledger": "units", "path": reverse("orgs:units"), **given}
    return browser.post(reverse("orgs:own_lists"), data)


def test_a_state_is_kept_found_as_a_tab_and_opens_first(cast: Cast, browser: Client) -> None:
    events = Event.objects.count()
    answer = send(browser, "save", name=" 街道 ", query="kind=street&view=all")
    assert answer.url == "/orgs/?kind=street&view=all"
    page = browser.get(answer.url).content.decode()
    assert 'href="/orgs/?kind=street&amp;view=all" aria-current="page">街道' in page
    assert "筛选" in page and "类别：街道（乡镇）" in page
    row = OwnList.objects.get()
    send(browser, "first", list=row.pk)
    assert browser.get(reverse("orgs:units")).url == "/orgs/?kind=street&view=all"
    assert browser.get("/orgs/?view=running").status_code == 200
    send(browser, "not_first", list=row.pk)
    assert browser.get(reverse("orgs:units")).status_code == 200
    assert Event.objects.count() == events  # a personal setting leaves no event


def test_a_list_is_renamed_and_deleted(cast: Cast, browser: Client) -> None:
    row = actions.keep_list(ledger="units", name="一", query="view=all", by=cast.office)
    send(browser, "rename", list=row.pk, name="二")
    row.refresh_from_db()
    assert row.name == "二"
    assert send(browser, "delete", list=row.pk).url == "/orgs/?view=all"
    assert not OwnList.objects.exists()


def test_the_columns_are_kept_in_their_order_and_given_up_again(cast: Cast, browser: Client) -> None:
    send(browser, "columns", column=["name", "valid_to", "code"], query="col=valid_to&view=all")
    page = browser.get("/orgs/?view=all").content.decode()
    head = page.split("<thead>")[1].split("</thead>")[0]
    assert head.index(">止") < head.index(">单位代码") and "在任人数" not in head
    send(browser, "plain_columns", query="view=all")
    assert not OwnList.objects.exists()


def test_another_persons_list_does_not_exist(cast: Cast, browser: Client) -> None:
    row = actions.keep_list(ledger="units", name="林的视图", query="view=all", by=cast.clerk)
    for do in ("rename", "first", "not_first", "delete"):
        assert send(browser, do, list=row.pk, name="x").status_code == 404
    assert "林的视图" not in browser.get("/orgs/?view=all").content.decode()
    with pytest.raises(NotThere):
        actions.drop_list(key=row.pk, by=cast.office)


@pytest.mark.parametrize("path", ["//elsewhere.example/", "https://elsewhere.example/", "/nix/", "/\\x"])
def test_nobody_is_led_elsewhere(browser: Client, path: str) -> None:
    assert send(browser, "save", name="x", query="view=all", path=path).status_code == 404


def test_limits_are_told_in_words(cast: Cast) -> None:
    for number in range(actions.MOST_LISTS):
        actions.keep_list(ledger="units", name=f"视图{number}", query="view=all", by=cast.office)
    with pytest.raises(BadInput, match="最多保存20个视图"):
        actions.keep_list(ledger="units", name="再一个", query="view=all", by=cast.office)
    actions.keep_list(ledger="units", name="视图3", query="view=ended", by=cast.office)  # takes the place
    actions.keep_list(ledger="people", name="另一台账", query="view=all", by=cast.office)
    for name in ("", " ", "长" * 31):
        with pytest.raises(BadInput):
            actions.keep_list(ledger="units", name=name, query="view=all", by=cast.office)
    with pytest.raises(BadInput, match="太长"):
        actions.keep_list(ledger="people", name="长", query="q=" + "a" * 2000, by=cast.office)
