"""A small rule and its case, which the tests of the engine bend."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb

from qingfeng.screening.engine.rule import Rule, load
from qingfeng.screening.engine.specs import cells, document
from qingfeng.screening.engine.specs.running import load_case

AS_OF = date(2026, 6, 30)
HEAD = """/* ---
id: X01
version: 1.0.0
title: 死后发放
content: 1
basis: 试验用
parameters:
  grace_days: {type: integer, value: 31, title: 宽限天数}
  limit: {type: money, values: [{from: 2024-01-01, value: 100}, {from: 2026-01-01, value: 200.5}], title: 限额}
  words: {type: list, value: [丧葬, 抚恤], title: 除外的项目}
  pairs: {type: table, columns: [left_word, {weight: integer}], value: [[低保, 2]], title: 对照}
inputs: [payments, deaths]
subject: {kind: person, column: person_key, shown: name}
records: {payment: payments, death: deaths}
sum: {column: amount, once_per: payment}
date: pay_date
tier: tier
score: 80
values: {name: {title: 姓名}, pay_date: {type: date, title: 发放日期}, amount: {type: money, title: 金额}}
sentence: "{name}：{first}至{last}发放{rows}笔，合计{sum}元，请核实。"
false_positives: [登记迟]
verify: [入户]
reopen: {rows: 2, sum_percent: 10}
--- */
"""
SELECT = """SELECT p.person_key, p.name, p.rec AS rec_payment, d.rec AS rec_death, p.pay_date, p.amount,
  greatest(p.person_tier, d.person_tier) AS tier
FROM payments p JOIN deaths d ON p.person_key = d.person_key
WHERE p.pay_date > add_days(d.death_date, $grace_days) AND NOT has_word(p.benefit, $words)
"""
SPEC = """# X01
as_of: 2026-06-30
## 两笔，死亡登记两次
payments
| id_no | name | benefit | pay_date | amount |
|---|---|---|---|---|
| 甲 | 张甲 | 低保 | 2026-03-10 | 600 |
| 甲 | 张甲 | 低保 | 2026-04-10 | 600.5 |
| 乙 | 李乙 | 低保 | 2026-04-10 | 600 |
| 乙 | 李乙 | 丧葬补助 | 2026-04-11 | 900 |
deaths
| id_no | name | death_date |
|---|---|---|
| 甲 | 张甲 | 2026-01-02 |
| 甲 | 张甲 | 2026-01-03 |
| 乙? | 李乙 | 2026-01-03 |
hits
| subject | sum | rows | kind | first | last |
|---|---|---|---|---|---|
| 甲 | 1200.50 | 2 | alert | 2026-03-10 | 2026-04-10 |
| 乙 | 600 | 1 | question | | |
"""


def rule_at(folder: Path, *, head: str = HEAD, select: str = SELECT, name: str = "x01.sql") -> Rule:
    """The small rule, or a bent one, as a file."""
    path = folder / name
    path.write_text(head + select, encoding="utf-8")
    return load(path)


def case_at(folder: Path, spec: str = SPEC) -> document.Case:
    """The case of the small rule."""
    path = folder / "x01.spec.md"
    path.write_text(spec, encoding="utf-8")
    return document.read(path).cases[0]


class Folder:
    """A store for tests: a folder of Parquet files."""

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self.path = path
        self.tables = names

    def table_path(self, name: str) -> Path:
        """The folder of a table."""
        return self.path / name


def store_of(
    folder: Path, rule: Rule, case: document.Case, names: tuple[str, ...] = ("payments", "deaths")
) -> Folder:
    """The tables of a case as a store."""
    with duckdb.connect() as connection:
        load_case(connection, rule, case, cells.Cells())
        for name in names:
            (folder / name).mkdir(parents=True, exist_ok=True)
            connection.execute(f"COPY {name} TO '{folder / name}/p.parquet' (FORMAT parquet)")
    return Folder(folder, names)


def plain_days() -> list[tuple[date, bool, str | None]]:
    """A calendar of 2026 without festivals."""
    first = date(2026, 1, 1)
    return [(day, day.weekday() < 5, None) for day in (first + timedelta(days=n) for n in range(365))]
