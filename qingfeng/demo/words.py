"""The everyday problems of the demo: wording, numbers and sums, drawn from the table problems.csv."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from qingfeng.apps.base.orgs.models import Unit, UnitKind
from qingfeng.demo.district import rows

PLACES = {
    "社区": {UnitKind.COMMUNITY},
    "街道": {UnitKind.STREET},
    "窗口": {UnitKind.WINDOW},
    "部门": {UnitKind.DEPARTMENT, UnitKind.SECTION, UnitKind.STATION},
}
STATION_OF_STREET = "街道"
"""What is found at a street's own station reads like what is found in the street."""


@dataclass(frozen=True)
class Wording:
    """One problem in words, from finding to close-out."""

    category: int
    nature: str
    content: str
    text: str
    suggestion: str
    measure: str
    progress: str
    statement: str
    new_rule: str
    no_rule_reason: str
    people: int
    fen: int


class Words:
    """Hands out wordings that fit the place, in turn, so that few are heard twice."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._turns: dict[str, Iterator[dict[str, str]]] = {}
        for place in PLACES:
            fitting = [row for row in rows("problems.csv") if row["范围"] == place]
            chance.shuffle(fitting)
            self._turns[place] = itertools.cycle(fitting)

    def for_unit(self, unit: Unit) -> Wording:
        """The next problem that may be found in such a unit."""
        return self._filled(next(self._turns[_place(unit)]))

    def _filled(self, row: dict[str, str]) -> Wording:
        numbers = {"n": self.chance.randint(2, 6), "m": self.chance.randint(2, 4)}

        def words(column: str) -> str:
            return row[column].format(**numbers)

        return Wording(
            category=int(row["内容"]),
            nature=row["性质"],
            content=row["检查内容"],
            text=words("问题"),
            suggestion=words("建议"),
            measure=words("措施"),
            progress=words("进展"),
            statement=words("完成情况"),
            new_rule=row["新建制度"],
            no_rule_reason=row["无需建制理由"],
            people=self._between(row["人数"]),
            fen=self._between(row["金额"]) // 10 * 1000,
        )

    def _between(self, span: str) -> int:
        low, _, high = span.partition("-")
        return self.chance.randint(int(low), int(high)) if span else 0


def _place(unit: Unit) -> str:
    if unit.kind == UnitKind.STATION and unit.parent is not None and unit.parent.kind == UnitKind.STREET:
        return STATION_OF_STREET
    return next(place for place, kinds in PLACES.items() if unit.kind in kinds)
