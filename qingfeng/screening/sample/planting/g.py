"""G01–G09: official cars, receptions, gifts, travel, allowances, weddings."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen
from qingfeng.screening.sample.ordinary import collective as c
from qingfeng.screening.sample.ordinary import offices as o
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.world import Person

SATURDAY = date(2026, 3, 14)
SUNDAY = date(2026, 3, 15)
HOLIDAY = date(2025, 10, 3)
MADE_UP_DAY = date(2025, 10, 11)
TUESDAY = date(2026, 3, 17)


def g01_trips(d: District) -> None:
    def out(day: date, start: int, end: int, **other: Any) -> tuple[str, list[Row]]:
        car = o.official_car(d, on_call=bool(other.pop("on_call", False)))
        times = {"left_at": o.at(day, start, 20), "back_at": o.at(day, end, 10)}
        return car["plate"], [o.trip(d, car, day, **(times | {"order_no": ""} | other))]

    other: dict[str, Any]
    for day, start, end, other, note in (
        (SATURDAY, 9, 17, {}, "星期六出车，没有派车单"),
        (HOLIDAY, 10, 18, {}, "国庆假期出车，没有派车单"),
        (TUESDAY, 20, 23, {}, "工作日晚上八点多出车，没有派车单"),
        (SUNDAY, 10, 15, {"destination": "云台山风景区停车场"}, "星期日停在景区，没有派车单"),
        (TUESDAY, 14, 16, {"destination": "喜来福婚宴大酒店", "purpose": ""}, "停在婚宴酒店，没有派车单"),
    ):
        plate, rows = out(day, start, end, **other)
        d.true("G01", plate, rows, note)
    for day, start, end, other, note in (
        (MADE_UP_DAY, 9, 16, {}, "调休上班的星期六"),
        (TUESDAY, 9, 11, {}, "工作日上班时间，只是没有派车单"),
        (SATURDAY, 9, 17, {"order_no": d.world.coded("PC", 7)}, "星期六有派车单"),
        (SATURDAY, 9, 17, {"on_call": True}, "应急值班车"),
        (TUESDAY, 21, 23, {"purpose": "防汛抢险救援"}, "夜间抢险救援"),
    ):
        plate, rows = out(day, start, end, **other)
        d.near("G01", plate, rows, note)
    plate, rows = out(SUNDAY, 9, 12)
    duty = d.book.add(
        "duty_rosters", unit=d.world.body(), name=d.world.name(male=True), duty_date=SUNDAY, plate=plate
    )
    d.near("G01", plate, [*rows, duty], "当天的值班车")


def g02_fills(d: District) -> None:
    def car(**other: Any) -> Row:
        return o.official_car(d, **other)

    one = car()
    rows = o.fill(d, one, o.at(TUESDAY, 9), 31) + o.fill(d, one, o.at(TUESDAY, 16), 28, with_trip=False)
    d.true("G02", one["plate"], rows, "一天加油两次")
    one = car()
    d.true("G02", one["plate"], o.fill(d, one, o.at(TUESDAY, 10), 78.5), "一次加78.5升，油箱60升")
    one = car()
    rows = o.fill(d, one, o.at(TUESDAY, 23, 20), 44) + o.fill(d, one, o.at(TUESDAY + days(1), 0, 35), 39)
    d.true("G02", one["plate"], rows, "跨零点75分钟内两次，共83升")
    one = car()
    rows = o.fill(d, one, o.at(TUESDAY, 10), 48) + o.fill(d, one, o.at(TUESDAY + days(1), 15), 41)
    d.near("G02", one["plate"], rows, "前后两天各一次")
    one = car()
    d.near("G02", one["plate"], o.fill(d, one, o.at(TUESDAY, 10), 60), "正好加满60升")
    one = car()
    rows = o.fill(d, one, o.at(TUESDAY, 23, 20), 24) + o.fill(d, one, o.at(TUESDAY + days(1), 0, 35), 29)
    d.near("G02", one["plate"], rows, "跨零点两次，合计不到一箱")
    one = car()
    two = car(fuel_card=one["fuel_card"])
    rows = o.fill(d, one, o.at(TUESDAY, 9), 41) + o.fill(d, two, o.at(TUESDAY, 15), 44)
    d.near("G02", one["plate"], rows, "两辆车共用一张卡，各加一次")


def g03_holiday_fuel(d: District) -> None:
    one = o.official_car(d)
    rows = o.fill(d, one, o.at(HOLIDAY, 10), 40) + o.fill(d, one, o.at(HOLIDAY + days(2), 10), 38)
    d.true("G03", one["plate"], rows, "国庆假期两天加油")
    one = o.official_car(d)
    rows = o.fill(d, one, o.at(TUESDAY, 10), 40, with_trip=False)
    o.trip(d, one, TUESDAY - days(20))
    o.trip(d, one, TUESDAY + days(20))
    d.true("G03", one["plate"], rows, "加油前后二十天没有出车")
    one = o.official_car(d)
    rows = o.fill(d, one, o.at(HOLIDAY, 10), 40)
    d.near("G03", one["plate"], rows, "假期只加油一次，有派车单")
    one = o.official_car(d)
    rows = o.fill(d, one, o.at(TUESDAY, 10), 40, with_trip=False)
    long = o.trip(d, one, TUESDAY - days(4), back_at=o.at(TUESDAY + days(3), 16), purpose="外地押运")
    d.near("G03", one["plate"], [*rows, long], "长途任务途中加油")
    one = o.official_car(d)
    rows = o.fill(d, one, o.at(TUESDAY, 18), 40, with_trip=False)
    rows.append(o.trip(d, one, TUESDAY + days(1)))
    o.trip(d, one, TUESDAY - days(1))
    d.near("G03", one["plate"], rows, "前一天和第二天都有出车")


def g04_repairs(d: District) -> None:
    workshop = people.new_firm(d, "汽修")

    def repaired(times: int, yuan: float, step: float, gap: int = 19) -> tuple[str, list[Row]]:
        car = o.official_car(d)
        start = date(2025, 12, 22)
        reading = 60_000.0
        rows = []
        for n in range(times):
            rows.append(o.repair(d, car, start + days(gap * n), yuan + 11 * n, reading + step * n, workshop))
        return car["plate"], rows

    plate, rows = repaired(9, 480, 3000)
    d.true("G04", plate, rows, "半年维修九次")
    plate, rows = repaired(3, 9400, 900, gap=60)
    d.true("G04", plate, rows, "每公里维修费十几元，远超同类")
    plate, rows = repaired(2, 480, 3000, gap=60)
    d.near("G04", plate, rows, "半年只修两次，费用一般")


def g05_receptions(d: District) -> None:
    for other, note in (
        ({"guests": 7, "hosts": 5}, "来客7人，陪餐5人"),
        ({"guests": 8, "hosts": 4}, "来客8人，陪餐4人"),
        ({"guests": 18, "hosts": 8}, "来客18人，陪餐8人"),
        ({"letter_no": ""}, "没有公函"),
        ({"dishes": "家常菜十道、白酒两瓶"}, "菜单有白酒"),
        ({"dishes": "工作餐、香烟一条"}, "菜单有香烟"),
        ({"dishes": "鱼翅羹、清蒸石斑"}, "菜单有鱼翅"),
    ):
        row = o.reception(d, **other)
        d.true("G05", row["sheet_no"], [row], note)
    first = o.reception(d)
    same = {
        column: first[column] for column in ("unit", "guest_unit", "visit_no", "letter_no", "reception_date")
    }
    second = o.reception(d, **same)
    d.true("G05", second["sheet_no"], [first, second], "同一批客人一次来访接待两次")
    d.true("G05", first["sheet_no"], [first, second], "同一批客人一次来访接待两次")
    for other, note in (
        ({"guests": 10, "hosts": 3}, "来客10人，陪餐3人"),
        ({"guests": 15, "hosts": 5}, "来客15人，陪餐正好三分之一"),
        ({"dishes": "烟笋炒肉、酒酿圆子、时蔬"}, "烟笋、酒酿是家常菜"),
    ):
        row = o.reception(d, **other)
        d.near("G05", row["sheet_no"], [row], note)


def g06_gift_season(d: District) -> None:
    def bought(trade: str, goods: str, day: date, buyer: str | None = None) -> tuple[str, list[Row]]:
        who = buyer or d.world.body()
        return who, [c.invoice(d, people.new_firm(d, trade), who, day, 2860, goods)]

    for trade, goods, day, note in (
        ("烟酒", "卷烟", date(2026, 2, 6), "春节前十一天烟酒行"),
        ("茶", "茶叶礼盒", date(2025, 9, 26), "中秋前十天茶叶礼盒"),
        ("烟酒", "白酒", date(2026, 6, 11), "端午前八天白酒"),
        ("商贸", "购物卡", date(2026, 2, 10), "春节前七天购物卡"),
    ):
        buyer, rows = bought(trade, goods, day)
        d.true("G06", buyer, rows, note)
    buyer, rows = bought("茶", "茶叶", date(2025, 8, 4))
    first = int(rows[0]["invoice_no"]) + 40_000_000
    for n in range(3):
        rows.append(dict_invoice(d, rows[0], f"{first + n:08d}", date(2025, 8, 4) + days(n)))
    d.true("G06", buyer, rows[1:], "茶叶发票三张连号")
    d.true("B08", f"{buyer}|{rows[0]['seller_code']}", rows[1:], "茶叶发票三张连号")
    for trade, goods, day, whose, note in (
        ("烟酒", "卷烟", date(2026, 1, 12), None, "春节前一个多月"),
        ("烟酒", "白酒", date(2026, 3, 20), None, "节后近一个月"),
        ("文印", "打印纸", date(2026, 2, 6), None, "节前买的是办公用品"),
        ("烟酒", "卷烟", date(2026, 2, 6), people.new_firm(d, "商贸").name, "购方是民营企业"),
        ("商贸", "大米、食用油", date(2026, 2, 6), None, "慰问用的米油"),
    ):
        buyer, rows = bought(trade, goods, day, whose)
        d.near("G06", buyer, rows, note)


def dict_invoice(d: District, like: Row, number: str, day: date) -> Row:
    """Another invoice of the same seller to the same buyer."""
    return d.book.add("invoices", **{**like, "invoice_no": number, "invoice_date": day})


def g07_allowances(d: District) -> None:
    def paid(person: Person, day: date, allowance: str = "值班补助") -> Row:
        columns = {"id_no": person.id_no, "name": person.name, "unit": unit}
        return d.book.add("allowances_paid", **columns, allowance=allowance, pay_date=day, amount=fen(100))

    def leave(person: Person, start: date, end: date) -> Row:
        columns = {"id_no": person.id_no, "name": person.name, "unit": unit}
        return d.book.add("leaves", **columns, from_date=start, to_date=end, leave_kind="年休假")

    unit = d.world.body()
    for day in (date(2026, 4, 15), date(2026, 4, 17)):
        person = d.world.person(36)
        rows = [paid(person, day), leave(person, date(2026, 4, 13), date(2026, 4, 17))]
        d.true("G07", person, rows, "休假期间领取值班补助")
    person = d.world.person(36)
    rows = [paid(person, date(2026, 4, 18)), leave(person, date(2026, 4, 13), date(2026, 4, 17))]
    d.near("G07", person, rows, "休假结束后的第二天值班")
    person = d.world.person(36)
    other = d.world.person(33, name=person.name)
    rows = [paid(person, date(2026, 4, 15)), leave(other, date(2026, 4, 13), date(2026, 4, 17))]
    d.near("G07", person, rows, "休假的是同名的另一人")


def g07_car_subsidy(d: District) -> None:
    unit = d.world.body()
    car = o.official_car(d, unit)

    def subsidised(trip_on: date, purpose: str) -> tuple[Person, list[Row]]:
        person = d.world.person(41)
        who = {"id_no": person.id_no, "name": person.name, "unit": unit}
        paid = d.book.add(
            "allowances_paid", **who, allowance="公务交通补贴", month=date(2026, 4, 1), amount=fen(650)
        )
        return person, [paid, o.trip(d, car, trip_on, purpose=purpose, user_name=person.name, unit=unit)]

    person, rows = subsidised(date(2026, 4, 8), "接上班")
    d.true("G07", person, rows, "领了当月车补，又由公车接上班（只有姓名，应作疑问）")
    person, rows = subsidised(date(2026, 3, 11), "送下班回家")
    d.near("G07", person, rows, "公车送下班在上月，当月才开始领车补")
    person, rows = subsidised(date(2026, 4, 9), "陪同项目检查")
    d.near("G07", person, rows, "领车补，公车用于公务")


def g08_travel(d: District) -> None:
    other: dict[str, Any]
    for other, note in (
        ({"place": "黄山风景区", "approval_no": ""}, "在风景区办培训"),
        ({"place": "云台山度假村", "approval_no": ""}, "在度假村开会"),
        ({"amount": fen(30 * 2 * 1900), "approval_no": ""}, "每人每天1900元"),
    ):
        row = o.travel(d, **other)
        d.true("G08", row["bill_no"], [row], note)
    row = o.travel(d)
    row.update(to_date=row["from_date"] + days(19), amount=fen(30 * 20 * 150), approval_no="")
    d.true("G08", row["bill_no"], [row], "一次培训二十天")
    for other, note in (
        ({"people": 12, "amount": fen(12 * 2 * 240)}, "两天，每人每天240元"),
        ({"place": "云泽区会议中心"}, "区会议中心，两天"),
    ):
        row = o.travel(d, **other)
        d.near("G08", row["bill_no"], [row], note)


def g09_family_events(d: District) -> None:
    day = date(2026, 5, 16)

    def event(person: Person, tables: int = 22, kind: str = "婚礼") -> Row:
        columns = {"id_no": person.id_no, "name": person.name}
        return d.book.add(
            "family_events", **columns, event_kind=kind, event_date=day, place="云泽宾馆", tables=tables
        )

    def cadre() -> tuple[Person, Row]:
        person = d.world.person(51)
        return person, people.cadre(d, person, d.world.body())

    for kind in ("婚礼", "丧事"):
        person, row = cadre()
        d.true("G09", person, [event(person, kind=kind), row], f"干部操办{kind}没有报告")
    person, row = cadre()
    columns = {"id_no": person.id_no, "name": person.name, "event_kind": "婚礼"}
    report = d.book.add("family_reports", **columns, event_date=day, report_date=day - days(12))
    d.near("G09", person, [event(person), report, row], "已事前报告")
    person, row = cadre()
    other = d.world.person(48, name=person.name)
    d.near("G09", other, [event(other), row], "与干部同名的群众")
    person, row = cadre()
    d.near("G09", person, [event(person, tables=1, kind="家庭聚餐"), row], "一桌家庭聚餐")


RULES = (
    g01_trips,
    g02_fills,
    g03_holiday_fuel,
    g04_repairs,
    g05_receptions,
    g06_gift_season,
    g07_allowances,
    g07_car_subsidy,
    g08_travel,
    g09_family_events,
)
