"""A01–A07: benefits to people who should not have them."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days
from qingfeng.screening.sample.numbers import as_excel_float, fifteen_digits, one_digit_wrong
from qingfeng.screening.sample.ordinary import benefits as b
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.world import Person

LAST_MONTHS = b.months(14, 18)
EARLY_MONTHS = b.months(8, 11)


def citizen(d: District, age: int = 45, **other: Any) -> Person:
    """Somebody who lives here and is in the household register."""
    person = d.world.person(age, **other)
    people.register(d, person)
    return person


def a01_paid_after_death(d: District) -> None:
    for benefit, death, last, note in (
        (b.RURAL_MINIMUM, date(2025, 12, 3), 18, "死亡半年后仍在发放低保"),
        (b.PENSION, date(2026, 1, 20), 17, "死亡后养老金继续发放"),
        (b.OLD_AGE, date(2026, 3, 1), 16, "死亡后多发一笔，已过一个发放周期"),
    ):
        person = citizen(d, 83)
        pays = b.pay_monthly(d, person, benefit, b.months(8, last))
        dead = b.die(d, person, death)
        d.true("A01", person, [p for p in pays if p["pay_date"] > death + days(31)] + [dead], note)
    person = citizen(d, 81)
    pays = b.pay_monthly(d, person, b.OLD_AGE, LAST_MONTHS, id_no=fifteen_digits(person.number))
    d.true("A01", person, [*pays, b.die(d, person, date(2026, 1, 2))], "发放表是15位身份证号")
    person = citizen(d, 76)
    pays = b.pay_monthly(d, person, b.PENSION, LAST_MONTHS)
    wrong = one_digit_wrong(person.number, 15)
    d.true("A01", person, [*pays, b.die(d, person, date(2025, 12, 9), id_no=wrong)], "死亡表错一位、姓名相同")
    person = citizen(d, 79)
    pays = b.pay_monthly(d, person, b.PENSION, LAST_MONTHS)
    float_number = as_excel_float(person.number)
    dead = b.die(d, person, date(2025, 11, 9), id_no=float_number)
    d.true("A01", person, [*pays, dead], "死亡表身份证号被Excel截成000结尾，姓名、生日、村相同：应作疑问")


def a01_near(d: District) -> None:
    person = citizen(d, 84)
    death = date(2026, 4, 14)
    pays = [
        *b.pay_monthly(d, person, b.OLD_AGE, b.months(8, 16)),
        b.pay(d, person, b.OLD_AGE, death + days(28)),
    ]
    d.near("A01", person, [pays[-1], b.die(d, person, death)], "死亡后28天的一笔，在宽限期内")
    person = citizen(d, 84)
    pays = b.pay_monthly(d, person, b.PENSION, b.months(8, 13))
    funeral = b.pay(d, person, b.FUNERAL, date(2026, 4, 20))
    d.near("A01", person, [funeral, b.die(d, person, date(2026, 1, 25))], "死亡后依规发的丧葬补助")
    person = citizen(d, 77)
    other = citizen(d, 77, name=person.name)
    pays = b.pay_monthly(d, person, b.PENSION, LAST_MONTHS)
    d.near("A01", person, [*pays, b.die(d, other, date(2025, 10, 5))], "死者同名，身份证号不同")
    person = citizen(d, 82)
    pays = b.pay_monthly(d, person, b.OLD_AGE, LAST_MONTHS)
    dead = b.die(d, person, date(2025, 10, 5), id_no="", village="")
    d.near("A01", person, [*pays, dead], "死亡表只有相同的姓名，没有证号")


def a02_exclusive(d: District) -> None:
    for first, second, age in (
        (b.RURAL_MINIMUM, b.DESTITUTE, 66),
        (b.URBAN_MINIMUM, b.DESTITUTE, 61),
        (b.DESTITUTE, b.DISABLED, 52),
        ("农村最低生活保障金", "五保供养", 67),
        (b.RURAL_MINIMUM, b.ORPHAN, 11),
    ):
        person = citizen(d, age)
        rows = b.pay_monthly(d, person, first, LAST_MONTHS)
        rows += b.pay_monthly(d, person, second, LAST_MONTHS[1:3])
        d.true("A02", person, rows, f"同月领取{first}和{second}")
    person = citizen(d, 63)
    rows = b.pay_monthly(d, person, b.RURAL_MINIMUM, b.months(13, 13))
    rows += b.pay_monthly(d, person, b.DESTITUTE, b.months(13, 13, 25), id_no=fifteen_digits(person.number))
    d.true("A02", person, rows, "同月两项，一表是15位身份证号")
    person = citizen(d, 64)
    rows = b.pay_monthly(d, person, b.RURAL_MINIMUM, b.months(10, 14))
    rows += b.pay_monthly(d, person, b.DESTITUTE, b.months(15, 18))
    d.near("A02", person, rows, "3月起由低保转特困，月份不重叠")
    person = citizen(d, 64)
    rows = [b.pay(d, person, b.RURAL_MINIMUM, date(2026, 3, 3), period=date(2026, 2, 1))]
    rows += [b.pay(d, person, b.DESTITUTE, date(2026, 3, 25))]
    d.near("A02", person, rows, "3月补发2月低保，3月起特困：所属月份不同")
    person = citizen(d, 62)
    member = citizen(d, 38, village=person.village, household=person.household)
    rows = b.pay_monthly(d, person, b.DESTITUTE, LAST_MONTHS)
    rows += b.pay_monthly(d, member, b.RURAL_MINIMUM, LAST_MONTHS, account=person.account, holder_name="")
    d.near("A02", person, rows, "同户两人各领一项，同一张卡")
    person = citizen(d, 86)
    rows = b.pay_monthly(d, person, b.RURAL_MINIMUM, LAST_MONTHS) + b.pay_monthly(
        d, person, b.OLD_AGE, LAST_MONTHS
    )
    d.near("A02", person, rows, "低保与高龄津贴可以同时享受")


def a03_public_pay(d: District) -> None:
    for age, benefit in ((41, b.RURAL_MINIMUM), (47, b.DISABLED)):
        person = citizen(d, age)
        rows = b.pay_monthly(d, person, benefit, LAST_MONTHS)
        d.true("A03", person, [*rows, people.on_payroll(d, person, d.world.body())], "在编人员领取" + benefit)
    person = citizen(d, 44)
    unit = d.world.body()
    rows = b.pay_monthly(d, person, b.URBAN_MINIMUM, LAST_MONTHS)
    rows += [people.on_payroll(d, person, unit, month=b.month_day(2026, m, 1)) for m in range(1, 7)]
    d.true("A03", person, rows, "工资表按月，与低保同月")
    person = citizen(d, 50)
    rows = b.pay_monthly(d, person, b.RURAL_MINIMUM, LAST_MONTHS)
    pay = people.on_payroll(d, person, d.world.body(), id_no=fifteen_digits(person.number))
    d.true("A03", person, [*rows, pay], "工资表是15位身份证号")
    person = citizen(d, 39)
    rows = b.pay_monthly(d, person, b.RURAL_MINIMUM, LAST_MONTHS)
    left = people.on_payroll(d, person, d.world.body(), end_date=date(2025, 6, 30))
    d.near("A03", person, [*rows, left], "离职后才领取低保")
    person = citizen(d, 52)
    rows = b.pay_monthly(d, person, b.RURAL_MINIMUM, LAST_MONTHS)
    post = people.on_payroll(d, person, d.world.body(), post="保洁员", post_kind="公益性岗位")
    d.near("A03", person, [*rows, post], "公益性岗位的保洁员")
    person = citizen(d, 43)
    spouse = citizen(d, 42, village=person.village, household=person.household)
    rows = b.pay_monthly(d, person, b.DISABLED, LAST_MONTHS)
    d.near("A03", person, [*rows, people.on_payroll(d, spouse, d.world.body())], "配偶在编，本人不在")
    person = citizen(d, 46)
    rows = b.pay_monthly(d, person, b.URBAN_MINIMUM, EARLY_MONTHS)
    late = people.on_payroll(d, person, d.world.body(), start_date=date(2026, 3, 1))
    d.near("A03", person, [*rows, late], "停领低保后才入职")


def a04_firm(d: District) -> None:
    def receiver() -> tuple[Person, list]:
        person = citizen(d, 48)
        return person, b.pay_monthly(d, person, b.RURAL_MINIMUM, LAST_MONTHS)

    person, rows = receiver()
    d.true(
        "A04", person, [*rows, people.found(d, d.world.firm("商贸"), person)], "低保对象是在营公司法定代表人"
    )
    person, rows = receiver()
    d.true(
        "A04",
        person,
        [*rows, people.found(d, d.world.firm("便利", kind="92"), person)],
        "低保对象是个体工商户经营者",
    )
    person, rows = receiver()
    d.true("A04", person, [*rows, people.holds(d, people.new_firm(d), person, percent=60)], "低保对象持股60%")
    person, rows = receiver()
    partner = people.holds(d, people.new_firm(d), person, role="执行事务合伙人", percent=30)
    d.true("A04", person, [*rows, partner], "低保对象是合伙企业执行事务合伙人")
    person, rows = receiver()
    shop = d.world.firm("便利", kind="92")
    closed = people.found(d, shop, person, status="注销", end_date=date(2024, 9, 1))
    d.near("A04", person, [*rows, closed], "店已注销")
    person, rows = receiver()
    revoked = people.found(d, d.world.firm("商贸"), person, status="吊销", end_date=date(2023, 5, 1))
    d.near("A04", person, [*rows, revoked], "公司已吊销")
    person, rows = receiver()
    d.near("A04", person, [*rows, people.holds(d, people.new_firm(d), person, percent=1.5)], "只持股1.5%")
    person, rows = receiver()
    farm = people.new_firm(d, "农业", firm_kind="农民专业合作社")
    member = people.holds(d, farm, person, role="成员", share_percent=20)
    d.near("A04", person, [*rows, member], "农民专业合作社成员")
    person, rows = receiver()
    left = people.holds(d, people.new_firm(d), person, percent=40, to_date=date(2024, 12, 31))
    d.near("A04", person, [*rows, left], "领取前已退股")
    person, rows = receiver()
    other = d.world.person(48, name=person.name)
    d.near("A04", person, [*rows, people.found(d, d.world.firm("商贸"), other)], "法定代表人同名不同人")


def a05_homes(d: District) -> None:
    def receiver() -> tuple[Person, list]:
        person = citizen(d, 51)
        return person, b.pay_monthly(d, person, b.URBAN_MINIMUM, LAST_MONTHS)

    person, rows = receiver()
    d.true("A05", person, rows + [people.home(d, person, 88 + n) for n in range(4)], "本人四套商品房")
    person, rows = receiver()
    spouse = d.world.person(49, village=person.village, household=person.household)
    people.register(d, spouse, "配偶")
    homes = [people.home(d, person, 92), people.home(d, person, 75)]
    homes += [people.home(d, spouse, 110), people.home(d, spouse, 64)]
    d.true("A05", person, rows + homes, "夫妻两人共四套")
    person, rows = receiver()
    spouse = d.world.person(48, village=person.village, household=person.household)
    people.register(d, spouse, "配偶")
    homes = []
    for _ in range(3):
        mine = people.home(d, person, 84, share_percent=50)
        shared = {"title_no": mine["title_no"], "address": mine["address"], "share_percent": 50}
        homes += [mine, people.home(d, spouse, 84, **shared)]
    d.true("A05", person, rows + homes, "夫妻各半共有三套")
    person, rows = receiver()
    d.true("A05", person, [*rows, people.home(d, person, 320)], "一套320平方米")
    person, rows = receiver()
    homes = [people.home(d, person, 72), people.home(d, person, 13, estate_kind="车位")]
    d.near("A05", person, rows + homes, "一套住房加一个车位")
    person, rows = receiver()
    d.near("A05", person, [*rows, people.home(d, person, 78)], "唯一一套住房")
    person, rows = receiver()
    homes = [people.home(d, person, 80, estate_kind="农村宅基地房屋"), people.home(d, person, 55)]
    d.near("A05", person, rows + homes, "村里老屋加一小套")
    person, rows = receiver()
    homes = [people.home(d, person, 60, estate_kind="安置房") for _ in range(2)]
    d.near("A05", person, rows + homes, "两套拆迁安置房，面积不大")
    person, rows = receiver()
    homes = [people.home(d, person, 70), people.home(d, person, 90, share_percent=16.67)]
    d.near("A05", person, rows + homes, "第二套只是继承六分之一份额")
    person, rows = receiver()
    homes = [people.home(d, person, 70)] + [
        people.home(d, person, 95, end_date=date(2024, 6, 1)) for _ in range(3)
    ]
    d.near("A05", person, rows + homes, "其余三套领取前已转移")


def a06_vehicles(d: District) -> None:
    def receiver() -> tuple[Person, list]:
        person = citizen(d, 46)
        return person, b.pay_monthly(d, person, b.RURAL_MINIMUM, LAST_MONTHS)

    person, rows = receiver()
    d.true("A06", person, [*rows, people.car(d, person, 268_000)], "低保对象有26.8万元轿车")
    person, rows = receiver()
    son = d.world.person(22, village=person.village, household=person.household)
    people.register(d, son, "子")
    d.true("A06", person, [*rows, people.car(d, son, 330_000)], "同户的儿子有33万元轿车")
    person, rows = receiver()
    car = people.car(d, person, 450_000, vehicle_kind="大型越野客车", id_no=fifteen_digits(person.number))
    d.true("A06", person, [*rows, car], "车辆登记是15位身份证号")
    for price, other, note in (
        (42_000, {}, "4.2万元的旧车，在标准以内"),
        (52_000, {"vehicle_kind": "微型面包车"}, "做工用的面包车"),
        (168_000, {"vehicle_kind": "残疾人专用汽车", "use_kind": "残疾人专用"}, "残疾人专用汽车"),
        (180_000, {"status": "报废", "end_date": date(2024, 8, 1)}, "领取前车已报废"),
        (6_800, {"vehicle_kind": "普通二轮摩托车"}, "两轮摩托车"),
        (236_000, {"vehicle_kind": "重型自卸货车", "use_kind": "货运"}, "跑运输的货车"),
    ):
        person, rows = receiver()
        d.near("A06", person, [*rows, people.car(d, person, price, **other)], note)
    person, rows = receiver()
    d.near("A06", person, [*rows, people.car(d, citizen(d, 40, name=person.name), 290_000)], "车主同名不同人")


def a07_cadres(d: District) -> None:
    def cadre_of(**other: Any) -> tuple[Person, Row]:
        person = citizen(d, 49)
        return person, people.cadre(d, person, person.village.name + "村民委员会", **other)

    person, row = cadre_of()
    d.true("A07", person, [*b.pay_monthly(d, person, b.RURAL_MINIMUM, LAST_MONTHS), row], "村干部本人领低保")
    for relation, age, benefit in (
        ("配偶", 47, b.RURAL_MINIMUM),
        ("妻子", 45, b.DISABLED),
        ("长子", 27, b.URBAN_MINIMUM),
        ("父亲", 74, b.DESTITUTE),
        ("儿子", 24, b.RELIEF),
    ):
        person, row = cadre_of()
        kin = citizen(d, age, village=person.village)
        rows = b.pay_monthly(d, kin, benefit, LAST_MONTHS)
        d.true(
            "A07",
            kin,
            [*rows, row, people.relative(d, person, kin, relation)],
            f"村干部{relation}领{benefit}",
        )
    person, row = cadre_of()
    kin = citizen(d, 75, village=person.village)
    rows = b.pay_monthly(d, kin, b.RURAL_MINIMUM, LAST_MONTHS, filed=True)
    d.near("A07", kin, [*rows, row, people.relative(d, person, kin, "母亲")], "近亲属确实困难，已按规定备案")
    person, row = cadre_of()
    other = citizen(d, 49, name=person.name, village=person.village)
    d.near("A07", other, [*b.pay_monthly(d, other, b.RURAL_MINIMUM, LAST_MONTHS), row], "与村干部同名的村民")
    person, row = cadre_of(to_date=date(2023, 12, 31))
    d.near(
        "A07", person, [*b.pay_monthly(d, person, b.RURAL_MINIMUM, LAST_MONTHS), row], "离任两年后才领低保"
    )
    person, row = cadre_of()
    kin = citizen(d, 75, village=person.village)
    neighbour = citizen(d, 75, name=kin.name, village=person.village)
    rows = b.pay_monthly(d, neighbour, b.RURAL_MINIMUM, LAST_MONTHS)
    d.near("A07", neighbour, [*rows, row, people.relative(d, person, kin, "父亲")], "与干部父亲同名的村民")


def a11_land(d: District) -> None:
    def claim(mu: float, rights: float | None, **other: Any) -> tuple[Person, list]:
        person = citizen(d, 47, **other)
        held = [b.hold_land(d, person, rights)] if rights else []
        parcel = held[0]["parcel_no"] if held else d.world.coded("DK", 8)
        return person, [b.claim_land(d, person, parcel, mu), *held]

    person, rows = claim(22, 8)
    d.true("A11", person, rows, "补贴22亩，确权8亩，无流转")
    person, rows = claim(26, 7)
    giver = citizen(d, 60, village=person.village)
    rows.append(b.take_over_land(d, giver, person, 4, date(2023, 1, 1), date(2028, 12, 31)))
    d.true("A11", person, rows, "补贴26亩，确权7亩加流转4亩")
    person, rows = claim(19, 6)
    rows.append(b.take_over_land(d, giver, person, 13, date(2019, 1, 1), date(2022, 12, 31)))
    d.true("A11", person, rows, "流转合同早已到期")
    person, rows = claim(8.8, None)
    d.true("A11", person, rows, "没有确权也没有流转而领8.8亩")
    person, rows = claim(
        38, 38, village=d.world.villages[d.world.serial("cadre land") % len(d.world.villages)]
    )
    rows.append(people.cadre(d, person, person.village.name + "村民委员会"))
    d.true("A11", person, rows, "村干部面积38亩，远超全村95分位")
    person, rows = claim(20, 8)
    rows.append(b.take_over_land(d, giver, person, 12, date(2024, 1, 1), date(2028, 12, 31)))
    d.near("A11", person, rows, "确权8亩加流转12亩，正好20亩")
    person, rows = claim(10.4, 10)
    d.near("A11", person, rows, "多出4%，在测量误差以内")
    person, rows = claim(6, 6)
    rows.append(people.cadre(d, person, person.village.name + "村民委员会"))
    d.near("A11", person, rows, "村干部面积与群众相当")
    person, rows = claim(5, 5)
    more = b.hold_land(d, person, 4.5)
    rows += [more, b.claim_land(d, person, more["parcel_no"], 4.5)]
    d.near("A11", person, rows, "两块地各有确权，合计相符")


RULES = (
    a01_paid_after_death,
    a01_near,
    a02_exclusive,
    a03_public_pay,
    a04_firm,
    a05_homes,
    a06_vehicles,
    a07_cadres,
    a11_land,
)
