"""Words older than the reforms of 2018 (监察体制改革、机构改革) and what came after."""

import re
from collections.abc import Iterator

from qingfeng.planreader.faults.facts import Facts, places
from qingfeng.planreader.lines import Line
from qingfeng.planreader.model import Fault

# word → what it became; the sources are the 2018 reform plan and the 2018 Supervision Law.
_WORDS = {
    r"监察局|监察厅|(?<!国家)(?<!纪检)监察部(?!门)": "监察委员会",
    r"行政监察(?!学)": "监察",
    r"政纪处分|政纪": "政务处分",
    r"预防腐败局|预防腐败建议书": "纪检监察建议",
    r"特邀监察员": "特约监察员",
    r"国土资源|国土[局所部]|(?<=、)国土(?=、)": "自然资源",
    r"工商行政管理|工商[局所]|工商部门": "市场监督管理",
    r"质监局|质量技术监督局?": "市场监督管理",
    r"食药监|食品药品监督管理局": "市场监督管理",
    r"卫生和?计划生育|卫计[局委办]|卫生计生": "卫生健康",
    r"国税局|地税局|国税、地税|国税地税": "税务局",
    r"环境保护局|环保局": "生态环境局",
    r"安全生产监督管理局|安监[局所]": "应急管理局",
    r"农业委员会|农委(?!会)|农牧业局": "农业农村局",
    r"(?<![和与化电体育视版])旅游局|文广新局|文化广电新闻出版局|文体广新局": "文化和旅游局",
    r"物价局|法制办(?!公)|粮食局(?!和)|民政部门优抚|公安消防部队": "机构改革后的部门",
    r"人民检察院反贪污?贿?赂?局|反贪局": "监察委员会",
}
_LATER = {r"扶贫(?:办|项目|资金|领域|开发|补助|政策|小额|对象|工作|干部|物资)": (2021, "乡村振兴、帮扶")}


def check_outdated(facts: Facts) -> Iterator[Fault]:
    """All outdated words of the document in one fault, each with its successor."""
    words = [*_WORDS.items()]
    words += [(pattern, new) for pattern, (year, new) in _LATER.items() if (facts.years.base or 0) >= year]
    found: dict[str, str] = {}
    lines: list[int] = []
    for line in (*facts.outline.titles, *(p.line for p in facts.outline.paragraphs), *_attached(facts)):
        for pattern, successor in words:
            for match in re.finditer(pattern, line.plain):
                if not re.search(r"原$|原为$|原名$", line.plain[: match.start()]):
                    found.setdefault(match[0], successor)
                    lines.append(line.number)
    if found:
        listed = "、".join(f"“{old}”（现为{new}）" for old, new in found.items())
        message = (
            f"{places(lines)}用了机构改革以前的名称：{listed}；请按现行名称改写，导入时也可以对应到现有单位。"
        )
        yield Fault("outdated_words", message, tuple(sorted(set(lines))))


def _attached(facts: Facts) -> list[Line]:
    return [line for attachment in facts.outline.attachments for line in attachment.lines]
