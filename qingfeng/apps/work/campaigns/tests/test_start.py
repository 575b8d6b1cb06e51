"""A reviewed plan becomes a running campaign with every duty it lays on anybody."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.apps.base.orgs.models import Group
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns import slots
from qingfeng.apps.work.campaigns.actions import plans, start
from qingfeng.apps.work.campaigns.models import (
    Campaign,
    CampaignGroup,
    CampaignUnit,
    DraftItem,
    Duty,
    Obligation,
    Plan,
    PlanState,
    Stage,
)
from qingfeng.apps.work.campaigns.tests.drafts import keep_plan
from tests.cast import Cast

BEGIN = date(2026, 5, 11)


def started(cast: Cast, plan: Plan, on: date = BEGIN, **given: object) -> Campaign:
    with clock.on(on):
        plans.accept_all(plan=plan, by=cast.office)
        return start.start(plan=plan, by=cast.office, **given)  # type: ignore[arg-type]


def test_the_campaign_stands_with_its_parts(cast: Cast, running: Campaign) -> None:
    assert (running.starts_on, running.ends_on, running.issuer) == (BEGIN, date(2026, 12, 31), "清河区纪委")
    assert (running.office, running.cut_off_day, running.shifted_days) == (cast.office_group, 20, 0)
    assert [stage.name for stage in Stage.objects.filter(campaign=running)] == [
        "动员部署",
        "自查自纠",
        "整改落实",
    ]
    joined = {row.unit for row in CampaignUnit.objects.filter(campaign=running)}
    assert joined == {cast.street, cast.sister, cast.department}
    assert Plan.objects.get(pk=running.plan_id).state == PlanState.STARTED


@pytest.mark.parametrize(
    ("what", "bearers", "dues"),
    [
        ("本单位方案", 3, ["2026-05-25"]),
        ("推进专项治理工作情况", 3, [f"2026-{month:02d}-20" for month in range(5, 13)]),
        (
            "召开例会",
            3,
            [
                "2026-05-24",
                "2026-05-31",
                "2026-06-07",
                "2026-06-14",
                "2026-06-21",
                "2026-06-28",
                "2026-06-30",
            ],
        ),
        ("梳理本季度工作情况", 1, ["2026-06-28", "2026-09-28", "2026-12-28"]),
        (
            "召开联席会议",
            1,
            [
                "2026-05-31",
                "2026-06-30",
                "2026-07-31",
                "2026-08-31",
                "2026-09-30",
                "2026-10-31",
                "2026-11-30",
                "2026-12-31",
            ],
        ),
        ("整改结果", 0, []),
    ],
)
def test_each_obligation_lays_its_duties(running: Campaign, what: str, bearers: int, dues: list[str]) -> None:
    rows = Duty.objects.filter(campaign=running, obligation__what=what)
    assert sorted({duty.due.isoformat() for duty in rows}) == dues
    assert rows.count() == bearers * len(dues)


def test_the_monthly_form_is_known(running: Campaign) -> None:
    assert Obligation.objects.get(campaign=running, is_monthly_form=True).what == "推进专项治理工作情况"


def test_eight_unnamed_groups_are_one_row_of_count_eight(cast: Cast, running: Campaign) -> None:
    group = CampaignGroup.objects.get(campaign=running, kind="governance_group")
    assert (group.count, list(group.groups.all())) == (8, [cast.governance])
    assert Group.objects.filter(kind="governance_group").count() == 1


def test_groups_are_made_by_explicit_choice_with_numbers(cast: Cast, plan: Plan) -> None:
    campaign = started(cast, plan, create_groups=True)
    group = CampaignGroup.objects.get(campaign=campaign, kind="governance_group")
    assert [one.name for one in group.groups.order_by("code")] == [f"专项治理小组{n}" for n in range(1, 9)]
    assert Duty.objects.filter(campaign=campaign, obligation__what="梳理本季度工作情况").count() == 8 * 3


def test_no_more_groups_are_linked_than_the_plan_counts(cast: Cast, plan: Plan) -> None:
    item = DraftItem.objects.get(plan=plan, data__name="专项治理领导小组")
    with pytest.raises(BadInput, match="不能对应2个组"):
        started(cast, plan, groups={item.pk: [cast.governance, cast.committee]})


def test_an_item_not_decided_stops_the_start(cast: Cast, plan: Plan) -> None:
    with pytest.raises(BadInput, match="还有17项没有核对"):
        start.start(plan=plan, by=cast.office)
    assert not Campaign.objects.exists()


def test_an_incomplete_item_is_named(cast: Cast) -> None:
    stages = [
        {
            "number": 1,
            "name": "动员部署",
            "kind": "mobilization",
            "start": None,
            "end": "2026-05-20",
            "line": 2,
        }
    ]
    with pytest.raises(BadInput) as refused:
        started(cast, keep_plan(cast, stages=stages))
    assert refused.value.places == ["阶段“动员部署”：“开始”不对：要填写日期。"]


def test_a_number_borne_twice_is_named(cast: Cast) -> None:
    contents = [{"number": 1, "title": title, "text": "", "line": 1} for title in ("甲", "乙")]
    with pytest.raises(BadInput) as refused:
        started(cast, keep_plan(cast, contents=contents))
    assert refused.value.places == ["治理内容的序号1出现2次，请改正。"]


def test_a_plan_without_dates_takes_them_from_its_stages_or_asks(cast: Cast) -> None:
    none = {"start": None, "end": None}
    assert started(cast, keep_plan(cast, period=none)).ends_on == date(2026, 9, 30)
    with pytest.raises(BadInput, match="没有写明起止日期"):
        started(cast, keep_plan(cast, period=none, stages=[]))


@pytest.mark.parametrize(
    "who", ["clerk", "head", "inspector", "leader", "auditor", "administrator", "outsider"]
)
def test_only_the_office_starts(cast: Cast, plan: Plan, who: str) -> None:
    plans.accept_all(plan=plan, by=cast.office)
    with pytest.raises(Refused):
        start.start(plan=plan, by=getattr(cast, who))


def test_a_plan_starts_once(cast: Cast, running: Campaign) -> None:
    with pytest.raises(Refused, match="已按本方案启动"):
        start.start(plan=running.plan, by=cast.office)
    assert Campaign.objects.count() == 1


def test_the_start_leaves_its_events_in_the_campaigns_stream(running: Campaign) -> None:
    kinds = set(Event.objects.filter(stream__key=f"campaign:{running.pk}").values_list("kind", flat=True))
    assert {
        "campaign.started",
        "stage.set",
        "content.set",
        "campaign_unit.joined",
        "obligation.set",
        "duty.laid",
    } <= kinds


def test_higher_apps_are_called_within_the_start(
    cast: Cast, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = []
    monkeypatch.setattr(
        slots.campaign_started, "_fillers", [lambda *, campaign, by: called.append((campaign, by))]
    )
    campaign = started(cast, plan)
    assert called == [(campaign, cast.office)]


def test_a_plan_of_a_past_year_must_be_moved(cast: Cast, plan: Plan) -> None:
    with pytest.raises(BadInput, match="平移"):
        started(cast, plan, on=date(2027, 3, 1))


def test_moved_by_whole_months_dates_keep_their_day(cast: Cast, plan: Plan) -> None:
    campaign = started(cast, plan, on=date(2027, 3, 1), shift_to=date(2027, 3, 11))
    assert (campaign.starts_on, campaign.ends_on) == (date(2027, 3, 11), date(2027, 10, 31))
    assert campaign.shifted_days == 304
    assert [(s.starts_on, s.ends_on) for s in Stage.objects.filter(campaign=campaign)][1] == (
        date(2027, 3, 21),
        date(2027, 4, 30),
    )
    assert Duty.objects.filter(campaign=campaign, obligation__what="本单位方案").first().due == date(
        2027, 3, 25
    )  # type: ignore[union-attr]


def test_the_rule_for_days_off_moves_the_due_date_and_keeps_the_documents(cast: Cast, plan: Plan) -> None:
    campaign = started(cast, plan, day_off_rule="before")
    june = Duty.objects.filter(
        obligation__is_monthly_form=True, campaign=campaign, period_start=date(2026, 6, 1)
    )
    assert {(duty.first_due, duty.due) for duty in june} == {(date(2026, 6, 20), date(2026, 6, 18))}


def test_a_year_without_holidays_loaded_is_refused_unless_dates_are_kept(cast: Cast, plan: Plan) -> None:
    with pytest.raises(BadInput, match="2091年的放假安排"):
        started(cast, plan, shift_to=date(2091, 5, 11), day_off_rule="after")
    plan = Plan.objects.get(pk=plan.pk)
    assert started(cast, plan, shift_to=date(2091, 5, 11)).starts_on == date(2091, 5, 11)


def test_a_unit_that_joins_owes_what_falls_due_from_then_on(cast: Cast, running: Campaign) -> None:
    start.add_unit(campaign=running, unit=cast.community, by=cast.office)
    assert not Duty.objects.filter(
        unit=cast.community
    ).exists()  # streets and departments bear these, no community
    with pytest.raises(BadInput, match="已参加"):
        start.add_unit(campaign=running, unit=cast.community, by=cast.office)


def test_a_street_that_joins_late_owes_no_past_dates(cast: Cast, plan: Plan) -> None:
    campaign = started(cast, plan, units=[cast.street])
    start.add_unit(campaign=campaign, unit=cast.sister, by=cast.office)
    dues = Duty.objects.filter(unit=cast.sister).values_list("due", flat=True)
    assert (
        min(dues) == date(2026, 6, 14)
        and Duty.objects.filter(unit=cast.sister, due__lt=clock.today()).count() == 0
    )


def test_groups_linked_later_owe_from_then_on(
    cast: Cast, running: Campaign, governance_groups: CampaignGroup
) -> None:
    start.link_groups(
        campaign_group=governance_groups, groups=[cast.governance, cast.committee], by=cast.office
    )
    rows = Duty.objects.filter(group=cast.committee)
    assert [duty.due.isoformat() for duty in rows] == ["2026-06-28", "2026-09-28", "2026-12-28"]
    assert Duty.objects.filter(group=cast.governance).count() == 3


def test_an_ended_campaign_takes_nothing_more(cast: Cast, running: Campaign) -> None:
    start.end(campaign=running, by=cast.office)
    with pytest.raises(Refused, match="已结束"):
        start.add_unit(campaign=running, unit=cast.community, by=cast.office)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("清河区开展窗口服务专项治理实施方案", "窗口服务专项治理"),
        ("关于印发《清河区集中整治方案》的通知", "清河区集中整治"),
        ("石桥镇整治村级小微权力运行问题工作方案", "石桥镇整治村级小微权力运行问题"),
        ("2026年工作方案", "2026年工作方案"),
    ],
)
def test_a_campaign_is_called_by_what_it_governs(title: str, short: str) -> None:
    assert start.short_title_of(title) == short
