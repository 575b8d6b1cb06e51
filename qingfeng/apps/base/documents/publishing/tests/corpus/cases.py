"""The cases of the corpus: what each file is, what it exposes, whose names are known and approved.

Made from RULES §6 and the text of the issue by somebody who had not seen the gate. One case, one fault: in a tricky case
all else is right, so that a refusal for a wrong reason is seen.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

UNTIL = "2026-12-31"
CASES: list[Case] = []


@dataclass(frozen=True)
class Case:
    """One file: `exposes` is empty for the harmless ones."""

    kind: Literal["tricky", "harmless"]
    ending: str
    label: str
    exposes: tuple[str, ...]
    where: str
    why: str
    known: tuple[str, ...]
    approved: tuple[str, ...]
    until: str | None
    probe: tuple[str, ...]
    make: Callable[[Any], Any]


Register = Callable[[Callable[[Any], Any]], Callable[[Any], Any]]


def tricky(ending: str, label: str, exposes: str, where: str, why: str, **more: Any) -> Register:
    """A file that must be refused, for what it `exposes`."""
    return _registered("tricky", ending, label, tuple(exposes.split()), where, why, **more)


def harmless(ending: str, label: str, where: str, why: str, **more: Any) -> Register:
    """A file that must pass."""
    return _registered("harmless", ending, label, (), where, why, **more)


def _registered(
    kind: Literal["tricky", "harmless"],
    ending: str,
    label: str,
    exposes: tuple[str, ...],
    where: str,
    why: str,
    *,
    known: list[str] | None = None,
    approved: list[str] | None = None,
    until: str | None = UNTIL,
    probe: str | list[str] = "",
) -> Register:
    """`approved` is `known` unless given; `probe` is what the file must hold to be the case at all."""

    def register(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
        names = tuple(known or ())
        may_stand = names if approved is None else tuple(approved)
        wanted = (probe,) if isinstance(probe, str) else tuple(probe)
        CASES.append(Case(kind, ending, label, exposes, where, why, names, may_stand, until, wanted, make))
        return make

    return register


_ENDS = itertools.cycle(
    [
        "公示期限：自2026年11月23日起至2026年12月31日止。",
        "本公告展示至2026年12月31日，到期撤下。",
        "公示截止日期：2026年12月31日。",
        "公示时间：2026年11月23日—2026年12月31日。",
    ]
)
_FEEDBACK = itertools.cycle(
    ["如有异议，请拨打12388反映。", "公示期间，群众可通过12345热线反映意见。", "欢迎广大群众监督。"]
)


def end_line() -> str:
    """The last sentence of a notice: until when it hangs, and where to turn."""
    return next(_ENDS) + next(_FEEDBACK)
