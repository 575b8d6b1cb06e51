"""In the child, once Django stands: the file is made, read and shown."""

from __future__ import annotations

import io
from datetime import date, timedelta

import xlsxwriter
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import offers
from qingfeng.apps.work.problems.actions.importing import read_in
from qingfeng.apps.work.problems.imports.model import from_plain
from qingfeng.apps.work.problems.imports.seeing import seen_lines
from qingfeng.apps.work.problems.models import ImportLine, ImportLineState

from .report import clocked

HEADS = ("时间", "被检查单位", "检查人员", "检查内容", "发现的问题", "整改建议", "整改时限", "整改责任人")
BEGUN = date(2026, 5, 6)


def run(rows: int) -> dict[str, object]:
    clerk = User.objects.select_related("person").filter(username__startswith="clerk9972").first()
    assert clerk is not None
    body = offers.bodies(clerk)[0]
    content = _file(rows, body.name, clerk.person.name)
    with clocked() as clock:
        batch = read_in(
            campaign=Campaign.objects.get(), body=body, name="台账.xlsx", content=content, by=clerk
        )
        shown = seen_lines(batch)
    with clocked() as floor:
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    lines = list(ImportLine.objects.filter(batch=batch))
    read = [from_plain(line.content) for line in lines if line.content]
    faulty = [line for line in shown if line.faults]
    return {
        "wall": clock.wall, "cpu": clock.cpu, "floor": floor.cpu,
        "lines": f"{len(lines)} sheets, {len(shown)} shown, "
        f"{sum(line.state == ImportLineState.READY for line in lines)} ready",
        "problems": sum(len(sheet.problems) for sheet in read),
        "faulty": len(faulty),
        "faults": [str(fault) for line in faulty[:2] for fault in line.faults],
    }  # fmt: skip


def _file(rows: int, unit: str, name: str) -> bytes:
    """Two problems a sheet: the second row leaves the boxes of the sheet empty, as merged cells do."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("检查台账")
    page.write_row(0, 0, HEADS)
    for at in range(rows):
        day = BEGUN + timedelta(at % 150)
        problem = f"第{at + 1}项：物资采购未按规定比价，验收手续不全。"
        sheet = [f"{day.year}年{day.month}月{day.day}日", unit, name, f"第{at // 2 + 1}轮物资采购检查"]
        boxes = ["规范采购程序", "2026年12月20日", name]
        page.write_row(at + 1, 0, [*(sheet if at % 2 == 0 else [""] * 4), problem, *boxes])
    book.close()
    return out.getvalue()
