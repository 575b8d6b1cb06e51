"""The faults of the document itself, one module for each concept; the closed list is in the README."""

from collections.abc import Callable, Iterable

from qingfeng.planreader.faults import (
    attachments,
    bodies,
    dates,
    duties,
    numbering,
    persons,
    stages,
    status,
    wording,
)
from qingfeng.planreader.faults.facts import Facts
from qingfeng.planreader.model import Fault

CODES = (
    "attachment_missing",
    "attachment_uncited",
    "duty_undefined",
    "date_incomplete",
    "date_impossible",
    "year_unknown",
    "stages_overlap",
    "days_uncovered",
    "due_outside_stage",
    "due_on_day_off",
    "body_two_names",
    "groups_unnamed",
    "count_mismatch",
    "numbering_broken",
    "outdated_words",
    "person_named",
    "still_draft",
)
_CHECKS: tuple[Callable[[Facts], Iterable[Fault]], ...] = (
    attachments.check_missing,
    attachments.check_uncited,
    duties.check_undefined,
    dates.check_incomplete,
    dates.check_impossible,
    dates.check_year,
    stages.check_overlap,
    stages.check_uncovered,
    stages.check_due_in_stage,
    dates.check_day_off,
    bodies.check_two_names,
    bodies.check_unnamed,
    numbering.check_counts,
    numbering.check_series,
    wording.check_outdated,
    persons.check_named,
    status.check_draft,
)


def find_faults(facts: Facts) -> tuple[Fault, ...]:
    """All faults, in the order of the closed list."""
    return tuple(fault for check in _CHECKS for fault in check(facts))


__all__ = ["CODES", "Facts", "find_faults"]
