"""People take posts and leave them, and hand over what is open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.models import Appointment, Group, GroupOversight, Person, Post, Role
from qingfeng.apps.base.orgs.visibility import roles
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import BadInput, Refused
from tests.cast import START, TODAY, Cast


class Desk:
    """A ledger with open items, as higher apps hand it in."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        self.handed: list[dict[str, Any]] = []

    def count(self, appointment: Appointment) -> int:
        return self.waiting

    def hand_over(self, **given: Any) -> None:
        self.handed.append(given)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    one = Desk(3)
    monkeypatch.setattr(actions.handover_sources, "_fillers", [one])
    return one


def held_by(user: Any) -> Appointment:
    return Appointment.objects.get(person=user.person)


def test_leaving_an_empty_desk_needs_no_successor(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions.handover_sources, "_fillers", [])
    row = actions.end_appointment(appointment=held_by(cast.clerk), last_day=TODAY, by=cast.office)
    assert (row.valid_to, row.ended_by) == (TODAY, cast.office)
    assert (
        Event.objects.filter(kind="appointment.ended", subject=row.subject, actor_id=cast.office.pk).count()
        == 1
    )


def test_a_full_desk_must_be_handed_to_somebody(cast: Cast, desk: Desk):
    with pytest.raises(BadInput, match="还有3项未办结"):
        actions.end_appointment(appointment=held_by(cast.clerk), last_day=TODAY, by=cast.office)
    assert held_by(cast.clerk).valid_to is None and not desk.handed


def test_the_successor_gets_what_is_open_in_the_same_act(cast: Cast, desk: Desk):
    row, to = held_by(cast.clerk), cast.head.person
    actions.end_appointment(appointment=row, last_day=TODAY, by=cast.office, successor=to)
    assert desk.handed == [{"appointment": row, "successor": to, "by": cast.office}]
    payload = json.loads(Event.objects.get(kind="appointment.ended").payload.content)
    assert (payload["successor"], payload["open_items"]) == (to.pk, 3)


def test_nobody_succeeds_oneself_and_a_successor_holds_a_post(cast: Cast, desk: Desk):
    row = held_by(cast.clerk)
    with pytest.raises(BadInput, match="不能是本人"):
        actions.end_appointment(appointment=row, last_day=TODAY, by=cast.office, successor=cast.clerk.person)
    with pytest.raises(BadInput, match="届时没有任职"):
        actions.end_appointment(
            appointment=row, last_day=TODAY, by=cast.office, successor=cast.outsider.person
        )
    assert not desk.handed


def test_if_handing_over_fails_the_post_is_not_left(cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def refuse(**given: Any) -> None:
        raise Refused("接办人与该事项有利害关系。")

    monkeypatch.setattr(desk, "hand_over", refuse)
    with pytest.raises(Refused):
        actions.end_appointment(
            appointment=held_by(cast.clerk), last_day=TODAY, by=cast.office, successor=cast.head.person
        )
    assert held_by(cast.clerk).valid_to is None
    assert not Event.objects.filter(kind="appointment.ended").exists()


def test_a_post_is_left_once_and_not_before_it_was_taken(cast: Cast):
    row = held_by(cast.clerk)
    with pytest.raises(BadInput, match="早于任职日期"):
        actions.end_appointment(appointment=row, last_day=START - timedelta(days=1), by=cast.office)
    actions.end_appointment(appointment=row, last_day=TODAY, by=cast.office)
    with pytest.raises(BadInput, match="已于2026-06-10结束"):
        actions.end_appointment(appointment=row, last_day=TODAY, by=cast.office)


def test_the_last_administrator_stays(cast: Cast):
    row = held_by(cast.administrator)
    with pytest.raises(Refused):
        actions.end_appointment(
            appointment=row, last_day=TODAY, by=cast.office
        )  # accounts are not the office's
    with pytest.raises(Refused, match="本人"):
        actions.end_appointment(appointment=row, last_day=TODAY, by=cast.administrator)
    actions.appoint(
        person=cast.outsider.person,
        role=Role.ADMINISTRATOR,
        title="系统管理员二",
        unit=cast.district,
        by=cast.administrator,
        valid_from=START,
    )
    actions.end_appointment(appointment=row, last_day=TODAY - timedelta(days=1), by=cast.outsider)
    assert held_by(cast.administrator).valid_to == date(2026, 6, 9)


def test_an_administrator_without_a_usable_account_does_not_count(cast: Cast):
    second = actions.create_person(name="丁备份", staff_no="T600", by=None)
    actions.appoint(
        person=second,
        role=Role.ADMINISTRATOR,
        title="备岗",
        unit=cast.district,
        by=cast.administrator,
        valid_from=START,
    )
    actions.appoint(
        person=cast.outsider.person,
        role=Role.ADMINISTRATOR,
        title="备岗",
        unit=cast.district,
        by=cast.administrator,
        valid_from=START,
    )
    actions.set_account_active(user=cast.outsider, active=False, by=cast.administrator)
    post = Post.objects.get(title="系统管理员")
    with pytest.raises(Refused, match="最后一名"):
        actions.people.check_administrator_remains(TODAY, leaving=[held_by(cast.administrator).pk])
    with pytest.raises(Refused):
        actions.change_post(post=post, title="技术员", role=Role.AUDITOR, by=cast.administrator)


def test_nobody_gives_a_post_to_themselves(cast: Cast):
    with pytest.raises(Refused, match="本人"):
        actions.appoint(
            person=cast.administrator.person,
            role=Role.OFFICE,
            title="主任",
            unit=cast.district,
            by=cast.administrator,
        )


def test_only_an_administrator_makes_administrators(cast: Cast):
    with pytest.raises(Refused, match="账号由系统管理员维护"):
        actions.appoint(
            person=cast.clerk.person,
            role=Role.ADMINISTRATOR,
            title="管理员",
            unit=cast.district,
            by=cast.office,
        )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"unit": None}, "请选其一"),
        ({"role": "king"}, "不在可选范围"),
        ({"title": " "}, "职务名称"),
        ({"role": "unit_clerk", "title": "纪检干事"}, "已任"),
    ],
)
def test_an_appointment_with_nonsense_is_turned_away(cast: Cast, given: dict[str, Any], words: str):
    values = {"person": cast.clerk.person, "role": "unit_head", "title": "书记", "unit": cast.street, **given}
    with pytest.raises(BadInput, match=words):
        actions.appoint(by=cast.office, **values)


def test_a_post_changed_in_role_changes_what_its_holder_may(cast: Cast):
    post = held_by(cast.clerk).post
    actions.change_post(post=post, title="纪检委员", role=Role.HEAD, by=cast.office)
    vars(cast.clerk).pop("_holdings", None)
    assert roles(cast.clerk) == {Role.HEAD}
    assert Event.objects.filter(kind="post.changed").count() == 1


def test_the_first_day_can_be_corrected(cast: Cast):
    row = held_by(cast.clerk)
    actions.change_appointment(appointment=row, valid_from=date(2025, 7, 1), by=cast.office)
    assert held_by(cast.clerk).valid_from == date(2025, 7, 1)
    actions.end_appointment(appointment=row, last_day=TODAY, by=cast.office)
    with pytest.raises(BadInput, match="晚于免职日期"):
        actions.change_appointment(appointment=row, valid_from=TODAY + timedelta(days=1), by=cast.office)


def test_two_of_one_name_differ_in_staff_number(cast: Cast):
    second = actions.create_person(name="林晓禾", staff_no=" T700 ", by=cast.office)
    assert Person.objects.filter(name="林晓禾").count() == 2 and second.staff_no == "T700"
    with pytest.raises(BadInput, match="已登记"):
        actions.create_person(name="别人", staff_no="T700", by=cast.office)
    actions.rename_person(person=second, name="林小禾", by=cast.office)
    assert Person.objects.get(staff_no="T700").name == "林小禾"


@pytest.mark.parametrize("who", ["clerk", "head", "leader", "auditor", "outsider"])
def test_only_the_office_and_the_administrator_appoint(cast: Cast, who: str):
    with pytest.raises(Refused):
        actions.appoint(
            person=cast.outsider.person,
            role="unit_clerk",
            title="干事",
            unit=cast.street,
            by=getattr(cast, who),
        )


def test_a_group_oversees_a_unit_once_at_a_time(cast: Cast):
    with pytest.raises(BadInput, match="已在监督"):
        actions.oversee(group=cast.committee, unit=cast.street, by=cast.office)
    row = GroupOversight.objects.get(group=cast.committee, unit=cast.street)
    actions.end_oversight(oversight=row, last_day=TODAY - timedelta(days=1), by=cast.office)
    actions.oversee(group=cast.committee, unit=cast.street, by=cast.office)
    assert GroupOversight.objects.filter(group=cast.committee, unit=cast.street).count() == 2
    with pytest.raises(BadInput, match="已于2026-06-09结束"):
        actions.end_oversight(oversight=row, last_day=TODAY, by=cast.office)


def test_a_group_ends_when_its_people_have_left(cast: Cast):
    with pytest.raises(BadInput, match="还有2人在任"):
        actions.end_group(group=cast.governance, last_day=TODAY, by=cast.office)
    for user in (cast.inspector, cast.second_inspector):
        actions.end_appointment(appointment=held_by(user), last_day=TODAY, by=cast.office)
    actions.end_group(group=cast.governance, last_day=TODAY, by=cast.office)
    assert not Group.objects.on(TODAY + timedelta(days=1)).filter(pk=cast.governance.pk).exists()
    assert not GroupOversight.objects.on(TODAY + timedelta(days=1)).filter(group=cast.governance).exists()
    with pytest.raises(BadInput, match="已于"):
        actions.end_group(group=cast.governance, last_day=TODAY, by=cast.office)


def test_a_group_is_renamed_and_its_code_stays_taken(cast: Cast):
    actions.rename_group(group=cast.governance, name="第一小组", by=cast.office)
    assert cast.governance.short_name == "第一小组"
    with pytest.raises(BadInput, match="不能重复使用"):
        actions.create_group(
            code="G3", name="又一组", kind="task_force", home_unit=cast.district, by=cast.office
        )
