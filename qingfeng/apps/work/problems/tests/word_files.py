"""Word files as offices send them, written element by element: paragraphs and tables with what Word puts into them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*blocks: str, styles: str = "", **parts: bytes) -> bytes:
    """A document of these blocks; `styles` and further parts as they stand in the package."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document("".join(blocks)))
        if styles:
            archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{_W}">{styles}</w:styles>')
    return out.getvalue()


def document(body: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'


def line(text: str, properties: str = "") -> str:
    """A paragraph; a line break within it is Word's own."""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r>{runs}</w:r></w:p>"


LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
"""A paragraph that Word numbers by itself."""


def cell(text: str = "", *, span: int = 1, merge: str = "", inside: str = "") -> str:
    """A cell over `span` columns; `merge` begins ("restart") or goes on ("continue") downwards."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or line(text)}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    """Rows of cells; bare words are plain cells."""
    drawn = ("".join(one if one.startswith("<w:tc>") else cell(one) for one in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in drawn)}</w:tbl>"


def paper_2(number: str = "自检3号", content: str = "惠民补贴发放", problems: str = "") -> str:
    """Attachment 2 as an office draws it: head line in one paragraph, boxes over several columns."""
    found = problems or line("1. 发放名册未公示") + line("2. 代领签字不全")
    return (
        line("开展专项治理工作检查台账")
        + line(f"填报单位（盖章）：临江街道   编号：（{number}）   填报时间：2026年6月9日")
        + table(
            ["时  间", "２０２６年６月８日", "被检查单位", "柳荫社区"],
            ["检查人员", "林晓禾、陈立群", "检查内容", content],
            ["发现的问题", cell(span=3, inside=found)],
            ["整改建议", cell("1. 补充公示\n2. 补签", span=3)],
            ["整改时限", "1. 2026年7月20日；2. 2026.7.31", "整改责任人", "林晓禾"],
        )
        + line("注：一式两份")
    )
