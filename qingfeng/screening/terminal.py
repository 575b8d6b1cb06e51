"""What the commands print: progress while a run goes on, tables when it is done."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from qingfeng.screening import ocds
from qingfeng.screening.engine.report.page import remarks
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.summary import RuleResult, Summary

STATUS = {"done": "完成", "skipped": "未运行", "failed": "出错"}


class Watched:
    """Shows how a run goes: a bar on a terminal, plain lines elsewhere; always on stderr."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True)
        self.bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(), console=self.console, transient=True,
        )  # fmt: skip
        self.task = self.bar.add_task("载入", total=None)

    def __enter__(self) -> Watched:
        if self.console.is_terminal:
            self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.console.is_terminal:
            self.bar.stop()

    def file(self, name: str, number: int, total: int) -> None:
        """A file is being read."""
        if self.console.is_terminal:
            self.bar.update(self.task, description=f"载入 {name}", completed=number, total=total)

    def note(self, text: str) -> None:
        """One sentence between the steps."""
        self.console.print(text, highlight=False, soft_wrap=True)

    def begin(self, rule: Rule, number: int, total: int) -> None:
        """A rule starts."""
        if self.console.is_terminal:
            self.bar.update(
                self.task, description=f"{rule.id} {rule.title}", completed=number - 1, total=total
            )

    def end(self, result: RuleResult) -> None:
        """A rule has ended."""
        self.console.print(line_of(result), highlight=False, soft_wrap=True)


class FirstOnes:
    """Prints the first of many sentences to stderr; in the end, how many more there were."""

    MOST = 20

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> FirstOnes:
        return self

    def __exit__(self, *_: object) -> None:
        if self.count > self.MOST:
            typer.echo(f"另有 {self.count - self.MOST:,} 处，没有逐一列出。", err=True)

    def say(self, sentence: str) -> None:
        """One sentence."""
        self.count += 1
        if self.count <= self.MOST:
            typer.echo(sentence, err=True)


def line_of(result: RuleResult) -> str:
    """One rule's outcome in a line."""
    if result.status != "done":
        return f"{result.id} {result.title}：{STATUS[result.status]}，{result.why}"
    questions = f"（其中待核实身份{result.questions}）" if result.questions else ""
    money = f"，涉及{result.sum:,.2f}元" if result.sum else ""
    return f"{result.id} {result.title}：命中{result.hits}{questions}{money}，{result.seconds:.1f}秒"


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], right: Iterable[str] = ()) -> None:
    """Prints a table to stdout."""
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(column, justify="right" if column in set(right) else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*("" if cell is None else str(cell) for cell in row))
    width = None if sys.stdout.isatty() else 160
    Console(width=width, highlight=False, markup=False).print(drawn)


def summary_table(summary: Summary) -> None:
    """All rules of a run."""
    rows = [
        (
            r.id,
            r.title,
            STATUS[r.status],
            r.hits,
            r.questions,
            r.subjects,
            f"{r.sum:,.2f}" if r.sum else "",
            r.why,
        )
        for r in summary.rules
    ]
    table(
        ("规则", "名称", "状态", "命中", "待核身份", "对象", "涉及金额（元）", "说明"), rows,
        right=("命中", "待核身份", "对象", "涉及金额（元）"),
    )  # fmt: skip


GROUPS = {
    "OCID": "采购过程",
    "Buyer": "采购人",
    "ProcuringEntity": "采购执行单位",
    "Tenderer": "投标人",
}
MEASURES = {
    "R024": "价差 {:.2%}",
    "R025": "中标率 {:.1%}",
    "R035": "否决 {:.0f} 家",
    "R038": "否决率 {:.1%}",
    "R048": "{:.0f} 类",
    "R058": "价差 {:.2%}",
}
BESIDE = {"R024", "R035", "R058"}
"""Flags of a contracting process that name its firms, whose value is always 0."""


def flags_table(found: dict[str, dict[str, dict[str, float | None]]]) -> None:
    """The red flags of tenders, in words."""
    rows = [
        (GROUPS[group], name, code, ocds.TITLES[code], _measure(group, code, value))
        for group, named in found.items()
        for name, codes in named.items()
        for code, value in codes.items()
    ]
    if not rows:
        typer.echo("没有红旗。")
        return
    table(("范围", "编号", "红旗", "名称", "数值"), rows)
    typer.echo(f"共{len(rows)}项。红旗是要核实的疑点，不是结论。")


def _measure(group: str, code: str, value: float | None) -> str:
    if group == "Tenderer" and code in BESIDE:
        return "所涉企业"
    return "无限大" if value is None else MEASURES.get(code, "").format(value)


FILE_STATUS = {
    "loaded": "已载入", "kept": "未变，沿用", "unchanged": "未变，沿用", "asked": "待确认", "unread": "读不了", "empty": "空表",
    "skipped": "不用", "duplicate": "重复",
}  # fmt: skip


def files_table(files: Iterable[dict[str, Any]]) -> None:
    """How each file was read."""
    rows = []
    for line in files:
        refused = sum(entry["rows"] for entry in line.get("refused", []))
        place = f"{line['file']} {line['sheet']}".strip()
        status = FILE_STATUS.get(line.get("status", ""), line.get("status", ""))
        rows.append(
            (
                place,
                line.get("title") or "",
                status,
                line["rows_read"],
                line["rows_loaded"],
                refused,
                remarks(line),
            )
        )
    table(("文件", "标准表", "状态", "读到", "载入", "有误", "说明"), rows, right=("读到", "载入", "有误"))
