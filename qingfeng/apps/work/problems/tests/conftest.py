"""Browsers of the cast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web import slots

SAVING_THE_SESSION = 3
"""The session's update with the savepoint that only a test has around it."""

Browser = Callable[[User], Client]


@pytest.fixture
def browser() -> Browser:
    """A browser in which this person is signed in."""

    def open_for(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return open_for


@pytest.fixture
def bare_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without what other apps hang into the frame, so that a page's own queries can be counted."""
    for slot in (slots.menu, slots.header_facts):
        monkeypatch.setattr(slot, "_fillers", [])
