"""The states of a problem and the moves between them. States only, no persons: who may move is in permissions."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ProblemState(models.TextChoices):
    FOUND = "found", _("已发现")
    ASSIGNED = "assigned", _("已交办")
    IN_RECTIFICATION = "in_rectification", _("整改中")
    SUBMITTED = "submitted", _("待销号")
    RETURNED = "returned", _("已退回")
    TRANSFERRED = "transferred", _("已转办")
    LONG_TERM = "long_term", _("长期坚持")
    CLOSED_OUT = "closed_out", _("已销号")
    REOPENED = "reopened", _("重新整改")
    VOID = "void", _("作废")


S = ProblemState
OPEN = (S.FOUND, S.ASSIGNED, S.IN_RECTIFICATION, S.SUBMITTED, S.RETURNED, S.TRANSFERRED, S.REOPENED)
"""States in which the clock runs. A long-term problem is outside the rate and has its yearly review instead."""
WORKING = (S.ASSIGNED, S.IN_RECTIFICATION, S.RETURNED, S.REOPENED)
"""States in which the lead unit has the work in hand."""


@dataclass(frozen=True)
class Move:
    """A verb: from which states it may be made, and where it leads (None: the state stays)."""

    verb: str
    label: str | Promise
    sources: tuple[ProblemState, ...]
    target: ProblemState | None


MOVES = {
    move.verb: move
    for move in (
        Move("assign", _("交办"), (S.FOUND, S.TRANSFERRED, S.REOPENED), S.ASSIGNED),
        Move("measure", _("登记整改措施"), (*WORKING, S.LONG_TERM), S.IN_RECTIFICATION),
        Move("submit", _("申请销号"), (S.IN_RECTIFICATION, S.RETURNED), S.SUBMITTED),
        Move("sign", _("负责人签字"), (S.SUBMITTED,), None),
        Move("return", _("退回"), (S.SUBMITTED,), S.RETURNED),
        Move("close_out", _("销号"), (S.SUBMITTED,), S.CLOSED_OUT),
        Move("ask_extension", _("申请延期"), WORKING, None),
        Move("decide_extension", _("审批延期"), (*WORKING, S.SUBMITTED), None),
        Move("ask_transfer", _("申请转办"), (S.FOUND, *WORKING), None),
        Move("decide_transfer", _("审批转办"), (S.FOUND, *WORKING), S.TRANSFERRED),
        Move("make_long_term", _("转为长期坚持"), WORKING, S.LONG_TERM),
        Move("review_long_term", _("年度复核"), (S.LONG_TERM,), None),
        Move("look_back", _("回头看"), (S.CLOSED_OUT,), None),
        Move("reopen", _("重新整改"), (S.CLOSED_OUT,), S.REOPENED),
        Move("void", _("作废"), (S.FOUND, *WORKING, S.TRANSFERRED, S.LONG_TERM), S.VOID),
    )
}
