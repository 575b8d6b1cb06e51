"""What a paper is asked over: who asks, of which campaign, which unit, what time, and on which day it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.functional import cached_property

from qingfeng.apps.base.orgs.models import Person, Unit, User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.reports.figures import Sight
from qingfeng.apps.work.reports.papers.periods import Period
from qingfeng.apps.work.reports.queries import within


@dataclass(frozen=True)
class Asked:
    """One asking. `unit` with all that is below it; the campaign's own unit stands for the whole campaign."""

    user: User
    campaign: Campaign
    unit: Unit
    day: date
    period: Period | None = None
    subject: Any = None
    """The one record that a short paper is about: a sheet, a problem, a meeting, a duty."""
    approved_by: Person | None = None
    """Who has approved that units are named."""
    number: str = ""
    signatory: str = ""

    @property
    def is_whole(self) -> bool:
        return self.unit.pk == self.campaign.root_unit_id

    @property
    def span(self) -> Period:
        """The period; only kinds that ask for one read it."""
        assert self.period is not None
        return self.period

    @property
    def issuer(self) -> str:
        """Who issues it: of the whole campaign its office, else the unit."""
        return self.campaign.office.name if self.is_whole else self.unit.name

    @property
    def paper_number(self) -> str:
        """As given; else with a place for its serial, which the registry gives."""
        return self.number or f"〔{self.day.year}〕　号"

    @property
    def signatories(self) -> tuple[str, ...]:
        """Of a report upward: who signs it, or a marked place."""
        return (self.signatory or "〔待签发〕",)

    @cached_property
    def sight(self) -> Sight:
        return Sight(self.user, self.campaign)

    def problems(self) -> QuerySet[Problem]:
        """The problems that count, led by the unit or one below it."""
        return self.of_unit(self.sight.counted(Problem.objects.order_by()), "lead_unit")

    def of_unit(self, rows: QuerySet, field: str) -> QuerySet:
        """Of these rows those of the unit and all below it; all where it is the whole campaign."""
        return rows if self.is_whole else rows.filter(**{f"{field}_id__in": within(self.unit)})

    def in_period(self, rows: QuerySet, field: str) -> QuerySet:
        return rows.filter(**{f"{field}__range": self.span.days}) if self.period else rows

    @property
    def query(self) -> str:
        """The same asking as part of an address."""
        asked = {"unit": self.unit.code}
        if self.period:
            asked["period"] = self.period.code
        return urlencode(asked)
