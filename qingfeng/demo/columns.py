"""What people write under the columns that this campaign adds: of most problems and sheets, as happens with new columns."""

from __future__ import annotations

from random import Random

from qingfeng.apps.work.campaigns.actions.columns import add_column
from qingfeng.apps.work.campaigns.models import Campaign, ColumnKind, ColumnTarget, ExtraColumn
from qingfeng.demo.seats import Seats

WAYS = ("现场查看", "查阅资料", "群众反映", "数据比对")
ADDED: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("发现途径", ColumnKind.CHOICE, ColumnTarget.PROBLEM, WAYS),
    ("走访群众（户）", ColumnKind.NUMBER, ColumnTarget.SHEET, ()),
)
"""Beyond the official papers: asked of each problem, and of each sheet."""
FILLED = 0.85


def add_columns(campaign: Campaign) -> None:
    """The office's, on the day on which the campaign starts."""
    office = Seats().account("office")
    for name, kind, target, choices in ADDED:
        add_column(campaign=campaign, name=name, kind=kind, target=target, choices=choices, by=office)


class Columns:
    """Draws by itself, so that the rest of the story goes on as it would without them."""

    def __init__(self, campaign: Campaign, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 — a story that is the same every time, not a secret
        self._codes = dict(ExtraColumn.objects.filter(campaign=campaign).values_list("target", "code"))

    def of_problem(self) -> dict[str, str]:
        way = self._chance.choices(WAYS, (4, 3, 2, 1))[0]
        return self._given(ColumnTarget.PROBLEM, way)

    def of_sheet(self) -> dict[str, str]:
        return self._given(ColumnTarget.SHEET, str(self._chance.randint(3, 18)))

    def _given(self, target: str, words: str) -> dict[str, str]:
        return {self._codes[target]: words} if self._chance.random() < FILLED else {}
