"""Sentences that announce what stands below them: contents, steps, the span of the whole campaign."""

import pytest

from qingfeng.planreader.tests.made_up import plan, time_of

CHAPTERS = """岭水县惠农补贴专项整治工作方案

第一章 总则
第一条 为推进工作，制定本方案。
第二条 整治范围为全县各单位。
第三条 {contents}
（一）冒领截留。虚报人口。
（二）优亲厚友。照顾亲属。
（三）层层加码。摊派任务。
第二章 步骤
"""
ARTICLES = """{0}
第五条 动员部署阶段（2026.04.01—2026.04.20）。各单位应于2026.04.10前制定方案，报县整治办。
第六条 集中整治阶段（2026.04.21—2026.10.30）。各单位排查。
第七条 总结验收阶段（2026.11.01—2026.12.31）。各单位应于2026.12.11前报送总结。
"""
STEPS_ANNOUNCED = [
    "第四条 专项整治时间为2026.04.01至2026.12.31，分三个阶段进行。",
    "第四条 整治期限自2026年4月1日起至2026年12月31日止，按三个阶段组织实施。",
    "第四条 整治工作为期九个月（2026年4月1日至12月31日），共分三步。",
    "第四条 专项整治于2026年4月1日至12月31日开展，具体分为以下三个阶段。",
    "第四条 2026年4月1日至12月31日为集中整治期，分三阶段推进。",
    "第四条 清理行动从2026年4月开始，2026年12月结束，按下列步骤进行：",
]


@pytest.mark.parametrize("announced", STEPS_ANNOUNCED)
def test_the_article_that_announces_the_stages_is_none_of_them(announced: str) -> None:
    draft = plan(head=CHAPTERS.format(contents="整治以下问题："), steps=ARTICLES.format(announced))
    assert [(stage.name, str(stage.start), str(stage.end)) for stage in draft.stages] == [
        ("动员部署阶段", "2026-04-01", "2026-04-20"),
        ("集中整治阶段", "2026-04-21", "2026-10-30"),
        ("总结验收阶段", "2026-11-01", "2026-12-31"),
    ]
    assert [time_of(item) for item in draft.obligations] == ["2026-04-10", "2026-12-11"]
    assert not {"stages_overlap", "count_mismatch"} & {fault.code for fault in draft.faults}


@pytest.mark.parametrize(
    "contents",
    [
        "专项整治聚焦以下三类问题：",
        "整治围绕下列三类突出问题：",
        "本次行动紧盯以下三项重点：",
        "清理工作瞄准如下乱象：",
        "集中纠正下列三种行为：",
        "重点盯住下面几个方面：",
    ],
)
def test_contents_stand_below_the_article_that_announces_them(contents: str) -> None:
    draft = plan(head=CHAPTERS.format(contents=contents), steps=ARTICLES.format("第四条 分三个阶段。"))
    assert [item.title for item in draft.contents] == ["冒领截留", "优亲厚友", "层层加码"]


SPOKEN_HEADS = [
    "一、治什么\n本次整治瞄准下列几类问题：\n",
    "一、整治方向\n这次行动紧盯下面三个突出现象：\n",
    "一、整什么、怎么看\n",
    "一、纠治哪些\n大家反映多的有三样。\n",
    "一、整治聚焦\n对三年来的项目，着力解决以下三方面乱象：\n",
    "一、问题清单\n集中纠正下列三种行为：\n",
]


@pytest.mark.parametrize("head", SPOKEN_HEADS)
def test_spoken_items_below_any_such_heading_are_contents(head: str) -> None:
    title = "岭水县惠农补贴专项整治工作方案\n\n为推进工作，制定本方案。\n"
    items = "一是该报不报。谁说了算不清楚。\n二是该退不退。拖着不办。\n三是该管不管。睁一只眼闭一只眼。\n"
    assert [item.title for item in plan(head=title + head + items).contents] == [
        "该报不报",
        "该退不退",
        "该管不管",
    ]


SPANS = [
    ("行动自2026年4月起至12月底，按下列步骤实施：", []),
    ("治理行动从2026年4月1日到12月31日，分期开展以下工作：", []),
    ("清理工作自2026年4月至12月，主要安排如下：", []),
    ("专项整治从2026年4月至12月底止，依照如下流程推进：", []),
    ("集中攻坚自4月1日至12月31日，工作进度安排如下：", []),
    ("县财政局4月10日至5月20日集中开展下列事项：", ["2026-04-10/2026-05-20"]),
    ("各单位自5月6日至6月12日，完成以下工作：", ["2026-05-06/2026-06-12"]),
]


@pytest.mark.parametrize(("sentence", "times"), SPANS)
def test_the_span_before_a_list_of_steps_is_no_limit(sentence: str, times: list[str]) -> None:
    assert [time_of(item) for item in plan(rest=sentence + "\n1.学习。\n2.排查。").obligations] == times


VERBS = [
    ("县水利局5月20日前把破损渠道逐处补好。", "县水利局", ["2026-05-20"]),
    ("对欠发补贴，由发放单位在6月12日前一次付讫。", "发放单位", ["2026-06-12"]),
    ("各乡镇7月10日前腾出占用的公房。", "各乡镇", ["2026-07-10"]),
    ("县住建局8月14日前逐栋消除隐患。", "县住建局", ["2026-08-14"]),
    ("县市容局从7月6日起到9月11日止，逐街巡看。", "县市容局", ["2026-07-06/2026-09-11"]),
    ("县财政局5月1日前的遗留问题另行处理。", "", []),
    ("各单位5月1日前已立案的，继续办理。", "", []),
    ("各单位6月30日前形成的台账不再重报。", "", []),
    ("县教育局5月31日前收取的费用应当退还。", "", []),
]


@pytest.mark.parametrize(("sentence", "who", "times"), VERBS)
def test_a_day_as_limit_with_its_bearer_orders_whatever_verb_follows(
    sentence: str, who: str, times: list[str]
) -> None:
    items = plan(rest=sentence).obligations
    assert [time_of(item) for item in items] == times
    assert [item.who for item in items] == [(who,)] * len(times)
