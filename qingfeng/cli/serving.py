"""`qingfeng serve`: one process that serves the zone of this data folder."""

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

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.cli.session import told
from qingfeng.demo.loading import load as load_story

Port = Annotated[int, typer.Option("--port", envvar="PORT", help="端口")]
Host = Annotated[str, typer.Option("--host", help="地址；默认只在本机")]


def prepare() -> None:
    """Brings the data folder up to date: tables, cache, static files. Safe to call at every start."""
    settings.ZONE_HOME.chmod(0o700)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if static_is_stale():
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)


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


@told
def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    with_demo: Annotated[bool, typer.Option("--with-demo", help="先载入演示数据（只载入一次）")] = False,
) -> None:
    """启动网站。"""
    _check_free(host, port)
    prepare()
    if with_demo:
        report = load_story()
        typer.echo(report.accounts_table())
    typer.echo(f"\n清风已启动：http://{host}:{port}\n按 Ctrl+C 停止。", color=False)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", *_server(host, port)])  # noqa: S606


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
