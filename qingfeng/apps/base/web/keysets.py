"""Keyset paging: the place in a list is the values of its last row, so that a deep page costs what the first does.

Empty values come last in either direction, on every database alike.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy


def value_at(record: Any, path: str) -> Any:
    """The value at the end of a path such as `lead_unit__short_name`; None where the path breaks off."""
    for name in path.split("__"):
        if record is None:
            return None
        record = getattr(record, name)
    return record


@dataclass(frozen=True)
class Key:
    """One field of the ordering."""

    name: str
    descending: bool
    field: Field | None
    """None for an annotation."""
    nullable: bool = True
    """Whether the field, one on the way to it, or an annotation may be empty."""

    def order(self, *, backwards: bool) -> OrderBy:
        expression = F(self.name)
        if self.descending != backwards:
            return (
                expression.desc(nulls_last=not backwards or None, nulls_first=backwards or None)
                if self.nullable
                else expression.desc()
            )
        return (
            expression.asc(nulls_last=not backwards or None, nulls_first=backwards or None)
            if self.nullable
            else expression.asc()
        )

    def equal(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any, *, backwards: bool) -> Q | None:
        """The rows further on by this field alone; None when nothing can be."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if backwards else None
        found = Q(**{f"{self.name}__{'lt' if self.descending != backwards else 'gt'}": value})
        return found | Q(**{f"{self.name}__isnull": True}) if self.nullable and not backwards else found

    def read(self, value: Any) -> Any:
        return self.field.to_python(value) if self.field and value is not None else value


@dataclass(frozen=True)
class Keyset:
    """An ordering that ends with something unique."""

    keys: tuple[Key, ...]

    @classmethod
    def of(cls, model: type[Model], names: Sequence[str]) -> Keyset:
        seen: dict[str, Key] = {}
        for name in [*names, *([] if {"pk", "-pk"} & set(names) else ["-pk"])]:
            plain = name.removeprefix("-")
            seen.setdefault(plain, Key(plain, name.startswith("-"), *_field(model, plain)))
        return cls(tuple(seen.values()))

    def order(self, rows: QuerySet, *, backwards: bool = False) -> QuerySet:
        return rows.order_by(*(key.order(backwards=backwards) for key in self.keys))

    def after(self, rows: QuerySet, values: Sequence[Any]) -> QuerySet:
        return self.order(rows.filter(self._beyond(values, backwards=False)))

    def before(self, rows: QuerySet, values: Sequence[Any]) -> QuerySet:
        """Nearest first, that is in reverse."""
        return self.order(rows.filter(self._beyond(values, backwards=True)), backwards=True)

    def reverse(self) -> Keyset:
        """The same order from its end; empty values last, as ever."""
        return Keyset(tuple(replace(key, descending=not key.descending) for key in self.keys))

    def spans(self, rows: QuerySet, values: Sequence[Any] | None, *, backwards: bool) -> list[QuerySet]:
        """The rows from this place on, without a place from the first one, in pieces that have none in common. Each is one
        stretch of an index in this order: no piece has an “or”, or empty values among others, for which none is."""
        first, rest = self.keys[0], Keyset(self.keys[1:])
        plain = Keyset((replace(first, nullable=False), *rest.keys))
        empty = rest.order(rows.filter(first.equal(None)), backwards=backwards)
        filled = rows.filter(**{f"{first.name}__isnull": False}) if first.nullable else rows
        if values is None:
            return [plain.order(filled), *([empty] if first.nullable else [])]
        value, others = values[0], values[1:]
        step = rest.before if backwards else rest.after
        pieces = [step(rows.filter(first.equal(value)), others)]
        if value is None:
            return [*pieces, plain.order(filled, backwards=True)] if backwards else pieces
        further = plain.keys[0].beyond(value, backwards=backwards)
        pieces.append(plain.order(rows.filter(further), backwards=backwards))
        return [*pieces, empty] if first.nullable and not backwards else pieces

    def merged(self, pieces: Sequence[QuerySet], *, backwards: bool) -> QuerySet:
        """All rows of these pieces, which have none in common, in this order: of each its key, then what it is sorted by."""
        names = [key.name for key in self.keys if key.name != "pk"]
        first, *others = (piece.values_list("pk", *names) for piece in pieces)
        return self.order(first.union(*others, all=True) if others else first, backwards=backwards)

    def cursor(self, record: Any) -> str:
        """The place of this record, fit for an address."""
        values = [value_at(record, key.name) for key in self.keys]
        return (
            base64.urlsafe_b64encode(json.dumps(values, cls=DjangoJSONEncoder).encode()).decode().rstrip("=")
        )

    def _beyond(self, values: Sequence[Any], *, backwards: bool) -> Q:
        condition = Q(pk__in=[])
        for key, value in reversed(list(zip(self.keys, values, strict=True))):
            condition = key.equal(value) & condition
            further = key.beyond(value, backwards=backwards)
            if further is not None:
                condition = further | condition
        return condition


def read_cursor(text: str, keyset: Keyset) -> list[Any] | None:
    """The values of a place; None when the text is empty or not ours, which means the first page."""
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(keyset.keys):
            return None
        return [key.read(value) for key, value in zip(keyset.keys, values, strict=True)]
    except (ValueError, TypeError, ValidationError, binascii.Error):
        return None


def _field(model: type[Model], path: str) -> tuple[Field | None, bool]:
    """The field at the end of a path, and whether the path may end in nothing."""
    current: Any = model
    field, nullable = None, False
    for name in path.split("__"):
        try:
            field = current._meta.pk if name == "pk" else current._meta.get_field(name)
        except FieldDoesNotExist:
            return None, True
        nullable = nullable or field.null
        current = field.related_model or current
    return field, nullable
