"""What loading costs: csv against DuckDB's own typed reader, xlsx against calamine alone, in one run.

    python bench/screening_loading.py [--rows 1000000] [--sheet-rows 50000]

Ours cleans, keys, masks, looks for doubles and totals, and writes the same typed Parquet; the floor only parses and
writes. Dirt is measured against the floor on its clean twin; GB18030 against the floor on the clean twin in GB18030, which
has to be written anew in UTF-8 first (DuckDB's reader knows no GB18030).
"""

from __future__ import annotations

import argparse
import codecs
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import python_calamine
import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from qingfeng.screening.cleaning.ids import WEIGHTS
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.store import ingest

HEADERS = [
    "流水号",
    "补贴项目",
    "身份证号码",
    "姓名",
    "村社区",
    "镇街",
    "家庭住址",
    "发放日期",
    "所属月份",
    "发放金额",
    "银行账号",
    "户名",
    "发放方式",
    "发放单位",
]
TYPES = [
    "VARCHAR",
    "VARCHAR",
    "VARCHAR",
    "VARCHAR",
    "VARCHAR",
    "VARCHAR",
    "VARCHAR",
    "DATE",
    "VARCHAR",
    "DECIMAL(18,2)",
    "VARCHAR",
    "VARCHAR",
    "VARCHAR",
    "VARCHAR",
]
TOTAL = " + ".join(
    f"CAST(substr(f, {place + 1}, 1) AS INTEGER) * {weight}" for place, weight in enumerate(WEIGHTS)
)
MADE = f"""
    WITH people AS (
        SELECT p, '990101' || strftime(DATE '1935-01-01' + CAST(hash(p) % 25000 AS INTEGER), '%Y%m%d') || lpad((p % 1000)::VARCHAR, 3, '0') AS f
        FROM range(greatest($rows // 12, 1)) t(p)),
    named AS (
        SELECT p, f || substr('10X98765432', ({TOTAL}) % 11 + 1, 1) AS id,
               chr(24352 + (hash(p + 1) % 40)::INTEGER) || chr(26126 + (hash(p + 2) % 60)::INTEGER)
               || CASE WHEN p % 4 > 0 THEN chr(20960 + (hash(p + 3) % 60)::INTEGER) ELSE '' END AS name,
               '62284800' || lpad((hash(p + 4) % 100000000000)::VARCHAR, 11, '0') AS account,
               '第' || (p % 180)::VARCHAR || '村' AS village, '第' || (p % 180 // 15)::VARCHAR || '镇' AS street
        FROM people)
    SELECT 'L' || lpad(i::VARCHAR, 9, '0'), CASE i % 3 WHEN 0 THEN '农村低保' WHEN 1 THEN '高龄津贴' ELSE '耕地地力保护补贴' END, id, name,
           village, street, street || village || (p % 400)::VARCHAR || '号', DATE '2025-07-10' + CAST(i // greatest($rows // 12, 1) * 30 AS INTEGER),
           strftime(DATE '2025-07-01' + CAST(i // greatest($rows // 12, 1) * 30 AS INTEGER), '%Y-%m'),
           CAST(100 + hash(i) % 90000 / 100.0 AS DECIMAL(18,2)), account, name, '一卡通', '某区财政局'
    FROM range($rows) t(i) JOIN named ON p = i % greatest($rows // 12, 1) ORDER BY i
"""


def make_csv(path: Path, rows: int) -> None:
    made = MADE.replace("$rows", str(rows))
    listed = ", ".join(f'"{header}"' for header in HEADERS)
    duckdb.sql(f"COPY (SELECT * FROM ({made}) t({listed})) TO '{path}' (FORMAT csv, HEADER true)")


def soil(source: Path, target: Path, encoding: str = "utf-8") -> None:
    """One row in fifty dirty: spaces in names, other dates, “元”, bad numbers; a title above, a total below."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding=encoding, newline="") as out:
        out.write("某区补贴发放明细" + "," * 13 + "\n")
        for number, line in enumerate(lines):
            if number and number % 50 == 0:
                cells = line.rstrip("\n").split(",")
                cells[3] = " ".join(cells[3])
                cells[7] = cells[7].replace("-", ".")
                cells[9] += "元"
                if number % 200 == 0:
                    cells[2] = cells[2][:17] + ("1" if cells[2][17] != "1" else "2")
                line = ",".join(cells) + "\n"
            out.write(line)
        out.write("合计" + "," * 13 + "\n")


def floor(path: Path, out: Path, memory: str) -> None:
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in zip(HEADERS, TYPES, strict=True))
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute(
        f"COPY (SELECT * FROM read_csv('{path}', columns={{{columns}}}, header=true, auto_detect=false)) TO '{out}' (FORMAT parquet)"
    )


def floor_of_gb18030(path: Path, out: Path, memory: str) -> None:
    """What a careful script does: the file in UTF-8, block by block, then the reader."""
    beside = out.with_suffix(".csv")
    decoder = codecs.getincrementaldecoder("gb18030")()
    with path.open("rb") as source, beside.open("wb") as target:
        while block := source.read(1 << 24):
            target.write(decoder.decode(block).encode())
        target.write(decoder.decode(b"", True).encode())
    floor(beside, out, memory)
    beside.unlink()


def ours(path: Path, scratch: Path, memory: str) -> int:
    """Loads one file into a fresh store; returns the rows loaded."""
    data, store = scratch / "data", scratch / "store"
    for folder in (data, store):
        shutil.rmtree(folder, ignore_errors=True)
    data.mkdir()
    (data / path.name).hardlink_to(path)
    made = ingest(data, store, keys=Keys(b"bench" * 8), memory_limit=memory)
    unread = [line["why"] for line in made.report if line["status"] != "loaded"]
    assert not unread, unread
    return sum(made.tables.values())


Cost = tuple[float, float]  # wall and processor seconds; the second is what counts on a shared machine


def timed(run: Callable[[], object], times: int) -> Cost:
    wall, processor = [], []
    for _ in range(times):
        started, used = time.perf_counter(), time.process_time()
        run()
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return statistics.median(wall), statistics.median(processor)


def make_sheet(source: Path, target: Path, rows: int) -> None:
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("发放")
    with source.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            cells = line.rstrip("\n").split(",")
            if number:
                cells[9] = float(cells[9])  # type: ignore[call-overload]
            sheet.write_row(number, 0, cells)
            if number == rows:
                break
    book.close()


def calamine_alone(path: Path) -> None:
    python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()


def show(what: str, ours_cost: Cost, floor_cost: Cost, limit: float) -> None:
    wall, processor = (mine / base for mine, base in zip(ours_cost, floor_cost, strict=True))
    verdict = "ok" if wall <= limit else "OVER"
    print(
        f"{what:24} {ours_cost[0]:8.2f} s {floor_cost[0]:8.2f} s {wall:6.2f}×  "
        f"(processor {ours_cost[1]:.2f} s, {floor_cost[1]:.2f} s, {processor:.2f}×)  {verdict} (≤ {limit:g}×)",
        flush=True,
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--sheet-rows", type=int, default=50_000)
    asked.add_argument("--times", type=int, default=1)
    asked.add_argument("--memory", default="2GB")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="loading") as folder:
        scratch = Path(folder)
        clean, dirty, dirty_gb, clean_gb, sheet = (
            scratch / n for n in ("发放.csv", "发放脏.csv", "发放国标.csv", "清洁国标.csv", "发放.xlsx")
        )
        make_csv(clean, given.rows)
        soil(clean, dirty)
        soil(clean, dirty_gb, "gb18030")
        clean_gb.write_text(clean.read_text("utf-8"), "gb18030")
        make_sheet(clean, sheet, given.sheet_rows)
        print(
            f"{given.rows:,} rows, {clean.stat().st_size / 1e6:.0f} MB csv; {given.sheet_rows:,} rows xlsx; memory {given.memory}"
        )
        print(f"{'':24} {'ours':>10} {'floor':>10}")
        base = timed(lambda: floor(clean, scratch / "floor.parquet", given.memory), given.times)
        show("csv, clean, UTF-8", timed(lambda: ours(clean, scratch, given.memory), given.times), base, 2)
        show("csv, dirt", timed(lambda: ours(dirty, scratch, given.memory), given.times), base, 2)
        base = timed(lambda: floor_of_gb18030(clean_gb, scratch / "floor.parquet", given.memory), given.times)
        show("csv, dirt, GB18030", timed(lambda: ours(dirty_gb, scratch, given.memory), given.times), base, 2)
        book = timed(lambda: calamine_alone(sheet), given.times)
        show("xlsx", timed(lambda: ours(sheet, scratch, given.memory), given.times), book, 2)


if __name__ == "__main__":
    main()
