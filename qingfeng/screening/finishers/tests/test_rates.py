"""What the finishers keep, drop and say."""

from __future__ import annotations

from typing import Any

from qingfeng.screening.finishers import FINISHERS


def row(key: str, successes: int, trials: int, base: tuple[int, int], **more: Any) -> dict[str, Any]:
    return {
        "test_key": key,
        "successes": successes,
        "trials": trials,
        "base_successes": base[0],
        "base_trials": base[1],
        "tests": 10,
        "strength": 50,
        **more,
    }


def test_a_note_keeps_every_row_and_tells_the_chance() -> None:
    rows = [row("a", 9, 10, (5, 100)), row("b", 1, 10, (50, 100))]
    kept = FINISHERS["binomial_note"](rows, {})
    assert [r["p_value"] for r in kept] == ["小于百万分之一", "0.999023"]
    assert [r["strength"] for r in kept] == [70, 50]


def test_over_representation_drops_what_chance_explains() -> None:
    rows = [row("a", 9, 10, (5, 100)), row("b", 2, 10, (15, 100))]
    assert [r["test_key"] for r in FINISHERS["over_represented"](rows, {"max_q": 0.05})] == ["a"]


def test_all_rows_of_a_group_share_one_test() -> None:
    rows = [row("a", 9, 10, (5, 100)) for _ in range(50)]
    assert len(FINISHERS["over_represented"](rows, {"max_q": 0.05})) == 50


def test_a_small_team_is_no_finding_but_a_tie_is_kept() -> None:
    rows = [row("a", 5, 5, (10, 10)), row("b", 1, 1, (1, 1), certain=True)]
    assert [r["test_key"] for r in FINISHERS["beyond_chance"](rows, {"max_p": 0.05})] == ["b"]


def test_an_expert_on_every_panel_is_no_finding() -> None:
    rows = [row("a", 6, 12, (6, 12)), row("b", 8, 10, (10, 200))]
    assert [r["test_key"] for r in FINISHERS["together_beyond_chance"](rows, {"max_q": 0.05})] == ["b"]


def test_nothing_in_gives_nothing_out() -> None:
    assert all(
        finisher([], {"max_q": 0.05, "max_p": 0.05, "similarity": 0.9, "min_chars": 60}) == []
        for finisher in FINISHERS.values()
    )
