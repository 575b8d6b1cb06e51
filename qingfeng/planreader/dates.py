"""Chinese dates in plans: points, ranges and limits, found in folded text and later given a year.

上旬, 中旬 and 下旬 end on the 10th, the 20th and the month end (issue 2 §2). A mention without a year
keeps its holes; `years.py` fills them from the document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from qingfeng.calendars import TenDayPeriod, month_end
from qingfeng.planreader.ordinals import chinese_number

_CN = "[一二三四五六七八九十元正]"
_NUM = rf"(?:\d{{1,2}}|{_CN}{{1,3}})"
_YEAR = r"(?:(?<!\d)(?:19|20)\d{2}|(?:二|２)[〇零○OoＯ0一二][〇零○OoＯ0一二三四五六七八九]{2})"
_REL = r"今年|本年度?|当年|同年|明年|次年|来年|翌年|下一?年"
_MONTH_PART = r"上中旬|中下旬|上旬|中旬|下旬|上半月|下半月|底|末|初|中(?!旬|[小学央心药医国])"
_WEEKDAY = r"(?:（(?:星期|周|礼拜)[一二三四五六日天]）)?"
# 9月　日前, 十一月__日: a day still to be filled in; no day is made of it.
_NO_WORD = r"(?!常|均|报|程|期|志|历|记|间|夜|益|后|清|用|产|照)"
_BLANK_DAY = rf"份?[XxＸ×*_＿△○]{{0,4}}[日号]{_NO_WORD}"
_POINT = re.compile(
    rf"""
    (?:(?P<year>{_YEAR})年度?的?|(?P<rel>{_REL})的?)?
    (?:
      (?<![\d个十百两几约每第])(?P<month>{_NUM})月(?!{_BLANK_DAY})份?(?:中的|的)?
        (?:(?P<day>\d{{1,2}}|[一二三廿]?十?[一二三四五六七八九十])[日号]{_WEEKDAY}|(?P<part>{_MONTH_PART})
          |(?P<cut>\d{{1,2}})(?=前|之前|以前|，|。|）|$))?
      |第?(?P<quarter>[一二三四1-4])季度(?P<qpart>末|底|初)?
      |(?P<ypart>年底|年末|年终(?=前|之前|以前|，)|年内|年初|年中(?!旬)|上半年|下半年|全年)
      |(?<=年)(?P<yend>底|末|初|内)
    )
    |(?P<dotyear>(?<!\d)20\d{{2}})(?P<dot>[./-])(?P<dotmonth>\d{{1,2}})(?:(?P=dot)(?P<dotday>\d{{1,2}}))?日?(?!\d)
    |(?<![\d.])(?P<plainmonth>\d{{1,2}})\.(?P<plainday>\d{{1,2}})(?=[之以]?前)
    |(?P<monthless>本月底|当月底|月底|月末)
    |(?P<today>即日起|(?:自|从)?(?:本?(?:方案|通知|文件|意见|计划))?(?:印发|下发|发布|发文|公布)之日起?)
    |(?<![\d年月])(?P<cutmonth>\d{{1,2}})(?P<cutpart>上旬|中旬|下旬)
    """,
    re.VERBOSE,
)
_TAIL = re.compile(
    rf"(?:(?P<year>{_YEAR})年|(?P<rel>{_REL}))?"
    rf"(?:(?P<day>\d{{1,2}}|[一二三廿]?十?[一二三四五六七八九十])[日号]{_WEEKDAY}|(?P<part>上旬|中旬|下旬|底|末|月底|月末))"
)
# What stands behind the dash in 2026.4.1-4.30, 2026/5/1—6/30, 2026.4.1-20, 2026.11-12.
_DOTTED_TAIL = re.compile(r"(?:(?P<m>\d{1,2})[./-])?(?P<d>\d{1,2})日?(?![\d./年月-])")
_LINK = re.compile(
    r"(?:日?起|开始|启动|正式启动|之日起)?[，]?(?:至|到|-{1,2}|直至|截至|截止到?)(?!今|少|多)"
    r"|(?:开始|起|启动|起步)[，]?(?=(?:20\d{2}年)?\d{1,2}月)"
)
_SPAN = re.compile(
    rf"(?:(?P<year>{_YEAR})年|(?P<rel>{_REL}))?(?<![\d个第])(?P<m1>{_NUM})(?:月份?)?(?:至|到|-)(?P<m2>{_NUM})月份?(?P<part>上旬|中旬|下旬|底|末)?(?![\d一二三四五六七八九十])"
)
_DAYS = re.compile(
    rf"(?:(?P<year>{_YEAR})年|(?P<rel>{_REL}))?(?<![\d个第])(?P<m>{_NUM})月(?P<d1>{_NUM})[日号]?(?:至|到|-)(?P<d2>{_NUM})[日号](?!内)"
)
_DOTTED = re.compile(
    r"(?<![\d./-])(?P<m1>\d{1,2})[./](?P<d1>\d{1,2})(?:-{1,2}|至|到)(?P<m2>\d{1,2})[./](?P<d2>\d{1,2})(?![\d.%])"
)
_BEFORE = re.compile(
    r"(?:（含[^）]{0,6}）)?(?:日)?(?:底)?(?:之前|以前|前|截止|为止|止|内(?!容|部|控)|底前|结束前)|(?:下班|中午12[点时]|1[278][：:点时](?:00)?)(?:之?前)"
)
_SINCE = re.compile(r"以来|以后|之后|至今|后(?!勤|续|备)")
_FROM = re.compile(r"(?:日)?(?:起|开始|启动)")
_LATEST = re.compile(r"(?:不迟于|不晚于|最迟于?|截至|截止到?|截止日期为?|截止时间为?|限于?|务必于?)[:：]?$")
_INCOMPLETE = (
    (re.compile(r"(?<![\d年月每个])(\d{1,2})(上旬|中旬|下旬)"), "缺“月”字"),
    (
        re.compile(
            r"(?:[XxＸ×*_＿△○]{1,2}年)?(?:[XxＸ×*_＿△○]{1,2}月(?:[\dXxＸ×*_＿△○]{1,2}日)?|(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月[XxＸ×*_＿△○]{1,4}[日号])"
        ),
        "数字还是空的",
    ),
    (re.compile(r"(?:(?<=[于在至到，。；：（-])|^)月(\d{1,2}|[上中下]旬)(?:日|前|至|-)"), "缺月份"),
    (re.compile(rf"(?<!\d)\d{{1,2}}月份?[日号]{_NO_WORD}"), "缺日子"),
    (
        re.compile(
            rf"(?<![\d个每半数几多两一二三四五六七八九十])(?:十[一二]?|[一二三四五六七八九])月份?[日号]{_NO_WORD}"
        ),
        "缺日子",
    ),
    (re.compile(r"(?<!\d)(?:20\d|20|2)年\d{1,2}月"), "年份不全"),
    (re.compile(r"(?<!\d)\d{1,2}月\d{1,2}(?:前|之前|以前)"), "缺“日”字"),
    (re.compile(r"(?:20\d{2}年|(?<=于)|(?<=在))年?月日(?:前|之前|以前|至|起)"), "月日都空着"),
)
_TEN_DAYS = {period.value: period for period in TenDayPeriod}


@dataclass(frozen=True)
class Point:
    """A date as written: any of its parts may be missing."""

    year: int | None = None
    shift: int = 0
    month: int | None = None
    day: int | None = None
    part: str | None = None
    months: int = 1
    of_document: bool = False
    dotted: bool = False

    def first(self, year: int) -> date | None:
        """The first day meant, in the given year; None if there is no such day."""
        if not self.month or not 1 <= self.month <= 12:
            return None
        if self.day:
            return _day(year, self.month, self.day)
        if self.part in _TEN_DAYS:
            return _TEN_DAYS[self.part].first_day(year, self.month)
        if self.part in {"下半月", "中下旬"}:
            return date(year, self.month, 16 if self.part == "下半月" else 11)
        if self.part in {"底", "末"} and self.months == 1:
            return month_end(year, self.month)
        return date(year, self.month, 11 if self.part == "中" else 1)

    def last(self, year: int) -> date | None:
        """The last day meant, in the given year; None if there is no such day."""
        if not self.month or not 1 <= self.month <= 12:
            return None
        if self.day:
            return _day(year, self.month, self.day)
        if self.part in _TEN_DAYS:
            return _TEN_DAYS[self.part].last_day(year, self.month)
        fixed = {"上半月": 15, "初": 10, "中": 20, "上中旬": 20}.get(self.part or "")
        return date(year, self.month, fixed) if fixed else month_end(year, self.month + self.months - 1)

    @property
    def is_whole_month(self) -> bool:
        """Is only the month said (5月, 5月份)?"""
        return self.month is not None and self.day is None and self.part is None and self.months == 1


@dataclass(frozen=True)
class Mention:
    """A place in a folded text where a date or a range of dates stands.

    `bound` is by (a limit), on (a day or span in which), from (an opening) or since (what lies behind).
    """

    begin: int
    end: int
    start: Point
    close: Point | None
    bound: str
    text: str

    @property
    def is_range(self) -> bool:
        """Does it name two ends?"""
        return self.close is not None

    @property
    def final(self) -> Point:
        """The point at which it ends."""
        return self.close or self.start


def find_incomplete(text: str) -> list[tuple[str, str]]:
    """(as written, what is missing) for each date with a part missing."""
    found = []
    for pattern, missing in _INCOMPLETE:
        found += [(match[0], missing) for match in pattern.finditer(text)]
    return found


def find_dates(text: str, hidden: tuple[tuple[int, int], ...] = ()) -> list[Mention]:
    """All date mentions of a folded text, outside of the hidden spans (rhythms, book titles)."""
    for begin, end in hidden:
        text = text[:begin] + "□" * (end - begin) + text[end:]
    return _join_lists(text, list(_scan(text)))


def _scan(text: str) -> Iterator[Mention]:
    place = 0
    while place < len(text):
        mention = _range_at(text, place)
        if mention is None:
            return
        yield mention
        place = mention.end


def _range_at(text: str, place: int) -> Mention | None:
    """The next mention at or after a place; ranges written with one 月 or 日 win over points."""
    compact = [
        (match.start(), index, match)
        for index, pattern in enumerate((_SPAN, _DAYS, _DOTTED))
        for match in [pattern.search(text, place)]
        if match
    ]
    point = _next_point(text, place)
    if compact:
        begin, index, match = min(compact, key=lambda item: (item[0], -item[2].end()))
        if point is None or begin <= point[0]:
            built = _compact(text, index, match)
            if built is not None:
                return built
    if point is None:
        return None
    begin, end, start = point
    link = _LINK.match(text, end)
    if link:
        tail = _point_at(text, link.end()) or _tail_at(text, link.end(), start)
        if tail is not None:
            return _bounded(text, begin, tail[0], start, tail[1])
    return _bounded(text, begin, end, start, None)


def _compact(text: str, index: int, match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    year, shift = _year_of(groups)
    if index == 0:
        m1, m2 = chinese_number(groups["m1"]), chinese_number(groups["m2"])
        start, close = Point(year, shift, m1), Point(None, 0, m2, None, groups["part"])
    elif index == 1:
        month = chinese_number(groups["m"])
        start = Point(year, shift, month, chinese_number(groups["d1"]))
        close = Point(None, 0, month, chinese_number(groups["d2"]))
    else:
        start = Point(None, 0, int(groups["m1"]), int(groups["d1"]))
        close = Point(None, 0, int(groups["m2"]), int(groups["d2"]))
    months = {start.month or 0, close.month or 0}
    if not months <= set(range(1, 13)) and index != 1:
        return None
    return _bounded(text, match.start(), match.end(), start, close)


def _next_point(text: str, place: int) -> tuple[int, int, Point] | None:
    for match in _POINT.finditer(text, place):
        point = _build(match)
        if point is not None:
            return match.start(), match.end(), point
    return None


def _point_at(text: str, place: int) -> tuple[int, Point] | None:
    match = _POINT.match(text, place)
    point = _build(match) if match else None
    return (match.end(), point) if match and point and not point.of_document else None


def _tail_at(text: str, place: int, start: Point) -> tuple[int, Point] | None:
    """The end of a range that borrows its month from the start: 3月1日至15日, 5月中旬至下旬."""
    dotted = _DOTTED_TAIL.match(text, place) if start.dotted else None
    if dotted:
        return dotted.end(), _dotted_close(dotted, start)
    match = _TAIL.match(text, place)
    if not match or start.month is None or text[match.end() : match.end() + 1] == "内":
        return None
    part = (match["part"] or "").removeprefix("月") or None
    day = chinese_number(match["day"]) if match["day"] else None
    return match.end(), Point(None, 0, start.month, day, part)


def _dotted_close(match: re.Match[str], start: Point) -> Point:
    """The end of a dotted range: month and day, or the day alone, or the month where the start has no day."""
    last = int(match["d"])
    if match["m"]:
        return Point(None, 0, int(match["m"]), last)
    return Point(None, 0, start.month, last) if start.day else Point(None, 0, last)


def _build(match: re.Match[str]) -> Point | None:
    groups = match.groupdict()
    if groups["today"]:
        return Point(of_document=True)
    if groups["plainmonth"]:
        return Point(month=int(groups["plainmonth"]), day=int(groups["plainday"]))
    if groups["cutmonth"]:
        return Point(month=int(groups["cutmonth"]), part=groups["cutpart"])
    if groups["monthless"]:
        return Point(part="底")
    if groups["dotyear"]:
        day = int(groups["dotday"]) if groups["dotday"] else None
        return Point(int(groups["dotyear"]), 0, int(groups["dotmonth"]), day, dotted=True)
    year, shift = _year_of(groups)
    if groups["quarter"]:
        number = chinese_number(groups["quarter"]) or 1
        return Point(
            year,
            shift,
            number * 3 if groups["qpart"] in {"末", "底"} else number * 3 - 2,
            None,
            groups["qpart"],
            1 if groups["qpart"] else 3,
        )
    if groups["ypart"] or groups["yend"]:
        return _part_of_year(groups["ypart"] or "年" + groups["yend"], year, shift)
    if groups["month"] is None:
        return None
    month = {"元": 1, "正": 1}.get(groups["month"]) or chinese_number(groups["month"])
    written = groups["day"] or groups["cut"]
    day = chinese_number(written) if written else None
    return Point(year, shift, month, day, groups["part"])


def _part_of_year(part: str, year: int | None, shift: int) -> Point:
    if part in {"上半年", "年中"}:
        return Point(year, shift, 1, None, None, 6)
    if part == "下半年":
        return Point(year, shift, 7, None, None, 6)
    if part in {"年内", "全年"}:
        return Point(year, shift, 1, None, None, 12)
    return Point(year, shift, 1 if part == "年初" else 12, None, "初" if part == "年初" else "底")


def _year_of(groups: dict[str, str | None]) -> tuple[int | None, int]:
    if groups.get("year"):
        written = str(groups["year"]).translate(str.maketrans("○OoＯ零", "〇〇〇〇〇"))
        return chinese_number(written.replace("0", "〇") if "〇" in written else written), 0
    relative = groups.get("rel")
    return None, 1 if relative in {"明年", "次年", "来年", "翌年", "下年", "下一年"} else 0


def _bounded(text: str, begin: int, end: int, start: Point, close: Point | None) -> Mention:
    """The mention with its limit words: 5月25日前, 不迟于…, …以来."""
    bound = "on"
    before, since, opening = _BEFORE.match(text, end), _SINCE.match(text, end), _FROM.match(text, end)
    if before:
        bound, end = "by", before.end()
    elif since:
        bound, end = "since", since.end()
    elif opening and close is None:
        bound, end = "from", opening.end()
    elif _LATEST.search(text[max(0, begin - 6) : begin]):
        bound = "by"
    if close is None and start.of_document:
        bound = "from"
    return Mention(begin, end, start, close, bound, text[begin:end])


def _join_lists(text: str, mentions: list[Mention]) -> list[Mention]:
    """In 3月、6月、9月底前 the limit and the part of the last date hold for all."""
    for index in range(len(mentions) - 2, -1, -1):
        one, other = mentions[index], mentions[index + 1]
        if text[one.end : other.begin] in {"、", "和", "及", "与", "，", "以及"} and one.bound == "on":
            if one.is_range or other.is_range or other.bound != "by":
                continue
            start = one.start
            if start.is_whole_month and (other.start.part or other.start.day) and text[one.end] != "，":
                start = replace(start, part=other.start.part, day=other.start.day)
            if text[one.end] != "，" or not start.is_whole_month:
                mentions[index] = replace(one, start=start, bound="by")
    return mentions


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
