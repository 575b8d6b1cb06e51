"""The monthly form as a paper: on the page with figures that open, as .xlsx and .docx as it is printed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.attachments import MonthlyColumn, MonthlyFormData, attachment_4
from qingfeng.apps.base.documents.excel import to_xlsx
from qingfeng.apps.base.documents.papers import Cell, Form, Run
from qingfeng.apps.base.documents.word import to_docx
from qingfeng.apps.work.returns.contents import Column, Contents, contents_of
from qingfeng.apps.work.returns.figures import Box, Figure
from qingfeng.apps.work.returns.models import MonthlyReturn
from qingfeng.apps.work.returns.wording import in_figures, pieces


def render_xlsx(monthly_return: MonthlyReturn) -> bytes:
    """The form as an Excel file."""
    return to_xlsx(form_of(monthly_return, contents_of(monthly_return), linked=False))


def render_docx(monthly_return: MonthlyReturn) -> bytes:
    """The form as a Word file."""
    return to_docx(form_of(monthly_return, contents_of(monthly_return), linked=False))


def file_name(monthly_return: MonthlyReturn, ending: str) -> str:
    """临江街道2026年6月月报表.xlsx"""
    month = monthly_return.month
    version = f"（第{monthly_return.version}版）" if monthly_return.version > 1 else ""
    return f"{monthly_return.unit.short_name}{month.year}年{month.month}月月报表{version}.{ending}"


def form_of(
    monthly_return: MonthlyReturn, contents: Contents, *, editable: bool = False, linked: bool = True
) -> Form:
    """The form from one description for page, Excel and Word; the links show on the page only."""
    columns = [_column(monthly_return, column, editable, linked) for column in contents.columns]
    return attachment_4(
        MonthlyFormData(contents.subject, contents.unit, monthly_return.handed_in_on, columns)
    )


def _column(monthly_return: MonthlyReturn, column: Column, editable: bool, linked: bool) -> MonthlyColumn:
    cells = (_cell(monthly_return, column, box, editable, linked) for box in Box)
    return MonthlyColumn(column.name, *cells)


def _cell(monthly_return: MonthlyReturn, column: Column, box: Box, editable: bool, linked: bool) -> Cell:
    runs = [
        Run(piece) if isinstance(piece, str) else _figure(monthly_return, column, piece, linked)
        for piece in pieces(column.words[box])
    ]
    late = column.late_in(box)
    tool = None
    if editable:
        href = reverse("returns:words", args=[monthly_return.pk, column.code, box.value])
        tool = Run(
            _("改文字"), href, _("修改%(unit)s“%(box)s”的文字") % {"unit": column.name, "box": box.label}
        )
    return Cell(tuple([*runs, Run(late)] if late else runs), tool=tool)


def _figure(monthly_return: MonthlyReturn, column: Column, figure: Figure, linked: bool) -> Run:
    value = column.value(figure.key)
    printed = in_figures(figure, value.number)
    if not (linked and value.rows):
        return Run(printed)
    href = reverse("returns:row_figures", args=[monthly_return.pk, column.code, figure.key])
    return Run(printed, href, f"{figure.name}：{figure.counting_rule}")
