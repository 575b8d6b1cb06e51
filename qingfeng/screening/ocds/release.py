"""Careful reading of one OCDS release: what is missing or of another type counts as not there.

Field names are those of the Open Contracting Data Standard 1.1 with its bids extension.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

Node = dict[str, Any]

SUBMITTED_NOT = {"invited", "withdrawn"}
"""States of a bid that was never handed in, or taken back."""


def node(holder: object, name: str) -> Node:
    """The object under a name, or an empty one."""
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}


def items(holder: object, name: str) -> list[Any] | None:
    """The list under a name, or None: an empty list of awards differs from none given."""
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else None


def text(holder: object, name: str) -> str | None:
    """The text under a name, or None."""
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, str) else None


def number(holder: object, name: str) -> float | None:
    """The number under a name, or None; true and false are no numbers."""
    found = holder.get(name) if isinstance(holder, dict) else None
    return float(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else None


class Price(NamedTuple):
    """An amount with its currency."""

    amount: float
    currency: str


def price(bid: object) -> Price | None:
    """What a bid asks, or None when amount or currency is missing."""
    value = node(bid, "value")
    amount, currency = number(value, "amount"), text(value, "currency")
    return None if amount is None or currency is None else Price(amount, currency)


def identifiers(holder: object, name: str) -> set[str] | None:
    """The ids of the organisations in a list (tenderers, suppliers), or None when there is no such list."""
    organisations = items(holder, name)
    if organisations is None:
        return None
    return {known for organisation in organisations if (known := text(organisation, "id")) is not None}


def only_identifier(holder: object, name: str) -> str | None:
    """The id of the one organisation in a list; None when there are several, or none."""
    organisations = items(holder, name)
    return text(organisations[0], "id") if organisations and len(organisations) == 1 else None


def bids(release: Node) -> list[Any] | None:
    """All bids of a contracting process, whatever their state."""
    return items(node(release, "bids"), "details")


def submitted_bids(release: Node) -> Iterator[Node]:
    """Bids that were handed in: pending, valid or disqualified ones."""
    for bid in bids(release) or []:
        status = text(bid, "status")
        if status is not None and status not in SUBMITTED_NOT:
            yield bid


def active_awards(release: Node) -> list[Node]:
    """Awards in force."""
    return [award for award in items(release, "awards") or [] if text(award, "status") == "active"]


class Decided(NamedTuple):
    """A contracting process whose awards are all final: those in force, and all bids."""

    awards: list[Node]
    bids: list[Any]


def decided(release: Node) -> Decided | None:
    """Awards in force and bids, or None while an award is pending (or its state unknown to the standard)."""
    awards, details = items(release, "awards"), bids(release)
    if awards is None or details is None:
        return None
    states = [text(award, "status") for award in awards]
    if any(state not in {None, "active", "cancelled", "unsuccessful"} for state in states):
        return None
    return Decided(active_awards(release), details)


def sole_winner(found: Decided) -> str | None:
    """The one supplier of the one award in force, or None."""
    return only_identifier(found.awards[0], "suppliers") if len(found.awards) == 1 else None


def is_cancelled(release: Node) -> bool:
    """The tender was called off."""
    return text(node(release, "tender"), "status") == "cancelled"


def details_allowed(release: Node, allowed: frozenset[str], refused: frozenset[str]) -> bool:
    """Whether the local name of the procurement method passes a list of allowed ones, else one of refused ones."""
    details = text(node(release, "tender"), "procurementMethodDetails")
    if details is None:
        return not allowed
    return details in allowed if allowed else details not in refused
