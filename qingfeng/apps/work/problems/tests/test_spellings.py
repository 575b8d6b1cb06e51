"""How people write dates, sums and numbered lists."""

from datetime import date

import pytest

from qingfeng.apps.work.problems.spellings import pair_of, read_count, read_day, read_fen, several

DAY = date(2026, 6, 8)


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-08",
        "2026-6-8",
        "2026年6月8日",
        "2026.6.8",
        "2026/06/08",
        "２０２６年６月８日",
        "20260608",
        46181,
        "46181.0",
        "2026 年 6 月 8 日",
        "2026-06-08 00:00:00",
        "2026年6月8日前",
        "2026年06月08日（星期一）",
        "2026年6月8日 上午9:30",
        "2026-06-08T09:30:00",
        "2026、6、8",
        "2026—6—8",
        "26.6.8",
        "２６年６月８日",
        "二〇二六年六月八日",
        "二○二六年六月八日",
        DAY,
    ],
)
def test_a_date_is_read_in_every_usual_form(written: object) -> None:
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    "written", ["2026-02-30", "六月八日", "8.6.26", "二〇二六年十三月八日", "尽快", "12", "2026"]
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        read_day(written)


@pytest.mark.parametrize("written", ["", None, "　　年　　月　　日", "  "])
def test_a_box_left_empty_is_no_date(written: object) -> None:
    assert read_day(written) is None


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("3500", 350_000),
        ("3,500.50元", 350_050),
        ("３５００", 350_000),
        ("1.2万", 1_200_000),
        ("", 0),
        (None, 0),
        (12.5, 1250),
        ("无", 0),
    ],
)
def test_a_sum_is_read_as_fen(written: object, fen: int) -> None:
    assert read_fen(written) == fen


@pytest.mark.parametrize("written", ["-5", "1.234", "很多", "nan", "1e30"])
def test_what_is_no_sum_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        read_fen(written)


def test_people_are_counted_in_whole_numbers() -> None:
    assert (read_count("12人"), read_count(3.0), read_count("")) == (12, 3, 0)
    with pytest.raises(ValueError):
        read_count("1.5")


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("1. 名册未公示\n2. 签字不全", ["名册未公示", "签字不全"]),
        ("1、名册未公示；2、签字不全。", ["名册未公示", "签字不全。"]),
        ("（1）名册未公示 （2）签字不全", ["名册未公示", "签字不全"]),
        ("①名册未公示；②签字不全", ["名册未公示", "签字不全"]),
        ("1. 挪用1.5万元\n2. 3月未公示", ["挪用1.5万元", "3月未公示"]),
        ("名册未公示", ["名册未公示"]),
        ("涉及2、3月份补贴", ["涉及2、3月份补贴"]),
        ("1、2季度补贴未公示", ["1、2季度补贴未公示"]),
        ("1、2月未公示\n2、3月未公示", ["2月未公示", "3月未公示"]),
        ("一、二季度补贴未公示", ["一、二季度补贴未公示"]),
        ("一、名册未公示；\n　　二、签字不全。", ["名册未公示", "签字不全。"]),
        ("（一）名册未公示\n（二）签字不全", ["名册未公示", "签字不全"]),
        ("按①类处理", ["按①类处理"]),
        ("1. 2026年6月20日；2. 2026年7月1日", ["2026年6月20日", "2026年7月1日"]),
        ("无", []),
        ("未发现问题。", []),
        ("", []),
        ("1. 无", []),
    ],
)
def test_a_numbered_list_in_one_box_becomes_several_items(written: str, items: list[str]) -> None:
    assert several(written) == items


def test_two_halves_of_a_line() -> None:
    assert pair_of("区水务局：清淤") == ("区水务局", "清淤")
    assert pair_of("区水务局") == ("区水务局", "")
