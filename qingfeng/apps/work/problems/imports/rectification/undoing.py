"""Until when what a file said of a problem can be taken back: as long as nobody has gone on from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.models import Evidence, Measure, Problem

Written = tuple[Problem, Mapping[str, Any]]
"""A problem, and what was made of it."""
_CHUNK = 500


def check_untouched(written: Sequence[Written]) -> None:
    """Refused once one of these problems was handled further: changed, or further measures or proofs added. Two
    queries for some hundred of them."""
    for at in range(0, len(written), _CHUNK):
        part = written[at : at + _CHUNK]
        touched = {*_with_measures(part), *_with_proofs(part)}
        for problem, made in part:
            if problem.revision != made["revision"] or problem.pk in touched:
                raise Refused(
                    _("%(number)s导入以后又有办理（%(state)s），不能撤销。个别写错的，请在问题页补充说明。")
                    % {"number": problem.number, "state": ProblemState(problem.state).label}
                )


def _with_measures(part: Sequence[Written]) -> Iterable[int]:
    own = {key for _problem, made in part for key in made["measures"]}
    rows = Measure.objects.filter(problem__in=[problem for problem, _made in part])
    since = _since(part)
    for pk, problem, at in rows.values_list("pk", "problem_id", "entered_at"):
        if pk not in own and at > since[problem]:
            yield problem


def _with_proofs(part: Sequence[Written]) -> Iterable[int]:
    rows = Evidence.objects.filter(problem__in=[problem for problem, _made in part], withdrawn_at=None)
    since = _since(part)
    for problem, at in rows.values_list("problem_id", "added_at"):
        if at > since[problem]:
            yield problem


def _since(part: Sequence[Written]) -> dict[int, datetime]:
    """When each was written."""
    found = {}
    for problem, made in part:
        at = parse_datetime(made["at"])
        assert at is not None  # written by the action
        found[problem.pk] = at
    return found
