"""Files of every format become numbered lines; what cannot be read is refused in one sentence."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from qingfeng.planreader import Unreadable, text_lines
from qingfeng.planreader.lines import fold
from qingfeng.planreader.sources import MAX_BYTES

TEXT = "岭水县工作方案\n\n一、工作步骤\n各单位于4月15日前报送方案。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert [(line.number, line.text) for line in text_lines(path) if line.text][1:] == [
        (3, "一、工作步骤"),
        (4, "各单位于4月15日前报送方案。"),
    ]


def test_wrapped_lines_are_rejoined_under_the_number_of_the_first(tmp_path: Path) -> None:
    sentence = "各单位要结合实际制定具体实施方案并报县整治办备案确保各项任务落到实处取得实效"
    path = tmp_path / "plan.txt"
    path.write_text("\n".join(["　　" + sentence[:34], sentence, sentence[:20] + "。"] * 4), encoding="utf-8")
    lines = text_lines(path)
    assert [line.number for line in lines] == [1, 4, 7, 10]
    assert lines[0].text.endswith(sentence[:20] + "。")


def test_tables_in_text_keep_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "任务\t单位\t时限\n清查\t县民政局\t6月底前\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n", encoding="utf-8"
    )
    rows = [(line.number, line.table, line.cells) for line in text_lines(path) if line.is_row]
    assert rows == [
        (1, 1, ("任务", "单位", "时限")),
        (2, 1, ("清查", "县民政局", "6月底前")),
        (4, 2, ("甲", "乙")),
        (6, 2, ("丙", "丁")),
    ]


def test_word_gives_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、任务")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("任务", "单位", "时限"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 1)).text = "清查"
    table.cell(1, 2).text = "6月底前"
    document.add_paragraph("二、要求")
    document.save(str(tmp_path / "plan.docx"))
    assert [(line.text, line.cells) for line in text_lines(tmp_path / "plan.docx")] == [
        ("一、任务", ()),
        ("任务 | 单位 | 时限", ("任务", "单位", "时限")),
        ("清查 | 6月底前", ("清查", "6月底前")),
        ("二、要求", ()),
    ]


def test_automatic_numbers_of_word_are_written_out(tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("制定方案", "报送总结"):
        document.add_paragraph(text, style="List Number")
    document.save(str(tmp_path / "plan.docx"))
    assert [line.text.replace("\t", "") for line in text_lines(tmp_path / "plan.docx")] == [
        "1.制定方案",
        "2.报送总结",
    ]


def test_a_web_page_loses_its_menus_and_keeps_its_tables(tmp_path: Path) -> None:
    page = (
        "<html><head><title>x</title><script>var a='2019年1月1日'</script></head><body><nav>首页</nav>"
        "<p>一、任务<br>（一）清查。</p><div style='display: none'>隐藏</div>"
        "<table><tr><th>任务</th><th>单位</th></tr><tr><td rowspan=2>清查</td><td>甲局</td></tr><tr><td>乙局</td></tr></table></body></html>"
    )
    path = tmp_path / "plan.html"
    path.write_bytes(page.encode("gb18030").replace(b"<title>", b'<meta charset="gb2312"><title>'))
    assert [line.text for line in text_lines(path)] == [
        "一、任务",
        "（一）清查。",
        "任务 | 单位",
        "清查 | 甲局",
        "清查 | 乙局",
    ]


def encrypted_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stray_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "空文件"),
        ("a.txt", b" \n\n ", "空文件"),
        ("a.txt", "\u3000\n".encode(), "没有文字"),
        ("a.txt", b"\x00\x01\x02\x03" * 100, "不是文本文件"),
        ("a.txt", b"\xff\xfe\xd8\xd8\xd8", "编码有损坏"),
        ("a.txt", b"\x81\xff\xff\x81 abc", "编码认不出来"),
        ("a.txt", b"plain english words only " * 20, "没有中文"),
        ("a.docx", b"not a zip at all", "不是完好的Word文件"),
        ("a.docx", stray_zip(), "不是完好的Word文件"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "加密的或旧版的Word"),
        ("a.pdf", b"%PDF-1.7 broken", "不是完好的PDF"),
        ("a.pdf", encrypted_pdf(), "设有密码"),
        ("a.pdf", blank_pdf(), "像是扫描件"),
        ("a.html", b"<html></html>", "没有文字"),
        ("a.txt", b"x" * (MAX_BYTES + 1), "超过20MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_chinese_sentence(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Unreadable, match=says) as refusal:
        text_lines(tmp_path / name)
    assert str(refusal.value).endswith("。") and name in str(refusal.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="没有找到文件“none.txt”"):
        text_lines(tmp_path / "none.txt")
    with pytest.raises(Unreadable, match="打不开"):
        text_lines(tmp_path)


def test_folding_can_be_quoted_back() -> None:
    folded = fold('各单位 于 ５月２５日前,报(附件1)"方案"')
    assert folded.text == "各单位于5月25日前，报（附件1）“方案”"
    place = folded.text.index("5月25日前")
    assert folded.quote(place, place + 6) == "５月２５日前"
