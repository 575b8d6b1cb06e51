"""The states of a monthly form and the moves between them. States only, no persons: who may move is in permissions."""

from __future__ import annotations

from qingfeng.apps.work.returns.models import ReturnState

S = ReturnState
MOVES = {
    "edit_words": ((S.DRAFT,), S.DRAFT),
    "sign": ((S.DRAFT,), S.SIGNED),
    "take_back": ((S.SIGNED,), S.DRAFT),
    "hand_in": ((S.SIGNED,), S.HANDED_IN),
    "correct": ((S.HANDED_IN,), S.REPLACED),
}
"""Verb → states from which it may be made, and where it leads. A correction leaves the old version replaced."""
FROZEN = (S.HANDED_IN, S.REPLACED)
"""States in which the form shows what was handed in, not what the ledgers say today."""
