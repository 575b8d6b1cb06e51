"""The one gate to the public: a text or file without its masks cannot pass (RULES §6, 个人信息保护法 art. 34).

What passes carries an end date, after which it is taken down. Names stand in full only from the approved list.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass

from qingfeng.apps.base.documents.publishing.contents import Piece, Unreadable, pieces
from qingfeng.apps.base.documents.publishing.exposures import TITLES, find_exposures, fold

MOST_TOLD = 50
"""Places that a refusal lists; how many more there are is said."""


class Refusal(Exception):
    """Why something cannot be made public: `places`, each with what is wrong there."""

    def __init__(self, places: tuple[str, ...]) -> None:
        super().__init__(places)
        self.places = places

    def __str__(self) -> str:
        told = "；".join(self.places[:MOST_TOLD])
        more = len(self.places) - MOST_TOLD
        return f"不能公开：{told}" + (f"；另有{more}处" if more > 0 else "")


@dataclass(frozen=True)
class Released:
    """What passed: the very bytes that were looked through, and the day on which it is taken down."""

    content: bytes
    name: str
    until: datetime.date


@dataclass(frozen=True)
class Rule:
    """What a notice may say: the names approved for it, the names that the office knows, the day it ends."""

    until: datetime.date | None
    approved_names: Collection[str] = ()
    known_names: Collection[str] = ()


def release(content: bytes, name: str, rule: Rule, *, today: datetime.date) -> Released:
    """Lets a file pass, or raises Refusal with every place.

    Refused as well: what cannot be looked through, no end date, one that is past.
    """
    if rule.until is None:
        raise Refusal(("没有写明撤下日期",))
    if rule.until < today:
        raise Refusal((f"撤下日期{rule.until}已过",))
    try:
        found = [place for piece in pieces(content, name) for place in faults(piece, rule)]
    except Unreadable as trouble:
        raise Refusal((str(trouble),)) from trouble
    if found:
        raise Refusal(tuple(dict.fromkeys(found)))
    return Released(content, name, rule.until)


def release_text(text: str, rule: Rule, *, today: datetime.date) -> str:
    """Lets a text pass, or raises Refusal."""
    release(text.encode(), "正文.txt", rule, today=today)
    return text


def faults(piece: Piece, rule: Rule) -> list[str]:
    """What is wrong in one stretch of text, each with its place."""
    told = [f"{piece.place}：{one.sentence(piece.text)}" for one in find_exposures(piece.text)]
    folded = re.sub(r"\s", "", fold(piece.text))
    approved = {fold(known) for known in rule.approved_names}
    for known in rule.known_names:
        if len(known) >= 2 and fold(known) not in approved and fold(known) in folded:
            told.append(f"{piece.place}：有{TITLES['name']}“{known[:1]}某”")
    return told
