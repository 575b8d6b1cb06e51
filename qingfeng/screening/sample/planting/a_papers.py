"""A05–A09, A12: what only the papers of other offices show."""

from __future__ import annotations

from datetime import date

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District
from qingfeng.screening.sample.ordinary import benefits as b
from qingfeng.screening.sample.ordinary import papers, people
from qingfeng.screening.sample.planting.a_persons import LAST_MONTHS, citizen
from qingfeng.screening.sample.world import Person


def a09_owner_by_the_bank(d: District) -> None:
    for age, benefit in ((74, b.PENSION), (46, b.RURAL_MINIMUM)):
        person, owner = citizen(d, age), citizen(d, 41)
        rows = b.pay_monthly(d, person, benefit, LAST_MONTHS[:3], account=owner.account)
        rows.append(papers.owned(d, owner.account, owner))
        d.true("A09", person, rows, "发放表户名写的是本人，银行登记的是别人")
    person = citizen(d, 71)
    rows = b.pay_monthly(d, person, b.PENSION, LAST_MONTHS[:3])
    d.near("A09", person, [*rows, papers.owned(d, person.account, person)], "银行登记的就是本人")
    person = citizen(d, 69)
    rows = b.pay_monthly(d, person, b.PENSION, LAST_MONTHS[:3], holder_name=person.name + "云")
    d.near("A09", person, [*rows, papers.owned(d, person.account, person)], "发放表户名录错，银行登记是本人")
    person = citizen(d, 64)
    rows = b.pay_monthly(d, person, b.PENSION, LAST_MONTHS[:3])
    renamed = papers.owned(d, person.account, person, name=person.name + "云")
    d.near("A09", person, [*rows, renamed], "改过名，开户证件号是本人")
    person, agent = citizen(d, 88), citizen(d, 55)
    rows = b.pay_monthly(d, person, b.OLD_AGE, LAST_MONTHS[:3], account=agent.account)
    rows += [papers.owned(d, agent.account, agent), papers.entrusted(d, person, agent, agent.account)]
    d.near("A09", person, rows, "打到子女卡上，有代领委托书")
    person, agent = citizen(d, 86), citizen(d, 54)
    rows = b.pay_monthly(d, person, b.OLD_AGE, LAST_MONTHS[:3], account=agent.account)
    late = papers.entrusted(d, person, agent, agent.account, to_date=date(2024, 12, 31))
    d.true("A09", person, [*rows, papers.owned(d, agent.account, agent), late], "代领委托早已到期")


def a08_entrusted(d: District) -> None:
    agent = citizen(d, 52)
    people = [citizen(d, 80 + n, village=agent.village) for n in range(3)]
    rows = []
    for person in people:
        rows += b.pay_monthly(d, person, b.OLD_AGE, LAST_MONTHS[:2], account=agent.account, holder_name="")
        rows.append(papers.entrusted(d, person, agent, agent.account, relation="邻居"))
    d.near("A08", d.keys.account(agent.account), rows, "三位老人都有委托书，由一人代领")


def a12_claims(d: District) -> None:
    owner, other = citizen(d, 57), citizen(d, 45)
    number = b.hold_land(d, owner, 6.4)["parcel_no"]
    rows = [papers.claimed(d, owner, number, 6.4), papers.claimed(d, other, number, 6.4)]
    d.true("A12", number, rows, "申报表：两人同一季申报同一地块")
    person = citizen(d, 50)
    number = b.hold_land(d, person, 5.2)["parcel_no"]
    again = papers.claimed(d, person, number, 5.2, claim_date=date(2026, 5, 6))
    d.true("A12", number, [papers.claimed(d, person, number, 5.2), again], "申报表：同一人同一季报了两次")
    person = citizen(d, 50)
    number = b.hold_land(d, person, 5.2)["parcel_no"]
    late = papers.claimed(d, person, number, 5.2, season="2025年晚稻", claim_date=date(2025, 8, 6))
    d.near("A12", number, [papers.claimed(d, person, number, 5.2), late], "申报表：早稻、晚稻两季")
    first, second = citizen(d, 50), citizen(d, 47)
    number = b.hold_land(d, first, 8)["parcel_no"]
    rows = [papers.claimed(d, first, number, 4), papers.claimed(d, second, number, 4)]
    d.near("A12", number, rows, "申报表：地块分给两家种，各报一半，合计不超过确权")
    owner, other = citizen(d, 57), citizen(d, 45)
    number = b.hold_land(d, owner, 6.4)["parcel_no"]
    rows = [papers.claimed(d, owner, number, 6.4), papers.claimed(d, other, number, 6.4, result="退回")]
    d.near("A12", number, rows, "申报表：另一人的申报已退回")


def a05_a06_members(d: District) -> None:
    def on_relief(relation: str) -> tuple[Person, Person, list[Row]]:
        head, member = citizen(d, 53), d.world.person(30)
        rows = b.pay_monthly(d, head, b.RURAL_MINIMUM, LAST_MONTHS)
        return head, member, [*rows, papers.of_household(d, head, member, relation)]

    head, member, rows = on_relief("子")
    d.true("A06", head, [*rows, people.car(d, member, 287_000)], "低保家庭成员名单上的儿子有28.7万元轿车")
    head, member, rows = on_relief("女")
    d.near("A06", head, [*rows, people.car(d, member, 38_000)], "家庭成员名单上的女儿有3.8万元旧车")
    head, member, rows = on_relief("配偶")
    homes = [people.home(d, head, 96), people.home(d, member, 84), people.home(d, member, 71)]
    d.true("A05", head, rows + homes, "家庭成员名单上的夫妻共三套住房")
    head, member, rows = on_relief("配偶")
    d.near("A05", head, [*rows, people.home(d, member, 82)], "夫妻只有一套住房，登记在配偶名下")


def a07_filings(d: District) -> None:
    for result, day, planted, note in (
        ("通过", date(2025, 6, 20), d.near, "近亲属困难属实，发放前已登记备案、评议通过"),
        ("不符合条件，不通过", date(2025, 6, 20), d.true, "备了案，评议没有通过，仍在领"),
        ("通过", date(2026, 6, 28), d.true, "领了半年以后才补备案"),
    ):
        cadre, kin = citizen(d, 48), citizen(d, 76)
        rows = b.pay_monthly(d, kin, b.RURAL_MINIMUM, LAST_MONTHS)
        rows += [
            people.cadre(d, cadre, cadre.village.name + "村民委员会"),
            people.relative(d, cadre, kin, "父亲"),
            papers.filed(d, cadre, kin, b.RURAL_MINIMUM, result=result, filed_date=day),
        ]
        planted("A07", kin, rows, note)


RULES = (a05_a06_members, a07_filings, a08_entrusted, a09_owner_by_the_bank, a12_claims)
