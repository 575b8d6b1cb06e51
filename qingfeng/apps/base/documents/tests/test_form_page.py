"""The form as a page: the same boxes, figures that are links, nothing that the content policy forbids."""

from __future__ import annotations

import re

from django.template.loader import render_to_string

from qingfeng.apps.base.documents.attachments import attachment_2, attachment_4
from qingfeng.apps.base.documents.tests.papers import INSPECTION, monthly


def test_it_shows_every_box_and_escapes_what_was_typed() -> None:
    html = render_to_string("documents/_form.html", {"form": attachment_2(INSPECTION)})
    assert "<h1>开展专项治理工作检查台账</h1>" in html
    assert '<th colspan="1" scope="row">发现的问题</th>' in html
    assert "style=" not in html and "<script" not in html


def test_a_figure_is_a_link_with_its_counting_rule() -> None:
    html = render_to_string("documents/_form.html", {"form": attachment_4(monthly(1))})
    assert '开展检查<a href="/rows" title="按检查时间计">3</a>次' in html
    assert "paper-wide" in html


def test_the_columns_keep_their_shares() -> None:
    html = render_to_string("documents/_form.html", {"form": attachment_2(INSPECTION)})
    shares = [float(share) for share in re.findall(r'<col width="([0-9.]+)%"', html)]
    assert abs(sum(shares) - 100) < 0.1 and len(shares) == 6
