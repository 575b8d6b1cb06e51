"""`qingfeng serve`: the site of this data folder with its worker; `qingfeng work`: a worker by itself."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from qingfeng.apps.base.records.search.actions import is_stale as search_is_stale
from qingfeng.apps.base.records.search.actions import rebuild as rebuild_search
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.cli.session import told
from qingfeng.demo.loading import DemoReport
from qingfeng.demo.loading import load as load_story

Port = Annotated[int, typer.Option("--port", envvar="PORT", help="端口")]
Host = Annotated[str, typer.Option("--host", help="地址；默认只在本机")]


def prepare() -> None:
    """Brings the data folder up to date: tables, cache, search index, static files. Safe to call at every start."""
    settings.ZONE_HOME.chmod(0o700)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if search_is_stale():
        rebuild_search()
    if static_is_stale():
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)


def prepare_tables() -> None:
    """The tables of this version."""
    settings.ZONE_HOME.chmod(0o700)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def static_is_stale() -> bool:
    """Whether a static file is newer than the manifest of those that are served."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    for finder in get_finders():
        for path, storage in finder.list([]):
            if Path(storage.path(path)).stat().st_mtime > made:
                return True
    return False


def load_with_progress(*, quiet: bool = False) -> DemoReport:
    """Loads the demo; a terminal shows how far it is."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        return load_story()
    columns = (
        TextColumn("载入演示数据"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=None)
        return load_story(
            progress=lambda done, total, words: shown.update(
                task, completed=done, total=total, description=words
            )
        )


@told
def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    with_demo: Annotated[bool, typer.Option("--with-demo", help="先载入演示数据（只载入一次）")] = False,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="不启动后台处理程序（另用 qingfeng work 启动）")
    ] = False,
) -> None:
    """启动网站和后台处理程序。"""
    _check_free(host, port)
    prepare()
    if with_demo:
        report = load_with_progress()
        typer.echo(report.accounts_table())
    typer.echo(f"\n清风已启动：http://{host}:{port}\n按 Ctrl+C 停止。", color=False)
    web = [sys.executable, "-m", *_server(host, port)]
    _become(web if no_worker else [sys.executable, "-m", "qingfeng.site.supervisor", host, str(port), *web])


@told
def work(
    once: Annotated[bool, typer.Option("--once", help="办完排队的任务就退出")] = False,
) -> None:
    """启动一个后台处理程序（qingfeng serve 已带一个；只在网站另由别的程序启动时需要）。"""
    prepare_tables()
    if not once:
        typer.echo("后台处理程序已启动。按 Ctrl+C 停止。", color=False)
    _become([sys.executable, "-m", "qingfeng.site.worker", *(["--once"] if once else [])])


def _become(command: list[str]) -> None:
    """In place of this process, whose memory is thereby free."""
    sys.stdout.flush()
    connections.close_all()
    os.execv(command[0], command)  # noqa: S606


def _server(host: str, port: int) -> list[str]:
    if importlib.util.find_spec("granian"):
        return [
            "granian",
            "--interface",
            "wsgi",
            "--host",
            host,
            "--port",
            str(port),
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "--log-level",
            "warning",
            "--no-ws",
            "qingfeng.site.wsgi:application",
        ]
    return ["gunicorn", "--bind", f"{host}:{port}", "--threads", "4", "qingfeng.site.wsgi:application"]


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(f"端口 {port} 已被占用，请用 --port 另选一个。") from error
