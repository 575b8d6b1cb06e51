"""Files that were not made by Word or Excel, or not well: looked through all the same, or refused in words."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest

from qingfeng.apps.base.documents.publishing.gate import Refusal, Rule, release

TODAY = datetime.date(2026, 11, 22)
RULE = Rule(datetime.date(2026, 12, 31))
ID = "990101198001010014"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def packed(**parts: str | bytes) -> bytes:
    """A package of these parts; `__` in a name stands for a slash, `_` for the dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for name, part in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), part)
    return out.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        release(content, "公示.docx", RULE, today=TODAY)
    return str(caught.value)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word__document_xml": f'<w:p xmlns:w="{STRICT}"><w:t>{ID}</w:t></w:p>'}, "正文第1段"),
        ({"word__glossary__document_xml": f"<p><t>{ID}</t></p>"}, "文件的其他部分"),
        ({"word__glossary__document_xml": f"<p><t>{ID[:9]}</t><t>{ID[9:]}</t></p>"}, "文件的其他部分"),
        ({"word__embeddings__note_bin": b"plain words"}, "嵌入对象"),
        ({"word__styles_xml": f'<style name="{ID}"/>'}, "文件的其他部分"),
        ({"word__styles_xml": "<style name='&#36523;&#20221;&#35777;" + ID + "'/>"}, "身份证号"),
        ({"word__afchunk_htm": f"<html><b>{ID[:9]}</b>{ID[9:]}</html>"}, "插入的文件"),
        ({"word__embeddings__oleObject1_bin": b"\xd0\xcf\x11\xe0"}, "嵌入对象"),
        ({"xl__workbook_bin": b"\x83\x01"}, "不能核对"),
        ({"xl__worksheets__sheet1_xml": '<w><col hidden="1" min="x"/></w>'}, "结构异常"),
        ({"word__document_xml": "<p><t>未闭合"}, "已损坏"),
        ({"word__document_xml": '<!DOCTYPE a [<!ENTITY b "c">]><p/>'}, "结构异常"),
        (
            {
                "word__document_xml": "<r>" * 3000
                + "<p>"
                + "<r>" * 3000
                + "</r>" * 3000
                + "</p>"
                + "</r>" * 3000
            },
            "结构异常",
        ),
        ({"xl__vbaProject_bin": b""}, "宏"),
    ],
    ids=range(14),
)
def test_every_part_is_looked_through_or_the_file_refused(parts: dict[str, str | bytes], said: str) -> None:
    assert said in refused(packed(**parts))


def test_a_package_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "公示")
    assert "压缩包请解开" in refused(out.getvalue())


def test_old_formats_are_refused_with_what_to_do() -> None:
    assert "另存为 .docx" in refused(b"\xd0\xcf\x11\xe0" + b"0" * 600)
