"""Places of the problem pages that higher apps fill in `site/panels.py`."""

from __future__ import annotations

from qingfeng.apps.base.web.slots import Slot

sheet_papers: Slot = Slot(
    "papers that this user may draft about a sheet: f(user, sheet) -> list of (label, address)"
)
problem_papers: Slot = Slot(
    "papers that this user may draft about a problem: f(user, problem) -> list of (label, address)"
)
commitment_papers: Slot = Slot("the sheet that a unit signs: f(user, unit) -> list of (label, address)")
