"""What waits for a person: one matter a line, one verb. Gathered from the ledgers, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due, Mark

Kind = Literal[
    "overdue",
    "returned",
    "instruction",
    "sign",
    "extension",
    "transfer",
    "close_out",
    "check",
    "recheck",
    "draft",
    "due",
]
LIMIT = 50
"""Lines taken from one ledger; the ledger itself shows the rest."""


@dataclass(frozen=True)
class Matter:
    """One thing to do: what it is, whose, by when, and the verb that leads to doing it."""

    kind: Kind
    title: str
    of: str
    href: str
    verb: str
    verb_href: str = ""
    due: Due | None = None
    mark: Mark | None = None
    by_clerk: bool = False
    """The unit's clerk does it; a head whose unit has a clerk only watches over it."""

    @property
    def day(self) -> date:
        return self.due.day if self.due and self.due.day else date.max

    @property
    def leads_to(self) -> str:
        return self.verb_href or self.href


@dataclass
class Section:
    """The matters of one kind, nearest date first."""

    key: Kind
    title: str
    note: str
    matters: list[Matter] = field(default_factory=list)

    @property
    def count(self) -> str:
        return number_in_words(self.matters)


def kind_of(due: date | None, otherwise: Kind = "due") -> Kind:
    """Overdue outranks everything else."""
    return "overdue" if due and due < clock.today() else otherwise


def sections(found: Iterable[Matter]) -> list[Section]:
    """The sections that hold something, most urgent first."""
    made = {section.key: section for section in _sections()}
    for matter in sorted(found, key=lambda matter: matter.day):
        made[matter.kind].matters.append(matter)
    return [section for section in made.values() if section.matters]


def _sections() -> list[Section]:
    return [
        Section("overdue", _("逾期"), _("时限已过，先办这些")),
        Section("returned", _("退回"), _("对方提出了理由，补齐后再报")),
        Section("instruction", _("领导批示"), _("办理情况报批示人")),
        Section("sign", _("等您签字"), _("签字前看依据")),
        Section("extension", _("延期待批"), _("原定时限保留，按期率仍按原定时限计")),
        Section("transfer", _("转办待批"), _("同意后由新的牵头单位整改")),
        Section("close_out", _("今天可以销号"), _("单位已签字、材料已上传，由您销号")),
        Section("check", _("等您核对"), _("每件看过依据再定")),
        Section("recheck", _("回头看和年度复核"), _("到现场看有没有反弹")),
        Section("draft", _("没有交的草稿"), _("只有您能看到，交了才算登记")),
        Section("due", _("要办的"), _("按时限先后")),
    ]


def without_doubles(found: Iterable[Matter]) -> list[Matter]:
    """A person of several posts meets each matter once, in the words of the first post."""
    kept: dict[tuple[str, str], Matter] = {}
    for matter in found:
        kept.setdefault((matter.href, matter.leads_to), matter)
    return list(kept.values())


def number_in_words(found: list[Matter]) -> str:
    """How many wait; beyond what one ledger gives, the number is open."""
    return f"{len(found)}" if len(found) < LIMIT else f"{LIMIT}+"
