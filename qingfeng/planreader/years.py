"""The year behind a date without one: from the range, the stage, the period, the day of signing."""

from dataclasses import dataclass
from datetime import date

from qingfeng.planreader.dates import Mention, Point

Window = tuple[date | None, date | None]


@dataclass(frozen=True)
class Span:
    """A mention resolved to days; None where a part is missing or impossible."""

    first: date | None
    last: date | None
    impossible: bool = False
    limit: bool = False


@dataclass(frozen=True)
class Years:
    """What is known of the year: the year of the plan, the day it was signed, and the open windows."""

    base: int | None
    signed: date | None = None
    windows: tuple[Window, ...] = ()

    def within(self, *windows: Window) -> "Years":
        """The same knowledge with nearer windows first."""
        return Years(self.base, self.signed, (*windows, *self.windows))

    def resolve(self, mention: Mention) -> Span:
        """The days of a mention."""
        if mention.start.of_document:
            return self._from_signing(mention)
        start = self._borrow_month(mention.start)
        close = mention.close
        year = self.year_of(start, mention.bound == "by")
        if year is None or start.month is None:
            return Span(None, None)
        first = start.first(year)
        if close is None:
            last = start.last(year)
            if (
                mention.bound == "by"
                and start.is_whole_month
                and not mention.text.rstrip("前之以").endswith(("止", "内", "份"))
            ):
                last = _before_month(year, start.month) if "截" not in mention.text else last
            return Span(first, last, start.month > 12 or (first is None and last is None))
        end_year = self._year_of_close(start, close, year)
        last = close.last(end_year)
        return Span(first, last, first is None or last is None)

    def _from_signing(self, mention: Mention) -> Span:
        if mention.close is None:
            return Span(self.signed, None)
        year = self.year_of(mention.close, True)
        return Span(self.signed, mention.close.last(year) if year else None)

    def year_of(self, point: Point, use_last: bool = False) -> int | None:
        """The year in which a point lies."""
        if point.year is not None:
            return point.year
        if self.base is None:
            return None
        if point.shift:
            return self.base + point.shift
        for window in self.windows:
            year = _year_in(point, window, self.base, use_last)
            if year is not None:
                return year
        return self.base

    def _year_of_close(self, start: Point, close: Point, year: int) -> int:
        if close.year is not None:
            return close.year
        if close.shift:
            return year + close.shift
        return year + (1 if (close.month or 0) < (start.month or 0) else 0)

    def _borrow_month(self, point: Point) -> Point:
        """月底前 in a stage that lies in one month means that month."""
        if point.month is not None or point.part != "底":
            return point
        for start, end in self.windows[:1]:
            if start and end and (start.year, start.month) == (end.year, end.month):
                return Point(end.year, 0, end.month, None, "底")
        return point


def _before_month(year: int, month: int) -> date | None:
    """6月前 is reached on the last day of May."""
    return date.fromordinal(date(year, month, 1).toordinal() - 1) if 1 <= month <= 12 else None


def _year_in(point: Point, window: Window, base: int, use_last: bool) -> int | None:
    start, end = window
    if start is None and end is None:
        return None
    for year in (base, base + 1, base - 1):
        days = [point.last(year)] if use_last else [point.first(year), point.last(year)]
        if any(day and (start is None or start <= day) and (end is None or day <= end) for day in days):
            return year
    return None
