"""The five real documents, where they are at hand (QINGFENG_SHARED)."""

import os
import time
from datetime import date
from pathlib import Path

import pytest

from qingfeng.planreader import Draft, read, text_lines
from qingfeng.planreader.tests.made_up import time_of


def document(prefix: str) -> Path:
    """A real document by the head of its name; skipped where they are not, failed where they must be."""
    shared = Path(os.environ.get("QINGFENG_SHARED", "../shared"))
    if not shared.is_absolute():
        shared = Path(__file__).parents[3] / shared
    found = sorted((shared / "documents").glob(f"{prefix}_*.txt"))
    if found:
        return found[0]
    reason = f"no document {prefix} under QINGFENG_SHARED={shared}"
    if os.environ.get("QINGFENG_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def draft() -> Draft:
    """The plan of 2017."""
    return read(document("002"))


def test_it_has_four_stages_with_their_days(draft: Draft) -> None:
    assert [(s.kind, s.start, s.end) for s in draft.stages] == [
        ("mobilization", date(2017, 5, 11), date(2017, 5, 20)),
        ("self_inspection", date(2017, 5, 21), date(2017, 6, 30)),
        ("rectification", date(2017, 7, 1), date(2017, 9, 30)),
        ("institution_building", date(2017, 9, 21), date(2017, 12, 10)),
    ]
    assert (draft.period.start, draft.period.end) == (date(2017, 5, 11), date(2017, 12, 31))


def test_it_has_eight_contents_and_its_basis(draft: Draft) -> None:
    assert [content.number for content in draft.contents] == list(range(1, 9))
    assert [basis.document_no for basis in draft.basis] == ["成纪发〔2017〕6号"]


def test_units_groups_and_office_each_owe_theirs(draft: Draft) -> None:
    owed = {(item.who[-1], time_of(item), item.stage) for item in draft.obligations}
    assert owed == {
        ("各部门", "2017-05-25", 1),
        ("各部门", "week", 2),
        ("各部门", "month", 2),
        ("各部门", "2017-06-25", 2),
        ("各部门", "2017-07-10", 3),
        ("各单位", "2017-09-25", 3),
        ("党组织书记", "None", 4),
        ("各专项治理小组", "2017-05-25", None),
        ("各专项治理小组", "2017-06-01/2017-10-31", None),
        ("专项治理小组", "week", None),
        ("各专项治理小组", "quarter", None),
        ("“微腐败”专项治理领导小组办公室", "month", None),
        ("各部门", "month:20", None),
    }
    office = [item for item in draft.obligations if item.who[-1].endswith("办公室")]
    assert len(office) == 2, "the monthly circular and the monthly joint meeting"


def test_the_monthly_report_goes_out_twice(draft: Draft) -> None:
    (report,) = [item for item in draft.obligations if item.recurrence and item.recurrence.day == 20]
    assert (report.channel, report.form, report.deliver_to) == (
        "electronic+paper",
        "附件5",
        ("区纪委宣传部",),
    )
    assert report.repeats_per_unit


def test_five_groups_are_named_and_eight_are_counted(draft: Draft) -> None:
    assert sum(1 for group in draft.groups if group.kind == "work_group" and group.count == 1) == 5
    assert [group.count for group in draft.groups if group.kind == "governance_group"] == [8]


def test_the_three_forms_have_their_fields_in_order(draft: Draft) -> None:
    assert [(form.attachment, form.orientation, form.fields) for form in draft.forms] == [
        (2, "sheet", ("填报单位", "编号", "填报时间", "时间", "被检查单位", "检查人员", "检查内容", "发现的问题", "整改建议", "整改时限", "整改责任人")),
        (3, "sheet", ("填报单位", "编号", "填报时间", "整改时间", "问题单位", "整改责任人及责任", "存在问题", "整改措施", "完成情况")),
        (4, "matrix", ("填报单位", "填报时间", "受检基层单位", "检查工作情况", "发现问题情况", "整改情况", "制度机制建设情况")),
    ]  # fmt: skip


def test_it_shows_its_own_faults(draft: Draft) -> None:
    assert {fault.code for fault in draft.faults} == {
        "attachment_missing", "attachment_uncited", "duty_undefined", "date_incomplete", "stages_overlap", "days_uncovered",
        "due_outside_stage", "due_on_day_off", "body_two_names", "groups_unnamed", "outdated_words", "person_named", "still_draft",
    }  # fmt: skip
    assert draft.document_status == "draft"


def test_no_person_of_it_is_imported(draft: Draft) -> None:
    (fault,) = [fault for fault in draft.faults if fault.code == "person_named"]
    lines = {line.number: line.plain for line in text_lines(document("002"))}
    assert all("同志" in lines[number] for number in fault.lines)
    assert "同志" not in str([group.members for group in draft.groups])


@pytest.mark.parametrize("prefix", ["000", "001", "003", "004"])
def test_summaries_speeches_and_reports_are_no_plans(prefix: str) -> None:
    draft = read(document(prefix))
    assert draft.kind == "not_a_plan"
    assert draft.reasons


def test_reading_takes_less_than_a_second() -> None:
    path = document("002")
    begun = time.perf_counter()
    read(path)
    assert time.perf_counter() - begun < 1.0
