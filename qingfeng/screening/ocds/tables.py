"""OCDS releases as rows of our own tender tables, so that the rules about bids and awards run on them too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qingfeng.screening.ocds.lines import releases
from qingfeng.screening.ocds.release import (
    Node,
    Price,
    active_awards,
    bids,
    identifiers,
    items,
    node,
    price,
    submitted_bids,
    text,
)

Row = dict[str, str]


def tender_rows(path: Path) -> Iterator[tuple[str, Row, int]]:
    """Yields (table, row in source columns, line) for the tables `awards` and `bids`; lines count from one."""
    with path.open("rb") as lines:
        for line, release in releases(lines, name=path.name):
            for table, row in [*_awards(release), *_bids(release)]:
                yield table, {name: value for name, value in row.items() if value}, line


def _name(organisation: object) -> str:
    return text(organisation, "name") or text(organisation, "id") or ""


def _yuan(asked: Price | None) -> str:
    """An amount in yuan; in another currency with its name, so that loading names it instead of taking it for yuan."""
    if asked is None:
        return ""
    return f"{asked.amount:.2f}" if asked.currency == "CNY" else f"{asked.amount:.2f} {asked.currency}"


def _day(written: str | None) -> str:
    return (written or "")[:10]


def _head(release: Node) -> Row:
    tender = node(release, "tender")
    return {
        "project_no": text(release, "ocid") or "",
        "unit": _name(node(release, "buyer")) or _name(node(tender, "procuringEntity")),
    }


def _awards(release: Node) -> Iterator[tuple[str, Row]]:
    tender = node(release, "tender")
    signed = {
        text(contract, "awardID"): text(contract, "dateSigned")
        for contract in items(release, "contracts") or []
    }
    for award in active_awards(release):
        suppliers = items(award, "suppliers") or []
        if len(suppliers) != 1:
            continue  # a sum shared by several firms is nobody's own
        yield (
            "awards",
            {
                **_head(release),
                "award_no": f"{text(release, 'ocid') or ''}/{text(award, 'id') or ''}",
                "project_name": text(tender, "title") or "",
                "category": text(tender, "mainProcurementCategory") or "",
                "winner_code": text(suppliers[0], "id") or "",
                "winner_name": _name(suppliers[0]),
                "amount": _yuan(price(award)),
                "way": text(tender, "procurementMethodDetails") or text(tender, "procurementMethod") or "",
                "tender_date": _day(text(node(tender, "tenderPeriod"), "startDate")),
                "award_date": _day(text(award, "date")),
                "contract_date": _day(signed.get(text(award, "id"))),
            },
        )


def _bids(release: Node) -> Iterator[tuple[str, Row]]:
    winners = set().union(*(identifiers(award, "suppliers") or set() for award in active_awards(release)))
    if not bids(release):
        return
    for bid in submitted_bids(release):
        for tenderer in items(bid, "tenderers") or []:
            yield (
                "bids",
                {
                    **_head(release),
                    "bidder_code": text(tenderer, "id") or "",
                    "bidder_name": _name(tenderer),
                    "bid_amount": _yuan(price(bid)),
                    "bid_date": _day(text(bid, "date")),
                    "won": "是" if text(tenderer, "id") in winners else "否",
                    "valid": "否" if text(bid, "status") == "disqualified" else "是",
                },
            )
