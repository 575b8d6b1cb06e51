"""What stands on a monthly form: columns, words, figures — counted now, or as it was signed and handed in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.work.returns.counting import Counts, count
from qingfeng.apps.work.returns.figures import ALL, FIGURES, Box
from qingfeng.apps.work.returns.flow import FROZEN
from qingfeng.apps.work.returns.models import MonthlyReturn
from qingfeng.apps.work.returns.periods import Month
from qingfeng.apps.work.returns.wording import PAPER_LANGUAGE, STANDARD, in_figures, pieces


@dataclass(frozen=True)
class Value:
    """A figure with how many of its records are late entries."""

    number: int = 0
    rows: int = 0
    late: int = 0


@dataclass(frozen=True)
class Column:
    """One inspected unit: its words (with marks) by box, its figures by key."""

    unit_id: int
    code: str
    name: str
    words: Mapping[str, str]
    values: Mapping[str, Value]

    def value(self, figure: str) -> Value:
        return self.values.get(figure, Value())

    def late_in(self, box: str) -> str:
        """The late entries among the figures of a box, in words; a part is not told beside its whole."""
        used = [piece for piece in pieces(self.words[box]) if not isinstance(piece, str)]
        late = {figure.key for figure in used if self.value(figure.key).late}
        told = [figure for figure in used if figure.key in late and figure.part_of not in late]
        with translation.override(PAPER_LANGUAGE):
            words = [f"{figure.name}{self.value(figure.key).late}{figure.measure}" for figure in told]
        return f"（其中补报：{'、'.join(words)}）" if words else ""

    def text(self, box: str) -> str:
        """The box as it is printed."""
        printed = [
            piece if isinstance(piece, str) else in_figures(piece, self.value(piece.key).number)
            for piece in pieces(self.words[box])
        ]
        return "".join(printed) + self.late_in(box)


@dataclass(frozen=True)
class Contents:
    """The form as a whole."""

    subject: str
    unit: str
    as_of: date
    columns: tuple[Column, ...]

    def column(self, code: str) -> Column | None:
        return next((column for column in self.columns if column.code == code), None)

    def as_snapshot(self) -> dict[str, Any]:
        """As plain data, to be kept."""
        columns = [
            {
                "unit": c.unit_id,
                "code": c.code,
                "name": c.name,
                "words": dict(c.words),
                "figures": {key: [v.number, v.rows, v.late] for key, v in c.values.items()},
            }
            for c in self.columns
        ]
        return {
            "subject": self.subject,
            "unit": self.unit,
            "as_of": self.as_of.isoformat(),
            "columns": columns,
        }


def contents_of(monthly_return: MonthlyReturn) -> Contents:
    """What the form says: as handed in once it was, else counted now."""
    if monthly_return.state in FROZEN and monthly_return.snapshot:
        return from_snapshot(monthly_return.snapshot)
    return live(monthly_return, recount(monthly_return))


def recount(monthly_return: MonthlyReturn) -> Counts:
    """Its figures from the ledgers as they are now."""
    month = Month(monthly_return.month, monthly_return.period_start, monthly_return.period_end)
    return count(monthly_return.campaign, monthly_return.unit, month)


def live(monthly_return: MonthlyReturn, counts: Counts) -> Contents:
    """The form from a count. Where nothing happened anywhere, the reporting unit itself has a column of zeros."""
    units = Unit.objects.filter(pk__in=counts.units() or {monthly_return.unit_id}).order_by("order", "code")
    return written(monthly_return, counts.as_of, [(unit, _values(counts, unit.pk)) for unit in units])


def written(
    monthly_return: MonthlyReturn, as_of: date, columns: Iterable[tuple[Unit, Mapping[str, Value]]]
) -> Contents:
    """The form with these units and what was counted of each."""
    made = tuple(
        Column(unit.pk, unit.code, unit.name, words_of(monthly_return, unit.pk), values)
        for unit, values in columns
    )
    return Contents(monthly_return.campaign.short_title, monthly_return.unit.name, as_of, made)


def words_of(monthly_return: MonthlyReturn, unit_id: int) -> dict[str, str]:
    """The words of a column: as edited, else the standard wording."""
    edited = monthly_return.words.get(str(unit_id), {})
    return {str(box): edited.get(str(box), STANDARD[box]) for box in Box}


def from_snapshot(snapshot: Mapping[str, Any]) -> Contents:
    """The form as it was kept."""
    columns = tuple(
        Column(
            c["unit"],
            c["code"],
            c["name"],
            c["words"],
            {key: Value(*numbers) for key, numbers in c["figures"].items() if key in FIGURES},
        )
        for c in snapshot["columns"]
    )
    return Contents(snapshot["subject"], snapshot["unit"], date.fromisoformat(snapshot["as_of"]), columns)


def digest(snapshot: Mapping[str, Any]) -> str:
    """What the event of handing in remembers of a snapshot."""
    return hashlib.sha256(json.dumps(snapshot, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def differences(signed: Mapping[str, Any], now: Contents) -> list[str]:
    """The figures that changed since the form was signed: 柳荫社区“发现问题”由2变为3."""
    before = {c["unit"]: c for c in signed["columns"]}
    found = [
        _("%(unit)s有了新的记录") % {"unit": column.name}
        for column in now.columns
        if column.unit_id not in before
    ]
    present = {column.unit_id: column for column in now.columns}
    for unit_id, old in before.items():
        column = present.get(unit_id)
        for figure in ALL:
            was = old["figures"].get(figure.key, [0, 0, 0])[0]
            is_now = column.value(figure.key).number if column else 0
            if was != is_now:
                found.append(
                    _("%(unit)s“%(figure)s”由%(was)s变为%(now)s")
                    % {
                        "unit": old["name"],
                        "figure": figure.name,
                        "was": in_figures(figure, was),
                        "now": in_figures(figure, is_now),
                    }
                )
    return found


def _values(counts: Counts, unit_id: int) -> dict[str, Value]:
    values = {}
    for figure in ALL:
        rows = counts.rows.get((unit_id, figure.key), [])
        if rows:
            number = sum(row.amount for row in rows)
            values[figure.key] = Value(number, len(rows), sum(row.late for row in rows))
    return values
