"""`qingfeng plan …`: the plan reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from qingfeng import planreader

application = typer.Typer(help="读实施方案。", no_args_is_help=True)
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="方案文件：.txt .docx .html 或文本型 PDF")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]


@application.command("read")
def read(file: FileArgument, as_json: JsonOption = False) -> None:
    """读出草稿：阶段、内容、任务、组织、表式和文件自身的疑点。"""
    draft = _or_exit(file)
    told = draft.as_dict()
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    typer.echo(_summary(told))


@application.command("text")
def text(file: FileArgument, as_json: JsonOption = False) -> None:
    """列出草稿所引的带编号的行。"""
    try:
        lines = planreader.text_lines(file)
    except planreader.Unreadable as error:
        raise _unreadable(error) from error
    if as_json:
        rows = [{"number": line.number, "text": line.text} for line in lines]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for line in lines:
        typer.echo(f"{line.number:>4}  {line.text}")


def _or_exit(file: Path) -> planreader.Draft:
    try:
        return planreader.read(file)
    except planreader.Unreadable as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(2)


def _summary(told: dict) -> str:
    if told["kind"] != "plan":
        return "\n".join(["不是实施方案：", *(f"  · {reason}" for reason in told["reasons"])])
    rows = [f"{told['title']}（{told['issuer'] or '发文机关不详'}）"]
    rows += [f"时间：{told['period']['start']} — {told['period']['end']}", "", "阶段"]
    rows += [
        f"  {s['number']}. {s['name']}  {s['start']} — {s['end']}  〔{s['line']}〕" for s in told["stages"]
    ]
    rows += [
        "",
        "治理内容",
        *(f"  {c['number']}. {c['title']}  〔{c['line']}〕" for c in told["contents"]),
        "",
        "任务",
    ]
    for duty in told["obligations"]:
        when = (
            duty["due"]
            or duty["due_text"]
            or (duty["recurrence"] or {}).get("every", "")
            or duty["trigger"]
            or ""
        )
        rows.append(f"  · {'、'.join(duty['who'])}：{duty['what']}  {when}  〔{duty['line']}〕")
    rows += ["", "组织", *(f"  · {g['name']}（{g['count']}）  〔{g['line']}〕" for g in told["groups"])]
    rows += [
        "",
        "表式",
        *(f"  · 附件{f['attachment']} {f['title']}：{'、'.join(f['fields'])}" for f in told["forms"]),
    ]
    rows += ["", "文件疑点"]
    rows += [
        f"  · {f['code']}：{f['message']}  〔{'、'.join(map(str, f['lines']))}〕" for f in told["faults"]
    ] or ["  无"]
    return "\n".join(rows)
