"""The year of a plan and the span of the whole campaign."""

import re
from collections import Counter
from datetime import date, timedelta

from qingfeng.calendars import month_end
from qingfeng.planreader.cover import document_year, signed_on, title_text
from qingfeng.planreader.dates import Mention, find_dates
from qingfeng.planreader.model import Period
from qingfeng.planreader.ordinals import chinese_number
from qingfeng.planreader.outline import Outline
from qingfeng.planreader.stages import StagePlace, find_stages
from qingfeng.planreader.years import Years

_LASTS = re.compile(r"(?:为期|历时|利用|用)(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个月")
_SPAN = re.compile(r"专项|整治|治理|行动|活动|工作|清理|方案|检查|从|自|时间|期限")
_LIMITS = re.compile(r"开始|启动|结束|为止|止|分.{0,4}(?:阶段|步)|时间|期限|为期|历时|期间|开展")


def read_years(outline: Outline) -> Years:
    """What the document lets us know of its year; no guess is made from older dates that it tells of."""
    signed = signed_on(outline)
    base = _year_of_schedule(outline)
    if base is None and signed is not None:
        base = _after_signing(outline, signed)
    if base is None:
        base = document_year(outline) or _year_of_title(outline) or _year_of_limits(outline)
    return Years(base, signed)


def _year_of_schedule(outline: Outline) -> int | None:
    """The year written in the span of the campaign or in the first stage that has one."""
    for mention in _campaign_mentions(outline):
        if mention.start.year:
            return mention.start.year
    for place in find_stages(outline, Years(None)):
        start, end = place.window
        if start or end:
            return (start or end).year  # type: ignore[union-attr]
    return None


def _after_signing(outline: Outline, signed: date) -> int:
    """A plan signed in December that starts in January means the next January."""
    first = next((m.start.month for m in _campaign_mentions(outline) if m.start.month), None)
    if first is None:
        places = find_stages(outline, Years(signed.year))
        first = next((p.stage.start.month for p in places if p.stage.start), None)
    return signed.year + (1 if first is not None and signed.month - first > 5 else 0)


def _year_of_title(outline: Outline) -> int | None:
    match = re.search(r"(20\d{2})年", title_text(outline.titles) or "")
    return int(match[1]) if match else None


def _year_of_limits(outline: Outline) -> int | None:
    """The year most often written in dates by which something is due."""
    years = Counter(
        mention.start.year
        for paragraph in outline.paragraphs
        for mention in find_dates(paragraph.text)
        if mention.start.year and (mention.bound == "by" or mention.is_range)
    )
    return years.most_common(1)[0][0] if years else None


def _campaign_mentions(outline: Outline) -> list[Mention]:
    """The spans in sentences on the time of the whole campaign, most telling first."""
    found: list[tuple[int, Mention]] = []
    for paragraph in outline.paragraphs:
        if paragraph.line.is_row or re.search(r"第[一二三四五]阶段", paragraph.text[:8]):
            continue
        for begin, end in paragraph.line.folded.sentences():
            sentence = paragraph.text[begin:end]
            if not (_SPAN.search(sentence) and _LIMITS.search(sentence)):
                continue
            for mention in find_dates(sentence):
                if (
                    mention.is_range
                    and mention.bound != "since"
                    and not _in_heading_brackets(sentence, mention)
                ):
                    found.append((_weight(sentence, mention), mention))
    return [mention for weight, mention in sorted(found, key=lambda item: -item[0]) if weight >= 2]


def _in_heading_brackets(sentence: str, mention: Mention) -> bool:
    return sentence[: mention.begin].endswith("（") and mention.begin < 26


def _weight(sentence: str, mention: Mention) -> int:
    before, after = sentence[: mention.begin], sentence[mention.end :]
    weight = 0
    weight += 2 * bool(re.search(r"分.{0,6}(?:阶段|步)", after))
    weight += 2 * bool(re.match(r"[，]?(?:基本|全面)?(?:结束|止|为止)", after))
    weight += bool(
        re.search(
            r"(?:专项|整治|治理|行动|活动|工作|清理)[^，。]{0,14}(?:自|从|时间为?|期限为?|于|为|：)?$", before
        )
    )
    weight += bool(re.search(r"(?:^|[，、])(?:决定)?(?:从|自)$", before)) and not re.search(
        r"各|单位", before
    )
    weight += bool(re.search(r"时间为?：?$|期限为?：?$", before))
    weight += bool(re.match(r"[，]?(?:在全|为期|历时|集中)", after))
    weight -= 2 * bool(re.search(r"要(?![求点])|须|应(?!急)", before[:18]))
    return weight


def read_period(outline: Outline, years: Years, stages: list[StagePlace]) -> Period:
    """The span said of the whole campaign; failing that, from the first stage to the last."""
    starts = [p.stage.start for p in stages if p.stage.start]
    ends = [p.stage.end for p in stages if p.stage.end]
    for mention in _campaign_mentions(outline):
        span = years.resolve(mention)
        if not span.first or not span.last or span.last < span.first:
            continue
        covers = not starts or not ends or (span.first <= max(starts) and span.last >= min(ends))
        whole = not ends or (span.last - span.first).days >= 0.6 * (max(ends) - min(starts or ends)).days
        if covers and whole:
            return Period(span.first, span.last)
    lasting = None if stages else _lasting(outline, years)
    return lasting or Period(min(starts, default=None), max(ends, default=None))


def _lasting(outline: Outline, years: Years) -> Period | None:
    """从4月1日开始，为期三个月: the end is reckoned from the start."""
    for paragraph in outline.paragraphs:
        match = _LASTS.search(paragraph.text)
        number = chinese_number(match["n"].replace("两", "二")) if match else None
        before = [m for m in find_dates(paragraph.text[: match.start()]) if not m.is_range] if match else []
        start = years.resolve(before[-1]).first if before else None
        if number and start:
            return Period(start, _months_after(start, number) - timedelta(days=1))
    return None


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    last = month_end(day.year + years, month + 1)
    return last if day.day > last.day else last.replace(day=day.day)
