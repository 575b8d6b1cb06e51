"""Days left blank, and months and days in Chinese numbers that look like a rhythm."""

import pytest

from qingfeng.planreader.dates import find_dates, find_incomplete
from qingfeng.planreader.lines import fold
from qingfeng.planreader.recurrence import find_rhythms
from qingfeng.planreader.tests.made_up import plan, time_of

CHINESE = [
    ("各单位十一月一日前报送方案。", ["2026-11-01"]),
    ("县审计局自十月八日起至十二月一日止，抽查账目。", ["2026-10-08/2026-12-01"]),
    ("县财政局十二月二十二日前完成清算。", ["2026-12-22"]),
    ("县民政局十一月二日至十二月十日核对名册。", ["2026-11-02/2026-12-10"]),
    ("各单位十一月二十日前填报清单，十二月一日前报送总结。", ["2026-11-20", "2026-12-01"]),
    ("各乡镇每月十一日前报送进展。", ["month:11"]),
    ("县整治办实行一月一调度。", ["month"]),
    ("县整治办实行一季一通报。", ["quarter"]),
]


@pytest.mark.parametrize(("sentence", "times"), CHINESE)
def test_a_day_in_chinese_numbers_is_no_rhythm(sentence: str, times: list[str]) -> None:
    assert [time_of(item) for item in plan(rest=sentence).obligations] == times


@pytest.mark.parametrize("month", ["四月二十日前", "十月九日前", "十一月底前", "十二月中旬"])
def test_the_bearer_stands_right_before_a_month_in_chinese(month: str) -> None:
    items = plan(rest=f"县民政局{month}召开推进会；县财政局、县审计局{month}召开对账会。").obligations
    assert [item.who for item in items] == [("县民政局",), ("县财政局", "县审计局")]
    assert [item.what for item in items] == ["召开推进会", "召开对账会"]


BLANK = [
    "十一月　　日前",
    "9月  日前",
    "十二月__日前",
    "10月××日前",
    "八月份　日之前",
    "5月 日至6月 日",
    "6月  号前",
    "十月   日",
]


@pytest.mark.parametrize("written", BLANK)
def test_a_blank_day_is_incomplete_and_sets_no_limit(written: str) -> None:
    text = fold(written).text
    assert find_incomplete(text)
    assert not find_dates(text)
    draft = plan(rest=f"县财政局应于{written}完成清算。")
    assert not draft.obligations
    assert {fault.code for fault in draft.faults} == {"date_incomplete"}


@pytest.mark.parametrize("written", ["9月日常监督", "11月日报", "每月日均", "一个月日均", "半月日志"])
def test_a_word_that_begins_with_day_is_no_blank(written: str) -> None:
    assert not find_incomplete(fold(written).text)


@pytest.mark.parametrize(
    "written", ["十一月一日前", "二月二十八日", "至次年一月二日止", "十二月一日至十五日"]
)
def test_no_rhythm_hides_in_a_date(written: str) -> None:
    assert not find_rhythms(written)
