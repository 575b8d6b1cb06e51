"""Attachment 3 as it is written out says the same of each problem when it is read, whatever somebody may have typed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qingfeng.apps.base.documents import docx_writer
from qingfeng.apps.base.documents.attachments import RectificationSheetData, attachment_3
from qingfeng.apps.base.documents.excel import to_xlsx
from qingfeng.apps.base.documents.word import described
from qingfeng.apps.work.problems.imports.rectification.boxes import WORDS
from qingfeng.apps.work.problems.imports.rectification.comparing import bare_words, new_measures
from qingfeng.apps.work.problems.imports.rectification.model import ReadAnswer
from qingfeng.apps.work.problems.imports.rectification.reading import read_answers
from qingfeng.apps.work.problems.tests.test_round_trips import SMALL, meant, read_here, texts

__all__ = ["read_here"]


def written(most: int) -> st.SearchStrategy[str]:
    return texts(most).filter(lambda text: bool(bare_words(text)) and not WORDS.box_named(meant(text)))


@dataclass
class Answered:
    """What was entered about a problem."""

    text: str
    measures: list[str]
    completion: str
    responsible: str


@st.composite
def answered(draw: st.DrawFn) -> Answered:
    return Answered(
        draw(written(1500)),
        draw(st.lists(written(600), max_size=3)),
        draw(written(1500)),
        draw(st.sampled_from(("林晓禾", "陈立群：督促公示", "阿依·努尔：牵头"))),
    )


def joined(measures: list[str]) -> str:
    """As the platform writes the measures of one problem."""
    return "；".join(text.rstrip("。；;") for text in measures)


def paper_of(entered: list[Answered]) -> RectificationSheetData:
    return RectificationSheetData(
        subject="专项治理",
        filing_body="临江街道",
        sheet_no="临江街道自检3号",
        filled_on=date(2026, 6, 10),
        rectified_on=[date(2026, 6, 10)],
        problem_unit="临江街道",
        responsible=[one.responsible for one in entered],
        problems=[one.text for one in entered],
        measures=[joined(one.measures) for one in entered],
        completions=[one.completion for one in entered],
    )


def check_same(entered: list[Answered], read: list[ReadAnswer]) -> None:
    assert [fault for one in read for fault in one.faults] == []
    assert [bare_words(one.text) for one in read] == [bare_words(one.text) for one in entered]
    assert [bare_words(one.completion) for one in read] == [bare_words(one.completion) for one in entered]
    people = ["：".join(filter(None, (one.responsible, one.duty_text))) for one in read]
    assert people == [one.responsible for one in entered]
    for one, was in zip(read, entered, strict=True):
        assert new_measures(one.measures, was.measures) == []


@settings(SMALL, max_examples=100)
@given(st.lists(written(200), max_size=4), written(200))
def test_known_measures_are_known_again_and_only_what_is_added_is_new(known: list[str], more: str) -> None:
    assert new_measures(joined(known), known) == []
    fresh = new_measures(more, [])
    assert fresh and new_measures(joined(fresh), fresh) == []


A_SUM_ON_A_LINE = [
    Answered("名册未公示", [], "已公示", "林晓禾"),
    Answered("台账缺签字", ["追回多发的\n1.5万元"], "已追回", "林晓禾"),
]


@pytest.mark.slow
@SMALL
@example(A_SUM_ON_A_LINE)
@given(st.lists(answered(), min_size=1, max_size=4))
def test_attachment_3_as_excel_comes_back_as_it_went(entered: list[Answered]) -> None:
    check_same(entered, read_answers(to_xlsx(attachment_3(paper_of(entered))), "整改台账.xlsx").sheets)


@pytest.mark.slow
@SMALL
@given(st.lists(answered(), min_size=1, max_size=4))
def test_attachment_3_as_word_comes_back_as_it_went(entered: list[Answered]) -> None:
    content = docx_writer.write(json.loads(json.dumps(described(attachment_3(paper_of(entered))))))
    check_same(entered, read_answers(content, "整改台账.docx").sheets)
