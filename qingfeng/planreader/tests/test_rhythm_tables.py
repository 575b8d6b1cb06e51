"""Rhythms in tables of mechanisms and duties; merged cells repeat what they hold."""

from pathlib import Path

import docx
import pytest

from qingfeng.planreader import read
from qingfeng.planreader.tests.made_up import FOOT, HEAD, STEPS, plan, time_of

TABLES = [
    (
        ["机制", "频次", "责任单位", "主要内容"],
        [["周例会", "每周五", "县整治办", "研判进展"], ["双周调度", "每半月一次", "县纪委监委", "调度问题"],
         ["月报送", "每月25日前", "各乡镇、县直各部门", "报送统计表"], ["季通报", "每季度", "县整治办", "通报情况"]],
        ["县整治办 week::5", "县纪委监委 two_weeks", "各乡镇、县直各部门 month:25", "县整治办 quarter"],
    ),
    (
        ["制度名称", "周期", "牵头单位", "要求", "报送对象"],
        [["信息报送制度", "每季度末月28日前", "各街道", "报送小结", "区整治办"], ["会商制度", "每月", "区纪委监委、区审计局", "会商线索", "—"],
         ["评估制度", "半年一次", "区整治办", "开展评估", "区委"]],
        ["各街道 quarter:28::3 →区整治办", "区纪委监委、区审计局 month", "区整治办 half_year →区委"],
    ),
    (
        ["工作机制", "运行频率", "责任部门", "工作内容"],
        [["调度", "周一上午", "综合部", "调度"], ["分析", "月末", "财务部", "分析"], ["巡查", "每两周", "安全部", "巡查"], ["盘点", "每年12月20日前", "资产部", "盘点"]],
        ["综合部 week::1", "财务部 month:-1", "安全部 two_weeks", "资产部 year:20::12"],
    ),
    (
        ["序号", "事项", "牵头科室", "报送频次", "报送至"],
        [["1", "台账更新", "门诊部\n药剂科", "每月5日前", "纪检监察室"], ["2", "工作小结", "各科室", "季末月25日前", "纪检监察室"]],
        ["门诊部、药剂科 month:5 →纪检监察室", "各科室 quarter:25::3 →纪检监察室"],
    ),
    (
        ["机制名称", "召集人（单位）", "频次", "内容"],
        [["联席会议", "县委办", "每月至少一次", "听取汇报"], ["专题会议", "县整治办", "每旬一次", "研究问题"]],
        ["县委办 month", "县整治办 ten_days"],
    ),
    (
        ["职责单位", "职责内容", "频度"],
        [["县财政局", "比对数据", "按月"], ["县审计局", "抽查项目", "按季度"], ["县纪委监委/县委巡察办", "督查", "每2个月"]],
        ["县财政局 month", "县审计局 quarter"],
    ),
    (
        ["项目", "执行单位", "召开时间", "说明"],
        [["碰头会", "综合组", "每周一、周四", "碰头"], ["推进会", "领导小组", "每月10日、20日前", "推进"]],
        ["综合组 week::1", "综合组 week::4", "领导小组 month:10", "领导小组 month:20"],
    ),
]  # fmt: skip


def told(items: object) -> list[str]:
    """The duties in short."""
    return [
        f"{'、'.join(item.who)} {time_of(item)}"
        + (" →" + "、".join(item.deliver_to) if item.deliver_to else "")
        for item in items  # type: ignore[attr-defined]
        if item.recurrence or item.due or item.trigger
    ]


@pytest.mark.parametrize(("header", "rows", "expected"), TABLES)
def test_a_table_of_mechanisms_gives_a_rhythm_for_each_row(
    header: list[str], rows: list[list[str]], expected: list[str]
) -> None:
    text = "\n".join("\t".join(cell.replace("\n", " ") for cell in row) for row in [header, *rows])
    assert told(plan(rest=text).obligations) == expected


@pytest.mark.parametrize(("header", "rows", "expected"), TABLES)
def test_the_same_table_in_a_word_file(
    header: list[str], rows: list[list[str]], expected: list[str], tmp_path: Path
) -> None:
    document = docx.Document()
    for line in (HEAD + STEPS + "三、工作机制").splitlines():
        document.add_paragraph(line)
    table = document.add_table(len(rows) + 1, len(header))
    for number, row in enumerate([header, *rows]):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    for line in FOOT.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "plan.docx"))
    assert told(read(tmp_path / "plan.docx").obligations) == expected


def test_cells_merged_in_a_word_file_repeat_their_value(tmp_path: Path) -> None:
    document = docx.Document()
    for line in (HEAD + STEPS + "三、工作机制").splitlines():
        document.add_paragraph(line)
    cells = [["机制", "内容", "频次", "责任单位"], ["报送", "周报", "每周五", "各乡镇"], ["", "月报", "每月25日前", ""],
             ["会议", "例会", "每周一", "县整治办"], ["通报", "通报", "每季度", "县整治办"]]  # fmt: skip
    table = document.add_table(len(cells), 4)
    for number, row in enumerate(cells):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 3).merge(table.cell(2, 3))
    table.cell(4, 0).merge(table.cell(4, 1))
    for line in FOOT.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "plan.docx"))
    assert told(read(tmp_path / "plan.docx").obligations) == [
        "各乡镇 week::5", "各乡镇 month:25", "县整治办 week::1", "县整治办 quarter",
    ]  # fmt: skip


def test_cells_merged_in_a_web_page_repeat_their_value(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>机制</th><th>内容</th><th>频次</th><th>责任单位</th></tr>"
        "<tr><td rowspan=2>报送</td><td>周报</td><td>每周五</td><td rowspan='2'>各乡镇<br>县财政局</td></tr>"
        "<tr><td>月报</td><td>每月25日前</td></tr>"
        "<tr><td colspan=2>会议</td><td>每周一</td><td>县整治办</td></tr></table>"
    )
    before, after = (
        "".join(f"<p>{line}</p>" for line in text.splitlines())
        for text in (HEAD + STEPS + "三、机制\n", FOOT)
    )
    page = tmp_path / "plan.html"
    page.write_text(f"<!doctype html><body>{before}{table}{after}</body>", "utf-8")
    assert told(read(page).obligations) == [
        "各乡镇、县财政局 week::5", "各乡镇、县财政局 month:25", "县整治办 week::1",
    ]  # fmt: skip


def test_a_rhythm_that_the_model_does_not_know_is_kept_in_words() -> None:
    table = "制度\t周期\t牵头单位\t要求\n晨会\t每日\t各社区\t布置任务\n督查\t每两个月\t县纪委监委\t实地督查"
    found = [(item.who, item.due_text, item.recurrence) for item in plan(rest=table).obligations]
    assert found == [(("各社区",), "每日", None), (("县纪委监委",), "每两个月", None)]


def test_a_form_to_be_filled_in_is_no_table_of_duties() -> None:
    table = "序号\t问题\t整改措施\t责任单位\t整改时限\t完成时间\n1\t\t\t\t\t"
    assert told(plan(rest=table).obligations) == []
