"""Places of the campaign that higher apps fill in `site/panels.py`."""

from __future__ import annotations

from qingfeng.apps.base.web.slots import Slot

campaign_started: Slot = Slot("called within the start of a campaign: f(campaign=Campaign, by=User)")
duty_links: Slot = Slot("where a duty is answered in a higher app: f(user, duty) -> list of (label, address)")
duty_papers: Slot = Slot(
    "papers that this user may draft about a duty: f(user, duty) -> list of (label, address)"
)
meeting_papers: Slot = Slot("papers about a meeting on record: f(user, meeting) -> list of (label, address)")
campaign_panels: Slot = Slot("panels of the campaign's page: f(request, campaign) -> list of rendered html")
sheet_boxes: Slot = Slot("names of the boxes that a sheet has by itself: f() -> collection of names")
