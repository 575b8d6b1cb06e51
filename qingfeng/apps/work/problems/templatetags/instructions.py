"""The instructions on a problem, as a panel for its record page."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Q

from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.problems.instruction_permissions import check_can_instruct
from qingfeng.apps.work.problems.instruction_visibility import visible_instructions
from qingfeng.apps.work.problems.marks import instruction_due, instruction_mark
from qingfeng.apps.work.problems.models import Instruction, InstructionState, Problem

register = template.Library()


@register.inclusion_tag("problems/_instructions_panel.html", takes_context=True)
def instructions_on(context: dict[str, Any], problem: Problem) -> dict[str, Any]:
    """Those about it, and those because of which it was registered, that exist for the reader, newest first, and for a leader the way to write one. One query."""
    user = context["request"].user
    because = Instruction.became.through.objects.filter(problem=problem).values("instruction")
    rows = visible_instructions(user).filter(Q(problem=problem) | Q(pk__in=because))
    rows = rows.exclude(state=InstructionState.VOID)
    found = rows.select_related("given_by__person", "to_unit", "to_group")[:20]
    return {
        "problem": problem,
        "instructions": [(row, instruction_mark(row), instruction_due(row)) for row in found],
        "may_instruct": not why_not(check_can_instruct, user, problem.campaign),
    }
