"""Which texts are told to be worded like another."""

from __future__ import annotations

from typing import Any

from qingfeng.screening.finishers import FINISHERS

ASKED = {"similarity": 0.9, "min_chars": 20}
WORDS = (
    "组织村组干部逐户走访群众，对补贴发放、资产出租和工程建设开展自查，建立台账限期销号，继续压实责任加强督促"
)


def report(rec: int, unit: str, month: str, content: str, figures: str = "") -> dict[str, Any]:
    told = {"unit": unit, "month": month, "content": content, "excerpt": content[:10], "figures": figures}
    return {"rec_report": rec, "rec_other": None, "strength": 55, **told}


def kept(*rows: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {row["rec_report"]: row for row in FINISHERS["near_copies"](list(rows), ASKED)}


def test_two_units_with_one_wording_stand_beside_each_other() -> None:
    found = kept(
        report(1, "青岗镇", "三月", "青岗镇" + WORDS + "5个"),
        report(2, "松岭镇", "三月", "松岭镇" + WORDS + "8个"),
    )
    assert {rec: row["rec_other"] for rec, row in found.items()} == {1: 2, 2: 1}
    assert (
        found[1]["other_unit"] == "松岭镇" and found[1]["similarity"] == "100%" and found[1]["strength"] == 70
    )


def test_the_nearest_of_several_is_told() -> None:
    changed = WORDS.replace("逐户", "挨家挨户").replace("限期", "按期")
    found = kept(
        report(1, "甲", "三月", WORDS), report(2, "甲", "四月", changed), report(3, "乙", "三月", WORDS)
    )
    assert found[1]["rec_other"] == 3 and found[2]["strength"] == 55


def test_one_report_written_twice_equal_figures_and_short_texts_are_no_copies() -> None:
    assert not kept(report(1, "甲", "三月", WORDS), report(2, "甲", "三月", WORDS))
    assert not kept(report(1, "甲", "三月", WORDS, "5｜3"), report(2, "乙", "三月", WORDS, "5｜3"))
    assert not kept(report(1, "甲", "三月", WORDS[:12]), report(2, "乙", "三月", WORDS[:12]))
