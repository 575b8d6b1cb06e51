"""Drafts and sheets to sign: what is still open is told once, and what a person fills in by hand is no fault."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.gongwen.check import check
from qingfeng.gongwen.model import Document, Form, Paragraph, Table, Words
from qingfeng.gongwen.service import render_document

TEXT = Paragraph((Words("各单位对照问题逐项检查，发现同类问题的主动登记、主动整改。"),))
CELLS = Table(
    (("序号", "存在问题", "时限", "占比"),), (("1", "名册没有公示", "2026.6.21", "17.6%"),), "", False
)


def departures(form: Form, **given: object) -> list[str]:
    values = {
        "kind": "通报",
        "title": "关于检查情况的通报",
        "issuers": ("云汀区专治办",),
        "blocks": (TEXT, CELLS),
    }
    document = Document(**{**values, "form": form, **given})  # type: ignore[arg-type]
    return [one.rule for one in check(render_document(document, settle=False).docx)]


@pytest.mark.parametrize(
    ("form", "number"), [("document", "〔2026〕　号"), ("minutes", "第　期"), ("minutes", "〔2026〕　期")]
)
def test_a_number_still_to_come_is_told_once(form: Form, number: str) -> None:
    day = date(2026, 6, 24) if form == "document" else None
    mark = "" if form == "document" else "云汀区会议纪要"
    assert departures(form, number=number, date=day, mark=mark) == ["number-open"]


def test_a_bulletin_is_not_signed() -> None:
    assert departures("minutes", number="第3期", mark="整治工作简报") == []


def test_a_sheet_signed_by_hand_has_neither_office_nor_day() -> None:
    lines = (
        Paragraph((Words("　　　　　　　　　　承诺人（签名）："),)),
        Paragraph((Words("　　　　　　　　　　年　　月　　日"),)),
    )
    assert departures("plain", title="整改承诺书", blocks=(TEXT, CELLS, *lines)) == []
