"""Collective funds, assets and resources of villages: contracts, receipts, minutes, vouchers, invoices."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen, hundredths
from qingfeng.screening.sample.world import Firm, Person, Village

# Yuan a year for one mu (or one square metre's hundredth part of a shop), the same in the whole district.
PRICES = {"耕地": 600, "林地": 120, "鱼塘": 900, "门面": 24000, "厂房": 15000}
WAYS = ("公开招租", "公开竞价", "公开竞价")


def bank(d: District, unit: str, account: str, **other: Any) -> Row:
    """A bank account that the agency keeps for a village or unit."""
    values = {
        "unit": unit,
        "account": account,
        "bank": "云泽农村商业银行",
        "opened_date": date(2018, 5, 9),
        "in_agency": True,
    }
    return d.book.add("bank_accounts", **{**values, **other})


def village_with_bank(d: District, street_of: Village | None = None) -> Village:
    """A village that is used for one case only, with its account in the agency."""
    village = d.world.village()
    if street_of is not None:
        village.street, village.region = street_of.street, street_of.region
    bank(d, village.name, village.account)
    return village


def contract(
    d: District,
    village: Village,
    tenant: Person | Firm | None = None,
    *,
    kind: str = "耕地",
    mu: float = 10,
    price_factor: float = 1,
    start: date = date(2025, 1, 1),
    years: int = 3,
    paid: float = 1,
    decided: bool = True,
    **other: Any,
) -> Row:
    """A lease by open tender at the usual rent, its rent paid in time and its meeting held."""
    who = tenant or d.world.person(village=village)
    number = d.world.coded("HT", 6)
    price = round(PRICES[kind] * d.rng.uniform(0.95, 1.05) * price_factor, 2)
    rent = round(price * mu, 2)
    tenant_columns = (
        {"tenant_firm_code": who.code, "tenant_firm_name": who.name}
        if isinstance(who, Firm)
        else {"tenant_id_no": who.id_no, "tenant_name": who.name}
    )
    values = {
        "contract_no": number,
        "village": village.name,
        "street": village.street,
        "asset_no": d.world.coded("ZC", 6),
        "asset_name": f"{village.name}{d.rng.randrange(1, 12)}组{kind}",
        "asset_kind": kind,
        **tenant_columns,
        "area": hundredths(mu),
        "unit_price": fen(price),
        "annual_rent": fen(rent),
        "total_amount": fen(rent * years),
        "way": d.rng.choice(WAYS),
        "sign_date": start - days(12),
        "start_date": start,
        "end_date": start.replace(year=start.year + years) - days(1),
        "due_date": date(2026, 1, 31),
        "due_amount": fen(rent),
        "in_use": True,
        "litigation": False,
        "built_by_tenant": False,
    }
    row = d.book.add("asset_contracts", **{**values, **other})
    if paid:
        receive(d, row, row["due_amount"] * paid, (row["due_date"] or row["sign_date"]) - days(9), village)
    if decided:
        decide(d, village, number, row["sign_date"] - days(20), "资产出租")
    return row


def receive(d: District, contract_row: Row, amount: float, day: date, village: Village, **other: Any) -> Row:
    """Rent received on the village's account in the agency."""
    values = {
        "receipt_no": d.world.coded("SJ", 7),
        "contract_no": contract_row["contract_no"],
        "village": village.name,
        "received_date": day,
        "amount": round(amount),
        "payer_name": contract_row.get("tenant_name") or "",
        "account": village.account,
        "income_kind": "租金收入",
    }
    return d.book.add("receipts", **{**values, **other})


def decide(d: District, village: Village, number: str, day: date, matter: str, **other: Any) -> Row:
    """The village meeting that voted on a matter, with its notice."""
    values = {
        "village": village.name,
        "matter": matter,
        "subject_no": number,
        "meeting_date": day,
        "voted": True,
        "noticed": True,
    }
    return d.book.add("minutes", **{**values, **other})


def voucher(
    d: District,
    village: Village,
    day: date,
    yuan: float,
    payee: Person | Firm | None = None,
    *,
    decided: bool | None = None,
    **other: Any,
) -> Row:
    """Money spent by a village by transfer, for its usual work; larger sums with a meeting before."""
    who = payee or d.world.person(village=village)
    number = d.world.coded("PZ", 6)
    payee_columns = (
        {"payee_firm_name": who.name}
        if isinstance(who, Firm)
        else {"payee_name": who.name, "payee_account": who.account}
    )
    summary, account = d.rng.choice(
        (("沟渠清淤", "管理费用"), ("路灯维修", "公益支出"), ("办公用品", "管理费用"))
    )
    values = {
        "voucher_no": number,
        "village": village.name,
        "voucher_date": day,
        "summary": summary,
        "ledger_account": account,
        "amount": fen(yuan),
        "way": "转账",
        **payee_columns,
        "handler": d.world.name(male=True),
        "approver": d.world.name(male=False),
    }
    row = d.book.add("vouchers", **{**values, **other})
    if decided or (decided is None and yuan >= 5000):
        decide(d, village, number, day - days(15), "大额支出")
    return row


def invoice(d: District, seller: Firm, buyer: str, day: date, yuan: float, goods: str, **other: Any) -> Row:
    """An invoice; numbers are scattered over the seller's book."""
    values = {
        "invoice_code": "099002500111",
        "invoice_no": f"{d.world.serial('invoice') * 37 % 89_999_999 + 10_000_000:08d}",
        "seller_code": seller.code,
        "seller_name": seller.name,
        "buyer": buyer,
        "invoice_date": day,
        "goods": goods,
        "amount": fen(yuan),
    }
    return d.book.add("invoices", **{**values, **other})


def asset(d: District, village: Village, **other: Any) -> Row:
    """An asset in the book whose survey agrees with it."""
    kind = d.rng.choice(tuple(PRICES))
    area = hundredths(d.rng.randrange(20, 400) / 10)
    state = d.rng.choice(("闲置", "自用", "出租"))
    values = {
        "asset_no": d.world.coded("ZC", 6),
        "village": village.name,
        "asset_name": f"{village.name}{kind}",
        "asset_kind": kind,
        "area": area,
        "state": state,
        "surveyed_area": area,
        "surveyed_state": state,
        "survey_date": date(2025, 11, 3),
    }
    return d.book.add("assets", **{**values, **other})
