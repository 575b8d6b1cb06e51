"""Commands of whoever keeps the machine: verify, calendar, accounts, documentation."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone

from qingfeng.apps.base.handover.actions import set_case_key
from qingfeng.apps.base.jobs.models import JobState
from qingfeng.apps.base.jobs.queries import for_keeper, workers
from qingfeng.apps.base.records.search.actions import rebuild
from qingfeng.apps.base.records.search.verification import verify_search
from qingfeng.apps.base.records.verification import root_of_all, verify_streams
from qingfeng.apps.base.web import office_calendar
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.reports.verification import verify_figures
from qingfeng.calendars import TableInvalid, load_table
from qingfeng.cli import drawn
from qingfeng.cli.session import As, Json, account, answer, content_of, told

calendar = typer.Typer(help="工作日历。", no_args_is_help=True)
search = typer.Typer(help="查找索引。", no_args_is_help=True)


@search.callback()
def search_commands() -> None:
    """查找索引。"""


@search.command("rebuild")
@told
def rebuild_search(as_json: Json = False) -> None:
    """重建查找索引：索引由记录推出，可以随时重建。"""
    number = rebuild()
    answer(as_json, f"查找索引已重建，共 {number} 条。", entries=number)


@told
def verify(
    figures: Annotated[bool, typer.Option("--figures", help="同时重算全部汇总数")] = False,
    as_json: Json = False,
) -> None:
    """核验全部事件链和查找索引；首个断点指明位置。不一致时退出码为 1。"""
    results = verify_streams()
    broken = [result for result in results if result.broken]
    astray = verify_search()
    differences = verify_figures() if figures else []
    lines = [
        f"事件链 {len(results)} 条，事件 {sum(result.events for result in results)} 个，总根 {root_of_all(results)}"
    ]
    lines += [
        f"断点：{one.stream} 第 {one.broken.seq} 个事件，{one.broken.what}" for one in broken if one.broken
    ]
    lines += [*astray, "请运行 qingfeng search rebuild 重建查找索引"] if astray else ["查找索引与记录一致"]
    if figures:
        lines += differences or ["汇总数与记录一致"]
    answer(
        as_json,
        "\n".join(lines),
        streams=len(results),
        events=sum(result.events for result in results),
        root=root_of_all(results),
        search=astray,
        differences=differences,
        broken=[
            {"stream": one.stream, "seq": one.broken.seq, "what": one.broken.what}
            for one in broken
            if one.broken
        ],
    )
    if broken or differences or astray:
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
def jobs(as_json: Json = False) -> None:
    """后台任务和后台处理程序：谁发起、到哪一步。不显示内容。"""
    rows = [
        {
            "reference": job.reference,
            "kind": job.kind,
            "owner": job.owner.username,
            "state": job.shown_state,
            "percent": job.percent,
            "attempts": job.attempts,
            "asked_at": timezone.localtime(job.asked_at).strftime("%Y-%m-%d %H:%M"),
        }
        for job in for_keeper()
    ]
    alive = [{"host": one.host, "pid": one.pid, "beat_at": one.beat_at} for one in workers()]
    lines = [_job_line(row) for row in rows]
    told_workers = "、".join(f"{one['host']}（进程 {one['pid']}）" for one in alive)
    lines.append(f"后台处理程序：{told_workers or '没有运行，可用 qingfeng work 启动'}")
    answer(as_json, "\n".join(lines), jobs=rows, workers=alive)


def _job_line(row: dict[str, Any]) -> str:
    share = "" if row["percent"] is None else f" {row['percent']}%"
    state = f"{JobState(row['state']).label}{share}"
    return f"{row['reference']}  {row['asked_at']}  {row['owner']:<12} {state}  {row['kind']}"


@told
def docs(check: Annotated[bool, typer.Option("--check", help="只检查，不改写")] = False) -> None:
    """由代码画出的文档：docs/flow.md 等。"""
    stale = drawn.write(check=check)
    if check and stale:
        typer.echo("这些文档与代码不符，请运行 qingfeng docs：" + "、".join(stale), err=True)
        raise typer.Exit(1)
    typer.echo("文档已是最新。" if not stale else "已更新：" + "、".join(stale))
