"""`qingfeng units …`, `qingfeng account …`: the organisation and its accounts, for whoever keeps the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command

from qingfeng.apps.base.orgs.actions import import_units, reset_password
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
    call_command("migrate", verbosity=0, interactive=False)
    by = account_named(as_user) if as_user else None
    result = import_units(content=content_of(file), name=file.name, by=by, accept_partial=partial)
    taken = "、".join(f"{name}{count}" for name, count in result.taken.items()) or "无变化"
    waiting = f"。待设初始密码的账号：{'、'.join(result.accounts)}" if result.accounts else ""
    answer(
        as_json,
        f"已导入：{taken}{waiting}",
        taken=dict(result.taken),
        accounts=result.accounts,
        left=[str(line) for line in result.left],
    )


@account.command("password")
@told
def password(
    username: Annotated[str, typer.Argument(metavar="USERNAME")],
    as_user: As,
    secret: Annotated[
        str,
        typer.Option(
            "--password",
            prompt="初始密码",
            hide_input=True,
            confirmation_prompt=True,
            envvar="QINGFENG_NEW_PASSWORD",
        ),
    ],
    as_json: Json = False,
) -> None:
    """设初始密码；本人首次登录后须自行修改。"""
    reset_password(user=account_named(username), password=secret, by=account_named(as_user))
    answer(as_json, f"已设“{username}”的初始密码。", username=username)
