"""A08, A09: what only the papers of other offices show."""

from __future__ import annotations

from datetime import date

from qingfeng.screening.sample.district import District
from qingfeng.screening.sample.ordinary import benefits as b
from qingfeng.screening.sample.ordinary import papers
from qingfeng.screening.sample.planting.a_persons import LAST_MONTHS, citizen


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
    owner = papers.owned(d, person.account, person, name=person.name + "云")
    d.near("A09", person, [*rows, owner], "改过名，开户证件号是本人")
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


RULES = (a08_entrusted, a09_owner_by_the_bank)
