"""The figures of a paper: each from a named query, with its rule and the address of its rows.

Problems are counted in three frames: as they stand on the day of counting, those found in the period, and those struck
off in it. One aggregate query a frame, and one more where it is asked by content or by unit; nothing per problem.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from qingfeng.apps.base.orgs.models import Unit, UnitClosure
from qingfeng.apps.base.web.templatetags.marks import percent
from qingfeng.apps.work.campaigns.models import CampaignUnit, ContentCategory
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.reports.figures import FIGURES, LISTINGS, RATES, Figure
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.model import Counted
from qingfeng.apps.work.reports.papers.work_done import WORK_DONE
from qingfeng.apps.work.reports.queries import SUMMED, Values, by_lead, within
from qingfeng.apps.work.reports.scope import NO_CONTENT
from qingfeng.apps.work.returns.periods import Month

TEN_THOUSAND_YUAN = 1_000_000
"""In fen: from here on money is printed in 万元."""


class Frame(Enum):
    """Which problems are looked at."""

    NOW = "now"
    """All of the campaign, as they stand on the day of counting."""
    FOUND = "found"
    """Those found in the period, as they stand on the day of counting."""
    CLOSED = "closed"
    """Those struck off in the period."""


_FIELD = {Frame.FOUND: "found_on", Frame.CLOSED: "closed_out_on"}
_DATE_OF = {Frame.FOUND: "发现日期", Frame.CLOSED: "销号日期"}
_LIMITS = {Frame.FOUND: ("from", "to"), Frame.CLOSED: ("closed_from", "closed_to")}
_OF_FRAME = {Frame.FOUND: "期内发现问题", Frame.CLOSED: "期内销号问题"}
_ITSELF = {("found", Frame.FOUND): "期内发现问题", ("closed_out", Frame.CLOSED): "期内销号问题"}


class Books:
    """The books of one paper: asked a figure, they answer with its value, rule and rows. Aggregates are kept."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._kept: dict[tuple[Frame, str], Mapping[object, Values]] = {}
        self._done: dict[str, Counted] = {}

    # What is asked

    def figure(
        self,
        key: str,
        frame: Frame = Frame.NOW,
        *,
        category: ContentCategory | str | None = None,
        unit: Unit | None = None,
    ) -> Counted:
        """A figure or rate of the reports; narrowed to a content (or `NO_CONTENT`) or to one of `units`, not both."""
        values = self._values(key, frame, category, unit)
        counted = RATES.get(key) or FIGURES[key]
        narrowed = self._narrowed(frame, category, unit)
        address = reverse("reports:figure", args=[key])
        words, measure, value = _printed(key, values)
        return Counted(
            key=f"{key}.{frame.value}",
            name=_name(key, str(counted.name), frame),
            part=_part(category, unit, self.asked.unit),
            exact=_exact(key, values),
            value=value,
            words=words,
            measure=measure,
            rule=str(counted.counting_rule),
            limits=self._limits_in_words(frame),
            href=f"{address}?{urlencode(narrowed)}" if narrowed else address,
            rows=SimpleLazyObject(lambda: self.rows(key, frame, category=category, unit=unit)),
        )

    def done(self, key: str) -> Counted:
        """A count of what was done in the period: inspections, meetings, look-backs, duties …"""
        if key not in self._done:
            self._done[key] = self._counted_work(key)
        return self._done[key]

    def _counted_work(self, key: str) -> Counted:
        work = WORK_DONE[key]
        rows = work.rows(self.asked)
        value = work.number(rows)
        return Counted(
            key=key,
            name=str(work.name),
            value=value,
            words=str(value),
            measure=str(work.measure),
            rule=str(work.counting_rule),
            limits=self._span_in_words(work.period_of),
            href=f"{reverse('reports:paper_rows', args=[key])}?{self.asked.query}",
            rows=rows,
        )

    def units_at_zero(self) -> Counted:
        """Units that take part and have nothing registered; of those within the asked unit."""
        if "units_at_zero" not in self._done:
            self._done["units_at_zero"] = self._counted_at_zero()
        return self._done["units_at_zero"]

    def _counted_at_zero(self) -> Counted:
        listing = LISTINGS["units_at_zero"]
        rows = listing.rows(self.asked.user, self.asked.campaign)
        if not self.asked.is_whole:
            rows = rows.filter(pk__in=within(self.asked.unit))
        value = rows.count()
        return Counted(
            "units_at_zero",
            str(listing.name),
            value,
            str(value),
            str(listing.measure),
            str(listing.counting_rule),
            href=f"{reverse('reports:paper_rows', args=['units_at_zero'])}?{self.asked.query}",
            rows=rows,
        )

    def rows(
        self,
        key: str,
        frame: Frame = Frame.NOW,
        *,
        category: ContentCategory | str | None = None,
        unit: Unit | None = None,
    ) -> QuerySet[Problem]:
        """The problems behind a figure; of a rate, its whole."""
        rows = self._in_frame(frame).filter(_condition(key).condition(self.asked.day))
        if category is not None:
            rows = rows.filter(category=None if category == NO_CONTENT else category)
        return rows.filter(lead_unit_id__in=self._of(unit)) if unit else rows

    def _of(self, unit: Unit) -> Any:
        """Of the asked unit only itself, of one below it the whole subtree."""
        return [unit.pk] if unit == self.asked.unit else within(unit)

    def recurred(self, unit: Unit) -> Counted:
        """Look-backs of the period in which a problem of this unit had come back. One query for all units."""
        whole = self.done("recurred")
        number = self._recurred.get(unit.pk, 0)
        query = urlencode(
            {"unit": unit.code} | ({"period": self.asked.period.code} if self.asked.period else {})
        )
        return replace(
            whole,
            value=number,
            words=str(number),
            part=unit.short_name,
            href=f"{reverse('reports:paper_rows', args=['recurred'])}?{query}",
            rows=SimpleLazyObject(lambda: whole.rows.filter(problem__lead_unit_id__in=within(unit))),
        )

    @cached_property
    def _recurred(self) -> Mapping[int, int]:
        grouped = self.done("recurred").rows.order_by().values_list("problem__lead_unit_id")
        found: Counter[int] = Counter()
        for lead, number in grouped.annotate(number=Count("pk")):
            found[self._head_of.get(lead, lead)] += number
        return found

    def by_month(self, months: Sequence[Month]) -> list[tuple[Month, Counted, Counted]]:
        """Of each month what was found and what was struck off. Two queries, whatever the number of months."""
        found, closed = self._of_months(Frame.FOUND, months), self._of_months(Frame.CLOSED, months)
        return list(zip(months, found, closed, strict=True))

    def _of_months(self, frame: Frame, months: Sequence[Month]) -> list[Counted]:
        key = "found" if frame == Frame.FOUND else "closed_out"
        figure, field = FIGURES[key], _FIELD[frame]
        rows = self._in_frame(frame).filter(figure.condition(self.asked.day))
        spans = [Q(**{f"{field}__range": (month.start, month.end)}) for month in months]
        counts = rows.aggregate(**{f"m{at}": Count("pk", filter=span) for at, span in enumerate(spans)})
        return [
            self._of_month(frame, key, month, counts[f"m{at}"], rows.filter(spans[at]))
            for at, month in enumerate(months)
        ]

    def _of_month(self, frame: Frame, key: str, month: Month, number: int, rows: QuerySet) -> Counted:
        limits = dict(zip(_LIMITS[frame], (month.start.isoformat(), month.end.isoformat()), strict=True))
        narrowed = self._narrowed(Frame.NOW, None, None) | limits
        return Counted(
            key=f"{key}.month",
            name="当月发现问题" if frame == Frame.FOUND else "当月销号",
            part=month.in_words,
            value=number,
            words=str(number),
            measure=str(FIGURES[key].measure),
            rule=str(FIGURES[key].counting_rule),
            limits=f"限{_DATE_OF[frame]}在当月报表期内的。",
            href=f"{reverse('reports:figure', args=[key])}?{urlencode(narrowed)}",
            rows=rows,
        )

    # Contents and units, in the order of the plan and of the tree

    @cached_property
    def contents(self) -> Sequence[ContentCategory]:
        return list(ContentCategory.objects.filter(campaign=self.asked.campaign))

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units that take part below the asked one; where none does, those right below it. Two queries.

        The asked unit itself may be asked too: then only what it leads itself.
        """
        below = Unit.objects.filter(pk__in=within(self.asked.unit)).exclude(pk=self.asked.unit.pk)
        taking_part = CampaignUnit.objects.filter(campaign=self.asked.campaign).values("unit_id")
        return list(below.filter(pk__in=taking_part)) or list(Unit.objects.filter(parent=self.asked.unit))

    # How it is counted

    def _in_frame(self, frame: Frame) -> QuerySet[Problem]:
        rows = self.asked.problems()
        first, last = self._days(frame)
        if first:
            rows = rows.filter(**{f"{_FIELD[frame]}__gte": first})
        return rows.filter(**{f"{_FIELD[frame]}__lte": last}) if last else rows

    def _days(self, frame: Frame) -> tuple[date | None, date | None]:
        """From and to; the campaign's first period also takes what was found before it began."""
        period = self.asked.period
        if frame not in _FIELD or period is None:
            return None, None
        is_first = frame == Frame.FOUND and period.start <= self.asked.campaign.starts_on
        return None if is_first else period.start, period.end

    def _values(
        self, key: str, frame: Frame, category: ContentCategory | str | None, unit: Unit | None
    ) -> Values:
        if frame == Frame.NOW and category is None and not {key, *_parts(key)} <= {*SUMMED, *RATES}:
            rows = self.rows(key, unit=unit)
            return Values(rows.aggregate(**{key: FIGURES[key].aggregate(self.asked.day)}))
        if unit is not None:
            return self._grouped(frame, "unit").get(unit.pk, Values({}))
        if category is not None:
            content = category.pk if isinstance(category, ContentCategory) else None
            grouped = self._standing(key) if frame == Frame.NOW else self._grouped(frame, "category")
            return grouped.get(content, Values({}))
        return self._grouped(frame, "")[None]

    def _standing(self, key: str) -> Mapping[object, Values]:
        """One figure or rate by content, as it stands: by its own condition, so that an index can be used."""
        if (Frame.NOW, key) not in self._kept:
            wanted = {f"f_{one}": FIGURES[one].aggregate(self.asked.day) for one in _parts(key) or (key,)}
            rows: Any = self.rows(key).order_by().values("category_id").annotate(**wanted)
            self._kept[Frame.NOW, key] = {
                row["category_id"]: Values({name[2:]: row[name] for name in wanted}) for row in rows
            }
        return self._kept[Frame.NOW, key]

    def _grouped(self, frame: Frame, by: str) -> Mapping[object, Values]:
        if (frame, by) not in self._kept:
            self._kept[frame, by] = self._counted(frame, by)
        return self._kept[frame, by]

    def _counted(self, frame: Frame, by: str) -> Mapping[object, Values]:
        if by == "unit":
            return self._by_unit(frame)
        if frame == Frame.NOW and not by:
            return {None: _summed(self._leads.values())}
        if not by:
            return {None: _summed(one.numbers for one in self._grouped(frame, "category").values())}
        names = {f"f_{key}": figure.aggregate(self.asked.day) for key, figure in FIGURES.items()}
        grouped: Any = self._in_frame(frame).order_by().values("category_id").annotate(**names)
        return {row["category_id"]: Values({key: row[f"f_{key}"] for key in FIGURES}) for row in grouped}

    @cached_property
    def _leads(self) -> Mapping[int, Counter[str]]:
        """As they stand, by lead unit: from the running summaries and an index, not from the problems."""
        asked = self.asked
        leads = by_lead(asked.user, asked.campaign, asked.day)
        if asked.is_whole:
            return leads
        wanted = set(within(asked.unit).values_list("descendant_id", flat=True))
        return {unit: numbers for unit, numbers in leads.items() if unit in wanted}

    def _by_unit(self, frame: Frame) -> Mapping[object, Values]:
        leads: Mapping[int, Mapping[str, int]] = self._leads
        if frame != Frame.NOW:
            wanted = {f"f_{key}": figure.aggregate(self.asked.day) for key, figure in FIGURES.items()}
            found = self._in_frame(frame).order_by().values("lead_unit_id").annotate(**wanted)
            rows: Any = found
            leads = {row["lead_unit_id"]: {key: row[f"f_{key}"] for key in FIGURES} for row in rows}
        heads: dict[int, list[Mapping[str, int]]] = defaultdict(list)
        for lead, numbers in leads.items():
            if lead in self._head_of:
                heads[self._head_of[lead]].append(numbers)
        heads[self.asked.unit.pk] = [leads.get(self.asked.unit.pk, {})]
        return {unit.pk: _summed(heads[unit.pk]) for unit in (*self.units, self.asked.unit)}

    @cached_property
    def _head_of(self) -> Mapping[int, int]:
        """For each unit that of `units` which stands nearest above it, or itself."""
        rows = UnitClosure.objects.filter(ancestor__in=[unit.pk for unit in self.units]).order_by("-depth")
        return dict(rows.values_list("descendant_id", "ancestor_id"))

    # How it is called

    def _narrowed(
        self, frame: Frame, category: ContentCategory | str | None, unit: Unit | None
    ) -> dict[str, str]:
        found = {}
        if unit == self.asked.unit:
            found["lead"] = unit.code
        elif unit or not self.asked.is_whole:
            found["unit"] = (unit or self.asked.unit).code
        if category is not None:
            found["category"] = str(category.number) if isinstance(category, ContentCategory) else category
        if frame in _LIMITS:
            limits = zip(_LIMITS[frame], self._days(frame), strict=True)
            found |= {name: day.isoformat() for name, day in limits if day}
        return found

    def _limits_in_words(self, frame: Frame) -> str:
        first, last = self._days(frame)
        if last and not first:
            return "限发现日期在统计期间内的，专项治理开始前发现的计入首期。"
        return self._span_in_words(_DATE_OF.get(frame, ""))

    def _span_in_words(self, what: str) -> str:
        if not what or self.asked.period is None:
            return ""
        return f"限{what}在统计期间内的。"


_ON_PAPER = {"in_time": "未到整改时限", "overdue": "逾期未销号"}
"""Where the page's short word would be read wrongly beside “期内发现”."""


def _name(key: str, name: str, frame: Frame) -> str:
    name = _ON_PAPER.get(key, name)
    if frame == Frame.NOW:
        return name
    return _ITSELF.get((key, frame)) or f"{_OF_FRAME[frame]}中{name}"


def _part(category: ContentCategory | str | None, unit: Unit | None, own: Unit) -> str:
    if unit is not None:
        return "本级" if unit == own else unit.short_name
    if category is not None:
        return category.title if isinstance(category, ContentCategory) else "未归类"
    return ""


def _parts(key: str) -> tuple[str, ...]:
    return (RATES[key].part, RATES[key].whole) if key in RATES else ()


def _condition(key: str) -> Figure:
    return FIGURES[RATES[key].whole if key in RATES else key]


def _summed(parts: Iterable[Mapping[str, int]]) -> Values:
    found: Counter[str] = Counter()
    for numbers in parts:
        found.update(numbers)
    return Values(dict(found))


def _printed(key: str, values: Values) -> tuple[str, str, float]:
    """(words, measure, value) of a figure or rate as offices print it: no thousands separators, money in yuan or 万元."""
    if key in RATES:
        share = values.share(key)
        return percent(share), "", share or 0.0
    number, figure = values.number(key), FIGURES[key]
    if not figure.is_money:
        return str(number), str(figure.measure), number
    return (*money(number), number)


def _exact(key: str, values: Values) -> str:
    """Money to the fen: for the figure list."""
    if key in RATES or not FIGURES[key].is_money:
        return ""
    return f"{values.number(key) / 100:.2f}".removesuffix(".00") + "元"


def money(fen: int) -> tuple[str, str]:
    """A sum and its measure: 2400元, 35.6万元."""
    if abs(fen) >= TEN_THOUSAND_YUAN:
        return _short(fen / TEN_THOUSAND_YUAN), "万元"
    return _short(fen / 100), "元"


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
