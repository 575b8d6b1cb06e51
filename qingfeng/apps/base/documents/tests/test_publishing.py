"""The gate to the public: what it stops, where it looks, and what it lets pass."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

import docx
import pytest
import xlsxwriter

from qingfeng.apps.base.documents.publishing.exposures import find_exposures
from qingfeng.apps.base.documents.publishing.gate import Refusal, Rule, release, release_text
from qingfeng.apps.base.documents.publishing.masks import mask_id, mask_name, mask_text

TODAY = datetime.date(2026, 3, 5)
RULE = Rule(until=datetime.date(2026, 4, 5), approved_names=["王立行"], known_names=["王立行", "陈小满"])
ID = "990101198001010014"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"身份证号{ID}", "id"),
        ("证件９９０１０１１９８００１０１００１４", "id"),
        ("9901 0119 8001 0100 14", "id"),
        ("990101-19800101-0014", "id"),
        ("身份证号：990101800101001", "id"),
        (f"第17项{ID} 13", "id"),
        ("卡号6222 0212 0000 1234 567", "account"),
        ("银行账号：990012345678901", "account"),
        ("手机138 1234 5678", "phone"),
        ("１３８－１２３４－５６７８", "phone"),
        ("+86 13812345678", "phone"),
        ("（0571）88886666", "phone"),
        ("联系电话：8668123", "phone"),
        ("家住石桥路12号3栋201室", "address"),
        ("住址：河湾巷7号", "address"),
        ("其子（12岁）", "minor"),
        ("因患白血病", "illness"),
        ("肢体残疾二级", "illness"),
    ],
)
def test_what_must_not_be_public_is_found(text: str, kind: str) -> None:
    assert [one.kind for one in find_exposures(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "云纪发〔2026〕6号",
        "合同编号：202603051234567",
        "项目编号990101202601010012",
        "发放13812345678元",
        "合计13,812,345,678.00元",
        "2026年3月5日至12月31日",
        "统一社会信用代码91990101MA0000000X",
        "请拨打12345热线",
        "办公地点：石桥路12号政务中心3楼",
        "身份证后四位**0014，卡号****4567，电话138****5678",
        "残疾人两项补贴发放情况",
        "会议室在3号楼",
    ],
)
def test_what_only_looks_like_it_passes(text: str) -> None:
    assert find_exposures(text) == []


def test_masks_leave_little_for_the_public_and_more_for_offices() -> None:
    assert mask_id(ID) == "**0014" and mask_id(ID, "office") == "990101********0014"
    assert mask_name("欧阳立") == "欧某某"
    masked = mask_text(f"身份证{ID}，手机１３８ 1234 5678")
    assert masked == "身份证**0014，手机138****5678" and release_text(masked, RULE, today=TODAY) == masked


def test_names_stand_only_when_approved() -> None:
    release_text("对王立行予以通报。", RULE, today=TODAY)
    with pytest.raises(Refusal) as refused:
        release_text("对陈 小满予以通报。", RULE, today=TODAY)
    assert refused.value.places == ("正文：有未获准公开的姓名“陈某”",)


@pytest.mark.parametrize(("until", "said"), [(None, "没有写明撤下日期"), (datetime.date(2026, 3, 4), "已过")])
def test_nothing_is_public_without_an_end(until: datetime.date | None, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        release_text("公示。", Rule(until), today=TODAY)
    assert said in str(refused.value)


def test_a_refusal_never_shows_the_number() -> None:
    with pytest.raises(Refusal) as refused:
        release_text(f"身份证号{ID}", RULE, today=TODAY)
    assert ID not in str(refused.value) and "99…14" in str(refused.value)


def in_word(fill: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def split_over_runs(document: docx.document.Document) -> None:
    paragraph = document.add_paragraph("号码")
    for at in range(0, 18, 3):
        paragraph.add_run(ID[at : at + 3]).bold = bool(at % 2)


def one_digit_a_cell(document: docx.document.Document) -> None:
    row = document.add_table(1, 18).rows[0]
    for cell, digit in zip(row.cells, ID, strict=True):
        cell.text = digit


def in_the_footer(document: docx.document.Document) -> None:
    document.sections[0].footer.paragraphs[0].text = f"经办人手机13812345678，{ID}"


def in_the_properties(document: docx.document.Document) -> None:
    document.core_properties.comments = f"来自{ID}"


@pytest.mark.parametrize(
    ("fill", "place"),
    [
        (split_over_runs, "正文第1段"),
        (one_digit_a_cell, "表格1第1行第1格：这一格起有身份证号"),
        (in_the_footer, "页脚"),
        (in_the_properties, "文件属性"),
    ],
)
def test_every_part_of_a_word_file_is_read(
    fill: Callable[[docx.document.Document], None], place: str
) -> None:
    with pytest.raises(Refusal) as refused:
        release(in_word(fill), "公示.docx", RULE, today=TODAY)
    assert place in str(refused.value)


def test_hidden_columns_comments_and_sheet_names_are_read() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("公示")
    sheet.write("A1", "张某")
    sheet.write("D2", ID)
    sheet.set_column("D:D", None, None, {"hidden": True})
    sheet.write_comment("A1", "手机13812345678")
    book.add_worksheet("13912345678")
    book.close()
    with pytest.raises(Refusal) as refused:
        release(out.getvalue(), "公示.xlsx", RULE, today=TODAY)
    told = str(refused.value)
    assert "D2（隐藏）" in told and "批注" in told and "工作表名称" in told


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"PK\x03\x04broken", "已损坏"), (b"%PDF-1.7", "PDF"), (b"\xff\xfe\x00\x81\x00\x00\xff", "不能核对")],
)
def test_what_cannot_be_looked_through_does_not_pass(content: bytes, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        release(content, "公示.dat", RULE, today=TODAY)
    assert said in str(refused.value)


def test_a_harmless_file_passes_unchanged() -> None:
    content = in_word(
        lambda document: document.add_paragraph("共发放补贴1,234.50元，详见云治发〔2026〕6号。")
    )
    assert release(content, "公示.docx", RULE, today=TODAY).content == content
