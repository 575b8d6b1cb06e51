"""Accounts: opened by an administrator, entered with limits, locked at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import BadInput, Refused
from tests.cast import Cast

FIRST, OWN = "Chu-shi-7781", "Wo-zi-ji-9024"


@pytest.fixture
def newcomer(cast: Cast) -> User:
    who = actions.create_person(name="苏新到", staff_no="T800", by=cast.office)
    actions.appoint(person=who, role="unit_clerk", title="干事", unit=cast.street, by=cast.office)
    return actions.create_account(person=who, username="suxindao", password=FIRST, by=cast.administrator)


def sign_in(client: Client, password: str, username: str = "suxindao") -> Any:
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_an_account_is_opened_with_an_event_and_a_first_password(cast: Cast, newcomer: User):
    assert newcomer.must_change_password and newcomer.check_password(FIRST)
    event = Event.objects.get(
        kind="account.created", subject=newcomer.person.subject, actor_id=cast.administrator.pk
    )
    assert FIRST not in event.text + event.payload.content


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"password": "12345"}, "密码"),
        ({"password": "1234567890123"}, "数字"),
        ({"username": "clerk"}, "已存在"),
        ({"username": "CLERK"}, "已存在"),
        ({"username": "a b"}, "不合规"),
        ({"username": ""}, "不合规"),
    ],
)
def test_an_account_with_nonsense_is_turned_away(cast: Cast, given: dict[str, str], words: str):
    who = actions.create_person(name="苏新到", staff_no="T800", by=cast.office)
    with pytest.raises(BadInput, match=words):
        actions.create_account(
            person=who, by=cast.administrator, **{"username": "su", "password": FIRST, **given}
        )


def test_a_person_has_one_account(cast: Cast, newcomer: User):
    with pytest.raises(BadInput, match="已有账号"):
        actions.create_account(person=newcomer.person, username="su2", password=FIRST, by=cast.administrator)


@pytest.mark.parametrize("who", ["office", "clerk", "leader", "auditor", "outsider"])
def test_only_an_administrator_keeps_accounts(cast: Cast, newcomer: User, who: str):
    by = getattr(cast, who)
    with pytest.raises(Refused):
        actions.reset_password(user=newcomer, password=OWN, by=by)
    with pytest.raises(Refused):
        actions.set_account_active(user=newcomer, active=False, by=by)
    assert User.objects.get(pk=newcomer.pk).check_password(FIRST)


def test_nobody_locks_their_own_account(cast: Cast):
    with pytest.raises(BadInput, match="自己的账号"):
        actions.set_account_active(user=cast.administrator, active=False, by=cast.administrator)


def test_a_first_password_opens_only_the_page_that_changes_it(newcomer: User, client: Client):
    sign_in(client, FIRST)
    for address in (reverse("orgs:units"), "/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_change_password"))


def test_the_page_that_changes_it_is_not_swapped_into_its_own_frame(newcomer: User, client: Client):
    sign_in(client, FIRST)
    part = client.get(reverse("desk:waiting"), headers={"HX-Request": "true"})
    assert (part.status_code, part.content) == (204, b"")


def change(client: Client, old: str, new: str) -> Any:
    fields = {"oldpassword": old, "password1": new, "password2": new}
    return client.post(reverse("account_change_password"), fields)


def test_changing_it_opens_the_rest_and_is_remembered(newcomer: User, client: Client):
    sign_in(client, FIRST)
    assert change(client, FIRST, OWN).status_code == 302
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password and newcomer.check_password(OWN)
    assert client.get(reverse("orgs:units")).status_code == 200
    assert Event.objects.filter(kind="account.password_changed", actor_id=newcomer.pk).count() == 1


@pytest.mark.parametrize("new", [FIRST, "short", "1234567890123", "suxindao12"])
def test_a_poor_or_the_same_password_is_no_change(newcomer: User, client: Client, new: str):
    sign_in(client, FIRST)
    assert change(client, FIRST, new).status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.must_change_password and newcomer.check_password(FIRST)


def test_a_reset_password_must_be_changed_again_and_ends_open_sessions(
    cast: Cast, newcomer: User, client: Client
):
    client.force_login(newcomer)
    actions.reset_password(user=newcomer, password=OWN, by=cast.administrator)
    assert newcomer.must_change_password
    assert reverse("account_login") in client.get(reverse("orgs:units"))["Location"]


def test_a_locked_account_is_out_at_once_and_its_session_does_not_come_back(
    cast: Cast, newcomer: User, client: Client
):
    actions.change_own_password(user=newcomer, password=OWN)
    client.force_login(newcomer)
    assert client.get(reverse("orgs:units")).status_code == 200
    actions.set_account_active(user=newcomer, active=False, by=cast.administrator)
    assert not Session.objects.exists()
    actions.set_account_active(user=newcomer, active=True, by=cast.administrator)
    assert client.get(reverse("orgs:units")).status_code == 302
    kinds = list(
        Event.objects.filter(subject=newcomer.person.subject).order_by("pk").values_list("kind", flat=True)
    )
    assert kinds[-2:] == ["account.locked", "account.unlocked"]


def test_locking_twice_is_one_event(cast: Cast, newcomer: User):
    for _attempt in range(2):
        actions.set_account_active(user=newcomer, active=False, by=cast.administrator)
    assert Event.objects.filter(kind="account.locked").count() == 1


def test_a_locked_account_does_not_sign_in(cast: Cast, newcomer: User, client: Client):
    actions.set_account_active(user=newcomer, active=False, by=cast.administrator)
    sign_in(client, FIRST)
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_the_right_one_waits_too(newcomer: User, client: Client):
    for _attempt in range(5):
        sign_in(client, "wrong-wrong")
    sign_in(client, FIRST)
    assert "_auth_user_id" not in client.session


def test_the_doors_of_allauth_that_are_not_ours_stay_closed(client: Client, db: None):
    for address in ("/account/signup/", "/account/password/reset/", "/account/email/"):
        assert client.get(address).status_code in {302, 404}
        assert client.post(address, {}).status_code in {302, 404}
