"""Faults in more of the wordings in which plans commit them, and the like that is none."""

import pytest

from qingfeng.planreader.tests.made_up import HEAD, plan
from qingfeng.planreader.tests.test_faults import codes

COUNTS = [
    ("（一）抓好以下四个方面：一是学习。二是排查。三是整改。", True),
    ("（一）建立三项机制。一是例会机制。二是通报机制。", True),
    ("（一）建立三项机制：\n1.例会机制。综合组负责。\n2.通报机制。综合组负责。", True),
    ("成立五个工作组：综合组、核查组、宣传组、督导组。", True),
    ("成立五个工作组。\n1.综合组。由县委办牵头。\n2.核查组。由县纪委监委牵头。\n3.宣传组。由县委宣传部牵头。\n4.督导组。由县政府办牵头。", True),
    ("组建乡村治理、执法监督、营商环境4个专班。", True),
    ("健全三项机制：例会机制、通报机制。", True),
    ("健全三项机制，即例会机制、通报机制和约谈机制。", False),
    ("建立例会、通报、约谈四项制度。", True),
    ("建立例会、通报、约谈三项制度。", False),
    ("建立例会、通报等四项制度。", False),
    ("（一）严格落实“三个必须”，做到有责必问。", False),
    ("（一）抓好以下三个方面：一是学习。二是排查。三是整改。", False),
    ("（一）建立两项机制：\n1.例会机制。综合组负责。\n2.通报机制。综合组负责。", False),
    ("（一）从三个方面加强保障。", False),
    ("（一）抓好以下三项重点工作。各单位要高度重视。", False),
    ("（一）落实四项措施：（1）学习；（2）排查；（3）整改；（4）问责。", False),
    ("（一）落实四项措施：（1）学习；（2）排查；（3）整改。", True),
]  # fmt: skip


@pytest.mark.parametrize(("rest", "broken"), COUNTS)
def test_a_number_is_held_against_what_is_listed(rest: str, broken: bool) -> None:
    assert ("count_mismatch" in codes(plan(rest=rest))) is broken


def test_the_number_of_contents_is_held_against_the_list() -> None:
    for said, broken in (
        ("以下四类问题", True),
        ("以下两个方面问题", False),
        ("三个方面", True),
        ("两类问题", False),
    ):
        head = HEAD.replace("一、整治内容\n", f"一、整治内容\n重点整治{said}：\n")
        assert ("count_mismatch" in codes(plan(head=head))) is broken, said


TWO_NAMES = [
    ("联社纪委办公室", "联社纪检监察室", True),
    ("县整治办", "县专项整治办", True),
    ("集团纪检监察部", "集团纪检监察室", True),
    ("区专项治理工作领导小组办公室", "区专项治理领导小组办公室", True),
    ("县营商办", "县营商环境办", True),
    ("县纪委党风政风监督室", "县纪委党风室", True),
    ("院纪检监察室", "院纪检监察科", True),
    ("县民政局", "县财政局", False),
    ("县纪委监委第一监督检查室", "县纪委监委第二监督检查室", False),
    ("县委办", "县政府办", False),
    ("县委组织部", "县委宣传部", False),
    ("综合协调组", "宣传报道组", False),
    ("县纪委监委", "县委", False),
    ("集团党委", "集团纪委", False),
    ("县农业局", "县农业农村局", True),
    ("县委办公室", "县政府办公室", False),
    ("县委", "县委办", False),
    ("县整治办", "县整治办综合组", False),
    ("县纪委监委", "县纪委监委党风政风监督室", False),
]


@pytest.mark.parametrize(("one", "other", "same"), TWO_NAMES)
def test_near_names_of_one_body_are_pointed_out(one: str, other: str, same: bool) -> None:
    draft = plan(rest=f"各乡镇于6月12日前将方案报{one}。\n各乡镇于7月10日前将总结报{other}。")
    assert ("body_two_names" in codes(draft)) is same


UNDEFINED = [
    ("加强“周调度”和“双月报”，压实责任。", True),
    ("坚持“周调度”，确保见效。", True),
    ("重要情况及时形成专报。", True),
    ("认真落实周调度要求，形成合力。", True),
    ("县整治办每周调度一次。认真落实周调度要求。", False),
    ("及时更新工作台账（见台账样式）。", True),
    ("综合组每周调度一次。各单位要把“周调度”抓实。", False),
    ("综合组每两周编发一期专报，报县委。", False),
    ("各单位于4月20日前建立工作台账。", False),
    ("县整治办于6月12日前将专报报县委。", False),
    ("各单位要建立问题台账，逐项销号。", False),
]


@pytest.mark.parametrize(("rest", "undefined"), UNDEFINED)
def test_a_duty_named_in_passing_is_pointed_out(rest: str, undefined: bool) -> None:
    assert ("duty_undefined" in codes(plan(rest=rest))) is undefined


NAMES = [
    ("联系人：张某某，电话：0000-1234567。", True),
    ("联系人：林小满 0000-1234567", True),
    ("组长：李四", True),
    ("由县委常委、纪委书记吴海川同志任组长。", True),
    ("周建明副县长担任组长。", True),
    ("请与县整治办郑晓联系。", True),
    ("副组长：陈立、何芳", True),
    ("成员：孙立（县财政局局长）、罗成（县审计局局长）", True),
    ("责任人：王小江", True),
    ("组  长：冯 宁  县委书记", True),
    ("联系电话：0000-1234567（黄工）", False),
    ("联系人：县纪委党风政风监督室。", False),
    ("组长：县委书记", False),
    ("由分管副县长任组长。", False),
    ("成员：各部门主要负责同志。", False),
    ("各单位主要负责同志要高度重视。", False),
    ("责任人：院长", False),
    ("联系人：各单位联络员。", False),
    ("请与县整治办及时联系。", False),
    ("涉及党员干部和管理人员的，报县委书记同意。", False),
]


@pytest.mark.parametrize(("rest", "named"), NAMES)
def test_a_person_is_told_from_a_post_in_more_wordings(rest: str, named: bool) -> None:
    assert ("person_named" in codes(plan(rest=rest))) is named


@pytest.mark.parametrize(
    ("text", "outdated"),
    [
        ("集团纪检监察部于6月12日前通报。", False),
        ("国家监察部门", False),
        ("县监察部于6月12日前通报。", True),
    ],
)
def test_a_department_of_an_enterprise_is_not_outdated(text: str, outdated: bool) -> None:
    assert ("outdated_words" in codes(plan(rest=text))) is outdated


def test_stages_below_an_article_that_overlap_are_pointed_out() -> None:
    steps = "第三条 实施步骤\n1.动员（2026.4.1-4.30）\n学习。\n2.整治（2026.4.20-10.31）\n排查。\n3.总结（2026.11.1-12.31）\n总结。\n"
    head = "岭水县专项整治方案\n\n第一条 为推进工作，制定本方案。\n第二条 整治范围为全县。\n"
    assert "stages_overlap" in codes(plan(head=head, steps=steps))
