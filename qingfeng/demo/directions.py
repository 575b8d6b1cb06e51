"""What the leader writes in the platform itself: to the office, to streets, and on a problem that drags on."""

from __future__ import annotations

from datetime import date

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Instruction, Problem
from qingfeng.demo.story import Story

TO_STREETS = (
    (
        date(2026, 6, 9),
        "990706",
        "例会连着几周没有开，请书面说明原因，今后按期开、按期报。",
        date(2026, 6, 18),
        True,
    ),
    (date(2026, 6, 15), "990711", "业委会换届的时间表定了没有，请报我。", date(2026, 6, 23), False),
)
"""Given on, to whom, the words, by when, and whether the matter is closed after the answer."""
TO_OFFICE = (
    date(2026, 6, 22),
    "逾期的逐个核一遍，哪些是真难、哪些是拖，列个单子给我。",
    date(2026, 6, 30),
)
ON_A_PROBLEM = (date(2026, 6, 23), "990701", "这件事群众盯着，请主要负责人过问，办完报我。", date(2026, 7, 3))
ANSWER = "已按批示办理，情况说明附在单位报告里，下周起按期落实。"


class Directions:
    """The leader's instructions, and who answers them when."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.leader = story.seats.account("leader")

    def set(self) -> None:
        for given_on, code, words, due, closes in TO_STREETS:
            self.story.at(given_on, self._to_street, code, words, due, closes)
        self.story.at(TO_OFFICE[0], self._to_office)
        self.story.at(ON_A_PROBLEM[0], self._on_a_problem)

    def _to_street(self, code: str, words: str, due: date, closes: bool) -> None:
        unit = Unit.objects.get(code=code)
        row = actions.give_instruction(
            campaign=self.story.campaign,
            text=words,
            addressee=unit,
            about_unit=unit,
            due_date=due,
            by=self.leader,
        )
        self.story.at(due, self._answer, row.pk, unit, closes)

    def _answer(self, key: int, unit: Unit, closes: bool) -> None:
        row = Instruction.objects.select_related("campaign", "to_unit").get(pk=key)
        by = self.story.clerk(unit) or self.story.head(unit)
        if by is None:
            return
        actions.answer_instruction(instruction=row, text=ANSWER, by=by)
        if closes:
            actions.close_instruction(instruction=row, note="同意。", by=self.leader)

    def _to_office(self) -> None:
        _day, words, due = TO_OFFICE
        office = self.story.campaign.office
        actions.give_instruction(
            campaign=self.story.campaign, text=words, addressee=office, due_date=due, by=self.leader
        )

    def _on_a_problem(self) -> None:
        _day, code, words, due = ON_A_PROBLEM
        rows = Problem.objects.filter(campaign=self.story.campaign, lead_unit__code=code)
        late = rows.overdue(clock.today()).select_related("lead_unit").order_by("due_date", "pk").first()  # type: ignore[attr-defined]
        if late is not None:
            actions.give_instruction(
                campaign=self.story.campaign,
                text=words,
                addressee=late.lead_unit,
                problem=late,
                due_date=due,
                by=self.leader,
            )
