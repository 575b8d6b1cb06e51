"""What the platform's commands share: who acts, in which campaign, and how an answer or a refusal is told."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.visibility import visible_units
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.visibility import current

P = ParamSpec("P")
R = TypeVar("R")

As = Annotated[str, typer.Option("--as", metavar="USER", envvar="QINGFENG_AS", help="以哪个账号办理")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="写到哪个文件")]
UnitCode = Annotated[str, typer.Option("--unit", metavar="CODE", help="单位代码")]

BAD_INPUT, REFUSED = 2, 3


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Turns what an action answers into a sentence and an exit code."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        as_json = bool(kwargs.get("as_json"))
        try:
            return command(*args, **kwargs)
        except Refused as error:
            raise _exit(REFUSED, "refused", str(error), [], as_json) from error
        except BadInput as error:
            raise _exit(BAD_INPUT, "bad_input", str(error), error.places, as_json) from error
        except (OperationalError, ProgrammingError) as error:
            if not _is_behind():
                raise
            text = f"“{settings.ZONE_HOME.parent}”中还没有数据，或数据是旧版本的。请先启动一次网站（qingfeng serve）。"
            raise _exit(BAD_INPUT, "bad_input", text, [], as_json) from error
        except NotThere as error:
            text = str(error) or "没有找到，或不在您的范围内。"
            raise _exit(BAD_INPUT, "not_there", text, [], as_json) from error

    return wrapped


def _is_behind() -> bool:
    """Whether this data folder has no tables yet, or those of an earlier version."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def answer(as_json: bool, sentence: str, **facts: Any) -> None:
    """What happened, as a sentence or as JSON."""
    typer.echo(json.dumps(facts, ensure_ascii=False, cls=DjangoJSONEncoder) if as_json else sentence)


def account(username: str) -> User:
    """The account that acts; a locked one is as if it were not there."""
    found = User.objects.select_related("person").filter(username=username, is_active=True).first()
    if found is None:
        raise BadInput(f"没有账号“{username}”，或已停用。请用 --as 指定账号。")
    return found


def campaign_of(user: User) -> Campaign:
    """The campaign that runs where this user works."""
    found = current(user)
    if found is None:
        raise NotThere("目前没有正在进行的专项治理。")
    return found


def unit_of(user: User, code: str) -> Unit:
    """A unit in the user's reach, by code."""
    found = visible_units(user).filter(code=code).first()
    if found is None:
        raise NotThere(f"没有代码为“{code}”的单位，或不在您的范围内。")
    return found


def day(text: str | None, label: str) -> date | None:
    """2026-06-20; BadInput names the option."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{label}“{text}”不是日期，请写成 2026-06-20 这样。") from error


def needed_day(text: str | None, label: str) -> date:
    """A date that must be given."""
    found = day(text, label)
    if found is None:
        raise BadInput(f"请用 {label} 写明日期。")
    return found


def content_of(path: Path) -> bytes:
    """The bytes of a file; BadInput when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput(f"没有找到文件“{path}”，请核对名称和所在的文件夹。") from error
    except IsADirectoryError as error:
        raise BadInput(f"“{path}”是文件夹，请写明里面的文件。") from error
    except OSError as error:
        raise BadInput(f"读不了文件“{path.name}”：{error.strerror}。") from error


def write_out(path: Path, content: bytes) -> None:
    """The file, written whole or not at all."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        raise BadInput(f"写不了文件“{path}”：{error.strerror}。") from error


def _exit(code: int, kind: str, text: str, places: list[str], as_json: bool) -> typer.Exit:
    if as_json:
        typer.echo(
            json.dumps({"error": kind, "message": text, "places": places}, ensure_ascii=False), err=True
        )
    else:
        typer.echo("\n".join([text, *(f"  · {place}" for place in places)]), err=True)
    return typer.Exit(code)
