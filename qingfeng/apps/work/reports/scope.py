"""Over what a chart is counted: what the user may see, narrowed by unit, content and stage. The address says it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.visibility import visible_units
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory, Duty, Stage
from qingfeng.apps.work.campaigns.visibility import visible_duties
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.reports.figures import problems
from qingfeng.apps.work.reports.queries import within

NO_CONTENT = "0"
UNIT, CONTENT, STAGE = "unit", "category", "stage"


@dataclass(frozen=True)
class Scope:
    """Who looks at which campaign on which day, and what was chosen."""

    user: User
    campaign: Campaign
    day: date
    unit: Unit | None = None
    content: str = ""
    stage: Stage | None = None

    @cached_property
    def contents(self) -> Sequence[ContentCategory]:
        return list(ContentCategory.objects.filter(campaign=self.campaign))

    @cached_property
    def stages(self) -> Sequence[Stage]:
        return list(Stage.objects.filter(campaign=self.campaign))

    @property
    def is_whole(self) -> bool:
        return not (self.unit or self.content or self.stage)

    def problems(self) -> QuerySet[Problem]:
        """The problems of this scope; found within the stage, where one is chosen."""
        rows = problems(self.user, self.campaign)
        if self.unit:
            rows = rows.filter(lead_unit_id__in=within(self.unit))
        if self.content == NO_CONTENT:
            rows = rows.filter(category=None)
        elif self.content:
            rows = rows.filter(category__number=self.content)
        if self.stage:
            rows = rows.filter(found_on__range=(self.stage.starts_on, self.stage.ends_on))
        return rows

    def duties(self) -> QuerySet[Duty]:
        """What is owed in this scope; due within the stage, where one is chosen."""
        rows = visible_duties(self.user).filter(campaign=self.campaign)
        if self.unit:
            rows = rows.filter(unit_id__in=within(self.unit))
        if self.stage:
            rows = rows.filter(first_due__range=(self.stage.starts_on, self.stage.ends_on))
        return rows

    def narrowing(self) -> dict[str, str]:
        """The same scope as the filters of the ledger behind a figure."""
        found = {}
        if self.unit:
            found["unit"] = self.unit.code
        if self.content:
            found["category"] = self.content
        if self.stage:
            found |= {"from": self.stage.starts_on.isoformat(), "to": self.stage.ends_on.isoformat()}
        return found


def scope_of(request: HttpRequest, user: User, campaign: Campaign) -> Scope:
    """The scope that the address asks for; what does not fit is not chosen."""
    asked = request.GET
    whole = Scope(user, campaign, clock.today())
    code, content, stage = (asked.get(name, "") for name in (UNIT, CONTENT, STAGE))
    numbers = {str(row.number) for row in whole.contents} if content else set()
    return Scope(
        user,
        campaign,
        whole.day,
        unit=visible_units(user).filter(code=code).first() if code else None,
        content=content if content == NO_CONTENT or content in numbers else "",
        stage=next((row for row in whole.stages if str(row.pk) == stage), None) if stage else None,
    )
