"""Registers of persons: households, public pay, cadres and their relatives, homes, cars, firms."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, fen, hundredths
from qingfeng.screening.sample.world import Firm, Person

FIRM_START = date(2016, 3, 8)


def register(d: District, person: Person, relation: str = "户主", **other: Any) -> Row:
    """A person's line in the household register."""
    values = {
        "id_no": person.id_no,
        "name": person.name,
        "household_no": person.household,
        "relation": relation,
        "village": person.village.name,
        "address": f"{person.village.street}{person.village.name}{int(person.household[1:]) % 300 + 1}号",
    }
    return d.book.add("household_register", **{**values, **other})


def on_payroll(d: District, person: Person, unit: str, **other: Any) -> Row:
    """Somebody the treasury pays; without a month the line holds from the start date on."""
    values = {
        "id_no": person.id_no,
        "name": person.name,
        "unit": unit,
        "post": d.rng.choice(("科员", "教师", "护士", "会计", "工程师")),
        "post_kind": d.rng.choice(("事业编制", "行政编制")),
        "start_date": date(2012, 8, 1),
        "pay_amount": fen(5200 + d.rng.randrange(30) * 100),
    }
    return d.book.add("payroll", **{**values, **other})


def cadre(d: District, person: Person, unit: str, **other: Any) -> Row:
    """A cadre in office."""
    values = {
        "id_no": person.id_no,
        "name": person.name,
        "unit": unit,
        "village": person.village.name,
        "post": d.rng.choice(("村党组织书记", "村委会主任", "副主任", "会计", "科长")),
        "duty": d.rng.choice(("全面工作", "民政", "农业", "三资管理", "工程项目")),
        "from_date": date(2021, 1, 15),
    }
    return d.book.add("cadres", **{**values, **other})


def relative(d: District, of: Person, who: Person, relation: str) -> Row:
    """A relative whom a cadre has declared."""
    return d.book.add(
        "relatives",
        cadre_id_no=of.id_no,
        cadre_name=of.name,
        relation=relation,
        id_no=who.id_no,
        name=who.name,
        basis="干部个人有关事项报告",
        filed_date=date(2025, 1, 20),
    )


def home(d: District, person: Person, square_metres: float, **other: Any) -> Row:
    """A registered title to a home."""
    values = {
        "title_no": d.world.coded("BDC", 7),
        "id_no": person.id_no,
        "name": person.name,
        "share_percent": 100,
        "area": hundredths(square_metres),
        "estate_kind": "商品住宅",
        "address": f"{person.village.street}云泽大道{d.rng.randrange(1, 900)}号{d.rng.randrange(1, 30)}幢",
        "register_date": date(2018, 6, 12),
    }
    return d.book.add("real_estate", **{**values, **other})


def car(d: District, person: Person, price: float, **other: Any) -> Row:
    """A registered private car."""
    values = {
        "plate": d.world.plate(),
        "id_no": person.id_no,
        "name": person.name,
        "vehicle_kind": "小型轿车",
        "brand": d.rng.choice(("云驰牌A6", "泽风牌S3", "飞岭牌轿车")),
        "price": fen(price),
        "use_kind": "非营运",
        "status": "正常",
        "register_date": date(2022, 4, 18),
    }
    return d.book.add("vehicles", **{**values, **other})


def found(d: District, firm: Firm, legal: Person, **other: Any) -> Row:
    """A firm's line in the business register."""
    shop = firm.code.startswith("92")
    values = {
        "firm_code": firm.code,
        "firm_name": firm.name,
        "firm_kind": "个体工商户" if shop else "有限责任公司",
        "status": "存续",
        "legal_id_no": legal.id_no,
        "legal_name": legal.name,
        "founded_date": FIRM_START,
        "capital": fen(d.rng.choice((2_000_000, 5_000_000, 10_000_000, 20_000_000))),
        "staff_count": d.rng.randrange(12, 90),
        "phone": d.world.phone(),
        "firm_address": f"{legal.village.street}工业路{d.world.serial('firm address')}号",
        "industry": firm.trade,
    }
    return d.book.add("firms", **{**values, **other})


def new_firm(d: District, trade: str | None = None, **other: Any) -> Firm:
    """A registered firm whose legal person has no other tie to anything."""
    firm, legal = d.world.firm(trade), d.world.person()
    found(d, firm, legal, **other)
    holds(d, firm, legal, percent=100)
    return firm


def holds(
    d: District, firm: Firm, person: Person, role: str = "股东", percent: float = 50, **other: Any
) -> Row:
    """A shareholder or manager of a firm."""
    values = {
        "firm_code": firm.code,
        "firm_name": firm.name,
        "role": role,
        "id_no": person.id_no,
        "name": person.name,
        "share_percent": percent if role == "股东" else None,
        "from_date": FIRM_START,
    }
    return d.book.add("firm_people", **{**values, **other})


def insured(d: District, person: Person, firm: str | Firm, **other: Any) -> Row:
    """Somebody for whom an employer pays insurance."""
    named = {"firm_name": firm} if isinstance(firm, str) else {"firm_code": firm.code, "firm_name": firm.name}
    values = {"id_no": person.id_no, "name": person.name, "from_date": date(2019, 3, 1)}
    return d.book.add("firm_staff", **{**named, **values, **other})
