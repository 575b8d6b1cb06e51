"""Groups named in a table or in one list before or behind their number."""

import pytest

from qingfeng.planreader.tests.made_up import plan

LISTS = [
    ("组建乡村治理、执法监督、营商环境3个专班。", ["乡村治理专班", "执法监督专班", "营商环境专班"]),
    ("成立综合协调、线索处置、宣传报道三个工作组，分头推进。", ["综合协调工作组", "线索处置工作组", "宣传报道工作组"]),
    ("领导小组下设综合、核查、整改等3个工作小组。", ["综合工作小组", "核查工作小组", "整改工作小组"]),
    ("设立民生保障、“三资”管理两个工作专班。", ["民生保障工作专班", "“三资”管理工作专班"]),
    ("成立综合协调组、核查组、宣传组三个工作组。", ["综合协调组", "核查组", "宣传组"]),
    ("下设三个专班：乡村治理专班、执法监督专班、民生专班。", ["乡村治理专班", "执法监督专班", "民生专班"]),
    ("组建教育、医疗、养老、住建4个行业整治专班。", ["教育行业整治专班", "医疗行业整治专班", "养老行业整治专班", "住建行业整治专班"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "names"), LISTS)
def test_a_list_before_the_number_names_each_group(sentence: str, names: list[str]) -> None:
    draft = plan(rest=sentence)
    assert [(group.name, group.count) for group in draft.groups if group.kind != "leading_group"] == [
        (name, 1) for name in names
    ]
    assert not [fault for fault in draft.faults if fault.code in {"groups_unnamed", "count_mismatch"}]


@pytest.mark.parametrize(
    "header", ["组别\t牵头单位\t工作职责", "工作组名称\t组成单位\t职责", "专班\t成员单位\t主要职责"]
)
def test_a_table_of_groups_names_each(header: str) -> None:
    rows = "综合协调组\t县纪委监委、县委办\t统筹协调\n线索处置组\t县纪委监委\t办理线索\n宣传报道组\t县委宣传部\t宣传引导"
    draft = plan(rest=f"领导小组下设3个工作组，分工如下：\n{header}\n{rows}\n")
    groups = [group for group in draft.groups if group.kind == "work_group"]
    assert [(group.name, group.count) for group in groups] == [
        ("综合协调组", 1), ("线索处置组", 1), ("宣传报道组", 1),
    ]  # fmt: skip
    assert groups[0].members == ("县纪委监委", "县委办")
    assert "groups_unnamed" not in {fault.code for fault in draft.faults}


def test_a_leading_group_may_be_named_behind_its_members() -> None:
    rest = "成立由县委书记任组长，县长任副组长，县纪委监委、县财政局主要负责人为成员的专项整治工作领导小组。"
    (group,) = plan(rest=rest).groups
    assert (group.name, group.kind) == ("专项整治工作领导小组", "leading_group")


def test_short_names_in_a_table_of_groups_are_completed() -> None:
    table = "序号\t专班名称\t牵头单位\n1\t乡村治理\t县农业农村局\n2\t执法监督\t县委政法委\n"
    draft = plan(rest="组建2个工作专班。\n" + table)
    assert [group.name for group in draft.groups] == ["乡村治理专班", "执法监督专班"]
