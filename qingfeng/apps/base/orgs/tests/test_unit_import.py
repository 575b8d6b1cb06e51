"""The unit tree from Excel: rows in any order, each fault named by its row, all or the good ones."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.utils import translation

from qingfeng.apps.base.orgs import actions, queries
from qingfeng.apps.base.orgs.models import Appointment, Group, GroupOversight, Person, Unit, UnitClosure, User
from qingfeng.apps.base.orgs.unit_import import Outcome, read_units
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import BadInput, Refused
from tests.cast import START, TODAY, Cast
from tests.wrong_input.made_up import LOCKED_NEW

HEAD = ["单位代码", "单位名称", "简称", "类别", "上级代码", "顺序", "起", "止"]
PEOPLE = ["姓名", "工号", "单位代码/组代码", "职务", "角色", "任职日期", "账号"]
GROUPS = ["组代码", "名称", "类别", "设在", "监督单位"]
NEW_TREE = [
    ["980101001", "桐花社区", "", "社区", "980101", 1, "2026-01-01", ""],
    ["980101", "白鹭街道", "白鹭街", "街道", "980100", 1, "2026-01-01", ""],
    ["980100", "云帆区", "", "区", "", "", "2026-01-01", ""],
    ["980150", "区林业局", "", "部门", "980100", 2, "2026-01-01", ""],
]


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def units(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    return workbook(单位=[head, *rows])


def outcomes(content: bytes, name: str = "单位.xlsx") -> dict[str, Outcome]:
    return {line.code: line.outcome for line in read_units(content, name).lines}


def the_fault(content: bytes, name: str = "单位.xlsx") -> str:
    faulty = read_units(content, name).faulty
    assert len(faulty) == 1
    return faulty[0].words[0]


def test_parents_may_stand_below_their_children_in_the_file(db: None):
    preview = read_units(units(*NEW_TREE), "单位.xlsx")
    assert preview.counts() == {Outcome.NEW: 4}
    result = actions.import_units(preview=preview, by=None)
    assert result.taken == {"新增": 4}
    assert queries.path(Unit.objects.get(code="980101001")) == ["云帆区", "白鹭街道", "桐花社区"]
    assert Unit.objects.get(code="980101").short_name == "白鹭街"
    assert Event.objects.filter(kind="unit.created").count() == 4


def test_reading_writes_nothing(db: None):
    read_units(units(*NEW_TREE), "单位.xlsx")
    assert not Unit.objects.exists() and not Event.objects.exists()


def test_taken_twice_changes_nothing_the_second_time(db: None):
    content = units(*NEW_TREE)
    actions.import_units(content=content, name="单位.xlsx", by=None)
    before = Event.objects.count()
    assert set(outcomes(content).values()) == {Outcome.UNCHANGED}
    assert actions.import_units(content=content, name="单位.xlsx", by=None).unchanged == 4
    assert Event.objects.count() == before


def test_titles_above_the_heading_other_words_and_another_order_are_understood(db: None):
    rows = [
        ["云帆区单位一览表"],
        [],
        ["填表日期：2026年1月1日"],
        ["序号", "单位类别（必填）", "机构名称 ", "上级 单位", "* 机构编码"],
        [1, "县区", "云帆区", "", "９８０１００"],
        [2, "乡镇", "白鹭街道", "云帆区", 980101],
    ]
    actions.import_units(content=workbook(表=rows), name="单位.xlsx", by=None)
    street = Unit.objects.get(code="980101")
    assert (street.parent.code, street.kind) == ("980100", "street")
    assert street.valid_from == date(TODAY.year, 1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_csv_is_read_in_the_encodings_that_offices_use(db: None, encoding: str):
    text = "\r\n".join(",".join(str(cell) for cell in row) for row in [HEAD, *NEW_TREE])
    assert set(outcomes(text.encode(encoding), "单位.csv").values()) == {Outcome.NEW}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026/3/5", date(2026, 3, 5)),
        ("２０２６．３．５", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        (date(2026, 3, 5), date(2026, 3, 5)),
        (46086, date(2026, 3, 5)),
    ],
)
def test_days_are_read_however_they_are_written(db: None, written: Any, day: date):
    actions.import_units(
        content=units(["1", "云帆区", "", "区县", "", "", written, "至今"]), name="甲.xlsx", by=None
    )
    unit = Unit.objects.get(code="1")
    assert (unit.valid_from, unit.valid_to) == (day, None)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["980101", "", "", "街道", "980100"], "“单位名称”：没有填写"),
        (["", "甲街道", "", "街道", "980100"], "“单位代码”：没有填写"),
        (["980101", "甲街道", "", "", "980100"], "“类别”：没有填写"),
        (["980101", "甲街道", "", "飞地", "980100"], "“飞地”不在可选范围内，请填：区县、部门"),
        (["980101", "甲街道", "", "街道", ""], "只有区县可以没有上级"),
        (["980101", "甲街道", "", "街道", "980199"], "“980199”既不在文件中，也不在系统中"),
        (["980101", "甲街道", "", "街道", "980101"], "上级不能是本单位"),
        (["980101", "甲区", "", "区", "980100"], "区县不填上级"),
        (["980101", "甲街道", "", "街道", "980100", "", "2026年2月30日"], "“起”：“2026年2月30日”不存在"),
        (["980101", "甲街道", "", "街道", "980100", "", "2月30日"], "不是完整的日期"),
        (["980101", "甲街道", "", "街道", "980100", "头一个"], "不是顺序号"),
        (
            ["980101", "甲街道", "", "街道", "980100", "", "2026-02-01", "2026-01-01"],
            "早于设立日期2026-02-01",
        ),
        (["980101", "甲街道" * 40, "", "街道", "980100"], "超过100个字"),
        (["9" * 31, "甲街道", "", "街道", "980100"], "不合规"),
        (["98/01", "甲街道", "", "街道", "980100"], "“98/01”不合规"),
    ],
)
def test_a_faulty_row_is_named_with_its_column_and_reason(db: None, row: list[Any], words: str):
    found = the_fault(units(["980100", "云帆区", "", "区", ""], row))
    assert found.startswith("工作表“单位”第3行，") and words in found


def test_a_code_that_stands_twice_is_named_with_the_first_place(db: None):
    content = units(
        NEW_TREE[2], ["980101", "甲街道", "", "街道", "980100"], ["980101", "乙街道", "", "街道", "980100"]
    )
    assert "第4行" in the_fault(content) and "与工作表“单位”第3行重复" in the_fault(content)


def test_a_ring_is_named_in_every_row_of_it(db: None):
    content = units(
        NEW_TREE[2], ["1", "甲", "", "街道", "2"], ["2", "乙", "", "街道", "3"], ["3", "丙", "", "街道", "1"]
    )
    faulty = read_units(content, "单位.xlsx").faulty
    assert [line.number for line in faulty] == [3, 4, 5]
    assert "绕成了圈：1→2→3→1" in faulty[0].words[0]


def test_a_ring_through_units_that_are_already_there_is_seen(cast: Cast):
    content = units(["990101", "临江街道", "", "街道", "990101001"])
    assert "绕成了圈" in the_fault(content)


def test_what_hangs_below_a_faulty_row_cannot_be_taken_either(db: None):
    content = units(NEW_TREE[2], ["1", "甲街道", "", "飞地", "980100"], ["2", "乙社区", "", "社区", "1"])
    assert "上级“1”在工作表“单位”第3行，那一行有误" in read_units(content, "单位.xlsx").faulty[1].words[0]


def test_all_or_nothing_unless_the_good_rows_are_wanted(db: None):
    content = units(*NEW_TREE, ["980102", "乙街道", "", "飞地", "980100"])
    with pytest.raises(BadInput, match="有1行不能导入") as caught:
        actions.import_units(content=content, name="单位.xlsx", by=None)
    assert "第6行" in caught.value.places[0] and not Unit.objects.exists()
    result = actions.import_units(content=content, name="单位.xlsx", by=None, accept_partial=True)
    assert result.taken == {"新增": 4} and [line.number for line in result.left] == [6]
    assert Unit.objects.count() == 4


def test_changes_are_shown_before_and_made_after(cast: Cast):
    content = units(
        ["990101", "滨江街道", "", "街道", "990100", 5],
        ["990101001", "柳荫社区", "", "社区", "990102"],
        ["990150", "区水务局", "", "部门", "990100", "", "2025-12-01"],
        ["990102", "望山街道", "", "街道", "990100"],
    )
    preview = read_units(content, "单位.xlsx")
    assert [line.outcome for line in preview.lines] == [
        Outcome.RENAMED,
        Outcome.MOVED,
        Outcome.CHANGED,
        Outcome.UNCHANGED,
    ]
    assert preview.lines[0].changes == ("名称：“临江街道”改为“滨江街道”", "顺序：“0”改为“5”")
    assert preview.lines[1].changes == ("由“滨江街道”划转到“望山街道”",)
    actions.import_units(preview=preview, by=cast.office)
    assert queries.path(Unit.objects.get(code="990101001")) == ["清河区", "望山街道", "柳荫社区"]
    assert Unit.objects.get(code="990101").short_name == "滨江街道"
    assert Unit.objects.get(code="990150").valid_from == date(2025, 12, 1)
    kinds = set(Event.objects.filter(actor_id=cast.office.pk).values_list("kind", flat=True))
    assert kinds == {"unit.renamed", "unit.corrected", "unit.moved", "unit_import.taken"}


def test_two_units_that_change_places_in_one_file_are_moved_from_the_top(cast: Cast):
    window = actions.create_unit(
        code="W", name="窗口", kind="window", parent=cast.community, by=None, valid_from=START
    )
    content = units(["990101001", "柳荫社区", "", "社区", "W"], ["W", "窗口", "", "服务窗口", "990101"])
    actions.import_units(content=content, name="单位.xlsx", by=cast.office)
    cast.community.refresh_from_db()
    assert cast.community.parent_id == window.pk
    assert queries.path(cast.community) == ["清河区", "临江街道", "窗口", "柳荫社区"]
    assert UnitClosure.objects.filter(descendant=cast.community).count() == 4


def test_a_street_and_its_communities_end_in_one_file(cast: Cast):
    for person in (cast.sister_clerk, cast.sister_head, cast.sister_secretary):
        row = Appointment.objects.get(person=person.person)
        actions.end_appointment(appointment=row, last_day=date(2026, 5, 31), by=cast.office)
    actions.end_group(group=cast.sister_committee, last_day=date(2026, 5, 31), by=cast.office)
    actions.create_unit(
        code="990102001", name="松下社区", kind="community", parent=cast.sister, by=None, valid_from=START
    )
    content = units(
        ["990102", "望山街道", "", "街道", "990100", "", "", "2026-05-31"],
        ["990102001", "松下社区", "", "社区", "990102", "", "", "2026-05-31"],
    )
    assert set(outcomes(content).values()) == {Outcome.ENDED}
    actions.import_units(content=content, name="单位.xlsx", by=cast.office)
    assert set(Unit.objects.filter(code__startswith="990102").values_list("valid_to", flat=True)) == {
        date(2026, 5, 31)
    }
    assert "代码已用于2026-05-31撤销的“望山街道”" in the_fault(
        units(["990102", "新街道", "", "街道", "990100"])
    )
    assert "上级“990102”已于2026-05-31撤销" in the_fault(units(["7", "新社区", "", "社区", "990102"]))


def test_a_unit_with_people_in_post_is_not_ended_by_a_file(cast: Cast):
    found = the_fault(units(["990150", "区水务局", "", "部门", "990100", "", "", "2026-06-30"]))
    assert "1人仍在任" in found and "“止”" in found


PEOPLE_FILE = {
    "单位": [HEAD, *NEW_TREE],
    "组": [
        GROUPS,
        ["Z1", "白鹭街道纪工委", "街道纪工委", "980101", "980101"],
        ["Z2", "第一专项治理小组", "专项治理小组", "云帆区", "980101、980150"],
    ],
    "人员": [
        PEOPLE,
        ["尹小满", "Y001", "980101", "纪检干事", "单位经办人", "2026-03-01", "yinxm"],
        ["尹小满", "Y001", "980101001", "兼职网格员", "经办人", "", ""],
        ["毕清和", "Y002", "Z2", "组长", "检查人员", "", "biqh"],
    ],
    "说明": [["本表由各单位填写"]],
}


def test_groups_and_people_come_with_their_units(db: None):
    preview = read_units(workbook(**PEOPLE_FILE), "组织.xlsx")
    assert not preview.faulty and preview.remarks == ("工作表“说明”没有可识别的表头，已跳过。",)
    result = actions.import_units(preview=preview, by=None)
    assert result.accounts == ["yinxm", "biqh"]
    street = Unit.objects.get(code="980101")
    assert queries.has_clerk(street, date(2026, 3, 1)) and not queries.has_clerk(street, date(2026, 2, 28))
    assert [
        (group.code, depth) for group, depth in queries.overseeing_groups(street, ["governance_group"], TODAY)
    ] == [("Z2", 0)]
    assert Person.objects.count() == 2 and Appointment.objects.count() == 3
    user = User.objects.get(username="yinxm")
    assert user.must_change_password and not user.has_usable_password()
    again = read_units(workbook(**PEOPLE_FILE), "组织.xlsx")
    assert set(again.counts()) == {Outcome.UNCHANGED}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["尹小满", "T001", "990101", "干事", "经办人"], "该工号已登记为“周文渊”"),
        (["周文渊", "T001", "没有的单位", "干事", "经办人"], "没有叫“没有的单位”的单位或组，请填"),
        (["周文渊", "T001", "", "干事", "经办人"], "“单位代码/组代码”：没有填写"),
        (["周文渊", "T001", "990101", "", "经办人"], "“职务”：没有填写"),
        (["周文渊", "T001", "990101", "干事", "皇帝"], "“皇帝”不在可选范围内"),
        (["周文渊", "T001", "990101", "干事", "经办人", "明天"], "“任职日期”：“明天”不是完整的日期"),
        (["尹小满", "Y009", "990101", "干事", "经办人", "", "clerk"], "账号“clerk”已属于别人"),
        (["周文渊", "T001", "990101", "干事", "经办人", "", "another"], "已有另一个账号"),
    ],
)
def test_a_faulty_row_of_people_is_named(cast: Cast, row: list[Any], words: str):
    found = the_fault(workbook(人员=[PEOPLE, row]))
    assert "第2行" in found and words in found


def test_a_chinese_file_is_understood_where_the_pages_are_read_in_english(db: None):
    with translation.override("en"):
        assert not read_units(workbook(**PEOPLE_FILE), "组织.xlsx").faulty


def test_one_seat_twice_in_a_file_is_named(cast: Cast):
    row = ["尹小满", "Y001", "990101", "干事", "经办人"]
    assert "与工作表“人员”第2行重复" in the_fault(workbook(人员=[PEOPLE, row, row]))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["G3", "第一专项治理小组", "督导组", "990100"], "已登记为“专项治理小组”"),
        (["G3", "第一专项治理小组", "专项治理小组", "990101"], "已设在“清河区”"),
        (["G7", "新组", "专项治理小组", "990100", "990101、999999"], "“999999”既不在文件中"),
        (["G7", "新组", "朋友圈", "990100"], "“朋友圈”不在可选范围内"),
    ],
)
def test_a_faulty_row_of_groups_is_named(cast: Cast, row: list[Any], words: str):
    assert words in the_fault(workbook(组=[GROUPS, row]))


def test_the_short_name_of_a_group_comes_along_and_stays(cast: Cast):
    head = ["组代码", "名称", "简称", "类别", "设在"]
    new = workbook(组=[head, ["G7", "第二专项治理小组", "治理二组", "专项治理小组", "990100"]])
    actions.import_units(content=new, name="组.xlsx", by=cast.office)
    assert Group.objects.get(code="G7").short_name == "治理二组"
    renamed = workbook(组=[head, ["G7", "第二治理小组", "", "专项治理小组", "990100"]])
    assert outcomes(renamed, "组.xlsx") == {"G7": Outcome.RENAMED}
    actions.import_units(content=renamed, name="组.xlsx", by=cast.office)
    assert Group.objects.get(code="G7").short_name == "治理二组"


def test_what_a_group_oversees_is_made_to_agree_with_the_file(cast: Cast):
    content = workbook(组=[GROUPS, ["G3", "第一专项治理小组", "专项治理小组", "990100", "990102,990150"]])
    line = read_units(content, "组.xlsx").lines[0]
    assert line.changes == ("监督：区水务局", "不再监督：临江街道")
    actions.import_units(content=content, name="组.xlsx", by=cast.office)
    now = GroupOversight.objects.on(TODAY).filter(group=cast.governance).values_list("unit__name", flat=True)
    assert set(now) == {"望山街道", "区水务局"}


def test_accounts_from_a_file_need_an_administrator(cast: Cast):
    content = workbook(人员=[PEOPLE, ["尹小满", "Y001", "990101", "干事", "经办人", "", "yinxm"]])
    with pytest.raises(Refused, match="系统管理员"):
        actions.import_units(content=content, name="人员.xlsx", by=cast.office)
    assert not Person.objects.filter(staff_no="Y001").exists()
    actions.import_units(content=content, name="人员.xlsx", by=cast.administrator)
    assert User.objects.filter(username="yinxm").exists()


@pytest.mark.parametrize("who", ["clerk", "head", "leader", "outsider"])
def test_only_who_keeps_the_organisation_imports(cast: Cast, who: str):
    with pytest.raises(Refused):
        actions.import_units(content=units(*NEW_TREE), name="单位.xlsx", by=getattr(cast, who))


def test_a_preview_that_has_grown_old_is_judged_anew(cast: Cast):
    preview = read_units(units(["990101002", "芦苇社区", "", "社区", "990101"]), "单位.xlsx")
    actions.create_unit(
        code="990101002", name="芦苇社区", kind="community", parent=cast.street, by=cast.office
    )
    assert actions.import_units(preview=preview, by=cast.office).unchanged == 1
    assert Unit.objects.filter(code="990101002").count() == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "是空的"),
        (b"PK\x03\x04 broken", "a.xlsx", "可能已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "可能已损坏"),
        (LOCKED_NEW, "a.xlsx", "设了密码"),
        (b"%PDF-1.7", "a.pdf", "只能导入"),
        ("姓名,电话\n甲,乙".encode(), "a.csv", "缺少“工号”|没有可识别的表头"),
        ("单位代码,单位名称,类别\n1,甲,乙".encode(), "a.csv", "像是单位表，但缺少“上级代码”列"),
        ("单位代码,单位名称,类别,上级代码\n".encode(), "a.csv", "只有表头"),
        ("随便写几个字".encode(), "a.txt", "没有可识别的表头"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", "超过5兆"),
    ],
)
def test_a_file_that_is_no_such_table_is_turned_away_in_words(
    db: None, content: bytes, name: str, words: str
):
    with pytest.raises(BadInput, match=words):
        read_units(content, name)


def test_a_large_tree_is_taken_at_a_bearable_pace(db: None, django_assert_max_num_queries: Any):
    rows = [
        ["1", "云帆区", "", "区", ""],
        *([str(1000 + number), f"第{number}街道", "", "街道", "1"] for number in range(40)),
    ]
    with django_assert_max_num_queries(600):
        actions.import_units(content=units(*rows), name="单位.xlsx", by=None)
    assert Unit.objects.count() == 41


def test_names_of_groups_end_up_where_they_were_meant(db: None):
    actions.import_units(content=workbook(**PEOPLE_FILE), name="组织.xlsx", by=None)
    assert Group.objects.get(code="Z2").home_unit.code == "980100"


def test_totals_and_remarks_below_a_table_are_passed_over_and_told(cast: Cast):
    rows = [["990101009", "芦苇社区", "", "社区", "990101"], ["合 计", "1个"], ["", "备注：以民政局批复为准"]]
    preview = read_units(units(*rows), "花名册.xlsx")
    assert [line.outcome for line in preview.lines] == [Outcome.NEW]
    assert [remark[:11] for remark in preview.remarks] == ["工作表“单位”第3行是", "工作表“单位”第4行是"]


def test_people_of_a_group_are_placed_by_its_name(cast: Cast):
    seat = ["尹小满", "Y001", "第九专项治理小组", "组员", "检查人员"]
    content = workbook(
        组=[GROUPS, ["X9", "第九专项治理小组", "专项治理小组", "990101", "990101"]], 人员=[PEOPLE, seat]
    )
    actions.import_units(content=content, name="名单.xlsx", by=cast.office)
    assert Appointment.objects.get(person__staff_no="Y001").post.group == Group.objects.get(code="X9")


def test_units_without_a_day_begin_with_the_year_so_that_its_ledgers_may_name_them(cast: Cast):
    rows = [
        ["990103", "新岭街道", "", "街道", "990100", "", f"{TODAY.year}-03-01"],
        ["990103001", "岭上社区", "", "社区", "新岭街道办事处"],
        ["990101009", "芦苇社区", "", "社区", "990101"],
    ]
    actions.import_units(content=units(*rows), name="花名册.xlsx", by=cast.office)
    begun = dict(Unit.objects.filter(code__in=[row[0] for row in rows]).values_list("code", "valid_from"))
    assert begun["990103001"] == date(TODAY.year, 3, 1)
    assert begun["990101009"] == max(date(TODAY.year, 1, 1), cast.street.valid_from)
