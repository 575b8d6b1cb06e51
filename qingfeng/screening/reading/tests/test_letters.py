"""Headers of exports: first letters of pinyin, and the social insurance's numbers of items."""

from __future__ import annotations

import pytest

from qingfeng.screening.catalogue import table
from qingfeng.screening.reading.grids import Head
from qingfeng.screening.reading.letters import likeness_of_letters, spelt_out
from qingfeng.screening.reading.recognising import Reading, recognise


def read(name: str, heads: str, *rows: str) -> Reading:
    cells = [line.split(",") for line in (heads, *rows)]
    reading = recognise(Head(cells, list(range(1, len(cells) + 1))), ("某局", name, ""))
    assert reading is not None
    return reading


def named(reading: Reading) -> dict[str, str]:
    return {reading.headers[place]: column for column, place in reading.places.items()}


def test_columns_of_words_are_told_by_their_letters_too_and_by_how_these_may_end() -> None:
    reading = read(
        "办件环节明细",
        "BJBH,HJMC,CLR,KSSJ,JSSJ,BZ",
        "BJ2026001,受理,张小明,2026-03-01 09:00,2026-03-02 10:00,",
        "BJ2026002,审查,李大海,2026-03-03 09:00,2026-03-05 10:00,补正",
    )
    assert reading.sure and reading.table and reading.table.name == "approval_steps"
    assert {"BJBH": "case_no", "HJMC": "step", "KSSJ": "start_date", "JSSJ": "end_date"}.items() <= named(
        reading
    ).items()
    assert any("“HJMC”" in told for told in reading.presumed)


@pytest.mark.parametrize(
    ("letters", "alike"), [("tbdw", 1.0), ("tbdwmc", 1.0), ("tbdwqc", 0.85), ("jhrdw", 0.0)]
)
def test_letters_are_alike_when_they_are_the_same_but_for_their_end(letters: str, alike: float) -> None:
    assert likeness_of_letters(table("bids"), letters).get("bidder_name", 0.0) == alike


def test_somebody_elses_number_in_letters_is_not_the_subjects() -> None:
    alike = likeness_of_letters(table("payments"), "jhrsfzh")
    assert "id_no" not in alike and likeness_of_letters(table("payments"), "sfzh")["id_no"] == 1.0


def test_two_letters_mean_the_remark_and_nothing_else() -> None:
    assert set(likeness_of_letters(table("payroll"), "bz")) <= {"note"}


def test_items_of_the_social_insurance_are_spelt_out() -> None:
    assert spelt_out("aac002") == "身份证号" and spelt_out("发放日期") == "发放日期"
    reading = read(
        "职工参保明细",
        "AAC003,AAC002,AAB004,AAB003,AAC030",
        "张小明,990101197003070017,某某商贸有限公司,91990101MA00000015,2019-03-01",
        "李大海,990101197003070025,某某建材有限公司,91990101MA00000023,2020-05-01",
    )
    assert reading.table and reading.table.name == "firm_staff" and reading.sure
    assert named(reading)["AAC002"] == "id_no" and named(reading)["AAB004"] == "firm_name"
