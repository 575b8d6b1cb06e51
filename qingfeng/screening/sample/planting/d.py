"""D01–D08: enforcement, public service and windows."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen
from qingfeng.screening.sample.ordinary import offices as o
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.world import Firm

MATERIALS = "补正材料"
MONDAY = date(2026, 3, 9)


def _case(d: District, accepted: date, decided: date | None, **other: Any) -> Row:
    """A case of an officer who has nine other cases, so that one stop in ten is nothing special."""
    officer = d.world.name(male=True) + "泽" + str(d.world.serial("case officer"))
    for n in range(9):
        o.approval(d, "综合窗口", officer, MONDAY + days(7 * (n % 4)), MONDAY + days(7 * (n % 4) + 3))
    row = o.approval(d, "综合窗口", officer, accepted, accepted, **other)
    row["decided_date"] = decided
    d.book.rows["approval_steps"][-1]["end_date"] = decided
    return row


def _stop(d: District, case: Row, start: date, end: date, kind: str) -> Row:
    return o.step(d, case, "特别程序", start, end, kind)


def d01_over_the_limit(d: District) -> None:
    for calendar_days, note in ((25, "用时19个工作日，承诺10个"), (16, "用时12个工作日，承诺10个")):
        row = _case(d, MONDAY, MONDAY + days(calendar_days))
        d.true("D01", row["case_no"], [row], note)
    row = _case(d, date(2026, 4, 20), None)
    d.true("D01", row["case_no"], [row], "受理两个多月仍未办结")
    row = _case(d, MONDAY, MONDAY + days(32))
    stop = _stop(d, row, MONDAY + days(1), MONDAY + days(4), "听证")
    d.true("D01", row["case_no"], [row, stop], "扣除听证四天后仍超期")
    row = _case(d, MONDAY, MONDAY + days(14))
    d.near("D01", row["case_no"], [row], "正好用了10个工作日")
    row = _case(d, date(2026, 4, 27), date(2026, 5, 13), promised_days=11)
    d.near("D01", row["case_no"], [row], "16个自然日，扣除五一假期只有10个工作日，承诺11个")
    for kind in ("听证", "专家评审", MATERIALS):
        row = _case(d, MONDAY, MONDAY + days(24))
        stop = _stop(d, row, MONDAY + days(1), MONDAY + days(16), kind)
        d.near("D01", row["case_no"], [row, stop], f"依法停表（{kind}）期间不计")


def d02_stops(d: District) -> None:
    for kinds in ((MATERIALS, MATERIALS), (MATERIALS, MATERIALS, MATERIALS)):
        row = _case(d, MONDAY, MONDAY + days(14))
        stops = [
            _stop(d, row, MONDAY + days(1 + 3 * n), MONDAY + days(2 + 3 * n), k) for n, k in enumerate(kinds)
        ]
        d.true("D02", row["case_no"], [row, *stops], f"一件{len(kinds)}次以补材料停表")
    row = _case(d, MONDAY, MONDAY + days(11))
    stop = _stop(d, row, MONDAY + days(1), MONDAY + days(3), MATERIALS)
    d.near("D02", row["case_no"], [row, stop], "只停表一次")
    row = _case(d, MONDAY, MONDAY + days(15))
    stops = [_stop(d, row, MONDAY + days(1), MONDAY + days(3), "听证")]
    stops.append(_stop(d, row, MONDAY + days(7), MONDAY + days(9), "专家评审"))
    d.near("D02", row["case_no"], [row, *stops], "两次停表都不是补材料")


def d03_discretion(d: District) -> None:
    day = date(2026, 2, 25)
    for yuan, other, planted, note in (
        (1200, {}, d.true, "罚款1200元，幅度5000—10000元"),
        (26_000, {}, d.true, "罚款2.6万元，高于幅度"),
        (4900, {}, d.true, "罚款低于下限100元"),
        (5000, {}, d.near, "正好是下限"),
        (10_000, {}, d.near, "正好是上限"),
        (2000, {"mitigation": "主动消除危害后果，依法减轻"}, d.near, "有法定减轻情形"),
    ):
        row = o.penalty(d, people.new_firm(d), day, amount=fen(yuan), **other)
        planted("D03", row["decision_no"], [row], note)


def d04_fine_instead_of_control(d: District) -> None:
    def run(count: int, gap: int, *, alike: bool = True) -> tuple[Firm, list[Row]]:
        firm = people.new_firm(d, "建设")
        conducts = (
            ["未采取扬尘防治措施"] * count if alike else ["扬尘", "超载运输", "夜间施工", "占道"][:count]
        )
        rows = [
            o.penalty(d, firm, date(2025, 3, 3) + days(gap * n), conduct=c) for n, c in enumerate(conducts)
        ]
        return firm, rows

    for count, gap in ((3, 120), (5, 60)):
        firm, rows = run(count, gap)
        d.true("D04", firm, rows, f"十二个月内同类处罚{count}次")
    firm, rows = run(2, 60)
    d.near("D04", firm, rows, "只有两次")
    firm, rows = run(3, 200)
    d.near("D04", firm, rows, "三次跨了十三个月以上")
    firm, rows = run(4, 60, alike=False)
    d.near("D04", firm, rows, "四次处罚行为各不相同")


def d05_fees(d: District) -> None:
    for day, after, planted, note in (
        (date(2026, 1, 14), None, d.true, "五个多月没有入库"),
        (date(2025, 9, 2), 170, d.true, "170天后才入库"),
        (date(2026, 1, 14), 6, d.near, "6天后入库"),
        (date(2026, 6, 27), None, d.near, "三天前才开票"),
    ):
        rows = o.fee(d, day, 730, after)
        planted("D05", rows[0]["receipt_no"], rows, note)


def d06_inspectors(d: District) -> None:
    first = date(2025, 4, 14)

    def spread(firm: Firm, officers: list, times: int) -> list[Row]:
        return [o.draw(d, officers[n % len(officers)], firm, first + days(37 * n)) for n in range(times)]

    firm, officer = people.new_firm(d, "餐饮"), d.world.person(39)
    pair = f"{d.person_key(officer)}|{firm.code}"
    d.true("D06", pair, spread(firm, [officer], 11), "十一次检查都是同一人")
    firm, officer = d.world.firm("餐饮"), d.world.person(44)
    kin = d.world.person(42)
    rows = [o.draw(d, officer, firm, first), people.found(d, firm, kin)]
    rows += [people.cadre(d, officer, "云泽区市场监督管理局"), people.relative(d, officer, kin, "配偶")]
    d.true("D06", f"{d.person_key(officer)}|{firm.code}", rows, "检查人员的配偶是企业法定代表人")
    firm = people.new_firm(d, "餐饮")
    officers = [d.world.person(38) for _ in range(6)]
    rows = spread(firm, officers, 12)
    d.near("D06", f"{d.person_key(officers[0])}|{firm.code}", rows, "十二次检查六个人轮流")
    firm, officer = people.new_firm(d, "餐饮"), d.world.person(44)
    rows = [o.draw(d, officer, firm, first)]
    d.near("D06", f"{d.person_key(officer)}|{firm.code}", rows, "只检查过一次")


def d07_complaints(d: District) -> None:
    def run(
        gaps: tuple[int, ...], topics: tuple[str, ...] = ("噪声扰民",), where: str = "居民楼", **last: Any
    ) -> tuple[str, list[Row]]:
        place = f"{d.rng.choice(d.world.villages).name}{d.world.serial('hotline')}号{where}"
        rows = [
            o.order(d, place, topics[n % len(topics)], date(2026, 1, 6) + days(g)) for n, g in enumerate(gaps)
        ]
        rows[-1].update(last)
        return f"{place}|{topics[0]}", rows

    for gaps in ((0, 30, 75), (0, 20, 41, 66)):
        subject, rows = run(gaps)
        d.true("D07", subject, rows, f"九十天内同地同类投诉{len(gaps)}次，每次都已办结")
    subject, rows = run((0, 30, 60), where="建筑工地")
    d.near("D07", subject, rows, "工地施工期间的投诉")
    subject, rows = run((0, 40))
    d.near("D07", subject, rows, "只有两次")
    subject, rows = run((0, 60, 125))
    d.near("D07", subject, rows, "三次跨了四个月")
    subject, rows = run((0, 30, 60), ("噪声扰民", "违章停车", "井盖破损"))
    d.near("D07", subject, rows, "三次诉求类别不同")
    subject, rows = run((0, 30, 60), closed_date=None, state="办理中")
    d.near("D07", subject, rows, "其中一件还没有办结")


def d08_intermediaries(d: District) -> None:
    def window(count: int, others: int) -> tuple[Firm, list[Row]]:
        name = f"工程建设{d.world.serial('window')}号窗口"
        firm = people.new_firm(d, "咨询")
        rivals = [people.new_firm(d, "咨询") for _ in range(min(others, 9))]
        officer = d.world.name(male=False) + "禾" + str(d.world.serial("window officer"))
        rows = []
        for n in range(count + others):
            who = firm if n < count else rivals[n % len(rivals)]
            day = MONDAY - days(7 * (n % 20))
            row = o.approval(d, name, officer, day, day + days(4), intermediary_name=who.name)
            rows += [row] if who is firm else []
        return firm, rows

    firm, rows = window(34, 6)
    d.true("D08", firm, rows, "一个窗口40件中34件是同一家中介")
    firm, rows = window(8, 32)
    d.near("D08", firm, rows, "40件中8件")
    firm, rows = window(2, 0)
    d.near("D08", firm, rows, "总共只有两件，谈不上集中")


RULES = (
    d01_over_the_limit,
    d02_stops,
    d03_discretion,
    d04_fine_instead_of_control,
    d05_fees,
    d06_inspectors,
    d07_complaints,
    d08_intermediaries,
)
