"""A file of many rows read, checked and shown before it is filed; beside it the bare reading of its cells."""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from _settling import ROOT, settle

from .report import Line, Report, clocked

UNITS = 40
HEADS = ("时间", "被检查单位", "检查人员", "检查内容", "发现的问题", "整改建议", "整改时限", "整改责任人")
BEGUN = date(2026, 5, 6)


def measure(report: Report, rows: int) -> None:
    """In a district of its own, which is thrown away: reading keeps a batch."""
    command = [sys.executable, "-m", "_documents.imports", str(rows)]
    done = subprocess.run(
        command, cwd=ROOT / "bench", capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    if done.returncode:
        report.failures.append(f"import: {done.stderr[-1500:]}")
        return
    told = json.loads(done.stdout.splitlines()[-1])
    report.lines.append(
        Line(
            f"import of {rows:,} rows, read, checked, shown", told["wall"], told["cpu"], told["floor"],
            "calamine: the bare cells of the same file", most=15.0,
        )
    )  # fmt: skip
    report.facts["import"] = told["lines"]
    report.check("problems read", told["problems"], rows)
    report.check("sheets with a fault", told["faulty"], 0)


def _file(rows: int, unit: str, name: str) -> bytes:
    """Two problems a sheet: the second row leaves the boxes of the sheet empty, as merged cells do."""
    import xlsxwriter

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


def _run(rows: int) -> dict[str, object]:
    from python_calamine import CalamineWorkbook

    from qingfeng.apps.base.orgs.models import User
    from qingfeng.apps.work.campaigns.models import Campaign
    from qingfeng.apps.work.problems import offers
    from qingfeng.apps.work.problems.actions.importing import read_in
    from qingfeng.apps.work.problems.imports.model import from_plain
    from qingfeng.apps.work.problems.imports.seeing import seen_lines
    from qingfeng.apps.work.problems.models import ImportLine, ImportLineState

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


def main() -> None:
    """In the child: how many rows."""
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        settle(Path(folder), "", QINGFENG_TODAY="2026-11-18")
        importlib.import_module("_ledgers.filling").fill(200, UNITS)
        print(json.dumps(_run(int(sys.argv[1])), ensure_ascii=False))


if __name__ == "__main__":
    main()
