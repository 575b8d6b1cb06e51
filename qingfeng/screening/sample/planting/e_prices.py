"""E01, E02, E08–E12: purchases split, given to one, dear, changed, or in the wrong order."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.ordinary import tenders as t
from qingfeng.screening.sample.world import Firm, Person

SMALL_WAYS = ("询价", "直接采购")


def _lot(row: Row) -> str:
    return f"{row['project_no']}|{row['lot_no']}"


def e01_split(d: District) -> None:
    def bought(
        sums: tuple[float, ...], start: date = date(2025, 3, 6), gap: int = 40, **other: Any
    ) -> list[Row]:
        unit = d.world.body()
        columns = {"budget_item": "办公运行", "category": "专用设备", "way": d.rng.choice(SMALL_WAYS)} | other
        rows = []
        for n, yuan in enumerate(sums):
            rows.append(t.award(d, unit, people.new_firm(d, "商贸"), start + days(gap * n), yuan, **columns))
        return rows

    def subject(row: Row, year: int = 2025) -> str:
        return f"{row['unit']}|{year}|{row['budget_item']}|{row['category']}"

    for sums in ((388_000, 379_000, 385_000, 381_500), (196_000, 188_000, 194_500), (312_000, 306_000)):
        rows = bought(sums)
        d.true("E01", subject(rows[0]), rows, f"同一品目分{len(sums)}次，每次都在限额以下，合计超过限额")
    rows = bought((52_000, 48_000, 39_000))
    d.near("E01", subject(rows[0]), rows, "合计没有到限额")
    rows = bought((388_000, 379_000, 385_000), framework=True, way="框架协议")
    d.near("E01", subject(rows[0]), rows, "框架协议下的订单")
    rows = bought((298_000, 287_000), start=date(2025, 9, 25), gap=190)
    d.near("E01", subject(rows[0]), rows, "两次分属两个年度，单个年度未到限额")
    rows = bought((298_000,)) + bought((291_000,), category="办公家具")
    rows[1]["unit"] = rows[0]["unit"]
    d.near("E01", subject(rows[0]), rows, "品目不同")
    rows = bought((1_860_000,), way="公开招标")
    d.near("E01", subject(rows[0]), rows, "一次采购，超过限额且公开招标")


def e02_one_winner(d: District) -> None:
    def awards(won: int, others: int, gap: int = 45) -> tuple[str, list[Row]]:
        unit, winner = d.world.body(), people.new_firm(d, "建设")
        rows = []
        for n in range(won + others):
            firm = winner if n < won else people.new_firm(d, "建设")
            day = date(2026, 6, 1) - days(gap * n)
            rows.append(t.award(d, unit, firm, day, 1_200_000 + 83_000 * n, accept_date=None, paid_date=None))
        return f"{unit}|{winner.code}", rows[:won]

    for won, others in ((8, 2), (5, 5)):
        subject, rows = awards(won, others)
        d.true("E02", subject, rows, f"两年内{won + others}次中标里占{won}次")
    subject, rows = awards(4, 0)
    d.near("E02", subject, rows, "只有四次，未到五次")
    subject, rows = awards(5, 7)
    d.near("E02", subject, rows, "十二次中占五次，不到一半")
    subject, rows = awards(6, 0, gap=400)
    d.near("E02", subject, rows, "六次散在六年里，两年内不到五次")


def e08_born_for_it(d: District) -> None:
    day = date(2026, 3, 3)

    def newcomer(age_days: int, yuan: float, capital: float, staff: int) -> tuple[Firm, list[Row]]:
        firm = d.world.firm("建设")
        details = {"founded_date": day - days(age_days), "capital": fen(capital), "staff_count": staff}
        line = people.found(d, firm, d.world.person(), **details)
        return firm, [line, t.award(d, d.world.body(), firm, day, yuan, accept_date=None, paid_date=None)]

    for age_days, yuan, capital, staff in (
        (70, 2_900_000, 300_000, 2),
        (150, 4_600_000, 100_000, 40),
        (35, 1_900_000, 20_000_000, 1),
    ):
        firm, rows = newcomer(age_days, yuan, capital, staff)
        d.true(
            "E08",
            firm,
            rows,
            f"成立{age_days}天即中标{yuan / 10000:.0f}万元，注册资本{capital / 10000:.0f}万元、{staff}人",
        )
    for age_days, yuan, capital, staff, note in (
        (230, 2_900_000, 300_000, 2, "成立已七个多月"),
        (90, 2_900_000, 60_000_000, 85, "新公司但资本和人员充足"),
        (90, 38_000, 300_000, 2, "金额只有3.8万元"),
    ):
        firm, rows = newcomer(age_days, yuan, capital, staff)
        d.near("E08", firm, rows, note)


def e09_cadre_firm(d: District) -> None:
    day = date(2026, 1, 20)

    def won(firm: Firm, **other: Any) -> Row:
        return t.award(d, d.world.body(), firm, day, 1_450_000, **other)

    def cadre() -> tuple[Person, Row]:
        person = d.world.person(47)
        return person, people.cadre(d, person, d.world.body())

    person, row = cadre()
    firm = d.world.firm("建设")
    d.true("E09", firm, [row, people.found(d, firm, person), won(firm)], "法定代表人是干部本人")
    person, row = cadre()
    kin, firm = d.world.person(45), d.world.firm("建设")
    tie = people.relative(d, person, kin, "配偶")
    d.true("E09", firm, [row, tie, people.found(d, firm, kin), won(firm)], "法定代表人是干部配偶")
    person, row = cadre()
    kin, firm = d.world.person(25), people.new_firm(d, "市政")
    tie = people.relative(d, person, kin, "儿子")
    d.true("E09", firm, [row, tie, people.holds(d, firm, kin, percent=45), won(firm)], "干部儿子持股45%")
    person, row = cadre()
    kin, firm = d.world.person(45), d.world.firm("建设")
    tie = people.relative(d, person, kin, "配偶")
    line = people.found(d, firm, kin)
    d.near("E09", firm, [row, tie, line, won(firm, winner_avoided=True)], "已申报并回避")
    person, row = cadre()
    firm = d.world.firm("建设")
    line = people.found(d, firm, d.world.person(47, name=person.name))
    d.near("E09", firm, [row, line, won(firm)], "法定代表人与干部同名不同人")
    person, row = cadre()
    kin, firm = d.world.person(45), people.new_firm(d, "市政")
    tie = people.relative(d, person, kin, "弟弟")
    share = people.holds(d, firm, kin, percent=45, to_date=date(2023, 5, 1))
    d.near("E09", firm, [row, tie, share, won(firm)], "中标两年多以前已退股")


def e10_order_of_dates(d: District) -> None:
    day = date(2025, 11, 18)
    other: dict[str, Any]
    for other, note in (
        ({"start_date": day - days(60)}, "先开工后招标"),
        ({"contract_date": day - days(8)}, "先签合同后中标"),
        ({"paid_date": day + days(40)}, "未验收先付款"),
    ):
        row = t.award(d, d.world.body(), people.new_firm(d), day, 1_300_000, **other)
        d.true("E10", _lot(row), [row], note)
    for other, note in (
        ({"contract_date": day}, "定标当日签合同"),
        ({"paid_date": day + days(110)}, "验收当日付款"),
        ({"accept_date": None, "paid_date": None, "start_date": None}, "还没有开工"),
    ):
        row = t.award(d, d.world.body(), people.new_firm(d), day, 1_300_000, **other)
        d.near("E10", _lot(row), [row], note)
    for other, note in (
        ({"start_date": day - days(45)}, "日期台账：开工早于招标公告"),
        ({"contract_date": day - days(3)}, "日期台账：开标前已签合同"),
        ({"paid_date": day + days(95)}, "日期台账：末次付款早于验收"),
    ):
        row = t.schedule(d, d.world.body(), day, 760_000, **other)
        d.true("E10", _lot(row), [row], note)
    for other, note in (
        ({}, "日期台账：次序正常"),
        ({"accept_date": None}, "日期台账：还没有验收日期"),
        ({"project_name": "北堤防汛抢险工程", "start_date": day - days(45)}, "防汛抢险先行开工"),
    ):
        row = t.schedule(d, d.world.body(), day, 760_000, **other)
        d.near("E10", _lot(row), [row], note)


def e11_changes(d: District) -> None:
    day = date(2025, 8, 12)
    for shares, planted, note in (
        ((0.17,), d.true, "变更17%"),
        ((0.045, 0.038, 0.041), d.true, "三次变更合计12.4%"),
        ((0.095,), d.true, "变更9.5%，卡在一成以下"),
        ((0.05,), d.near, "变更5%"),
        ((0.088,), d.near, "变更8.8%"),
        ((0.14, -0.08), d.near, "一增一减，合计6%"),
    ):
        row = t.award(d, d.world.body(), people.new_firm(d, "市政"), day, 2_000_000)
        rows = [row] + [t.change(d, row, 2_000_000 * s, day + days(50 + 9 * n)) for n, s in enumerate(shares)]
        planted("E11", _lot(row), rows, note)
    for share, planted, note in (
        (0.13, d.true, "合同价在日期台账里，变更13%"),
        (0.06, d.near, "合同价在日期台账里，变更6%"),
    ):
        row = t.schedule(d, d.world.body(), day, 1_500_000)
        planted("E11", _lot(row), [row, t.change(d, row, 1_500_000 * share, day + days(60))], note)


def e12_dear(d: District) -> None:
    for factor, planted, note in (
        (1.9, d.true, "单价是同类的1.9倍"),
        (1.45, d.true, "单价是同类的1.45倍"),
        (1.15, d.near, "单价是同类的1.15倍"),
        (0.7, d.near, "单价低于同类"),
    ):
        planted("E12", *_priced(d, factor), note)


def _priced(d: District, factor: float) -> tuple[str, list[Row]]:
    row = goods(d, factor)
    return row["award_no"], [row]


def goods(d: District, factor: float = 1) -> Row:
    """A purchase of a usual thing at the usual price."""
    item, price = d.rng.choice((("台式计算机", 4600), ("复印机", 9800), ("办公桌", 1150)))
    each = round(price * d.rng.uniform(0.95, 1.05) * factor, 2)
    quantity = d.rng.randrange(5, 12)
    bought = {"item": item, "unit_price": fen(each), "quantity": quantity}
    day = date(2025, 8, 1) + days(d.world.serial("goods") % 270)
    return t.award(d, d.world.body(), people.new_firm(d, "商贸"), day, each * quantity, way="询价", **bought)


RULES = (
    e01_split,
    e02_one_winner,
    e08_born_for_it,
    e09_cadre_firm,
    e10_order_of_dates,
    e11_changes,
    e12_dear,
)
