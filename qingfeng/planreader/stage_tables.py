"""Stages in tables: one column of spans, two columns of days, or the days beside the name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qingfeng.planreader.dates import Mention, find_dates
from qingfeng.planreader.lines import Line, fold
from qingfeng.planreader.tables import Table, tables_of

_ORDINAL = re.compile(
    r"^(?:第.{1,2}(?:个?阶段|步骤?|环节)|(?:阶段|步骤)?[（(]?[一二三四五六七八九十\d]{1,2}[)）]?(?:[、.：:]|$))[：:、，-]*"
)
_DAYS = re.compile(r"（[^（）]*※[^（）]*）|（[^（）]*※.*$|※")
_LONGEST_NAME = 24


def stage_rows(rows: Sequence[Line]) -> list[tuple[str, Mention, Line]]:
    """Name, days and row of each stage in the first table that holds stages."""
    for table in tables_of(rows):
        found = list(_stages_of(table)) if table.column("stage") is not None else []
        if len(found) > 1:
            return found
    return []


def _stages_of(table: Table) -> Iterator[tuple[str, Mention, Line]]:
    last = ""
    for row in table.rows:
        if len(row.columns) < 2:
            continue
        name, days = _name_of(table, row), _days_of(table, row)
        if name and days and name != last:
            last = name
            yield name, days, row


def _name_of(table: Table, row: Line) -> str:
    """The name without its number and days; 第一阶段 alone takes the short task beside it."""
    written = "".join(table.cell(row, "stage").split())
    text = fold(written).text
    for mention in reversed(find_dates(text)):
        text = text[: mention.begin] + "※" + text[mention.end :]
    name = _ORDINAL.sub("", _DAYS.sub("", text)).strip("：:、，,-（）")
    if name:
        return name
    beside = "".join(table.cell(row, "what").split())
    return beside if 2 <= len(beside) <= _LONGEST_NAME else written


def _days_of(table: Table, row: Line) -> Mention | None:
    """From the columns of first and last day, else the column of time, else the name, else the whole row."""
    first, last = (find_dates(fold(table.cell(row, role)).text) for role in ("start", "end"))
    if first and last:
        return _span(first[0], last[-1])
    for text in (table.cell(row, "time"), table.cell(row, "stage"), row.text):
        found = find_dates(fold(text).text)
        if len(found) == 2 and not found[0].is_range and not found[1].is_range and text != row.text:
            return _span(found[0], found[1])
        if found:
            return found[0]
    return None


def _span(first: Mention, last: Mention) -> Mention:
    if first == last or first.is_range:
        return first
    return replace(first, close=last.final, bound="on", text=f"{first.text}至{last.text}")
