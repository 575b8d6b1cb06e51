"""The reporting month: named by a calendar month, ended by the campaign's cut-off day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.calendars import add_months, month_end

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Month:
    """A reporting month: `name` is the first day of the calendar month that names it."""

    name: date
    start: date
    end: date

    def __str__(self) -> str:
        return f"{self.name:%Y-%m}"

    @property
    def in_words(self) -> str:
        """2026年6月"""
        return _("%(year)d年%(month)d月") % {"year": self.name.year, "month": self.name.month}


def read_month(text: str) -> date:
    """2026-06 as the first day of that month."""
    found = _MONTH.fullmatch(text.strip())
    if not found:
        raise BadInput(_("月份“%(text)s”不对，请写成 2026-06 这样。") % {"text": text})
    return date(int(found[1]), int(found[2]), 1)


def month_named(campaign: Campaign, name: date) -> Month:
    """The reporting month of that name: with cut-off day 20, June is 21 May to 20 June."""
    before = add_months(name.replace(day=1), -1)
    return Month(
        name.replace(day=1), _cut_off(campaign, before) + timedelta(days=1), _cut_off(campaign, name)
    )


def month_of(campaign: Campaign, day: date) -> Month:
    """The reporting month in which a day lies."""
    own = month_named(campaign, day)
    return own if day <= own.end else month_named(campaign, add_months(day.replace(day=1), 1))


def months_until(campaign: Campaign, day: date) -> list[Month]:
    """The reporting months of the campaign that have begun by that day, the newest first."""
    last = month_of(campaign, min(day, campaign.ends_on))
    found, month = [], month_of(campaign, campaign.starts_on)
    while month.start <= last.start:
        found.append(month)
        month = month_named(campaign, add_months(month.name, 1))
    return found[::-1]


def is_first(campaign: Campaign, month: Month) -> bool:
    """The campaign's first month also takes what was found before the campaign began."""
    return month.start <= campaign.starts_on


def check_month(campaign: Campaign, month: Month) -> None:
    """BadInput for a month that has not begun, or in which the campaign does not run."""
    if month.start > clock.today():
        raise BadInput(
            _("%(month)s的报表期自%(start)s开始，还没有到，不能编制。")
            % {"month": month, "start": month.start}
        )
    if month.start > campaign.ends_on or month.end < campaign.starts_on:
        raise BadInput(
            _("%(month)s不在专项治理期间（%(start)s至%(end)s）。")
            % {"month": month, "start": campaign.starts_on, "end": campaign.ends_on}
        )


def _cut_off(campaign: Campaign, name: date) -> date:
    last = month_end(name.year, name.month)
    return last.replace(day=min(campaign.cut_off_day, last.day))
