"""What people write under added columns, read as the kind that the column is: one sentence for what does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.documents.papers import printable
from qingfeng.apps.base.orgs.models import Appointment, Person, Unit, UnitClosure
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, ColumnKind, ExtraColumn
from qingfeng.apps.work.problems.models.extra_values import DECIMALS, SCALE, plain_number
from qingfeng.apps.work.problems.spellings import is_nothing, plain, read_day

LONGEST_TEXT = 200
LARGEST = 10**11
"""With four decimals fifteen digits: what a spreadsheet still holds exactly."""
NO_PERSON = gettext_lazy("“%(name)s”：没有在职人员叫“%(text)s”，请写姓名或工号。")
SEVERAL_PERSONS = gettext_lazy("“%(name)s”：有几个人叫“%(text)s”，请改写工号。")
NO_UNIT = gettext_lazy("“%(name)s”：没有单位叫“%(text)s”，请写单位全称、简称或代码。")
SEVERAL_UNITS = gettext_lazy("“%(name)s”：有几个单位叫“%(text)s”，请改写单位代码。")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


@dataclass(frozen=True)
class Value:
    """A value as it is kept; the words are those that stand on pages and papers."""

    text: str = ""
    number: int | None = None
    day: date | None = None
    person: Person | None = None
    unit: Unit | None = None

    @property
    def shown(self) -> str | Decimal | date:
        """As pages and files hold it."""
        if self.number is not None:
            return plain_number(self.number)
        return self.day or self.text


class ValueReader:
    """Reads the values of one campaign; a name that comes again is not looked up again."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._known: dict[tuple[str, str], Value] = {}

    def read(self, column: ExtraColumn, raw: Any) -> Value | None:
        """None when nothing was written; BadInput names the column and what to write instead."""
        if raw is None or raw == "":
            return None
        if column.kind == ColumnKind.TEXT:
            return self._text(column, raw)
        if column.kind == ColumnKind.NUMBER:
            return self._number(column, raw)
        words = _one_line(raw)
        if not words or (is_nothing(words) and words not in column.choices):
            return None
        return self._readers[column.kind](self, column, raw, words)

    def _text(self, column: ExtraColumn, raw: Any) -> Value | None:
        words = _one_line(raw)
        if len(words) > LONGEST_TEXT:
            given = {"name": column.name, "count": len(words), "most": LONGEST_TEXT}
            raise BadInput(_("“%(name)s”写了%(count)d个字，最多%(most)d个字，请缩短。") % given)
        return Value(text=words) if words else None

    def _number(self, column: ExtraColumn, raw: Any) -> Value | None:
        words = _one_line(raw)
        if not words or (isinstance(raw, str) and is_nothing(words)):
            return None
        given = {"name": column.name, "text": words[:30], "decimals": DECIMALS}
        number = _decimal(raw)
        if number is None:
            raise BadInput(_("“%(name)s”的“%(text)s”不是数字，请只写数字，如12.5。") % given)
        if abs(number) >= LARGEST:
            raise BadInput(_("“%(name)s”的“%(text)s”太大，整数部分最多11位。") % given)
        scaled = number * SCALE
        if scaled != scaled.to_integral_value():
            raise BadInput(_("“%(name)s”的“%(text)s”小数位太多，最多%(decimals)d位。") % given)
        return Value(number=int(scaled))

    def _day(self, column: ExtraColumn, raw: Any, words: str) -> Value | None:
        try:
            day = read_day(raw if isinstance(raw, date) else words)
        except ValueError as error:
            given = {"name": column.name, "text": words[:30]}
            raise BadInput(
                _("“%(name)s”的“%(text)s”不是有效日期，请写成2026-06-08的样子。") % given
            ) from error
        return Value(day=day) if day else None

    def _choice(self, column: ExtraColumn, _raw: Any, words: str) -> Value:
        found = next((choice for choice in column.choices if plain(choice) == plain(words)), "")
        if not found:
            given = {"name": column.name, "text": words[:30], "choices": "、".join(column.choices)}
            raise BadInput(_("“%(name)s”的“%(text)s”不在可选范围内（%(choices)s）。") % given)
        return Value(text=found)

    def _person(self, column: ExtraColumn, raw: Any, words: str) -> Value:
        def look_up() -> Value:
            rows = self._people()
            if isinstance(raw, Person):
                found = list(rows.filter(pk=raw.pk))
            else:
                name, number = _with_mark(words)
                wanted = Q(name=words) | Q(staff_no=words) | Q(name=name, staff_no=number)
                found = list(rows.filter(wanted).distinct()[:2])
            person = _the_one(found, column, words, NO_PERSON, SEVERAL_PERSONS)
            alone = rows.filter(name=person.name).distinct().count() == 1
            return Value(text=person.name if alone else f"{person.name}（{person.staff_no}）", person=person)

        return self._remembered(column, raw, words, look_up)

    def _unit(self, column: ExtraColumn, raw: Any, words: str) -> Value:
        def look_up() -> Value:
            rows = self._units()
            if isinstance(raw, Unit):
                found = list(rows.filter(pk=raw.pk))
            else:
                name, code = _with_mark(words)
                wanted = Q(name=words) | Q(short_name=words) | Q(code=words) | Q(name=name, code=code)
                found = list(rows.filter(wanted)[:2])
            unit = _the_one(found, column, words, NO_UNIT, SEVERAL_UNITS)
            alone = rows.filter(name=unit.name).count() == 1
            return Value(text=unit.name if alone else f"{unit.name}（{unit.code}）", unit=unit)

        return self._remembered(column, raw, words, look_up)

    def _remembered(self, column: ExtraColumn, raw: Any, words: str, look_up: Callable[[], Value]) -> Value:
        key = (column.kind, f"pk {raw.pk}" if isinstance(raw, Person | Unit) else words)
        if key not in self._known:
            self._known[key] = look_up()
        return self._known[key]

    def _below(self) -> QuerySet:
        return UnitClosure.objects.filter(ancestor_id=self._campaign.root_unit_id).values("descendant_id")

    def _units(self) -> QuerySet[Unit]:
        return Unit.objects.on(clock.today()).filter(pk__in=self._below())

    def _people(self) -> QuerySet[Person]:
        """Those in post in the campaign's district, or in a group that sits there."""
        held = Appointment.objects.on(clock.today()).filter(
            Q(post__unit_id__in=self._below()) | Q(post__group__home_unit_id__in=self._below())
        )
        return Person.objects.filter(pk__in=held.values("person_id"))

    _readers: Mapping[str, Callable[..., Value | None]] = {
        ColumnKind.DATE: _day,
        ColumnKind.CHOICE: _choice,
        ColumnKind.PERSON: _person,
        ColumnKind.UNIT: _unit,
    }


def _the_one(found: list[Any], column: ExtraColumn, words: str, none: Any, several: Any) -> Any:
    if len(found) != 1:
        raise BadInput((several if found else none) % {"name": column.name, "text": words[:30]})
    return found[0]


def _with_mark(words: str) -> tuple[str, str]:
    """A name and what stands in brackets behind it: 张三（T001）."""
    name, _bracket, mark = words.rstrip("）)").replace("(", "（").rpartition("（")
    return name.strip(), mark.strip()


def _one_line(raw: Any) -> str:
    """Words on one line, without what no file can hold; whole numbers of spreadsheets without their “.0”."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return " ".join(printable(str(raw)).split())


def _decimal(raw: Any) -> Decimal | None:
    """The number exactly as written; a spreadsheet's by the fifteen digits that it shows."""
    if isinstance(raw, float):
        raw = f"{raw:.15g}" if abs(raw) < LARGEST else str(LARGEST)
    if isinstance(raw, int | Decimal):
        return Decimal(raw) if Decimal(raw).is_finite() else None
    text = plain(raw).replace(",", "").replace("，", "").replace(" ", "")
    if "e" in text.lower() and isinstance(raw, str) and not _NUMBER.fullmatch(text):
        return Decimal(text) if re.fullmatch(r"[-+]?\d(\.\d+)?[eE][-+]\d{1,2}", text, re.ASCII) else None
    return Decimal(text) if _NUMBER.fullmatch(text) else None
