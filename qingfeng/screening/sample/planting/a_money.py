"""A08–A10, A12–A15: benefits that go to the wrong account, on the wrong condition, twice, or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen
from qingfeng.screening.sample.numbers import fifteen_digits
from qingfeng.screening.sample.ordinary import benefits as b
from qingfeng.screening.sample.ordinary.collective import village_with_bank
from qingfeng.screening.sample.planting.a_persons import LAST_MONTHS, citizen
from qingfeng.screening.sample.world import Village

CROP_ROTATION = "耕地轮作补贴"


def a08_one_account(d: District) -> None:
    def shared(count: int, *, household: bool = False) -> tuple[str, list[Row]]:
        account = d.world.account()
        village = d.rng.choice(d.world.villages)
        home = d.world.household() if household else None
        rows: list[Row] = []
        for place in range(count):
            person = citizen(d, 70 - place, village=village, household=home)
            rows += b.pay_monthly(d, person, b.PENSION, LAST_MONTHS[:2], account=account, holder_name="")
        return account, rows

    for count in (3, 4, 7):
        account, rows = shared(count)
        d.true("A08", d.keys.account(account), rows, f"一个账户领了{count}个不同户的人的补贴")
    account, rows = shared(3)
    for row in rows[::2]:
        row["account"] = " ".join(account[n : n + 4] for n in range(0, len(account), 4))
    d.true("A08", d.keys.account(account), rows, "一个账户三个人，有的行账号四位一空")
    account, rows = shared(2)
    d.near("A08", d.keys.account(account), rows, "一个账户两个人，未到三人")
    account, rows = shared(3, household=True)
    d.near("A08", d.keys.account(account), rows, "同一户三口人共用户主的卡")
    account, rows = shared(1)
    person = citizen(d, 68)
    pay: dict[str, Any] = {"account": account, "holder_name": ""}
    rows.append(b.pay(d, person, b.PENSION, date(2026, 5, 12), **pay))
    rows.append(b.pay(d, person, b.PENSION, date(2026, 6, 12), id_no=fifteen_digits(person.number), **pay))
    d.near("A08", d.keys.account(account), rows, "两个人，其中一人另有15位身份证号的一行")


def a09_other_name(d: District) -> None:
    for age, benefit in ((72, b.PENSION), (45, b.RURAL_MINIMUM), (83, b.OLD_AGE)):
        person = citizen(d, age)
        holder = d.world.person(40)
        pay: dict[str, Any] = {"holder_name": holder.name + "云", "account": holder.account}
        d.true(
            "A09",
            person,
            b.pay_monthly(d, person, benefit, LAST_MONTHS[:3], **pay),
            "户名与领取人不同，无代领手续",
        )
    person = citizen(d, 85)
    pay = {"holder_name": d.world.name(male=True) + "云", "proxy": True}
    d.near("A09", person, b.pay_monthly(d, person, b.OLD_AGE, LAST_MONTHS[:3], **pay), "有代领手续")
    person = citizen(d, 66, name="欧阳兰")
    rows = b.pay_monthly(d, person, b.PENSION, LAST_MONTHS[:3], holder_name="欧 阳　兰")
    d.near("A09", person, rows, "户名里多了空格")
    person = citizen(d, 61, name="阿依·图兰")
    rows = b.pay_monthly(d, person, b.PENSION, LAST_MONTHS[:3], holder_name="阿依•图兰")
    d.near("A09", person, rows, "间隔号写法不同")
    person = citizen(d, 70)
    d.near(
        "A09", person, b.pay_monthly(d, person, b.PENSION, LAST_MONTHS[:2], holder_name=""), "表里没有户名"
    )


def a10_condition(d: District) -> None:
    first = LAST_MONTHS[0]
    for benefit, age, other, note in (
        (b.OLD_AGE, 66, {}, "66岁领高龄津贴"),
        (b.PENSION, 52, {}, "52岁领养老金"),
        (b.NURSING, 44, {"disability_grade": "四级"}, "四级残疾领重度残疾人护理补贴"),
        (b.PUPIL, 24, {"school_status": "已毕业"}, "已毕业仍领学生资助"),
    ):
        person = citizen(d, age)
        d.true("A10", person, b.pay_monthly(d, person, benefit, LAST_MONTHS[:2], **other), note)
    person = citizen(d, birth=first.replace(year=first.year - 80) + days(100))
    d.true("A10", person, [b.pay(d, person, b.OLD_AGE, first)], "差一百天满80岁")
    person = citizen(d, birth=first.replace(year=first.year - 80))
    d.near("A10", person, [b.pay(d, person, b.OLD_AGE, first)], "发放当日满80岁")
    person = citizen(d, birth=date(1964, 2, 29))
    d.near("A10", person, [b.pay(d, person, b.PENSION, date(2024 + 2, 3, 2))], "闰日出生，已满60岁")
    person = citizen(d, birth=first.replace(year=first.year - 60))
    d.near("A10", person, [b.pay(d, person, b.PENSION, first)], "发放当日满60岁")
    person = citizen(d, 44)
    d.near(
        "A10",
        person,
        b.pay_monthly(d, person, b.NURSING, LAST_MONTHS[:2], disability_grade="二级"),
        "二级残疾",
    )
    person = citizen(d, 16)
    d.near(
        "A10", person, b.pay_monthly(d, person, b.PUPIL, LAST_MONTHS[:1], school_status="在读"), "在读学生"
    )
    person = citizen(d, 82)
    rows = b.pay_monthly(d, person, b.OLD_AGE, LAST_MONTHS[:2], id_no=fifteen_digits(person.number))
    d.near("A10", person, rows, "15位身份证号，年龄符合")


def a12_same_land(d: District) -> None:
    owner, taker = citizen(d, 58), citizen(d, 44)
    number = b.hold_land(d, owner, 7.5)["parcel_no"]
    b.take_over_land(d, citizen(d, 61), taker, 7.5, date(2024, 1, 1), date(2029, 1, 1))
    rows = [b.claim_land(d, owner, number, 7.5), b.claim_land(d, taker, number, 7.5)]
    d.true("A12", number, rows, "两人在同一季申报同一地块")
    person = citizen(d, 52)
    number = b.hold_land(d, person, 6)["parcel_no"]
    rows = [
        b.claim_land(d, person, number, 6),
        b.claim_land(d, person, number, 6, pay_date=date(2025, 11, 3)),
    ]
    d.true("A12", number, rows, "同一人同一地块同一季领两次")
    person = citizen(d, 52)
    number = b.hold_land(d, person, 6)["parcel_no"]
    rows = [b.claim_land(d, person, number, 6), b.claim_land(d, person, number, 6, 2026)]
    d.near("A12", number, rows, "同一地块，不同年度")
    first, second = citizen(d, 52), citizen(d, 49)
    number = b.hold_land(d, first, 4)["parcel_no"]
    b.hold_land(d, second, 4, number)
    rows = [b.claim_land(d, first, number, 4), b.claim_land(d, second, number, 4)]
    d.near("A12", number, rows, "一块地两人各有4亩确权，分户申报之和不超过确权")


def a13_lists(d: District) -> None:
    person = citizen(d, 47)
    d.true(
        "A13",
        person,
        b.pay_monthly(d, person, b.RELIEF, LAST_MONTHS[:1], approved=False),
        "发放了，审批名单里没有",
    )
    person = citizen(d, 47)
    amount = fen(480)
    rows = [b.approve(d, person, b.RURAL_MINIMUM, date(2026, 2, 1), amount, d.world.coded("SP", 8))]
    b.show(d, person, b.RURAL_MINIMUM, date(2026, 3, 1), amount)
    b.pay(d, person, b.RURAL_MINIMUM, date(2026, 3, 12))
    d.true("A13", person, rows, "2月审批了，一直没有发")
    person = citizen(d, 47)
    paid = b.pay(d, person, b.RELIEF, date(2026, 3, 12), amount=2000)
    paid["amount"] = fen(2600)
    d.true("A13", person, [paid], "审批2000元，实发2600元")
    person = citizen(d, 55)
    rows = [b.approve(d, person, b.RURAL_MINIMUM, date(2026, 4, 1), amount, d.world.coded("SP", 8))]
    paid = b.pay(d, person, b.RURAL_MINIMUM, date(2026, 5, 12))
    paid["amount"] = 2 * amount
    d.near("A13", person, [*rows, paid], "5月一并补发4月，两月合计与审批相同")
    person = citizen(d, 55)
    rows = b.pay_monthly(d, person, b.RURAL_MINIMUM, LAST_MONTHS[:2], id_no=fifteen_digits(person.number))
    d.near("A13", person, rows, "发放表是15位身份证号，与审批名单同一人")


def a14_money_not_moved(d: District) -> None:
    def appropriation(benefit: str, day: date, yuan: float) -> tuple[str, Row]:
        unit = d.world.body()
        number = d.world.coded("ZJ", 6)
        columns = {"appropriation_no": number, "benefit": benefit, "unit": unit}
        return unit, d.book.add("appropriations", **columns, received_date=day, amount=fen(yuan))

    def paid_out(unit: str, day: date, yuan: float, people: int = 4) -> list[Row]:
        pay: dict[str, Any] = {"amount": yuan / people, "payer": unit}
        return [b.pay(d, citizen(d, 45), CROP_ROTATION, day, **pay) for _ in range(people)]

    unit, row = appropriation(CROP_ROTATION, date(2025, 9, 10), 500_000)
    d.true("A14", unit, [row], "到账九个月，一分未发")
    unit, row = appropriation(CROP_ROTATION, date(2025, 8, 20), 40_000)
    d.true("A14", unit, [row, *paid_out(unit, date(2025, 9, 10), 12_000)], "到账后只发了三成")
    unit, row = appropriation(CROP_ROTATION, date(2025, 9, 10), 8_000)
    d.near("A14", unit, [row, *paid_out(unit, date(2025, 9, 28), 8_000)], "18天内全部发放")
    unit, row = appropriation(CROP_ROTATION, date(2026, 6, 20), 300_000)
    d.near("A14", unit, [row], "到账才十天")
    unit, row = appropriation(CROP_ROTATION, date(2025, 9, 1), 9_000)
    rows = paid_out(unit, date(2025, 9, 10), 4_000) + paid_out(unit, date(2025, 9, 25), 5_000)
    d.near("A14", unit, [row, *rows], "分两次发完")


def a15_cash(d: District) -> None:
    def paid_in(village: Village, **other: Any) -> list[Row]:
        people = [citizen(d, 63 + n, village=village) for n in range(2)]
        return [b.pay(d, person, b.PENSION, LAST_MONTHS[1], **other) for person in people]

    village = village_with_bank(d)
    d.true("A15", village.name, paid_in(village, channel="现金", account=""), "补贴用现金发放")
    village = village_with_bank(d)
    rows = paid_in(village, account=village.account, holder_name="")
    d.true("A15", village.name, [*rows, d.book.rows["bank_accounts"][-1]], "补贴打到村集体账户")
    village = village_with_bank(d)
    rows = paid_in(village)
    d.near("A15", village.name, rows, "一卡通发放")
    village = village_with_bank(d)
    d.near("A15", village.name, paid_in(village, channel=""), "发放方式没有填写，账户是本人的")


RULES = (
    a08_one_account,
    a09_other_name,
    a10_condition,
    a12_same_land,
    a13_lists,
    a14_money_not_moved,
    a15_cash,
)
