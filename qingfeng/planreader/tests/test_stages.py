"""Spec table of stages, in the many ways in which plans write them."""

import pytest

from qingfeng.planreader.stages import kind_of
from qingfeng.planreader.tests.made_up import plan

THREE = ["2026-04-01/2026-04-20", "2026-04-21/2026-10-31", "2026-11-01/2026-12-31"]
STYLES = {
    "in brackets": "（一）动员部署阶段（2026年4月1日至4月20日）。学习。\n（二）整治阶段（4月21日—10月31日）。排查。\n（三）总结阶段（11月—12月）。总结。",
    "half-width": "1.动员部署(4月上中旬)\n学习。\n2.整治(4月下旬-10月底)\n排查。\n3.总结(11月-12月)\n总结。",
    "first stage, colon": "第一阶段：动员部署（2026年4月1日—4月20日）\n学习。\n第二阶段：整治（4月21日—10月31日）\n排查。\n第三阶段：总结（11月1日—12月31日）\n总结。",
    "steps": "第一步　动员部署（４月１日－４月２０日）\n学习。\n第二步　整治（４月２１日－１０月３１日）\n排查。\n第三步　总结（１１月１日－１２月３１日）\n总结。",
    "time on its own line": "（一）动员部署阶段\n时间：2026年4月1日—4月20日\n学习。\n（二）整治阶段\n时间：4月21日—10月31日\n排查。\n（三）总结阶段\n时间：11月1日—12月31日\n总结。",
    "brackets on their own line": "（一）动员部署\n（2026年4月1日—4月20日）\n学习。\n（二）整治\n（4月21日—10月31日）\n排查。\n（三）总结\n（11月1日—12月31日）\n总结。",
    "date opens the text": "（一）动员部署。2026年4月1日至4月20日，学习。\n（二）整治。4月21日至10月31日，排查。\n（三）总结。11月1日至12月31日，总结。",
    "date before the name": "（一）2026年4月1日至4月20日：动员部署阶段。\n（二）4月21日至10月31日：整治阶段。\n（三）11月1日至12月31日：总结阶段。",
    "one sentence": "专项整治分三个阶段：第一阶段（2026年4月1日至4月20日）为动员阶段；第二阶段（4月21日至10月31日）为整治阶段；第三阶段（11月1日至12月31日）为总结阶段。",
    "spans first": "2026年4月1日至4月20日为动员阶段，4月21日至10月31日为整治阶段，11月1日至12月31日为总结阶段。",
    "table": "阶段\t时间\t任务\n动员部署\t2026年4月1日至4月20日\t学习\n整治\t4月21日至10月31日\t排查\n总结\t11月1日至12月31日\t总结",
    "bullets": "●动员部署阶段（2026年4月1日至4月20日）\n学习。\n●整治阶段（4月21日至10月31日）\n排查。\n●总结阶段（11月1日至12月31日）\n总结。",
    "spoken": "一是动员部署（4月1日至4月20日）。学习。\n二是整治（4月21日至10月31日）。排查。\n三是总结（11月1日至12月31日）。总结。",
    "spaced": "1. 动员部署（2026 年 4 月 1 日 - 4 月 20 日）\n学习。\n2. 整治（4 月 21 日 - 10 月 31 日）\n排查。\n3. 总结（11 月 1 日 - 12 月 31 日）\n总结。",
    "Chinese numerals": "（一）动员部署（二〇二六年四月一日至四月二十日）。\n（二）整治（四月二十一日至十月三十一日）。\n（三）总结（十一月一日至十二月三十一日）。",
}


@pytest.mark.parametrize("style", STYLES)
def test_three_stages_are_read_in_every_style(style: str) -> None:
    draft = plan(steps="二、实施步骤\n" + STYLES[style] + "\n")
    assert [f"{stage.start}/{stage.end}" for stage in draft.stages] == THREE
    assert [stage.kind for stage in draft.stages] == ["mobilization", "rectification", "summary"]


def test_stages_that_pass_new_year_go_on_in_the_next() -> None:
    draft = plan(
        steps="二、实施步骤\n（一）部署（2025年12月）\n（二）整治（1月至6月）\n（三）总结（7月至次年1月）\n"
    )
    assert [f"{s.start}/{s.end}" for s in draft.stages] == [
        "2025-12-01/2025-12-31",
        "2026-01-01/2026-06-30",
        "2026-07-01/2027-01-31",
    ]


def test_from_now_on_means_the_day_of_signing() -> None:
    draft = plan(
        steps="二、实施步骤\n（一）部署阶段（即日起至4月20日）\n（二）整治阶段（4月21日至12月31日）\n"
    )
    assert f"{draft.stages[0].start}/{draft.stages[0].end}" == "2026-03-25/2026-04-20"


def test_a_stage_with_a_limit_only_has_no_start() -> None:
    draft = plan(steps="二、实施步骤\n（一）部署阶段（2026年4月底前）\n（二）整治阶段（10月底前）\n")
    assert [(s.start, str(s.end)) for s in draft.stages] == [(None, "2026-04-30"), (None, "2026-10-31")]


def test_without_any_year_the_stages_have_no_days() -> None:
    draft = plan(
        steps="二、实施步骤\n（一）部署阶段（4月）\n（二）整治阶段（5月至10月）\n",
        rest="各单位于4月15日前报送方案。",
        foot="",
    )
    assert [(s.start, s.end) for s in draft.stages] == [(None, None), (None, None)]
    assert [fault.code for fault in draft.faults] == ["year_unknown"]
    assert [item.due for item in draft.obligations] == [None]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("宣传发动", "mobilization"),
        ("查摆问题", "self_inspection"),
        ("清理核查阶段", "self_inspection"),
        ("集中整改", "rectification"),
        ("建章立制", "institution_building"),
        ("巩固提升", "institution_building"),
        ("总结提升", "summary"),
        ("督导检查", "inspection"),
        ("其他", "other"),
    ],
)
def test_the_first_telling_word_gives_the_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind
