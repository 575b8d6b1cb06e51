"""Instructions: given by a leader, answered by the addressee, closed by the giver or the office."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.records.references import new_reference
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.actions.core import required
from qingfeng.apps.work.problems.instruction_permissions import (
    check_can_address,
    check_can_answer,
    check_can_close,
    check_can_instruct_about,
    check_can_send_back,
    check_can_settle,
)
from qingfeng.apps.work.problems.models import Instruction, InstructionReply, InstructionState, Problem

TEXT_LIMIT = 3000


@action
def give_instruction(
    *,
    campaign: Campaign,
    text: str,
    addressee: Unit | Group,
    by: User,
    problem: Problem | None = None,
    about_unit: Unit | None = None,
    due_date: date | None = None,
) -> Instruction:
    """What a leader wants done. The same words given again on the same day are the same instruction."""
    check_can_instruct_about(by, campaign, problem=problem, unit=about_unit)
    check_can_address(by, campaign, addressee)
    if problem is not None and about_unit is not None:
        raise BadInput(_("一份批示只就一个问题或者一个单位作出。"))
    if due_date and due_date < clock.today():
        raise BadInput(_("办理期限%(day)s已经过去，请改为今天或以后的日期。") % {"day": due_date})
    entry = {
        "campaign": campaign,
        "text": _words(text, _("批示内容")),
        "problem": problem,
        "about_unit": about_unit,
        "to_unit": addressee if isinstance(addressee, Unit) else None,
        "to_group": addressee if isinstance(addressee, Group) else None,
        "due_date": due_date,
        "given_on": clock.today(),
        "given_by": by,
    }
    same = Instruction.objects.running().filter(**entry).first()  # type: ignore[attr-defined]
    if same is not None:
        return same
    row = Instruction(**entry, reference=new_reference(), given_at=timezone.now())
    return create(row, by=by, kind="instruction.given", payload=_told(row))


@action
def answer_instruction(*, instruction: Instruction, text: str, by: User) -> InstructionReply:
    """The addressee reports how far it is; the giver and the office see it next."""
    check_can_answer(by, instruction)
    reply = InstructionReply(
        campaign_id=instruction.campaign_id,
        instruction=instruction,
        text=_words(text, _("办理情况")),
        replied_on=clock.today(),
        replied_at=timezone.now(),
        replied_by=by,
    )
    create(reply, by=by, kind="instruction_reply.made", payload={"text": reply.text})
    change(
        instruction,
        by=by,
        kind="instruction.answered",
        to={"state": InstructionState.ANSWERED},
        when={"state": instruction.state},
    )
    return reply


@action
def send_back_instruction(*, instruction: Instruction, reason: str, by: User) -> Instruction:
    """The answer does not do: it waits for the addressee again."""
    check_can_send_back(by, instruction)
    to: dict[str, object] = {
        "state": InstructionState.GIVEN,
        "sent_back_reason": required(reason, _("续办要求"))[:300],
    }
    return _settled(instruction, by, "instruction.sent_back", to)


@action
def close_instruction(*, instruction: Instruction, by: User, note: str = "") -> Instruction:
    """Done: what was asked has been answered."""
    check_can_close(by, instruction)
    to = {
        "state": InstructionState.CLOSED,
        "closed_note": note.strip()[:300],
        "closed_at": timezone.now(),
        "closed_by": by,
    }
    return _settled(instruction, by, "instruction.closed", to)


@action
def void_instruction(*, instruction: Instruction, reason: str, by: User) -> Instruction:
    """Given by mistake, or overtaken; the record and its reason stay."""
    check_can_settle(by, instruction)
    to = {
        "state": InstructionState.VOID,
        "void_reason": required(reason, _("作废理由"))[:300],
        "voided_at": timezone.now(),
        "voided_by": by,
    }
    return _settled(instruction, by, "instruction.voided", to)


def _settled(instruction: Instruction, by: User, kind: str, to: dict[str, object]) -> Instruction:
    return change(instruction, by=by, kind=kind, to=to, when={"state": instruction.state})


def _words(text: str, label: str) -> str:
    words = required(text, label)
    if len(words) > TEXT_LIMIT:
        raise BadInput(
            _("“%(field)s”有%(count)d个字，最多%(limit)d个字，请缩短。")
            % {"field": label, "count": len(words), "limit": TEXT_LIMIT}
        )
    return words


def _told(row: Instruction) -> dict[str, object]:
    return {
        "text": row.text,
        "problem": row.problem.reference if row.problem else "",
        "about_unit": str(row.about_unit or ""),
        "to": str(row.addressee),
        "due_date": row.due_date,
    }
