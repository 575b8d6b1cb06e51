"""Slots: places of lower pages that higher apps fill in `site/panels.py`.

A slot is a named list of callables; the page that offers it calls each with what it documents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Filler = TypeVar("Filler", bound=Callable[..., object])


class Slot(Generic[Filler]):
    """One slot; `fill` is idempotent, so that a reload does not show a panel twice."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        self._fillers: list[Filler] = []

    def fill(self, filler: Filler) -> None:
        if filler not in self._fillers:
            self._fillers.append(filler)

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(tuple(self._fillers))


menu: Slot = Slot("left-hand entries: f(request) -> list[MenuEntry]")
header_facts: Slot = Slot("facts in the head of every page: f(request) -> list of template contexts")
own_lists: Slot = Slot(
    "what a person keeps about a ledger: f(request, ledger name) -> web.ledgers.Own | None"
)
ledger_files: Slot = Slot(
    "a table to be taken away as a file: f(request, extract, kind, count) -> HttpResponse; the first one answers"
)
