"""Makes the folder: the background first, then the gold, then the files, then the account of what was planted."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from random import Random

from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.sample import layout, writing
from qingfeng.screening.sample.background.households import settle
from qingfeng.screening.sample.background.offices import appropriate, work
from qingfeng.screening.sample.book import Book
from qingfeng.screening.sample.district import District
from qingfeng.screening.sample.planting import (
    a_money,
    a_papers,
    a_persons,
    b,
    c,
    d,
    e_bids,
    e_prices,
    f_h,
    f_reports,
    g,
)
from qingfeng.screening.sample.world import AS_OF, World

PLANTERS: tuple[Callable[[District], None], ...] = (
    *a_persons.RULES,
    *a_money.RULES,
    *a_papers.RULES,
    *b.RULES,
    *c.RULES,
    *d.RULES,
    *e_prices.RULES,
    *e_bids.RULES,
)
PLANTERS += (*g.RULES, *f_h.RULES, *f_reports.RULES)
PEOPLE_A_VILLAGE = 1500
FEWEST_VILLAGES = 8
PEOPLE_A_COPY = 20_000
MOST_COPIES = 20
PLANTED_COLUMNS = ("case", "rule", "kind", "table", "key", "file", "sheet", "row", "subject", "note")

README = """这是什么
这个文件夹是清风自带的样例：一个编造的“云泽区”，有{people}人，{files}个业务表文件。
区划 99xxxx 不存在，人、村、单位、企业、号码都是编的，与任何真实的人和事无关。

怎么用
    qingfeng screen run --data 本文件夹 --as-of {as_of} --out 结果文件夹
表头写法、日期格式、编码各不相同，里面还有15位身份证号、全角字符、标题行、合计行、重复行等常见毛病，
都是有意放进去的，用来检验导入和清洗。

planted.csv 是什么
它是“标准答案”：按《模型手册》逐条规则埋下的{true}件真问题（true）和{near}件像而不是的（near_miss），
每件写明规则、所在文件、工作表、行号、对象和说明。对象与结果 hits.csv 的 subject 列一致（人和账户用密钥化的代号）。
其余各行按手册的条件都没有问题。它不是业务表，筛查时不会读它。

screen.key 是这份样例的密钥，只用于样例。
本样例由种子 {seed} 生成，同样的人数和种子得到同样的数据。
"""


def make(out: Path, people: int, seed: int) -> dict[str, int]:
    """Makes the sample; returns how many people, rows, files, true cases and near misses it holds."""
    out.mkdir(parents=True, exist_ok=True)
    keys = _key(out, seed)
    district = District(World(seed, max(FEWEST_VILLAGES, people // PEOPLE_A_VILLAGE)), Book(), keys)
    bodies = [district.world.body() for _ in range(max(24, people // 4000))]
    settle(district, people, bodies)
    work(district, people // 1000, bodies)
    for _ in range(min(MOST_COPIES, max(2, people // PEOPLE_A_COPY))):
        for planter in PLANTERS:
            planter(district)
    for planter in c.LAST:
        planter(district)
    appropriate(district)
    files = layout.files(district.book, Random(f"layout {seed}"))  # noqa: S311
    for file in files:
        writing.write(out, file, Random(f"{file.name} {seed}"))  # noqa: S311
    _write_planted(out / "planted.csv", district.book)
    told = _count(district.book, people, len(files))
    (out / "README.txt").write_text(README.format(as_of=AS_OF, seed=seed, **told), "utf-8")
    return told


def _key(out: Path, seed: int) -> Keys:
    """The key is drawn from the seed, so that subjects are the same in every making."""
    path = out / "screen.key"
    secret = hashlib.sha256(f"qingfeng sample {seed}".encode()).hexdigest().encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret + b"\n")
    return Keys(secret)


def _write_planted(path: Path, book: Book) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(PLANTED_COLUMNS)
        for number, case in enumerate(sorted(book.cases, key=lambda case: case.rule), start=1):
            for row in case.rows:
                where = row.at or ("", "", 0)
                writer.writerow(
                    (number, case.rule, case.kind, row.table, row.key, *where, case.subject, case.note)
                )


def _count(book: Book, people: int, files: int) -> dict[str, int]:
    kinds = [case.kind for case in book.cases]
    rows = sum(len(rows) for rows in book.rows.values())
    told = {"people": people, "rows": rows, "files": files}
    return told | {"true": kinds.count("true"), "near": kinds.count("near_miss")}
