"""`qingfeng verify --figures`: whether a handed-in form still says what its kept rows say."""

from __future__ import annotations

import json
from collections import Counter

from django.utils.translation import gettext as _

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.returns.contents import digest, from_snapshot
from qingfeng.apps.work.returns.figures import ALL
from qingfeng.apps.work.returns.flow import FROZEN
from qingfeng.apps.work.returns.models import CountedRow, MonthlyReturn


def figures_agree(monthly_return: MonthlyReturn) -> list[str]:
    """Differences between the figures of a handed-in form and the records kept behind them; empty when all agree."""
    if monthly_return.state not in FROZEN or monthly_return.snapshot is None:
        return []
    named = f"{monthly_return.unit}{monthly_return.month:%Y-%m}"
    found = [] if _digest_holds(monthly_return) else [_("%(form)s：报送后内容被改动") % {"form": named}]
    rows: Counter[tuple[int, str]] = Counter()
    late: Counter[tuple[int, str]] = Counter()
    kept = CountedRow.objects.filter(monthly_return=monthly_return)
    for unit_id, counted, is_late in kept.values_list("column_unit_id", "figure", "late"):
        rows[unit_id, counted] += 1
        late[unit_id, counted] += is_late
    for column in from_snapshot(monthly_return.snapshot).columns:
        for figure in ALL:
            value, key = column.value(figure.key), (column.unit_id, figure.key)
            told = value.rows if figure.amount else value.number
            if (told, value.late) != (rows[key], late[key]):
                found.append(
                    _("%(form)s %(unit)s“%(figure)s”：表上%(told)s条，留存%(kept)s条")
                    % {
                        "form": named,
                        "unit": column.name,
                        "figure": figure.name,
                        "told": told,
                        "kept": rows[key],
                    }
                )
    return found


def all_figures_agree(campaign: Campaign | None = None) -> list[str]:
    """As above, over all handed-in forms."""
    forms = MonthlyReturn.objects.filter(state__in=FROZEN).select_related("unit")
    if campaign is not None:
        forms = forms.filter(campaign=campaign)
    return [difference for form in forms.iterator() for difference in figures_agree(form)]


def _digest_holds(monthly_return: MonthlyReturn) -> bool:
    """Whether the snapshot is the one of which the event of handing in tells (or its payload has been erased)."""
    event = Event.objects.filter(subject=monthly_return.subject, kind="monthly_return.handed_in").first()
    if event is None or monthly_return.snapshot is None:
        return False
    content = event.payload.content
    told = json.loads(content).get("snapshot_digest") if content else None
    return told is None or told == digest(monthly_return.snapshot)
