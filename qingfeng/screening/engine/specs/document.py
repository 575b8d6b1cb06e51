"""Reads `a01.spec.md`: cases with their drawn tables and the hits that are expected of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from qingfeng.screening.catalogue import tables
from qingfeng.screening.engine.invalid import RuleInvalid
from qingfeng.screening.engine.relations import CALENDAR
from qingfeng.screening.engine.specs.cells import OF_THE_RECORD

HITS, NONE = "hits", "(none)"
HIT_COLUMNS = {"subject", "sum", "rows", "kind", "first", "last", "score", "sentence"}
KINDS = ("alert", "question")
Rows = list[dict[str, str]]


@dataclass
class Case:
    """One drawn situation."""

    title: str
    line: int
    as_of: date
    tables: dict[str, Rows] = field(default_factory=dict)
    hits: Rows | None = None
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass
class Document:
    """All cases of one rule."""

    path: Path
    title: str
    cases: list[Case]


def beside(rule_file: Path) -> Path:
    """Where the spec of a rule lies."""
    return rule_file.with_name(rule_file.stem + ".spec.md")


def read(path: Path) -> Document:
    """Reads a spec file; each fault is named with its line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise RuleInvalid(str(path), "没有这份用例文件；请在规则旁边写一份。") from error
    return _Reader(path, lines).read()


class _Reader:
    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.title = path.stem
        self.as_of: date | None = None
        self.cases: list[Case] = []
        self.waiting: str | None = None

    def read(self) -> Document:
        number = 0
        while number < len(self.lines):
            number = self._line(number, self.lines[number].strip())
        if not self.cases:
            raise RuleInvalid(self.path.name, "没有用例；用例以“## 名称”开头。")
        for case in self.cases:
            if case.hits is None:
                raise RuleInvalid(f"{self.path.name} 第{case.line}行", f"用例“{case.title}”没有写 hits。")
        return Document(self.path, self.title, self.cases)

    def _line(self, number: int, line: str) -> int:
        if line.startswith("## "):
            self._case(number, line[3:].strip())
        elif line.startswith("# "):
            self.title = line[2:].strip()
        elif line.startswith("as_of:"):
            self._as_of(number, line.partition(":")[2].strip())
        elif line.startswith("set:"):
            self._current(number).settings = self._settings(number, line)
        elif line == NONE:
            self._fill(number, [])
        elif line.startswith("|"):
            return self._table(number)
        elif line in tables() or line in {HITS, CALENDAR}:
            self.waiting = line
        elif line:
            self.waiting = None
        return number + 1

    def _case(self, number: int, title: str) -> None:
        if self.as_of is None:
            raise self._wrong(number, "用例之前要写“as_of: 2026-06-30”。")
        self.cases.append(Case(title, number + 1, self.as_of))

    def _as_of(self, number: int, word: str) -> None:
        try:
            day = date.fromisoformat(word)
        except ValueError as error:
            raise self._wrong(number, f"as_of 的“{word}”不是日期，应写成 2026-06-30。") from error
        if self.cases:
            self.cases[-1].as_of = day
        else:
            self.as_of = day

    def _settings(self, number: int, line: str) -> dict[str, Any]:
        try:
            told = yaml.safe_load(line.partition(":")[2])
        except yaml.YAMLError:
            told = None
        if not isinstance(told, dict):
            raise self._wrong(number, "set 应写成 set: {参数: 值}。")
        return told

    def _table(self, number: int) -> int:
        header = self._cells(self.lines[number])
        rows: Rows = []
        after = number + 1
        while after < len(self.lines) and self.lines[after].strip().startswith("|"):
            cells = self._cells(self.lines[after])
            if not all(set(cell) <= set("-: ") and cell for cell in cells):
                if len(cells) != len(header):
                    raise self._wrong(after, f"这一行有{len(cells)}格，表头有{len(header)}格。")
                rows.append(dict(zip(header, cells, strict=True)))
            after += 1
        self._fill(number, rows)
        return after

    @staticmethod
    def _cells(line: str) -> list[str]:
        bare = line.strip().replace("\\|", "\0").strip("|")
        return [cell.strip().replace("\0", "|") for cell in bare.split("|")]

    def _fill(self, number: int, rows: Rows) -> None:
        case = self._current(number)
        if self.waiting is None:
            raise self._wrong(number, "表格的上一行应是表名（目录里的英文表名）或 hits。")
        if self.waiting == HITS:
            self._check_hits(number, rows)
            case.hits = rows
        elif self.waiting in case.tables:
            raise self._wrong(number, f"表 {self.waiting} 在这个用例里写了两次。")
        else:
            self._check_columns(number, self.waiting, rows)
            case.tables[self.waiting] = rows
        self.waiting = None

    def _check_hits(self, number: int, rows: Rows) -> None:
        columns = set(rows[0]) if rows else {"subject"}
        if strangers := columns - HIT_COLUMNS:
            raise self._wrong(
                number,
                f"hits 没有列“{'、'.join(sorted(strangers))}”；可用：{'、'.join(sorted(HIT_COLUMNS))}。",
            )
        if "subject" not in columns:
            raise self._wrong(number, "hits 要有 subject 一列：命中说的是谁。")
        for row in rows:
            if row.get("kind", "") not in {"", *KINDS}:
                raise self._wrong(
                    number, f"kind 应是 alert（预警）或 question（待核实身份），不是“{row['kind']}”。"
                )

    def _check_columns(self, number: int, name: str, rows: Rows) -> None:
        if name == CALENDAR or not rows:
            return
        known = {*OF_THE_RECORD, *(column.name for column in tables()[name].columns)}
        strangers = [column for column in rows[0] if column not in known]
        if strangers:
            raise self._wrong(number, f"表 {name} 没有列“{'、'.join(strangers)}”。")

    def _current(self, number: int) -> Case:
        if not self.cases:
            raise self._wrong(number, "表格应写在用例标题“## 名称”之下。")
        return self.cases[-1]

    def _wrong(self, number: int, reason: str) -> RuleInvalid:
        return RuleInvalid(f"{self.path.name} 第{number + 1}行", reason)
