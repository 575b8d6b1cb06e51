"""People for the guards: every role in every place around a street, and some with a past.

The places are seen from 临江街道, which has the problem: its own seats, the street beside it, the district above, the
community below, a department elsewhere; its discipline committee, the one next door, the group that inspects it, and
the campaign office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import Group, Role, Unit, User
from tests.cast import Cast, person

CAME = date(2026, 3, 1)
LEFT = date(2026, 6, 9)
UNITS = ("own", "sister", "above", "below", "elsewhere")
GROUPS = ("committee", "next_committee", "group", "office")


@dataclass(frozen=True)
class Seat:
    """A place and the role held there."""

    place: str
    role: Role

    def __str__(self) -> str:
        return f"{self.role.value} of {self.place}"


def places(cast: Cast) -> dict[str, Unit | Group]:
    units = (cast.street, cast.sister, cast.district, cast.community, cast.department)
    groups = (cast.committee, cast.sister_committee, cast.governance, cast.office_group)
    return dict(zip((*UNITS, *GROUPS), (*units, *groups), strict=True))


def seated(cast: Cast) -> dict[Seat, User]:
    """A second person in every seat: none of them had a hand in anything."""
    found = {}
    for place, where in places(cast).items():
        for role in Role:
            if place == "below" and role == Role.CLERK:
                continue  # the community has no clerk: the street enters for it
            who, user = person("某人", 200 + len(found), f"seat{len(found)}")
            at = {"unit": where} if isinstance(where, Unit) else {"group": where}
            orgs.appoint(person=who, role=role, title=role.label, by=None, valid_from=CAME, **at)
            found[Seat(place, role)] = user
    return found


def with_two_seats(cast: Cast) -> User:
    """Of the committee that closes, and clerk of the street that has the problem."""
    who, user = person("两头任职", 301, "two_seats")
    orgs.appoint(person=who, role=Role.CLERK, title="干事", unit=cast.street, by=None, valid_from=CAME)
    orgs.appoint(
        person=who, role=Role.INSPECTOR, title="委员", group=cast.committee, by=None, valid_from=CAME
    )
    orgs.appoint(
        person=who, role=Role.INSPECTOR, title="成员", group=cast.governance, by=None, valid_from=CAME
    )
    return user


def nobody(cast: Cast) -> User:
    """Has an account and no post."""
    return cast.outsider
