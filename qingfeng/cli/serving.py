"""`qingfeng serve`: the site of this data folder with its worker; `qingfeng work`: a worker by itself."""

from __future__ import annotations

import importlib
import importlib.util
import os
import socket
import sys
from typing import Annotated, Any

import typer

from qingfeng.cli import as_left

BAD_INPUT = 2
Port = Annotated[int, typer.Option("--port", envvar="PORT", help="端口")]
Host = Annotated[str, typer.Option("--host", help="地址；默认只在本机")]


def add_to(application: typer.Typer) -> None:
    """The two commands that become a server: a start need not load what the others do."""
    application.command("serve")(serve)
    application.command("work")(work)


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
    words = as_left.words_of_last_start(with_demo=with_demo)
    if words is None:
        words = _starting().prepared(with_demo=with_demo)
        as_left.remember(words, with_demo=with_demo)
    if words:
        typer.echo(words)
    typer.echo(f"\n清风已启动：http://{host}:{port}\n按 Ctrl+C 停止。", color=False)
    web = [sys.executable, "-m", *_server(host, port)]
    _become(web if no_worker else [sys.executable, "-m", "qingfeng.site.supervisor", host, str(port), *web])


def work(
    once: Annotated[bool, typer.Option("--once", help="办完排队的任务就退出")] = False,
) -> None:
    """启动一个后台处理程序（qingfeng serve 已带一个；只在网站另由别的程序启动时需要）。"""
    _starting().prepared_tables()
    if not once:
        typer.echo("后台处理程序已启动。按 Ctrl+C 停止。", color=False)
    _become([sys.executable, "-m", "qingfeng.site.worker", *(["--once"] if once else [])])


def _starting() -> Any:
    """What needs the whole platform, which a start that finds all as it was does without."""
    importlib.import_module("django").setup()
    return importlib.import_module("qingfeng.cli.starting")


def _become(command: list[str]) -> None:
    """In place of this process, whose memory is thereby free."""
    sys.stdout.flush()
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
            typer.echo(f"端口 {port} 已被占用，请用 --port 另选一个。", err=True)
            raise typer.Exit(BAD_INPUT) from error
