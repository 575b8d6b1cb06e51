"""Every rule holds what its drawn cases say."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingfeng.screening.engine.specs.running import run

RULES = Path(__file__).parent.parent
FILES = sorted(RULES.rglob("*.sql"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rule_raises_what_its_cases_draw_and_nothing_else(path: Path) -> None:
    told = [f"{o.case.title}：{fault}" for o in run(path) for fault in o.faults]
    assert not told, "\n".join(told)
