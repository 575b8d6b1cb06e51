"""Flags that one contracting process raises by itself: R003, R018, R028, R030, R035, R036."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from qingfeng.screening.ocds.currency import Currency
from qingfeng.screening.ocds.findings import Findings
from qingfeng.screening.ocds.parameters import Parameters
from qingfeng.screening.ocds.release import (
    Node,
    Price,
    active_awards,
    bids,
    decided,
    details_allowed,
    identifiers,
    items,
    node,
    price,
    submitted_bids,
    text,
)


def prices_compared(release: Node, parameters: Parameters) -> bool:
    """Whether prices may be compared at all: not where the buyer sets them beforehand."""
    return details_allowed(
        release,
        parameters.price_comparison_procurement_methods,
        parameters.no_price_comparison_procurement_methods,
    )


class Flag:
    """One public red flag. `see` is told every contracting process once, `finish` what the whole file showed."""

    code = ""

    def __init__(self, parameters: Parameters, currency: Currency) -> None:
        self.parameters = parameters
        self.currency = currency

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        """Looks at one contracting process."""

    def finish(self, found: Findings) -> None:
        """Looks at what all of them showed together."""


RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def moment(written: str | None) -> datetime | None:
    """An RFC 3339 moment with its offset, or None; other forms of ISO 8601 are none, as for the public tool."""
    if written is None or not RFC_3339.fullmatch(written):
        return None
    try:
        return datetime.fromisoformat(written.upper())
    except ValueError:
        return None


class ShortPeriod(Flag):
    """R003: fewer whole days between start and end of the tender period than the threshold."""

    code = "R003"

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        tender = node(release, "tender")
        methods = self.parameters.r003_procurement_methods
        if methods and text(tender, "procurementMethod") not in methods:
            return
        period = node(tender, "tenderPeriod")
        start, end = moment(text(period, "startDate")), moment(text(period, "endDate"))
        if start is None or end is None:
            return
        whole_days = int((end - start) / timedelta(days=1))
        details = text(tender, "procurementMethodDetails") or ""
        if whole_days < self.parameters.r003_details.get(details, self.parameters.r003_threshold):
            found.raise_flag("OCID", ocid, self.code)


class SingleBid(Flag):
    """R018: a competitive procedure with one tenderer."""

    code = "R018"

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        tender = node(release, "tender")
        methods = self.parameters.r018_procurement_methods
        tenderers = tender.get("numberOfTenderers")
        one = isinstance(tenderers, int) and not isinstance(tenderers, bool) and tenderers == 1
        if one and (not methods or text(tender, "procurementMethod") in methods):
            found.raise_flag("OCID", ocid, self.code)


class SamePrice(Flag):
    """R028: different tenderers ask the same price."""

    code = "R028"

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        if not prices_compared(release, self.parameters):
            return
        last: dict[Price, set[str]] = {}
        for bid in submitted_bids(release):
            asked, tenderers = price(bid), identifiers(bid, "tenderers")
            if asked is None or not tenderers:
                continue
            if last.get(asked, tenderers) != tenderers:
                found.raise_flag("OCID", ocid, self.code)
                for tenderer in tenderers | last[asked]:
                    found.raise_flag("Tenderer", tenderer, self.code)
            last[asked] = tenderers


class LateBidWon(Flag):
    """R030: a valid bid that came after the deadline, by a supplier of an award in force.

    Moments are compared as written, as the public tool does: data of one publisher use one form.
    """

    code = "R030"

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        deadline = text(node(node(release, "tender"), "tenderPeriod"), "endDate")
        if deadline is None:
            return
        suppliers = set().union(
            *(identifiers(award, "suppliers") or set() for award in active_awards(release))
        )
        for bid in bids(release) or []:
            received = text(bid, "date")
            if text(bid, "status") != "valid" or received is None or received <= deadline:
                continue
            for tenderer in (identifiers(bid, "tenderers") or set()) & suppliers:
                found.raise_flag("OCID", ocid, self.code)
                found.raise_flag("Tenderer", tenderer, self.code)


class OthersDisqualified(Flag):
    """R035: everyone but the one winner was disqualified; the value is how many were."""

    code = "R035"

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        known = decided(release)
        if known is None:
            return
        suppliers = set().union(*(identifiers(award, "suppliers") or set() for award in known.awards))
        tenderers: dict[str | None, set[str]] = {"valid": set(), "disqualified": set()}
        for bid in known.bids:
            tenderers.setdefault(text(bid, "status"), set()).update(identifiers(bid, "tenderers") or set())
        valid, disqualified = tenderers["valid"], tenderers["disqualified"] - tenderers["valid"]
        if (
            len(valid) == 1
            and valid == suppliers
            and len(disqualified) >= max(1, self.parameters.r035_threshold)
        ):
            found.raise_flag("OCID", ocid, self.code, len(disqualified))
            found.raise_flag("Tenderer", next(iter(valid)), self.code, 0)


class LowestDisqualified(Flag):
    """R036: the lowest bid handed in was disqualified, though another valid bid had a price."""

    code = "R036"

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        if not prices_compared(release, self.parameters) or not items(release, "awards"):
            return
        if not active_awards(release):
            return
        lowest: tuple[float, str | None] | None = None
        valid_with_price = False
        for bid in submitted_bids(release):
            asked = price(bid)
            if asked is None or not self.currency.is_main(asked.currency):
                continue
            status = text(bid, "status")
            if lowest is None or asked.amount < lowest[0]:
                lowest = (asked.amount, status)
            valid_with_price = valid_with_price or status == "valid"
        if valid_with_price and lowest is not None and lowest[1] == "disqualified":
            found.raise_flag("OCID", ocid, self.code)
