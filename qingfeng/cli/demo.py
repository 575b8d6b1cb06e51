"""`qingfeng demo --fresh DIR`: a made-up district with half a campaign of history."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.cli.preparing import prepare
from qingfeng.cli.session import Json, answer, told
from qingfeng.demo.loading import DemoReport
from qingfeng.demo.loading import load as load_story


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
def load_demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="在新文件夹 DIR 中建立（写作 --fresh DIR）")] = False,
    as_json: Json = False,
) -> None:
    """载入演示数据。"""
    prepare()
    if fresh and Unit.objects.exists():
        raise BadInput(f"“{settings.ZONE_HOME.parent}”中已有数据，请另选一个空文件夹。")
    report = load_with_progress(quiet=as_json)
    answer(as_json, report.accounts_table(), accounts=report.accounts())
