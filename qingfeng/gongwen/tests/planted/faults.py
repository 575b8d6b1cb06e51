"""Forty papers with exactly one departure from RULES §8 each: twenty-nine set in Word, eleven by our renderer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qingfeng.gongwen.tests.planted import faultless as base
from qingfeng.gongwen.tests.planted import spoiling as so
from qingfeng.gongwen.tests.planted.look import Role

Fault = tuple[str, Callable[[], bytes], str, tuple[str, ...]]
"""Name, the file's making, what was planted, and words of which a sentence telling of it has at least one."""

PAPER = ("纸张", "A4", "幅面", "用纸")
HEADING = ("标题", "层次", "序号")
TITLE = ("标题",)
NUMBER = ("发文字号", "文号", "年份", "六角括号")
DATE = ("成文日期", "日期")
SIGNED = ("署名", "成文日期", "落款")

ON_THE_PAGE: list[Fault] = [
    (
        "纸张-信纸",
        so.in_word(base.report, so.page(width=215.9, height=279.4)),
        "纸张是 216×279 毫米的信纸，不是 A4",
        PAPER,
    ),
    (
        "天头-25毫米",
        so.in_word(base.minutes, so.page(top=25.4)),
        "上边距是 25.4 毫米，不是 37 毫米",
        ("天头", "上边距", "上白边", "页边距", "版心"),
    ),
    (
        "订口-32毫米",
        so.in_ours("通知", partial(so.margin, name="left", millimetres=31.8)),
        "左边距是 31.8 毫米，不是 28 毫米",
        ("订口", "左边距", "左白边", "页边距", "版心"),
    ),
    (
        "切口-20毫米",
        so.in_word(base.circular, so.page(right=20)),
        "右边距是 20 毫米，版心宽 162 毫米，不是 156 毫米",
        ("切口", "翻口", "右边距", "右白边", "页边距", "版心"),
    ),
    (
        "地脚-25毫米",
        so.in_ours("联合通报", partial(so.margin, name="bottom", millimetres=25.4)),
        "下边距是 25.4 毫米，版心高 234.6 毫米，不是 225 毫米",
        ("地脚", "下边距", "下白边", "页边距", "版心"),
    ),
    (
        "行距-24磅",
        so.in_word(base.request, so.page(line=24)),
        "行距固定 24 磅，一面排 26 行，不是 22 行",
        ("行距", "行数", "每面", "每页", "22 行", "22行"),
    ),
    (
        "字距-未收紧",
        so.in_ours("报告", so.no_narrowing),
        "字距没有收紧，一行只排 27 字，不是 28 字",
        ("字距", "每行", "字数", "字符", "28 字", "28字"),
    ),
    (
        "页码-没有",
        so.in_word(base.notice, so.numbering(shown=False)),
        "全文没有页码",
        ("页码",),
    ),
    (
        "页码-居中",
        so.in_word(base.report, so.numbering(odd="center", even="center")),
        "页码居中，不是单页居右、双页居左",
        ("页码",),
    ),
    (
        "页码-没有一字线",
        so.in_ours("报告", so.no_dashes),
        "页码左右没有一字线",
        ("页码",),
    ),
]
IN_THE_HEAD: list[Fault] = [
    (
        "份号-五位",
        so.in_word(base.request, so.paper(copy_no="00003")),
        "份号是五位数字，不是六位",
        ("份号",),
    ),
    (
        "密级-仿宋",
        so.in_word(base.notice, so.role("secrecy", face="fang")),
        "密级和保密期限用仿宋，不是黑体",
        ("密级", "保密期限"),
    ),
    (
        "标志-黑色",
        so.in_ours("报告", so.recolour("云汀区民政局文件", "000000")),
        "发文机关标志是黑色，不是红色",
        ("发文机关标志",),
    ),
    (
        "字号-方括号",
        so.in_word(base.notice, so.paper(number="云治办发[2026]12号")),
        "发文字号的年份用方括号，不是六角括号",
        NUMBER,
    ),
    (
        "字号-两位年份",
        so.in_word(base.circular, so.paper(number="云民发〔26〕8号")),
        "发文字号的年份只写两位",
        NUMBER,
    ),
    (
        "红线-没有",
        so.in_ours("通知", so.no_red_rule),
        "发文字号之下没有红色分隔线",
        ("分隔线", "红线"),
    ),
    (
        "签发人-没有",
        so.in_word(base.report, so.paper(signatory="")),
        "上行的报告没有标注签发人",
        ("签发人",),
    ),
]
IN_THE_TITLE: list[Fault] = [
    (
        "标题-小二号",
        so.in_word(base.request, so.role("title", size=18)),
        "标题用小二号字，不是二号",
        TITLE,
    ),
    (
        "标题-居左",
        so.in_word(base.circular, so.role("title", align="left")),
        "标题居左，不居中",
        TITLE,
    ),
    (
        "标题-句号",
        so.in_ours(
            "联合通报", so.retext("关于惠民资金发放检查情况的通报", "关于惠民资金发放检查情况的通报。")
        ),
        "标题末尾有句号",
        TITLE,
    ),
    (
        "标题-沙漏形",
        so.in_word(
            base.notice,
            so.paper(title=["关于在全区各街道和社区组织开展", "惠民资金", "集中核对登记工作情况的通知"]),
        ),
        "三行标题两头长、中间短，排成沙漏形",
        (*TITLE, "沙漏", "梯形", "菱形"),
    ),
    (
        "主送-没有冒号",
        so.in_word(base.request, so.paper(addressee="区政府")),
        "主送机关之后没有冒号",
        ("主送",),
    ),
    (
        "主送-请示两家",
        so.in_word(base.request, so.paper(addressee="区政府，区财政局：")),
        "请示主送了两个机关",
        ("主送",),
    ),
]
IN_THE_BODY: list[Fault] = [
    (
        "正文-四号",
        so.in_word(base.report, so.role("body", size=14)),
        "正文用四号字，不是三号",
        ("正文", "字号", "三号", "3号"),
    ),
    (
        "正文-宋体",
        so.in_word(base.circular, so.role("body", face="sim")),
        "正文用宋体，不是仿宋",
        ("正文", "字体", "仿宋"),
    ),
    (
        "正文-蓝字",
        so.in_ours("函", so.recolour("各街道要组织村", "1F4E79")),
        "正文中有一段是深蓝色，不是黑色",
        ("颜色", "黑色", "字色"),
    ),
    (
        "正文-不缩进",
        so.in_word(base.minutes, so.body_role(2, "plain", Role())),
        "正文中有一段段首没有空二字",
        ("缩进", "空二字", "空两字", "左空", "首行"),
    ),
    (
        "层次-括号后顿号",
        so.in_word(base.circular, so.body("（一）", "（一）、")),
        "第二层序号写作“（一）、”，括号之后多了顿号",
        HEADING,
    ),
    (
        "层次-不用黑体",
        so.in_word(base.notice, so.role("h1", face="fang")),
        "一级标题用仿宋，不是黑体",
        (*HEADING, "黑体"),
    ),
    (
        "层次-跳号",
        so.in_word(base.report, so.body("三、", "四、")),
        "一级标题从“二、”跳到“四、”",
        HEADING,
    ),
]
AFTER_THE_BODY: list[Fault] = [
    (
        "附件说明-句号",
        so.in_word(base.notice, so.paper(attachments=["惠民资金登记样表", "集中核对填报说明。"])),
        "附件说明的末尾有句号",
        ("附件",),
    ),
    (
        "附件-带冒号",
        so.in_word(base.notice, so.annex_label("附件1：")),
        "附件首页的“附件1”之后多了冒号",
        ("附件",),
    ),
    (
        "附件-未另面",
        so.in_ours("通知", so.annex_runs_on),
        "第一个附件接排在落款之后，没有另面编排",
        ("附件",),
    ),
    (
        "日期-汉字",
        so.in_ours("函", so.retext("2026年10月12日", "二〇二六年十月十二日")),
        "成文日期用汉字数字，不是阿拉伯数字",
        DATE,
    ),
    (
        "日期-不全",
        so.in_word(base.letter, so.paper(date="2026年9月")),
        "成文日期只有年月，没有日",
        DATE,
    ),
    (
        "日期-居左",
        so.in_word(base.report, so.switch(date_at_left=True)),
        "成文日期排在左边，不在右边署名之下",
        (*DATE, "落款"),
    ),
    (
        "署名-在日期下",
        so.in_word(base.letter, so.switch(date_first=True)),
        "发文机关署名排在成文日期之下",
        SIGNED,
    ),
]
IN_THE_IMPRINT: list[Fault] = [
    (
        "抄送-没有句号",
        so.in_ours(
            "联合通报",
            so.retext("抄送：区专项治理工作领导小组办公室。", "抄送：区专项治理工作领导小组办公室"),
        ),
        "抄送机关之后没有句号",
        ("抄送", "版记"),
    ),
    (
        "版记-三号",
        so.in_word(base.minutes, so.both(so.role("imprint", size=16), so.role("imprint_last", size=16))),
        "版记用三号字，不是四号",
        ("版记", "抄送", "印发"),
    ),
    (
        "印发-早于成文",
        so.in_word(base.circular, so.paper(printed_on="2026年4月8日印发")),
        "印发日期（4月8日）早于成文日期（4月9日）",
        ("印发",),
    ),
]
FAULTS = [*ON_THE_PAGE, *IN_THE_HEAD, *IN_THE_TITLE, *IN_THE_BODY, *AFTER_THE_BODY, *IN_THE_IMPRINT]


def planted() -> list[tuple[str, Callable[[], bytes], str, tuple[str, ...]]]:
    """The forty: name, what makes its file, what was planted, words that a finding of it has at least one of."""
    return list(FAULTS)
