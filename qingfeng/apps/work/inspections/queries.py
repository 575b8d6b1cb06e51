"""How many sheets a campaign has, without counting them: their numbers are given without a gap and stay given."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum

from qingfeng.apps.base.records.models import NumberSeries
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet, SheetState


def series_of(campaign_id: int) -> str:
    """With what the keys of all series of a campaign's sheets begin."""
    return f"sheet:{campaign_id}:"


def number_of_sheets(campaign: Campaign) -> int:
    """Those that are not void. Two queries, of which the second counts the few void ones."""
    given = _numbers_given(campaign)
    return given - Sheet.objects.filter(campaign=campaign, state=SheetState.VOID).count()


def sheet_differences(campaign: Campaign | None = None) -> Iterator[str]:
    """Campaigns whose series have given another number than there are sheets."""
    for one in Campaign.objects.all() if campaign is None else [campaign]:
        given, real = _numbers_given(one), Sheet.objects.filter(campaign=one).count()
        if given != real:
            yield f"专项{one.pk} 检查台账：编号用到{given}，重算{real}"


def _numbers_given(campaign: Campaign) -> int:
    series = NumberSeries.objects.filter(key__startswith=series_of(campaign.pk))
    return series.aggregate(given=Sum("last", default=0))["given"]  # type: ignore[no-any-return]
