"""Flags that only the whole file can show, as outliers among their like: R024, R025, R038, R048, R058."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import NamedTuple

from qingfeng.screening.ocds.currency import Currency
from qingfeng.screening.ocds.fences import Share, fences, quantile
from qingfeng.screening.ocds.findings import Findings, Group
from qingfeng.screening.ocds.parameters import Parameters
from qingfeng.screening.ocds.process_flags import Flag, prices_compared
from qingfeng.screening.ocds.release import (
    Node,
    active_awards,
    decided,
    items,
    node,
    only_identifier,
    price,
    sole_winner,
    submitted_bids,
    text,
)


class Margin(NamedTuple):
    """By how much of the winning price the next valid bid lay above it, and whose bids they were."""

    ratio: float
    winner: str
    runner_up: str


class Margins:
    """The margins of all contracting processes: the common ground of R024 and R058."""

    def __init__(self, parameters: Parameters, currency: Currency) -> None:
        self.parameters = parameters
        self.currency = currency
        self.by_ocid: dict[str, Margin] = {}

    def see(self, release: Node, ocid: str) -> None:
        """Notes the margin where one award to one supplier rests on price alone, and all prices are comparable."""
        if not prices_compared(release, self.parameters):
            return
        known = decided(release)
        winner = sole_winner(known) if known else None
        if known is None or winner is None:
            return
        lowest: dict[bool, tuple[float, str]] = {}
        for bid in known.bids:
            asked, tenderer = price(bid), only_identifier(bid, "tenderers")
            if text(bid, "status") != "valid" or asked is None or tenderer is None:
                continue
            won = tenderer == winner
            if self.currency.is_main(asked.currency) and (won not in lowest or asked.amount < lowest[won][0]):
                lowest[won] = (asked.amount, tenderer)
        if len(lowest) == 2 and lowest[True][0] <= lowest[False][0]:
            self._note(ocid, lowest[True], lowest[False])

    def _note(self, ocid: str, won: tuple[float, str], lost: tuple[float, str]) -> None:
        # Won for nothing: any price above it is endlessly far away, another nothing says nothing.
        nothing = math.inf if lost[0] else math.nan
        ratio = (lost[0] - won[0]) / won[0] if won[0] else nothing
        if not math.isnan(ratio):
            self.by_ocid[ocid] = Margin(ratio, won[1], lost[1])

    @property
    def ratios(self) -> list[float]:
        """All margins."""
        return [margin.ratio for margin in self.by_ocid.values()]


class MarginFlag(Flag):
    """A flag over the common margins."""

    def __init__(self, parameters: Parameters, currency: Currency, margins: Margins) -> None:
        super().__init__(parameters, currency)
        self.margins = margins


class CloseToWinner(MarginFlag):
    """R024: the second-lowest valid bid is unusually close to the winning one; both firms are named."""

    code = "R024"

    def finish(self, found: Findings) -> None:
        known = fences(self.margins.ratios)
        limit = self.parameters.r024_threshold
        # Where three quarters have no margin at all, having none is not unusual.
        usual = limit is None and not known.first > 0
        fence = known.lower if limit is None else limit
        if usual or not fence > 0:
            return
        for ocid, margin in self.margins.by_ocid.items():
            if margin.ratio <= fence:
                found.raise_flag("OCID", ocid, self.code, margin.ratio)
                found.raise_flag("Tenderer", margin.winner, self.code, 0)
                found.raise_flag("Tenderer", margin.runner_up, self.code, 0)


class HeavyDiscount(MarginFlag):
    """R058: the winning bid lies unusually far below the next valid one."""

    code = "R058"

    def finish(self, found: Findings) -> None:
        limit = self.parameters.r058_threshold
        fence = fences(self.margins.ratios).upper if limit is None else limit
        if not fence > 0:
            return
        for ocid, margin in self.margins.by_ocid.items():
            if margin.ratio >= fence:
                found.raise_flag("OCID", ocid, self.code, margin.ratio)
                found.raise_flag("Tenderer", margin.winner, self.code, 0)


class AlwaysLoses(Flag):
    """R025: a firm among those that bid most wins unusually seldom; counted once a contracting process."""

    code = "R025"

    def __init__(self, parameters: Parameters, currency: Currency) -> None:
        super().__init__(parameters, currency)
        self.shares: dict[str, Share] = defaultdict(Share)

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        known = decided(release)
        winner = sole_winner(known) if known else None
        if known is None or winner is None:
            return
        valid = {only_identifier(bid, "tenderers") for bid in known.bids if text(bid, "status") == "valid"}
        for tenderer in valid - {None}:
            self.shares[str(tenderer)].add(int(tenderer == winner), 1)

    def finish(self, found: Findings) -> None:
        many = quantile(
            (share.whole for share in self.shares.values()), self.parameters.r025_percentile / 100
        )
        known = fences(share.ratio for share in self.shares.values())
        limit = self.parameters.r025_threshold
        usual = limit is None and not known.first > 0
        fence = known.lower if limit is None else limit
        if usual or not fence > 0:
            return
        for tenderer, share in self.shares.items():
            if share.whole >= many and share.ratio <= fence:
                found.raise_flag("Tenderer", tenderer, self.code, share.ratio)


class OftenDisqualified(Flag):
    """R038: unusually many of the bids of a tenderer, or of those handed in to a buyer, were disqualified."""

    code = "R038"

    def __init__(self, parameters: Parameters, currency: Currency) -> None:
        super().__init__(parameters, currency)
        self.shares: dict[Group, dict[str, Share]] = {
            "Buyer": defaultdict(Share),
            "ProcuringEntity": defaultdict(Share),
            "Tenderer": defaultdict(Share),
        }

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        submitted = list(submitted_bids(release))
        if not submitted:
            return
        out = [int(text(bid, "status") == "disqualified") for bid in submitted]
        for bid, disqualified in zip(submitted, out, strict=True):
            for tenderer in items(bid, "tenderers") or []:
                if (known := text(tenderer, "id")) is not None:
                    self.shares["Tenderer"][known].add(disqualified, 1)
        buyer = text(node(release, "buyer"), "id")
        entity = text(node(node(release, "tender"), "procuringEntity"), "id")
        if buyer is not None:
            self.shares["Buyer"][buyer].add(sum(out), len(out))
        if entity is not None:
            self.shares["ProcuringEntity"][entity].add(sum(out), len(out))

    def finish(self, found: Findings) -> None:
        for group, shares in self.shares.items():
            least = (
                self.parameters.r038_minimum_submitted_bids
                if group == "Tenderer"
                else self.parameters.r038_minimum_contracting_processes
            )
            ratios = {known: share.ratio for known, share in shares.items() if share.whole >= least}
            limit = self.parameters.r038_threshold
            fence = fences(ratios.values()).upper if limit is None else limit
            if not fence > 0:
                continue
            for known, ratio in ratios.items():
                if ratio >= fence:
                    found.raise_flag(group, known, self.code, ratio)


class ManyTrades(Flag):
    """R048: a supplier that is awarded things of unusually many classes."""

    code = "R048"

    def __init__(self, parameters: Parameters, currency: Currency) -> None:
        super().__init__(parameters, currency)
        self.processes: dict[str, int] = defaultdict(int)
        self.classes: dict[str, set[str]] = defaultdict(set)

    def see(self, release: Node, ocid: str, found: Findings) -> None:
        seen: set[str] = set()
        for award in active_awards(release):
            supplier = only_identifier(award, "suppliers")
            codes = {
                code[: self.parameters.r048_digits]
                for item in items(award, "items") or []
                if (code := text(node(item, "classification"), "id")) is not None
            }
            if supplier is not None and codes:
                self.classes[supplier] |= codes
                seen.add(supplier)
        for supplier in seen:
            self.processes[supplier] += 1

    def finish(self, found: Findings) -> None:
        least = self.parameters.r048_minimum_contracting_processes
        variety = {
            known: len(codes) for known, codes in self.classes.items() if self.processes[known] >= least
        }
        limit = self.parameters.r048_threshold
        fence = fences(variety.values()).upper if limit is None else limit
        for supplier, count in variety.items():
            if count >= fence:
                found.raise_flag("Tenderer", supplier, self.code, count)
