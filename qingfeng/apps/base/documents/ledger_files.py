"""Exports of ledgers: exactly what is filtered, as .xlsx or .csv. Fills `web.slots.ledger_files`.

Short ones are answered at once. Longer ones go to whoever fills `long_exports` (the worker), which asks the same address
again on behalf of the same person, so that what is in the file is again only what that person may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from qingfeng.apps.base.documents.excel import ColumnKind, TableColumn, Value
from qingfeng.apps.base.documents.ledger_sheets import LedgerSheet, ledger_csv, ledger_xlsx
from qingfeng.apps.base.documents.papers import paper_date
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.queries import posts_of
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Column, Extract
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.base.web.slots import Slot

LONG = 2_000
"""More rows than these are not waited for."""
IN_WORKER = "asked_by_worker"
"""Set on the request with which the worker asks for the same file again: a function that is told how many rows are
written."""
long_exports: Slot = Slot(
    "takes an export off the page: f(request, file_name, kind, count) -> HttpResponse; the first one answers"
)
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_KINDS: dict[str, ColumnKind] = {
    "number": "number",
    "decimal": "decimal",
    "money": "money",
    "date": "date",
    "due": "date",
    "state": "short",
    "moment": "short",
}
_WIDTHS = {"long": 42.0, "text": 16.0, "money": 14.0, "moment": 17.0}


def ledger_file(request: HttpRequest, extract: Extract, kind: str, count: int) -> HttpResponse:
    """The file, or the page that says where it will be found."""
    name = f"{extract.file_name}.{kind}"
    if count > LONG and not hasattr(request, IN_WORKER):
        for taker in long_exports:
            taken: HttpResponse = taker(request, name, kind, count)
            return taken
    user = request.user
    filed_by = _body_of(user) if isinstance(user, User) else ""
    content = content_of(extract, kind, str(user), getattr(request, IN_WORKER, None), filed_by)
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def content_of(
    extract: Extract,
    kind: str,
    who: str,
    written: Callable[[int], object] | None = None,
    filed_by: str = "",
) -> bytes:
    """The extract as a file of this kind; its foot says what it is, counted how, taken by whom and when.

    `filed_by`: the body that the line under the title names, beside the day.
    """
    sheet = LedgerSheet(
        extract.title,
        table_columns(extract.columns),
        table_rows(extract.columns, _told(extract.records, written) if written else extract.records),
        foot=lambda count: extract.foot(count, who),
        head_line=_head_line(filed_by) if filed_by else "",
    )
    return ledger_csv(sheet) if kind == "csv" else ledger_xlsx(sheet)


def _head_line(filed_by: str) -> str:
    """As on the forms of the campaign: room for the seal, and the day."""
    return f"填报单位（盖章）：{filed_by}{'　' * 8}填报时间：{paper_date(clock.today())}"


def _body_of(user: User) -> str:
    """The unit or group for which this user acts: the first in which a post is held."""
    held = posts_of(user.person, clock.today()).first()
    body = (held.post.unit or held.post.group) if held else None
    return body.name if body else ""


def _told(records: Iterable[Any], written: Callable[[int], object]) -> Iterator[Any]:
    """The records one after the other; each that is done is told."""
    for number, record in enumerate(records, 1):
        yield record
        written(number)


def table_columns(columns: Sequence[Column]) -> list[TableColumn]:
    return [
        TableColumn(str(column.title), _WIDTHS.get(column.kind, 13.0), _KINDS.get(column.kind, "text"))
        for column in columns
    ]


def table_rows(columns: Sequence[Column], records: Iterable[Any]) -> Iterator[list[Value]]:
    kinds = [(column, column.kind) for column in columns]
    for record in records:
        yield [_value(kind, column.of(record)) for column, kind in kinds]


def _value(kind: str, value: Any) -> Value:
    """A value as a spreadsheet holds it: dates and sums as such, marks in words."""
    if value is None or value == "":
        return None
    if isinstance(value, Due):
        return value.day
    if kind == "money":
        return Decimal(value) / 100
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value if kind in ("number", "decimal", "date") else str(value)
