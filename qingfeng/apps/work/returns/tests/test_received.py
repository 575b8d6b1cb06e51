"""A monthly form sent as a file is held against the ledgers: nothing of it takes the place of a counted figure."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.tests.word_files import cell, docx, line
from qingfeng.apps.work.problems.tests.word_files import table as word_table
from qingfeng.apps.work.returns import actions
from qingfeng.apps.work.returns.contents import Column, Value, contents_of
from qingfeng.apps.work.returns.figures import ALL, FIGURES, Box
from qingfeng.apps.work.returns.models import MonthlyReturn
from qingfeng.apps.work.returns.papers import render_docx, render_xlsx
from qingfeng.apps.work.returns.received.phrases import figures_in, marked
from qingfeng.apps.work.returns.received.reading import SentForm, read_forms
from qingfeng.apps.work.returns.tests import story
from qingfeng.apps.work.returns.wording import STANDARD
from tests.cast import Cast


def sheet(
    *rows: list[Any], merge: tuple[tuple[int, int, int, int, str], ...] = (), name: str = "六月"
) -> bytes:
    """One worksheet; `merge` as (first row, first column, last row, last column, text)."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(name)
        for at, values in enumerate(rows):
            page.write_row(at, 0, values)
        for area in merge:
            page.merge_range(*area)
    return out.getvalue()


def figures(form: SentForm, unit: str) -> dict[str, int]:
    column = next(column for column in form.columns if column.name == unit)
    return {
        one.figure.key: one.value for box, said in column.boxes.items() for one in figures_in(box, said.text)
    }


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({figure.key: st.integers(0, 10**9) for figure in ALL}), st.booleans())
def test_the_standard_words_say_their_figures_again_and_become_their_marks(
    numbers: dict[str, int], late: bool
) -> None:
    values = {key: Value(number, 1, int(late)) for key, number in numbers.items()}
    column = Column(1, "990101", "临江街道", {str(box): STANDARD[box] for box in Box}, values)
    for box in Box:
        text = column.text(box)
        assert {one.figure.key: one.value for one in figures_in(box, text)} == {
            figure.key: numbers[figure.key] for figure in ALL if figure.box == box
        }
        assert marked(box, text) == STANDARD[box]


@pytest.mark.parametrize(
    ("box", "text", "found"),
    [
        (
            Box.INSPECTIONS,
            "本月共检查３次（自查2次），召开专题会议两次，走访活动十二次",
            {"sheets": 3, "sheets_self": 2, "meetings": 2, "activities": 12},
        ),
        (
            Box.PROBLEMS,
            "发现各类问题：5个，一般问题4条、隐患1处，涉及群众1,200人，涉及资金3.5万元",
            {"found": 5, "found_ordinary": 4, "found_risk": 1, "people": 1200, "sum_involved": 3_500_000},
        ),
        (Box.PROBLEMS, "查出3个问题", {"found": 3}),
        (
            Box.RECTIFICATION,
            "已整改2个，正在整改1个，逾期0个，清退资金1200.50元",
            {"closed_out": 2, "in_rectification": 1, "overdue": 0, "sum_returned": 120_050},
        ),
        (Box.INSTITUTIONS, "修订制度2项，签订承诺书一份", {"new_rules": 2, "commitments": 1}),
        (Box.PROBLEMS, "无", {}),
    ],
)
def test_figures_are_found_in_the_words_of_offices(box: Box, text: str, found: dict[str, int]) -> None:
    assert {one.figure.key: one.value for one in figures_in(box, text)} == found


HEADS = ["受检基层\n单位", "检查工作情况", "发现问题\n情况", "整改情况", "制度机制建设情况", "备注"]


@pytest.mark.parametrize("above", [1, 14])
def test_a_table_with_a_row_for_each_unit_is_read_with_totals_left_out(above: int) -> None:
    rows: list[list[Any]] = [
        ["填报单位（盖章）：临江街道  填报时间：2026年6月20日"],
        *([[""]] * (above - 1)),
        HEADS,
    ]
    rows += [
        ["柳荫社区", "检查2次", "发现问题3个", "销号1个", "无", "x"],
        ["合计", "检查2次", "发现问题3个"],
        ["填表人：林晓禾"],
    ]
    sent = read_forms(sheet(*rows), "六月.xlsx")
    (form,) = sent.forms
    assert (form.filing_unit, str(form.filed_on)) == ("临江街道", "2026-06-20")
    assert [column.name for column in form.columns] == ["柳荫社区"]
    assert figures(form, "柳荫社区") == {"sheets": 2, "found": 3, "closed_out": 1}
    assert [fault.message for fault in sent.passed_over] == [
        "合计行，没有比较。",
        "不是单位的一行，没有比较。",
    ]


def test_figures_in_columns_of_their_own_under_wide_heads_are_read() -> None:
    rows = [
        ["", "填报单位：临江街道"],
        ["序号", "单位", "", "", "销号（个）"],
        ["", "", "发现问题（个）", "涉及金额（元）", ""],
        [1, "柳荫社区", 3, "３５００", 2],
    ]
    (form,) = read_forms(sheet(*rows, merge=((1, 2, 1, 3, "发现问题情况"),)), "六月.xlsx").forms
    said = {key: cell.text for key, cell in form.columns[0].figures.items()}
    assert said == {"found": "3", "sum_involved": "３５００", "closed_out": "2"}


def test_the_form_is_read_from_word_with_the_units_side_by_side_and_a_column_of_totals() -> None:
    content = docx(
        line("填报单位（盖章）：临江街道    填报时间：2026年6月20日"),
        word_table(
            ["受检基层单位", "柳荫社区", "合计"],
            ["检查工作情况", "检查１次", "检查1次"],
            ["发现问题情况", cell("发现问题2个"), "2个"],
            ["整改情况", "正在整改2个", ""],
            ["制度机制建设情况", "无", ""],
        ),
    )
    sent = read_forms(content, "月报.docx")
    (form,) = sent.forms
    assert form.filing_unit == "临江街道" and [column.name for column in form.columns] == ["柳荫社区"]
    assert figures(form, "柳荫社区") == {"sheets": 1, "found": 2, "in_rectification": 2}


def test_what_is_no_monthly_form_is_named() -> None:
    with pytest.raises(BadInput, match="没有读到月报表"):
        read_forms(sheet(["通讯录"]), "a.xlsx")


@pytest.fixture
def draft(cast: Cast, campaign: Campaign) -> MonthlyReturn:
    story.file_sheet(cast, campaign, story.JUNE.replace(day=8), problems_found=2)
    return actions.prepare(campaign=campaign, unit=cast.street, month=story.JUNE, by=cast.clerk)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def compare(client: Client, content: bytes, name: str = "六月.xlsx", month: str = "2026-06") -> Any:
    data = {"month": month, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("returns:received"), data)


@pytest.mark.parametrize(("render", "name"), [(render_xlsx, "六月.xlsx"), (render_docx, "六月.docx")])
def test_the_form_that_was_written_out_agrees_in_every_figure(
    cast: Cast, draft: MonthlyReturn, render: Any, name: str
) -> None:
    page = compare(signed_in(cast.clerk), render(draft), name)
    assert "个数字全部相同" in page.content.decode()
    (form,) = page.context["compared"]
    assert form.figures == len(FIGURES) and not form.offers_words


def test_each_difference_is_told_with_its_cell_its_rows_and_what_to_do(
    cast: Cast, draft: MonthlyReturn
) -> None:
    content = sheet(
        ["填报单位：临江街道"],
        HEADS,
        ["柳荫社区", "检查1次", "发现问题3个", "销号1个"],
        ["柳荫社曲", "检查1次"],
        ["望山街道", "检查1次"],
    )
    page = compare(signed_in(cast.clerk), content)
    text = page.content.decode()
    (form,) = page.context["compared"]
    found = {one.figure.key: (one.sent, one.counted, one.place) for one in form.columns[0].differing}
    assert found["found"] == (3, 2, "C3") and found["closed_out"] == (1, 0, "D3")
    assert found["people"] == (None, 24, "C3")
    assert reverse("returns:row_figures", args=[draft.pk, cast.community.code, "found"]) in text
    assert "平台少1个" in text and reverse("problems:rectification_import") in text
    assert "是不是“柳荫社区”" in form.columns[1].fault and "望山街道" in form.columns[2].fault
    draft.refresh_from_db()
    assert draft.words == {}


def test_words_that_the_records_cannot_say_are_taken_over_and_go_on_counting(
    cast: Cast, draft: MonthlyReturn
) -> None:
    client = signed_in(cast.clerk)
    said = "发现问题9个，主要集中在名册公示环节。"
    page = compare(client, sheet(["填报单位：临江街道"], HEADS, ["柳荫社区", "", said]))
    (offer,) = page.context["compared"][0].columns[0].words
    assert offer.text == "发现问题{found}个，主要集中在名册公示环节。" and "发现问题2个" in offer.shown
    chosen = f"{cast.community.code}/{offer.box}"
    address = reverse("returns:take_words", args=[draft.pk])
    assert "没有选择" in client.post(address).content.decode()
    client.post(address, {"words": chosen, f"text-{chosen}": offer.text})
    draft.refresh_from_db()
    column = contents_of(draft).column(cast.community.code)
    assert column is not None and column.text(Box.PROBLEMS) == "发现问题2个，主要集中在名册公示环节。"
    actions.sign(monthly_return=draft, by=cast.head)
    page = compare(client, sheet(["填报单位：临江街道"], HEADS, ["柳荫社区", "", "发现问题2个，另有新情况"]))
    assert not page.context["compared"][0].offers_words and "不能采用" in page.content.decode()


def test_a_month_without_a_form_is_compared_with_what_it_would_count(cast: Cast, campaign: Campaign) -> None:
    story.file_sheet(cast, campaign, story.JUNE.replace(day=8))
    nameless = sheet(HEADS, ["柳荫社区", "检查1次", "发现问题1个"])
    assert compare(signed_in(cast.clerk), nameless).context["compared"][0].unit == cast.street
    assert "没有写填报单位" in compare(signed_in(cast.office), nameless).context["compared"][0].fault
    named = compare(signed_in(cast.clerk), sheet(["填报单位：临江街道"], HEADS, ["柳荫社区", "检查1次"]))
    (form,) = named.context["compared"]
    assert [(one.figure.key, one.agrees) for one in form.columns[0].differences if one.sent is not None] == [
        ("sheets", True)
    ]
    assert "还没有编制" in named.content.decode()


def test_another_units_form_is_not_compared_for_who_does_not_see_it(cast: Cast, draft: MonthlyReturn) -> None:
    page = compare(
        signed_in(cast.sister_clerk), sheet(["填报单位：临江街道"], HEADS, ["柳荫社区", "检查1次"])
    )
    (form,) = page.context["compared"]
    assert form.unit is None and "没有叫“临江街道”的单位" in form.fault
    taken = signed_in(cast.sister_clerk).post(reverse("returns:take_words", args=[draft.pk]))
    assert taken.status_code == 404


TITLE = "临江街道{}专项治理情况月报表"


@pytest.mark.parametrize(
    ("title", "day", "name", "words"),
    [
        ("", "2026年5月22日", "月报.xlsx", "填报时间是2026-05-22，应是2026年5月的月报表"),
        (TITLE.format("五月份"), "2026年6月20日", "月报.xlsx", "写明是2026年5月的月报表"),
        ("", "", "临江街道2026年5月月报表.xlsx", "写明是2026年5月的月报表"),
        (TITLE.format("2026年6月"), "2026年5月22日", "月报.xlsx", ""),
        (TITLE.format("（4—11月）"), "2026年6月9日", "月报.xlsx", ""),
        ("", "2026年7月9日", "月报.xlsx", ""),
    ],
)
def test_a_form_of_another_month_than_the_chosen_one_is_told_with_the_month_to_choose(
    cast: Cast, draft: MonthlyReturn, title: str, day: str, name: str, words: str
) -> None:
    heads = [f"填报单位：临江街道  填报时间：{day}" if day else "填报单位：临江街道"]
    content = sheet([title], heads, HEADS, ["柳荫社区", "检查4次"], name="附件4")
    page = compare(signed_in(cast.clerk), content, name)
    text = page.content.decode()
    assert ("请改选2026年5月，再核对一次" in text) == bool(words) == bool(page.context["other_months"])
    assert words in text
    if words:
        assert text.index(words) < text.index("个数字与平台不同")
        again = signed_in(cast.clerk).get(reverse("returns:received"), {"month": "2026-05"})
        assert again.context["form"]["month"].value() == "2026-05"
