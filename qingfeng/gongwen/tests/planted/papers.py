"""The wording of six made-up papers of 云汀区: notice, joint circular, report, request, letter, minutes."""

from __future__ import annotations

from dataclasses import dataclass, field

Item = tuple[str, str, str]
"""(role, words in that role's face, words that run on in the body's face)."""


@dataclass
class Annex:
    """One attachment: what stands above it, its title, its text."""

    label: str
    title: str
    text: list[str]


@dataclass
class Paper:
    """What one official document says, element by element, in the order of the page."""

    kind: str
    issuers: list[str]
    mark: str
    number: str
    title: list[str]
    addressee: str
    body: list[Item]
    date: str
    seal: bool = True
    copy_no: str = ""
    secrecy: str = ""
    urgency: str = ""
    signatory: str = ""
    attachments: list[str] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    present: list[tuple[str, str]] = field(default_factory=list)
    note: str = ""
    copied: str = ""
    printed_by: str = ""
    printed_on: str = ""
    letter: bool = False


def _text(words: str) -> Item:
    return ("body", words, "")


CHECK = (
    "各单位要对照台账逐项核对资金去向、项目进度和群众反映，明确责任人和完成时限，"
    "办结一项、销号一项，确保件件有着落、事事有回音。"
)
VISIT = (
    "区专项治理办公室会同有关部门随机走访村组农户，查阅原始凭证，"
    "听取群众意见，对发现的问题当场登记、限期整改。"
)
REPORT = "自查情况、整改进展和典型做法按月报送，由主要负责人审核把关，不得迟报、漏报、瞒报。"


def notice() -> Paper:
    """A notice with secrecy, urgency, two attachments and an imprint."""
    return Paper(
        kind="通知",
        issuers=["云汀区专项治理办公室"],
        mark="云汀区专项治理办公室文件",
        number="云治办发〔2026〕12号",
        title=["云汀区专项治理办公室关于开展", "惠民资金集中核对的通知"],
        addressee="各街道办事处，区直各部门：",
        body=[
            _text("为摸清惠民资金底数，根据年度工作安排，决定在全区开展一次集中核对。现将有关事项通知如下。"),
            ("h1", "一、核对范围", ""),
            _text("2025年以来发放到户的各类补贴、救助和奖励资金。" + CHECK),
            ("h1", "二、方法步骤", ""),
            ("h2", "（一）自查登记。", "各街道组织村（社区）逐户登记，填写附件所列样表。"),
            ("h2", "（二）抽查复核。", VISIT),
            ("h3", "1.抽查比例不低于登记户数的一成。", ""),
            ("h3", "2.复核结果由核对人和农户共同签字。", ""),
            ("h1", "三、工作要求", ""),
            _text(REPORT),
        ],
        date="2026年3月5日",
        copy_no="000018",
        secrecy="秘密★1年",
        urgency="加急",
        attachments=["惠民资金登记样表", "集中核对填报说明"],
        annexes=[
            Annex(
                "附件1",
                "惠民资金登记样表",
                ["登记内容包括户主、补贴项目、发放批次和经办人，一户一行。", CHECK],
            ),
            Annex("附件2", "集中核对填报说明", ["填报以村（社区）为单位，由街道汇总后加盖公章。", REPORT]),
        ],
        copied="抄送：区委办公室，区政府办公室。",
        printed_by="云汀区专项治理办公室",
        printed_on="2026年3月6日印发",
    )


def circular() -> Paper:
    """A circular of two issuers, with seals and an imprint."""
    return Paper(
        kind="通报",
        issuers=["云汀区民政局", "云汀区财政局"],
        mark="文件",
        number="云民发〔2026〕8号",
        title=["云汀区民政局　云汀区财政局", "关于临时救助资金使用情况的通报"],
        addressee="各街道办事处：",
        body=[
            _text("近期，区民政局、区财政局对临时救助资金使用情况开展了联合检查。现将有关情况通报如下。"),
            ("h1", "一、总体情况", ""),
            _text(VISIT + "从检查结果看，多数街道能够按规定审批和发放，档案较为完整。"),
            ("h1", "二、存在问题", ""),
            ("h2", "（一）审批不够及时。", "个别街道从申请到发放超过规定时限，群众等待时间较长。"),
            ("h2", "（二）公示不够规范。", "有的村（社区）公示栏更新不及时，公示期限不足。"),
            ("h1", "三、整改要求", ""),
            _text(CHECK),
            _text(REPORT),
        ],
        date="2026年4月9日",
        copied="抄送：区专项治理工作领导小组办公室，区审计局。",
        printed_by="云汀区民政局办公室",
        printed_on="2026年4月10日印发",
    )


def report() -> Paper:
    """A report upward, with its signatory, signed without a seal."""
    return Paper(
        kind="报告",
        issuers=["云汀区柳渡街道办事处"],
        mark="云汀区柳渡街道办事处文件",
        number="柳办报〔2026〕5号",
        title=["关于农村集体资金", "专项治理工作情况的报告"],
        addressee="区政府：",
        body=[
            _text("按照全区统一部署，柳渡街道扎实开展农村集体资金专项治理。现将有关情况报告如下。"),
            ("h1", "一、主要做法", ""),
            ("h2", "（一）压实责任。", "街道成立工作专班，主要负责同志牵头，每周调度进展。"),
            ("h2", "（二）全面起底。", "组织十一个村逐笔核对往来款项，登记问题线索并分类交办。"),
            ("h3", "1.账款不符的，由村报账员说明来由。", ""),
            ("h3", "2.合同到期的，由村委会重新公开发包。", ""),
            ("h1", "二、存在不足", ""),
            _text("有的村财务基础薄弱，历史合同资料不全；有的干部对政策掌握不够，整改质量还需提高。"),
            ("h1", "三、下步打算", ""),
            _text(CHECK),
            _text("特此报告。"),
        ],
        date="2026年6月18日",
        seal=False,
        signatory="闻远舟",
        printed_by="云汀区柳渡街道党政办公室",
        printed_on="2026年6月18日印发",
        copied="抄送：区专项治理办公室。",
    )


def request() -> Paper:
    """A request upward, to one office only, with a note on whom to ask."""
    return Paper(
        kind="请示",
        issuers=["云汀区农业农村局"],
        mark="云汀区农业农村局文件",
        number="云农请〔2026〕3号",
        title=["关于申请安排农村集体资产", "清查工作经费的请示"],
        addressee="区政府：",
        body=[
            _text("为做好全区农村集体资产清查工作，需安排专项经费。现将有关情况请示如下。"),
            ("h1", "一、基本情况", ""),
            _text("全区共有九十六个村，资产类别多、账外资产存量大，须委托具备资质的机构参与清查。"),
            ("h1", "二、经费测算", ""),
            ("h2", "（一）清查费用。", "按每村三千元测算，共需二十八万八千元。"),
            ("h2", "（二）培训费用。", "组织街道和村两级业务培训四期，共需三万二千元。"),
            ("h1", "三、有关建议", ""),
            _text("建议区财政在年度预算中安排三十二万元，由我局统筹使用并接受审计监督。" + CHECK),
            _text("妥否，请批示。"),
        ],
        date="2026年5月8日",
        copy_no="000003",
        urgency="特急",
        signatory="钟若川",
        note="（联系人：白砚秋，电话：88880000）",
        printed_by="云汀区农业农村局办公室",
        printed_on="2026年5月9日印发",
    )


def letter() -> Paper:
    """A letter to an office of the same rank, in the letter form, one page."""
    return Paper(
        kind="函",
        issuers=["云汀区教育局"],
        mark="云汀区教育局",
        number="云教函〔2026〕21号",
        title=["关于商请协助核查学生营养餐", "供应企业资质的函"],
        addressee="区市场监督管理局：",
        body=[
            _text(
                "为加强学生营养餐管理，我局正对全区供餐企业开展核查，现商请贵局协助提供有关企业的许可和处罚情况。"
            ),
            _text("请于收到本函后十个工作日内函复。"),
        ],
        date="2026年9月1日",
        letter=True,
    )


def minutes() -> Paper:
    """Minutes of a meeting, with those present, and an imprint."""
    return Paper(
        kind="纪要",
        issuers=["云汀区专项治理办公室"],
        mark="云汀区专项治理工作会议纪要",
        number="〔2026〕4期",
        title=["云汀区专项治理工作领导小组", "第四次全体会议纪要"],
        addressee="",
        body=[
            _text(
                "2026年7月2日，区专项治理工作领导小组召开第四次全体会议，听取上半年工作汇报，研究下半年任务。现纪要如下。"
            ),
            ("h1", "一、关于上半年工作", ""),
            _text("会议认为，各单位行动较快、措施较实，问题底数基本摸清，群众反映强烈的一批问题得到解决。"),
            ("h1", "二、关于重点问题整改", ""),
            ("h2", "（一）资金类问题。", "由区财政局牵头，七月底前完成清退和归垫。"),
            ("h2", "（二）工程类问题。", "由区住房建设局牵头，逐个项目提出处理意见。"),
            ("h1", "三、关于下半年安排", ""),
            _text(CHECK + VISIT),
        ],
        date="2026年7月3日",
        present=[("出席", "陆知行　宋怀谷　阮清和"), ("请假", "邵望舒")],
        copied="抄送：领导小组各成员单位。",
        printed_by="云汀区专项治理办公室",
        printed_on="2026年7月6日印发",
    )
