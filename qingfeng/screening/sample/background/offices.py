"""Villages and offices at their usual work: rents paid, small sums spent, tenders won fairly, cars on duty."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, month_of
from qingfeng.screening.sample.ordinary import collective as c
from qingfeng.screening.sample.ordinary import offices as o
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.ordinary import tenders as t
from qingfeng.screening.sample.planting.a_money import CROP_ROTATION
from qingfeng.screening.sample.planting.c import crowd
from qingfeng.screening.sample.planting.e_prices import goods
from qingfeng.screening.sample.planting.f_h import reviews
from qingfeng.screening.sample.world import Village

PANEL_SIZE = 60


def work(d: District, size: int, bodies: list[str]) -> None:
    """All offices of a district of `size` thousand people."""
    villages(d)
    tenders(d, 60 + 2 * size, bodies)
    cars(d, 40 + size // 2, bodies)
    sheets(d, 40 + size)
    windows(d, 40 + size // 2)
    enforcement(d, 40 + size)
    staff_days(d, 40 + size, bodies)
    crowd(d, 160 + 2 * size)


def villages(d: District) -> None:
    for village in d.world.villages:
        c.bank(d, village.name, village.account)
        for _ in range(5):
            c.asset(d, village)
        _vouchers(d, village, 40)
        _invoices(d, 4)
    by_street = defaultdict(list)
    for village in d.world.villages:
        by_street[village.street].append(village)
    for lie_here in by_street.values():
        for number in range(max(40, 6 * len(lie_here))):
            kind = list(c.PRICES)[number % len(c.PRICES)]
            start = date(2023 + number % 3, 1 + number % 12, 1)
            start = start if start > date(2023, 8, 1) else date(2024, 2, 1)
            home = lie_here[number % len(lie_here)]
            c.contract(d, home, kind=kind, mu=d.rng.randrange(2, 12), start=start)


def _vouchers(d: District, village: Village, number: int) -> None:
    for place in range(number):
        day = date(2025, 7, 2) + days(place * 9)
        c.voucher(d, village, day, d.rng.randrange(121, 4900) + d.rng.choice((0.5, 0.32, 0.8)))
    c.voucher(d, village, date(2025, 11, 20), 187.5, way="现金")


def _invoices(d: District, number: int) -> None:
    for _ in range(number):
        day = date(2025, 7, 1) + days(d.rng.randrange(360))
        c.invoice(d, people.new_firm(d, "文印"), d.world.body(), day, d.rng.randrange(200, 4000), "办公用品")


def tenders(d: District, number: int, bodies: list[str]) -> None:
    d.panel.extend(d.world.person(52) for _ in range(PANEL_SIZE))
    for place in range(number):
        day = date(2024, 8, 5) + days(place * 600 // number)
        unit = d.world.body()
        made = t.lot(d, d.rng.choice((3, 4, 4, 5)), day=day, unit=unit, with_award=True, with_deposits=True)
        for expert in d.rng.sample(d.panel, 5):
            t.review(d, made, expert)
        if place % 5 == 0 and made.award:
            t.change(d, made.award, made.award["amount"] / 100 * 0.03, day + days(60))
    for _ in range(45):
        goods(d)


def cars(d: District, number: int, bodies: list[str]) -> None:
    workshops = [people.new_firm(d, "汽修") for _ in range(4)]
    for place in range(number):
        car = o.official_car(d, bodies[place % len(bodies)])
        day = date(2025, 9, 2)
        for turn in range(10):
            workday = _tuesday_to_thursday(day + days(28 * turn + place % 3))
            o.fill(d, car, o.at(workday, 9, d.rng.randrange(59)), 30 + d.rng.randrange(24))
            o.trip(d, car, workday + days(7))
        for turn in range(2):
            reading = 50_000.0 + place * 100 + turn * 6000
            o.repair(d, car, day + days(150 * turn), 380 + place % 9 * 40, reading, workshops[place % 4])


def _tuesday_to_thursday(day: date) -> date:
    """A working day of the same week; the weeks of long holidays are left out."""
    workday = day - days(day.weekday()) + days(1 + day.toordinal() % 3)
    return workday + days(14) if month_of(workday) in (date(2025, 10, 1), date(2026, 2, 1)) else workday


def sheets(d: District, number: int) -> None:
    for _ in range(number):
        o.reception(d)
        o.travel(d)


def windows(d: District, officers: int) -> None:
    for _ in range(officers):
        reviews(d, d.rng.choice((0, 0, 0, 1)), 34)
        officer = d.world.name(male=False) + "窗" + str(d.world.serial("plain officer"))
        for turn in range(8):
            day = date(2026, 3, 9) + days(7 * (turn % 4))
            o.approval(d, "综合窗口", officer, day, day + days(2 + turn % 3))
    for number in range(4):
        firms = [people.new_firm(d, "咨询") for _ in range(8)]
        officer = d.world.name(male=True) + "测" + str(number)
        for turn in range(40):
            day = date(2026, 3, 9) - days(7 * (turn % 20))
            named = {"intermediary_name": firms[turn % 8].name}
            o.approval(d, f"工程建设{number}号专窗", officer, day, day + days(4), **named)


def enforcement(d: District, number: int) -> None:
    officers = [d.world.person(40) for _ in range(12)]
    for place in range(number):
        firm = people.new_firm(d, "餐饮")
        o.penalty(d, firm, date(2025, 7, 7) + days(place * 300 // number))
        o.fee(d, date(2025, 7, 7) + days(place * 320 // number), 200 + place)
        for turn, officer in enumerate(d.rng.sample(officers, 4)):
            o.draw(d, officer, firm, date(2025, 6, 2) + days(83 * turn + place % 40))
        where = f"{d.rng.choice(d.world.villages).name}{d.world.serial('hotline')}号"
        o.order(
            d,
            where,
            d.rng.choice(("路灯不亮", "积水", "垃圾清运")),
            date(2025, 8, 1) + days(place * 300 // number),
        )


def staff_days(d: District, number: int, bodies: list[str]) -> None:
    for place in range(number):
        person = d.world.person(36)
        unit = bodies[place % len(bodies)]
        who = {"id_no": person.id_no, "name": person.name, "unit": unit}
        day = date(2025, 9, 2) + days(place % 250)
        d.book.add("leaves", **who, from_date=day, to_date=day + days(3), leave_kind="年休假")
        d.book.add("allowances_paid", **who, allowance="值班补助", pay_date=day + days(10), amount=10_000)
        duty = {"unit": unit, "id_no": person.id_no, "name": person.name}
        d.book.add("duty_rosters", **duty, duty_date=day + days(10))
        family = {
            "id_no": person.id_no,
            "name": person.name,
            "event_kind": "婚礼",
            "event_date": day + days(40),
        }
        if place % 4 == 0:
            d.book.add("family_events", **family, place="云泽宾馆", tables=15)
            d.book.add("family_reports", **family, report_date=day + days(20))


def appropriate(d: District) -> None:
    """The money for every month's payments of a benefit comes in a few days before them."""
    sums: dict[tuple[str, str, date], list[Row]] = defaultdict(list)
    for row in d.book.rows["payments"]:
        if row["benefit"] != CROP_ROTATION:
            sums[row["benefit"], row["payer"], month_of(row["pay_date"])].append(row)
    for (benefit, payer, _month), rows in sorted(sums.items()):
        d.book.add(
            "appropriations",
            appropriation_no=d.world.coded("ZJ", 6),
            benefit=benefit,
            unit=payer,
            received_date=min(row["pay_date"] for row in rows) - days(4),
            amount=sum(row["amount"] for row in rows),
        )
