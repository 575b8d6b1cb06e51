"""Opening the clear values behind one hit: for those who may, written down, and only while they are the very records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from qingfeng.screening import explaining, options
from qingfeng.screening.engine import hits
from qingfeng.screening.engine.outputs import EVIDENCE
from qingfeng.screening.errors import BadData
from qingfeng.screening.store import Store

LOG = "opened.log"


class Record(NamedTuple):
    """A record that a hit rests on: its table and number, and where it stood when the hit was found."""

    table: str
    rec: int
    file: str
    sheet: str
    row: int


def opened(vault: Store, out: Path, hit: str, reason: str) -> Iterator[dict[str, Any]]:
    """The clear values of the records of a hit, by Chinese header; one line in opened.log says who looked and why.

    Refused when the tables were loaded anew since: a record's number may by then belong to someone else.
    """
    records = _records(out, hit)
    _check_same(vault, records, hit)
    with (out / LOG).open("a", encoding="utf-8") as log:
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        log.write(f"{moment}\t{options.who()}\t{hit}\t{reason}\n")
    for table in dict.fromkeys(record.table for record in records):
        for row in vault.reveal(table, [record.rec for record in records if record.table == table]):
            clear = {
                explaining.header(table, name): value for name, value in row.items() if value is not None
            }
            yield {"表": explaining.table_titles([table])[0], **clear}


def _records(out: Path, hit: str) -> list[Record]:
    path = out / EVIDENCE
    if not path.is_file():
        raise BadData(str(out), "这里没有 evidence.parquet；请给出 qingfeng screen run --out 的文件夹。")
    found = duckdb.execute(
        f'SELECT DISTINCT "table", rec, file, coalesce(sheet, \'\'), "row" FROM read_parquet({hits.text(str(path))})'
        ' WHERE hit_id = ? AND rec IS NOT NULL ORDER BY "table", rec',
        [hit],
    ).fetchall()
    if not found:
        raise BadData(hit, "结果里没有这条命中。")
    return [Record(*row) for row in found]


def _check_same(vault: Store, records: list[Record], hit: str) -> None:
    here: set[Record] = set()
    with vault.connect(memory_limit="1GB") as connection:
        for table in {record.table for record in records} & set(vault.tables):
            wanted = ", ".join(str(record.rec) for record in records if record.table == table)
            found = connection.execute(
                f"SELECT rec, source_file, coalesce(source_sheet, ''), source_row FROM \"{table}\" WHERE rec IN ({wanted})"
            ).fetchall()
            here |= {Record(table, *row) for row in found}
    if not here.issuperset(records):
        raise BadData(
            hit, "得出结果之后数据重新装载过，记录已对不上；请用同一条命令再运行一次，再打开这条命中。"
        )
