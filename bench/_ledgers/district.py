"""A made-up district of any size with its people and its running campaign, set up by the real actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import Group, Person, Role, Unit, User
from qingfeng.apps.base.records.actions import recording
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.actions import plans, start
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.demo.opening import PLAN

from .texts import given_name

SINCE = date(2026, 1, 1)
STARTED = date(2026, 4, 27)
TODAY = date(2026, 11, 18)
"""The day on which everything is measured: late in the campaign, when the ledgers are full."""
ROOT = "997000"
STREETS, COMMUNITIES = 0.1, 6
"""Of all units a tenth are streets, each with six communities; the rest are departments."""


@dataclass(frozen=True)
class District:
    """Its units by rank; the accounts are found by their names."""

    root: Unit
    streets: list[Unit]
    communities: list[Unit]
    departments: list[Unit]

    @property
    def units(self) -> list[Unit]:
        """All that take part."""
        return [*self.streets, *self.departments, *self.communities]


def set_up(units: int) -> Campaign:
    """So many units, groups above them, a clerk and a head in each, and the campaign of the demo's plan begun."""
    with clock.on(STARTED), recording():
        district = _units(units)
        _people(district, _groups(district))
    office = User.objects.get(username="office")
    with clock.on(STARTED):
        plan = plans.hand_in(
            file_name="方案.docx", content=PLAN.read_bytes(), root_unit=district.root, by=office
        )
        plans.accept_all(plan=plan, by=office)
        return start.start(
            plan=plan, by=office, units=district.units, short_title="专项整治", create_groups=True
        )


def _units(wanted: int) -> District:
    root = orgs.create_unit(code=ROOT, name="测验区", kind="district", parent=None, by=None, valid_from=SINCE)
    streets = [_unit(root, "street", f"{ROOT[:3]}1{n:02d}", f"第{n}街道") for n in _to(wanted * STREETS)]
    communities = [
        _unit(street, "community", f"{street.code}{n:03d}", f"{street.name}{n}社区")
        for street in streets
        for n in _to(COMMUNITIES)
    ]
    left = wanted - len(streets) - len(communities)
    departments = [_unit(root, "department", f"{ROOT[:3]}2{n:03d}", f"区第{n}局") for n in _to(left)]
    return District(root, streets, communities, departments)


def _unit(parent: Unit, kind: str, code: str, name: str) -> Unit:
    return orgs.create_unit(code=code, name=name, kind=kind, parent=parent, by=None, valid_from=SINCE)


def _groups(district: District) -> dict[str, Group]:
    """The office, a committee in each street, dispatched groups over ten departments each, governance groups."""
    groups = {"office": _group("QFB", "区专治办", "campaign_office", district.root, [district.root])}
    for street in district.streets:
        groups[f"committee{street.code}"] = _group(
            f"JW{street.code}", f"{street.name}纪工委", "street_discipline_committee", street, [street]
        )
    for number, overseen in enumerate(_tens(district.departments), 1):
        groups[f"dispatched{number}"] = _group(
            f"PZ{number}", f"第{number}派驻组", "dispatched_group", district.root, overseen
        )
    for number, overseen in enumerate(_tens(district.streets), 1):
        groups[f"governance{number}"] = _group(
            f"ZL{number}", f"第{number}治理组", "governance_group", district.root, overseen
        )
    return groups


def _group(code: str, name: str, kind: str, home: Unit, oversees: Iterable[Unit]) -> Group:
    return orgs.create_group(
        code=code,
        name=name,
        short_name=name,
        kind=kind,
        home_unit=home,
        by=None,
        oversees=tuple(oversees),
        valid_from=SINCE,
    )


def _people(district: District, groups: dict[str, Group]) -> None:
    chance = Random(7)
    for name, role, place in _seats(district, groups):
        person = orgs.create_person(name=given_name(chance), staff_no=name, by=None)
        orgs.create_account(
            person=person, username=name, password="", password_hash="!", must_change=False, by=None
        )
        _appoint(person, role, place)


def _seats(district: District, groups: dict[str, Group]) -> Iterable[tuple[str, str, Unit | Group]]:
    """(account, role, place)"""
    for account, role in (("leader", Role.LEADER), ("auditor", Role.AUDITOR), ("admin", Role.ADMINISTRATOR)):
        yield account, role, district.root
    yield "office", Role.OFFICE, groups["office"]
    yield "office-recused", Role.OFFICE, groups["office"]
    for unit in district.units:
        yield f"clerk{unit.code}", Role.CLERK, unit
        yield f"head{unit.code}", Role.HEAD, unit
    for key, group in groups.items():
        if key != "office":
            yield f"{key}-a", Role.INSPECTOR, group
            yield f"{key}-b", Role.INSPECTOR, group


def _appoint(person: Person, role: str, place: Unit | Group) -> None:
    where = {"unit": place} if isinstance(place, Unit) else {"group": place}
    orgs.appoint(person=person, role=role, title=str(Role(role).label), by=None, valid_from=SINCE, **where)


def _tens(units: list[Unit]) -> list[list[Unit]]:
    return [units[place : place + 10] for place in range(0, len(units), 10)]


def _to(number: float) -> range:
    return range(1, int(number) + 1)
