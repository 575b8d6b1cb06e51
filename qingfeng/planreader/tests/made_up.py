"""Made-up plans for the spec tables: a county that does not exist, and one sentence at a time."""

from qingfeng.planreader.model import Draft, Obligation
from qingfeng.planreader.reader import read_lines
from qingfeng.planreader.sources.plain_text import lines_of

HEAD = """岭水县开展群众身边突出问题专项整治工作方案

为推进工作，制定本方案。
一、整治内容
（一）补贴资金发放不规范。
（二）工程项目管理不规范。
"""
STEPS = """二、工作步骤
专项整治自2026年4月1日开始，12月31日结束，分三个阶段进行。
（一）动员部署阶段（2026年4月1日至4月20日）。各单位要认真组织学习。
（二）集中整治阶段（2026年4月21日至10月30日）。各单位要全面排查问题。
（三）总结提升阶段（2026年11月1日至12月31日）。各单位要认真总结。
"""
FOOT = """
岭水县纪委监委
2026年3月25日
"""


def plan(*, steps: str = STEPS, rest: str = "", foot: str = FOOT, head: str = HEAD) -> Draft:
    """A made-up plan read from its text."""
    return read_lines(lines_of(head + steps + "三、工作要求\n" + rest + "\n" + foot))


def duties(sentence: str) -> list[Obligation]:
    """The obligations that one sentence under the requirements gives."""
    return list(plan(rest=sentence).obligations)


def time_of(item: Obligation) -> str:
    """The time of an obligation as the tables write it."""
    if item.recurrence:
        rhythm = item.recurrence
        parts = (rhythm.every, rhythm.day, rhythm.weekday, rhythm.month_of_period)
        return ":".join("" if part is None else str(part) for part in parts).rstrip(":")
    if item.trigger:
        return item.trigger
    return f"{item.start}/{item.due}" if item.start else str(item.due)
