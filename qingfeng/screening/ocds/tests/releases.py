"""Made-up contracting processes, put together from words."""

from __future__ import annotations

import json
from typing import Any

Node = dict[str, Any]


def bid(
    status: str, *tenderers: str, asks: float | None = None, currency: str = "CNY", date: str = ""
) -> Node:
    """A bid of one or several tenderers."""
    made: Node = {"status": status, "tenderers": [{"id": tenderer} for tenderer in tenderers]}
    if asks is not None:
        made["value"] = {"amount": asks, "currency": currency}
    if date:
        made["date"] = date
    return made


def award(*suppliers: str, status: str = "active", classes: tuple[str, ...] = ()) -> Node:
    """An award to one or several suppliers, of things of some classes."""
    made: Node = {"status": status, "suppliers": [{"id": supplier} for supplier in suppliers]}
    if classes:
        made["items"] = [{"classification": {"id": code}} for code in classes]
    return made


def process(ocid: str, bids: list[Node] | None = None, awards: list[Node] | None = None, **other: Any) -> str:
    """One line of a file."""
    release: Node = {"ocid": ocid, **other}
    if bids is not None:
        release["bids"] = {"details": bids}
    if awards is not None:
        release["awards"] = awards
    return json.dumps(release, ensure_ascii=False)


def contest(ocid: str, won: float, lost: float, **other: Any) -> str:
    """甲 wins against 乙, at these prices."""
    return process(
        ocid, [bid("valid", "甲", asks=won), bid("valid", "乙", asks=lost)], [award("甲")], **other
    )
