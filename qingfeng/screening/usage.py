"""A command that is written wrongly is answered in a Chinese sentence, as wrong data is."""

from __future__ import annotations

import typer
from typer.core import TyperCommand


class Command(TyperCommand):
    """A command whose missing and ill-typed options are named with what they are for."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Reads the words after the command."""
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            param = error.param
            name = getattr(param, "metavar", None) or (param.opts[0] if param else "选项")
            purpose = getattr(param, "help", None)
            # What a missing option lacks has a kind; what a given one has wrong has not.
            fault = "没有写" if hasattr(error, "param_type") else "写得不对，应是所需的数或路径"
            told = f"（{purpose}）" if purpose else ""
            typer.echo(f"{name}{told}：{fault}。用法见 {ctx.command_path} --help。", err=True)
            raise typer.Exit(2) from error
