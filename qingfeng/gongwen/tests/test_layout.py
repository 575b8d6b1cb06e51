"""Small decisions of layout, without any file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.gongwen.fonts import BODY, RARE, face_for, stretches
from qingfeng.gongwen.numbering import chinese, heading_mark, level_of
from qingfeng.gongwen.titles import ROOM, break_title
from qingfeng.gongwen.widths import MAY_NOT_BEGIN, MAY_NOT_END, break_lines, width

HAN = st.text(
    st.sampled_from("关于进一步做好群众身边不正之风专项治理工作的通知《》（），、2026年第三"),
    min_size=1,
    max_size=140,
)


@given(HAN)
def test_a_broken_title_loses_nothing_and_fits(title: str) -> None:
    lines = break_title(title)
    assert "".join(lines) == title.strip() or not title.strip()
    assert all(width(line) <= ROOM + 1 for line in lines)


@pytest.mark.parametrize(
    "title",
    [
        "关于进一步做好群众身边不正之风专项治理台账报送工作的通知",
        "云汀区人民政府办公室关于印发《2026年重点工作任务分工方案》的通知",
        "关于2026年第三季度专项治理工作开展情况和下一步工作安排的通报",
    ],
)
def test_a_title_is_broken_by_meaning(title: str) -> None:
    lines = break_title(title)
    assert len(lines) == 2 and len({width(line) for line in lines}) == 2
    assert not any(line.startswith(("的", "和", "》")) or line.endswith(("《", "和")) for line in lines)


def test_lines_that_the_author_broke_are_kept() -> None:
    assert break_title("关于开展\n专项治理工作的通知") == ["关于开展", "专项治理工作的通知"]


@given(HAN, st.integers(8, 28))
def test_lines_keep_the_rules_of_punctuation(text: str, room: int) -> None:
    lines = break_lines(text, room)
    assert "".join(lines) == text
    assert all(width(line) <= room for line in lines)
    plain = [line for line in lines[1:] if line]
    runs = [line for line in plain if line[0] in MAY_NOT_BEGIN]
    assert len(runs) * 3 <= len(text), (lines, MAY_NOT_END)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_numerals(number: int, said: str) -> None:
    assert chinese(number) == said


@given(st.integers(1, 4), st.integers(1, 40))
def test_a_heading_mark_tells_its_level(level: int, number: int) -> None:
    assert level_of(heading_mark(level, number) + "甲") == level


def test_letters_that_a_face_lacks_get_a_wider_one_alone() -> None:
    assert list(stretches("王喆来", BODY)) == [("王", BODY.name), ("喆", BODY.wider), ("来", BODY.name)]
    assert [face_for(letter, BODY) for letter in "镕堃𬭎"] == [BODY.wider, BODY.wider, RARE]
