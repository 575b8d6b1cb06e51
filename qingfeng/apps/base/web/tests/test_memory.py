"""What one page remembers it forgets at its end, and with each change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qingfeng.apps.base.web.memory import forgetting, page_memory, remembered


def test_within_a_page_it_is_read_once_and_outside_each_time() -> None:
    read: list[int] = []

    def answer(_request: HttpRequest | None = None) -> HttpResponse:
        for _turn in range(2):
            remembered("key", lambda: read.append(1))
        return HttpResponse()

    answer()
    assert len(read) == 2
    page_memory(answer)(HttpRequest())
    assert len(read) == 3
    page_memory(answer)(HttpRequest())
    assert len(read) == 4


def test_a_change_makes_the_page_forget() -> None:
    answers = iter(["before", "within", "within-again", "after"])

    def page(_request: HttpRequest) -> HttpResponse:
        told = [remembered("key", lambda: next(answers)) for _turn in range(2)]
        with forgetting():
            told += [remembered("key", lambda: next(answers)) for _turn in range(2)]
        told += [remembered("key", lambda: next(answers)) for _turn in range(2)]
        return HttpResponse(" ".join(told))

    assert page_memory(page)(HttpRequest()).content == b"before before within within-again after after"
