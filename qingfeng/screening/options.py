"""What the commands are given, checked before minutes go into loading: each refusal names the option and a remedy."""

from __future__ import annotations

import getpass
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from qingfeng.screening.engine.parameters import overrides_of
from qingfeng.screening.errors import BadData, disk_is_full

MEMORY = re.compile(r"\s*\d+(\.\d+)?\s*([KMGT]i?B)\s*", re.IGNORECASE)
NOT_WRITABLE = "建不了这个文件夹，或不能往里写；请换一个位置，或请管理员给写的权限。"
FULL = "磁盘没有空间了，请腾出空间或换一个位置。"


def day(word: str) -> date:
    """The day of `--as-of`; today when it is not given."""
    if not word:
        return date.today()  # noqa: DTZ011 (the person's own day)
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise BadData(f"--as-of {word}", "应写成 2026-06-30。") from error


def check_data(data: Path) -> None:
    """`--data` is a folder."""
    if not data.exists():
        raise BadData(str(data), "找不到这个数据文件夹，请核对 --data 的路径。")
    if not data.is_dir():
        raise BadData(str(data), "这是一个文件；--data 要写放数据的文件夹。")


def check_limits(memory: str, threads: int | None = None, time_limit: float = 1) -> None:
    """Memory, threads and seconds are amounts that a machine can have."""
    if not MEMORY.fullmatch(memory):
        raise BadData(f"--memory {memory}", "应写成 2GB、1500MB。")
    if threads is not None and threads < 1:
        raise BadData(f"--threads {threads}", "至少是 1；不写则由引擎决定。")
    if not time_limit > 0:
        raise BadData(f"--time-limit {time_limit:g}", "应是大于 0 的秒数。")


def check_writable(folder: Path) -> None:
    """Results can be put there: found out before the work, not after it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"0")
    except OSError as error:
        raise BadData(str(folder), FULL if disk_is_full(error) else NOT_WRITABLE) from error


def overrides(
    pairs: Sequence[str], path: Path | None, running: Iterable[str], known: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Parameters of `--settings` and `--param`, the latter first in rank.

    A settings file may speak of rules that do not run this time (`known` but not `running`); those are passed over.
    """
    resting = {name.upper() for name in known} - {name.upper() for name in running}
    found = {rule: values for rule, values in _file(path).items() if rule not in resting}
    for rule, values in overrides_of(pairs).items():
        found.setdefault(rule, {}).update(values)
    return found


def _file(path: Path | None) -> dict[str, dict[str, Any]]:
    if path is None:
        return {}
    try:
        told = yaml.safe_load(path.read_text("utf-8-sig")) or {}
    except OSError as error:
        raise BadData(str(path), "打不开这个参数文件，请核对 --settings 的路径。") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadData(str(path), "参数文件读不了，应是 YAML：a01: {grace_days: 10}。") from error
    if not isinstance(told, dict) or not all(isinstance(values, dict) for values in told.values()):
        raise BadData(str(path), "参数文件应写成 a01: {grace_days: 10}。")
    return {str(rule).upper(): dict(values) for rule, values in told.items()}


def who() -> str:
    """The account at work, for the log of what was opened."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
