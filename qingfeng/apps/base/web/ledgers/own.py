"""A person's own lists: states of a ledger kept under a name, and the columns that this person wants to see.

Where they are kept is the business of a higher app (`web.slots.own_lists`); this is what the page needs of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OwnList:
    """A state of the ledger under a name: its query is the whole of it, so that the address can be sent."""

    pk: int
    name: str
    query: str
    is_first: bool = False


@dataclass(frozen=True)
class Own:
    """What one person keeps about one ledger. `address` takes the forms that change it."""

    address: str
    lists: tuple[OwnList, ...] = ()
    columns: tuple[str, ...] = ()
    most: int = 20

    @property
    def first(self) -> OwnList | None:
        """The list that opens when the ledger is opened without anything asked."""
        return next((one for one in self.lists if one.is_first), None)

    @property
    def is_full(self) -> bool:
        return len(self.lists) >= self.most
