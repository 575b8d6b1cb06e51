"""`qingfeng problem …`: the moves of a problem, by the same actions and checks as the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from django.db.models import Q

from qingfeng.apps.base.orgs.models import Unit, UnitClosure, User
from qingfeng.apps.base.records.actions import recording
from qingfeng.apps.base.web.errors import BadInput, NotThere
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.flow import MOVES, ProblemState
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.permissions import check_can, reason_against
from qingfeng.apps.work.problems.queries import ledger
from qingfeng.cli.session import As, Json, account, answer, campaign_of, content_of, day, needed_day, told

problem = typer.Typer(help="问题与整改。NO 为编号或参考号。", no_args_is_help=True)
No = Annotated[str, typer.Argument(metavar="NO", help="编号（如 临江街道自检3号-1）或参考号")]
Text = Annotated[str, typer.Option("--text", help="文字内容")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]
Files = Annotated[
    list[Path] | None,
    typer.Option("--file", metavar="F", help="佐证材料；或 .json，写明没有用选项给出的各项。可多次"),
]
Decision = Annotated[bool | None, typer.Option("--approve/--refuse", help="审批结果")]


def find(user: User, number: str) -> Problem:
    """The problem by the number as this user may read it, or by its reference."""
    rows = ledger(user, campaign_of(user)).filter(Q(shown_number=number) | Q(reference=number.upper()))
    found = rows.first()
    if found is None:
        raise NotThere(f"没有编号为“{number}”的问题，或不在您的范围内。")
    return found


def tell(user: User, item: Problem, as_json: bool, sentence: str) -> None:
    """The new state, and the number as the user may read it."""
    item = ledger(user, item.campaign).get(pk=item.pk)
    state = ProblemState(item.state)
    answer(
        as_json,
        f"{item.shown_number} {sentence}现为“{state.label}”。",
        number=item.shown_number,
        reference=item.reference,
        state=state.value,
        due=item.due_date,
        first_due=item.first_due_date,
        closed_out_on=item.closed_out_on,
        look_back_on=item.look_back_on,
    )


def taking_over(item: Problem, code: str) -> Unit:
    """A unit below the campaign's root, in reach or not: the problem may really be somebody else's."""
    below = UnitClosure.objects.filter(ancestor_id=item.campaign.root_unit_id).values("descendant_id")
    found = Unit.objects.filter(pk__in=below, code=code).first()
    if found is None:
        raise NotThere(f"没有代码为“{code}”的单位。")
    return found


@dataclass(frozen=True)
class Case:
    """One call: who acts on which problem, with what was given by options, and what is to be filed as proof."""

    user: User
    item: Problem
    given: Mapping[str, str]
    proofs: tuple[Path, ...]

    def text(self, name: str) -> str:
        """A given text; empty when it was not given, which the action then names."""
        return str(self.given.get(name) or "")

    def day(self, name: str) -> date | None:
        return day(self.text(name), f"--{name}")

    def needed_day(self, name: str) -> date:
        return needed_day(self.text(name), f"--{name}")

    def add_proofs(self) -> None:
        for path in self.proofs:
            actions.add_evidence(problem=self.item, name=path.name, content=content_of(path), by=self.user)


def case(no: str, as_user: str, files: list[Path] | None, **options: str) -> Case:
    """The account, the problem, and the options; a .json among the files fills what no option gave."""
    user = account(as_user)
    paths = files or []
    written: dict[str, str] = {}
    for path in paths:
        if path.suffix.lower() == ".json":
            written |= _written(path)
    given = {name.replace("_", "-"): value for name, value in options.items() if value}
    proofs = tuple(path for path in paths if path.suffix.lower() != ".json")
    return Case(user, find(user, no), {**written, **given}, proofs)


def _written(path: Path) -> dict[str, str]:
    try:
        values = json.loads(content_of(path).decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput(f"“{path.name}”不是 JSON 文件。") from error
    if not isinstance(values, dict):
        raise BadInput(f'“{path.name}”应是一个对象，如 {{"text": "…"}}。')
    return {str(name).replace("_", "-"): str(value) for name, value in values.items()}


@problem.command("show")
@told
def show(no: No, as_user: As, as_json: Json = False) -> None:
    """现状，以及接下来可以办什么、不能办的原因。"""
    user = account(as_user)
    item = find(user, no)
    reasons = {verb: reason_against(verb, user, item) for verb in MOVES}
    lines = [f"{MOVES[verb].label}：{reason or '可以办理'}" for verb, reason in reasons.items()]
    number = item.shown_number
    sentence = "\n".join([f"{number} {ProblemState(item.state).label}  {item.text}", *lines])
    answer(
        as_json,
        sentence,
        number=number,
        reference=item.reference,
        state=item.state,
        text=item.text,
        due=item.due_date,
        first_due=item.first_due_date,
        moves=reasons,
    )


@problem.command("assign")
@told
def assign(
    no: No,
    as_user: As,
    person: Annotated[str, typer.Option(help="整改责任人")] = "",
    due: Annotated[str, typer.Option(help="整改时限")] = "",
    duty: Annotated[str, typer.Option(help="责任")] = "",
    file: Files = None,
    as_json: Json = False,
) -> None:
    """交办给责任人。"""
    one = case(no, as_user, file, person=person, due=due, duty=duty)
    actions.assign(
        problem=one.item,
        responsible_name=one.text("person"),
        due_date=one.needed_day("due"),
        duty_text=one.text("duty"),
        by=one.user,
    )
    tell(one.user, one.item, as_json, "已交办，")


@problem.command("measure")
@told
def measure(
    no: No,
    as_user: As,
    text: Text = "",
    on: Annotated[str, typer.Option(help="日期")] = "",
    file: Files = None,
    as_json: Json = False,
) -> None:
    """登记整改措施（可附佐证材料）。"""
    one = case(no, as_user, file, text=text, on=on)
    with recording():
        actions.add_measure(problem=one.item, text=one.text("text"), taken_on=one.day("on"), by=one.user)
        one.add_proofs()
    tell(one.user, one.item, as_json, "已登记措施，")


@problem.command("submit")
@told
def submit(
    no: No,
    as_user: As,
    text: Text = "",
    rule: Annotated[str, typer.Option(help="新建制度")] = "",
    no_rule: Annotated[str, typer.Option("--no-rule", help="无需建章立制的理由")] = "",
    file: Files = None,
    as_json: Json = False,
) -> None:
    """申请销号（可附佐证材料）。"""
    one = case(no, as_user, file, text=text, rule=rule, no_rule=no_rule)
    with recording():
        one.add_proofs()
        actions.submit(
            problem=one.item,
            statement=one.text("text"),
            new_rule=one.text("rule"),
            no_rule_reason=one.text("no-rule"),
            by=one.user,
        )
    tell(one.user, one.item, as_json, "已申请销号，")


@problem.command("sign")
@told
def sign(no: No, as_user: As, as_json: Json = False) -> None:
    """单位负责人签字。"""
    one = case(no, as_user, None)
    actions.sign(problem=one.item, by=one.user)
    tell(one.user, one.item, as_json, "负责人已签字，")


@problem.command("return")
@told
def return_(no: No, as_user: As, reason: Reason = "", file: Files = None, as_json: Json = False) -> None:
    """退回补正。"""
    one = case(no, as_user, file, reason=reason)
    actions.return_problem(problem=one.item, reason=one.text("reason"), by=one.user)
    tell(one.user, one.item, as_json, "已退回，")


@problem.command("extend")
@told
def extend(
    no: No,
    as_user: As,
    to: Annotated[str, typer.Option(help="申请延至")] = "",
    reason: Reason = "",
    approve: Decision = None,
    file: Files = None,
    as_json: Json = False,
) -> None:
    """申请延期（--to --reason），或审批延期（--approve / --refuse）。"""
    one = case(no, as_user, file, to=to, reason=reason)
    if approve is None:
        until = one.needed_day("to")
        actions.ask_extension(problem=one.item, reason=one.text("reason"), new_date=until, by=one.user)
        tell(one.user, one.item, as_json, "已申请延期，")
        return
    actions.decide_extension(problem=one.item, approve=approve, opinion=one.text("reason"), by=one.user)
    tell(one.user, one.item, as_json, "已同意延期，" if approve else "未同意延期，")


@problem.command("transfer")
@told
def transfer(
    no: No,
    as_user: As,
    to: Annotated[str, typer.Option(help="转办单位代码")] = "",
    reason: Reason = "",
    approve: Decision = None,
    file: Files = None,
    as_json: Json = False,
) -> None:
    """申请转办（--to --reason），或审批转办（--approve / --refuse）。"""
    one = case(no, as_user, file, to=to, reason=reason)
    if approve is None:
        if not one.text("to"):
            raise BadInput("请用 --to 写明转办单位代码。")
        unit = taking_over(one.item, one.text("to"))
        actions.ask_transfer(problem=one.item, to_unit=unit, reason=one.text("reason"), by=one.user)
        tell(one.user, one.item, as_json, "已申请转办，")
        return
    actions.decide_transfer(problem=one.item, approve=approve, opinion=one.text("reason"), by=one.user)
    tell(one.user, one.item, as_json, "已同意转办，" if approve else "未同意转办，")


@problem.command("close-out")
@told
def close_out(
    no: No,
    as_user: As,
    look_back: Annotated[str, typer.Option("--look-back", help="回头看日期")] = "",
    opinion: Annotated[str, typer.Option(help="意见")] = "",
    file: Files = None,
    as_json: Json = False,
) -> None:
    """销号，并定下回头看日期。"""
    one = case(no, as_user, file, look_back=look_back, opinion=opinion)
    check_can("close_out", one.user, one.item)
    actions.close_out(
        problem=one.item, look_back_on=one.needed_day("look-back"), opinion=one.text("opinion"), by=one.user
    )
    tell(one.user, one.item, as_json, "已销号，")


@problem.command("reopen")
@told
def reopen(
    no: No,
    as_user: As,
    reason: Reason = "",
    due: Annotated[str, typer.Option(help="新的整改时限")] = "",
    file: Files = None,
    as_json: Json = False,
) -> None:
    """重新整改。"""
    one = case(no, as_user, file, reason=reason, due=due)
    actions.reopen(problem=one.item, reason=one.text("reason"), due_date=one.day("due"), by=one.user)
    tell(one.user, one.item, as_json, "已重新整改，")


@problem.command("look-back")
@told
def look_back(
    no: No,
    as_user: As,
    result: Annotated[str, typer.Option(help="holds 未反弹 / recurred 反弹")] = "",
    text: Text = "",
    next_on: Annotated[str, typer.Option("--next", help="下次回头看日期")] = "",
    file: Files = None,
    as_json: Json = False,
) -> None:
    """登记回头看。"""
    one = case(no, as_user, file, result=result, text=text, next=next_on)
    actions.look_back(
        problem=one.item,
        result=one.text("result"),
        note=one.text("text"),
        next_on=one.day("next"),
        by=one.user,
    )
    tell(one.user, one.item, as_json, "已回头看，")


@problem.command("long-term")
@told
def long_term(no: No, as_user: As, reason: Reason = "", file: Files = None, as_json: Json = False) -> None:
    """转为长期坚持。"""
    one = case(no, as_user, file, reason=reason)
    actions.make_long_term(problem=one.item, reason=one.text("reason"), by=one.user)
    tell(one.user, one.item, as_json, "已转为长期坚持，")


@problem.command("review")
@told
def review(
    no: No,
    as_user: As,
    text: Text = "",
    goes_on: Annotated[bool, typer.Option("--goes-on/--ends")] = True,
    file: Files = None,
    as_json: Json = False,
) -> None:
    """长期坚持事项的年度复核。"""
    one = case(no, as_user, file, text=text)
    actions.review_long_term(problem=one.item, note=one.text("text"), goes_on=goes_on, by=one.user)
    tell(one.user, one.item, as_json, "已复核，")


@problem.command("void")
@told
def void(no: No, as_user: As, reason: Reason = "", file: Files = None, as_json: Json = False) -> None:
    """作废（编号保留）。"""
    one = case(no, as_user, file, reason=reason)
    actions.void_problem(problem=one.item, reason=one.text("reason"), by=one.user)
    tell(one.user, one.item, as_json, "已作废，")
