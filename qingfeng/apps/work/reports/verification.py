"""`qingfeng verify --figures`: every running or kept figure recounted from the records themselves."""

from __future__ import annotations

from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.queries import sheet_differences
from qingfeng.apps.work.problems.queries import recount
from qingfeng.apps.work.returns.verification import all_figures_agree


def verify_figures(campaign: Campaign | None = None) -> list[str]:
    """Differences as sentences: running figures of units, numbers of sheets, and figures of handed-in forms. Empty when all agree."""
    return [*recount(campaign), *sheet_differences(campaign), *all_figures_agree(campaign)]
