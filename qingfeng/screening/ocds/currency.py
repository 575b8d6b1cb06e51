"""The main currency: the one named, else the first that a comparison meets. Prices in others are not compared."""

from __future__ import annotations


class Currency:
    """Remembers the main currency of a file, and how many prices in others were left out."""

    def __init__(self, named: str | None = None) -> None:
        self._main = named
        self.others = 0

    def is_main(self, currency: str) -> bool:
        """Whether a price in this currency takes part."""
        if self._main is None:
            self._main = currency
        if currency != self._main:
            self.others += 1
        return currency == self._main
