"""Headers that no wording of a contract names: what is like enough to be taken, and what never is."""

from __future__ import annotations

import pytest

from qingfeng.screening.catalogue import table
from qingfeng.screening.reading.likeness import likeness
from qingfeng.screening.reading.tests.test_sheets_of_strangers import read, read_as


def test_a_sheet_of_which_no_header_is_worded_as_in_the_contract_is_recognised() -> None:
    reading = read(
        "车载终端号:code,公车号牌:plate,车辆实际驶离时间:=2026-03-01 08:10,目的地所在位置:text,"
        "车辆最终停放位置:text,车辆驾驶人员:somebody,系统行驶里程:decimal",
        ("平台导出", "公务用车出车"),
    )
    assert reading.table is not None and reading.table.name == "trips"
    found = read_as(reading)
    assert (found["plate"], found["parked_at"]) == ("公车号牌", "车辆最终停放位置")
    assert (found["driver"], found["kilometres"]) == ("车辆驾驶人员", "系统行驶里程")
    assert any("作“停放地点”" in told for told in reading.presumed)


def test_the_only_number_of_persons_is_the_owners_and_the_name_beside_it_his() -> None:
    reading = read(
        "被核查人:somebody,被核查人身份证号:person_id,产权证编号:code,房屋地址:text,建筑面积:decimal,房屋类型:text",
        ("核查", "房产信息"),
    )
    assert reading.sure and reading.table is not None and reading.table.name == "real_estate"
    assert (read_as(reading)["id_no"], read_as(reading)["name"]) == ("被核查人身份证号", "被核查人")


@pytest.mark.parametrize(
    ("of", "header", "column"),
    [
        ("payments", "拟发放日期", "pay_date"),
        ("payments", "核定标准", "amount"),
        ("building_visits", "巡查人员", "finding"),
        ("awards", "预算金额", "amount"),
    ],
)
def test_a_word_that_changes_the_sense_or_another_kind_of_thing_is_not_alike(
    of: str, header: str, column: str
) -> None:
    assert likeness(table(of), header).get(column, 0.0) < 0.5


def test_another_number_is_never_taken_for_that_of_a_person() -> None:
    reading = read(
        "补贴项目:text,姓名:somebody,监护人身份证号:person_id,残疾证号:person_id,发放日期:date,金额:money",
        ("残联", "补贴发放"),
    )
    assert "id_no" not in reading.places
