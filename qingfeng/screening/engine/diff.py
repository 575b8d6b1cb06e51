"""What changed between two runs: an alert seen again unchanged is nothing new, a grown one may be reopened, one that is
gone is “no longer reproduced”, never deleted."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from qingfeng.screening.engine.outputs import HITS, SUMMARY
from qingfeng.screening.errors import BadData

NEW, GONE, GROWN, SHRUNK, CHANGED, SAME = "new", "gone", "grown", "shrunk", "changed", "unchanged"
WORDS = {NEW: "新增", GONE: "不再出现", GROWN: "增加", SHRUNK: "减少", CHANGED: "内容有变", SAME: "未变"}


@dataclass(frozen=True)
class Change:
    """One hit in two runs."""

    hit_id: str
    rule: str
    kind: str
    subject_shown: str
    change: str
    rows: tuple[int | None, int | None]
    sum: tuple[str | None, str | None]
    sentence: str
    reopened: bool = False


@dataclass(frozen=True)
class Difference:
    """All changes, and the rules that could not be compared because one of the runs did not finish them."""

    changes: tuple[Change, ...]
    not_compared: dict[str, str]

    def counts(self) -> dict[str, int]:
        """How many of each change."""
        kinds = (NEW, GONE, GROWN, SHRUNK, CHANGED, SAME)
        counted = {kind: sum(change.change == kind for change in self.changes) for kind in kinds}
        return {**counted, "reopened": sum(change.reopened for change in self.changes)}

    def as_dict(self, *, unchanged: bool = False) -> dict[str, Any]:
        """For --json; unchanged hits are counted, and listed only when asked for."""
        listed = [asdict(change) for change in self.changes if unchanged or change.change != SAME]
        return {"counts": self.counts(), "not_compared": self.not_compared, "changes": listed}


def difference(before: Path, after: Path) -> Difference:
    """Compares the outputs of two runs."""
    old_rules, new_rules = _rules(before), _rules(after)
    apart = {}
    for name in sorted(set(old_rules) | set(new_rules)):
        why = _not_comparable(old_rules.get(name), new_rules.get(name))
        if why:
            apart[name] = why
    old = {key: hit for key, hit in _hits(before).items() if hit["rule"] not in apart}
    new = {key: hit for key, hit in _hits(after).items() if hit["rule"] not in apart}
    changes = [
        _change(old.get(key), new.get(key), new_rules.get((new.get(key) or old[key])["rule"], {}))
        for key in sorted(set(old) | set(new))
    ]
    return Difference(tuple(changes), apart)


def _not_comparable(old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    if old is None or new is None:
        return "只在一次运行中有这条规则"
    for when, result in (("前一次", old), ("后一次", new)):
        if result["status"] != "done":
            return f"{when}没有运行完（{result['why']}）"
    if old["version"].split(".")[0] != new["version"].split(".")[0]:
        return f"规则主版本不同（{old['version']}、{new['version']}）"
    return ""


def _rules(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        told = json.loads((folder / SUMMARY).read_text("utf-8"))
        return {rule["id"]: rule for rule in told["rules"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadData(
            str(folder), f"没有可读的 {SUMMARY}；请给出 qingfeng screen run --out 的文件夹。"
        ) from error


def _hits(folder: Path) -> dict[str, dict[str, str]]:
    try:
        with (folder / HITS).open(encoding="utf-8-sig", newline="") as file:
            return {row["hit_id"]: row for row in csv.DictReader(file)}
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise BadData(
            str(folder), f"没有可读的 {HITS}；请给出 qingfeng screen run --out 的文件夹。"
        ) from error


def _change(old: dict[str, str] | None, new: dict[str, str] | None, rule: dict[str, Any]) -> Change:
    hit = new or old
    assert hit is not None
    rows = (int(old["rows"]) if old else None, int(new["rows"]) if new else None)
    sums = (old["sum"] or None if old else None, new["sum"] or None if new else None)
    kind = _kind(old, new)
    reopened = kind == GROWN and _reopens(rows, sums, rule.get("reopen") or {})
    told = (hit["hit_id"], hit["rule"], hit["kind"], hit["subject_shown"])
    return Change(*told, kind, rows, sums, hit["sentence"], reopened)


def _kind(old: dict[str, str] | None, new: dict[str, str] | None) -> str:
    if old is None or new is None:
        return NEW if old is None else GONE
    if old["fingerprint"] == new["fingerprint"]:
        return SAME
    rows = int(new["rows"]) - int(old["rows"])
    money = Decimal(new["sum"] or 0) - Decimal(old["sum"] or 0)
    if rows > 0 or (rows == 0 and money > 0):
        return GROWN
    return SHRUNK if rows < 0 or money < 0 else CHANGED


def _reopens(
    rows: tuple[int | None, int | None], sums: tuple[str | None, str | None], rule: dict[str, Any]
) -> bool:
    """Both must hold: so many further records, and so many percent more money."""
    more = (rows[1] or 0) - (rows[0] or 0)
    if more < rule.get("rows", 1):
        return False
    before, after = Decimal(sums[0] or 0), Decimal(sums[1] or 0)
    return (after - before) * 100 >= before * Decimal(str(rule.get("sum_percent", 0)))
