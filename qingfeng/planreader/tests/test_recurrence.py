"""Spec tables of rhythms: as written, then every:day:weekday:month_of_period."""

import pytest

from qingfeng.planreader.lines import fold
from qingfeng.planreader.recurrence import find_rhythms


def rhythms(text: str) -> list[str]:
    """The rhythms of a text as the table writes them."""
    found = [rhythm.recurrence for rhythm in find_rhythms(fold(text).text)]
    parts = [(r.every, r.day, r.weekday, r.month_of_period) for r in found]
    return [":".join("" if part is None else str(part) for part in row).rstrip(":") for row in parts]


TABLE = [
    ("每周召开一次例会", "week"),
    ("每周五前报送", "week::5"),
    ("每周五下午", "week::5"),
    ("每周星期一", "week::1"),
    ("每星期三前", "week::3"),
    ("每周1次", "week"),
    ("每周至少一次", "week"),
    ("每周末", "week::7"),
    ("按周调度", "week"),
    ("每两周更新一次", "two_weeks"),
    ("每2周", "two_weeks"),
    ("每半月", "two_weeks"),
    ("每半个月编发一期", "two_weeks"),
    ("每15天", "two_weeks"),
    ("隔周召开", "two_weeks"),
    ("每旬报送", "ten_days"),
    ("每10天", "ten_days"),
    ("每月召开一次", "month"),
    ("每个月", "month"),
    ("每月20日前", "month:20"),
    ("每月 20 日前", "month:20"),
    ("每月２０日前", "month:20"),
    ("每月二十日前", "month:20"),
    ("每月5号前", "month:5"),
    ("每月25日（节假日顺延）前", "month:25"),
    ("每月底前", "month:-1"),
    ("每月末", "month:-1"),
    ("每月月底前", "month:-1"),
    ("每月最后一个工作日", "month:-1"),
    ("每月最后一天", "month:-1"),
    ("每月上旬", "month:10"),
    ("每月中旬前", "month:20"),
    ("每月下旬", "month:-1"),
    ("每月初", "month:10"),
    ("按月报送", "month"),
    ("逐月通报", "month"),
    ("次月5日前", "month:5"),
    ("下月5日前", "month:5"),
    ("于次月3号前", "month:3"),
    ("每月结束后5日内", "month:5"),
    ("每季度末月28日前", "quarter:28::3"),
    ("每季度最后一个月25日前", "quarter:25::3"),
    ("每季度末月的25日前", "quarter:25::3"),
    ("每季度第三个月20日前", "quarter:20::3"),
    ("每季度首月10日前", "quarter:10::1"),
    ("每季度第一个月10日前", "quarter:10::1"),
    ("每季末", "quarter:-1::3"),
    ("每季度末前", "quarter:-1::3"),
    ("每季度末20日前", "quarter:20::3"),
    ("每季度召开一次", "quarter"),
    ("每季召开", "quarter"),
    ("按季度通报", "quarter"),
    ("每个季度", "quarter"),
    ("每三个月", "quarter"),
    ("每季度结束后10日内", "quarter:10::1"),
    ("下季度首月5日前", "quarter:5::1"),
    ("3月、6月、9月、12月的25日前", "quarter:25::3"),
    ("3、6、9、12月25日前", "quarter:25::3"),
    ("每半年", "half_year"),
    ("每半年末", "half_year:-1::6"),
    ("每年6月、12月底前", "half_year:-1::6"),
    ("每年", "year"),
    ("每年12月底前", "year:-1::12"),
    ("每年11月30日前", "year:30::11"),
    ("每年一次", "year"),
    ("月汇总", "month"),
    ("周例会", "week"),
    ("季报告", "quarter"),
    ("月通报制度", "month"),
    ("一月一调度", "month"),
    ("一周一研判", "week"),
    ("一季一通报", "quarter"),
    ("一季度一通报", "quarter"),
    ("半年一总结", "half_year"),
    ("半月调度", "two_weeks"),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_a_rhythm_is_read(text: str, expected: str) -> None:
    assert rhythms(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周调度、月通报、季总结", ["week", "month", "quarter"]),
        ("每月召开一次例会，每季度末月25日前报送小结", ["month", "quarter:25::3"]),
        ("周例会、周报告、月通报等制度", ["week", "week", "month"]),
    ],
)
def test_several_rhythms_stand_side_by_side(text: str, expected: list[str]) -> None:
    assert rhythms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "本月工作汇报",
        "上周例会",
        "第一季度通报",
        "每名医师",
        "每户",
        "每村",
        "一年来",
        "三年规划",
        "上半年总结",
        "每月补贴标准",
        "月报表",
        "一周内",
        "每次检查",
        "每一个",
        "当月汇总",
        "两年评估",
        "年度考核",
        "一年一度"[:2],
    ],
)
def test_what_is_no_rhythm_is_left_alone(text: str) -> None:
    assert rhythms(text) == []
