"""JSON Lines of OCDS releases: one contracting process a line, lines that are none are named and passed over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from qingfeng.screening.ocds.release import Node


def _no_such_number(name: str) -> float:
    raise ValueError(name)


def releases(
    lines: Iterable[bytes | str], *, warn: Callable[[int, str], None] | None = None
) -> Iterator[tuple[int, Node]]:
    """Yields (line number from one, release). `warn` is told line and reason of what cannot be read."""
    for line, written in enumerate(lines, start=1):
        if not written.strip():
            continue
        try:
            read = json.loads(written, parse_constant=_no_such_number)
        except (ValueError, RecursionError):
            if warn:
                warn(line, "不是完整的 JSON，已跳过")
            continue
        if isinstance(read, dict):
            yield line, read
        elif warn:
            warn(line, "不是一个 OCDS 发布对象，已跳过")
