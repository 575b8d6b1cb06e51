"""C01–C04, C06, C07: land, expropriation and renewal. C05 and C08 need pictures, which no table holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen, hundredths
from qingfeng.screening.sample.ordinary import offices as o
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.planting.a_persons import citizen
from qingfeng.screening.sample.world import Firm, Person

PER_HEAD = "人口安置补助"
FIT_OUT = "装修补偿"
MOVING = "搬迁费"


def _project(d: District) -> str:
    """An old project of the background, so that percentiles have a crowd."""
    projects = sorted({row["project"] for row in d.book.rows["compensation"] if row.get("crowd")})
    return d.rng.choice(projects)


def _file(d: District, owner: Person | None = None, **other: Any) -> tuple[Person, str, str, Row]:
    """A clearance file with its house, surveyed as paid."""
    person = owner or citizen(d, 52)
    file_no, house_no = o.new_file(d, person.village)
    project = other.pop("project", None) or _project(d)
    row = o.compensate(d, project, person, file_no, house_no, **other)
    if row["item"] == "房屋补偿":
        o.house_checked(d, person, file_no, house_no, row["area"] / 100)
    return person, file_no, house_no, row


def c01_twice(d: District) -> None:
    person, file_no, house_no, row = _file(d, project="云溪片区改造")
    again = o.compensate(d, "荷塘片区改造", person, file_no, house_no)
    d.true("C01", file_no, [row, again], "同一户同一房屋在两个项目领取")
    person, file_no, house_no, row = _file(d)
    again = o.compensate(d, row["project"], person, file_no, house_no, pay_date=date(2026, 3, 9))
    again.update(area=row["area"], amount=row["amount"])
    d.true("C01", file_no, [row, again], "同一项目同一房屋补偿两次")
    person, file_no, house_no, row = _file(d)
    row["household_no"] = ""
    again = o.compensate(d, "松岭片区改造", person, "", house_no)
    d.true("C01", house_no, [row, again], "没有户编号，同一房屋编号两个项目")
    person, file_no, house_no, row = _file(d)
    second = o.new_file(d, person.village)[1]
    other = o.compensate(d, row["project"], person, file_no, second)
    o.house_checked(d, person, file_no, second, other["area"] / 100)
    d.near("C01", file_no, [row, other], "一户两处房屋，房屋编号不同")
    person, file_no, house_no, row = _file(d)
    more = o.compensate(
        d,
        row["project"],
        person,
        file_no,
        house_no,
        supplement=True,
        square_metres=6,
        pay_date=date(2026, 4, 2),
    )
    row["area"] -= more["area"]
    d.near("C01", file_no, [row, more], "申诉后补差")
    person, file_no, house_no, row = _file(d)
    fit_out = o.compensate(d, row["project"], person, file_no, house_no, FIT_OUT, price=600)
    d.near("C01", file_no, [row, fit_out], "一户两个不同的补偿项目")


def c02_moved_in(d: District) -> None:
    def mover(moved: date, reason: str, item: str = PER_HEAD) -> tuple[Person, list[Row]]:
        person = d.world.person(34)
        line = people.register(d, person, "非亲属", moved_in_date=moved, moved_in_reason=reason)
        paid = _file(d, person, item=item, square_metres=1, price=30_000)[3]
        paid["area"] = None
        return person, [line, paid]

    for moved, reason in (
        (date(2025, 3, 2), "投靠亲友"),
        (date(2025, 7, 30), "购房入户"),
        (date(2024, 9, 20), "其他"),
    ):
        person, rows = mover(moved, reason)
        d.true("C02", person, rows, f"公告前一年内以{reason}迁入，领取按人口的补助")
    person, rows = mover(date(2024, 7, 15), "投靠亲友")
    d.near("C02", person, rows, "公告前十三个多月迁入")
    for reason in ("出生", "婚迁", "退役", "毕业返回", "刑满释放"):
        person, rows = mover(date(2025, 4, 11), reason)
        d.near("C02", person, rows, f"因{reason}迁入")
    person, rows = mover(date(2025, 4, 11), "投靠亲友", MOVING)
    d.near("C02", person, rows, "迁入不久，但只有按户的搬迁费")


def c03_area(d: District) -> None:
    def house(paid: float, recorded: float, **checked: Any) -> tuple[str, list[Row]]:
        person = citizen(d, 55)
        file_no, house_no = o.new_file(d, person.village)
        row = o.compensate(d, _project(d), person, file_no, house_no, square_metres=paid)
        return house_no, [row, o.house_checked(d, person, file_no, house_no, recorded, **checked)]

    for paid, recorded in ((210, 120), (168, 140)):
        house_no, rows = house(paid, recorded)
        d.true("C03", house_no, rows, f"补偿{paid}平方米，登记和调查都是{recorded}平方米")
    house_no, rows = house(260, 120, legal_addition=hundredths(40))
    d.true("C03", house_no, rows, "加上认定面积40平方米仍多出100平方米")
    house_no, rows = house(126, 120)
    d.near("C03", house_no, rows, "多出5%，在误差以内")
    house_no, rows = house(160, 120, legal_addition=hundredths(40), surveyed_area=hundredths(160))
    d.near("C03", house_no, rows, "多出部分已依规认定")


def c04_cadres(d: District) -> None:
    def cadre() -> tuple[Person, Row]:
        person = citizen(d, 50)
        return person, people.cadre(d, person, person.village.name + "村民委员会")

    person, row = cadre()
    paid = _file(d, person, price=5600)[3]
    d.true("C04", person, [paid, row], "干部的房屋单价5600元，项目一般3000元")
    person, row = cadre()
    kin = citizen(d, 48, village=person.village)
    paid = _file(d, kin, price=6100)[3]
    d.true("C04", kin, [paid, row, people.relative(d, person, kin, "配偶")], "干部配偶的单价6100元")
    person, row = cadre()
    d.near("C04", person, [_file(d, person, square_metres=130)[3], row], "干部按一般单价补偿")
    person = citizen(d, 50)
    d.near("C04", person, [_file(d, person, price=5200)[3]], "单价高，但不是干部或亲属")


def c05_rushed(d: District) -> None:
    for item, before, planted, note in (
        ("蔬菜大棚", False, d.true, "公告前的影像上没有，清点时有大棚"),
        ("室内装修", False, d.true, "公告后突击装修"),
        ("果树120株", True, d.near, "公告前的影像上就有"),
        ("小麦", False, d.near, "影像拍在冬闲，小麦是季节作物"),
    ):
        person = citizen(d, 49)
        house = d.world.coded("FW", 6)
        row = d.book.add(
            "image_checks",
            project="松岭片区改造",
            house_no=house,
            id_no=person.id_no,
            name=person.name,
            item=item,
            amount=fen(26_400),
            announce_date=date(2025, 10, 20),
            image_date=date(2025, 8, 5),
            seen_before=before,
            check_date=date(2025, 12, 8),
            seen_after=True,
        )
        planted("C05", f"松岭片区改造|{house}", [row], note)


def c08_closed_and_standing(d: District) -> None:
    closed = date(2025, 11, 12)
    for later, finding, planted, note in (
        (60, "建筑物仍在使用，没有拆除", d.true, "结案两个月后建筑仍在"),
        (95, "原址重建一层，正在封顶", d.true, "结案后重建"),
        (60, "已全部拆除，场地平整", d.near, "复查时已拆除"),
        (-30, "建筑物仍在", d.near, "看到建筑的巡查在结案以前"),
        (60, "建筑保留，已补办规划手续", d.near, "已经补办手续"),
    ):
        case = d.world.coded("WJ", 5)
        row = d.book.add(
            "building_cases",
            case_no=case,
            party_name=d.world.name(male=True),
            place=f"{d.rng.choice(d.world.villages).name}东侧",
            opened_date=closed - days(70),
            decision="限期自行拆除",
            closed_date=closed,
            state="已结案",
        )
        seen = d.book.add(
            "building_visits", case_no=case, visit_date=closed + days(later), finding=finding, photo="有"
        )
        planted("C08", case, [row, seen], note)


def c06_evaluators(d: District) -> None:
    def project_with(evaluator: Firm, count: int, others: int, owner: Person | None = None) -> list[Row]:
        name = f"{d.rng.choice(d.world.villages).name}{d.world.serial('project')}号地块征收"
        firms = [people.new_firm(d, "评估") for _ in range(3)]
        rows = []
        for n in range(count + others):
            firm = evaluator if n < count else firms[n % 3]
            named = {"evaluator_name": firm.name, "evaluator_code": firm.code}
            row = _file(d, owner if n == 0 else None, project=name, **named)[3]
            rows += [row] if firm is evaluator else []
        return rows

    firm = people.new_firm(d, "评估")
    d.near("C06", firm, project_with(firm, 22, 2), "一个项目由一家承担，在全区占比不高")
    firm = d.world.firm("评估")
    legal = citizen(d, 51)
    line = people.found(d, firm, legal)
    d.true("C06", firm, [*project_with(firm, 6, 18, legal)[:1], line], "评估机构的法定代表人就是被征收人")
    firm = people.new_firm(d, "评估")
    d.near("C06", firm, project_with(firm, 7, 17), "做了项目的三成")
    firm = d.world.firm("评估")
    owner = citizen(d, 51)
    line = people.found(d, firm, d.world.person(51, name=owner.name))
    d.near("C06", firm, [*project_with(firm, 6, 18, owner)[:1], line], "法定代表人与被征收人同名不同人")


def c06_ties(d: District) -> None:
    """What the evaluation reports show: who evaluates, and who pulls the houses down."""

    def report(evaluator: Firm, party: Firm) -> Row:
        return d.book.add(
            "evaluation_reports",
            report_no=d.world.coded("PG", 6),
            project=f"{d.rng.choice(d.world.villages).name}{d.world.serial('project')}号地块征收",
            evaluator_name=evaluator.name,
            evaluator_code=evaluator.code,
            party_name=party.name,
            party_code=party.code,
            amount=fen(3_260_000),
            report_date=date(2025, 10, 8),
        )

    evaluator, party = people.new_firm(d, "评估"), people.new_firm(d, "建设")
    owner = citizen(d, 46)
    shares = [people.holds(d, evaluator, owner, percent=40), people.holds(d, party, owner, percent=55)]
    d.true("C06", evaluator, [report(evaluator, party), *shares], "评估机构与拆除单位有同一股东")
    evaluator, party = d.world.firm("评估"), d.world.firm("建设")
    lines = [people.found(d, evaluator, owner), people.found(d, party, owner)]
    d.true("C06", evaluator, [report(evaluator, party), *lines], "评估机构与拆除单位是同一法定代表人")
    evaluator = people.new_firm(d, "评估")
    d.true("C06", evaluator, [report(evaluator, evaluator)], "评估机构自己承担拆除")
    evaluator, party = d.world.firm("评估"), d.world.firm("建设")
    namesake = d.world.person(46, name=owner.name)
    lines = [people.found(d, evaluator, d.world.person(46, name=owner.name))]
    lines.append(people.found(d, party, namesake))
    d.near("C06", evaluator, [report(evaluator, party), *lines], "两家的法定代表人同名不同人")
    evaluator, party = people.new_firm(d, "评估"), people.new_firm(d, "建设")
    d.near("C06", evaluator, [report(evaluator, party)], "评估机构与拆除单位没有关系")


def c06_most_of_the_district(d: District) -> None:
    """One evaluator with more files than all others together; comes last, when the others are known."""
    files = {
        row["household_no"] or row["house_no"]
        for row in d.book.rows["compensation"]
        if row.get("evaluator_code")
    }
    firm = people.new_firm(d, "评估")
    named: dict[str, Any] = {"evaluator_name": firm.name, "evaluator_code": firm.code}
    rows = [_file(d, project="白鹭片区改造", **named)[3] for _ in range(len(files) * 6 // 5)]
    d.true("C06", firm, rows[:5], "一家评估机构做了全区一半以上的户")


def c07_resettlement(d: District) -> None:
    def given(to: Person, file_no: str, house_no: str, project: str, vacated: date | None) -> Row:
        return d.book.add(
            "resettlements",
            project=project,
            household_no=file_no,
            house_no=house_no,
            id_no=to.id_no,
            name=to.name,
            home_no=d.world.coded("AZ", 5),
            area=hundredths(90),
            given_date=date(2026, 2, 20),
            vacated_date=vacated,
        )

    person, file_no, house_no, row = _file(d)
    line = given(citizen(d, 41), file_no, house_no, row["project"], date(2026, 1, 5))
    d.true("C07", file_no, [row, line], "安置房给了不在档案里的人")
    person, file_no, house_no, row = _file(d, pay_date=date(2025, 10, 10))
    line = given(person, file_no, house_no, row["project"], None)
    d.true("C07", file_no, [row, line], "补偿八个多月，旧房没有腾退")
    person, file_no, house_no, row = _file(d)
    line = given(person, file_no, house_no, row["project"], date(2026, 1, 5))
    d.near("C07", file_no, [row, line], "安置房给本人，旧房已腾退")


def crowd(d: District, households: int) -> None:
    """Two old projects in which everybody is paid alike, by three evaluators in turn."""
    firms = [people.new_firm(d, "评估") for _ in range(6)]
    for place in range(households):
        number = place % 2
        firm = firms[number * 3 + place // 2 % 3]
        person = citizen(d, 40 + place % 30)
        file_no, house_no = o.new_file(d, person.village)
        project = ("东埠片区改造", "青岗片区改造")[number]
        named = {"evaluator_name": firm.name, "evaluator_code": firm.code}
        square = 100 + d.rng.randrange(60)
        price = d.rng.choice((2950, 3000, 3000, 3050))
        row = o.compensate(d, project, person, file_no, house_no, square_metres=square, price=price, **named)
        row["crowd"] = True
        o.house_checked(d, person, file_no, house_no, square)
        o.compensate(d, project, person, file_no, house_no, FIT_OUT, square_metres=square, price=600, **named)
        d.book.rows["compensation"][-1]["amount"] = fen(600 * square)
        if place % 3 == 0:
            d.book.add(
                "resettlements",
                project=project,
                household_no=file_no,
                house_no=house_no,
                id_no=person.id_no,
                name=person.name,
                home_no=d.world.coded("AZ", 5),
                area=hundredths(90),
                given_date=date(2026, 2, 20) + days(place % 40),
                vacated_date=date(2026, 1, 10),
            )


LAST = (c06_most_of_the_district,)
RULES = (
    c01_twice,
    c02_moved_in,
    c03_area,
    c04_cadres,
    c05_rushed,
    c06_evaluators,
    c06_ties,
    c07_resettlement,
    c08_closed_and_standing,
)
