"""Words and figure marks."""

from __future__ import annotations

import pytest

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.returns.figures import ALL, FIGURES, Box
from qingfeng.apps.work.returns.wording import LONGEST, STANDARD, in_figures, pieces, read_words, shown_words


def test_the_standard_wording_uses_every_figure_in_its_own_box() -> None:
    for box in Box:
        used = [piece.key for piece in pieces(STANDARD[box]) if not isinstance(piece, str)]
        assert used == [figure.key for figure in ALL if figure.box == box]


def test_names_and_keys_of_figures_are_told_apart() -> None:
    assert len({str(figure.name) for figure in ALL}) == len(ALL) == len(FIGURES)
    assert all(figure.part_of in {"", *FIGURES} and figure.counting_rule for figure in ALL)


def test_marks_are_shown_by_name_and_read_by_either() -> None:
    words = STANDARD[Box.PROBLEMS]
    assert shown_words(words).startswith("发现问题{发现问题}个")
    assert read_words(shown_words(words)) == words
    assert read_words("共{found}个，即｛发现问题｝个") == "共{found}个，即{found}个"


def test_typed_digits_are_words() -> None:
    assert list(pieces(read_words("约谈3人"))) == ["约谈3人"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{总数}个", "没有“{总数}”"),
        ("{}个", "没有“{}”"),
        ("发现{found个", "没有成对"),
        ("发现found}个", "没有成对"),
        ("  ", "不能为空"),
        ("长" * (LONGEST + 1), "请精简"),
    ],
)
def test_what_cannot_be_counted_is_bad_input(typed: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_words(typed)


@pytest.mark.parametrize(
    ("fen", "printed"),
    [
        (0, "0元"),
        (1, "0.01元"),
        (99_950, "999.50元"),
        (100_000, "1000元"),
        (1_234_500, "1.2345万元"),
        (1_000_000, "1万元"),
        (1_000_001, "10000.01元"),
    ],
)
def test_money_is_printed_exactly(fen: int, printed: str) -> None:
    assert in_figures(FIGURES["sum_involved"], fen) == printed


def test_other_figures_are_plain_numbers() -> None:
    assert in_figures(FIGURES["people"], 12) == "12"
