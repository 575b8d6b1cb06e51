"""What was read while one page is made, so that it is not read again for the same page.

Kept for one request of one person and forgotten with it. Nothing is kept outside a request or within an action, and an
action makes the page forget what it knew: whatever it changed, a recusal above all, shows at once. Only an action that
goes through many rows may keep what it asks for each of them (`keeping`), as far as it does not change that itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

T = TypeVar("T")
_kept: ContextVar[dict[Hashable, object] | None] = ContextVar("kept_for_this_page", default=None)


def remembered(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` answers; within one page it is asked once for each key. The key names the person."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]  # type: ignore[return-value]


@contextmanager
def keeping() -> Iterator[None]:
    """Around the part of an action that asks the same of many rows (units, posts, origins) and writes none of it."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


@contextmanager
def forgetting() -> Iterator[None]:
    """Around whatever writes: nothing kept is used in it, and nothing of before is known afterwards."""
    kept, token = _kept.get(), _kept.set(None)
    try:
        yield
    finally:
        _kept.reset(token)
        if kept is not None:
            kept.clear()


class _PageMemory:
    """One memory a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _kept.set({})
        try:
            return self.get_response(request)
        finally:
            _kept.reset(token)


page_memory = sync_only_middleware(_PageMemory)
