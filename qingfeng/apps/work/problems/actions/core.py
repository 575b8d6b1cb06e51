"""What every change of a problem shares: its event and the running figures of its unit, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Person, Unit, User
from qingfeng.apps.base.orgs.queries import left_on, person_named
from qingfeng.apps.base.records.actions import change
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.base.web.memory import remembered
from qingfeng.apps.work.problems.models import Problem, UnitSummary

FIGURES = ("problems", "people_affected", "sum_involved", "sum_returned")
Key = tuple[int, int, str]


def alter(
    problem: Problem, *, by: User, kind: str, to: Mapping[str, Any], payload: Mapping[str, Any] | None = None
) -> Problem:
    """A change of a problem with its event; the summaries follow. Refused when somebody else was first."""
    if "state" in to and to["state"] != problem.state:
        to = {**to, "state_since": clock.today()}
    before = figures_of(problem)
    change(problem, by=by, kind=kind, to=to, when={"state": problem.state}, payload=payload)
    after = figures_of(problem)
    if before != after:
        adjust(taken=[before], added=[after])
    return problem


def figures_of(problem: Problem) -> tuple[Key, tuple[int, ...]]:
    """Where a problem counts and with how much."""
    key = (problem.campaign_id, problem.lead_unit_id, str(problem.state))
    return key, (1, problem.people_affected, problem.sum_involved, problem.sum_returned)


def adjust(*, taken: list[tuple[Key, tuple[int, ...]]], added: list[tuple[Key, tuple[int, ...]]]) -> None:
    """Moves counts between summary rows, always in the same order of rows, so that two actions never wait crosswise."""
    deltas: dict[Key, Counter[str]] = {}
    for sign, rows in ((-1, taken), (1, added)):
        for key, values in rows:
            delta = deltas.setdefault(key, Counter())
            for name, value in zip(FIGURES, values, strict=True):
                delta[name] += sign * value
    for campaign_id, unit_id, state in sorted(deltas):
        delta = deltas[campaign_id, unit_id, state]
        UnitSummary.objects.get_or_create(campaign_id=campaign_id, unit_id=unit_id, state=state)
        rows_of = UnitSummary.objects.filter(campaign_id=campaign_id, unit_id=unit_id, state=state)
        rows_of.update(**{name: F(name) + delta[name] for name in FIGURES})


def person_in_charge(unit: Unit, name: str) -> Person | None:
    """The person of that name who works there now; None for somebody not on the list. BadInput for who has left."""
    today = clock.today()
    asked = (unit.pk, name.strip(), today)
    found = remembered(("person named", *asked), lambda: person_named(unit, name, today))
    last = None if found else remembered(("person left", *asked), lambda: left_on(unit, name, today))
    if last:
        raise BadInput(has_left(unit, name, last))
    return found


def has_left(unit: Unit, name: str, last: date) -> str:
    """What is said of a person who has left."""
    return _("“%(name)s”已于%(day)s离开“%(unit)s”，请改填现在的责任人。") % {
        "name": name.strip(),
        "day": last,
        "unit": unit.name,
    }


def required(text: str, label: str) -> str:
    """The text, or BadInput that names the empty box."""
    if not text.strip():
        raise BadInput(_("“%(field)s”没有填写。") % {"field": label})
    return text.strip()
