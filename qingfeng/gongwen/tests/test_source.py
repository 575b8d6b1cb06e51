"""Front matter and text: what is taken, what is refused and with which words."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from qingfeng.gongwen import Paragraph, Table, Unusable, read_source
from qingfeng.gongwen.tests.sources import SENTENCE, source


def test_every_element_of_the_front_matter_is_read() -> None:
    read = read_source(
        source(
            copy_no=7,
            secrecy="秘密★1年",
            urgency="特急",
            seal="否",
            note="此件公开发布",
            copied_to="区委办",
            issue_date="2026年3月6日",
        )
    )
    assert (read.copy_no, read.secrecy, read.urgency, read.seal) == ("000007", "秘密★1年", "特急", False)
    assert read.addressees == ("各街道", "区直各部门") and read.copied_to == ("区委办",)
    assert (read.date, read.issue_date) == (datetime.date(2026, 3, 5), datetime.date(2026, 3, 6))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("没有头部", "缺少写明文种"),
        ("---\nkind: 通知\n", "没有结束"),
        ("---\nkind: [通知\n---\n正文", "写法有误"),
        (source(adressees="甲"), "是否想写 addressees（主送机关）"),
        (source(颜色="红"), "没有这一项"),
        (source(title=None), "缺少 title（标题）"),
        (source(kind="通函"), "没有文种“通函”"),
        (source(number="云治发[2026]第07号"), "六角括号"),
        (source(date="2026-02-30"), "不是一个日子"),
        (source(date=None), "缺少 date"),
        (source(copy_no="甲"), "份号"),
        (source(secrecy="保密"), "密级"),
        (source(urgency="快"), "紧急程度"),
        (source(seal="也许"), "应写“是”或“否”"),
        (source(kind="报告", title="关于工作的报告"), "缺少 signatory（签发人）"),
        (source(kind="请示", title="关于时限的请示", signatory="陈一"), "请示只能主送一个机关"),
        (source("<b>加粗</b>\n\n正文。"), "不能写 HTML"),
        (source("![图](http://example.invalid/a.png)"), "不能引用网络"),
        (source("![图](../../secret.png)"), "不能引用网络或别处"),
        (source("![图](没有.png)"), "没有这个文件"),
        (source("正文。\n\n# 附件1\n\n内容。"), "没有名称"),
        ("---\nkind: 通知\ntitle: 关于甲的通知\nissuer: 乙\ndate: 2026-03-05\n---\n", "没有内容"),
    ],
)
def test_what_cannot_become_a_document_is_refused_in_one_sentence(
    text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(Unusable) as refused:
        read_source(text, folder=tmp_path)
    assert said in str(refused.value)


def test_headings_are_numbered_and_written_numbers_kept() -> None:
    read = read_source(
        source("# 甲\n\n文。\n\n## 乙\n\n文。\n\n### 丙\n\n文。\n\n#### 丁\n\n文。\n\n# 二、戊\n\n文。")
    )
    headings = [block.text for block in read.blocks if isinstance(block, Paragraph) and block.level]
    assert headings == ["一、甲", "（一）乙", "1.丙", "（1）丁", "二、戊"]


def test_a_run_in_heading_is_the_first_sentence() -> None:
    read = read_source(source(f"（一）加强领导。{SENTENCE}"))
    block = read.blocks[0]
    assert isinstance(block, Paragraph) and block.text[: block.lead] == "（一）加强领导。"


def test_list_items_keep_their_numbers_without_a_blank() -> None:
    read = read_source(source("3. 甲\n4. 乙\n\n- 丙"))
    assert [block.text for block in read.blocks if isinstance(block, Paragraph)] == ["3.甲", "4.乙", "丙"]


def test_lines_of_one_paragraph_are_joined_without_blanks() -> None:
    read = read_source(source("第一行\n第二行。"))
    assert isinstance(read.blocks[0], Paragraph) and read.blocks[0].text == "第一行第二行。"


def test_attachments_are_bound_by_name_or_place() -> None:
    read = read_source(
        source("文。\n\n# 附件2 乙表\n\n乙。\n\n# 附件1\n\n甲。", attachments=["甲表", "乙表"])
    )
    texts = [[block.text for block in a.blocks if isinstance(block, Paragraph)] for a in read.attachments]
    assert [a.title for a in read.attachments] == ["甲表", "乙表"] and texts[1] == ["乙。"]


def test_a_caption_belongs_to_its_table() -> None:
    read = read_source(source("表1 情况\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"))
    assert read.blocks == (Table((("甲", "乙"),), (("1", "2"),), "表1 情况"),)
