"""The `qingfeng` command: thin; it calls the libraries and the same actions as the pages, as the account named by --as.

Exit codes: 0 done, 2 bad input, 3 refused.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import typer

from qingfeng.cli import libraries

LIBRARY_COMMANDS = {"plan", "screen"}
"""Commands of the pure libraries: they need no data folder and no Django."""
SERVING_COMMANDS = {"serve", "work"}
"""Commands by which everything starts: the others are not loaded for them, nor the platform until it is needed."""


def run() -> None:
    """Entry point. The data folder and zone are settled before anything of the platform is imported."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    arguments = settle_environment(sys.argv[1:])
    command = next((word for word in arguments if not word.startswith("-")), "")
    platform = command not in libraries.LIBRARIES
    if platform:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfeng.site.settings")
    if platform and command not in SERVING_COMMANDS:
        importlib.import_module("django").setup()
    application = typer.Typer(
        help="清风：专项治理平台的命令行。退出码 0 完成、2 输入有误、3 被拒绝。",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    libraries.add_to(application, command)
    if platform:
        name = "qingfeng.cli.serving" if command in SERVING_COMMANDS else "qingfeng.cli.platform"
        importlib.import_module(name).add_to(application)
    sys.argv[1:] = arguments
    application(prog_name="qingfeng")


def settle_environment(arguments: list[str]) -> list[str]:
    """Takes --home DIR, --zone ZONE and `demo --fresh DIR` out of the words and puts them in the environment."""
    left, words = [], iter(arguments)
    for word in words:
        name, _, value = word.partition("=")
        if name in {"--home", "--zone", "--fresh"}:
            value = value or next(words, "")
            if not value:
                typer.echo(f"{name} 后面要写明值。", err=True)
                raise SystemExit(2)
            target = "QINGFENG_ZONE" if name == "--zone" else "QINGFENG_HOME"
            os.environ[target] = value if name == "--zone" else str(Path(value).expanduser().resolve())
            if name == "--fresh":
                left.append("--fresh")
        else:
            left.append(word)
    return left


if __name__ == "__main__":
    run()
