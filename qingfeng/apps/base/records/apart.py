"""A function that ponders much of what somebody sent, done in a limited process of its own (see `limited_readers`).

What goes in and out is our own plain data, already read from the file by a reader; the process has no database to look
into. It loads the platform first, which takes a second or two: only for what would keep the platform busy longer.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.utils.translation import get_language

from qingfeng.apps.base.records.limited_readers import answer_of
from qingfeng.apps.base.web.errors import BadInput

P = ParamSpec("P")
R = TypeVar("R")
PROCESS = "qingfeng.apps.base.records.apart_process"


def apart(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What this function, found under its name in its module, makes of plain data. BadInput is raised here as there;
    TooMuch when it needs more memory or time than one file may have."""
    asked = pickle.dumps((get_language(), function, args, kwargs))
    kind, *said = pickle.loads(answer_of(PROCESS, asked))  # noqa: S301  (our own process)
    if kind == "refused":
        raise BadInput(said[0], places=said[1])
    result: Any = said[0]
    return result
