"""Columns that a campaign adds, as tests need them: one of each kind."""

from __future__ import annotations

from typing import Any

from qingfeng.apps.work.campaigns.actions.columns import add_column
from qingfeng.apps.work.campaigns.models import Campaign, ColumnKind, ExtraColumn
from tests.cast import Cast

NAMES = {
    "text": "户籍地",
    "number": "涉及耕地（亩）",
    "date": "首次反映日期",
    "choice": "困难类型",
    "person": "包保干部",
    "unit": "业务主管单位",
}
CHOICES = ("低保", "特困", "其他")


def add(cast: Cast, campaign: Campaign, kind: str, target: str = "problem", **given: Any) -> ExtraColumn:
    """A column of this kind under its usual name."""
    values = {
        "name": NAMES[kind] if target == "problem" else f"整表{NAMES[kind]}",
        "choices": CHOICES if kind == "choice" else (),
        **given,
    }
    return add_column(campaign=campaign, kind=kind, target=target, by=cast.office, **values)


def one_of_each(cast: Cast, campaign: Campaign, target: str = "problem") -> dict[str, ExtraColumn]:
    """By their kinds."""
    return {kind: add(cast, campaign, kind, target) for kind in ColumnKind.values}


WRITTEN = {
    "text": "柳荫社区三组",
    "number": "12.5",
    "date": "2026年6月1日",
    "choice": "低保",
    "person": "林晓禾",
    "unit": "临江街道",
}
"""As people write them."""


def written(columns: dict[str, ExtraColumn], **changed: Any) -> dict[str, Any]:
    """What was written, by the codes of the columns."""
    return {column.code: {**WRITTEN, **changed}[kind] for kind, column in columns.items()}
