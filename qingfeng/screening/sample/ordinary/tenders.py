"""Works and purchasing: lots with bidders, devices, deposits, experts, awards and changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingfeng.screening.sample import numbers
from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen
from qingfeng.screening.sample.ordinary.people import new_firm
from qingfeng.screening.sample.world import AS_OF, Firm, Person

# How far below the ceiling honest bids lie: uneven gaps, none of them within one per cent.
SPREADS = (0.872, 0.901, 0.917, 0.953, 0.968, 0.937)


@dataclass
class Lot:
    """A lot that was put to tender, with its bids in the order of the bidders (the first one won)."""

    project_no: str
    lot_no: str
    unit: str
    opened: date
    bidders: Sequence[Firm]
    bids: list[Row]
    award: Row | None = None

    @property
    def subject(self) -> str:
        return f"{self.project_no}|{self.lot_no}"


def award(d: District, unit: str, winner: Firm, day: date, yuan: float, **other: Any) -> Row:
    """An award whose dates are in order: tender, award, contract, work, acceptance, payment."""
    done = day + days(125) < AS_OF
    values = {
        "award_no": d.world.coded("ZB", 6),
        "project_no": d.world.coded("XM", 6),
        "lot_no": "1",
        "project_name": f"{unit}{d.rng.choice(('道路维修', '设备采购', '绿化养护', '系统建设'))}项目",
        "unit": unit,
        "budget_item": f"专项{d.world.serial('budget item'):05d}",
        "category": f"品目C{d.world.serial('category'):05d}",
        "place": f"{d.rng.choice(d.world.villages).name}{d.world.serial('place')}号地块",
        "winner_code": winner.code,
        "winner_name": winner.name,
        "amount": fen(yuan),
        "way": "公开招标",
        "framework": False,
        "tender_date": day - days(28),
        "award_date": day,
        "contract_date": day + days(12),
        "start_date": day + days(20),
        "accept_date": day + days(110) if done else None,
        "paid_date": day + days(125) if done else None,
    }
    return d.book.add("awards", **{**values, **other})


def schedule(d: District, unit: str, opened: date, yuan: float, **other: Any) -> Row:
    """A project in the ledger of dates that the office in charge keeps: who won is not written there."""
    done = opened + days(150) < AS_OF
    values = {
        "project_no": d.world.coded("XM", 6),
        "lot_no": "1",
        "project_name": f"{unit}{d.rng.choice(('村道硬化', '沟渠清淤', '广场修缮', '管网改造'))}工程",
        "unit": unit,
        "tender_date": opened - days(21),
        "open_date": opened,
        "award_date": opened + days(6),
        "contract_date": opened + days(18),
        "start_date": opened + days(26),
        "accept_date": opened + days(130) if done else None,
        "paid_date": opened + days(150) if done else None,
        "contract_amount": fen(yuan),
    }
    return d.book.add("project_dates", **{**values, **other})


def bid(d: District, lot: Lot, bidder: Firm, amount: int, ceiling: int, **other: Any) -> Row:
    """A bid made in the bidder's own office."""
    rng = d.rng
    values = {
        "project_no": lot.project_no,
        "lot_no": lot.lot_no,
        "unit": lot.unit,
        "bidder_code": bidder.code,
        "bidder_name": bidder.name,
        "bid_amount": amount,
        "ceiling_amount": ceiling,
        "bid_date": lot.opened,
        "won": False,
        "valid": True,
        "mac": numbers.device_address(rng),
        "disk_no": f"WD{rng.randrange(16**10):010X}",
        "licence_no": f"JS{d.world.serial('licence'):08d}",
        "ip": f"10.{rng.randrange(256)}.{rng.randrange(256)}.{d.world.serial('ip') % 254 + 1}",
        "author": d.world.name(male=True) + str(d.world.serial("author")),
        "contact_name": d.world.name(male=False),
        "contact_phone": d.world.phone(),
        "agency": f"云泽区{rng.choice('甲乙丙丁')}字招标代理有限公司",
    }
    return d.book.add("bids", **{**values, **other})


def lot(
    d: District,
    bidders: Sequence[Firm] | int = 4,
    *,
    day: date = date(2025, 10, 21),
    unit: str | None = None,
    ceiling: float | None = None,
    prices: Sequence[float] | None = None,
    with_award: bool = False,
    with_deposits: bool = False,
) -> Lot:
    """A tender that went properly; `bidders` may be a number of firms that are founded for it."""
    firms = [new_firm(d, "建设") for _ in range(bidders)] if isinstance(bidders, int) else list(bidders)
    top = ceiling or d.rng.randrange(800, 4000) * 1000.0
    offers = list(prices or _offers(d, top, len(firms)))
    made = Lot(d.world.coded("XM", 6), "1", unit or d.world.body(), day, firms, [])
    for place, (firm, offer) in enumerate(zip(firms, offers, strict=True)):
        made.bids.append(bid(d, made, firm, fen(offer), fen(top), won=place == 0))
    if with_award:
        numbered = {"project_no": made.project_no, "lot_no": made.lot_no}
        made.award = award(d, made.unit, firms[0], day + days(6), offers[0], **numbered)
    if with_deposits:
        for firm in firms:
            deposit(d, made, firm, d.world.account())
    return made


def _offers(d: District, top: float, count: int) -> list[float]:
    spreads = [SPREADS[place % len(SPREADS)] for place in range(count)]
    return [round(top * (spread + d.rng.uniform(-0.002, 0.002)), 2) for spread in spreads]


def deposit(d: District, made: Lot, bidder: Firm, account: str, **other: Any) -> Row:
    """A bid deposit paid by the bidder from an account of its own."""
    values = {
        "project_no": made.project_no,
        "lot_no": made.lot_no,
        "bidder_code": bidder.code,
        "bidder_name": bidder.name,
        "payer_account": account,
        "payer_name": bidder.name,
        "amount": fen(20000),
        "paid_date": made.opened - days(4),
    }
    return d.book.add("bid_deposits", **{**values, **other})


def review(d: District, made: Lot, expert: Person) -> Row:
    """An expert on the panel of a lot."""
    return d.book.add(
        "bid_experts",
        project_no=made.project_no,
        lot_no=made.lot_no,
        expert_id_no=expert.id_no,
        expert_name=expert.name,
        review_date=made.opened,
    )


def change(d: District, awarded: Row, yuan: float, day: date) -> Row:
    """A change sheet of a works contract."""
    return d.book.add(
        "contract_changes",
        project_no=awarded["project_no"],
        lot_no=awarded["lot_no"],
        change_no=d.world.coded("BG", 6),
        change_date=day,
        amount=fen(yuan),
        reason=d.rng.choice(("地质条件变化", "设计优化", "增加排水沟")),
    )
