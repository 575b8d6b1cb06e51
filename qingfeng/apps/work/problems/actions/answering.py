"""What a rectification sheet says of a problem, written by the same actions as on its page; and taken back.

Nothing here strikes off, signs or verifies: a paper that says so is heard as a report of how far it has come.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import action, attempt, change
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.problems.actions.columns import Kept, fill_columns, put_back
from qingfeng.apps.work.problems.actions.core import alter
from qingfeng.apps.work.problems.actions.rectifying import add_measure, assign
from qingfeng.apps.work.problems.imports.rectification.checking import Answers
from qingfeng.apps.work.problems.imports.rectification.model import Piece, ReadAnswer
from qingfeng.apps.work.problems.imports.rectification.undoing import check_untouched
from qingfeng.apps.work.problems.models import Measure, MeasureKind, Problem

DAYS = ("due_date", "first_due_date")
KEPT = (
    *("state", "responsible_name", "responsible_person_id", "duty_text", "leader_in_charge", "term"),
    *DAYS,
)
"""What writing may change of a problem, and taking back restores."""
_KINDS = {"measure": MeasureKind.MEASURE, "progress": MeasureKind.PROGRESS}


@action
def write_answer(*, answers: Answers, read: ReadAnswer, by: User) -> tuple[Problem, dict[str, Any], str]:
    """What of the row is new now: (the problem, what was made, why some of it was not). Refused when nothing was.

    What may not be written does not hinder the rest.
    """
    now, problem = answers.one(read)
    if problem is None or now.faults:
        raise BadInput("\n".join(fault.message for fault in now.faults))
    if not now.new:
        left = "；".join(piece.why for piece in now.left)
        raise Refused(left or _("平台上已经有同样的内容，没有重复登记。"))
    before = {name: getattr(problem, name) for name in KEPT}
    measures, refused = [], [piece.why for piece in now.left]
    filled = {piece.code: piece.words for piece in now.new if piece.code}
    for piece in now.new:
        if piece.code:
            continue
        try:
            with attempt():
                row = _written(piece, now, problem, by)
            measures += [row.pk] if row else []
        except (BadInput, Refused) as error:
            problem.refresh_from_db()
            refused.append(str(error))
    columns = _filled(problem, filled, by, refused)
    if (
        not measures
        and not columns
        and all(getattr(problem, name) == value for name, value in before.items())
    ):
        raise Refused("；".join(refused))
    made = {
        "measures": measures,
        "columns": columns,
        "before": {
            name: value.isoformat() if name in DAYS and value else value for name, value in before.items()
        },
        "revision": problem.revision,
        "at": timezone.now().isoformat(),
    }
    return problem, made, "；".join(refused)


def _filled(problem: Problem, given: Mapping[str, str], by: User, refused: list[str]) -> Kept:
    """The added columns of the row; what stood under them before."""
    try:
        with attempt():
            return fill_columns(problem=problem, given=given, by=by) if given else {}
    except (BadInput, Refused) as error:
        problem.refresh_from_db()
        refused.append(str(error))
        return {}


def _written(piece: Piece, read: ReadAnswer, problem: Problem, by: User) -> Measure | None:
    if piece.box != "assign":
        kind = _KINDS[piece.box]
        return add_measure(problem=problem, text=piece.words, taken_on=piece.day, kind=kind, by=by)
    assert piece.day is not None  # without it there is nothing to assign by
    assign(
        problem=problem,
        responsible_name=read.responsible,
        due_date=piece.day,
        duty_text=read.duty_text or problem.duty_text,
        leader_in_charge=read.leader or problem.leader_in_charge,
        term=problem.term,
        by=by,
    )
    return None


@action
def take_back(*, problem: Problem, made: Mapping[str, Any], reason: str, by: User) -> Problem:
    """The measures that came with the file become void, and the problem is as it was before. Refused once something
    builds on it."""
    check_untouched([(problem, made)])
    to = {"voided_at": timezone.now(), "voided_by": by, "void_reason": reason}
    for row in Measure.objects.filter(pk__in=made["measures"]).order_by("-pk"):
        change(row, by=by, kind="measure.voided", to=to, when={"voided_at": None})
    if made.get("columns"):
        put_back(problem=problem, before=made["columns"], by=by)
    before = {
        name: parse_date(value) if name in DAYS and value else value for name, value in made["before"].items()
    }
    changed = {name: value for name, value in before.items() if getattr(problem, name) != value}
    if changed:
        alter(problem, by=by, kind="problem.import_undone", to=changed)
    return problem
