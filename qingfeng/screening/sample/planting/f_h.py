"""F05, H01, H03, H05: windows with bad reviews, side jobs, one account in many matters, public notices."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen
from qingfeng.screening.sample.ordinary import benefits as b
from qingfeng.screening.sample.ordinary import collective as c
from qingfeng.screening.sample.ordinary import offices as o
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.planting.a_persons import LAST_MONTHS, citizen
from qingfeng.screening.sample.world import Person

GOOD = ("非常满意", "满意", "满意", "基本满意")
BAD = ("不满意", "非常不满意")


def reviews(d: District, bad: int, good: int) -> tuple[str, list[Row]]:
    """The reviews of one officer of a window."""
    window = f"综合服务{d.world.serial('review window')}号窗口"
    officer = d.world.name(male=False).replace("·", "") + "若"
    grades = [BAD[n % 2] for n in range(bad)] + [GOOD[n % 4] for n in range(good)]
    rows = [
        o.window_review(d, window, officer, date(2026, 1, 5) + days(3 * n), g) for n, g in enumerate(grades)
    ]
    return f"{window}|{d.keys.name(officer)}", rows


def f05_bad_reviews(d: District) -> None:
    subject, rows = reviews(d, 14, 20)
    d.true("F05", subject, rows[:14], "34次评价中14次不满意")
    subject, rows = reviews(d, 6, 3)
    d.near("F05", subject, rows[:6], "差评多，但总共只有9次")
    subject, rows = reviews(d, 1, 33)
    d.near("F05", subject, rows[:1], "34次评价中1次不满意")


def h01_side_jobs(d: District) -> None:
    def employed(**other: Any) -> tuple[Person, Row]:
        person = citizen(d, 41)
        return person, people.on_payroll(d, person, d.world.body(), **other)

    person, row = employed()
    d.true("H01", person, [row, people.insured(d, person, people.new_firm(d))], "在编人员由企业缴纳社保")
    person, row = employed()
    licence = people.insured(d, person, people.new_firm(d, "建设"), licence="一级建造师")
    d.true("H01", person, [row, licence], "执业证书挂在企业")
    person, row = employed(start_date=date(2020, 8, 1))
    before = people.insured(
        d, person, people.new_firm(d), from_date=date(2015, 3, 1), to_date=date(2020, 7, 31)
    )
    d.near("H01", person, [row, before], "进入单位前的企业社保，早已停保")
    person, row = employed()
    d.near("H01", person, [row, people.insured(d, person, row["unit"])], "参保单位就是本单位")
    person, row = employed(end_date=date(2024, 12, 31))
    after = people.insured(d, person, people.new_firm(d), from_date=date(2025, 3, 1))
    d.near("H01", person, [row, after], "离职后才到企业")


def h03_one_account(d: District) -> None:
    village = c.village_with_bank(d)

    def relief(person: Person) -> Row:
        return b.pay(d, person, b.RELIEF, LAST_MONTHS[2])

    def cleared(person: Person) -> Row:
        file_no, house_no = o.new_file(d, person.village)
        row = o.compensate(d, "松岭片区改造", person, file_no, house_no)
        o.house_checked(d, person, file_no, house_no, row["area"] / 100)
        return row

    person = citizen(d, 47)
    rows = [relief(person), cleared(person), c.voucher(d, village, date(2026, 2, 11), 3280, person)]
    d.true("H03", d.keys.account(person.account), rows, "同一私人账户收到补贴、征收补偿和村集体支出")
    person = citizen(d, 47)
    second = c.village_with_bank(d)
    rows = [cleared(person), c.voucher(d, village, date(2026, 2, 11), 4120, person)]
    rows += [relief(person), c.voucher(d, second, date(2026, 3, 11), 2730, person)]
    d.true("H03", d.keys.account(person.account), rows, "同一私人账户收到两个村、征收部门和民政的钱")
    person = citizen(d, 47)
    rows = [relief(person), c.voucher(d, village, date(2026, 2, 11), 3190, person)]
    d.near("H03", d.keys.account(person.account), rows, "只有两个来源")
    person = citizen(d, 47)
    rows = [c.voucher(d, village, date(2026, 1, 11) + days(31 * n), 2100 + 13 * n, person) for n in range(4)]
    d.near("H03", d.keys.account(person.account), rows, "四笔都来自同一个村")


def h05_notices(d: District) -> None:
    day = LAST_MONTHS[1]
    person = citizen(d, 46)
    b.pay(d, citizen(d, 46, village=person.village), b.RELIEF, day)
    d.true("H05", person, [b.pay(d, person, b.RELIEF, day, noticed=False)], "村里有公示，发放对象不在其中")
    person = citizen(d, 46)
    b.pay(d, citizen(d, 46, village=person.village), b.RELIEF, day)
    shown = b.notice(d, person, b.RELIEF, date(2025, 9, 1), date(2025, 9, 12), fen(2000))
    d.true("H05", person, [shown], "公示了，一直没有发放")
    person = citizen(d, 46)
    shown = b.notice(d, person, b.RELIEF, day - days(20), day - days(18), fen(2000))
    paid = b.pay(d, person, b.RELIEF, day, noticed=False)
    d.true("H05", person, [shown, paid], "只公示了两三天")
    person = citizen(d, 46)
    shown = b.notice(d, person, b.RELIEF, day - days(20), day - days(13), fen(2000))
    paid = b.pay(d, person, b.RELIEF, day, noticed=False)
    d.near("H05", person, [shown, paid], "公示七天整")
    person = citizen(d, 46)
    shown = b.notice(d, person, b.RELIEF, date(2026, 6, 14), date(2026, 6, 26), fen(2000))
    d.near("H05", person, [shown], "公示刚结束，还没有到发放日")


RULES = (f05_bad_reviews, h01_side_jobs, h03_one_account, h05_notices)
