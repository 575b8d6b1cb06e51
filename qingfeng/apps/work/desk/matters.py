"""What waits for a person: one matter a line, one verb. Gathered from the ledgers, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due, Mark

Urgency = Literal["overdue", "returned", "decide", "due"]
LIMIT = 50
"""Lines taken from one ledger; the ledger itself shows the rest."""


@dataclass(frozen=True)
class Matter:
    """One thing to do: what it is, whose, by when, and the verb that leads to doing it."""

    urgency: Urgency
    title: str
    of: str
    href: str
    verb: str
    verb_href: str = ""
    due: Due | None = None
    mark: Mark | None = None

    @property
    def day(self) -> date:
        return self.due.day if self.due and self.due.day else date.max

    @property
    def leads_to(self) -> str:
        return self.verb_href or self.href


@dataclass
class Section:
    """The matters of one urgency, nearest date first."""

    key: Urgency
    title: str
    note: str
    matters: list[Matter] = field(default_factory=list)


def urgency_of(due: date | None, otherwise: Urgency = "due") -> Urgency:
    """Overdue outranks everything else."""
    return "overdue" if due and due < clock.today() else otherwise


def sections(found: Iterable[Matter]) -> list[Section]:
    """The sections that hold something, most urgent first."""
    made = {
        "overdue": Section("overdue", _("逾期"), _("时限已过，先办这些")),
        "returned": Section("returned", _("退回"), _("对方提出了理由，补齐后再报")),
        "decide": Section("decide", _("等您审批"), _("每件看过依据再定")),
        "due": Section("due", _("要办的"), _("按时限先后")),
    }
    for matter in sorted(found, key=lambda matter: matter.day):
        made[matter.urgency].matters.append(matter)
    return [section for section in made.values() if section.matters]


def number_in_words(found: list[Matter]) -> str:
    """How many wait; beyond what one ledger gives, the number is open."""
    return f"{len(found)}" if len(found) < LIMIT else f"{LIMIT}+"
