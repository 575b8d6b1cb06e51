"""What stands before the first heading: why and when a campaign is held, seldom what somebody must do."""

import re

from qingfeng.planreader.outline import Outline

_FOUNDING = re.compile(
    r"制定(?:本|如下|以下|此)|(?:研究|会议)?决定[，]?(?:从|自|于|在|开展|用|利用|对|\d)|现就|现将[^，。；]{0,30}(?:通知|安排)如下"
)
_ORDER = re.compile(
    r"(?<![响相供反适对效顺])应(?![对用急邀])|必?须|务必|(?<![申邀提聘])请(?!示|求|客|托)|(?<![重主必首纪摘简只紧])要(?![求点素闻件领目])|(?:各|每)[^，。；]{1,16}需"
)
_HANDED_IN = re.compile(r"于[^，。；]{2,20}前[^。；]{0,40}报(?!告|道|名|销|废|复|警|的)")


def is_before_headings(outline: Outline, index: int) -> bool:
    """Does the paragraph stand before the first heading, or is it the first article?"""
    paragraph = outline.paragraphs[index]
    if paragraph.ordinal is not None:
        return paragraph.ordinal.style == "article" and paragraph.ordinal.number == 1
    first = next((i for i, p in enumerate(outline.paragraphs) if p.ordinal is not None or p.path), 1)
    return index < first


def sets_a_duty(sentence: str) -> bool:
    """Does a sentence that stands there still order something (各单位应于…前报送)?"""
    return bool(_ORDER.search(sentence) or _HANDED_IN.search(sentence))


def founds_the_campaign(sentence: str) -> bool:
    """党委决定在全辖开展专项整治（自X至Y）, 制定本方案: the span is that of the campaign, wherever it stands."""
    return bool(_FOUNDING.search(sentence)) and not sets_a_duty(sentence)
