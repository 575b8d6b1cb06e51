"""`qingfeng publish`: the gate to the public for any file, without a data folder.

Exit codes: 0 may be published, 1 refused (every place is told), 2 the input cannot be used.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from qingfeng.apps.base.documents.publishing.gate import Refusal, Released, Rule, release

LARGEST = 100_000_000
"""Bytes of a file that is looked through."""

application = typer.Typer(
    help="公开前审查：个人信息没有打码的文件不能公开。", no_args_is_help=True, add_completion=False
)


@application.callback()
def publish() -> None:
    """公开前审查：个人信息没有打码的文件不能公开。"""


@application.command("check")
def check_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="要公开的文件：.docx .xlsx .csv .txt .md。")],
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="公开截止，如2026-12-31。")] = "",
    names: Annotated[
        Path | None, typer.Option("--names", metavar="FILE", help="获准公开的姓名，一行一个。")
    ] = None,
    known: Annotated[
        Path | None, typer.Option("--known", metavar="FILE", help="要留意的姓名，一行一个；未获准的会指出。")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出。")] = False,
) -> None:
    """逐处审查一份要公开的文件，说明位置和改法。"""
    day = _day(until)
    content = _content(file)
    rule = Rule(day, approved_names=_lines(names), known_names=_lines(known))
    try:
        released = release(content, file.name, rule, today=datetime.date.today())  # noqa: DTZ011 — the day here
    except Refusal as refusal:
        _tell(refusal, as_json)
        raise typer.Exit(1) from None
    _tell_released(released, as_json)


def _tell(refusal: Refusal, as_json: bool) -> None:
    if as_json:
        faults = [
            {"kind": one.kind, "place": one.place, "said": one.said, "advice": one.advice}
            for one in refusal.faults
        ]
        typer.echo(json.dumps(faults, ensure_ascii=False, indent=1))
        return
    typer.echo(f"不能公开，共{len(refusal.faults)}处：")
    for number, one in enumerate(refusal.faults, start=1):
        typer.echo(f"{number}. {one}。{one.advice}。")


def _tell_released(released: Released, as_json: bool) -> None:
    if as_json:
        typer.echo("[]")
        return
    typer.echo(f"没有发现不能公开的内容，公开截止{released.until}。")
    if released.pictures:
        typer.echo(f"提示：有{released.pictures}张图片，图片里的字没有审查，请逐张看过。", err=True)


def _day(typed: str) -> datetime.date | None:
    if not typed:
        return None
    try:
        return datetime.date.fromisoformat(typed)
    except ValueError:
        _stop(f"“{typed}”不是日期，请写成2026-12-31这样")


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            _stop(f"“{file.name}”超过{LARGEST // 1_000_000}MB，请拆成几份")
        return file.read_bytes()
    except OSError:
        _stop(f"“{file.name}”打不开，请核对文件名和位置")


def _lines(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        _stop(f"姓名文件“{file.name}”打不开，请核对位置，并存为UTF-8文本")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _stop(sentence: str) -> NoReturn:
    typer.echo(f"{sentence}。", err=True)
    raise typer.Exit(2)
