"""Groups by name and by number, forms with their fields in order, contents, basis, status, title."""

import pytest

from qingfeng.planreader.reader import read_lines
from qingfeng.planreader.sources.plain_text import lines_of
from qingfeng.planreader.tests.made_up import FOOT, HEAD, STEPS, plan


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "领导小组下设综合组、核查组、宣传组三个工作组。",
            ["综合组:work_group:1", "核查组:work_group:1", "宣传组:work_group:1"],
        ),
        (
            "办公室下设综合协调组、宣传报道组和8个专项治理小组。",
            ["综合协调组:work_group:1", "宣传报道组:work_group:1", "专项治理小组:governance_group:8"],
        ),
        (
            "下设两个工作专班：综合专班（县纪委监委牵头）、核查专班（县审计局牵头）。",
            ["综合专班:task_force:1", "核查专班:task_force:1"],
        ),
        ("领导小组下设6个督导组，分片联系各乡镇。", ["督导组:guidance_team:6"]),
        ("成立岭水县专项整治领导小组，由县委书记任组长。", ["岭水县专项整治领导小组:leading_group:1"]),
        ("各单位要成立相应机构。", []),
    ],
)
def test_groups_are_read(sentence: str, expected: list[str]) -> None:
    assert [f"{g.name}:{g.kind}:{g.count}" for g in plan(rest=sentence).groups] == expected


def test_members_are_units_and_posts() -> None:
    (group,) = plan(
        rest="成立专项整治领导小组，县委书记任组长，成员由县纪委监委、县财政局主要负责人组成。"
    ).groups
    assert group.members == ("组长：县委书记", "县纪委监委", "县财政局")


FORM_FOOT = """
附件：1.检查台账
      2.问题清单
      3.月报表

岭水县纪委监委
2026年3月25日

附件1
检查台账
填报单位(盖章):                 编号:(自检X号)      填报时间:     年    月    日
被检查单位：
检查人员   检查内容:
发现的问题 1. ……
2.……
整改建议 1.……
整改时限   整改责任人

附件2
问题清单
序号　　问题　　责任单位　　整改措施　　完成时间

附件3
月报表
填报单位（盖章）：         填报时间：   年   月   日
受检基层单位          \n检查情况          \n整改情况          """


def test_forms_keep_their_fields_in_order() -> None:
    forms = plan(rest="填写台账（附件1）、清单（附件2）、月报表（附件3）。", foot=FORM_FOOT).forms
    assert [(form.attachment, form.title, form.orientation) for form in forms] == [
        (1, "检查台账", "sheet"),
        (2, "问题清单", "list"),
        (3, "月报表", "matrix"),
    ]
    assert forms[0].fields == (
        "填报单位", "编号", "填报时间", "被检查单位", "检查人员", "检查内容", "发现的问题", "整改建议", "整改时限", "整改责任人",
    )  # fmt: skip
    assert forms[1].fields == ("序号", "问题", "责任单位", "整改措施", "完成时间")
    assert forms[2].fields == ("填报单位", "填报时间", "受检基层单位", "检查情况", "整改情况")


@pytest.mark.parametrize(
    "text",
    [
        "一、整治内容\n（一）补贴不公。虚报冒领。\n（二）工程不严。拆分项目。\n",
        "一、治理重点和内容\n(一)治理重点\n各乡镇。\n(二)治理内容\n1.补贴不公。\n虚报冒领。\n2.工程不严。\n拆分项目。\n",
        "一、整治重点\n①补贴不公。虚报冒领。\n②工程不严。拆分项目。\n",
        "一、整治内容\n重点整治两类问题：\n一是补贴不公。虚报冒领。\n二是工程不严。拆分项目。\n",
        "一、整治内容\n一是补贴不公，虚报冒领；二是工程不严，拆分项目。\n",
    ],
)
def test_contents_are_read_in_every_style(text: str) -> None:
    title = HEAD.split("\n")[0]
    draft = plan(head=f"{title}\n\n为推进工作，制定本方案。\n{text}")
    assert [(content.number, content.title) for content in draft.contents] == [
        (1, "补贴不公"),
        (2, "工程不严"),
    ]


def test_basis_issuer_title_and_status_are_read() -> None:
    head = (
        "岭水县纪委监委文件\n\n岭纪发〔2026〕3号\n\n岭水县纪委监委关于印发《岭水县专项整治工作方案》的通知\n\n各乡镇：\n"
        "现印发给你们。\n\n岭水县纪委监委\n2026年3月20日\n\n岭水县专项整治\n工作方案\n（送审稿）\n\n"
        "根据《白山市专项整治方案》（白纪发〔2026〕1号）要求，制定本方案。\n一、整治内容\n（一）甲。\n（二）乙。\n"
    )
    draft = read_lines(lines_of(head + STEPS))
    assert (draft.title, draft.issuer, draft.document_status) == (
        "岭水县专项整治工作方案",
        "岭水县纪委监委",
        "draft",
    )
    assert [(b.title, b.document_no) for b in draft.basis] == [("白山市专项整治方案", "白纪发〔2026〕1号")]
    assert (str(draft.period.start), str(draft.period.end)) == ("2026-04-01", "2026-12-31")


def test_mechanisms_are_named_once() -> None:
    draft = plan(rest="建立周例会、月汇总等机制。\n实行月通报制度。\n要建立月通报制度。")
    assert [m.name for m in draft.mechanisms] == ["周例会", "月汇总", "月通报制度"]


def test_the_json_has_the_documented_keys_in_order() -> None:
    plain = plan(rest="各单位于4月15日前报送方案。", foot=FOOT).as_dict()
    assert list(plain) == [
        "kind", "reasons", "title", "issuer", "document_status", "basis", "period", "targets", "contents", "stages",
        "obligations", "groups", "mechanisms", "forms", "faults",
    ]  # fmt: skip
    assert list(plain["obligations"][0]) == [
        "who", "what", "deliver_to", "start", "due", "due_text", "recurrence", "condition", "trigger", "channel", "form",
        "stage", "repeats_per_unit", "quote", "line",
    ]  # fmt: skip
    assert plain["period"] == {"start": "2026-04-01", "end": "2026-12-31"}
