"""What every change of a problem shares: its event and the running figures of its unit, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Person, Unit, User
from qingfeng.apps.base.orgs.queries import left_on, person_named
from qingfeng.apps.base.records.actions import change, change_all
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.base.web.memory import remembered
from qingfeng.apps.work.problems.actions.summing import adjust, figures_of
from qingfeng.apps.work.problems.models import Problem


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


def alter_all(problems: Sequence[Problem], *, by: User, kind: str, to: Mapping[str, Any]) -> None:
    """The same change of many problems that move to one state, each with its event."""
    before = [figures_of(problem) for problem in problems]
    change_all(problems, by=by, kind=kind, to={**to, "state_since": clock.today()})
    adjust(taken=before, added=[figures_of(problem) for problem in problems])


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
