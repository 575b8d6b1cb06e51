"""Stages in tables, whatever the columns are called, in text, web page and Word file."""

from pathlib import Path

import docx
import pytest

from qingfeng.planreader import read
from qingfeng.planreader.model import Draft
from qingfeng.planreader.tests.made_up import FOOT, HEAD, plan, time_of
from qingfeng.planreader.tests.test_stages import THREE

TABLES: dict[str, list[list[str]]] = {
    "two columns of days": [["阶段", "起", "止"], ["动员部署", "2026年4月1日", "4月20日"],
                            ["集中整治", "2026年4月21日", "10月31日"], ["总结验收", "11月1日", "12月31日"]],
    "start and end": [["阶段", "开始时间", "结束时间", "主要任务"], ["第一阶段 动员部署", "2026年4月1日", "2026年4月20日", "学习"],
                      ["第二阶段 集中整治", "2026年4月21日", "2026年10月31日", "排查"], ["第三阶段 总结验收", "2026年11月1日", "2026年12月31日", "总结"]],
    "dotted": [["工作阶段", "启动日期", "完成日期"], ["动员部署", "2026.4.1", "2026.4.20"],
               ["集中整治", "2026.4.21", "2026.10.31"], ["总结验收", "2026.11.1", "2026.12.31"]],
    "iso": [["步骤", "起始日", "截止日", "工作要求"], ["动员部署", "2026-04-01", "2026-04-20", "学习"],
            ["集中整治", "2026-04-21", "2026-10-31", "排查"], ["总结验收", "2026-11-01", "2026-12-31", "总结"]],
    "start column first": [["开始", "结束", "阶段名称", "任务"], ["2026/4/1", "2026/4/20", "动员部署", "学习"],
                           ["2026/4/21", "2026/10/31", "集中整治", "排查"], ["2026/11/1", "2026/12/31", "总结验收", "总结"]],
    "one cell": [["阶段", "时间", "主要任务"], ["第一阶段：动员部署", "2026年4月1日—4月20日", "学习"],
                 ["第二阶段：集中整治", "2026年4月21日—10月31日", "排查"], ["第三阶段：总结验收", "2026年11月1日—12月31日", "总结"]],
    "a cell in two lines": [["阶段", "起止日期"], ["动员部署", "2026年4月1日\n至4月20日"],
                            ["集中整治", "2026年4月21日\n至10月31日"], ["总结验收", "2026年11月1日\n至12月31日"]],
    "numbered": [["序号", "阶段", "工作时段", "内容"], ["1", "动员部署阶段", "4月1日-20日", "2026年学习"],
                 ["2", "集中整治阶段", "4月21日-10月31日", "排查"], ["3", "总结验收阶段", "11月-12月", "总结"]],
    "name below stage": [["阶段", "名称", "起始时间", "终止时间"], ["一", "动员部署", "2026年4月1日", "2026年4月20日"],
                         ["二", "集中整治", "2026年4月21日", "2026年10月31日"], ["三", "总结验收", "2026年11月1日", "2026年12月31日"]],
    "stage only numbered": [["阶段", "起", "止", "任务"], ["第一阶段", "4月1日", "4月20日", "动员部署"],
                            ["第二阶段", "4月21日", "10月31日", "集中整治"], ["第三阶段", "11月1日", "12月31日", "总结验收"]],
    "no word stage": [["环节", "日期自", "日期至"], ["动员部署", "2026年4月1日", "2026年4月20日"],
                      ["集中整治", "2026年4月21日", "2026年10月31日"], ["总结验收", "2026年11月1日", "2026年12月31日"]],
    "name with its days": [["阶段及时间", "主要任务"], ["动员部署（2026年4月1日—4月20日）", "学习"],
                           ["集中整治（4月21日—10月31日）", "排查"], ["总结验收（11月1日—12月31日）", "总结"]],
    "from, to in words": [["阶段", "时间范围"], ["动员部署", "2026年4月1日起，4月20日止"],
                          ["集中整治", "2026年4月21日起至10月31日止"], ["总结验收", "11月1日到12月31日"]],
}  # fmt: skip


def from_text(rows: list[list[str]]) -> Draft:
    """The table as tab-separated text."""
    written = "\n".join("\t".join(cell.replace("\n", " ") for cell in row) for row in rows)
    return plan(steps="二、2026年进度安排\n" + written + "\n")


def from_page(rows: list[list[str]], folder: Path) -> Draft:
    """The table in a web page."""
    table = "".join(
        "<tr>" + "".join(f"<td>{c.replace(chr(10), '<br>')}</td>" for c in row) + "</tr>" for row in rows
    )
    before, after = (
        "".join(f"<p>{line}</p>" for line in text.splitlines())
        for text in (HEAD + "二、2026年进度安排\n", FOOT)
    )
    page = folder / "plan.html"
    page.write_text(
        f"<!doctype html><html><body>{before}<table>{table}</table>{after}</body></html>", "utf-8"
    )
    return read(page)


def from_word(rows: list[list[str]], folder: Path) -> Draft:
    """The table in a Word file."""
    document = docx.Document()
    for line in (HEAD + "二、2026年进度安排").splitlines():
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    for line in FOOT.splitlines():
        document.add_paragraph(line)
    document.save(str(folder / "plan.docx"))
    return read(folder / "plan.docx")


@pytest.mark.parametrize("source", ["text", "html", "docx"])
@pytest.mark.parametrize("style", TABLES)
def test_a_table_of_stages_gives_both_ends(style: str, source: str, tmp_path: Path) -> None:
    rows = TABLES[style]
    draft = {
        "text": lambda: from_text(rows), "html": lambda: from_page(rows, tmp_path), "docx": lambda: from_word(rows, tmp_path),
    }[source]()  # fmt: skip
    assert [f"{stage.start}/{stage.end}" for stage in draft.stages] == THREE
    assert [stage.kind for stage in draft.stages] == ["mobilization", "rectification", "summary"]
    assert not [item for item in draft.obligations if item.due or item.recurrence]


def test_a_stage_merged_down_over_its_tasks_is_one_stage_and_its_days_are_no_limit(tmp_path: Path) -> None:
    document = docx.Document()
    for line in (HEAD + "二、进度安排").splitlines():
        document.add_paragraph(line)
    rows = [["阶段", "时间", "工作任务", "责任单位", "完成时限"],
            ["动员部署", "4月1日—4月20日", "制定方案", "县整治办", "4月10日前"], ["", "", "召开会议", "各乡镇", "4月17日前"],
            ["集中整治", "4月21日—10月31日", "报送台账", "各乡镇", "每月25日前"], ["总结验收", "11月—12月", "形成总结", "县整治办", ""]]  # fmt: skip
    table = document.add_table(len(rows), 5)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    for column in (0, 1):
        table.cell(1, column).merge(table.cell(2, column))
    for line in FOOT.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "plan.docx"))
    draft = read(tmp_path / "plan.docx")
    assert [f"{stage.start}/{stage.end}" for stage in draft.stages] == THREE
    assert [(o.stage, o.who[0], time_of(o)) for o in draft.obligations] == [
        (1, "县整治办", "2026-04-10"), (1, "各乡镇", "2026-04-17"), (2, "各乡镇", "month:25"),
    ]  # fmt: skip


def test_a_table_of_stages_may_be_an_attachment() -> None:
    table = "\n".join("\t".join(row) for row in TABLES["start and end"])
    foot = FOOT + "\n附件1：工作进度表\n" + table + "\n"
    draft = plan(steps="二、工作安排\n进度见附件1。\n", foot=foot)
    assert [f"{stage.start}/{stage.end}" for stage in draft.stages] == THREE


def test_the_head_of_a_table_may_stand_on_two_rows(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    rows = "".join(
        f"<tr><td>{n}</td><td>{s}</td><td>{e}</td><td>做</td></tr>"
        for n, s, e in (
            ("动员部署", "4月1日", "4月20日"),
            ("集中整治", "4月21日", "10月31日"),
            ("总结验收", "11月1日", "12月31日"),
        )
    )
    table = (
        "<table><tr><th rowspan='2'>阶段</th><th colspan='2'>时间</th><th rowspan='2'>任务</th></tr>"
        f"<tr><th>起</th><th>止</th></tr>{rows}</table>"
    )
    before, after = ("".join(f"<p>{line}</p>" for line in text.splitlines()) for text in (HEAD, FOOT))
    page.write_text(f"<!doctype html><body>{before}<p>二、进度安排</p>{table}{after}</body>", "utf-8")
    assert [f"{stage.start}/{stage.end}" for stage in read(page).stages] == THREE
