"""Units come, change their name or place, and go."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.models import Appointment, GroupOversight, Unit, UnitClosure
from qingfeng.apps.base.orgs.visibility import reaches
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import BadInput, Conflict, Refused
from tests.cast import START, TODAY, Cast


def last_event(subject: object) -> Event:
    return Event.objects.filter(subject=subject.subject).order_by("-pk").first()  # type: ignore[attr-defined]


def ancestors(unit: Unit) -> dict[str, int]:
    return dict(UnitClosure.objects.filter(descendant=unit).values_list("ancestor__name", "depth"))


def test_a_new_unit_is_below_all_that_are_above_its_parent(cast: Cast):
    window = actions.create_unit(
        code="990101001-1", name="柳荫社区服务窗口", kind="window", parent=cast.community, by=cast.office
    )
    assert ancestors(window) == {"清河区": 3, "临江街道": 2, "柳荫社区": 1, "柳荫社区服务窗口": 0}
    assert last_event(window).kind == "unit.created"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"code": "990101"}, "已用于“临江街道”"),
        ({"code": " "}, "都要填写"),
        ({"kind": "village"}, "不在可选范围内"),
        ({"kind": "district"}, "不能有上级单位"),
        ({"parent": None}, "只有区县可以没有"),
    ],
)
def test_a_unit_with_nonsense_is_turned_away_in_words(cast: Cast, given: dict[str, object], words: str):
    values = {"code": "990999", "name": "新街道", "kind": "street", "parent": cast.district, **given}
    with pytest.raises(BadInput, match=words):
        actions.create_unit(by=cast.administrator, **values)
    assert not Unit.objects.filter(name="新街道").exists()


def test_the_code_of_a_dissolved_unit_is_not_given_again(cast: Cast):
    actions.end_unit(unit=cast.community, last_day=TODAY, by=cast.office)
    with pytest.raises(BadInput, match="不能重复使用"):
        actions.create_unit(
            code=cast.community.code, name="新社区", kind="community", parent=cast.street, by=cast.office
        )


def test_nothing_is_set_up_below_a_dissolved_unit(cast: Cast):
    actions.end_unit(unit=cast.community, last_day=date(2026, 5, 31), by=cast.office)
    with pytest.raises(BadInput, match="已于2026-05-31撤销"):
        actions.create_unit(code="9", name="窗口", kind="window", parent=cast.community, by=cast.office)


def test_a_renamed_unit_keeps_its_old_name_in_the_event(cast: Cast):
    actions.rename_unit(unit=cast.street, name="滨江街道", short_name="", by=cast.office)
    assert cast.street.short_name == "滨江街道"
    assert json.loads(last_event(cast.street).payload.content)["changed"]["name"] == {
        "from": "临江街道",
        "to": "滨江街道",
    }


def test_a_moved_unit_takes_all_below_it_along(cast: Cast):
    window = actions.create_unit(code="W1", name="窗口", kind="window", parent=cast.community, by=None)
    actions.move_unit(unit=cast.community, parent=cast.sister, by=cast.office)
    assert ancestors(window) == {"清河区": 3, "望山街道": 2, "柳荫社区": 1, "窗口": 0}
    assert reaches(cast.sister_clerk, window) and not reaches(cast.clerk, window)
    assert last_event(cast.community).kind == "unit.moved"


def test_a_unit_cannot_move_below_itself_nor_stay_by_moving(cast: Cast):
    with pytest.raises(BadInput, match="不能作为上级"):
        actions.move_unit(unit=cast.street, parent=cast.community, by=cast.office)
    with pytest.raises(BadInput, match="本来就是"):
        actions.move_unit(unit=cast.community, parent=cast.street, by=cast.office)
    assert ancestors(cast.community) == {"清河区": 2, "临江街道": 1, "柳荫社区": 0}


def test_a_district_does_not_move(cast: Cast):
    with pytest.raises(BadInput, match="没有上级单位"):
        actions.move_unit(unit=cast.district, parent=cast.street, by=cast.administrator)


def test_two_who_change_one_unit_do_not_overwrite_each_other(cast: Cast):
    stale = Unit.objects.get(pk=cast.street.pk)
    actions.rename_unit(unit=cast.street, name="滨江街道", short_name="", by=cast.office)
    with pytest.raises(Conflict, match="周文渊"):
        actions.rename_unit(unit=stale, name="沿江街道", short_name="", by=cast.office_second)


def test_a_unit_is_dissolved_only_when_people_and_units_have_left(cast: Cast):
    with pytest.raises(BadInput, match="下属单位1个") as caught:
        actions.end_unit(unit=cast.street, last_day=TODAY, by=cast.office)
    assert "2人仍在任" in str(caught.value) and "组1个" in str(caught.value)


def test_oversight_of_a_dissolved_unit_ends_with_it(cast: Cast):
    actions.oversee(group=cast.governance, unit=cast.community, by=cast.office, valid_from=START)
    actions.end_unit(unit=cast.community, last_day=TODAY, by=cast.office)
    assert GroupOversight.objects.get(unit=cast.community).valid_to == TODAY
    assert cast.community.valid_to == TODAY
    with pytest.raises(BadInput, match="已于2026-06-10撤销"):
        actions.end_unit(unit=cast.community, last_day=TODAY, by=cast.office)


def test_what_was_entered_wrongly_is_corrected_with_an_event(cast: Cast):
    actions.correct_unit(unit=cast.community, kind="station", order=3, by=cast.office)
    assert (cast.community.kind, cast.community.order) == ("station", 3)
    before = Event.objects.count()
    actions.correct_unit(unit=cast.community, kind="station", order=3, by=cast.office)
    assert Event.objects.count() == before


@pytest.mark.parametrize("who", ["clerk", "head", "leader", "auditor", "inspector", "outsider"])
def test_only_the_office_and_the_administrator_change_units(cast: Cast, who: str):
    with pytest.raises(Refused, match="由专治办或系统管理员维护"):
        actions.rename_unit(unit=cast.street, name="甲", short_name="", by=getattr(cast, who))


def test_an_office_changes_nothing_outside_its_reach(cast: Cast):
    actions.appoint(
        person=cast.outsider.person,
        role="campaign_office",
        title="专治办干事",
        unit=cast.street,
        by=cast.administrator,
    )
    actions.rename_unit(unit=cast.community, name="柳荫新村", short_name="", by=cast.outsider)
    with pytest.raises(Refused, match="不在您单位的管理范围内"):
        actions.rename_unit(unit=cast.sister, name="甲", short_name="", by=cast.outsider)
    with pytest.raises(Refused, match="区县由系统管理员设立"):
        actions.create_unit(code="8", name="某区", kind="district", parent=None, by=cast.outsider)


def test_appointments_of_a_dissolved_unit_cannot_begin(cast: Cast):
    actions.end_unit(unit=cast.community, last_day=date(2026, 6, 1), by=cast.office)
    with pytest.raises(BadInput, match="不能再任职"):
        actions.appoint(
            person=cast.outsider.person, role="unit_clerk", title="干事", unit=cast.community, by=cast.office
        )
    assert not Appointment.objects.filter(person=cast.outsider.person).exists()
