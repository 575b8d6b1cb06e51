"""Offices at work: official cars, receptions and travel, approvals, enforcement, hotline, land clearance."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen, hundredths
from qingfeng.screening.sample.world import Firm, Person, Village


def official_car(d: District, unit: str | None = None, **other: Any) -> Row:
    values = {
        "plate": d.world.official_plate(),
        "unit": unit or d.world.body(),
        "tank_litres": 60,
        "fuel_card": d.world.coded("YK", 8),
        "on_call": False,
    }
    return d.book.add("official_cars", **{**values, **other})


def trip(d: District, car: Row, day: date, **other: Any) -> Row:
    """A trip by order within office hours of a day."""
    values = {
        "order_no": d.world.coded("PC", 7),
        "plate": car["plate"],
        "left_at": datetime.combine(day, time(8, 40 + d.rng.randrange(19))),
        "back_at": datetime.combine(day, time(16, d.rng.randrange(50))),
        "destination": f"{d.rng.choice(d.world.villages).name}村部",
        "purpose": d.rng.choice(("下乡走访", "送达文件", "参加会议", "项目检查")),
        "driver": d.world.name(male=True),
        "kilometres": d.rng.randrange(20, 90),
    }
    return d.book.add("trips", **{**values, **other})


def fill(
    d: District, car: Row, at: datetime, litres: float, *, with_trip: bool = True, **other: Any
) -> list[Row]:
    """A fill by card, and the day's trip that it was for."""
    values = {
        "card_no": car["fuel_card"],
        "plate": car["plate"],
        "filled_at": at,
        "litres": litres,
        "amount": fen(litres * 7.6),
        "station": f"云泽{d.rng.choice(('东', '西', '南', '北'))}站",
    }
    rows = [d.book.add("fuel", **{**values, **other})]
    if with_trip:
        rows.append(trip(d, car, at.date()))
    return rows


def repair(d: District, car: Row, day: date, yuan: float, odometer: float, workshop: Firm) -> Row:
    return d.book.add(
        "repairs",
        plate=car["plate"],
        repair_date=day,
        amount=fen(yuan),
        odometer=odometer,
        workshop=workshop.name,
        items=d.rng.choice(("更换机油机滤", "更换刹车片", "补胎", "四轮定位")),
    )


def reception(d: District, **other: Any) -> Row:
    """A reception by the rules: few hosts, a letter, plain dishes, once a visit."""
    number = d.world.serial("reception")
    values = {
        "sheet_no": d.world.coded("JD", 6),
        "unit": d.world.body(),
        "reception_date": date(2025, 9, 2) + days(number % 250),
        "guest_unit": f"外地第{number}考察组",
        "guests": 8,
        "hosts": 2,
        "letter_no": d.world.coded("GH", 6),
        "visit_no": d.world.coded("LF", 6),
        "dishes": d.rng.choice(("家常菜八菜一汤", "工作餐套餐", "青椒肉丝、豆腐、时蔬、米饭")),
        "amount": fen(420),
    }
    return d.book.add("receptions", **{**values, **other})


def travel(d: District, **other: Any) -> Row:
    """A training of two days in the district's own school, approved, at modest cost."""
    start = date(2025, 10, 13) + days(d.world.serial("travel") % 200)
    values = {
        "bill_no": d.world.coded("BX", 6),
        "unit": d.world.body(),
        "place": "云泽区委党校",
        "from_date": start,
        "to_date": start + days(1),
        "people": 30,
        "amount": fen(30 * 2 * 180),
        "approval_no": d.world.coded("PW", 6),
    }
    return d.book.add("trainings", **{**values, **other})


def approval(d: District, window: str, officer: str, accepted: date, decided: date, **other: Any) -> Row:
    """An application handled at a window."""
    applicant = d.world.person()
    values = {
        "case_no": d.world.coded("SL", 7),
        "matter": d.rng.choice(("食品经营许可", "建设工程规划许可", "公共场所卫生许可")),
        "unit": "云泽区行政审批局",
        "window": window,
        "applicant_id_no": applicant.id_no,
        "applicant_name": applicant.name,
        "accepted_date": accepted,
        "decided_date": decided,
        "promised_days": 10,
        "officer": officer,
    }
    row = d.book.add("approvals", **{**values, **other})
    step(d, row, "受理", accepted, accepted)
    step(d, row, "审查", accepted, decided)
    return row


def step(d: District, case: Row, name: str, start: date, end: date | None, stop_kind: str = "") -> Row:
    """A step of an application; with a kind of stop, the clock stands still meanwhile."""
    return d.book.add(
        "approval_steps",
        case_no=case["case_no"],
        step=name,
        officer=case["officer"],
        start_date=start,
        end_date=end,
        stop_kind=stop_kind,
    )


def penalty(d: District, firm: Firm, day: date, **other: Any) -> Row:
    """A fine within the band of its grade."""
    values = {
        "decision_no": d.world.coded("CF", 6),
        "unit": "云泽区综合行政执法局",
        "officer": d.world.name(male=True),
        "firm_code": firm.code,
        "firm_name": firm.name,
        "conduct": f"违法行为{d.world.serial('conduct')}类",
        "grade": "一般",
        "amount": fen(8000),
        "band_low": fen(5000),
        "band_high": fen(10000),
        "decided_date": day,
    }
    return d.book.add("penalties", **{**values, **other})


def fee(d: District, day: date, yuan: float, banked_after: int | None = 3) -> list[Row]:
    """A fee receipt and, some days later, its income in the treasury."""
    number = d.world.coded("PJ", 8)
    receipt = d.book.add(
        "fee_receipts",
        receipt_no=number,
        unit="云泽区综合行政执法局",
        receipt_date=day,
        amount=fen(yuan),
        payer_name=d.world.name(male=True),
    )
    if banked_after is None:
        return [receipt]
    income = d.book.add(
        "treasury_income", receipt_no=number, income_date=day + days(banked_after), amount=fen(yuan)
    )
    return [receipt, income]


def draw(d: District, officer: Person, firm: Firm, day: date) -> Row:
    """An inspection of a firm by an officer."""
    return d.book.add(
        "inspection_draws",
        draw_no=d.world.coded("CJ", 6),
        unit="云泽区市场监督管理局",
        officer_id_no=officer.id_no,
        officer_name=officer.name,
        firm_code=firm.code,
        firm_name=firm.name,
        draw_date=day,
    )


def order(d: District, place: str, topic: str, day: date, **other: Any) -> Row:
    """A call to the hotline, closed after a week."""
    values = {
        "order_no": d.world.coded("GD", 7),
        "place": place,
        "topic": topic,
        "created_date": day,
        "closed_date": day + days(7),
        "state": "已解决",
        "unit": d.rng.choice(("云泽区城市管理局", "云泽区住房和城乡建设局")),
    }
    return d.book.add("hotline_orders", **{**values, **other})


def window_review(d: District, window: str, officer: str, day: date, grade: str) -> Row:
    return d.book.add(
        "window_reviews",
        case_no=d.world.coded("PJ12", 8),
        window=window,
        officer=officer,
        review_date=day,
        grade=grade,
    )


def compensate(
    d: District,
    project: str,
    owner: Person,
    file_no: str,
    house_no: str,
    item: str = "房屋补偿",
    **other: Any,
) -> Row:
    """One item of one file of a clearance project, at the project's price."""
    area = other.pop("square_metres", 120 + d.rng.randrange(40))
    price = other.pop("price", 3000)
    values = {
        "project": project,
        "announce_date": date(2025, 9, 1),
        "household_no": file_no,
        "house_no": house_no,
        "id_no": owner.id_no,
        "name": owner.name,
        "village": owner.village.name,
        "item": item,
        "area": hundredths(area),
        "unit_price": fen(price),
        "amount": fen(area * price),
        "pay_date": date(2026, 1, 15),
        "account": owner.account,
        "supplement": False,
    }
    return d.book.add("compensation", **{**values, **other})


def house_checked(
    d: District, owner: Person, file_no: str, house_no: str, square_metres: float, **other: Any
) -> Row:
    """A house whose register and survey agree."""
    values = {
        "house_no": house_no,
        "household_no": file_no,
        "id_no": owner.id_no,
        "name": owner.name,
        "village": owner.village.name,
        "recorded_area": hundredths(square_metres),
        "surveyed_area": hundredths(square_metres),
        "survey_date": date(2025, 7, 20),
    }
    return d.book.add("houses_checked", **{**values, **other})


def new_file(d: District, village: Village) -> tuple[str, str]:
    """The number of a clearance file and of its house."""
    return d.world.coded("DA", 6), f"{village.name}{d.world.serial('house')}号"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
