"""Ten papers without a fault: four by our renderer, six as six offices set them in Word."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from qingfeng.gongwen import render
from qingfeng.gongwen.tests.planted import papers
from qingfeng.gongwen.tests.planted.look import GB_FACES, WPS_FACES, Draft, Manner
from qingfeng.gongwen.tests.planted.word import build

BODY = """
为规范惠民资金管理，切实维护群众利益，现就有关事项明确如下。

# 主要任务

各街道要组织村（社区）逐户核对补贴发放情况，对重复发放、超标准发放的逐笔登记，分清责任，限期收回。

（一）登记造册。以村（社区）为单位，逐户登记补贴项目、发放批次和经办人，由农户和经办人共同签字。

（二）逐项整改。对查出的问题明确责任人和完成时限，整改一项、销号一项，结果在公示栏公开。

（三）抽查复核。区治理办会同财政、民政等部门随机抽取不少于一成的农户上门核实，对走过场的街道责令重新核对。

# 工作要求

各单位主要负责人要亲自过问，分管负责人要具体抓，工作进展和发现的问题按月报送区治理办。
"""
HEAD = {
    "通知": """
kind: 通知
issuer: 云汀区专项治理办公室
number: 云治办发〔2026〕15号
copy_no: "000027"
secrecy: 秘密★1年
urgency: 加急
title: 关于核对惠民资金发放情况的通知
addressees: [各街道办事处, 区直各部门]
date: 2026-03-16
seal: 是
attachments: [惠民资金核对表, 核对填报说明]
copied_to: [区委办公室, 区政府办公室]
issued_by: 云汀区专项治理办公室
issue_date: 2026-03-17
""",
    "联合通报": """
kind: 通报
issuer: [云汀区民政局, 云汀区财政局, 云汀区审计局]
number: 云民发〔2026〕19号
title: 关于惠民资金发放检查情况的通报
addressees: [各街道办事处]
date: 2026-08-20
seal: 是
copied_to: [区专项治理工作领导小组办公室]
issued_by: 云汀区民政局办公室
issue_date: 2026-08-21
""",
    "报告": """
kind: 报告
issuer: 云汀区民政局
number: 云民报〔2026〕4号
signatory: 闻远舟
title: 关于惠民资金核对工作情况的报告
addressees: [区政府]
date: 2026-09-30
seal: 否
copied_to: [区财政局]
issued_by: 云汀区民政局办公室
issue_date: 2026-09-30
""",
    "函": """
kind: 函
issuer: 云汀区财政局
number: 云财函〔2026〕33号
title: 关于商请提供惠民资金发放数据的函
addressees: [区农业农村局]
date: 2026-10-12
seal: 是
""",
}
ANNEXES = """
# 附件1 惠民资金核对表

核对表由村（社区）填写，一户一行，不留空格。

# 附件2 核对填报说明

填报以村（社区）为单位，由街道汇总后加盖公章，于每月末报送。
"""


@cache
def rendered(kind: str) -> bytes:
    """One of the four papers made by our renderer."""
    text = BODY + (ANNEXES if kind == "通知" else "")
    return render(f"---{HEAD[kind]}---\n{text}", settle=False).docx


def notice() -> Draft:
    """Styles, document grid of lines and characters, corner as lines, signature by tabs, imprint a table."""
    return Draft(papers.notice(), Manner())


def circular() -> Draft:
    """By hand in WPS: fixed spacing, narrowed runs, drawn rule, spaces before the signature, framed imprint."""
    manner = Manner(
        styles=False,
        exact=True,
        by_runs=True,
        rule="drawn",
        sign="spaces",
        imprint="frame",
        faces=dict(WPS_FACES),
    )
    draft = Draft(papers.circular(), manner)
    draft.roles["mark"].line = 42
    return draft


def report() -> Draft:
    """By hand on the grid: number and signatory in a table, indents in twips, signature by indents."""
    manner = Manner(styles=False, number_table=True, in_chars=False, sign="indent", imprint="frame")
    draft = Draft(papers.report(), manner)
    draft.roles["mark"].size = 35
    return draft


def request() -> Draft:
    """Styles, fixed spacing on the grid, corner in a text box, fields in short."""
    manner = Manner(exact=True, head="box", sign="spaces", simple_field=True)
    draft = Draft(papers.request(), manner)
    draft.roles["title"].line = 32
    return draft


def letter() -> Draft:
    """The letter form by hand, signature by tabs."""
    return Draft(papers.letter(), Manner(styles=False, exact=True))


def minutes() -> Draft:
    """Minutes with styles and font names in English, imprint in a frame."""
    faces = GB_FACES | {"fang": "FangSong", "kai": "KaiTi", "hei": "SimHei", "sim": "SimSun"}
    draft = Draft(papers.minutes(), Manner(imprint="frame", faces=faces, sign="indent"))
    draft.roles["mark"].size = 33
    return draft


DRAFTS: dict[str, Callable[[], Draft]] = {
    "通知-样式网格": notice,
    "通报-联合手排固定行距": circular,
    "报告-签发人表格": report,
    "请示-文本框": request,
    "函-信函格式": letter,
    "纪要-样式": minutes,
}


def clean() -> dict[str, Callable[[], bytes]]:
    """The ten by name: what makes the file of each."""
    ours = {f"{kind}-本系统": partial(rendered, kind) for kind in HEAD}
    return ours | {name: partial(_built, draft) for name, draft in DRAFTS.items()}


def _built(draft: Callable[[], Draft]) -> bytes:
    return build(draft())
