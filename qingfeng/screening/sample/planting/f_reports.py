"""F01–F04, H02, H04: overdue again and again, copied reports, promises against facts, ties with the regulated, heat."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days
from qingfeng.screening.sample.ordinary import people

SUBJECTS = (
    ("惠民补贴发放", "逐户核对领取人和银行卡，走访八十岁以上老人，补录缺失的代领手续"),
    ("集体资产出租", "清理合同台账，上门催缴拖欠租金，重新测量门面和鱼塘，公开招租闲置厂房"),
    ("村级工程建设", "抽查工程签证和验收资料，约谈监理单位，补齐招标文件，复核结算单价"),
    ("公务接待用车", "核对接待清单和公函，检查油卡和派车单，清退超范围陪餐费用"),
    ("政务窗口服务", "暗访办事大厅，抽取办件录像，回访群众意见，调整窗口值班安排"),
    ("征地拆迁补偿", "丈量附着物，公示补偿明细，复查过渡费领取，调取航拍影像比对"),
    ("校园食品安全", "检查食堂留样和采购票据，抽测餐具，听取家长委员会意见，整改后厨通风"),
)


def problem(d: District, unit: str, assigned: date, due: date, closed: date | None, **other: Any) -> Row:
    """A problem on the list of what is to be put right."""
    values = {
        "problem_no": d.world.coded("WT", 6),
        "unit": unit,
        "place": f"{d.rng.choice(d.world.villages).name}{d.world.serial('problem place')}号点位",
        "problem": f"{d.rng.choice(SUBJECTS)[0]}台账缺少第{d.world.serial('problem')}号附件",
        "assigned_at": datetime.combine(assigned, time(9, 10)),
        "due_date": due,
        "closed_at": datetime.combine(closed, time(16, 40)) if closed else None,
        "attachments": 3,
        "result": "已整改" if closed else "正在整改",
    }
    return d.book.add("rectifications", **{**values, **other})


def f01_overdue(d: District) -> None:
    start = date(2026, 2, 3)
    for count, late, planted, note in (
        (4, 9, d.true, "一个季度四件都超期九天"),
        (3, 20, d.true, "三件超期二十天"),
        (2, 20, d.near, "只有两件超期"),
        (4, 0, d.near, "四件都在当日按期销号"),
    ):
        unit, rows = d.world.body(), []
        for n in range(count):
            due = start + days(17 * n + 20)
            rows.append(problem(d, unit, start + days(17 * n), due, due + days(late)))
        planted("F01", unit, rows, note)


def report(d: District, unit: str, month: date, content: str, problems: int) -> Row:
    """A unit's monthly report."""
    return d.book.add(
        "unit_reports",
        report_no=d.world.coded("BG-", 5),
        unit=unit,
        kind="月报",
        month=month,
        report_date=month + days(33),
        problems=problems,
        done=max(problems - 1, 0),
        content=content,
    )


def _written(d: District, unit: str, problems: int) -> str:
    """A report of a month's work in words of its own."""
    first, second = d.rng.sample(SUBJECTS, 2)
    days_spent, homes = d.rng.randrange(3, 19), d.rng.randrange(20, 190)
    tail = d.world.serial("report")
    return (
        f"{unit}本月围绕{first[0]}，{first[1]}，用时{days_spent}天；同时结合{second[0]}，{second[1]}，走访{homes}户。"
        f"共发现问题{problems}个，列入第{tail}号清单，由分管负责人{d.world.name(male=True)}跟办。"
    )


def f02_copied(d: District) -> None:
    month = date(2026, 3, 1)
    first, second = d.world.body(), d.world.body()
    text = _written(d, first, 5)
    rows = [report(d, first, month, text, 5)]
    rows.append(report(d, second, month, text.replace(first, second).replace("问题5个", "问题9个"), 9))
    d.true("F02", first, rows, "两个单位的月报只改了单位名称和数字")
    d.true("F02", second, rows, "两个单位的月报只改了单位名称和数字")
    unit = d.world.body()
    text = _written(d, unit, 3)
    rows = [report(d, unit, month, text, 3)]
    rows.append(report(d, unit, date(2026, 4, 1), text.replace("问题3个", "问题4个"), 4))
    d.true("F02", unit, rows, "同一单位三月、四月报告照抄")
    unit = d.world.body()
    rows = [report(d, unit, date(2026, m, 1), "按照要求认真开展自查，本月没有新增事项。", 0) for m in (3, 4)]
    d.near("F02", unit, rows, "当月没有事项，用的是固定写法")
    unit = d.world.body()
    rows = [report(d, unit, date(2026, m, 1), _written(d, unit, m), m) for m in (3, 4)]
    d.near("F02", unit, rows, "两个月各写各的")


def f03_closed(d: District) -> None:
    unit, day = d.world.body(), date(2026, 3, 10)
    row = problem(d, unit, day, day + days(20), day, attachments=0)
    d.true("F03", row["problem_no"], [row], "交办当天销号，没有一份佐证")
    row = problem(d, unit, day, day + days(20), day + days(12))
    told = {"place": row["place"], "problem": row["problem"]}
    again = problem(d, unit, day + days(70), day + days(90), day + days(88), **told)
    d.true("F03", row["problem_no"], [row, again], "销号后两个月，同一点位同一问题又被交办")
    row = problem(d, unit, day, day + days(20), day, attachments=4)
    d.near("F03", row["problem_no"], [row], "当天就改好，有四份佐证")
    row = problem(d, unit, date(2025, 7, 8), date(2025, 7, 28), date(2025, 7, 20))
    told = {"place": row["place"], "problem": row["problem"]}
    again = problem(d, unit, date(2026, 4, 15), date(2026, 5, 15), date(2026, 5, 3), **told)
    d.near("F03", row["problem_no"], [row, again], "九个月后才又出现")


def verdict(d: District, unit: str, event: date | None, received: date, result: str) -> Row:
    """What a check of a clue, an alert or a complaint came to."""
    return d.book.add(
        "verdicts",
        clue_no=d.world.coded("XS", 6),
        unit=unit,
        source=d.rng.choice(("信访举报", "数据预警", "上级转办")),
        matter=d.rng.choice(SUBJECTS)[0] + "方面的反映",
        event_date=event,
        received_date=received,
        verified_date=received + days(25),
        result=result,
    )


def f04_promises(d: District) -> None:
    month = date(2026, 2, 1)

    def zero(unit: str) -> Row:
        return report(d, unit, month, "经排查，本月未发现问题。", 0)

    def promise(unit: str) -> Row:
        columns = {
            "unit": unit,
            "kind": "无问题承诺书",
            "content": "本单位经自查没有问题，如有隐瞒愿承担责任。",
        }
        return d.book.add(
            "unit_reports", **columns, report_date=date(2025, 9, 5), valid_to=date(2026, 12, 31)
        )

    for made, event, result, planted, note in (
        (zero, date(2026, 2, 11), "属实", d.true, "当月零报告，当月的问题查实"),
        (promise, date(2026, 1, 14), "部分属实", d.true, "承诺无问题，四个月后发生的问题查实"),
        (promise, date(2025, 6, 14), "属实", d.near, "问题发生在承诺以前"),
        (zero, date(2026, 2, 12), "不属实", d.near, "举报经查不属实"),
        (zero, date(2026, 4, 12), "属实", d.near, "查实的问题在以后的月份"),
    ):
        unit = d.world.body()
        rows = [made(unit), verdict(d, unit, event, event + days(30), result)]
        planted("F04", unit, rows, note)


def h02_ties(d: District) -> None:
    def regulated(unit: str) -> tuple[Any, Row]:
        firm = d.world.firm("商贸")
        named = {"firm_code": firm.code, "firm_name": firm.name}
        return firm, d.book.add("regulated_firms", unit=unit, **named, matter="日常监督检查")

    unit = d.world.body()
    officer = d.world.person(43)
    firm, row = regulated(unit)
    rows = [row, people.on_payroll(d, officer, unit), people.found(d, firm, officer)]
    d.true("H02", firm, rows, "监管单位人员就是监管对象的法定代表人")
    officer, kin = d.world.person(47), d.world.person(24)
    firm, row = regulated(unit)
    rows = [row, people.on_payroll(d, officer, unit), people.relative(d, officer, kin, "儿子")]
    d.true("H02", firm, [*rows, people.found(d, firm, kin)], "监管单位人员的儿子是监管对象的法定代表人")
    officer = d.world.person(44)
    firm, row = regulated(unit)
    rows = [row, people.on_payroll(d, officer, d.world.body()), people.found(d, firm, officer)]
    d.near("H02", firm, rows, "在别的单位工作，不监管这家企业")
    officer = d.world.person(44)
    firm, row = regulated(unit)
    namesake = d.world.person(44, name=officer.name)
    rows = [row, people.on_payroll(d, officer, unit), people.found(d, firm, namesake)]
    d.near("H02", firm, rows, "法定代表人与监管人员同名不同人")


def h04_heat(d: District) -> None:
    for staff, matters, planted, note in (
        (8, 24, d.true, "八个人的单位，二十四件线索"),
        (70, 6, d.near, "七十个人的单位，六件线索"),
    ):
        unit = d.world.body()
        rows = [people.on_payroll(d, d.world.person(), unit) for _ in range(staff)][:1]
        rows += [verdict(d, unit, None, date(2026, 1, 6) + days(5 * n), "属实") for n in range(matters)]
        planted("H04", unit, rows, note)


RULES = (f01_overdue, f02_copied, f03_closed, f04_promises, h02_ties, h04_heat)
