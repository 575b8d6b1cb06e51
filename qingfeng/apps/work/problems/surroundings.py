"""What stands around one problem: rounds of close-out, requests, units that help. On a page each is read once.

The checks of `permissions` ask here. Outside a page nothing is remembered, since actions change what they asked for.
"""

from __future__ import annotations

from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from qingfeng.apps.work.problems.models import (
    CoUnit,
    Evidence,
    Extension,
    LookBack,
    Measure,
    PersonInvolved,
    Problem,
    Submission,
    Transfer,
)

_KEPT = "_surroundings"
_KINDS = {
    "has_measures": Measure,
    "has_evidence": Evidence,
    "has_submissions": Submission,
    "has_extensions": Extension,
    "has_transfers": Transfer,
    "has_co_units": CoUnit,
    "has_look_backs": LookBack,
    "has_persons": PersonInvolved,
}


def with_kinds(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Each problem with what it has of each kind, so that a page need not ask for what is not there."""
    further = Problem.further_origins.through.objects.filter(problem=OuterRef("pk"))
    suggested = Problem.suggestions.through.objects.filter(problem=OuterRef("pk"))
    return rows.annotate(
        **{
            name: Exists(kind._default_manager.filter(problem=OuterRef("pk")))
            for name, kind in _KINDS.items()
        },
        has_proof=Exists(Evidence.objects.filter(problem=OuterRef("pk"), withdrawn_at=None)),
        has_further_origins=Exists(further),
        has_suggestions=Exists(suggested),
    )


def has(problem: Problem, kind: str) -> bool:
    """Whether it may have rows of this kind: known where `with_kinds` asked, else possible."""
    return bool(getattr(problem, f"has_{kind}", True))


class Surroundings:
    """The rows around one problem, each kind read when it is first asked for."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    @cached_property
    def co_units(self) -> list[CoUnit]:
        if not has(self._problem, "co_units"):
            return []
        rows = CoUnit.objects.filter(problem=self._problem)
        return list(rows.select_related("unit", "done_by__person"))

    @cached_property
    def submissions(self) -> list[Submission]:
        if not has(self._problem, "submissions"):
            return []
        rows = Submission.objects.filter(problem=self._problem)
        return list(rows.select_related("submitted_by__person", "signed_by__person", "decided_by__person"))

    @cached_property
    def extensions(self) -> list[Extension]:
        if not has(self._problem, "extensions"):
            return []
        rows = Extension.objects.filter(problem=self._problem)
        return list(rows.select_related("asked_by__person", "decided_by__person"))

    @cached_property
    def transfers(self) -> list[Transfer]:
        if not has(self._problem, "transfers"):
            return []
        rows = Transfer.objects.filter(problem=self._problem)
        return list(rows.select_related("asked_by__person", "decided_by__person", "from_unit", "to_unit"))

    @property
    def open_submission(self) -> Submission | None:
        """The round of close-out that waits for an answer."""
        return next((row for row in self.submissions if row.decided_at is None), None)

    @property
    def open_extension(self) -> Extension | None:
        return next((row for row in self.extensions if row.decided_at is None), None)

    @property
    def open_transfer(self) -> Transfer | None:
        return next((row for row in self.transfers if row.decided_at is None), None)

    @cached_property
    def has_proof(self) -> bool:
        known: bool | None = getattr(self._problem, "has_proof", None)
        if known is not None:
            return known
        return Evidence.objects.filter(problem=self._problem, withdrawn_at=None).exists()


def around(problem: Problem) -> Surroundings:
    """What a page remembers of this problem, else read anew."""
    kept: Surroundings | None = problem.__dict__.get(_KEPT)
    return kept or Surroundings(problem)


def remember(problem: Problem) -> Surroundings:
    """For a page that only reads: from here on each kind is read once."""
    problem.__dict__[_KEPT] = Surroundings(problem)
    return around(problem)
