"""Spec table of duties: a sentence, and who owes what by when to whom."""

import pytest

from qingfeng.planreader.tests.made_up import duties, plan, time_of

TABLE = [
    # limits
    ("各乡镇、县直各部门要于4月15日前将方案报县整治办备案。", ["各乡镇、县直各部门 2026-04-15 →县整治办"]),
    ("4月30日前，县委组织部、县委宣传部要分别制定措施。", ["县委组织部、县委宣传部 2026-04-30"]),
    (
        "各单位要在4月10日前制定方案并报县专项办备案，4月15日前召开部署会。",
        ["各单位 2026-04-10 →县专项办", "各单位 2026-04-15"],
    ),
    ("县纪委监委牵头，县财政局配合，5月底前完成清查。", ["县纪委监委 2026-05-31"]),
    ("由县民政局牵头，在6月30日前对低保对象进行复核。", ["县民政局 2026-06-30"]),
    ("各责任单位分别于6月25日、12月10日前报送总结。", ["各责任单位 2026-06-25", "各责任单位 2026-12-10"]),
    (
        "企业党委于11月底前完成“回头看”，12月10日前报集团党委。",
        ["企业党委 2026-11-30", "企业党委 2026-12-10 →集团党委"],
    ),
    (
        "集团各部门、各所属单位于4月17日（周五）前报送集团纪委办公室。",
        ["集团各部门、各所属单位 2026-04-17 →集团纪委办公室"],
    ),
    (
        "各单位于4月20日前将方案报县交通运输局、县发展和改革局备案。",
        ["各单位 2026-04-20 →县交通运输局、县发展和改革局"],
    ),
    ("整改情况于7月15日前报县整治办（设在县纪委监委）。", ["各单位 2026-07-15 →县整治办"]),
    # spans
    ("区财政局、区审计局于7-8月对专项资金开展联合检查。", ["区财政局、区审计局 2026-07-01/2026-08-31"]),
    (
        "5月1日—6月30日，县审计局开展专项审计，并于7月10日前出具报告。",
        ["县审计局 2026-05-01/2026-06-30", "县审计局 2026-07-10"],
    ),
    (
        "4月中旬，召开动员会；4月下旬至5月底，各股室开展自查。",
        ["各单位 2026-04-11/2026-04-20", "各股室 2026-04-21/2026-05-31"],
    ),
    # rhythms
    ("各单位要于每月25日前将进展情况报县整治办。", ["各单位 month:25 →县整治办"]),
    (
        "县整治办每月至少调度一次，每季度通报一次，年底前形成总结报县委。",
        ["县整治办 month", "县整治办 quarter", "县整治办 2026-12-31 →县委"],
    ),
    (
        "各科室每周五前报纪检监察室，纪检监察室每月30日前报院党委。",
        ["各科室 week::5 →纪检监察室", "纪检监察室 month:30 →院党委"],
    ),
    ("5月至10月，督导组每月下沉一次。", ["督导组 month"]),
    (
        "各镇（街道）纪（工）委每月5日前、20日前各报送一次情况。",
        ["各镇（街道）纪（工）委 month:5", "各镇（街道）纪（工）委 month:20"],
    ),
    ("建立周例会制度。综合组每周召开一次例会。", ["综合组 week"]),
    ("县整治办要对各乡镇推进情况实行月通报制度。", ["县整治办 month"]),
    ("县整治办按照“一周一研判、一月一调度”推进工作。", ["县整治办 week", "县整治办 month"]),
    ("每年1月15日前，各单位要将上一年度总结报市纪委监委。", ["各单位 year:15::1 →市纪委监委"]),
    # triggers
    ("县整治办收到举报后，应当在15日内办结。", ["县整治办 收到举报后，应当在15日内"]),
    ("各单位应自收到通知书之日起30日内完成整改。", ["各单位 自收到通知书之日起30日内"]),
    (
        "各检查组发现问题线索的，3个工作日内移交县纪委监委。",
        ["各检查组 发现问题线索的，3个工作日内 →县纪委监委"],
    ),
    ("会议召开后5日内，各单位要传达学习。", ["各单位 会议召开后5日内"]),
    ("患者投诉由门诊部受理，自受理之日起5个工作日内答复。", ["门诊部 自受理之日起5个工作日内"]),
    # duties of a note in brackets
    (
        "1.清理集体资产。建立台账。（责任单位：县农业农村局、各乡镇；完成时限：6月底前）",
        ["县农业农村局、各乡镇 2026-06-30"],
    ),
    ("1.规范招投标。责任单位：县住建局；配合单位：县财政局；完成时限：9月30日前。", ["县住建局 2026-09-30"]),
    # what is told, not ordered
    ("截至2025年底，全县共排查问题线索120件。", []),
    ("2025年12月15日召开的会议要求深入开展整治。", []),
    ("自2026年5月1日起，各站所实行窗口值班制度。", []),
    ("要重点治理2025年1月1日以来发生的问题。", []),
    ("对3月底前能够整改到位的，要立即整改。", []),
    ("要充分利用周例会、月通报等制度传导压力。", []),
    ("省委巡视组将于9月进驻，各单位要提前做好准备。", []),
]


def row(sentence: str) -> list[str]:
    """The duties of a sentence as the table writes them."""
    found = []
    for item in duties(sentence):
        to = " →" + "、".join(item.deliver_to) if item.deliver_to else ""
        found.append(f"{'、'.join(item.who)} {time_of(item)}{to}")
    return found


@pytest.mark.parametrize(("sentence", "expected"), TABLE)
def test_a_sentence_gives_its_duties(sentence: str, expected: list[str]) -> None:
    assert row(sentence) == expected


def test_a_span_before_a_rhythm_bounds_it() -> None:
    (item,) = duties("5月至10月，督导组每月下沉一次。")
    assert (str(item.start), str(item.due)) == ("2026-05-01", "2026-10-31")


def test_each_of_several_bearers_owes_its_own() -> None:
    assert [item.repeats_per_unit for item in duties("各乡镇于4月15日前报送方案。")] == [True]
    assert [item.repeats_per_unit for item in duties("县民政局于4月15日前报送方案。")] == [False]


def test_channel_and_form_are_kept() -> None:
    (item,) = duties("各单位于每月20日前以电子稿和纸质稿的形式将情况报送县整治办（附件3）。")
    assert (item.channel, item.form) == ("electronic+paper", "附件3")


def test_a_condition_is_kept_with_its_duty() -> None:
    (item,) = duties("对经自查后认为不存在问题的村（社区），党组织书记要作出书面承诺。")
    assert item.who == ("党组织书记",)
    assert item.condition == "对经自查后认为不存在问题的村（社区）"
    assert item.due is None and item.recurrence is None


def test_the_quote_stands_verbatim_in_its_line() -> None:
    sentence = "各乡镇,县直各部门要于 4月15日前 将方案(附件2)报县整治办."
    (item,) = duties(sentence)
    assert item.quote in sentence
    assert "4月15日前" in item.quote


def test_a_duty_knows_its_stage() -> None:
    steps = "二、工作步骤\n（一）动员部署阶段（2026年4月1日至4月20日）。各单位于4月15日前报送方案。\n（二）整改阶段（4月21日至6月30日）\n1.各单位于6月20日前报送总结。\n"
    assert [(item.stage, str(item.due)) for item in plan(steps=steps).obligations] == [
        (1, "2026-04-15"),
        (2, "2026-06-20"),
    ]


def test_the_year_follows_the_stage_across_new_year() -> None:
    steps = "二、工作步骤\n（一）自查阶段（2026年11月1日至12月31日）\n（二）整改阶段（2027年1月1日至3月31日）。各单位于2月20日前报送清单。\n"
    assert [str(item.due) for item in plan(steps=steps).obligations] == ["2027-02-20"]


def test_short_lines_stand_as_headings_in_a_plan_that_numbers_nothing() -> None:
    text = (
        "治理范围\n各社区工作人员。\n治理内容\n1、资产处置不公开。\n2、经费使用不规范。\n"
        "时间安排\n2026年4月至6月。\n工作要求\n各单位每月25日前报送进展。\n"
    )
    draft = plan(head="岭水县专项治理工作方案\n\n", steps=text)
    assert [content.title for content in draft.contents] == ["资产处置不公开", "经费使用不规范"]
    assert [time_of(item) for item in draft.obligations] == ["month:25"]


def test_an_attachment_that_is_a_text_sets_duties_as_well() -> None:
    foot = "\n岭水县纪委监委\n2026年3月25日\n附件1\n工作规则\n一、综合组每周召开一次例会。\n二、各组每月25日前报送小结。\n"
    draft = plan(rest="工作规则见附件1。", foot=foot)
    assert [(item.who[0], time_of(item)) for item in draft.obligations] == [
        ("综合组", "week"),
        ("各组", "month:25"),
    ]
