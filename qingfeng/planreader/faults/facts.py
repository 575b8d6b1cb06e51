"""What the checks look at."""

from dataclasses import dataclass

from qingfeng.calendars import WorkingDays
from qingfeng.planreader.model import Draft
from qingfeng.planreader.outline import Outline
from qingfeng.planreader.stages import StagePlace
from qingfeng.planreader.years import Years


@dataclass(frozen=True)
class Facts:
    """The outline, the draft read from it, and what helps to judge them."""

    outline: Outline
    draft: Draft
    stages: list[StagePlace]
    years: Years
    names: dict[int, list[str]]
    calendar: WorkingDays


def places(lines: tuple[int, ...] | list[int]) -> str:
    """第3、8行, at most six."""
    numbers = sorted(set(lines))
    return "第" + "、".join(map(str, numbers[:6])) + ("等" if len(numbers) > 6 else "") + "行"
