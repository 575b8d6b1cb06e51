"""`qingfeng demo --fresh DIR`: a made-up district with half a campaign of history."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.cli.serving import load_with_progress, prepare
from qingfeng.cli.session import Json, answer, told


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
