"""What many tests begin with is made once: the first test of a process makes it by the real actions, the others copy it.

The actions ask four hundred questions for the cast; its rows go in again by a dozen statements. Each test has copies of
its own, in its own transaction: of the rows, of the files, and of what the making answered. Made upon another state, by
its events or by the day, it is made anew.
"""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings

from qingfeng.apps.base.records.models import Stream
from qingfeng.apps.base.web import clock
from tests.environment.rows import Changes, recorded

P = ParamSpec("P")
T = TypeVar("T")
FEW = 4
"""States from which one fixture begins; one that never comes again fills no memory."""


class Made:
    """What a making wrote, what it answered, and what became of what it was given."""

    def __init__(
        self, given: dict[str, Any], answer: Any, changes: Changes, files: dict[Path, bytes]
    ) -> None:
        self._objects = copy.deepcopy((given, answer))
        self._changes = changes
        self._files = files

    def put_in(self, given: dict[str, Any]) -> Any:
        self._changes.make()
        for path, content in self._files.items():
            place = Path(settings.FILES, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        afterwards, answer = copy.deepcopy(self._objects)
        for name, thing in given.items():
            if thing is not None:
                vars(thing).update(vars(afterwards[name]))
        return answer


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """For what only writes into the database, given the cast, records, or nothing (the fixture `db`)."""
    made: dict[Any, Made] = {}
    signature = inspect.signature(make)

    @functools.wraps(make)
    def put_in(*args: P.args, **named: P.kwargs) -> T:
        given = signature.bind(*args, **named).arguments
        state = state_now()
        if state in made:
            answer: T = made[state].put_in(given)
            return answer
        if len(made) == FEW:
            return make(*args, **named)
        before = set(stored_files())
        with recorded() as changes:
            answer = make(*args, **named)
        files = {path: content for path, content in stored_files().items() if path not in before}
        made[state] = Made(given, answer, changes, files)
        return answer

    return put_in


def state_now() -> Any:
    """The day, and the last event of every chain, whose hash stands for all before it."""
    return clock.today(), *Stream.objects.order_by("key").values_list("key", "head")


def stored_files() -> dict[Path, bytes]:
    folder = Path(settings.FILES)
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
