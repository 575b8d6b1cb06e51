"""For each page something to show: the records behind the gaps of its address.

Pages of a thing that stands here are found by themselves. A page of a new thing, or with a new second gap, has no
sample until one is named here, and the walks fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

from django.db.models import Model, QuerySet

from qingfeng.apps.base.jobs.models import Job
from qingfeng.apps.base.orgs.models import Appointment, Group, GroupOversight, Person, Unit
from qingfeng.apps.work.campaigns.models import (
    Activity,
    Campaign,
    CampaignGroup,
    DraftItem,
    Duty,
    Meeting,
    Obligation,
    Plan,
    Receipt,
)
from qingfeng.apps.work.desk.figures import FIGURES as DESK_FIGURES
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.lists import ListKind
from qingfeng.apps.work.problems.models import (
    CoUnit,
    DraftKind,
    Evidence,
    FindingEvidence,
    ImportBatch,
    ImportKind,
    Instruction,
    Problem,
)
from qingfeng.apps.work.problems.views.moves import PAGES
from qingfeng.apps.work.reports.figures import FIGURES, LISTINGS, RATES
from qingfeng.apps.work.reports.models import Publication
from qingfeng.apps.work.reports.papers.register import KINDS as PAPERS
from qingfeng.apps.work.returns.figures import Box
from qingfeng.apps.work.returns.models import MonthlyReturn
from tests.pages.addresses import Address, addresses


@dataclass(frozen=True)
class Thing:
    """What stands in the first gap: records of a model by one of their fields."""

    model: type[Model]
    key: str = "pk"
    by: str = ""
    """A field of which each value is to be seen once: a page looks different in each state."""
    kind: str = ""
    """Of records that have pages by their kind: those of this one."""

    def records(self) -> QuerySet:
        rows = self.model._default_manager.order_by("pk")
        return rows.filter(kind=self.kind) if self.kind else rows

    def varied(self) -> list[Model]:
        """The first record of each kind; one where kinds make no difference."""
        if not self.by:
            return list(self.records()[:1])
        seen = self.records().order_by(self.by).values_list(self.by, flat=True).distinct()
        return [found for value in seen if (found := self.records().filter(**{self.by: value}).last())]

    def value_of(self, record: Model) -> object:
        return getattr(record, self.key)


THINGS = {
    "campaigns/plans/<int:pk>": Thing(Plan, by="state"),
    "campaigns/items/<int:pk>": Thing(DraftItem, by="kind"),
    "campaigns/<int:pk>": Thing(Campaign),
    "campaigns/groups/<int:pk>": Thing(CampaignGroup),
    "campaigns/obligations/<int:pk>": Thing(Obligation, by="bearer_kind"),
    "campaigns/duties/<int:pk>": Thing(Duty, by="obligation__is_monthly_form"),
    "campaigns/receipts/<int:pk>": Thing(Receipt),
    "campaigns/meetings/<int:pk>": Thing(Meeting, by="kind"),
    "campaigns/activities/<int:pk>": Thing(Activity, by="kind"),
    "sheets/<slug:reference>": Thing(Sheet, "reference", by="state"),
    "problems/evidence/<int:pk>": Thing(Evidence),
    "found/<int:pk>": Thing(FindingEvidence),
    "problems/sub-tasks/<int:pk>": Thing(CoUnit),
    "problems/<slug:reference>": Thing(Problem, "reference", by="state"),
    "instructions/<slug:reference>": Thing(Instruction, "reference", by="state"),
    "sheets/import/<slug:reference>": Thing(ImportBatch, "reference", "state", ImportKind.INSPECTION),
    "problems/import/<slug:reference>": Thing(ImportBatch, "reference", "state", ImportKind.RECTIFICATION),
    "jobs/<str:reference>": Thing(Job, "reference", by="state"),
    "commitments/<slug:code>": Thing(Unit, "code"),
    "returns/forms/<int:pk>": Thing(MonthlyReturn, by="state"),
    "figures/public/<slug:reference>": Thing(Publication, "reference", by="state"),
    "returns/<str:code>": Thing(Unit, "code", by="kind"),
    "orgs/unit/<str:code>": Thing(Unit, "code", by="kind"),
    "orgs/person/<str:staff_no>": Thing(Person, "staff_no"),
    "orgs/appointment/<int:pk>": Thing(Appointment),
    "orgs/group/<str:code>": Thing(Group, "code", by="kind"),
    "orgs/account/<str:staff_no>": Thing(Person, "staff_no"),
}

_ROWS = [
    "inspections",
    "duties_due",
    "look_backs",
    "returned",
    "extensions",
    "meetings",
    "trainings",
    "instructions",
    "commitments",
    "returns",
]
"""One count of each kind of record: the others are the same list."""

WORDS: dict[str, Iterable[str]] = {
    "lists/<slug:kind>": ListKind.values,
    "today/<slug:key>": DESK_FIGURES,
    "returns/months/<str:month>": ["2026-06"],
    "sheets/drafts/save/<slug:kind>": DraftKind.values,
    "sheets/drafts/<slug:key>": ["no-such-draft"],
    "figures/papers/<slug:kind>": PAPERS,
    "figures/papers/rows/<slug:key>": [*_ROWS, "units_at_zero"],
    "figures/<slug:key>": [*FIGURES, *RATES, *LISTINGS],
}
"""First gaps that hold a word, not a record."""

Inner = Callable[[Model], Iterable[object]]
INNER: dict[str, list[Inner]] = {
    "campaigns:plan_item_new": [lambda plan: ["stage", "obligation"]],
    "problems:paper_file": [lambda sheet: ["sheet", "rectification"], lambda sheet: ["docx", "xlsx"]],
    "problems:import_move": [lambda batch: ["drop"]],
    "problems:rectification_move": [lambda batch: ["drop"]],
    "problems:move": [lambda problem: PAGES],
    "reports:publication_move": [lambda row: ["take-down"]],
    "returns:move": [lambda form: ["sign"]],
    "returns:download": [lambda form: ["xlsx", "docx"]],
    "returns:words": [lambda form: [_own_code(form)], lambda form: Box.values],
    "returns:row_figures": [lambda form: [_own_code(form)], lambda form: ["found"]],
    "returns:monthly": [lambda unit: ["2026-06"]],
    "orgs:oversight_end": [
        lambda group: GroupOversight.objects.filter(group=group).values_list("pk", flat=True)[:1]
    ],
}
"""What stands in the further gaps of a page, one function of the first record for each gap."""


class NoSample(AssertionError):
    """A page that no sample leads to."""


def samples(address: Address, *, whole: bool = True) -> list[str]:
    """Addresses of this page; `whole` has one for each kind of record, else only the first."""
    if not address.gaps:
        return [address.filled()]
    if address.thing in WORDS:
        return [address.filled(word) for word in WORDS[address.thing]][: None if whole else 1]
    if address.thing not in THINGS:
        raise NoSample(f"{address.name} ({address.route}): name the thing of “{address.thing}” in THINGS")
    thing = THINGS[address.thing]
    records = thing.varied() if whole else list(thing.records()[:1])
    return [
        address.filled(thing.value_of(record), *inner)
        for record in records
        for inner in inner_values(address, record)
    ]


def inner_values(address: Address, record: Model) -> Iterable[tuple[object, ...]]:
    """What stands in the further gaps, in every combination."""
    wanted = INNER.get(address.name, [])
    if len(wanted) != len(address.gaps) - 1:
        raise NoSample(f"{address.name} ({address.route}): name its further gaps in INNER")
    return product(*(values(record) for values in wanted))


def without_sample() -> list[str]:
    """The pages that a walk would leave out, with what to do."""
    found = []
    for address in addresses():
        try:
            if not samples(address, whole=False):
                found.append(f"{address.name} ({address.route}): there is no such record on the stage")
        except NoSample as reason:
            found.append(str(reason))
    return found


def _own_code(form: Model) -> str:
    assert isinstance(form, MonthlyReturn)
    return form.unit.code
