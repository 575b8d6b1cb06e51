"""What stands around every page: entries of the left-hand menu and facts of the head.

Both are handed in through the slots `menu` and `header_facts`; this app knows only their shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class MenuEntry:
    """A word of the field and where it leads. `prefixes` are further addresses that belong to it."""

    label: str
    href: str
    icon: str = ""
    prefixes: tuple[str, ...] = ()
    count: int | None = None
    here: bool = field(default=False)


@dataclass(frozen=True)
class HeaderFact:
    """A fact in the head. `place` is `campaign`, `work`, `waiting` or `person`; `note` is said after the text."""

    place: str
    text: str
    note: str = ""
    href: str = ""
    tone: str = ""
    refresh: str = ""
    """Where the page asks for it anew once it is shown, because counting takes longer than the page."""


def mark_here(entries: Iterable[MenuEntry], path: str) -> list[MenuEntry]:
    """The entries with the one that owns this address marked: the longest prefix wins."""
    listed = list(entries)
    best = max(
        (
            (len(prefix), number)
            for number, entry in enumerate(listed)
            for prefix in (entry.href, *entry.prefixes)
            if _owns(prefix, path)
        ),
        default=(0, -1),
    )
    return [replace(entry, here=number == best[1]) for number, entry in enumerate(listed)]


def _owns(prefix: str, path: str) -> bool:
    return path == prefix or (prefix != "/" and path.startswith(prefix))
