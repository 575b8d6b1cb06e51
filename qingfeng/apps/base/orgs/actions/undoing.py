"""Taking back an import of units, groups and people, as long as nothing builds on any of it.

What the file made never came into use: it is void, with the reason, read by nobody, and its codes are free again.
What the file changed gets its earlier values, if nobody changed it since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.actions.units import move_unit
from qingfeng.apps.base.orgs.models import Person, Unit, UnitClosure, UnitImport, User, Voidable
from qingfeng.apps.base.orgs.permissions import check_can_manage_accounts, check_can_manage_units
from qingfeng.apps.base.records.actions import action, change, create, note
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.records.presenters.subjects import SUBJECTS
from qingfeng.apps.base.records.references import new_reference
from qingfeng.apps.base.web.errors import Refused

MADE = frozenset(
    {
        "unit.created",
        "group.created",
        "oversight.begun",
        "person.registered",
        "post.created",
        "appointment.begun",
    }
)
OPENED = "account.created"
"""Noted on the person to whom the account belongs."""
Step = tuple[str, str, Mapping[str, Any]]


def remember(name: str, counts: Mapping[str, int], noted: Iterable[Step], by: User) -> UnitImport:
    """What an import did, kept with it; part of the import's own action."""
    steps = [
        [kind, subject, {field: both["from"] for field, both in content.get("changed", {}).items()}]
        for kind, subject, content in noted
    ]
    row = UnitImport(
        reference=new_reference(),
        file_name=name,
        counts=dict(counts),
        steps=steps,
        taken_at=timezone.now(),
        taken_by=by,
    )
    return create(row, by=by, kind="unit_import.taken", payload={"file": name, "counts": dict(counts)})


def check_can_undo_import(by: User, batch: UnitImport) -> None:
    """Whoever keeps the organisation, until something builds on what was imported."""
    check_can_manage_units(by)
    if batch.undone_at is not None:
        raise Refused(_("这次导入已经撤销。"))
    if any(kind == OPENED for kind, _subject, _before in batch.steps):
        check_can_manage_accounts(by)
    _check_untouched(batch)
    made = _made(batch)
    for model, keys in made.items():
        _check_nothing_points_to(model, keys, made)


@action
def undo_import(*, batch: UnitImport, by: User) -> UnitImport:
    """All of it, the last step first."""
    check_can_undo_import(by, batch)
    void = {
        "voided_at": timezone.now(),
        "voided_by": by,
        "void_reason": _("“%(file)s”的导入已撤销") % {"file": batch.file_name},
    }
    for kind, subject, before in reversed(batch.steps):
        row = _row(subject)
        if kind == OPENED:
            assert isinstance(row, Person)  # accounts are noted on their person
            User.objects.filter(person=row).update(**void, is_active=False)
            note(row, "account.taken_back", by=by)
        elif kind in MADE:
            _void(row, kind, void, by)
        else:
            _restore(row, kind, before, by)
    to = {"undone_at": timezone.now(), "undone_by": by}
    return change(batch, by=by, kind="unit_import.undone", to=to, when={"undone_at": None})


def _void(row: Any, kind: str, to: Mapping[str, Any], by: User) -> None:
    payload = {"changed": {}, "reason": to["void_reason"]}
    change(row, by=by, kind=f"{kind.partition('.')[0]}.taken_back", to=to, payload=payload)
    if isinstance(row, Unit):
        # Above whom it stood is no record: it is drawn from the tree.
        UnitClosure.objects.filter(descendant=row).delete()


def _restore(row: Any, kind: str, before: Mapping[str, Any], by: User) -> None:
    if "parent" in before:
        move_unit(unit=row, parent=Unit.objects.get(pk=before["parent"]["id"]), by=by)
        return
    fields = {name: row._meta.get_field(name) for name in before}
    to = {
        name: before[name] if isinstance(field, ForeignKey) else field.to_python(before[name])
        for name, field in fields.items()
    }
    change(row, by=by, kind=f"{kind.partition('.')[0]}.restored", to=to)


def _row(subject: str) -> Any:
    label, _colon, key = subject.partition(":")
    return apps.get_model(label)._base_manager.get(pk=int(key))


def _made(batch: UnitImport) -> dict[type[Model], set[int]]:
    """The keys of the rows that it made, model by model; accounts by their person."""
    found: dict[type[Model], set[int]] = defaultdict(set)
    people: set[int] = set()
    for kind, subject, _before in batch.steps:
        label, _colon, key = subject.partition(":")
        if kind in MADE:
            found[apps.get_model(label)].add(int(key))
        elif kind == OPENED:
            people.add(int(key))
    if people:
        found[User] |= set(User.objects.filter(person_id__in=people).values_list("pk", flat=True))
    return found


def _check_untouched(batch: UnitImport) -> None:
    """Nothing was changed since by anybody."""
    taken = Event.objects.filter(subject=batch.subject, kind="unit_import.taken").values("pk")[:1]
    subjects = {subject for _kind, subject, _before in batch.steps}
    later = Event.objects.filter(subject__in=subjects, pk__gt=taken).order_by("pk").first()
    if later is not None:
        raise Refused(
            _("导入的%(what)s后来又有变动，不能整批撤销；请逐项更正。") % {"what": _named(later.subject)}
        )


def _check_nothing_points_to(
    model: type[Model], keys: set[int], made: Mapping[type[Model], set[int]]
) -> None:
    for relation in model._meta.get_fields(include_hidden=True):
        related: Any = relation.related_model
        if not relation.auto_created or relation.concrete or related in (None, UnitClosure):
            continue
        if not (relation.one_to_many or relation.one_to_one):
            continue
        rows = related._base_manager.filter(**{f"{relation.field.name}__in": keys})  # type: ignore[union-attr]
        if issubclass(related, Voidable):
            rows = rows.filter(voided_at=None)
        if rows.exclude(pk__in=made.get(related, set())).exists():
            words = SUBJECTS.get(related._meta.label_lower) or related._meta.verbose_name
            raise Refused(
                _("导入的%(what)s已经有了%(other)s，不能整批撤销；请逐项办理。")
                % {"what": SUBJECTS.get(model._meta.label_lower, model._meta.verbose_name), "other": words}
            )


def _named(subject: str) -> str:
    label = subject.partition(":")[0]
    return f"{SUBJECTS.get(label, '')}“{_row(subject)}”"
