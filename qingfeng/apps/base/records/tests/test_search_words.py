"""How texts are cut: whatever stands in a text is found, and what does not is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.apps.base.records.search.words import (
    MOST_WORDS,
    is_found_by,
    phrases_of,
    spread,
    tokens_of,
    units_of,
)

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)
LATIN = st.text("abcxyzABCXYZ", min_size=1, max_size=6)
FIGURES = st.text("0123456789", min_size=1, max_size=6)
MARKS = st.sampled_from(["，", "。", " ", "-", "（", "）", "/", "\n", "、", "|"])
TEXT = st.lists(st.one_of(CHINESE, LATIN, FIGURES, MARKS), max_size=12).map("".join)
NUMBER = "菱湾街道自检3号-2"


@pytest.mark.parametrize(
    "query",
    [NUMBER, "菱湾", "自检3号", "3号-2", "街道 自检", "菱湾街道自检３号－２", "湾", "号 菱湾", "自检3号—2"],
)
def test_a_number_is_found_whole_and_in_part(query: str) -> None:
    assert is_found_by(query, [NUMBER, "登记不完整"])


@pytest.mark.parametrize("query", ["自检2号", "自检3号-21", "自检3号-3", "检号", "湾菱", "3号 5", "号登"])
def test_what_does_not_stand_together_is_not_found(query: str) -> None:
    assert not is_found_by(query, [NUMBER, "登记不完整"])


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("WPS", "用wps填报"),
        ("ｗｐｓ", "用WPS填报"),
        ("wp", "用WPS填报"),
        ("填报 wps", "用WPS填报"),
        ("2026-06-20", "2026年6月20日以前（2026-06-20）"),
        ("镕", "朱镕明"),
        ("𫟹", "李𫟹"),
        ("\ue123", "姓名中有造字\ue123的人"),
        ("〇", "二〇二六"),
    ],
)
def test_width_and_capitals_do_not_matter_and_rare_characters_do(query: str, text: str) -> None:
    assert is_found_by(query, [text])


def test_a_latin_word_may_go_on_but_a_number_may_not() -> None:
    assert is_found_by("exc", ["Excel"]) and not is_found_by("xcel", ["Excel"])
    assert not is_found_by("20", ["2026"])


@given(TEXT, st.data())
def test_every_piece_of_a_text_between_units_is_found(text: str, data: st.DataObject) -> None:
    units = units_of(text)
    if not units:
        return
    first = data.draw(st.integers(0, len(units) - 1))
    last = data.draw(st.integers(first, len(units) - 1))
    assert is_found_by("-".join(units[first : last + 1]), [text])


@given(st.lists(TEXT, max_size=4), TEXT)
def test_whatever_meets_a_query_holds_its_tokens(fields: list[str], query: str) -> None:
    """The index may name too many rows, never too few: a token that an entry lacks would hide it."""
    text = spread(fields)
    held = tokens_of(text)
    for phrase in phrases_of(query):
        if phrase.meets(text):
            *whole, last = phrase.tokens
            assert set(whole) <= held
            assert any(token.startswith(last) if phrase.goes_on else token == last for token in held)


@given(CHINESE, CHINESE)
def test_no_phrase_reaches_from_one_field_into_the_next(first: str, second: str) -> None:
    across = first[-1] + second[0]
    alone = is_found_by(across, [first]) or is_found_by(across, [second])
    assert is_found_by(across, [first, second]) == alone


@given(TEXT)
def test_full_width_is_the_same_text(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert units_of(wide) == units_of(text)


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_cut_and_asked(text: str) -> None:
    assert all(unit.strip() == unit and '"' not in unit and "'" not in unit for unit in units_of(text))
    assert len(phrases_of(text)) <= MOST_WORDS
    assert not is_found_by("", [text])
