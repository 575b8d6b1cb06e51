"""Papers that stand behind a benefit: who owns the account, who may fetch it for whom, who claims for which land."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, hundredths
from qingfeng.screening.sample.world import Person


def owned(d: District, account: str, owner: Person, **other: Any) -> Row:
    """What the bank says of an account: whose it is, and on which paper it was opened."""
    values = {
        "account": account,
        "name": owner.name,
        "id_no": owner.id_no,
        "bank": "云泽农商银行",
        "opened_date": date(2017, 5, 8),
    }
    return d.book.add("account_owners", **{**values, **other})


def entrusted(d: District, principal: Person, agent: Person, account: str, **other: Any) -> Row:
    """A paper by which somebody lets another fetch a benefit."""
    values = {
        "id_no": principal.id_no,
        "name": principal.name,
        "agent_id_no": agent.id_no,
        "agent_name": agent.name,
        "relation": "子女",
        "account": account,
        "benefit": "各项补贴",
        "from_date": date(2024, 3, 1),
    }
    return d.book.add("proxies", **{**values, **other})


def claimed(d: District, person: Person, parcel: str, mu: float, **other: Any) -> Row:
    """A claim for one parcel and season, before anything is paid."""
    values = {
        "claim_no": d.world.coded("SB", 7),
        "benefit": "稻谷补贴",
        "id_no": person.id_no,
        "name": person.name,
        "household_no": person.household,
        "village": person.village.name,
        "parcel_no": parcel,
        "season": "2026年早稻",
        "area": hundredths(mu),
        "claim_date": date(2026, 4, 9),
        "result": "通过",
    }
    return d.book.add("land_claims", **{**values, **other})


def filed(d: District, cadre: Person, kin: Person, benefit: str, **other: Any) -> Row:
    """A cadre's relative who gets a benefit is put on file, with what the villagers' assessment said."""
    values = {
        "cadre_id_no": cadre.id_no,
        "cadre_name": cadre.name,
        "relation": "父亲",
        "id_no": kin.id_no,
        "name": kin.name,
        "village": kin.village.name,
        "benefit": benefit,
        "filed_date": date(2025, 6, 20),
        "result": "通过",
    }
    return d.book.add("benefit_filings", **{**values, **other})


def of_household(d: District, head: Person, member: Person, relation: str, **other: Any) -> Row:
    """A member of a household on relief, as the civil affairs office lists them."""
    values = {
        "head_id_no": head.id_no,
        "head_name": head.name,
        "id_no": member.id_no,
        "name": member.name,
        "relation": relation,
        "benefit": "农村低保",
        "village": head.village.name,
    }
    return d.book.add("benefit_members", **{**values, **other})
