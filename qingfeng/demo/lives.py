"""What becomes of each problem: a fate is drawn when it is found, and its steps are set for the days to come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.closers import closers
from qingfeng.apps.work.problems.models import CoUnit, LookBackResult, MeasureKind, Problem
from qingfeng.demo import proofs
from qingfeng.demo.story import Story, days
from qingfeng.demo.words import Wording

FATES = {
    "closed_out": 30,
    "looked_back": 5,
    "look_back_due": 4,
    "reopened": 3,
    "submitted": 8,
    "unsigned": 6,
    "returned": 5,
    "in_rectification": 20,
    "late": 6,
    "assigned": 9,
    "found": 4,
    "extended": 4,
    "extension_asked": 3,
    "extension_refused": 2,
    "transferred": 2,
    "taken_over": 1,
    "transfer_asked": 2,
    "transfer_refused": 1,
    "long_term": 4,
    "void": 2,
}
"""How many problems come to each end; about 120 in all."""
NEEDS = {
    "closed_out": 20,
    "looked_back": 36,
    "look_back_due": 36,
    "reopened": 36,
    "submitted": 14,
    "unsigned": 13,
    "returned": 16,
    "late": 12,
    "extended": 18,
    "extension_asked": 6,
    "extension_refused": 18,
    "transferred": 6,
    "taken_over": 8,
    "transfer_asked": 3,
    "transfer_refused": 6,
    "long_term": 8,
    "void": 4,
}
"""Days that an end takes, so that it is drawn early enough."""
SHORT_TERM = {"closed_out", "looked_back", "look_back_due", "reopened", "returned"}
OVERRUN = {"late", "extended", "extension_refused"}
WITHOUT_CLERK = ("assigned", "found")
"""A unit without an account cannot report anything yet."""


@dataclass(frozen=True)
class Found:
    """A problem with its story so far."""

    pk: int
    unit: Unit
    wording: Wording
    day: date
    co_unit: bool = False


class Lives:
    """Draws the fates and carries them out."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.chance = story.chance
        self.left = [fate for fate, count in FATES.items() for _ in range(count)]
        self.chance.shuffle(self.left)

    def draw(self, unit: Unit, day: date) -> str:
        """An end that still fits: the longest story first more often than not."""
        if self.story.clerk(unit) is None:
            return self.chance.choice(WITHOUT_CLERK)
        room = (self.story.home_day - day).days
        fitting = [fate for fate in self.left if NEEDS.get(fate, 0) <= room]
        if not fitting:
            return "in_rectification"
        longest = max(fitting, key=lambda fate: NEEDS.get(fate, 0))
        fate = longest if self.chance.random() < 0.5 else self.chance.choice(fitting)
        self.left.remove(fate)
        return fate

    def due(self, fate: str, day: date) -> date | None:
        """The date given when it is found."""
        home = self.story.home_day
        if fate == "found":
            return None
        if fate in OVERRUN:
            return max(home - days(self.chance.randint(2, 8)), day + days(3))
        if fate in SHORT_TERM:
            return day + days(self.chance.randint(14, 28))
        return max(home, day) + days(self.chance.randint(4, 55))

    def begin(self, fate: str, found: Found) -> None:
        """Sets the first steps; each further step is set by the one before."""
        step: Callable[[Found, str], object] = getattr(self, f"_{fate}", self._worked)
        step(found, fate)

    # Working on it

    def _found(self, found: Found, fate: str) -> None:
        """Nobody has taken it on yet."""

    def _assigned(self, found: Found, fate: str) -> None:
        """Taken on, nothing done yet."""

    def _worked(self, found: Found, fate: str) -> None:
        day = self.story.at(found.day + days(self.chance.randint(1, 3)), self._measure, found)
        day = self.story.at(day + days(self.chance.randint(3, 5)), self._progress, found)
        if found.co_unit:
            self.story.at(day, self._finish_sub_tasks, found)
        if fate not in {"in_rectification", "late"}:
            self.story.at(day + days(self.chance.randint(2, 4)), self._submit, found, fate)

    def _measure(self, found: Found) -> None:
        problem, clerk = self._problem(found), self._clerk(found)
        actions.add_measure(problem=problem, text=found.wording.measure + "。", by=clerk)
        if self.chance.random() < 0.5:
            name = f"现场照片{self.chance.randint(1, 9)}.png"
            actions.add_evidence(
                problem=problem,
                name=name,
                content=proofs.photo(self.chance),
                by=clerk,
                description="整改现场",
            )

    def _progress(self, found: Found) -> None:
        half = found.wording.fen // 200 * 100 if _gives_back(found.wording) else None
        actions.add_measure(
            problem=self._problem(found),
            text=found.wording.progress + "。",
            kind=MeasureKind.PROGRESS,
            sum_returned=half,
            by=self._clerk(found),
        )

    def _finish_sub_tasks(self, found: Found) -> None:
        for row in CoUnit.objects.filter(problem_id=found.pk, done_at=None).select_related("unit"):
            clerk = self.story.clerk(row.unit)
            assert clerk is not None  # co-units are chosen among those with a clerk
            actions.finish_sub_task(co_unit=row, by=clerk)

    def _submit(self, found: Found, fate: str) -> None:
        problem, clerk, words = self._problem(found), self._clerk(found), found.wording
        if _gives_back(words):
            actions.add_measure(
                problem=problem,
                text="款项已退回，凭证见佐证材料。",
                kind=MeasureKind.PROGRESS,
                sum_returned=words.fen,
                by=clerk,
            )
        text = proofs.note(
            "整改情况说明", f"问题：{words.text}。", f"措施：{words.measure}。", f"结果：{words.statement}。"
        )
        actions.add_evidence(
            problem=problem, name="整改情况说明.txt", content=text, by=clerk, description="文字说明"
        )
        actions.submit(
            problem=problem,
            statement=words.statement + "。",
            new_rule=words.new_rule,
            no_rule_reason=words.no_rule_reason,
            by=clerk,
        )
        if fate != "unsigned":
            self.story.at(clock.today() + days(1), self._sign, found, fate)

    def _sign(self, found: Found, fate: str) -> None:
        problem = self._problem(found)
        head = self.story.head(problem.lead_unit)
        if head is None:
            return  # the post is vacant: it waits for the new head
        actions.sign(problem=problem, by=head)
        if fate == "returned":
            self.story.at(clock.today() + days(2), self._return, found)
        elif fate != "submitted":
            self.story.at(clock.today() + days(self.chance.randint(1, 3)), self._close_out, found, fate)

    # A second person decides

    def _return(self, found: Found) -> None:
        problem = self._problem(found)
        reason = self.chance.choice(
            (
                "佐证材料只有文字说明，请补充现场照片。",
                "没有说明多领、多付部分如何处理，请补充。",
                "完成情况与措施对不上，请逐条写清。",
            )
        )
        actions.return_problem(problem=problem, reason=reason, by=closer(problem))

    def _close_out(self, found: Found, fate: str) -> None:
        problem = self._problem(found)
        today = clock.today()
        wait = {"looked_back": 12, "reopened": 12}.get(fate, 92)
        look_back_on = today + days(wait)
        if fate == "look_back_due":
            look_back_on = self.story.home_day - days(self.chance.randint(0, 3))
        opinion = self.chance.choice(
            ("材料齐全，现场核实无误，同意销号。", "走访居民属实，同意销号。", "同意销号。")
        )
        look_back_on = max(look_back_on, today + days(10))
        actions.close_out(problem=problem, look_back_on=look_back_on, opinion=opinion, by=closer(problem))
        if fate in {"looked_back", "reopened"}:
            self.story.at(look_back_on, self._look_back, found, fate)

    def _look_back(self, found: Found, fate: str) -> None:
        problem = self._problem(found)
        if fate == "reopened":
            actions.look_back(
                problem=problem,
                result=LookBackResult.RECURRED,
                by=closer(problem),
                note="抽查时同类情况再次出现，整改没有落到具体人。",
            )
            self.story.at(self.story.home_day, self._take_up_again, found)
        else:
            actions.look_back(
                problem=problem,
                result=LookBackResult.HOLDS,
                by=closer(problem),
                note="随机走访三户居民，情况属实，没有反弹。",
            )

    def _take_up_again(self, found: Found) -> None:
        if self.chance.random() < 0.5:
            actions.add_measure(
                problem=self._problem(found), text="重新明确责任人，每周报一次进度。", by=self._clerk(found)
            )

    # More time, another unit, another end

    def _extended(self, found: Found, fate: str) -> None:
        self._worked(found, "in_rectification")
        due = self._problem(found).due_date
        assert due is not None  # given when it was found
        day = self.story.at(due - days(4), self._ask_extension, found)
        self.story.at(day + days(2), self._decide_extension, found, fate == "extended")

    _extension_refused = _extended

    def _extension_asked(self, found: Found, fate: str) -> None:
        self._worked(found, "in_rectification")
        self.story.at(self.story.home_day - days(1), self._ask_extension, found)

    def _ask_extension(self, found: Found) -> None:
        problem = self._problem(found)
        reason = self.chance.choice(
            ("需等待上级批复拨付资金。", "涉及住户外出，逐户核实尚需时间。", "招标公告期未满。")
        )
        assert problem.due_date is not None  # held by a constraint
        actions.ask_extension(
            problem=problem, reason=reason, new_date=problem.due_date + days(20), by=self._clerk(found)
        )

    def _decide_extension(self, found: Found, approve: bool) -> None:
        problem = self._problem(found)
        opinion = "同意延期，按周报进度。" if approve else "理由不充分，请按原时限办理。"
        actions.decide_extension(problem=problem, approve=approve, opinion=opinion, by=closer(problem))

    def _transferred(self, found: Found, fate: str) -> None:
        day = self.story.at(found.day + days(2), self._ask_transfer, found)
        if fate == "transfer_asked":
            return
        day = self.story.at(day + days(2), self._decide_transfer, found, fate != "transfer_refused")
        if fate == "taken_over":
            self.story.at(day + days(1), self._take_over, found)

    _taken_over = _transfer_asked = _transfer_refused = _transferred

    def _ask_transfer(self, found: Found) -> None:
        actions.ask_transfer(
            problem=self._problem(found),
            to_unit=self._department(found),
            reason="该事项的审批和资金均在区级部门，街道无权处理。",
            by=self._clerk(found),
        )

    def _decide_transfer(self, found: Found, approve: bool) -> None:
        opinion = "情况属实，同意转办。" if approve else "属街道日常管理职责，仍由街道办理。"
        actions.decide_transfer(
            problem=self._problem(found), approve=approve, opinion=opinion, by=self.story.office()
        )

    def _take_over(self, found: Found) -> None:
        problem = self._problem(found)
        clerk = self.story.clerk(problem.lead_unit)
        assert clerk is not None  # departments with a clerk are chosen
        actions.assign(
            problem=problem,
            responsible_name=self.story.seats.responsible(problem.lead_unit),
            due_date=self.story.home_day + days(30),
            duty_text="牵头整改",
            by=clerk,
        )

    def _long_term(self, found: Found, fate: str) -> None:
        day = self.story.at(found.day + days(2), self._measure, found)
        self.story.at(day + days(5), self._make_long_term, found)

    def _make_long_term(self, found: Found) -> None:
        problem = self._problem(found)
        actions.make_long_term(
            problem=problem, reason="属常态化管理事项，需长期坚持，按年复核。", by=closer(problem)
        )

    def _void(self, found: Found, fate: str) -> None:
        self.story.at(found.day + days(3), self._strike_through, found)

    def _strike_through(self, found: Found) -> None:
        actions.void_problem(
            problem=self._problem(found), reason="与先前登记的问题重复。", by=self.story.office()
        )

    # Who and what

    def _problem(self, found: Found) -> Problem:
        related = ("campaign__office", "lead_unit", "finding_group", "finding_unit")
        return Problem.objects.select_related(*related).get(pk=found.pk)

    def _clerk(self, found: Found) -> User:
        clerk = self.story.clerk(found.unit)
        assert clerk is not None  # held by `draw`
        return clerk

    def _department(self, found: Found) -> Unit:
        served = self.story.seats.departments_served()
        return served[found.wording.category % len(served)]


def closer(problem: Problem) -> User:
    """Whose turn it is to decide about the problem; the first of those who qualify."""
    return closers(problem).users[0]


def _gives_back(words: Wording) -> bool:
    """Whether money comes back in this story."""
    return words.fen > 0 and any(word in words.statement for word in ("退", "追", "补发"))
