"""Made-up sources of many shapes: the corpus that is rendered and held against the standard."""

from __future__ import annotations

from collections.abc import Iterator

SENTENCE = "各单位要对照清单逐项核对，明确责任人和完成时限，办结一项、销号一项，确保件件有着落。"
KINDS = ("通知", "通报", "意见", "决定", "批复", "公告", "通告")
ISSUER = "云汀区专项治理工作领导小组"


def source(body: str = "", **front: object) -> str:
    """A source with a front matter that holds unless something else is said; None takes a key out."""
    head: dict[str, object] = {
        "kind": "通知",
        "issuer": ISSUER,
        "number": "云治发〔2026〕7号",
        "title": "关于报送专项治理台账的通知",
        "addressees": ["各街道", "区直各部门"],
        "date": "2026-03-05",
    }
    head |= front
    lines = [f"{key}: {_yaml(value)}" for key, value in head.items() if value is not None]
    return (
        "---\n"
        + "\n".join(lines)
        + "\n---\n\n"
        + (body or f"现将有关事项通知如下。\n\n# 工作要求\n\n{SENTENCE}\n")
    )


def _yaml(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(str(part) for part in value) + "]"
    return str(value)


def table(columns: int, rows: int) -> str:
    """A Markdown table."""
    head = "| " + " | ".join(f"项目{at}" for at in range(1, columns + 1)) + " |"
    line = "|" + "---|" * columns
    body = "\n".join(
        "| " + " | ".join(f"{row * column}" for column in range(1, columns + 1)) + " |"
        for row in range(1, rows + 1)
    )
    return f"{head}\n{line}\n{body}\n"


IMPRINT: dict[str, object] = {
    "copied_to": ["区委办公室", "区政府办公室"],
    "issued_by": "云汀区治理办",
    "issue_date": "2026-03-06",
}


def corpus() -> Iterator[tuple[str, str]]:
    """(name, source) of some seventy documents."""
    for kind in KINDS:
        yield f"{kind}-短", source(kind=kind, title=f"关于专项治理有关事项的{kind}")
        yield f"{kind}-版记", source(kind=kind, title=f"关于进一步做好专项治理工作的{kind}", **IMPRINT)
    for lines in (1, 3, 9, 14, 20, 31, 44, 66):
        yield f"长度{lines}", source("\n\n".join([SENTENCE] * lines), **IMPRINT)
    yield "四十面", source("\n\n".join([SENTENCE * 3] * 140), **IMPRINT)
    for count in (1, 2, 5, 12):
        yield f"附件{count}", source(attachments=[f"第{n}项工作清单" for n in range(1, count + 1)], **IMPRINT)
    bound = f"{SENTENCE}\n\n# 附件1 工作清单\n\n{SENTENCE}\n\n# 附件2 情况统计表\n\n{table(5, 30)}"
    yield "附件在内", source(bound, attachments=["工作清单", "情况统计表"], **IMPRINT)
    yield (
        "附件横排",
        source(bound.replace(table(5, 30), table(11, 12)), attachments=["工作清单", "情况统计表"], **IMPRINT),
    )
    yield "正文宽表", source(f"{SENTENCE}\n\n{table(12, 4)}\n\n{SENTENCE}", **IMPRINT)
    yield "正文表", source(f"{SENTENCE}\n\n表1 办结情况\n\n{table(4, 6)}\n\n{SENTENCE}")
    yield (
        "长标题",
        source(title="关于进一步" + "加强和规范群众身边不正之风和腐败问题集中整治" * 5 + "工作的通知"),
    )
    yield "两行标题", source(title="关于2026年第三季度专项治理工作开展情况和下一步工作安排的通知")
    yield "三十个主送", source(addressees=[f"第{n}街道办事处" for n in range(1, 31)])
    yield "长抄送", source(**{**IMPRINT, "copied_to": [f"区第{n}工作委员会办公室" for n in range(1, 20)]})
    yield "不盖章", source(seal="否", **IMPRINT)
    yield "不盖章长署名", source(seal="否", issuer="云汀区深化群众身边不正之风专项治理工作领导小组办公室")
    for count in (2, 3, 4, 7):
        yield (
            f"联合{count}",
            source(
                issuer=[f"云汀区第{n}工作局" for n in range(1, count + 1)],
                mark="云汀区联席会议文件",
                **IMPRINT,
            ),
        )
    yield "联合三家版头", source(issuer=["云汀区纪律检查委员会", "云汀区财政局", "云汀区民政局"], **IMPRINT)
    for people in (1, 2, 3, 5):
        names = [f"陈{'一二三四五'[n]}" for n in range(people)]
        yield (
            f"签发人{people}",
            source(
                kind="报告",
                title="关于上半年工作情况的报告",
                addressees="市治理办",
                signatory=names,
                **IMPRINT,
            ),
        )
    yield (
        "请示",
        source(
            kind="请示",
            title="关于调整工作时限的请示",
            addressees="市治理办",
            signatory="陈一",
            note="联系人：李二",
        ),
    )
    for lines in (1, 12, 30):
        yield (
            f"函{lines}",
            source(
                "\n\n".join([SENTENCE] * lines),
                kind="函",
                title="关于商请提供资料的函",
                number="云治函〔2026〕3号",
                addressees="区民政局",
            ),
        )
    yield (
        "函抄送",
        source(
            kind="函",
            title="关于商请提供资料的函",
            number="云治函〔2026〕4号",
            addressees="区民政局",
            copied_to="区政府办公室",
            copy_no=3,
        ),
    )
    yield "平件用信函", source(letter="是", number="云治函〔2026〕5号")
    for lines in (2, 18):
        yield (
            f"纪要{lines}",
            source(
                "\n\n".join([SENTENCE] * lines),
                kind="纪要",
                title="第三次调度会议纪要",
                number="〔2026〕3期",
                issuer="云汀区治理办会议",
                addressees=None,
                date=None,
                present=["张一", "李二"],
                observing="王三",
                **IMPRINT,
            ),
        )
    yield "密级", source(secrecy="秘密★1年", urgency="特急", copy_no=12, **IMPRINT)
    yield "机密", source(secrecy="机密★5年", **IMPRINT)
    yield (
        "四级标题",
        source(
            f"# 甲\n\n{SENTENCE}\n\n## 乙\n\n{SENTENCE}\n\n### 丙\n\n{SENTENCE}\n\n#### 丁\n\n{SENTENCE}\n\n## 戊\n\n{SENTENCE}\n\n# 己\n\n{SENTENCE}"
        ),
    )
    yield (
        "自编号",
        source(
            f"# 一、甲\n\n（一）加强领导。{SENTENCE}\n\n（二）压实责任。{SENTENCE}\n\n# 二、乙\n\n1. {SENTENCE}\n2. {SENTENCE}"
        ),
    )
    yield "生僻字", source("王喆、刘堃、朱镕、李𬭎、张昇等同志参加了检查。")
    yield "附注", source(note="此件公开发布", **IMPRINT)
    yield "中英文", source("请使用WPS Office 2019以上版本填报，版本号为12.1.0.1；占比93.5%，合计1,234.50元。")
    yield "强调", source("请于**3月20日前**报送，逾期的**通报**。")
