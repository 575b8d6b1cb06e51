"""Every address by everybody: open, refused with a reason, or exactly as if nothing were there.

The addresses come from the site's own table; a page of a new thing fails until the stage has one of it. Who knows of a
thing is written down here from ARCHITECTURE (“out of reach and not there look alike”), not taken from the code.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client

from qingfeng.apps.base.orgs.models import Role, Unit, User
from qingfeng.apps.base.orgs.visibility import visible_units
from qingfeng.apps.base.web import clock, slots
from qingfeng.apps.work.campaigns.models import Duty, Meeting
from qingfeng.apps.work.campaigns.visibility import visible_duties, visible_meetings
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.inspections.visibility import visible as visible_sheets
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.visibility import visible as visible_problems
from tests.cast import TODAY
from tests.guards.people import GROUPS, UNITS, Seat
from tests.guards.staging import MARK, Stage, set_stage
from tests.pages.addresses import Address, addresses
from tests.pages.samples import THINGS, inner_values, samples

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

LEDGER = tuple(role for role in Role if role != Role.ADMINISTRATOR)
DISTRICT = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
AROUND = ("own", "above", "committee", "group", "office")
"""From where the street is in reach."""
EVERYWHERE = (*UNITS, *GROUPS)


def seats(*places: str, roles: Iterable[Role] = LEDGER) -> frozenset[Seat]:
    return frozenset(Seat(place, role) for place in places for role in roles)


REACHING = seats(*AROUND)
TAKING_PART = seats(*EVERYWHERE)
KEEPING_PLANS = seats("above", "office", roles=DISTRICT)
KEEPING_ACCOUNTS = seats(*EVERYWHERE, roles=(Role.ADMINISTRATOR,))
KNOWN_TO: dict[str, frozenset[Seat]] = {
    "campaigns/plans/<int:pk>": KEEPING_PLANS,
    "campaigns/items/<int:pk>": KEEPING_PLANS,
    "figures/public/<slug:reference>": KEEPING_PLANS,
    "campaigns/<int:pk>": TAKING_PART,
    "campaigns/groups/<int:pk>": TAKING_PART,
    "campaigns/obligations/<int:pk>": TAKING_PART,
    "problems/sub-tasks/<int:pk>": REACHING | seats("elsewhere"),
    "instructions/<slug:reference>": seats("own", roles=(Role.CLERK, Role.HEAD))
    | seats("above", "office", roles=(Role.OFFICE,)),
    "sheets/import/<slug:reference>": frozenset(),
    "problems/import/<slug:reference>": frozenset(),
    "jobs/<str:reference>": frozenset(),
    **dict.fromkeys(
        ("orgs/unit/<str:code>", "orgs/person/<str:staff_no>", "orgs/group/<str:code>"),
        REACHING | KEEPING_ACCOUNTS,
    ),
    **dict.fromkeys(
        ("orgs/appointment/<int:pk>", "orgs/account/<str:staff_no>"), REACHING | KEEPING_ACCOUNTS
    ),
}
"""Who knows that the street's record exists (an instruction: its addressee and the office); everything else is known where the street is in reach."""

TRIED = [
    *(Seat("own", role) for role in Role),
    *(Seat(place, Role.CLERK) for place in ("sister", "above", "elsewhere")),
    *(Seat("above", role) for role in (Role.OFFICE, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)),
    Seat("below", Role.HEAD),
    Seat("sister", Role.LEADER),
    *(Seat(group, Role.INSPECTOR) for group in GROUPS),
    Seat("office", Role.OFFICE),
]
"""One of each reach, and every role near the street and above it."""

TRIED_DAILY = (
    Seat("own", Role.CLERK),
    Seat("own", Role.ADMINISTRATOR),
    Seat("sister", Role.CLERK),
    Seat("elsewhere", Role.CLERK),
    Seat("above", Role.OFFICE),
    Seat("below", Role.HEAD),
    Seat("group", Role.INSPECTOR),
)
"""Those who differ most; the others in the night."""

TRYING_ALL = (Seat("own", Role.CLERK), Seat("above", Role.OFFICE), Seat("committee", Role.INSPECTOR))
"""Of those who know of a thing, these try every page below it too."""

NOTHING = {"int": 99_999_999, "slug": "ZZZZ-ZZZZ", "str": "ZZZZZZ"}


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), clock.on(TODAY), transaction.atomic():
        yield set_stage()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def bare_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands around every page is the same on both sides of each comparison."""
    for slot in (slots.menu, slots.header_facts):
        monkeypatch.setattr(slot, "_fillers", [])


class Visitor:
    """Somebody with a browser; what they do is undone."""

    def __init__(self, user: User) -> None:
        self._client = Client(raise_request_exception=True)
        self._client.force_login(user)

    def answer(self, path: str, method: str = "get") -> tuple[int, str]:
        """Status and text, without what differs between two answers of the same kind."""
        with transaction.atomic():
            response = getattr(self._client, method)(path)
            content = b"" if response.streaming else response.content
            transaction.set_rollback(True)
        return response.status_code, _plain(content.decode(errors="replace"), path)

    def reached(self, path: str) -> tuple[str, tuple[int, str]]:
        """How the address answers by the method that it has."""
        answer = self.answer(path)
        if answer[0] == HTTPStatus.METHOD_NOT_ALLOWED:
            return "post", self.answer(path, "post")
        return "get", answer


def _plain(text: str, path: str) -> str:
    return re.sub(r'"\w{64}"', "", text.replace(path, ""))


def of_things() -> list[Address]:
    return [address for address in addresses() if address.thing in THINGS]


def test_every_thing_with_a_page_stands_on_the_stage(stage: Stage) -> None:
    missing = {address.thing for address in of_things() if stage.records.get(address.thing) is None}
    assert not missing, "make one in tests/guards/staging.py"


def walk(stage: Stage, tried: Iterable[Seat], chosen: Callable[[Address], bool] = bool) -> list[str]:
    """What is wrong: somebody learns of what is not theirs, or does not get what is."""
    faults = []
    for seat in tried:
        visitor = Visitor(stage.seats[seat])
        for address in filter(chosen, of_things()):
            record = stage.records[address.thing]
            faults += [f"{seat}: {path} {fault}" for path, fault in _faults(visitor, seat, address, record)]
    return faults


def _faults(visitor: Visitor, seat: Seat, address: Address, record: Model) -> Iterator[tuple[str, str]]:
    known = seat in KNOWN_TO.get(address.thing, REACHING)
    if known and not address.is_own_page and seat not in TRYING_ALL:
        return
    words = next(iter(inner_values(address, record)), ())
    path = address.filled(THINGS[address.thing].value_of(record), *words)
    method, (status, text) = visitor.reached(path)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        yield path, f"{method} answers {status}"
    if not known:
        nothing = address.filled(NOTHING[address.gaps[0].partition(":")[0]], *words)
        if (status, text) != visitor.answer(nothing, method):
            yield path, f"{method} answers {status}, unlike an address where nothing is"
    elif address.is_own_page and method == "get" and status not in {HTTPStatus.OK, HTTPStatus.FORBIDDEN}:
        yield path, f"should open, answers {status}"


@pytest.mark.nightly_on_postgresql
def test_what_is_out_of_reach_looks_as_if_it_were_not_there(stage: Stage) -> None:
    faults = walk(stage, TRIED_DAILY)
    assert not faults, "\n".join(faults)


@pytest.mark.nightly
def test_what_is_out_of_reach_looks_so_to_everybody_else(stage: Stage) -> None:
    faults = walk(stage, set(TRIED) - set(TRIED_DAILY))
    assert not faults, "\n".join(faults)


@pytest.mark.nightly_on_postgresql
def test_lists_tell_nothing_of_what_is_out_of_reach(stage: Stage) -> None:
    assert _told(stage, [*set(TRIED_DAILY) - REACHING, None]) == []


@pytest.mark.nightly
def test_lists_tell_nothing_to_everybody_else(stage: Stage) -> None:
    assert _told(stage, set(TRIED) - set(TRIED_DAILY) - REACHING) == []


def _told(stage: Stage, seats: Iterable[Seat | None]) -> list[str]:
    """Pages without a record of their own, and searches for the very words."""
    faults = []
    for seat in seats:
        user = stage.seats[seat] if seat else stage.nobody
        visitor = Visitor(user)
        for address in addresses():
            if address.thing in THINGS or address.name.startswith("account_"):
                continue
            for path in samples(address):
                status, text = visitor.answer(f"{path}?q={MARK}&view=all")
                if (
                    status >= HTTPStatus.INTERNAL_SERVER_ERROR
                    or text.replace(f'value="{MARK}"', "").count(MARK) > _ECHOED
                ):
                    faults.append(f"{seat}: {path} {status}")
    return faults


_ECHOED = 3
"""How often a page may say the searched words back."""


def everywhere(
    monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], instead: Callable[..., Any]
) -> None:
    """Puts another function in each place where this one was imported."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("qingfeng."):
            for name, value in list(vars(module).items()):
                if value is function:
                    monkeypatch.setattr(module, name, instead)


@pytest.mark.parametrize(
    ("filter_", "model", "thing"),
    [
        (visible_problems, Problem, "problems/<slug:reference>"),
        (visible_sheets, Sheet, "sheets/<slug:reference>"),
        (visible_duties, Duty, "campaigns/duties/<int:pk>"),
        (visible_meetings, Meeting, "campaigns/meetings/<int:pk>"),
        (visible_units, Unit, "orgs/unit/<str:code>"),
    ],
    ids=lambda value: getattr(value, "__module__", "").split(".")[-2] if callable(value) else "",
)
def test_the_walk_notices_when_a_filter_is_gone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, filter_: Callable[..., Any], model: type[Model], thing: str
) -> None:
    stranger = [Seat("sister", Role.CLERK)]
    own_page = lambda address: address.thing == thing and address.is_own_page  # noqa: E731
    assert walk(stage, stranger, own_page) == []
    everywhere(monkeypatch, filter_, lambda user, *_rest: model._default_manager.all())
    assert walk(stage, stranger, own_page)
