"""Fields as the offices fill them: yuan, dates in every usual form, “unit: task” line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Person, Unit
from qingfeng.apps.work.problems.spellings import lines_of, pair_of, read_count, read_day, read_fen


class DayField(forms.Field):
    """A date, typed in any usual form or picked."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> date | None:
        try:
            return read_day(value)
        except ValueError as error:
            raise ValidationError(
                _("“%(text)s”不是有效日期，请写成2026-06-08的样子。") % {"text": str(value)[:30]}
            ) from error


class YuanField(forms.Field):
    """Money: typed in yuan, kept in fen."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 20, "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None  # left empty: nothing is said, which is not nought
        try:
            return read_fen(value)
        except ValueError as error:
            raise ValidationError(
                _("“%(text)s”不是有效金额，请以元为单位填写，最多两位小数。") % {"text": str(value)[:30]}
            ) from error

    def prepare_value(self, value: Any) -> Any:
        """Fen as yuan; what was typed stays as typed."""
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value


class CountField(forms.Field):
    """A number of people."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 12, "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return read_count(value)
        except ValueError as error:
            raise ValidationError(
                _("“%(text)s”不是有效人数，请填写整数。") % {"text": str(value)[:30]}
            ) from error


class PairsField(forms.CharField):
    """One pair a line: a name, a mark, and the rest."""

    def __init__(self, *, missing: Any, limits: tuple[int, int], **given: Any) -> None:
        given.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(required=False, **given)
        self.missing, self.limits = missing, limits

    def clean(self, value: Any) -> tuple[tuple[str, str], ...]:
        pairs = tuple(pair_of(line) for line in lines_of(super().clean(value)))
        for first, second in pairs:
            if not first or not second:
                raise ValidationError(self.missing % {"line": f"{first}{second}"[:30]})
            if len(first) > self.limits[0] or len(second) > self.limits[1]:
                raise ValidationError(_("“%(line)s”过长，请缩短。") % {"line": first[:20]})
        return pairs


class OrdersField(forms.CharField):
    """Numbers of suggestions: 1、2."""

    def clean(self, value: Any) -> tuple[int, ...]:
        parts = "".join(letter if letter.isdigit() else " " for letter in super().clean(value)).split()
        return tuple(int(part) for part in parts)


class TypeAhead(forms.TextInput):
    """A box in which a name is typed, with the names that are offered; a plain box where there is no script."""

    template_name = "problems/_type_ahead.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.offered: Callable[[], Iterable[tuple[str, str]]] = tuple

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_offered"
        context["offered"] = self.offered()
        return context


class UnitNameField(forms.CharField):
    """A unit by its name, short name or code, out of those offered."""

    widget = TypeAhead

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=130, **given)
        self._units: QuerySet[Unit] = Unit.objects.none()

    def offer(self, units: QuerySet[Unit]) -> None:
        """The units to choose from; asked only when the box is drawn or read."""
        self._units = units
        self.widget.offered = self._offered

    def _offered(self) -> list[tuple[str, str]]:
        rows = list(self._units.values_list("name", "code"))
        names = [name for name, _code in rows]
        return [(name if names.count(name) == 1 else f"{name}（{code}）", code) for name, code in rows]

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        name, _bracket, code = text.rstrip("）)").replace("(", "（").rpartition("（")
        wanted = Q(name=text) | Q(short_name=text) | Q(code=text) | Q(name=name, code=code)
        found = list(self._units.filter(wanted)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_("有几个单位叫“%(name)s”，请从列表里选带代码的那一个。") % {"name": text})
        raise ValidationError(
            _("没有可选的单位叫“%(name)s”，请输入全称、简称或代码，或从列表里选。") % {"name": text[:30]}
        )

    def prepare_value(self, value: Any) -> Any:
        """The name of a unit, also when it is given by its id."""
        unit = self._units.filter(pk=value).first() if isinstance(value, int) else value
        return unit.name if isinstance(unit, Unit) else value


class PersonNameField(forms.CharField):
    """A person by name or staff number, out of those offered."""

    widget = TypeAhead

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=80, **given)
        self._people: QuerySet[Person] = Person.objects.none()

    def offer(self, people: QuerySet[Person]) -> None:
        """The people to choose from; asked only when the box is drawn or read."""
        self._people = people
        self.widget.offered = self._offered

    def _offered(self) -> list[tuple[str, str]]:
        rows = self._people.order_by("name", "staff_no").values_list("name", "staff_no")
        return [(f"{name}（{number}）", "") for name, number in rows]

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        name, _bracket, number = text.rstrip("）)").replace("(", "（").rpartition("（")
        wanted = Q(name=text) | Q(staff_no=text) | Q(name=name, staff_no=number)
        found = list(self._people.filter(wanted).distinct()[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_("有几个人叫“%(name)s”，请从列表里选带工号的那一个。") % {"name": text})
        raise ValidationError(
            _("没有可选的人叫“%(name)s”，请输入姓名或工号，或从列表里选。") % {"name": text[:30]}
        )


def body_key(body: Unit | Group) -> str:
    """A filing or finding body as the value of a select: unit:5, group:3."""
    return f"{'unit' if isinstance(body, Unit) else 'group'}:{body.pk}"


MOST_IN_A_LIST = 15
"""Bodies beyond that are typed, not searched in a list."""


class BodyField(forms.TypedChoiceField):
    """A unit or group for which the user acts. The only one is not asked for."""

    def offer(self, bodies: Iterable[Unit | Group]) -> None:
        by_key = {body_key(body): body for body in bodies}
        self.choices = [(key, body.name) for key, body in by_key.items()]
        self.coerce = _finder(by_key)
        self.by_name = {body.name: key for key, body in by_key.items()}
        self.only = next(iter(by_key.values())) if len(by_key) == 1 else None
        if by_key:
            self.initial = next(iter(by_key))
        if len(by_key) > MOST_IN_A_LIST:
            self.widget = TypeAhead()
            self.widget.offered = lambda: [(name, "") for name in self.by_name]

    def clean(self, value: Any) -> Any:
        """By key, or by the name that was typed."""
        return super().clean(self.by_name.get(value, value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(self.widget, TypeAhead):
            known: dict[Any, Any] = dict(self.choices)  # type: ignore[arg-type]  # a field of choices has pairs
            return known.get(value, value)
        return value


class FilesInput(forms.FileInput):
    """Several files in one box."""

    allow_multiple_selected = True


def _finder(by_key: dict[str, Unit | Group]) -> Callable[[Any], Any]:
    return lambda key: by_key[key] if isinstance(key, str) else key


def text_box(rows: int = 3, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def people_list(**attrs: Any) -> forms.TextInput:
    """A name, offered from the unit's people (the page carries the list `people`)."""
    return forms.TextInput(attrs={"list": "people", "autocomplete": "off", **attrs})
