"""Which kinds of long work there are. Higher apps name theirs in their `jobs.py`, which is read at the start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.functional import Promise

Work = TypeVar("Work", bound=Callable[..., None])


@dataclass(frozen=True)
class Kind:
    """One kind of long work: `function(run, **parameters)`; `check(user, **parameters)` refuses whoever may not."""

    name: str
    title: Promise
    function: Callable[..., None]
    check: Callable[..., object] | None = None

    def check_may(self, user: Any, parameters: dict[str, Any]) -> None:
        if self.check:
            self.check(user, **parameters)


_kinds: dict[str, Kind] = {}


def job(name: str, *, title: Promise, check: Callable[..., object] | None = None) -> Callable[[Work], Work]:
    """Names a function as long work: `@job("problems.export", title=gettext_lazy("导出问题台账"))`."""

    def named(function: Work) -> Work:
        known = _kinds.get(name)
        if known and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"two kinds of job are called {name}")
        _kinds[name] = Kind(name, title, function, check)
        return function

    return named


def kind_named(name: str) -> Kind | None:
    """None for work that this version of the platform no longer knows."""
    return _kinds.get(name)


def title_of(name: str) -> str:
    """What the kind is called; its name where it is no longer known."""
    kind = kind_named(name)
    return str(kind.title) if kind else name
