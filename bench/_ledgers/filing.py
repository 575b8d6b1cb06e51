"""A clerk who files one sheet after the other, by the real action."""

from __future__ import annotations

from collections.abc import Callable

from qingfeng.apps.base.orgs.models import Unit, UnitKind, User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import SheetKind
from qingfeng.apps.work.problems.actions.registering import ProblemEntry, file_sheet

from .district import TODAY


def filer(place: int) -> Callable[[int], object]:
    """Files a sheet of the unit at this place."""
    campaign = Campaign.objects.get()
    unit = Unit.objects.exclude(kind=UnitKind.DISTRICT).order_by("pk")[place]
    clerk = User.objects.select_related("person").get(username=f"clerk{unit.code}")

    def file_one(turn: int) -> object:
        entry = SheetEntry(
            kind=SheetKind.SELF_INSPECTION,
            inspected_unit=unit,
            inspectors="甲、乙",
            content="窗口服务作风",
            inspected_on=TODAY,
            filing_unit=unit,
            suggestions=("明确专人负责登记",),
        )
        found = ProblemEntry(text=f"第{turn}次检查：登记不完整。", lead_unit=unit)
        return file_sheet(campaign=campaign, entry=entry, problems=(found,), by=clerk)

    return file_one
