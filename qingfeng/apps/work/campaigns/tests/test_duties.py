"""Duties are triggered, amended, waived and voided."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.actions import duties, start
from qingfeng.apps.work.campaigns.bearers import Bearers, infer
from qingfeng.apps.work.campaigns.models import Campaign, Duty, Obligation
from tests.cast import Cast

ON = date(2026, 6, 8)


@pytest.fixture
def upon_letter(running: Campaign) -> Obligation:
    return Obligation.objects.get(campaign=running, what="整改结果")


@pytest.fixture
def duty(cast: Cast, running: Campaign) -> Duty:
    """The street's monthly form of June, due on the 20th."""
    return Duty.objects.get(
        campaign=running, unit=cast.street, obligation__is_monthly_form=True, period_start=date(2026, 6, 1)
    )


def last_event(subject: str) -> Event:
    return Event.objects.filter(subject=subject).order_by("-pk")[0]


def test_days_of_a_trigger_are_calendar_days(cast: Cast, upon_letter: Obligation) -> None:
    made = duties.trigger_obligation(
        obligation=upon_letter, bearer=cast.street, on=ON, by=cast.office, occasion="整改通知2号"
    )
    assert (made.due, made.first_due, made.occasion) == (date(2026, 7, 8), date(2026, 7, 8), "整改通知2号")
    assert last_event(made.subject).kind == "duty.triggered"


def test_working_days_of_a_trigger_skip_the_holiday(cast: Cast, running: Campaign) -> None:
    laid = duties.add_obligation(
        campaign=running,
        by=cast.office,
        data={
            "what": "报送情况说明",
            "trigger": "收到函后5个工作日内",
            "on_demand": True,
            "wants_electronic": True,
            "bearers": [{"kind": "units"}],
        },
    )
    made = duties.trigger_obligation(
        obligation=laid[0], bearer=cast.street, on=date(2026, 6, 10), by=cast.office
    )
    assert made.due == date(2026, 6, 17)


def test_the_same_event_is_entered_once(cast: Cast, upon_letter: Obligation) -> None:
    duties.trigger_obligation(obligation=upon_letter, bearer=cast.street, on=ON, by=cast.clerk)
    with pytest.raises(BadInput, match="已登记"):
        duties.trigger_obligation(obligation=upon_letter, bearer=cast.street, on=ON, by=cast.office)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("office", True),
        ("clerk", True),
        ("head", True),
        ("sister_clerk", False),
        ("inspector", False),
        ("leader", False),
        ("auditor", False),
        ("outsider", False),
    ],
)
def test_an_event_is_entered_by_the_office_or_the_bearer(
    cast: Cast, upon_letter: Obligation, who: str, allowed: bool
) -> None:
    given = {"obligation": upon_letter, "bearer": cast.street, "on": ON, "by": getattr(cast, who)}
    if allowed:
        assert duties.trigger_obligation(**given).unit == cast.street
    else:
        with pytest.raises(Refused):
            duties.trigger_obligation(**given)


def test_an_event_to_come_and_a_missing_limit_are_refused(
    cast: Cast, running: Campaign, upon_letter: Obligation
) -> None:
    with pytest.raises(BadInput, match="还没有到"):
        duties.trigger_obligation(
            obligation=upon_letter, bearer=cast.street, on=date(2026, 6, 11), by=cast.office
        )
    plain = Obligation.objects.get(campaign=running, what="召开例会")
    with pytest.raises(BadInput, match="没有写明期限"):
        duties.trigger_obligation(obligation=plain, bearer=cast.street, on=ON, by=cast.office)
    given = duties.trigger_obligation(
        obligation=plain, bearer=cast.street, on=date(2026, 6, 9), by=cast.office, due=date(2026, 6, 30)
    )
    assert given.due == date(2026, 6, 30)


def test_a_due_date_is_changed_with_the_reason_and_the_first_stays(cast: Cast, duty: Duty) -> None:
    duties.amend_duty(duty=duty, due=date(2026, 6, 25), reason="系统停机", by=cast.office)
    assert (duty.due, duty.first_due) == (date(2026, 6, 25), date(2026, 6, 20))
    event = last_event(duty.subject)
    assert event.kind == "duty.amended" and "系统停机" in event.payload.content
    duties.amend_duty(duty=duty, due=date(2026, 6, 25), reason="系统停机", by=cast.office)
    assert Event.objects.filter(subject=duty.subject, kind="duty.amended").count() == 1


@pytest.mark.parametrize(
    "who", ["clerk", "head", "inspector", "secretary", "leader", "auditor", "administrator"]
)
def test_only_the_office_amends_and_waives(cast: Cast, duty: Duty, who: str) -> None:
    person = getattr(cast, who)
    with pytest.raises(Refused):
        duties.amend_duty(duty=duty, due=date(2026, 6, 25), reason="忙", by=person)
    with pytest.raises(Refused):
        duties.waive(duty=duty, reason="忙", by=person)
    with pytest.raises(Refused):
        duties.void_obligation(obligation=duty.obligation, reason="忙", by=person)


def test_a_reason_is_always_asked(cast: Cast, duty: Duty) -> None:
    for attempt in (
        lambda: duties.waive(duty=duty, reason=" ", by=cast.office),
        lambda: duties.amend_duty(duty=duty, due=date(2026, 7, 1), reason="", by=cast.office),
        lambda: duties.void_obligation(obligation=duty.obligation, reason="", by=cast.office),
    ):
        with pytest.raises(BadInput, match="理由"):
            attempt()


def test_waived_is_waived_once(cast: Cast, duty: Duty) -> None:
    duties.waive(duty=duty, reason="当月无基层单位", by=cast.office)
    duty.refresh_from_db()
    assert (duty.waived_by, duty.waived_reason) == (cast.office, "当月无基层单位")
    with pytest.raises(Refused, match="免报"):
        duties.waive(duty=duty, reason="再来", by=cast.office)


def test_a_voided_obligation_releases_whoever_still_owed_it(cast: Cast, duty: Duty) -> None:
    duties.void_obligation(obligation=duty.obligation, reason="改为季报", by=cast.office)
    rows = Duty.objects.filter(obligation=duty.obligation)
    assert {row.waived_reason for row in rows} == {"改为季报"}
    with pytest.raises(Refused, match="已撤销"):
        duties.void_obligation(obligation=duty.obligation, reason="改为季报", by=cast.office)


def test_an_added_obligation_is_owed_from_today_on(cast: Cast, running: Campaign) -> None:
    laid = duties.add_obligation(
        campaign=running,
        by=cast.office,
        data={
            "what": "报送宣传稿",
            "recurrence": {"every": "month", "day": 5},
            "wants_electronic": True,
            "bearers": [{"kind": "units", "classes": ["street"]}, {"kind": "office"}],
        },
    )
    assert [one.bearer_kind for one in laid] == ["units", "office"]
    rows = Duty.objects.filter(obligation__in=laid)
    assert {row.bearer for row in rows} == {cast.street, cast.sister, cast.office_group}
    assert min(row.due for row in rows) == date(2026, 7, 5)


def test_a_single_date_moves_for_all_who_still_owe_it(cast: Cast, running: Campaign) -> None:
    obligation = Obligation.objects.get(campaign=running, what="本单位方案")
    duties.amend_obligation(obligation=obligation, due=date(2026, 6, 15), reason="会议推迟", by=cast.office)
    assert {row.due for row in Duty.objects.filter(obligation=obligation)} == {date(2026, 6, 15)}
    rhythm = Obligation.objects.get(campaign=running, what="召开例会")
    with pytest.raises(BadInput, match="逐期"):
        duties.amend_obligation(obligation=rhythm, due=date(2026, 6, 15), reason="会议推迟", by=cast.office)


def test_other_bearers_take_over_what_is_still_to_come(cast: Cast, running: Campaign) -> None:
    obligation = Obligation.objects.get(campaign=running, what="推进专项治理工作情况")
    only_streets = Bearers("units", ("street",))
    duties.amend_obligation(obligation=obligation, bearers=only_streets, reason="部门另报", by=cast.office)
    rows = Duty.objects.filter(obligation=obligation, unit=cast.department)
    assert {row.due.month for row in rows if row.waived_at is None} == {5}
    assert not Duty.objects.filter(obligation=obligation, unit=cast.street, waived_at__isnull=False).exists()


def test_a_class_below_those_who_take_part_is_reached(cast: Cast, running: Campaign) -> None:
    data = {"what": "张贴海报", "due": "2026-06-30", "wants_electronic": True}
    laid = duties.add_obligation(
        campaign=running,
        by=cast.office,
        data={**data, "bearers": [{"kind": "units", "classes": ["community"]}]},
    )
    assert [row.unit for row in Duty.objects.filter(obligation=laid[0])] == [cast.community]
    named = duties.add_obligation(
        campaign=running,
        by=cast.office,
        data={**data, "what": "汇总", "bearers": [{"kind": "units", "names": ["区水务局"]}]},
    )
    assert [row.unit for row in Duty.objects.filter(obligation=named[0])] == [cast.department]


def test_units_that_ended_owe_nothing_new(cast: Cast, running: Campaign) -> None:
    gone = orgs.create_unit(
        code="990160",
        name="区临时机构",
        kind="department",
        parent=cast.district,
        by=None,
        valid_from=date(2026, 1, 1),
    )
    start.add_unit(campaign=running, unit=gone, by=cast.office)
    orgs.end_unit(unit=gone, last_day=date(2026, 6, 9), by=cast.office)
    laid = duties.add_obligation(
        campaign=running,
        by=cast.office,
        data={
            "what": "张贴海报",
            "due": "2026-06-30",
            "wants_electronic": True,
            "bearers": [{"kind": "units"}],
        },
    )
    assert {row.unit for row in Duty.objects.filter(obligation=laid[0])} == {
        cast.street,
        cast.sister,
        cast.department,
    }


GROUPS = [
    {"name": "宣传报道组", "kind": "work_group", "count": 1},
    {"name": "专项治理小组", "kind": "governance_group", "count": 8},
]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (["各街道各部门"], [("units", ("street", "department"), ())]),
        (["各街道", "各部门"], [("units", ("street", "department"), ())]),
        (["各单位"], [("units", (), ())]),
        (["各街道", "各责任单位"], [("units", (), ())]),
        (["各社区"], [("units", ("community",), ())]),
        (["区水务局"], [("units", (), ("区水务局",))]),
        (["各专项治理小组"], [("groups", ("governance_group",), ())]),
        (["专项治理小组"], [("groups", ("governance_group",), ())]),
        (["各工作组", "专项治理小组"], [("groups", ("work_group", "governance_group"), ())]),
        (["宣传报道组"], [("groups", (), ("宣传报道组",))]),
        (["各街道纪工委"], [("groups", ("street_discipline_committee",), ())]),
        (["专项治理领导小组办公室"], [("office", (), ())]),
        (["镇整治办"], [("office", (), ())]),
        (["县专项办"], [("office", (), ())]),
        (["局办公室"], [("units", (), ("局办公室",))]),
        (["各县（市）住建局"], [("units", ("department",), ())]),
        (["各学校（幼儿园）"], [("units", (), ())]),
        (["区水务局", "各所属企业"], [("units", (), ())]),
        (["全体教师"], [("units", (), ())]),
        (["县级主管部门"], [("units", ("department",), ())]),
        (["各督导检查组"], [("groups", ("guidance_team",), ())]),
        (["各街道", "宣传报道组"], [("units", ("street",), ()), ("groups", (), ("宣传报道组",))]),
    ],
)
def test_who_the_plan_means(who: list[str], expected: list[tuple]) -> None:
    assert [(one.kind, one.classes, one.names) for one in infer(who, GROUPS)] == expected
