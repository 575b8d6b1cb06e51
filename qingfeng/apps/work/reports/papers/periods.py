"""Over what time a paper is made: a month, quarter, half-year, year or stage, by the campaign's reporting months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, Stage
from qingfeng.apps.work.returns.periods import Month, month_named, month_of, months_until
from qingfeng.apps.work.returns.wording import PAPER_LANGUAGE
from qingfeng.calendars import add_months

MONTH, QUARTER, HALF, YEAR, STAGE = "month", "quarter", "half_year", "year", "stage"
LENGTHS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}
NAMES = {
    MONTH: gettext_lazy("月"),
    QUARTER: gettext_lazy("季度"),
    HALF: gettext_lazy("半年"),
    YEAR: gettext_lazy("年"),
    STAGE: gettext_lazy("阶段"),
}
WRITTEN = {MONTH: "2026-06", QUARTER: "2026-Q2", HALF: "2026-H1", YEAR: "2026", STAGE: "S2"}
"""How each is written in an address or after --period. A stage goes by its number."""
_SHAPES = {
    MONTH: re.compile(r"(20\d\d)-(0[1-9]|1[0-2])"),
    QUARTER: re.compile(r"(20\d\d)-Q([1-4])"),
    HALF: re.compile(r"(20\d\d)-H([12])"),
    YEAR: re.compile(r"(20\d\d)"),
}
_STAGE = re.compile(r"S(\d{1,3})")


@dataclass(frozen=True)
class Period:
    """A stretch of days; both ends belong to it."""

    kind: str
    code: str
    """As written in an address: 2026-H1."""
    start: date
    end: date
    words: str
    """As it stands on paper: 2026年上半年."""

    @property
    def label(self) -> str:
        """The same in the reader's language, for pages."""
        if self.kind == STAGE:
            return self.words
        number = self.code[5:].lstrip("QH") or "1"
        return _in_words(self.kind, int(self.code[:4]), int(number))

    @property
    def days(self) -> tuple[date, date]:
        return self.start, self.end


def read_period(campaign: Campaign, text: str, kinds: tuple[str, ...]) -> Period:
    """A period as written; BadInput names the ways in which this paper takes it."""
    text = text.strip().upper()
    found = _STAGE.fullmatch(text)
    if STAGE in kinds and found:
        return stage_period(campaign, int(found[1]))
    for kind in kinds:
        shape = _SHAPES.get(kind)
        match = shape.fullmatch(text) if shape else None
        if match:
            return _named(campaign, kind, int(match[1]), int(match[2]) if kind != YEAR else 1)
    ways = "、".join(f"{WRITTEN[kind]}（{NAMES[kind]}）" for kind in kinds)
    raise BadInput(_("期间“%(text)s”不对，请写成 %(ways)s 这样。") % {"text": text, "ways": ways})


def stage_period(campaign: Campaign, number: int) -> Period:
    """The days of a stage of the campaign."""
    stage = Stage.objects.filter(campaign=campaign, number=number).first()
    if stage is None:
        raise BadInput(_("方案中没有第%(number)d个阶段。") % {"number": number})
    return Period(
        STAGE,
        f"S{number}",
        stage.starts_on,
        stage.ends_on,
        f"{stage.name.removesuffix('阶段')}阶段",
    )


def latest(campaign: Campaign, kinds: tuple[str, ...], day: date) -> Period:
    """What one most likely means: the period of this kind in which the day lies; of stages the last that began."""
    kind = kinds[0]
    if kind == STAGE:
        begun = Stage.objects.filter(campaign=campaign, starts_on__lte=day).order_by("-number").first()
        first = begun or Stage.objects.filter(campaign=campaign).first()
        if first is None:
            raise BadInput(_("方案中没有阶段。"))
        return stage_period(campaign, first.number)
    return _around(campaign, kind, month_of(campaign, day).name)


def offered(campaign: Campaign, kinds: tuple[str, ...], day: date) -> list[Period]:
    """The periods that one may choose: of the campaign, begun by this day, the newest of each kind first."""
    return [period for kind in kinds for period in _offered(campaign, kind, day)]


def _offered(campaign: Campaign, kind: str, day: date) -> list[Period]:
    if kind == STAGE:
        stages = Stage.objects.filter(campaign=campaign, starts_on__lte=day).order_by("-number")
        return [stage_period(campaign, stage.number) for stage in stages]
    found = [_around(campaign, kind, month.name) for month in months_until(campaign, day)]
    return list({period.code: period for period in found}.values())


def _around(campaign: Campaign, kind: str, month: date) -> Period:
    return _named(campaign, kind, month.year, (month.month - 1) // LENGTHS[kind] + 1)


def _named(campaign: Campaign, kind: str, year: int, number: int) -> Period:
    length = LENGTHS[kind]
    first = month_named(campaign, date(year, (number - 1) * length + 1, 1))
    last = month_named(campaign, add_months(first.name, length - 1))
    code = {
        MONTH: f"{year}-{number:02d}",
        QUARTER: f"{year}-Q{number}",
        HALF: f"{year}-H{number}",
        YEAR: f"{year}",
    }
    return Period(kind, code[kind], first.start, last.end, _on_paper(kind, year, number))


def _on_paper(kind: str, year: int, number: int) -> str:
    with translation.override(PAPER_LANGUAGE):
        return _in_words(kind, year, number)


def _in_words(kind: str, year: int, number: int) -> str:
    if kind == MONTH:
        return _("%(year)d年%(month)d月") % {"year": year, "month": number}
    if kind == QUARTER:
        quarter = "一二三四"[number - 1]
        return _("%(year)d年第%(quarter)s季度") % {"year": year, "quarter": quarter}
    if kind == HALF:
        return (_("%(year)d年上半年") if number == 1 else _("%(year)d年下半年")) % {"year": year}
    return _("%(year)d年") % {"year": year}


def months_in(campaign: Campaign, period: Period) -> list[Month]:
    """The reporting months that end within the period."""
    found, month = [], month_of(campaign, period.start)
    while month.end <= period.end:
        found.append(month)
        month = month_named(campaign, add_months(month.name, 1))
    return found
