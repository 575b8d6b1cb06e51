"""The plan is handed in, its draft reviewed item by item, and the campaign started."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.actions import plans, start
from qingfeng.apps.work.campaigns.models import Campaign, DayOffRule, DraftItem, ItemKind, Plan
from qingfeng.demo.columns import add_columns
from qingfeng.demo.district import ROOT_CODE
from qingfeng.demo.seats import Seats

PLAN = Path(__file__).with_name("plan.docx")
HANDED_IN, STARTED = date(2026, 4, 24), date(2026, 4, 27)
LINKS = {
    "专项治理小组": "ZL",
    "综合协调组": "GZ1",
    "督查问责组": "GZ2",
    "线索受理组": "GZ3",
    "宣传教育组": "GZ4",
}
"""Which real groups stand for those of the plan, by the beginning of their codes."""


def open_campaign() -> Campaign:
    """As the office would do it: read, correct what the reader could not know, take the rest, start."""
    seats = Seats()
    office, root = seats.account("office"), seats.unit(ROOT_CODE)
    with clock.on(HANDED_IN):
        plan = plans.hand_in(
            file_name="云汀区实施方案.docx", content=PLAN.read_bytes(), root_unit=root, by=office
        )
        _review(plan, seats)
    links = {
        item.pk: [group for code, group in seats.groups.items() if code.startswith(LINKS[item.data["name"]])]
        for item in DraftItem.objects.filter(plan=plan, kind=ItemKind.GROUP)
        if item.data["name"] in LINKS
    }
    with clock.on(STARTED):
        campaign = start.start(
            plan=plan,
            by=office,
            units=[*seats.streets(), *seats.departments()],
            groups=links,
            day_off_rule=DayOffRule.BEFORE,
            short_title="微权力整治",
            document_no="云汀纪发〔2026〕3号",
        )
        add_columns(campaign)
    return campaign


def _review(plan: Plan, seats: Seats) -> None:
    """Commitments are owed by whoever is at zero, not by all: that item waits for its occasion."""
    office = seats.account("office")
    for item in DraftItem.objects.filter(plan=plan, kind=ItemKind.OBLIGATION):
        if "承诺书" not in item.data["what"]:
            continue
        bearers = [{"kind": "units", "classes": ["street", "department"], "names": []}]
        plans.edit_item(item=item, data={"bearers": bearers, "on_demand": True}, by=office)
    plans.accept_all(plan=plan, by=office)
