"""A ledger of many rows as .xlsx, in a process of its own whose largest memory is asked; beside it bare XlsxWriter."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.documents.excel import TableColumn
from qingfeng.apps.base.documents.ledger_sheets import LedgerSheet, ledger_xlsx

from .report import Line, Report

BENCH = Path(__file__).resolve().parents[1]
LIMITS = {10_000: (3.0, True, 0.0), 100_000: (40.0, False, 300.0)}
"""Seconds (of the processor or the wall) and MiB that the assignment allows."""
HEADS = (
    "序号",
    "编号",
    "填报单位",
    "检查时间",
    "发现的问题",
    "整改责任人",
    "整改时限",
    "涉及金额（元）",
    "状态",
)


def measure(report: Report, sizes: list[int]) -> None:
    for rows in sizes:
        most, of_cpu, most_mib = LIMITS.get(rows, (0.0, False, 0.0))
        told, bare = _child("ours", rows), _child("bare", rows)
        report.lines.append(
            Line(
                f"ledger of {rows:,} rows as .xlsx",
                wall=told["wall"],
                cpu=told["cpu"],
                floor=bare["cpu"],
                floor_is="bare XlsxWriter, the same cells",
                most=most,
                of_cpu=of_cpu,
                peak_mib=told["mib"],
                most_mib=most_mib,
            )
        )
        report.facts[f"MiB of bare XlsxWriter, {rows:,} rows"] = round(bare["mib"])
        report.check(f"rows read back of {rows:,}", told["rows"], rows)


def _child(which: str, rows: int) -> dict[str, float]:
    command = [sys.executable, "-m", "_documents.ledgers", which, str(rows)]
    done = subprocess.run(command, cwd=BENCH, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    for at in range(1, count + 1):
        yield (
            at, f"自检{at}号", f"区第{at % 40}局", date(2026, 5, 11) + timedelta(at % 180),
            f"第{at}项：物资采购未按规定比价，验收入库手续不全，台账登记滞后{at % 9 + 1}天。", "陈一",
            date(2026, 8, 1) + timedelta(at % 90), at * 100, "已销号" if at % 3 else "整改中",
        )  # fmt: skip


def _ours(count: int) -> bytes:
    kinds = ("number", "short", "text", "date", "text", "short", "date", "money", "short")
    columns = [
        TableColumn(name, 40.0 if name == "发现的问题" else 12.0, kind)  # type: ignore[arg-type]
        for name, kind in zip(HEADS, kinds, strict=True)
    ]
    sheet = LedgerSheet("问题台账", columns, _rows(count), lambda written: [f"共{written}条。"])  # type: ignore[arg-type]
    return ledger_xlsx(sheet)


def _bare(count: int) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADS)
    for place, row in enumerate(_rows(count), start=1):
        page.write_row(place, 0, row)
    book.close()
    return out.getvalue()


def _read_back(content: bytes) -> int:
    """Rows whose first cell is a number."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sum(isinstance(row[0], float) for row in sheet.to_python(skip_empty_area=False) if row)


def main() -> None:
    """In the child: `ours` or `bare`, and how many rows."""
    import resource

    which, count = sys.argv[1], int(sys.argv[2])
    wall, cpu = time.perf_counter(), time.process_time()
    content = _ours(count) if which == "ours" else _bare(count)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mib = peak / 1024 if sys.platform != "darwin" else peak / 1024**2
    print(json.dumps({"wall": wall, "cpu": cpu, "mib": mib, "rows": _read_back(content)}))


if __name__ == "__main__":
    main()
