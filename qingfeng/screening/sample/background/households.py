"""Who lives here, by household: what each household has and gets keeps it out of every rule.

A household is of one kind only. Those who get benefits have no firm, no car and no second home; those who are paid
by the treasury, are cadres or their relatives, or own firms get no benefits.
"""

from __future__ import annotations

from datetime import date

from qingfeng.screening.sample.district import District, days
from qingfeng.screening.sample.ordinary import benefits as b
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.world import Firm, Person, Village

YEAR = b.months(7, 18)
HALF_YEAR = b.months(13, 18)
OLD = 60
VERY_OLD = 80
# Kinds of households and how many in a hundred there are of each.
KINDS = {
    "plain": 45,
    "farm": 30,
    "salaried": 8,
    "business": 4,
    "poor": 4,
    "disabled": 3,
    "pupil": 3,
    "cadre": 3,
}


def settle(d: District, number: int, bodies: list[str]) -> list[Firm]:
    """Fills the district with `number` people; returns the firms that some of them have."""
    firms: list[Firm] = []
    kinds, weights = list(KINDS), list(KINDS.values())
    settled = 0
    while settled < number:
        kind = d.rng.choices(kinds, weights)[0]
        members = _household(
            d, d.rng.choice(d.world.villages), min(number - settled, d.rng.choice((1, 2, 3, 3, 4)))
        )
        settled += len(members)
        _LIVES[kind](d, members, bodies, firms)
    return firms


def _household(d: District, village: Village, size: int) -> list[Person]:
    rng = d.rng
    head_age = rng.randrange(28, 88)
    number = d.world.household()
    ages = [
        head_age,
        max(24, head_age - rng.randrange(0, 5)),
        *(max(1, head_age - rng.randrange(24, 32)),) * 2,
    ]
    members = []
    for age, relation in zip(ages[:size], ("户主", "配偶", "子", "女"), strict=False):
        person = d.world.person(age, village=village, household=number)
        person.known = rng.random() > 0.003
        people.register(d, person, relation)
        members.append(person)
    return members


def _plain(d: District, members: list[Person], bodies: list[str], firms: list[Firm]) -> None:
    old = [person for person in members if person.age(YEAR[0]) >= OLD]
    for person in old:
        last_day = _perhaps_dies(d, person)
        very_old = person.age(YEAR[0]) >= VERY_OLD
        dates = YEAR if very_old else HALF_YEAR
        b.pay_monthly(
            d, person, b.OLD_AGE if very_old else b.PENSION, [day for day in dates if day <= last_day]
        )
    if not old:
        if d.rng.random() < 0.3:
            people.car(d, members[0], d.rng.randrange(40, 300) * 1000)
        if d.rng.random() < 0.4:
            people.home(d, members[0], d.rng.randrange(60, 140))
        if firms and d.rng.random() < 0.2:
            people.insured(d, members[0], d.rng.choice(firms))


def _perhaps_dies(d: District, person: Person) -> date:
    """The last day on which somebody can be paid."""
    if d.rng.random() > 0.05 or not person.known:
        return date.max
    died = date(2025, 8, 1) + days(d.rng.randrange(300))
    b.die(d, person, died)
    return died


def _farm(d: District, members: list[Person], bodies: list[str], firms: list[Firm]) -> None:
    head = members[0]
    for _ in range(d.rng.choice((1, 1, 2))):
        mu = d.rng.randrange(10, 45) / 10
        parcel = b.hold_land(d, head, mu)["parcel_no"]
        for year in (2025, 2026):
            b.claim_land(d, head, parcel, mu, year)


def _salaried(d: District, members: list[Person], bodies: list[str], firms: list[Firm]) -> None:
    head = members[0]
    place = d.rng.randrange(len(bodies))
    unit = bodies[place]
    if place % 3 == 0:
        pay = {"start_date": None}
        for day in b.months(16, 18, 1):
            people.on_payroll(d, head, unit, month=day, **pay)
    else:
        people.on_payroll(d, head, unit)
    people.home(d, head, d.rng.randrange(80, 140))
    people.car(d, head, d.rng.randrange(60, 240) * 1000)


def _business(d: District, members: list[Person], bodies: list[str], firms: list[Firm]) -> None:
    head = members[0]
    shop = d.rng.random() < 0.5
    firm = d.world.firm("便利" if shop else None, kind="92" if shop else "91")
    people.found(d, firm, head, village=head.village.name)
    if not shop:
        people.holds(d, firm, head, percent=100)
    firms.append(firm)
    people.car(d, head, d.rng.randrange(90, 400) * 1000)


def _poor(d: District, members: list[Person], bodies: list[str], firms: list[Firm]) -> None:
    benefit = b.RURAL_MINIMUM if d.rng.random() < 0.7 else b.URBAN_MINIMUM
    b.pay_monthly(d, members[0], benefit, YEAR)
    if d.rng.random() < 0.3:
        people.home(d, members[0], d.rng.randrange(45, 85))


def _disabled(d: District, members: list[Person], bodies: list[str], firms: list[Firm]) -> None:
    b.pay_monthly(d, members[0], d.rng.choice((b.NURSING, b.DISABLED)), YEAR)


def _pupil(d: District, members: list[Person], bodies: list[str], firms: list[Firm]) -> None:
    child = d.world.person(d.rng.randrange(7, 17), village=members[0].village, household=members[0].household)
    people.register(d, child, "子")
    b.pay_monthly(d, child, b.PUPIL, b.months(9, 9) + b.months(15, 15))


def _cadre(d: District, members: list[Person], bodies: list[str], firms: list[Firm]) -> None:
    head = members[0]
    if d.rng.random() < 0.3:
        people.cadre(d, head, head.village.name + "村民委员会")
        for kin, relation in zip(members[1:], ("配偶", "子女", "子女"), strict=False):
            people.relative(d, head, kin, relation)


_LIVES = {
    "plain": _plain,
    "farm": _farm,
    "salaried": _salaried,
    "business": _business,
    "poor": _poor,
    "disabled": _disabled,
    "pupil": _pupil,
    "cadre": _cadre,
}
