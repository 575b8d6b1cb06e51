"""The handbook says what the pages say, and nothing in it can run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer
from django.test import Client

from qingfeng.apps.base.web.handbook import PAGES, _blocks, handbook_page, labels
from tests.cast import Cast

_TRANSLATED = re.compile(r"""translate\s+(?:"([^"]+)"|'([^']+)')""")


def _words_of_the_product() -> set[str]:
    """Every Chinese text that a page can show: those of templates, and every string constant of the code."""
    found: set[str] = set()
    pages = Path(settings.PACKAGE) / "apps"
    for path in pages.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found |= {first or second for first, second in _TRANSLATED.findall(text)}
        found |= {token.contents.strip() for token in Lexer(text).tokenize() if token.token_type.value == 0}
    for path in (*pages.rglob("*.py"), Path(settings.PACKAGE) / "site" / "panels.py"):
        if "tests" not in path.parts:
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            found |= {
                node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


def test_every_label_that_the_handbook_quotes_is_a_text_of_the_product() -> None:
    words = _words_of_the_product()
    unknown = {name: [label for label in labels(name) if label not in words] for name in PAGES}
    assert {name: found for name, found in unknown.items() if found} == {}


def test_every_page_of_the_handbook_is_short_and_linked_from_the_first() -> None:
    first = handbook_page("README").body
    for name in PAGES[1:]:
        assert f'href="?page={name}"' in first
        assert len(handbook_page(name).body) < 8000


def test_lists_inside_lists_close_and_nothing_is_taken_for_html() -> None:
    drawn = "".join(_blocks(["1. 甲 <script>", "   - 「乙」", "   - `丙`", "   还有", "2. 丁", "", "完"]))
    assert drawn == (
        "<ol><li>甲 &lt;script&gt;</li><ul><li><b>乙</b></li><li><code>丙</code></li><p>还有</p></ul>"
        "<li>丁</li></ol><p>完</p>"
    )


@pytest.mark.django_db
def test_help_opens_for_everybody_who_signed_in(cast: Cast, client: Client) -> None:
    assert client.get("/help/").status_code == 302
    client.force_login(cast.outsider)
    assert "大家都一样的" in client.get("/help/").content.decode()
    assert "从一份方案开始" in client.get("/help/", {"page": "office"}).content.decode()
    assert "大家都一样的" in client.get("/help/", {"page": "../settings"}).content.decode()
