"""What is taken of each kind of value, and what is refused with which reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.screening.cleaning import (
    accounts,
    addresses,
    amounts,
    codes,
    dates,
    firms,
    ids,
    names,
    plates,
    text,
)
from qingfeng.screening.cleaning.text import Unusable

FIRST17 = "99010119400302001"
VALID = FIRST17 + ids.check_digit(FIRST17)
CODE17 = "91990101MA0000001"
CODE = CODE17 + codes.check_character(CODE17)


def reason(clean: Callable[[str], Any], value: str) -> str:
    with pytest.raises(Unusable) as caught:
        clean(value)
    return caught.value.reason


class TestIdentityNumbers:
    @pytest.mark.parametrize(
        "written", [VALID, f" {VALID} ", f"'{VALID}", VALID[:6] + " " + VALID[6:], "９９０１０１" + VALID[6:]]
    )
    def test_a_valid_number_in_any_spelling_is_tier_one(self, written: str) -> None:
        assert ids.clean_person_id(written) == ids.PersonId(VALID, 1, date(1940, 3, 2))

    @given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
    def test_fifteen_digits_become_the_same_eighteen(self, born: date, order: int) -> None:
        first17 = f"990101{born:%Y%m%d}{order:03d}"
        person = ids.clean_person_id(first17[:6] + first17[8:])
        assert person == ids.PersonId(first17 + ids.check_digit(first17), 2, born)

    @given(st.integers(0, 17), st.integers(1, 9))
    def test_one_wrong_digit_never_passes(self, place: int, by: int) -> None:
        if VALID[place].isdigit():
            wrong = VALID[:place] + str((int(VALID[place]) + by) % 10) + VALID[place + 1 :]
            with pytest.raises(Unusable):
                ids.clean_person_id(wrong)

    @pytest.mark.parametrize(
        "written", ["3.30102E+17", "3.30102199001011E17", "990101194003020000", "990101194003020000.0"]
    )
    def test_a_number_that_excel_made_a_float_is_named(self, written: str) -> None:
        assert reason(ids.clean_person_id, written) == ids.FLOAT

    def test_a_true_number_that_ends_in_zeros_is_not_taken_for_a_float(self) -> None:
        firsts = (
            f"9901011940{month:02d}{day:02d}{100 * order}"
            for month in range(1, 13)
            for day in range(1, 29)
            for order in range(1, 10)
        )
        number = next(first + "0" for first in firsts if ids.check_digit(first) == "0")
        assert number.endswith("000")
        assert ids.clean_person_id(number).number == number

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            (VALID[:17] + ("1" if VALID[17] != "1" else "2"), ids.WRONG_CHECK),
            ("990101194002300018", ids.WRONG_BIRTH),
            ("99010119400302", ids.WRONG_LENGTH),
            ("身份证丢失", ids.WRONG_CHARACTER),
            ("990101400230001", ids.WRONG_BIRTH),
        ],
    )
    def test_what_is_wrong_is_said(self, written: str, why: str) -> None:
        assert reason(ids.clean_person_id, written) == why

    def test_region_and_last_four_are_shown(self) -> None:
        assert ids.shown(VALID) == "990101********" + VALID[-4:]


class TestDates:
    @pytest.mark.parametrize(
        "written",
        [
            "2026-03-01", "20260301", "2026.3.1", "2026/3/1", "2026年3月1日", "2026年03月01日", "2026/3/1 12:30", "2026-03-01T12:30:00",
            "2026-03-01 00:00:00", "20260301.0", "46082", "46082.5", "２０２６年３月１日", "二〇二六年三月一日", "2026年3月1日（星期日）", "2026 年 3 月 1 日",
            "2026-03-01 下午3:05", "20260301123000",
        ],
    )  # fmt: skip
    def test_all_usual_forms_are_one_day(self, written: str) -> None:
        assert dates.clean_date(written) == date(2026, 3, 1)

    @given(st.dates(date(1850, 1, 1), date(2199, 12, 31)))
    def test_every_day_survives_every_form(self, day: date) -> None:
        for form in ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日"):
            assert (
                dates.clean_date(f"{day.year:04d}".join(day.strftime(form).split(day.strftime("%Y"), 1)))
                == day
            )

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            ("2026-02-30", dates.NO_SUCH_DAY), ("2026年2月30日", dates.NO_SUCH_DAY), ("20261301", dates.NO_SUCH_DAY), ("26.3.1", dates.TWO_DIGITS),
            ("26年3月1日", dates.TWO_DIGITS), ("2026年3月", dates.NO_DAY), ("3/1/2026", dates.DAY_FIRST), ("待定", dates.NOT_A_DATE),
            ("1066-10-14", dates.OUT_OF_TIME), ("2026-03-01 25:00", "时间不存在"),
        ],
    )  # fmt: skip
    def test_what_is_no_day_is_refused_with_its_reason(self, written: str, why: str) -> None:
        assert reason(dates.clean_date, written) == why

    @pytest.mark.parametrize(
        "written",
        ["2026年3月", "202603", "2026-03", "2026.3", "2026/03", "2026-03-15", "2026年3月份", "202603.0"],
    )
    def test_months_start_on_their_first_day(self, written: str) -> None:
        assert dates.clean_month(written) == date(2026, 3, 1)

    def test_a_tenth_month_that_excel_shortened_is_not_taken_for_january(self) -> None:
        assert reason(dates.clean_month, "2026.1") == dates.TENTH_OR_FIRST

    def test_a_time_is_kept(self) -> None:
        assert dates.clean_timestamp("2026/3/1 下午3:05") == datetime(2026, 3, 1, 15, 5)


class TestAmounts:
    @pytest.mark.parametrize(
        ("written", "fen"),
        [
            ("1234.5", 123450), ("1,234.50", 123450), ("￥1,234.50", 123450), ("1234.5元", 123450), ("１２３４．５", 123450), ("1.2万元", 1200000),
            ("0.5亿元", 5000000000), ("(1,234.50)", -123450), ("-5", -500), ("负5", -500), ("人民币5元整", 500), ("0", 0), ("0.005", 1),
            ("1.2345E3", 123450),
        ],
    )  # fmt: skip
    def test_money_is_fen(self, written: str, fen: int) -> None:
        assert amounts.clean_money(written) == fen

    def test_the_unit_of_the_header_counts_unless_the_cell_names_its_own(self) -> None:
        assert amounts.clean_money("1.5", Decimal(10_000)) == 1_500_000
        assert amounts.clean_money("1.5元", Decimal(10_000)) == 150

    @pytest.mark.parametrize("written", ["面议", "1,23", "1.2.3", "12元3角", "￥"])
    def test_what_is_no_number_is_refused(self, written: str) -> None:
        assert reason(amounts.clean_money, written) == amounts.NOT_A_NUMBER

    def test_areas_come_in_their_own_unit(self) -> None:
        assert amounts.clean_area("3.5亩") == 350 and amounts.clean_area("1公顷") == 1500
        assert amounts.clean_area_m2("88.5㎡") == 8850 and amounts.clean_area_m2("1亩") == 66667

    @pytest.mark.parametrize(("written", "said"), [("是", True), ("√", True), ("已备案", True), ("Y", True), ("否", False), ("未", False), ("无", False), ("×", False), ("0", False)])  # fmt: skip
    def test_yes_and_no_have_many_spellings(self, written: str, said: bool) -> None:
        assert amounts.clean_boolean(written) is said

    def test_counts_may_carry_their_unit(self) -> None:
        assert amounts.clean_integer("3个工作日") == 3 and amounts.clean_decimal("30%") == 30
        assert reason(amounts.clean_integer, "3.5") == "应为整数"


class TestNamesAndNumbers:
    @pytest.mark.parametrize("written", ["张三", "张 三", "張三", "张　三", "张三（已故）", " 张三\u200b"])
    def test_one_person_is_written_many_ways(self, written: str) -> None:
        assert names.clean_name(written) == "张三"

    @pytest.mark.parametrize(
        "written", ["艾力·买买提", "艾力•买买提", "艾力．买买提", "艾力 · 买买提", "艾力・买买提"]
    )
    def test_the_middle_dot_is_one(self, written: str) -> None:
        assert names.clean_name(written) == "艾力·买买提"

    @pytest.mark.parametrize(
        ("name", "shown"), [("张三", "张*"), ("张小明", "张*明"), ("欧阳小明", "欧**明"), ("高", "*")]
    )
    def test_names_are_masked(self, name: str, shown: str) -> None:
        assert names.shown(name) == shown

    def test_credit_codes_have_a_check_character(self) -> None:
        assert codes.fault_of(CODE) is None
        assert codes.fault_of(CODE[:-1] + ("1" if CODE[-1] != "1" else "2")) == codes.WRONG_CODE
        assert codes.fault_of("330100000012345") == codes.WRONG_SHAPE

    def test_a_firm_is_known_by_code_then_by_its_name_in_the_register(self) -> None:
        register = firms.codes_by_name([(CODE, "清河（县）商贸有限公司"), (None, "无码公司")])
        assert firms.firm_key(CODE, "改名公司", register) == CODE
        assert firms.firm_key("没有", "清河(县) 商贸有限公司", register) == CODE
        assert firms.firm_key(None, "无码公司", register) == "n:无码公司"
        assert firms.firm_key(None, None, register) is None

    def test_a_name_that_two_firms_bear_finds_no_code(self) -> None:
        other17 = "91990101MA0000002"
        register = firms.codes_by_name(
            [(CODE, "同名公司"), (other17 + codes.check_character(other17), "同名公司")]
        )
        assert firms.firm_key(None, "同名公司", register) == "n:同名公司"

    def test_accounts_lose_blanks_and_dashes(self) -> None:
        assert accounts.clean_account("6228 4800-1234 5678 901") == "6228480012345678901"
        assert "浮点数" in reason(accounts.clean_account, "6.22848E+18")
        assert "浮点数" in reason(accounts.clean_account, "6228480012345670000")
        assert reason(accounts.clean_account, "现金") == "不像银行账号"

    def test_phones_lose_country_code_and_dashes(self) -> None:
        assert accounts.clean_phone("+86 138-1234-5678") == "13812345678"
        assert accounts.clean_phone("0571-88888888") == "057188888888"

    @pytest.mark.parametrize("written", ["清A12345", "清A·12345", "清a 12345", "清Ａ１２３４５"])
    def test_plates_have_one_spelling(self, written: str) -> None:
        assert plates.clean_plate(written) == "清A12345"

    def test_addresses_are_compared_without_punctuation(self) -> None:
        assert addresses.address_core("清河镇石桥村１２号（东）") == addresses.address_core(
            "清河镇 石桥村12号,东"
        )

    def test_codes_keep_their_text_and_lose_the_float(self) -> None:
        assert text.clean_code(" ht-2026（1） ") == "HT-2026(1)" and text.clean_code("1001.0") == "1001"
        assert "浮点数" in reason(text.clean_code, "1.23E+15")

    def test_error_values_and_formulas_without_value_are_named(self) -> None:
        assert "#REF!" in reason(text.refuse_excel_error, "#REF!")  # type: ignore[arg-type]
        assert "公式" in reason(text.refuse_excel_error, text.NOT_COMPUTED)  # type: ignore[arg-type]


def test_a_text_that_is_plain_already_is_told_without_looking_at_each_character() -> None:
    for code in range(0x20000):
        written = f"甲{chr(code)}A"
        if not 0xD800 <= code <= 0xDFFF:
            visible = unicodedata.normalize("NFKC", text.INVISIBLE.sub("", written))
            assert text.plain(written) == text.BLANKS.sub(" ", visible).strip(), hex(code)


def test_a_month_is_the_first_or_the_last_day_of_a_term() -> None:
    assert (dates.clean_from_day("202102"), dates.clean_to_day("2024年2月")) == (
        date(2021, 2, 1),
        date(2024, 2, 29),
    )
    assert dates.clean_from_day("2021-02-15") == dates.clean_to_day("2021-02-15") == date(2021, 2, 15)
    assert reason(dates.clean_to_day, "长期") == dates.NOT_A_DATE
    assert reason(dates.clean_from_day, "2026.1") == dates.TENTH_OR_FIRST
