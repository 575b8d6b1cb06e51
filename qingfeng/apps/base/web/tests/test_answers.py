"""What the frame answers when something is not there, refused, wrong, or expired."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from qingfeng.apps.base.web.errors import BadInput, Conflict, NotThere, Refused
from qingfeng.apps.base.web.middleware import refusals
from tests.cast import Cast


@pytest.fixture
def answer(cast: Cast) -> Callable[[Exception], HttpResponse]:
    def of(error: Exception, method: str = "post") -> HttpResponse:
        request = RequestFactory().generic(method.upper(), "/")
        request.user, request.session = cast.clerk, {}
        return refusals(lambda _request: HttpResponse()).process_exception(request, error)  # type: ignore[attr-defined]

    return of


def test_out_of_reach_and_not_there_look_alike(cast: Cast, client: Client):
    client.force_login(cast.clerk)
    nowhere, hidden = client.get("/nowhere/"), client.get("/records/events/")
    assert (nowhere.status_code, hidden.status_code) == (404, 404)
    assert "不在您的工作范围内" in nowhere.content.decode()
    plain = [
        page.content.decode().replace(path, "")
        for page, path in ((nowhere, "/nowhere/"), (hidden, "/records/events/"))
    ]
    assert _without_tokens(plain[0]) == _without_tokens(plain[1])


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Refused("只有专治办可以作废。"), 403, "只有专治办可以作废。"),
        (Conflict("周文渊已更改。"), 409, "周文渊已更改。"),
        (BadInput("第3行没有日期。", places=["第3行 C列"]), 422, "第3行 C列"),
    ],
)
def test_each_refusal_is_a_page_with_its_reason(answer: Callable, error: Exception, status: int, words: str):
    page = answer(error)
    assert page.status_code == status and words in page.content.decode()


def test_only_where_something_was_sent_it_is_said_that_nothing_was_saved(answer: Callable):
    sent, asked = (answer(BadInput("没有这个月份。"), way).content.decode() for way in ("post", "get"))
    assert "没有保存" in sent and "已填写的内容还在" in sent
    assert "打不开" in asked and "没有保存" not in asked and "已填写的内容还在" not in asked


def test_other_errors_are_left_to_django(answer: Callable):
    assert answer(ValueError()) is None
    with pytest.raises(Http404):
        answer(NotThere())


def test_a_form_that_was_open_too_long_says_how_to_keep_the_words(cast: Cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.clerk)
    page = strict.post("/language/", {"language": "en"})
    assert page.status_code == 403 and "打开太久" in page.content.decode()


def test_the_page_after_a_crash_needs_no_data(db: None):
    page = server_error(HttpRequest())
    assert page.status_code == 500 and "系统出错" in page.content.decode()


def _without_tokens(page: str) -> str:
    lines = page.splitlines()
    return "\n".join(line for line in lines if "csrf" not in line)
