"""Times and bearers in more of the ways in which plans write them."""

import pytest

from qingfeng.planreader.tests.made_up import duties, plan, time_of

TABLE = [
    ("纪检监察室每季度、财务部每月向集团党委报告一次。", ["纪检监察室 quarter →集团党委", "财务部 month →集团党委"]),
    ("各支行每周、信贷部每月、总行专项办每季度通报一次。", ["各支行 week", "信贷部 month", "总行专项办 quarter"]),
    ("县财政局会同县审计局每季度抽查一次。", ["县财政局、县审计局 quarter"]),
    ("县民政局、县残联分别于6月12日前完成复核。", ["县民政局、县残联 2026-06-12"]),
    ("由县纪委监委会同县委组织部于每月10日前通报。", ["县纪委监委、县委组织部 month:10"]),
    ("各单位于二〇二六年五月十五日前报送总结。", ["各单位 2026-05-15"]),
    ("各单位于５月１５日前报送总结;县整治办每月２５日前通报.", ["各单位 2026-05-15", "县整治办 month:25"]),
    ("各单位于五月十五日前报送总结。", ["各单位 2026-05-15"]),
    ("即日起至5月31日，各单位开展自查。", ["各单位 2026-03-25/2026-05-31"]),
    ("各科室每双周五报送进展。", ["各科室 two_weeks::5"]),
    ("各乡镇每周三前报送情况，每月28日前报送小结。", ["各乡镇 week::3", "各乡镇 month:28"]),
    ("督导组每周二、周五各开展一次暗访。", ["督导组 week::2", "督导组 week::5"]),
    ("综合组每两周召开一次例会。", ["综合组 two_weeks"]),
    ("县整治办每季度首月10日前通报上季度情况。", ["县整治办 quarter:10::1"]),
    ("各单位每半年末月20日前报送小结。", ["各单位 half_year:20::6"]),
    ("6月底、9月底、12月底前，各镇报送总结。", ["各镇 2026-06-30", "各镇 2026-09-30", "各镇 2026-12-31"]),
    ("每年6月底和12月底前，各支部向党委报告。", ["各支部 half_year:-1::6 →党委"]),
    ("各科室于每月1日至5日报送情况。", ["各科室 month:5"]),
    ("区卫健局会同区医保局，于5月份开展联合检查。", ["区卫健局、区医保局 2026-05-01/2026-05-31"]),
    ("各镇街每周星期五下午5点前上报。", ["各镇街 week::5"]),
    ("各单位应于4月15日（含）前报送。", ["各单位 2026-04-15"]),
    ("县财政局每月15号前、县审计局每季度首月15号前提供数据。", ["县财政局 month:15", "县审计局 quarter:15::1"]),
    ("各单位按季度报送，每季末月20日截止。", ["各单位 quarter:20::3"]),
    ("7月3日、10月9日前分别报送半年总结和全年总结。", ["各单位 2026-07-03", "各单位 2026-10-09"]),
    ("12月20日至次年1月15日，各单位开展总结。", ["各单位 2026-12-20/2027-01-15"]),
    ("各单位于12月31日前、次年1月10日前分别报送总结。", ["各单位 2026-12-31", "各单位 2027-01-10"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), TABLE)
def test_each_bearer_has_its_own_time(sentence: str, expected: list[str]) -> None:
    found = [
        f"{'、'.join(item.who)} {time_of(item)}"
        + (" →" + "、".join(item.deliver_to) if item.deliver_to else "")
        for item in duties(sentence)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("sentence", "due_text"),
    [
        ("各单位每日17时前向县整治办报送情况。", "每日17时前"),
        ("各单位每天向县整治办报送情况。", "每天"),
        ("各单位每两个月向县整治办报送小结。", "每两个月"),
        ("各学校于开学前将自查情况报县教育局。", "开学前"),
        ("各单位于春节前将自查情况报县整治办。", "春节前"),
        ("各单位中秋、国庆节前将检查情况报县整治办。", "中秋、国庆节前"),
    ],
)
def test_a_time_that_cannot_be_reckoned_is_kept_in_words(sentence: str, due_text: str) -> None:
    (item,) = duties(sentence)
    assert (item.due, item.recurrence, item.due_text) == (None, None, due_text)
    assert item.who and item.deliver_to


def test_a_campaign_that_lasts_three_months_has_an_end() -> None:
    steps = "二、时间安排\n专项整治从2026年4月1日开始，为期三个月。\n"
    draft = plan(steps=steps, rest="各单位每月25日前报送进展。")
    assert (str(draft.period.start), str(draft.period.end)) == ("2026-04-01", "2026-06-30")
    assert [time_of(item) for item in draft.obligations] == ["month:25"]
