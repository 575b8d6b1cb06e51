"""Rhythms: 每周例会, 每月20日前, 次月5日前, 每季度末月28日前, 月汇总, 一月一调度, found in folded text.

`day` is the day of the month in which the thing falls due, -1 the month end; `month_of_period` says
which month of a quarter, half year or year; a week takes a `weekday` from 1 to 7.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from qingfeng.planreader.model import Recurrence
from qingfeng.planreader.ordinals import chinese_number

_CN = "[一二三四五六七八九十]"
_WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7, "末": 7} | {
    str(n): n for n in range(1, 8)
}
_EVERY = {
    "周": "week", "星期": "week", "礼拜": "week", "双周": "two_weeks", "两周": "two_weeks", "半月": "two_weeks",
    "半个月": "two_weeks", "旬": "ten_days", "月": "month", "季": "quarter", "季度": "quarter", "半年": "half_year",
    "年": "year", "年度": "year", "2周": "two_weeks", "二周": "two_weeks", "个月": "month", "个季度": "quarter",
    "15天": "two_weeks", "15日": "two_weeks", "十五天": "two_weeks", "十天": "ten_days", "10天": "ten_days", "10日": "ten_days",
    "七天": "week", "7天": "week", "隔周": "two_weeks", "14天": "two_weeks",
    "三个月": "quarter", "3个月": "quarter", "六个月": "half_year", "6个月": "half_year",
    "一周": "week", "一月": "month", "一个月": "month", "一季度": "quarter", "一季": "quarter",
}  # fmt: skip
_UNIT = "半个月|半月|半年|双周|[两二2]周|一?周|星期|礼拜|旬|[三3]个月|[六6]个月|一?个月|一?月|一?个?季度|一?季|年度?|1[05][天日]|14天|十五?天|[七7]天"
_LIMIT = r"(?:之前|以前|前|底前|内|止)?"
# 下班前, 下午5点前, 17：30前: within the day.
_CLOCK = r"(?:（含[^）]{0,6}）)?(?:下班|(?:上午|下午|中午|早上|晚)?(?:\d{1,2}(?:[时点](?:\d{1,2}分|半|整)?|：\d{2}))?)?"
_DAY = rf"(?P<day>\d{{1,2}}|[一二三]?十{_CN}?|{_CN})[日号]"
_EDGE = r"月?底|月?末|初|最后1?一?[天日]|最后一?1?个?工作日|终"
_MONTH_IN = rf"(?:第?(?P<nth>[一二三123首末])个?月|最后[一1]?个月|(?P<edge_month>末(?=\d{{1,2}}日)|末月|首月|尾月|末个月|首个月)|(?P<mon>\d{{1,2}}|{_CN}{{1,2}})月份?)的?"

_EXPLICIT = re.compile(
    rf"""(?:每(?:间?隔)?(?:满|一(?!次))?(?P<unit>{_UNIT})(?![度]?数|期|历|限|额)|(?P<adv>[按逐分隔]周|[按逐分]旬|[按逐分]月|[按逐分]季度?|按半年|[按逐]年度?))
    (?:（[^）]{{0,8}}）)?的?
    (?:
       (?:星期|周|礼拜|)(?P<weekday>[一二三四五六日天](?![十日号月个次期季年轮家户名份篇条项人批])|[1-7](?![\d十日号月个次期季年轮家户名份篇条项人批])){_CLOCK}{_LIMIT}
      |(?:度)?(?:{_MONTH_IN})?逢?(?:(?:\d{{1,2}}[日号]?(?:至|-|到))?{_DAY}|(?P<tenday>上旬|中旬|下旬)|(?P<edge>{_EDGE})){_CLOCK}{_LIMIT}
      |(?:度)?(?P<bare_month>第?[一二三123首末]个月|最后[一1]?个月|末月|首月)(?:内|底|末)?{_LIMIT}
      |(?:度)?(?:结束|终了)(?:之?后)(?:的)?(?P<after>\d{{1,2}}|{_CN}{{1,2}})(?P<after_unit>个?工作日|[日天])(?:之?内)?
    )?""",
    re.VERBOSE,
)
_MORE_DAYS = re.compile(rf"[、和及与]{_DAY}{_LIMIT}")
_MORE_WEEKDAYS = re.compile(
    rf"[、和及与](?:每?(?:周|星期))?(?P<weekday>[一二三四五六日天])(?![十\d是要季个次月年级线类把名方])(?:下午|上午)?{_LIMIT}"
)
_NEXT = re.compile(
    rf"(?:于|在|每)?(?:次|下个?)(?P<unit>月|季度?)(?P<first>首月|第一个月)?(?:的)?(?:{_DAY}|(?P<tenday>上旬|中旬|下旬)|(?P<edge>底|末|初)){_LIMIT}"
)
_ONCE = re.compile(
    r"(?<![\d一二三四五六七八九十年])(?P<unit>双周|半月|半年|[两二]周|[一1]周|[一1]旬|[一1]个?月|[一1]个?季度?|[一1]年)(?P<n>[一1两二]次?|不少于[一1]次)(?![日号十百千])(?P<noun>[\u4e00-\u9fff]{1,6}?)(?=[，、。；”“]|制|机|的|$)"
)
_NAMED = re.compile(
    r"(?<![\d一二三四五六七八九十本当次上下每个按逐同第半双年])(?P<unit>双周|半月|半年|周|旬|月|季度?)度?"
    r"(?P<noun>工作例会|例会|汇总|通报|调度|报告|小结|分析|研判|会商|督查|督导|总结|考核|点评|公示|公开|巡查|报送|检查|评议|推进|"
    r"简报|汇报|排名|排查|碰头|联席|点名|讲评|统计|反馈|盘点|提醒|报(?![告表名])|查|评|会(?!商))"
    r"(?P<more>会议|会|制度|机制|制)?"
)
_COMBINED = re.compile(
    r"(?P<yearly>每年的?)?(?P<months>(?:\d{1,2}月?底?[、和及]){1,11}\d{1,2})月(?:份)?(?:的)?"
    + f"(?:{_DAY}|(?P<edge>底|末))"
    + _LIMIT
)


@dataclass(frozen=True)
class Rhythm:
    """A place in a folded text that says how often. `named` rhythms are only a word (月通报)."""

    begin: int
    end: int
    recurrence: Recurrence
    text: str
    named: str | None = None


def find_rhythms(text: str) -> list[Rhythm]:
    """All rhythms of a folded text, in order and without overlap."""
    found = [*_explicit(text), *_yearly_months(text), *_next(text), *_once(text), *_named(text)]
    found.sort(key=lambda rhythm: (rhythm.begin, rhythm.named is not None, rhythm.begin - rhythm.end))
    kept: list[Rhythm] = []
    for rhythm in found:
        if not kept or rhythm.begin >= kept[-1].end:
            kept.append(rhythm)
    return kept


def _explicit(text: str) -> list[Rhythm]:
    found = []
    for match in _EXPLICIT.finditer(text):
        unit = match["unit"] or match["adv"][1:]
        every = _EVERY.get(unit)
        if match["adv"] and match["adv"].startswith("隔"):
            every = "two_weeks"
        if every is None or _is_counted_thing(text, match):
            continue
        rhythm = Rhythm(match.start(), match.end(), _details(every, match), match[0])
        found += [rhythm, *_further_days(text, rhythm)]
    return found


def _further_days(text: str, rhythm: Rhythm) -> list[Rhythm]:
    """每月5日前、20日前: one rhythm for each day."""
    found: list[Rhythm] = []
    end = rhythm.end
    while rhythm.recurrence.weekday and (more := _MORE_WEEKDAYS.match(text, end)):
        recurrence = replace(rhythm.recurrence, weekday=_WEEKDAYS[more["weekday"]])
        found.append(Rhythm(more.start() + 1, more.end(), recurrence, more[0][1:]))
        end = more.end()
    while rhythm.recurrence.day and (more := _MORE_DAYS.match(text, end)):
        recurrence = replace(rhythm.recurrence, day=_number(more["day"]))
        found.append(Rhythm(more.start() + 1, more.end(), recurrence, more[0][1:]))
        end = more.end()
    return found


def _is_counted_thing(text: str, match: re.Match[str]) -> bool:
    """每月的补贴 or 每年度考核 as an attribute sets no rhythm."""
    after = text[match.end() : match.end() + 4]
    return after.startswith(
        ("补贴", "工资", "缴费", "收入", "租金", "标准", "额度", "发放标准", "应缴", "应发")
    )


def _details(every: str, match: re.Match[str]) -> Recurrence:
    groups = match.groupdict()
    if every in {"week", "two_weeks"}:
        weekday = _WEEKDAYS.get(groups.get("weekday") or "")
        edge = 7 if every == "week" and groups.get("edge") in {"末"} else None
        return Recurrence(every, None, weekday or edge)
    day = _day_of(groups)
    if every == "ten_days":
        return Recurrence(every)
    if groups.get("after"):
        return Recurrence(every, _number(groups["after"]), None, None if every == "month" else 1)
    if every == "month":
        return Recurrence(every, day)
    return Recurrence(every, day, None, _month_of(groups, every, day))


def _day_of(groups: dict[str, str | None]) -> int | None:
    if groups.get("day"):
        return _number(groups["day"])
    if groups.get("tenday"):
        return {"上旬": 10, "中旬": 20}.get(str(groups["tenday"]), -1)
    return {"初": 10}.get(str(groups["edge"]), -1) if groups.get("edge") else None


def _month_of(groups: dict[str, str | None], every: str, day: int | None) -> int | None:
    last = {"quarter": 3, "half_year": 6, "year": 12}[every]
    if groups.get("mon"):
        month = _number(groups["mon"])
        return month if every == "year" or month is None else (month - 1) % last + 1
    nth = groups.get("nth") or (groups.get("bare_month") or "").removeprefix("第")[:1]
    if nth in {"首", "末"}:
        return 1 if nth == "首" else last
    if nth and _number(nth):
        return _number(nth)
    if groups.get("edge_month"):
        return 1 if str(groups["edge_month"]).startswith("首") else last
    written = "".join(str(value) for value in groups.values() if value)
    if groups.get("bare_month") or (day is not None and "最后" not in written):
        return last
    return last if day is not None else None


def _yearly_months(text: str) -> list[Rhythm]:
    """3、6、9、12月的25日前: each quarter; 6月、12月底前 after 每年: each half year."""
    found = []
    for match in _COMBINED.finditer(text):
        months = [int(number) for number in re.findall(r"\d{1,2}", match["months"] + "月")]
        every = {4: "quarter", 2: "half_year"}.get(len(months))
        step = {4: 3, 2: 6}.get(len(months))
        if every is None or any(b - a != step for a, b in pairwise(months)):
            continue
        if every == "half_year" and not match["yearly"]:
            continue
        day = _day_of({"edge": None, "day": None, **match.groupdict()})
        size = 3 if every == "quarter" else 6
        found.append(
            Rhythm(
                match.start(), match.end(), Recurrence(every, day, None, (months[0] - 1) % size + 1), match[0]
            )
        )
    return found


def _next(text: str) -> list[Rhythm]:
    found = []
    for match in _NEXT.finditer(text):
        if match["unit"] == "月" and re.search(
            r"(?:确认|通过|收到|批准|认定|核实|处理)后?的?$", text[: match.start()]
        ):
            continue
        every = _EVERY[match["unit"]]
        day = _day_of({"edge": None, **match.groupdict()})
        found.append(
            Rhythm(
                match.start(),
                match.end(),
                Recurrence(every, day, None, None if every == "month" else 1),
                match[0],
            )
        )
    return found


def _once(text: str) -> list[Rhythm]:
    """一月一调度, 一季一通报, 半年一总结."""
    return [
        Rhythm(m.start(), m.end(), Recurrence(_EVERY.get(m["unit"].replace("1", "一"), "month")), m[0], m[0])
        for m in _ONCE.finditer(text)
        if _EVERY.get(m["unit"].replace("1", "一"))
    ]


def _named(text: str) -> list[Rhythm]:
    return [
        Rhythm(m.start(), m.end(), Recurrence(_EVERY[m["unit"]]), m[0], m["unit"] + m["noun"])
        for m in _NAMED.finditer(text)
    ]


def _number(text: str | None) -> int | None:
    return chinese_number(text) if text else None
