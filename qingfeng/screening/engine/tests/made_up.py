"""Made-up tables for a rule: the rows of all its cases, shuffled, shifted and mixed by a seed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

from qingfeng.screening.engine.specs.document import Case, Document, Rows

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
SHIFTS = (-400, -31, -30, -1, 0, 0, 0, 1, 2, 30, 31, 366)
ROWS = 30


def shaken(document: Document, seed: int) -> Case:
    """One case out of all cases of a rule: enough like them to raise hits, unlike enough to find where engines part."""
    random = Random(seed)
    rows: dict[str, Rows] = {}
    for case in document.cases:
        for name, drawn in case.tables.items():
            rows.setdefault(name, []).extend(drawn)
    tables = {name: _mixed(random, drawn) for name, drawn in rows.items() if drawn and name != "calendar"}
    return Case(f"种子{seed}", 1, document.cases[0].as_of, tables, [])


def _mixed(random: Random, drawn: Rows) -> Rows:
    columns = list(dict.fromkeys(name for row in drawn for name in row if name != "rec"))
    made = []
    for _ in range(min(ROWS, 3 * len(drawn))):
        row = dict(random.choice(drawn))
        for name in columns:
            row[name] = _bent(random, name, row.get(name, ""), drawn)
        row.pop("rec", None)
        made.append(row)
    return made


def _bent(random: Random, name: str, cell: str, drawn: Rows) -> str:
    chance = random.random()
    if chance < 0.05:
        return ""
    if chance < 0.15:
        return random.choice(drawn).get(name, "")
    if DATE.fullmatch(cell):
        return (date.fromisoformat(cell) + timedelta(days=random.choice(SHIFTS))).isoformat()
    if re.fullmatch(r"\d+(\.\d+)?", cell) and name.endswith(
        ("amount", "price", "rent", "area", "quantity", "litres")
    ):
        return str(round(float(cell) * random.choice((0.5, 0.9, 1, 1, 1, 1.01, 2)), 2))
    return cell
