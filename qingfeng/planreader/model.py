"""What a plan document says, as frozen records; `Draft.as_dict()` is the JSON of `qingfeng plan read`."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Basis:
    """A document from above on which the plan rests."""

    title: str
    document_no: str | None
    line: int


@dataclass(frozen=True)
class Period:
    """The span of the whole campaign."""

    start: date | None
    end: date | None


@dataclass(frozen=True)
class Content:
    """One numbered category of what is governed (治理内容)."""

    number: int
    title: str
    text: str
    line: int


@dataclass(frozen=True)
class Stage:
    """One step of the plan; `kind` is a slug of the glossary."""

    number: int
    name: str
    kind: str
    start: date | None
    end: date | None
    line: int


@dataclass(frozen=True)
class Recurrence:
    """A rhythm: how often, and on which day of the period (-1 is its last day)."""

    every: str
    day: int | None = None
    weekday: int | None = None
    month_of_period: int | None = None


@dataclass(frozen=True)
class Obligation:
    """Somebody must do something or hand something in, by when or how often."""

    who: tuple[str, ...]
    what: str
    deliver_to: tuple[str, ...]
    start: date | None
    due: date | None
    due_text: str | None
    recurrence: Recurrence | None
    condition: str | None
    trigger: str | None
    channel: str | None
    form: str | None
    stage: int | None
    repeats_per_unit: bool
    quote: str
    line: int


@dataclass(frozen=True)
class Group:
    """A leading group, office or work group set up by the plan; members are units and posts, never names."""

    name: str
    kind: str
    count: int
    members: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Mechanism:
    """A standing arrangement that the plan sets up (制度、机制)."""

    name: str
    quote: str
    line: int


@dataclass(frozen=True)
class Form:
    """A form among the attachments, with its fields in order."""

    attachment: int | None
    title: str
    orientation: str
    fields: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Fault:
    """A fault of the document itself; codes are a closed list (README)."""

    code: str
    message: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Draft:
    """All that was read from one document."""

    kind: str
    reasons: tuple[str, ...] = ()
    title: str | None = None
    issuer: str | None = None
    document_status: str | None = None
    basis: tuple[Basis, ...] = ()
    period: Period = Period(None, None)
    targets: tuple[str, ...] = ()
    contents: tuple[Content, ...] = ()
    stages: tuple[Stage, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    groups: tuple[Group, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    forms: tuple[Form, ...] = ()
    faults: tuple[Fault, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The draft as plain JSON values, keys in the documented order."""
        plain = _plain(self)
        assert isinstance(plain, dict)
        return plain


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
