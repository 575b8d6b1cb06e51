"""The handbook says what the rules say, and its own example works."""

from __future__ import annotations

import re
from pathlib import Path

from qingfeng.screening import handbook
from qingfeng.screening.engine.specs.running import run

DOCS = Path(__file__).resolve().parents[4] / "docs" / "screening"


def test_the_rule_pages_are_up_to_date() -> None:
    drawn = handbook.pages()
    kept = {path.name: path.read_text("utf-8") for path in (DOCS / "rules").glob("*.md")}
    stale = sorted(name for name in {*drawn, *kept} if drawn.get(name) != kept.get(name))
    assert not stale, f"python -m qingfeng.screening handbook docs/screening/rules（{'、'.join(stale)}）"


def test_the_rule_that_the_handbook_writes_holds_its_cases(tmp_path: Path) -> None:
    text = (DOCS / "README.md").read_text("utf-8")
    rule, spec = (
        re.search(r"```sql\n(.*?)```", text, re.DOTALL),
        re.search(r"```\n(# M01.*?)```", text, re.DOTALL),
    )
    assert rule and spec
    (tmp_path / "m01.sql").write_text(rule[1], encoding="utf-8")
    (tmp_path / "m01.spec.md").write_text(spec[1], encoding="utf-8")
    outcomes = run(tmp_path / "m01.sql")
    assert [outcome.faults for outcome in outcomes] == [(), (), ()]
