"""Tables of mechanisms without a column of times, groups told one by one, and names of two kinds."""

import pytest

from qingfeng.planreader.persons import names_in
from qingfeng.planreader.tests.made_up import plan, time_of
from qingfeng.planreader.tests.test_faults import codes

TABLES = [
    (
        "制度\t责任单位\t要求\n周例会\t县整治办\t每周一上午召开例会\n月通报\t县纪委监委\t每月底前通报进展\n季评估\t县审计局\t每季度开展一次评估",
        ["县整治办 week::1", "县纪委监委 month:-1", "县审计局 quarter"],
    ),
    (
        "机制名称\t牵头部门\t具体内容\n双周会商\t县委政法委\t每两周会商一次\n旬报\t各乡镇\t每旬向县整治办报送动态\n线索直报\t各乡镇\t发现线索的，24小时内报县纪委监委",
        ["县委政法委 two_weeks", "各乡镇 ten_days", "各乡镇 发现线索的，24小时内"],
    ),
    ("序号\t工作机制\t责任主体\n1\t周调度\t县整治办\n2\t月汇总\t各乡镇", ["县整治办 week", "各乡镇 month"]),
    ("职责单位\t职责\n县财政局\t每月10日前比对数据\n县审计局\t负责审计", ["县财政局 month:10"]),
    ("序号\t问题\t整改措施\t责任单位\n1\t账目不清\t清理账目\t县财政局\n2\t公示不及时\t5月20日前补齐公示\t各乡镇", ["各乡镇 2026-05-20"]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "expected"), TABLES)
def test_a_table_of_bearers_tells_its_times_in_its_tasks(table: str, expected: list[str]) -> None:
    items = plan(rest=table + "\n").obligations
    assert [f"{'、'.join(item.who)} {time_of(item)}" for item in items] == expected


GROUPS = [
    (
        "领导小组下设两个专班：线索办理专班，由县纪委监委、县公安局组成；宣传引导专班，由县委宣传部、县融媒体中心组成。",
        [("线索办理专班", 1, 2), ("宣传引导专班", 1, 2)],
    ),
    (
        "设立三个小组：综合组由县委办、县政府办组成；核查组由县审计局牵头；宣传组由县委宣传部负责。",
        [("综合组", 1, 2), ("核查组", 1, 0), ("宣传组", 1, 0)],
    ),
    ("县整治办分为两个工作组：综合组负责统筹协调；核查组负责实地核查。", [("综合组", 1, 0), ("核查组", 1, 0)]),
    (
        "组建两支工作队：甲工作队，组长由县水利局局长担任；乙工作队，组长由县林业局局长担任。",
        [("甲工作队", 1, 1), ("乙工作队", 1, 1)],
    ),
    ("成立三个督导组，由县纪委监委班子成员带队；每组3人，负责分片督导。", [("督导组", 3, 0)]),
    ("成立五个检查组：每组由3人组成；检查组成员不得与被查单位有利害关系。", [("检查组", 5, 0)]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "groups"), GROUPS)
def test_groups_told_one_by_one_each_have_their_members(
    sentence: str, groups: list[tuple[str, int, int]]
) -> None:
    draft = plan(rest=sentence)
    assert [(group.name, group.count, len(group.members)) for group in draft.groups] == groups
    assert ("groups_unnamed" in codes(draft)) is (groups[0][1] > 1)
    assert "count_mismatch" not in codes(draft)


def test_groups_told_behind_the_leading_group_lend_it_no_members() -> None:
    rest = (
        "成立专项治理领导小组，由县卫生局局长任组长。领导小组设两个组：建设督导组，由县卫生局医政股组成；"
        "立案查办组，由县纪委监委组成。"
    )
    groups = {group.name: group.members for group in plan(rest=rest).groups}
    assert groups == {
        "专项治理领导小组": ("组长：县卫生局局长",),
        "建设督导组": ("县卫生局医政股",),
        "立案查办组": ("县纪委监委",),
    }


def test_groups_told_one_by_one_are_counted() -> None:
    told = "综合组，由县委办组成；核查组，由县审计局组成；宣传组，由县委宣传部组成。"
    assert "count_mismatch" in codes(plan(rest="设四个工作组：" + told))
    assert "count_mismatch" not in codes(plan(rest="设三个工作组：" + told))


NAMES = [
    ("公司工程部", "公司工程管理部", True),
    ("县社纪检部", "县社纪检监督部", True),
    ("院审计财务科", "院财务审计科", True),
    ("学校教务处", "学校教务管理处", True),
    ("公司市场部", "公司市场监督部", False),
    ("集团营销一部", "集团营销二部", False),
    ("县医院护理部", "县医院药剂部", False),
    ("集团办公室", "集团党委办公室", False),
]


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_a_department_cut_short_or_turned_about_is_one_body(one: str, other: str, same: bool) -> None:
    rest = f"{one}应于5月20日前报送清单。\n各单位6月10日前完成整改，由{other}组织复核。"
    assert ("body_two_names" in codes(plan(rest=rest))) is same


ARRANGED = [
    ("健全日巡查、周清点、月述学机制。", True),
    ("建立周会诊、月点将、季述廉等制度。", True),
    ("建立周会诊、月点将、季述廉等制度。县整治办每周会诊一次。县委每月点将。县纪委每季度组织述廉。", False),
    ("建立日上报、周汇总制度，县整治办每日上报情况，每周汇总一次。", False),
    ("完善日常监督、年度考核机制。", False),
    ("完善季节性用工、年休假等制度。", False),
    ("健全日间照料、周末托管、月嫂服务等制度。", False),
]


@pytest.mark.parametrize(("rest", "undefined"), ARRANGED)
def test_each_member_of_a_list_of_rhythms_must_be_told(rest: str, undefined: bool) -> None:
    assert ("duty_undefined" in codes(plan(rest=rest))) is undefined


PERSONS = [
    ("联络工作由县纪委干部苏清和负责，联系电话：000-1。", ["苏清和"]),
    ("由村会计张有田负责登记。", ["张有田"]),
    ("由镇党建办科员马晓兰具体对接。", ["马晓兰"]),
    ("干部包片负责，电话畅通。", []),
    ("工作人员应负责解释。", []),
    ("各村干部常年联系群众。", []),
    ("联络员单位联系电话见附件。", []),
]


@pytest.mark.parametrize(("text", "names"), PERSONS)
def test_a_name_stands_behind_an_ordinary_post(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("agency", "old"),
    [("县旅游局", True), ("市文化和旅游局", False), ("县文化广电旅游局", False), ("州文化体育旅游局", False)],
)
def test_only_the_tourism_office_of_old_is_outdated(agency: str, old: bool) -> None:
    assert ("outdated_words" in codes(plan(rest=f"{agency}应于5月20日前报送清单。"))) is old


@pytest.mark.parametrize(
    ("end", "start", "left_out"),
    [("4月30日", "5月6日", True), ("4月20日", "4月23日", True), ("4月24日", "4月27日", False), ("4月20日", "4月21日", False)],
)  # fmt: skip
def test_a_holiday_left_out_counts_and_a_bare_weekend_does_not(end: str, start: str, left_out: bool) -> None:
    steps = (
        "二、工作步骤\n专项整治自2026年4月1日开始，12月31日结束，分两个阶段进行。\n"
        f"（一）动员部署阶段（2026年4月1日至{end}）。各单位要认真组织学习。\n"
        f"（二）集中整治阶段（2026年{start}至12月31日）。各单位要全面排查问题。\n"
    )
    assert ("days_uncovered" in codes(plan(steps=steps))) is left_out
