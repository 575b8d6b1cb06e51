"""Filled-in papers for the tests; all made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qingfeng.apps.base.documents.attachments import (
    InspectionSheetData,
    MonthlyColumn,
    MonthlyFormData,
    RectificationSheetData,
)
from qingfeng.apps.base.documents.papers import Cell, Run, text_cell

INSPECTION = InspectionSheetData(
    subject="专项治理",
    filing_body="临江街道",
    sheet_no="自检3号",
    filled_on=date(2026, 6, 3),
    inspected_on=date(2026, 6, 2),
    inspected_unit="柳荫社区",
    inspectors="高沐阳、谢知秋",
    content="窗口服务",
    problems=("入户记录缺签字", "=1+1 窗口无值班表"),
    suggestions=("补齐入户记录", "公示值班表"),
    due_dates=(date(2026, 7, 1), date(2026, 7, 15)),
    responsible=("林晓禾", "林晓禾"),
)
RECTIFICATION = RectificationSheetData(
    subject="专项治理",
    filing_body="柳荫社区",
    sheet_no="临江街道自检3号",
    filled_on=None,
    rectified_on=(date(2026, 6, 30),),
    problem_unit="柳荫社区",
    responsible=("林晓禾，负责补齐",),
    problems=("入户记录缺签字", "窗口无值班表"),
    measures=("逐户补签", "张贴值班表"),
    completions=("已完成", "已完成"),
)


def monthly(units: int) -> MonthlyFormData:
    columns = tuple(
        MonthlyColumn(
            f"第{number}社区",
            Cell((Run("开展检查"), Run("3", "/rows", "按检查时间计"), Run("次"))),
            text_cell("发现问题2个"),
            text_cell("销号1个"),
            text_cell("新建制度1项"),
        )
        for number in range(1, units + 1)
    )
    return MonthlyFormData(
        subject="专项治理", filing_unit="临江街道", filled_on=date(2026, 6, 20), columns=columns
    )


def with_long_problem(letters: int) -> InspectionSheetData:
    return replace(INSPECTION, problems=("长" * letters,))
