"""Commands of the pure libraries: they need no data folder and no Django.

Only the library that is called is imported: DuckDB and python-docx are slow to load. The others are named in the help.
"""

from __future__ import annotations

import importlib

import typer

LIBRARIES = {
    "plan": ("qingfeng.cli.plan", "读实施方案。"),
    "gongwen": ("qingfeng.gongwen.cli", "公文：由文稿生成国标格式的 Word 文件，检查任何人的公文格式。"),
    "publish": ("qingfeng.cli.publish", "公开前审查：个人信息没有打码的文件不能公开。"),
    "screen": ("qingfeng.cli.screening", "业务数据比对：表格进，可解释的疑点出。"),
}
"""Command → the module whose `application` it is, and its line in the help."""


def add_to(application: typer.Typer, command: str = "") -> None:
    """Adds the library that is called in full, the others by name only."""
    for name, (module, words) in LIBRARIES.items():
        if name == command:
            application.add_typer(importlib.import_module(module).application, name=name)
        else:
            application.add_typer(_named_only(words), name=name)


def _named_only(words: str) -> typer.Typer:
    named = typer.Typer(help=words, no_args_is_help=True)
    named.callback(invoke_without_command=True)(lambda: None)
    return named
