"""E03–E07, E13: what bids, deposits, registers and panels tell."""

from __future__ import annotations

from datetime import date

from qingfeng.screening.sample.district import District, days
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.ordinary import tenders as t
from qingfeng.screening.sample.world import Firm


def e03_always_loses(d: District) -> None:
    def run(bids: int, with_one: int, *, wins: int = 0) -> tuple[Firm, list]:
        loser, favourite = people.new_firm(d, "建设"), people.new_firm(d, "建设")
        rows = []
        for n in range(bids):
            winner = favourite if n < with_one else people.new_firm(d, "建设")
            firms = [winner, loser, people.new_firm(d, "建设"), people.new_firm(d, "建设")]
            if n < wins:
                firms[:2] = [loser, people.new_firm(d, "建设")]
            made = t.lot(d, firms, day=date(2024, 9, 10) + days(24 * n))
            rows += [row for row in made.bids if row["bidder_code"] == loser.code]
        return loser, rows

    for bids, with_one in ((23, 19), (20, 13)):
        loser, rows = run(bids, with_one)
        d.true("E03", loser, rows, f"投标{bids}次零中标，其中{with_one}次与同一中标人同场")
    loser, rows = run(23, 19, wins=1)
    d.near("E03", loser, rows, "中过一次")
    loser, rows = run(15, 13)
    d.near("E03", loser, rows, "只投过十五次")
    loser, rows = run(22, 6)
    d.near("E03", loser, rows, "屡投不中，但没有固定的中标人")


def e04_one_hand(d: District) -> None:
    for column in ("mac", "disk_no", "licence_no", "author", "ip"):
        made = t.lot(d, 4)
        made.bids[2][column] = made.bids[1][column]
        d.true("E04", made.subject, made.bids[1:3], f"两家投标文件的{column}相同")
    made = t.lot(d, 3)
    made.bids[2]["mac"] = made.bids[0]["mac"].replace("-", ":").lower()
    d.true("E04", made.subject, [made.bids[0], made.bids[2]], "网卡地址相同，写法不同")
    for column, value in (("mac", "00-00-00-00-00-00"), ("author", "Administrator"), ("ip", "127.0.0.1")):
        made = t.lot(d, 4)
        for row in made.bids[1:3]:
            row[column] = value
        d.near("E04", made.subject, made.bids[1:3], f"{column}是默认值{value}，说明不了什么")
    first, second = t.lot(d, 4), t.lot(d, 4)
    second.bids[1]["mac"] = first.bids[1]["mac"]
    d.near("E04", second.subject, [first.bids[1], second.bids[1]], "网卡地址相同，但不在一个标段")
    made = t.lot(d, 4)
    for row in made.bids[1:3]:
        row.update(mac="", disk_no="", author="")
    d.near("E04", made.subject, made.bids[1:3], "两家都没有采集到设备信息")


def e05_regular_prices(d: District) -> None:
    for prices, top, note in (
        ([900_000, 915_000, 930_000, 945_000, 960_000], 1_100_000, "报价等差"),
        ([800_000, 816_000, 832_320, 848_966.4, 865_945.73], 1_000_000, "报价等比"),
        ([871_000, 993_700, 995_200, 998_900], 1_000_000, "落标的都在限价下百分之一以内"),
    ):
        made = t.lot(d, len(prices), ceiling=top, prices=prices)
        d.true("E05", made.subject, made.bids, note)
    for prices, note in (
        ([900_000, 921_000, 934_000, 977_000], "报价参差"),
        ([900_000, 930_000], "只有两家，谈不上规律"),
        ([871_000, 962_000, 969_500, 981_000], "落标的在限价下百分之二到四"),
    ):
        made = t.lot(d, len(prices), ceiling=1_000_000, prices=prices)
        d.near("E05", made.subject, made.bids, note)


def e06_one_payer(d: District) -> None:
    for count in (2, 3):
        made = t.lot(d, 4, with_deposits=True)
        rows = d.book.rows["bid_deposits"][-4:][1 : 1 + count]
        for row in rows:
            row["payer_account"] = rows[0]["payer_account"]
        d.true("E06", made.subject, rows, f"{count}家的保证金出自同一账户")
    made = t.lot(d, 3, with_deposits=True)
    rows = d.book.rows["bid_deposits"][-3:][:2]
    number = rows[0]["payer_account"]
    rows[1]["payer_account"] = f"{number[:4]}-{number[4:12]}-{number[12:]}"
    d.true("E06", made.subject, rows, "同一账户，一处写了短横线")
    made = t.lot(d, 4, with_deposits=True)
    rows = d.book.rows["bid_deposits"][-4:]
    again = t.deposit(d, made, made.bidders[1], rows[1]["payer_account"], amount=100_000)
    d.near("E06", made.subject, [rows[1], again], "同一家分两笔交")
    first, second = t.lot(d, 3, with_deposits=True), t.lot(d, 3, with_deposits=True)
    rows = d.book.rows["bid_deposits"][-6:]
    rows[4]["payer_account"] = rows[1]["payer_account"]
    d.near("E06", second.subject, [rows[1], rows[4]], "同一账户，但不在一个标段")
    assert first.subject != second.subject


def e07_linked(d: District) -> None:
    day = date(2026, 3, 24)

    def pair(first: dict | None = None, second: dict | None = None) -> tuple[Firm, Firm]:
        return people.new_firm(d, "建设", **(first or {})), people.new_firm(d, "建设", **(second or {}))

    def tender(firms: tuple[Firm, Firm]) -> t.Lot:
        return t.lot(d, [people.new_firm(d, "建设"), *firms, people.new_firm(d, "建设")], day=day)

    who = d.world.person(48)
    a, b = d.world.firm("建设"), d.world.firm("建设")
    rows = [people.found(d, a, who), people.found(d, b, who)]
    d.true("E07", tender((a, b)).subject, rows, "法定代表人是同一人")
    a, b = pair()
    rows = [people.holds(d, a, who, percent=30), people.holds(d, b, who, percent=60)]
    d.true("E07", tender((a, b)).subject, rows, "股东是同一人")
    a, b = d.world.firm("建设"), people.new_firm(d, "建设")
    boss = d.world.person(48)
    rows = [people.found(d, a, boss), people.holds(d, b, boss, role="监事")]
    d.true("E07", tender((a, b)).subject, rows, "一家的法定代表人是另一家的监事")
    a, b = pair()
    manager = d.world.person(40)
    rows = [people.holds(d, firm, manager, role="经理") for firm in (a, b)]
    d.true("E07", tender((a, b)).subject, rows, "经理是同一人")
    phone = d.world.phone()
    a, b = pair({"phone": phone}, {"phone": f"{phone[:3]} {phone[3:7]} {phone[7:]}"})
    d.true("E07", tender((a, b)).subject, _lines(d, a, b), "登记电话相同")
    address = f"云溪街道望泽路{d.world.serial('shared address')}号3幢502室"
    a, b = pair({"firm_address": address}, {"firm_address": address})
    d.true("E07", tender((a, b)).subject, _lines(d, a, b), "住所相同")
    a, b = pair()
    parent = people.new_firm(d, "商贸")
    held = {"id_no": "", "name": "", "holder_firm_code": parent.code, "holder_firm_name": parent.name}
    rows = [people.holds(d, firm, who, percent=51, **held) for firm in (a, b)]
    d.true("E07", tender((a, b)).subject, rows, "法人股东是同一家公司")
    a, b = pair()
    held = {"id_no": "", "name": "", "holder_firm_code": a.code, "holder_firm_name": a.name}
    d.true(
        "E07",
        tender((a, b)).subject,
        [people.holds(d, b, who, percent=40, **held)],
        "一家投标单位持有另一家的股份",
    )
    park = d.world.serial("park")
    a, b = pair(
        {"firm_address": f"东埠镇创业园{park}区1幢101室"}, {"firm_address": f"东埠镇创业园{park}区2幢306室"}
    )
    d.near("E07", tender((a, b)).subject, _lines(d, a, b), "同在一个创业园，房号不同")
    a, b = pair()
    rows = [
        people.holds(d, a, manager, percent=30, to_date=date(2019, 12, 31)),
        people.holds(d, b, manager, percent=30, from_date=date(2022, 1, 1)),
    ]
    d.near("E07", tender((a, b)).subject, rows, "一人先后持股，前一段六年前已结束")
    a, b = d.world.firm("建设"), d.world.firm("建设")
    same = d.world.person(44)
    rows = [people.found(d, a, same), people.found(d, b, d.world.person(51, name=same.name))]
    d.near("E07", tender((a, b)).subject, rows, "法定代表人同名，身份证号不同")


def _lines(d: District, *firms: Firm) -> list:
    codes = {firm.code for firm in firms}
    return [row for row in d.book.rows["firms"][-12:] if row["firm_code"] in codes]


def e13_expert(d: District) -> None:
    experts = [d.world.person(50) for _ in range(3)]
    for expert, with_one, others, planted, note in (
        (experts[0], 12, 3, d.true, "十五次评审中十二次是同一家中标"),
        (experts[1], 10, 0, d.true, "十次评审都是同一家中标"),
        (experts[2], 1, 14, d.near, "十五次评审中一次"),
    ):
        favourite = people.new_firm(d, "市政")
        rows = []
        for n in range(with_one + others):
            winner = favourite if n < with_one else people.new_firm(d, "市政")
            firms = [winner, *(people.new_firm(d, "市政") for _ in range(3))]
            made = t.lot(d, firms, day=date(2025, 1, 14) + days(30 * n), with_award=True)
            row = t.review(d, made, expert)
            for other in d.rng.sample(d.panel, 4):
                t.review(d, made, other)
            rows += [row] if n < with_one else []
        planted("E13", f"{d.person_key(expert)}|{favourite.code}", rows, note)


RULES = (
    e03_always_loses,
    e04_one_hand,
    e05_regular_prices,
    e06_one_payer,
    e07_linked,
    e13_expert,
)
