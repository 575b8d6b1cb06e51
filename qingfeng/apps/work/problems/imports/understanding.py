"""Grids made out as papers: a usual file here, a large one in a process of its own.

What somebody fills a file with decides how long it is pondered: a million cells that are no ledger take ten seconds, in
which the platform would hardly answer anybody else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec, TypeVar

from django.utils.translation import gettext as _

from qingfeng.apps.base.records.apart import apart
from qingfeng.apps.base.records.limited_readers import Busy, TooMuch
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.problems.imports.grids import Grid

P = ParamSpec("P")
R = TypeVar("R")

MOST_CELLS_HERE = 40_000
"""Half a second, about 4,000 sheets of a ledger; the start of a process takes longer."""
MOST_LETTERS_HERE = 1_000_000


def made_out(
    function: Callable[Concatenate[Sequence[Grid], str, P], R],
    found: Sequence[Grid],
    name: str,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """What the function makes of the grids of the file of this name. BadInput when that takes more memory or time than
    one file may have."""
    if not is_large(found):
        return function(found, name, *args, **kwargs)
    try:
        return apart(function, found, name, *args, **kwargs)
    except TooMuch as error:
        raise BadInput(
            _("文件“%(name)s”内容过多，整理它要的内存或时间超出限度。请分成几个文件后再传。") % {"name": name}
        ) from error
    except Busy as error:
        raise BadInput(
            _("现在正在读取的文件较多，“%(name)s”还没有读。请过一会儿再传。") % {"name": name}
        ) from error


def is_large(found: Sequence[Grid]) -> bool:
    """Whether making it out takes long."""
    rows = [row for grid in found for row in grid.rows]
    return (
        sum(max(len(row), 1) for row in rows) > MOST_CELLS_HERE
        or sum(len(cell) for row in rows for cell in row if isinstance(cell, str)) > MOST_LETTERS_HERE
    )
