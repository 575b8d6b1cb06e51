"""JSON Lines of OCDS releases: one contracting process a line, lines that are none are named and passed over."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator

from qingfeng.screening.errors import BadData
from qingfeng.screening.ocds.release import Node

Warn = Callable[[str], None]
"""Is told, in a sentence, what was left out."""

HOW = (
    "没有一行是汇编发布。应为 JSON Lines（UTF-8，一行一个带 ocid 的发布）；"
    "发布包、记录包和分行排版的 JSON 请先拆成一行一个，例如 jq -c '.releases[]' 包.json > 发布.jsonl"
)
PACKAGED = ("releases", "records")


class _Unreadable(ValueError):
    """Why a line is not a release; its text ends the sentence that the officer reads."""


def releases(
    lines: Iterable[bytes | str], *, name: str = "发布文件", warn: Warn | None = None
) -> Iterator[tuple[int, Node]]:
    """Yields (line number from one, release). `warn` is told what cannot be read, with its line.

    A file with lines of which none is a release is refused under its `name`; an empty one just has none.
    """
    written, found = 0, 0
    for line, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        written += 1
        try:
            release = _release(raw)
        except _Unreadable as fault:
            if warn:
                warn(f"第{line}行{fault}，已跳过。")
            continue
        found += 1
        yield line, release
    if written and not found:
        raise BadData(name, HOW)


def _release(raw: bytes | str) -> Node:
    try:
        decoded = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
        read = json.loads(decoded, parse_constant=_no_number, parse_float=_finite, parse_int=_whole)
    except UnicodeDecodeError as fault:
        raise _Unreadable("不是 UTF-8 文字") from fault
    except (ValueError, RecursionError) as fault:
        raise _Unreadable("不是一行完整的 JSON，或有超出范围的数") from fault
    if not isinstance(read, dict):
        raise _Unreadable("不是一个 OCDS 发布")
    if "ocid" not in read and any(isinstance(read.get(part), list) for part in PACKAGED):
        raise _Unreadable("是发布包或记录包，不是单个发布")
    if "\\ud" in decoded.lower() and not _is_text(read):
        raise _Unreadable("有半个字符（\\ud800 一类）")
    return read


def _no_number(name: str) -> float:
    raise ValueError(name)


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number


def _whole(written: str) -> int:
    _finite(written)
    return int(written)


def _is_text(read: Node) -> bool:
    try:
        json.dumps(read, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
