"""The sign-in page: what it says to whom, and how long to wait."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.orgs.models import User
from tests.cast import Cast

RIGHT = "Qing-feng-2026"


@pytest.fixture
def clerk(cast: Cast) -> User:
    User.objects.filter(pk=cast.clerk.pk).update(password=make_password(RIGHT), must_change_password=False)
    return User.objects.get(pk=cast.clerk.pk)


def words(client: Client, password: str, username: str = "clerk") -> str:
    return client.post(reverse("account_login"), {"login": username, "password": password}).content.decode()


def test_it_says_what_this_is_in_chinese(client: Client, db: None):
    page = client.get(reverse("account_login")).content.decode()
    for word in ("清风", "专项治理工作平台", "账号", "密码", "账号由系统管理员开通"):
        assert word in page


def test_the_right_password_opens_the_page_that_was_asked_for(clerk: User, client: Client):
    asked = reverse("web:components")
    door = client.get(asked)
    assert "两小时没有操作" in client.get(door.url).content.decode()
    answer = client.post(door.url, {"login": "clerk", "password": RIGHT, "next": asked})
    assert (answer.status_code, answer.url) == (302, asked)


def test_a_wrong_password_and_an_unknown_account_look_alike(clerk: User, client: Client):
    plain = [
        re.sub(r'(value|content)="[^"]*"', "", words(client, "wrong-wrong", name))
        for name in ("clerk", "nobody")
    ]
    assert plain[0] == plain[1] and "账号或密码不正确" in plain[0]


def test_after_five_wrong_tries_it_says_how_many_seconds_to_wait(clerk: User, client: Client):
    for _attempt in range(5):
        assert "账号或密码不正确" in words(client, "wrong-wrong")
    found = re.search(r"请等(\d+)秒后再试", words(client, RIGHT))
    assert found and 280 <= int(found[1]) <= 300
    assert "_auth_user_id" not in client.session


def test_an_empty_form_says_what_to_fill_in(client: Client, db: None):
    page = words(client, "", "")
    assert "请填写账号。" in page and "请填写密码。" in page and "没有登录" in page


def test_leaving_ends_the_session(clerk: User, client: Client):
    client.force_login(clerk)
    assert "要退出吗" in client.get(reverse("account_logout")).content.decode()
    client.post(reverse("account_logout"))
    assert client.get(reverse("web:components")).status_code == 302


def test_a_session_ends_after_two_hours_without_a_click(settings):  # type: ignore[no-untyped-def]
    assert settings.SESSION_COOKIE_AGE == 2 * 3600 and settings.SESSION_EXPIRE_AT_BROWSER_CLOSE


def test_a_part_of_a_page_asked_for_after_the_session_ended_leads_to_the_page_to_sign_in(
    client: Client, db: None
):
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/problems/?state=found"}
    answer = client.get(reverse("desk:waiting"), headers=here)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"{reverse('account_login')}?next=/problems/")
