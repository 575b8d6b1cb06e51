"""Eleven public red flags of tenders, by the definitions of the Open Contracting Partnership's tool Cardinal.

Written from its public documentation and checked against its public test cases, so that results compare one to one:
R003 short period, R018 single bid, R024 price close to the winner's, R025 a top bidder that seldom wins, R028 equal
prices, R030 late bid won, R035 all others disqualified, R036 lowest bid disqualified, R038 many disqualified,
R048 supplier of everything, R058 heavy discount. A flag is a question, not a finding.
"""

from __future__ import annotations

from collections.abc import Iterable

from qingfeng.screening.ocds import outlier_flags, process_flags
from qingfeng.screening.ocds.currency import Currency
from qingfeng.screening.ocds.findings import Findings
from qingfeng.screening.ocds.lines import Warn, releases
from qingfeng.screening.ocds.parameters import CODES, TITLES, Parameters
from qingfeng.screening.ocds.release import details_allowed, is_cancelled, text
from qingfeng.screening.ocds.tables import tender_rows

__all__ = ["CODES", "TITLES", "Parameters", "flags", "tender_rows"]

ALONE: tuple[type[process_flags.Flag], ...] = (
    process_flags.ShortPeriod,
    process_flags.SingleBid,
    outlier_flags.AlwaysLoses,
    process_flags.SamePrice,
    process_flags.LateBidWon,
    process_flags.OthersDisqualified,
    process_flags.LowestDisqualified,
    outlier_flags.OftenDisqualified,
    outlier_flags.ManyTrades,
)
BY_MARGIN: tuple[type[outlier_flags.MarginFlag], ...] = (
    outlier_flags.CloseToWinner,
    outlier_flags.HeavyDiscount,
)


def flags(
    lines: Iterable[bytes | str],
    parameters: Parameters | None = None,
    *,
    name: str = "发布文件",
    warn: Warn | None = None,
) -> dict[str, dict[str, dict[str, float | None]]]:
    """Computes the flags of a file of compiled releases, one a line.

    Returns {"OCID" | "Buyer" | "ProcuringEntity" | "Tenderer": {identifier: {code: value}}}; groups without a flag are
    left out. Cancelled tenders, releases without an `ocid` and excluded methods take no part. `warn` is told in a
    sentence what cannot be read and which prices were not compared; a file of no release at all is refused by `name`.
    """
    chosen = parameters or Parameters()
    currency, found = Currency(chosen.currency), Findings()
    margins = outlier_flags.Margins(chosen, currency)
    by_margin = [flag(chosen, currency, margins) for flag in BY_MARGIN if flag.code in chosen.rules]
    alone = [flag(chosen, currency) for flag in ALONE if flag.code in chosen.rules]
    for line, release in releases(lines, name=name, warn=warn):
        ocid = text(release, "ocid")
        if ocid is None and warn:
            warn(f"第{line}行没有 ocid，已跳过。")
        if ocid is None or is_cancelled(release):
            continue
        if not details_allowed(release, frozenset(), chosen.excluded_details):
            continue
        if by_margin:
            margins.see(release, ocid)
        for flag in alone:
            flag.see(release, ocid, found)
    for flag in [*alone, *by_margin]:
        flag.finish(found)
    if warn and currency.others:
        others = "、".join(sorted(currency.others))
        warn(f"{others} 的报价没有参加比价：主要币种是 {currency.main}，可用参数 currency 指定。")
    return found.as_dict()
