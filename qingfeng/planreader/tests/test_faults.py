"""Every fault code has a plan that shows it; a clean plan shows none."""

from datetime import date

import pytest

from qingfeng.planreader.faults import CODES
from qingfeng.planreader.model import Draft
from qingfeng.planreader.tests.made_up import FOOT, HEAD, STEPS, plan

FORMS = """
附件：1.问题台账
      2.统计表

岭水县纪委监委
2026年3月25日

附件1
问题台账
序号\t问题\t责任单位\t整改措施

附件2
统计表
填报单位：        填报时间：
问题数：        整改数：
"""
CITED = "各单位填写问题台账（附件1）和统计表（附件2）。"
PLANTED: dict[str, Draft] = {
    "attachment_missing": plan(
        rest="各单位填写台账（附件1）、统计表（附件2）和月报表（附件5）。", foot=FORMS
    ),
    "attachment_uncited": plan(
        rest="各单位填写台账（附件1）。", foot=FORMS.replace("2.统计表", "2.情况汇总表")
    ),
    "duty_undefined": plan(rest="要充分利用周例会、周报告等制度。\n综合组每周召开一次例会。"),
    "date_incomplete": plan(rest="督导组于6月上旬至10下旬开展检查。"),
    "date_impossible": plan(rest="各单位于6月31日前报送总结。"),
    "year_unknown": plan(steps=STEPS.replace("2026年", ""), rest="各单位于4月15日前报送方案。", foot=""),
    "stages_overlap": plan(steps=STEPS.replace("4月21日至10月30日", "4月11日至10月30日")),
    "days_uncovered": plan(steps=STEPS.replace("2026年11月1日至", "2026年11月11日至")),
    "due_outside_stage": plan(steps=STEPS.replace("各单位要认真组织学习。", "各单位于4月30日前报送方案。")),
    "due_on_day_off": plan(rest="各单位于6月21日前报送总结。"),
    "body_two_names": plan(
        rest="各单位于6月12日前将总结报县纪委监委宣传部。\n各单位于7月10日前将方案报县纪委宣传部。"
    ),
    "groups_unnamed": plan(rest="领导小组下设6个督导组，分片负责。"),
    "count_mismatch": plan(steps=STEPS.replace("分三个阶段", "分四个阶段")),
    "numbering_broken": plan(rest="（一）加强领导。\n（三）加强宣传。"),
    "outdated_words": plan(rest="县监察局要加强监督。"),
    "person_named": plan(rest="领导小组组长由县委书记赵明同志担任。"),
    "still_draft": plan(head=HEAD.replace("工作方案\n", "工作方案（征求意见稿）\n", 1)),
}


def codes(draft: Draft) -> list[str]:
    """The codes of a draft, each once."""
    return sorted({fault.code for fault in draft.faults})


def test_every_code_of_the_closed_list_is_planted_here() -> None:
    assert sorted(PLANTED) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_planted_fault_is_reported_alone_with_its_line(code: str) -> None:
    draft = PLANTED[code]
    assert codes(draft) == [code]
    for fault in draft.faults:
        assert fault.message.endswith("。") and "；" in fault.message, fault.message
        assert fault.lines and all(number > 0 for number in fault.lines)


@pytest.mark.parametrize(
    "rest",
    [
        "各单位每月25日前报送进展，6月12日前报送小结。",
        CITED,
        "成立领导小组，由县委书记任组长。领导小组下设综合组、督查组两个工作组。",
        "建立月调度制度。县整治办每月召开一次调度会。",
        "实行周调度、月通报制度。县整治办每周调度一次，每月通报一次。",
        "一是加强领导。二是加强宣传。三是加强保障。",
        "（一）加强领导。\n1.县委负总责。\n2.部门配合。\n（二）加强宣传。\n1.开设专栏。\n2.公布电话。",
        "县住房和城乡建设局（以下简称县住建局）于6月12日前报送总结。县住建局每月通报一次。",
        "围绕两个整治重点开展工作。",
        "县市场监督管理局（原工商局）负责受理投诉。",
        "各单位要明确责任人，于4月底前报送名单。",
        "联系单位：县纪委监委党风政风监督室，电话：0000-1234567。",
    ],
)
def test_a_clean_plan_has_no_fault(rest: str) -> None:
    assert codes(plan(rest=rest, foot=FORMS if rest == CITED else FOOT)) == []


def test_a_gap_of_days_off_only_is_none() -> None:
    steps = STEPS.replace("2026年4月1日至4月20日", "2026年4月1日至4月17日").replace(
        "4月21日至10月30日", "4月20日至10月30日"
    )
    assert codes(plan(steps=steps.replace("2026年4月21日", "2026年4月20日"))) == []


def test_a_year_without_holiday_data_never_stops_reading() -> None:
    draft = plan(steps=STEPS.replace("2026", "2061"), rest="各单位于6月12日前报送总结。", foot="")
    assert [item.due for item in draft.obligations] == [date(2061, 6, 12)]
    assert "due_on_day_off" not in codes(draft)


def test_names_of_persons_stand_nowhere_but_in_quotes() -> None:
    draft = plan(
        rest="成立领导小组，组长由县委书记赵明担任，副组长由县纪委书记钱亮同志担任。\n县委书记赵明同志于6月12日前听取汇报。"
    )
    plain = draft.as_dict()
    for item in plain["obligations"]:
        item.pop("quote")
    assert "赵明" not in str(plain) and "钱亮" not in str(plain)
    assert "组长：县委书记" in str(plain["groups"])
    assert [fault.code for fault in draft.faults] == ["person_named"]


@pytest.mark.parametrize(
    ("rest", "named"),
    [
        ("联系人：赵明，电话：0000-1234567。", True),
        ("组长：钱  亮", True),
        ("副组长：孙小云（县纪委书记）、李大为（县委常委）", True),
        ("由院长周文任组长。", True),
        ("组长由县委书记担任，成员由各部门主要负责人组成。", False),
        ("责任人：各科室主任。", False),
        ("各单位负责同志要亲自抓。", False),
        ("联系人：综合科。", False),
        ("牵头领导：县委常委。", False),
    ],
)
def test_a_name_is_told_from_a_post(rest: str, named: bool) -> None:
    assert ("person_named" in codes(plan(rest=rest))) is named
