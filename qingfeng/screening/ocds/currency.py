"""The main currency: the one named, else the first that a comparison meets. Prices in others are not compared."""

from __future__ import annotations


class Currency:
    """Remembers the main currency of a file, and in which others prices were left out."""

    def __init__(self, named: str | None = None) -> None:
        self.main = named
        self.others: set[str] = set()

    def is_main(self, currency: str) -> bool:
        """Whether a price in this currency takes part."""
        if self.main is None:
            self.main = currency
        if currency != self.main:
            self.others.add(currency)
        return currency == self.main
