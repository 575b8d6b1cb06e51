"""Of which month a form says it is: in its title, the name of its worksheet or file, or by the day it was filled in.

Held against the figures of another month all of them would differ, and nobody would see why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.spellings import chinese_number
from qingfeng.apps.work.returns.periods import Month, month_of
from qingfeng.apps.work.returns.received.reading import SentForm

FILLED_IN_LATER = timedelta(days=20)
"""A form is often filled in some days after its month has ended, and taken for the older month for half of them."""
_MONTH = re.compile(
    r"(?:(20\d\d)\s*[年./]\s*)?(?<![-—–~～至到\d一二三四五六七八九十])"
    r"(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?!\s*\d+\s*[日号])"
)


@dataclass(frozen=True)
class OtherMonth:
    """A form of another month than the one chosen."""

    words: str
    month: Month
    """The one to choose."""


def other_months(
    campaign: Campaign,
    chosen: Month,
    months: Sequence[Month],
    forms: Iterable[tuple[SentForm, bool]],
    name: str,
) -> Iterator[OtherMonth]:
    """Of each form with whether a figure of it differs. `months` are those that can be chosen, `name` the file's."""
    for form, differs in forms:
        said = next(filter(None, map(_only_month, (*form.heads, form.worksheet, name))), None)
        if said:
            named = [month for month in months if _is(month, *said)]
            if named and chosen not in named:
                yield OtherMonth(_named(form, named[0], chosen), named[0])
        elif differs and form.filed_on:
            by_day = _by_day(campaign, form.filed_on, months)
            if by_day and chosen not in by_day:
                yield OtherMonth(_filled_in(form, form.filed_on, by_day[0], chosen), by_day[0])


def _only_month(text: str) -> tuple[int, int] | None:
    """(year or 0, month) where the text names one month and no other."""
    found = {(int(year or 0), _number(month)) for year, month in _MONTH.findall(text)}
    return found.pop() if len(found) == 1 and all(1 <= month <= 12 for _year, month in found) else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else chinese_number(text)


def _is(month: Month, year: int, number: int) -> bool:
    return month.name.month == number and year in (0, month.name.year)


def _by_day(campaign: Campaign, day: date, months: Sequence[Month]) -> list[Month]:
    """The months of which a form may be that was filled in on that day, the likeliest first."""
    own, before = month_of(campaign, day), month_of(campaign, day - FILLED_IN_LATER)
    likely = [before, own] if own.start + FILLED_IN_LATER / 2 > day else [own, before]
    return [month for month in likely if month in months]


def _named(form: SentForm, said: Month, chosen: Month) -> str:
    return _(
        "%(form)s写明是%(said)s的月报表，您选的是%(chosen)s，所以数字对不上：请改选%(said)s，再核对一次。"
    ) % {"form": _called(form), "said": said.in_words, "chosen": chosen.in_words}


def _filled_in(form: SentForm, day: date, said: Month, chosen: Month) -> str:
    return _(
        "%(form)s的填报时间是%(day)s，应是%(said)s的月报表，您选的是%(chosen)s，所以数字对不上：请改选%(said)s，再核对"
        "一次。"
    ) % {"form": _called(form), "day": day, "said": said.in_words, "chosen": chosen.in_words}


def _called(form: SentForm) -> str:
    return form.filing_unit or _("工作表“%(name)s”") % {"name": form.worksheet}
