"""The page of components: all of them render, without inline script or style, in both languages."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django_cotton.compiler_regex import CottonCompiler

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.moves import MoveButton, why_not
from qingfeng.apps.base.web.templatetags.marks import yuan
from tests.cast import TODAY, Cast

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def drawn(template: str, **context: Any) -> str:
    return Template(CottonCompiler().process(template)).render(Context(context))


@pytest.fixture
def page(cast: Cast, client: Client) -> str:
    client.force_login(cast.clerk)
    return client.get(reverse("web:components")).content.decode()


def test_every_component_is_shown_once(page: str):
    for word in (
        "示例1号",
        "还剩",
        "逾期3天",
        "原定",
        "待销号",
        "口径：",
        "更多条件",
        "选择栏目",
        "下一页",
        "暂不能办的2项",
        "为什么退回？",
        "佐证材料",
        "还没有检查台账",
        "退回了销号申请",
    ):
        assert word in page, word


def test_no_page_carries_a_script_or_style_inside(page: str, client: Client, cast: Cast):
    assert not INLINE.search(page)
    assert not INLINE.search(client.get("/nowhere/").content.decode())
    client.logout()
    assert not INLINE.search(client.get(reverse("account_login")).content.decode())


def test_errors_stand_on_top_and_at_the_field(cast: Cast, client: Client):
    client.force_login(cast.clerk)
    page = client.get(reverse("web:components"), {"wrong": "1"}).content.decode()
    assert 'href="#id_text"' in page
    assert 'aria-invalid="true"' in page
    assert page.index("data-error-summary") < page.index('id="id_text"')


def test_the_language_can_be_switched_and_stays(cast: Cast, client: Client):
    client.force_login(cast.clerk)
    assert '<html lang="zh-hans">' in client.get(reverse("web:components")).content.decode()
    client.post(reverse("web:language"), {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get(reverse("web:components")).content.decode()


def test_components_are_for_those_who_signed_in(client: Client, db: None):
    answer = client.get(reverse("web:components"))
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (Due(TODAY), "今天到期", "waiting"),
        (Due(TODAY + timedelta(1)), "还剩1个工作日", "waiting"),
        (Due(date(2026, 6, 22)), "还剩7个工作日", "neutral"),  # 19 to 21 June are the Dragon Boat holidays
        (Due(TODAY - timedelta(3)), "逾期3天", "late"),
        (Due(date(2031, 6, 20)), "还剩1836天", "neutral"),
        (Due(TODAY, done=TODAY), "按期办结", "done"),
        (Due(TODAY, first=TODAY - timedelta(2), done=TODAY), "超期2天办结", "waiting"),
    ],
)
def test_a_due_mark_says_what_is_left(due: Due, words: str, tone: str):
    assert due.mark == Mark(words, tone)


def test_without_a_date_there_is_no_mark():
    assert Due(None).mark is None and not Due(None).extended
    assert Due(TODAY, first=TODAY - timedelta(1)).extended


def test_a_mark_counts_from_the_business_date():
    with clock.on(date(2026, 6, 22)):
        assert str(Due(TODAY).mark) == "逾期12天"


def test_money_is_kept_in_fen_and_shown_in_yuan():
    assert [yuan(fen) for fen in (0, 5, 123456789, -250, None)] == [
        "0.00",
        "0.05",
        "1,234,567.89",
        "-2.50",
        "",
    ]


def test_a_move_that_is_not_allowed_is_listed_with_its_reason():
    def check(user: str) -> None:
        raise Refused(f"{user}不能办")

    assert why_not(check, "甲") == "甲不能办"
    assert why_not(lambda user: None, "甲") == ""
    moves = [MoveButton("签字", "/sign/"), MoveButton("销号", "/close/", reason=why_not(check, "甲"))]
    shown = drawn('<c-moves :moves="moves" />', moves=moves)
    assert 'href="/sign/"' in shown and "/close/" not in shown and "甲不能办" in shown


def test_what_people_typed_is_never_markup():
    shown = drawn('<ul><c-matter title="{{ text }}" href="/" verb="办" /></ul>', text="<b>甲</b>")
    assert "<b>甲" not in shown and "&lt;b&gt;甲" in shown
