"""Obligations in tables: 任务分工表 with columns for task, bearer, time and recipient."""

import re
from collections.abc import Iterator
from dataclasses import replace

from qingfeng.planreader.bodies import is_body, is_listed, recipients, repeats, split_bodies
from qingfeng.planreader.dates import find_dates
from qingfeng.planreader.lines import Line, fold
from qingfeng.planreader.loose_times import times_in_words
from qingfeng.planreader.model import Obligation
from qingfeng.planreader.obligations import timed
from qingfeng.planreader.outline import Outline
from qingfeng.planreader.recurrence import Rhythm, find_rhythms
from qingfeng.planreader.sentences import Time
from qingfeng.planreader.stages import StagePlace
from qingfeng.planreader.tables import Table, tables_of
from qingfeng.planreader.triggers import find_triggers
from qingfeng.planreader.wording import channel_of, form_of, is_told
from qingfeng.planreader.years import Years

_NO_BODY = re.compile(r"^[-—/无]*$")


def find_in_tables(outline: Outline, years: Years, stages: list[StagePlace]) -> list[Obligation]:
    """The obligations of the task tables in the text and among the attachments."""
    rows = [p.line for p in outline.paragraphs if p.line.is_row]
    rows += [line for attachment in outline.attachments for line in attachment.lines if line.is_row]
    stage_rows = {place.stage.line: place for place in stages}
    found: list[Obligation] = []
    for table in tables_of(rows):
        if not _sets_duties(table):
            continue
        last_who, last_stage, place = "", "", None
        for row in table.rows:
            if len(row.cells) < 2:
                continue
            item_who = table.cell(row, "who") or last_who
            last_who = item_who
            stage = table.cell(row, "stage")
            place = stage_rows.get(row.number) or (place if stage in {last_stage, ""} else None)
            last_stage = stage
            found += _in_row(table, row, item_who, years, place)
    return found


def _sets_duties(table: Table) -> bool:
    """Has it tasks and times, or at least bearers beside tasks that tell their own times (机制、责任单位、要求)?"""
    if table.column("time") is None and table.column("end") is None:
        return table.column("who") is not None and table.column("what") is not None
    return table.column("what") is not None or table.column("stage") is not None


def _spoken_in(table: Table, cells: tuple[str, ...]) -> list[int]:
    """The columns of tasks in which times are told; a bare name (周报告) only where no other cell says more."""
    columns = [c for c in table.columns("what") if c < len(cells)]
    told = [(c, [thing for _, _, thing in _times(fold(cells[c]).text)]) for c in columns]
    spelt = [c for c, things in told if any(not _is_name(thing) for thing in things)]
    return spelt or [c for c, things in told if things]


def _is_name(thing: Time) -> bool:
    return isinstance(thing, Rhythm) and thing.named is not None


def _in_row(
    table: Table, row: Line, who_text: str, years: Years, place: StagePlace | None
) -> Iterator[Obligation]:
    """The duties of a row; the first time of a stage's row is that of the stage."""
    cells = row.columns
    time_columns = [column for column in _time_columns(table, place) if column < len(cells)]
    told = [cells[c].strip() for c in table.columns("what") if c < len(cells)]
    what = "；".join(dict.fromkeys(text for text in told if text))
    who = _bearers(who_text)
    deliver = fold(table.cell(row, "deliver")).text
    deliver = "" if deliver in {fold(text).text for text in told} else deliver
    to = _recipients(deliver, what)
    if not what:
        return
    if place is not None:
        years = years.within(place.window)
    timed_columns = [column for column in time_columns if any(_times(fold(cells[column]).text))]
    spoken = [] if timed_columns else _spoken_in(table, cells)
    for column in timed_columns or spoken:
        cell = fold(cells[column])
        for begin, end, thing in _times(cell.text):
            base = Obligation(
                who=who, what=what, deliver_to=to, start=None, due=None, due_text=None, recurrence=None, condition=None, trigger=None,
                channel=channel_of(row.plain), form=form_of(fold(what).text), stage=place.stage.number if place else None, repeats_per_unit=repeats(who),
                quote=row.text.strip(), line=row.number,
            )  # fmt: skip
            product = _product(cell.text[:begin] + cell.text[end:]) if column in timed_columns else ""
            base = replace(base, what=f"{what}；{product}") if product else base
            yield timed(base, thing, years, cell.quote(begin, end))


def _recipients(cell: str, what: str) -> tuple[str, ...]:
    """To whom: as the cell says, else as the task says."""
    if not cell:
        return recipients(fold(what).text)
    if _NO_BODY.match(cell):
        return ()
    return tuple(part for part in split_bodies(cell) if is_body(part) or len(part) < 20)


def _time_columns(table: Table, place: StagePlace | None) -> list[int]:
    """The columns that set limits; in the row of a stage its own days set none."""
    if table.column("end") is not None:
        return table.columns("time") + (table.columns("end") if place is None else [])
    return table.columns("time")[place is not None :]


def _bearers(text: str) -> tuple[str, ...]:
    """The bearers of a cell, one a line or parted by 、 and the like."""
    pieces = [piece for piece in re.split(r"[\s/／;；]+", text) if piece]
    if len(pieces) > 1 and all(is_listed(fold(piece).text) for piece in pieces):
        text = "、".join(pieces)
    return split_bodies(fold(text).text)


def _product(rest: str) -> str:
    """What a time cell names besides the time: 自查报告，5月22日前."""
    rest = re.split(r"[；。]", rest)[0].strip("，、（）：:于 ")
    tells = re.search(r"完成|长期|坚持|推进|持续|各?一次|\d|年|月|前$|并", rest)
    return "" if tells or not 2 <= len(rest) <= 16 else rest


def _times(text: str) -> Iterator[tuple[int, int, Time]]:
    """The times of a cell: rhythms, else triggers, and dates outside of them."""
    rhythms = find_rhythms(text) or find_rhythms(
        "每" + text if re.match(r"(?:周|月|季度?|半年)(?:\d|末|底|[一二三四五])", text) else ""
    )
    shift = 1 if rhythms and not find_rhythms(text) else 0
    for rhythm in rhythms:
        yield max(0, rhythm.begin - shift), rhythm.end - shift, rhythm
    triggers = find_triggers(text, 0, len(text))
    for trigger in triggers:
        if not any(r.begin < trigger.end and trigger.begin < r.end for r in rhythms):
            yield trigger.begin, trigger.end, trigger
    hidden = tuple((r.begin, r.end) for r in rhythms) + tuple((t.begin, t.end) for t in triggers)
    if not hidden:
        yield from ((loose.begin, loose.end, loose) for loose in times_in_words(text, 0, len(text)))
    for mention in find_dates(text, hidden if not shift else ()):
        opens = mention.bound == "from" and not mention.is_range
        bounds_rhythm = bool(rhythms) and mention.is_range
        if (
            mention.bound != "since"
            and not opens
            and not bounds_rhythm
            and not is_told(text, mention.begin, mention.end)
        ):
            yield mention.begin, mention.end, mention
