"""Every move in every state by everybody: what the flow or the permissions do not give is refused and leaves no trace.

The states and moves come from `flow.py`, the seats from the roles and places of `people.py`. Who may move is written
down here once more, from the handbook (RULES §4) and not from the code: nobody strikes off what they rectified, whoever
closes is not of the unit that has the problem, what a unit found is closed by its discipline committee, what a group
found by that group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.flow import MOVES, ProblemState
from qingfeng.apps.work.problems.models import Measure, Problem
from qingfeng.apps.work.problems.permissions import OWNERS
from qingfeng.apps.work.problems.tests import story
from tests.cast import TODAY, Cast, make_campaign, make_cast
from tests.guards.people import Seat, nobody, seated, with_two_seats

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
S = ProblemState
LATER = TODAY + timedelta(days=60)
LATER_STILL = TODAY + timedelta(days=90)


def seats(*places: str, roles: tuple[Role, ...]) -> frozenset[Seat]:
    return frozenset(Seat(place, role) for place in places for role in roles)


INSPECTING = (Role.INSPECTOR, Role.OFFICE)
OWN = seats("own", roles=(Role.CLERK, Role.HEAD))
SIGNING = seats("own", roles=(Role.HEAD,))
OFFICE = seats("own", "above", "committee", "group", "office", roles=(Role.OFFICE,))
"""Whoever holds the role of the campaign office where the street is in reach."""
CLOSING = {
    "unit": seats("committee", roles=INSPECTING),
    "group": seats("group", roles=INSPECTING),
}
LOOKING_BACK = {finder: closing | seats("office", roles=INSPECTING) for finder, closing in CLOSING.items()}
ASSIGNING = {
    "unit": OWN | OFFICE,
    "group": OWN | OFFICE | seats("group", roles=INSPECTING),
}


def may(verb: str, finder: str) -> frozenset[Seat]:
    """Who may make this move by the handbook."""
    if verb == "assign":
        return ASSIGNING[finder]
    if verb in {"measure", "submit", "ask_extension", "ask_transfer"}:
        return OWN
    if verb == "sign":
        return SIGNING
    if verb in {"return", "close_out", "decide_extension", "make_long_term", "review_long_term"}:
        return CLOSING[finder]
    if verb in {"look_back", "reopen"}:
        return LOOKING_BACK[finder]
    return OFFICE


ACTS: dict[str, Callable[[Problem, User], Any]] = {
    "assign": lambda p, by: actions.assign(problem=p, responsible_name="林晓禾", due_date=LATER, by=by),
    "measure": lambda p, by: actions.add_measure(problem=p, text="补充公示", by=by),
    "submit": lambda p, by: actions.submit(problem=p, statement="已整改", new_rule="公示办法", by=by),
    "sign": lambda p, by: actions.sign(problem=p, by=by),
    "return": lambda p, by: actions.return_problem(problem=p, reason="佐证不足", by=by),
    "close_out": lambda p, by: actions.close_out(problem=p, look_back_on=LATER, by=by),
    "ask_extension": lambda p, by: actions.ask_extension(
        problem=p, reason="雨季", new_date=LATER_STILL, by=by
    ),
    "decide_extension": lambda p, by: actions.decide_extension(problem=p, approve=True, by=by),
    "ask_transfer": lambda p, by: actions.ask_transfer(
        problem=p, to_unit=p.campaign.root_unit, reason="职责不在本单位", by=by
    ),
    "decide_transfer": lambda p, by: actions.decide_transfer(problem=p, approve=True, by=by),
    "make_long_term": lambda p, by: actions.make_long_term(problem=p, reason="需要长期坚持", by=by),
    "review_long_term": lambda p, by: actions.review_long_term(
        problem=p, note="仍在坚持", goes_on=True, by=by
    ),
    "look_back": lambda p, by: actions.look_back(problem=p, result="holds", note="未反弹", by=by),
    "reopen": lambda p, by: actions.reopen(problem=p, reason="又有发生", by=by, due_date=LATER),
    "void": lambda p, by: actions.void_problem(problem=p, reason="重复登记", by=by),
}


@dataclass
class Stage:
    """The district with everybody in it."""

    cast: Cast
    campaign: Campaign
    seats: dict[Seat, User]
    barred: dict[str, User]
    """Whoever closes nothing here, whatever their seat."""

    def problem(self, state: ProblemState, finder: str, verb: str) -> Problem:
        """A problem of the street in this state, with all that the move needs besides the right person."""
        made = _problem(self, finder, with_date=state != S.FOUND)
        _TO[state](self, made, verb)
        if verb == "decide_extension" and state != S.SUBMITTED:
            ACTS["ask_extension"](made, self.cast.clerk)
        if verb == "decide_transfer":
            ACTS["ask_transfer"](made, self.cast.clerk)
        if verb == "submit" and made.state != S.RETURNED:
            _prove(self, made)
        made.refresh_from_db()
        assert made.state == state
        return made

    def closer(self, finder: str) -> User:
        return self.cast.secretary if finder == "unit" else self.cast.inspector


def _problem(stage: Stage, finder: str, *, with_date: bool) -> Problem:
    given = {} if with_date else {"due_date": None, "responsible_name": ""}
    entry = story.entry_of(stage.cast, **given)
    unit = finder == "unit"
    values = {
        "kind": "self_inspection" if unit else "supervision",
        "inspected_unit": stage.cast.street,
        "filing_unit": stage.cast.street if unit else None,
        "filing_group": None if unit else stage.cast.governance,
        "inspectors": "林晓禾、陈立群",
        "content": "惠民补贴",
        "inspected_on": date(2026, 6, 8),
    }
    sheet = actions.file_sheet(
        campaign=stage.campaign,
        entry=SheetEntry(**values),
        problems=(entry,),
        by=stage.cast.clerk if unit else stage.cast.inspector,
    )
    return Problem.objects.get(sheet=sheet)


def _measured(stage: Stage, problem: Problem, _verb: str = "") -> None:
    ACTS["measure"](problem, stage.cast.clerk)


def _prove(stage: Stage, problem: Problem) -> None:
    actions.add_evidence(problem=problem, name="照片.png", content=story.PROOF, by=stage.cast.clerk)


def _submitted(stage: Stage, problem: Problem, verb: str = "") -> None:
    _measured(stage, problem)
    _prove(stage, problem)
    if verb == "decide_extension":
        ACTS["ask_extension"](problem, stage.cast.clerk)
    ACTS["submit"](problem, stage.cast.clerk)
    if verb != "sign":
        ACTS["sign"](problem, stage.cast.head)


def _closer_of(stage: Stage, problem: Problem) -> User:
    return stage.closer("unit" if problem.finding_unit_id else "group")


def _then(*steps: Callable[[Stage, Problem], Any]) -> Callable[[Stage, Problem, str], None]:
    def walk(stage: Stage, problem: Problem, _verb: str) -> None:
        for step in steps:
            step(stage, problem)

    return walk


def _closed(stage: Stage, problem: Problem) -> None:
    _submitted(stage, problem)
    ACTS["close_out"](problem, _closer_of(stage, problem))


def _nothing(_stage: Stage, _problem: Problem, _verb: str) -> None:
    pass


def _transferred(stage: Stage, problem: Problem) -> None:
    """To the department and back, so that the street has it in this state."""
    for unit, by in (
        (stage.cast.department, stage.cast.clerk),
        (stage.cast.street, stage.cast.department_clerk),
    ):
        if problem.state == S.TRANSFERRED:
            ACTS["assign"](problem, stage.cast.department_clerk)
        actions.ask_transfer(problem=problem, to_unit=unit, reason="职责不在本单位", by=by)
        ACTS["decide_transfer"](problem, stage.cast.office)


_TO: dict[ProblemState, Callable[[Stage, Problem, str], None]] = {
    S.FOUND: _nothing,
    S.ASSIGNED: _nothing,
    S.IN_RECTIFICATION: _measured,
    S.SUBMITTED: _submitted,
    S.RETURNED: _then(_submitted, lambda stage, p: ACTS["return"](p, _closer_of(stage, p))),
    S.TRANSFERRED: _then(_transferred),
    S.LONG_TERM: _then(_measured, lambda stage, p: ACTS["make_long_term"](p, _closer_of(stage, p))),
    S.CLOSED_OUT: _then(_closed),
    S.REOPENED: _then(_closed, lambda stage, p: ACTS["reopen"](p, _closer_of(stage, p))),
    S.VOID: _then(lambda stage, p: ACTS["void"](p, stage.cast.office)),
}


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Built once; nothing that a move does outlives its attempt."""
    with django_db_blocker.unblock(), clock.on(TODAY), transaction.atomic():
        cast = make_cast()
        yield Stage(
            cast,
            make_campaign(cast),
            seated(cast),
            {"in both": with_two_seats(cast), "without a post": nobody(cast)},
        )
        transaction.set_rollback(True)


class Undone(Exception):
    """Takes an attempt back."""


def attempt(verb: str, problem: Problem, by: User) -> str:
    """`done`, or `refused`; either way it is as it was before. A refusal leaves no event."""
    try:
        with transaction.atomic():
            before = Event.objects.count()
            try:
                ACTS[verb](Problem.objects.get(pk=problem.pk), by)
            except Refused:
                assert Event.objects.count() == before
                return "refused"
            assert Event.objects.count() > before
            raise Undone
    except Undone:
        return "done"


CASES = [(verb, "unit") for verb in MOVES] + [
    pytest.param(verb, "group", marks=pytest.mark.nightly_on_postgresql)
    for verb in MOVES
    if may(verb, "group") != may(verb, "unit")
]
"""What a group found differs in some moves only."""


@pytest.mark.parametrize(("verb", "finder"), CASES)
def test_only_those_whom_the_handbook_names_make_a_move(stage: Stage, verb: str, finder: str) -> None:
    """In each state of the move, everybody tries."""
    right = may(verb, finder)
    wrong = []
    for state in MOVES[verb].sources:
        problem = stage.problem(state, finder, verb)
        for seat, user in stage.seats.items():
            outcome = attempt(verb, problem, user)
            if (outcome == "done") != (seat in right):
                wrong.append(f"{seat}, {state.label}: {outcome}")
        for name, user in stage.barred.items():
            if (name == "without a post" or not right & OWN) and attempt(verb, problem, user) == "done":
                wrong.append(f"somebody {name}, {state.label}: done")
    assert not wrong


@pytest.mark.parametrize("verb", MOVES)
def test_a_move_is_refused_to_everybody_in_a_state_that_is_not_its_own(stage: Stage, verb: str) -> None:
    """Those try who might make it in its own states."""
    people = [stage.seats[seat] for seat in sorted(may(verb, "unit"), key=str)]
    for state in set(S) - set(MOVES[verb].sources):
        problem = stage.problem(state, "unit", "sign")
        for user in people:
            assert attempt(verb, problem, user) == "refused", (state.label, user)


@pytest.mark.parametrize("verb", ["return", "close_out", "decide_extension", "make_long_term"])
def test_whoever_put_it_right_does_not_decide_about_it_after_changing_sides(stage: Stage, verb: str) -> None:
    """A clerk of the street who entered a measure, and sits in the discipline committee now."""
    state = MOVES[verb].sources[-1]
    problem = stage.problem(state, "unit", verb)
    former = stage.seats[Seat("committee", Role.INSPECTOR)]
    assert attempt(verb, problem, former) == "done"
    with transaction.atomic():
        Measure.objects.filter(problem=problem).update(entered_by=former)
        outcome = attempt(verb, problem, former)
        transaction.set_rollback(True)
    assert outcome == "refused"


def test_every_move_has_an_owner_and_is_tried_here() -> None:
    assert set(MOVES) == set(OWNERS) == set(ACTS)
    assert set(_TO) == set(S)
