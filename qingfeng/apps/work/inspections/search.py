"""By what an inspection sheet is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.orgs.search import NAME_FIELDS, marks_of_reach
from qingfeng.apps.base.records.search.queries import Search
from qingfeng.apps.base.records.search.sources import Found, apart, group_mark, unit_mark
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet, Suggestion

FIELDS = frozenset(
    {"content", "inspectors", "inspected_unit", "filing_unit", "filing_group", "number", "kind"}
)


class SheetSource:
    """Its number, the unit inspected, what was looked at by whom, and the suggestions; and what a higher app adds."""

    model = Sheet
    place = 1

    def __init__(self, added: Any = None) -> None:
        self._added = Value("", TextField()) if added is None else added

    def found(self, rows: QuerySet) -> Iterator[tuple[int, Found]]:
        sheets = list(rows.annotate(added=self._added))
        units = Unit.objects.in_bulk({sheet.inspected_unit_id for sheet in sheets})
        units |= Unit.objects.in_bulk({sheet.filing_unit_id for sheet in sheets} - {None, *units})
        groups = Group.objects.in_bulk({sheet.filing_group_id for sheet in sheets} - {None})
        suggestions = defaultdict(list)
        for sheet_id, text in Suggestion.objects.filter(sheet__in=[sheet.pk for sheet in sheets]).values_list(
            "sheet_id", "text"
        ):
            suggestions[sheet_id].append(text)
        for sheet in sheets:
            sheet.inspected_unit = units[sheet.inspected_unit_id]
            sheet.filing_unit = units.get(sheet.filing_unit_id)
            sheet.filing_group = groups.get(sheet.filing_group_id)
            yield sheet.pk, _found(sheet, suggestions[sheet.pk])

    def touched_by(self, record: Any, fields: frozenset[str] | None) -> Iterable[int]:
        if isinstance(record, Sheet):
            return [record.pk] if fields is None or fields & FIELDS else []
        if isinstance(record, Suggestion):
            return [record.sheet_id]
        if fields and fields & NAME_FIELDS and isinstance(record, Unit | Group):
            named = (
                Q(filing_unit=record) | Q(inspected_unit=record)
                if isinstance(record, Unit)
                else Q(filing_group=record)
            )
            return Sheet.objects.filter(named).values_list("pk", flat=True)
        return []


def search(query: str, *, user: User, campaign: Campaign) -> Search:
    """What this user looks for in the inspection ledger."""
    return Search(query, SheetSource.place, campaign.pk, marks_of_reach(user))


def searched(rows: QuerySet[Sheet], query: str, *, user: User, campaign: Campaign) -> QuerySet[Sheet]:
    """Those of these sheets, which the user sees, that meet every word."""
    return search(query, user=user, campaign=campaign).of(rows)


def _found(sheet: Sheet, suggestions: list[str]) -> Found:
    unit = sheet.inspected_unit
    words = (
        sheet.full_number,
        sheet.reference,
        unit.name,
        unit.short_name,
        sheet.content,
        sheet.inspectors,
        *suggestions,
        *apart(sheet.added),  # type: ignore[attr-defined]
    )
    marks = [unit_mark(sheet.inspected_unit_id)]
    marks.append(
        unit_mark(sheet.filing_unit_id) if sheet.filing_unit_id else group_mark(sheet.filing_group_id)
    )
    return Found(sheet.campaign_id, words, seen_by=tuple(marks))
