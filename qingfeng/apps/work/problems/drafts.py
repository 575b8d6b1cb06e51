"""A draft as the page sends it, and as the page takes it up again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from qingfeng.apps.work.problems.models import EntryDraft

NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "token", "draft_version"})
_ROW = re.compile(r"(\w+)-(\d+)-(\w+)")


def content_of(data: QueryDict) -> dict[str, list[str]]:
    """The boxes that hold something. Null characters, which no database keeps in a JSON value, fall away."""
    return {
        name: [value.replace("\x00", "") for value in values]
        for name, values in data.lists()
        if name not in NEVER_KEPT and any(values)
    }


def title_of(content: dict[str, list[str]]) -> str:
    """Where and what: the unit and the first words of the first problem."""
    first = next((values[0] for name, values in content.items() if name.endswith("text") and values[0]), "")
    unit = (content.get("inspected_unit") or content.get("lead_unit") or [""])[0]
    what = first or (content.get("content") or [""])[0]
    return " · ".join(part for part in (unit, " ".join(what.split())[:60]) if part)


def boxes_of(draft: EntryDraft | None, several: Iterable[str] = ()) -> dict[str, Any]:
    """What stood in the boxes outside of rows, as first values of a form; `several` take more than one value."""
    if draft is None:
        return {}
    boxes = {name: values for name, values in draft.content.items() if not _ROW.fullmatch(name)}
    return {name: values if name in several else values[-1] for name, values in boxes.items()}


def rows_of(draft: EntryDraft | None, prefix: str) -> list[dict[str, str]] | None:
    """What stood in the rows, in their order; rows left empty fall away."""
    if draft is None:
        return None
    rows: dict[int, dict[str, str]] = {}
    for name, values in draft.content.items():
        match = _ROW.fullmatch(name)
        if match and match[1] == prefix:
            rows.setdefault(int(match[2]), {})[match[3]] = values[-1]
    return [rows[place] for place in sorted(rows) if set(rows[place]) - {"nature", "term"}]
