"""`qingfeng units …`, `qingfeng account …`: the organisation and its accounts, for whoever keeps the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qingfeng.apps.base.orgs.actions import ImportResult, import_units, reset_password
from qingfeng.apps.base.orgs.unit_import import read_units
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.cli.preparing import lacks_migrations, prepare_tables
from qingfeng.cli.session import As, Json, answer, content_of, told
from qingfeng.cli.session import account as account_named

units = typer.Typer(help="单位名册。", no_args_is_help=True)
account = typer.Typer(help="账号。", no_args_is_help=True)


@units.callback()
def unit_commands() -> None:
    """单位名册。"""


@account.callback()
def account_commands() -> None:
    """账号。"""


@units.command("import")
@told
def take_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="单位、组、人员名册：.xlsx .csv")],
    as_user: Annotated[str, typer.Option("--as", metavar="USER", help="以哪个账号；首次安装时不写")] = "",
    partial: Annotated[bool, typer.Option("--partial", help="有误的行跳过")] = False,
    as_json: Json = False,
) -> None:
    """导入单位、组和人员。"""
    if lacks_migrations():
        typer.echo("正在准备数据文件夹（第一次约半分钟）……", err=True)
        prepare_tables()
    by = account_named(as_user) if as_user else None
    preview = read_units(content_of(file), file.name)
    result = import_units(preview=preview, by=by, accept_partial=partial)
    left = [words for line in result.left for words in line.words]
    answer(
        as_json,
        "\n  · ".join([_sentence(result), *preview.remarks, *left]),
        taken=dict(result.taken),
        accounts=result.accounts,
        left=left,
        remarks=list(preview.remarks),
    )


def _sentence(result: ImportResult) -> str:
    """What was taken, what was not, and the next step of whoever sets the machine up."""
    taken = "、".join(f"{name}{count}" for name, count in result.taken.items()) or "无变化"
    faulty = f"；有误没有导入{len(result.left)}行" if result.left else ""
    waiting = (
        f"。待设初始密码的账号：{'、'.join(result.accounts)}"
        "（系统管理员的用 qingfeng account password 设，其余的由系统管理员登录后在「账号」里发）"
    )
    return f"已导入：{taken}{faulty}{waiting if result.accounts else ''}"


@account.command("password")
@told
def password(
    username: Annotated[str, typer.Argument(metavar="USERNAME")],
    as_user: As,
    secret: Annotated[
        str, typer.Option("--password", envvar="QINGFENG_NEW_PASSWORD", help="不写则询问")
    ] = "",
    as_json: Json = False,
) -> None:
    """设初始密码；本人首次登录后须自行修改。"""
    reset_password(user=account_named(username), password=secret or _asked(), by=account_named(as_user))
    answer(as_json, f"已设“{username}”的初始密码。", username=username)


def _asked() -> str:
    """Typed twice, unseen."""
    first = typer.prompt("初始密码", hide_input=True)
    if typer.prompt("再输入一次", hide_input=True) != first:
        raise BadInput("两次输入的密码不一样，没有更改。请重新运行这条命令。")
    return str(first)
