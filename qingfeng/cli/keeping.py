"""Commands of whoever keeps the machine: verify, calendar, accounts, documentation."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from qingfeng.apps.base.handover.actions import set_case_key
from qingfeng.apps.base.records.verification import root_of_all, verify_streams
from qingfeng.apps.base.web import office_calendar
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.reports.verification import verify_figures
from qingfeng.calendars import TableInvalid, load_table
from qingfeng.cli import drawn
from qingfeng.cli.session import As, Json, account, answer, content_of, told

calendar = typer.Typer(help="工作日历。", no_args_is_help=True)


@told
def verify(
    figures: Annotated[bool, typer.Option("--figures", help="同时重算全部汇总数")] = False,
    as_json: Json = False,
) -> None:
    """核验全部事件链；首个断点指明位置。不一致时退出码为 1。"""
    results = verify_streams()
    broken = [result for result in results if result.broken]
    differences = verify_figures() if figures else []
    lines = [
        f"事件链 {len(results)} 条，事件 {sum(result.events for result in results)} 个，总根 {root_of_all(results)}"
    ]
    lines += [
        f"断点：{one.stream} 第 {one.broken.seq} 个事件，{one.broken.what}" for one in broken if one.broken
    ]
    if figures:
        lines += differences or ["汇总数与记录一致"]
    answer(
        as_json,
        "\n".join(lines),
        streams=len(results),
        events=sum(result.events for result in results),
        root=root_of_all(results),
        differences=differences,
        broken=[
            {"stream": one.stream, "seq": one.broken.seq, "what": one.broken.what}
            for one in broken
            if one.broken
        ],
    )
    if broken or differences:
        raise typer.Exit(1)


@calendar.command("load")
@told
def load(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="年度放假安排（.json 或 .csv）")],
    as_json: Json = False,
) -> None:
    """载入一年的放假调休安排（国务院办公厅通知公布后）。"""
    try:
        table = load_table(file)
    except TableInvalid as error:
        raise BadInput(str(error)) from error
    folder = office_calendar.folder()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / f"{table.year}{file.suffix.lower()}")
    answer(as_json, f"已载入 {table.year} 年工作日历。", year=table.year)


@told
def case_key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="案管室公钥（Base64 一行）")],
    as_user: As,
    as_json: Json = False,
) -> None:
    """设置案管室公钥：移送单只有其私钥持有者能打开。"""
    text = content_of(file).decode("ascii", errors="replace").strip()
    fingerprint = set_case_key(text, by=account(as_user))
    answer(as_json, f"已设置案管室公钥，指纹 {fingerprint}。请与案管室核对指纹。", fingerprint=fingerprint)


@told
def docs(check: Annotated[bool, typer.Option("--check", help="只检查，不改写")] = False) -> None:
    """由代码画出的文档：docs/flow.md 等。"""
    stale = drawn.write(check=check)
    if check and stale:
        typer.echo("这些文档与代码不符，请运行 qingfeng docs：" + "、".join(stale), err=True)
        raise typer.Exit(1)
    typer.echo("文档已是最新。" if not stale else "已更新：" + "、".join(stale))
