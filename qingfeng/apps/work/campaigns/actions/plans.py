"""A plan document is handed in, and its draft decided item by item before a campaign starts from it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.records.models import FileKind
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.drafts import SOURCES, checked, from_reader
from qingfeng.apps.work.campaigns.models import Decision, DraftItem, ItemKind, Plan, PlanState
from qingfeng.apps.work.campaigns.permissions import check_can_review, check_is_office
from qingfeng.apps.work.campaigns.reading import Reading, read_plan

ACCEPTED_FILES = frozenset({FileKind.TEXT, FileKind.DOCX, FileKind.HTML, FileKind.PDF})
DECIDED = {Decision.ACCEPTED: "draft_item.accepted", Decision.DROPPED: "draft_item.dropped"}


def hand_in(*, file_name: str, content: bytes, root_unit: Unit, by: User) -> Plan:
    """Reads a plan file and keeps it with its draft. The same file again answers with the plan under review.

    BadInput when it cannot be read, or is no plan (the reader's reasons are its `places`). No action itself: the
    reader works for seconds, and no transaction waits for it.
    """
    check_is_office(by, root_unit)
    name = files.safe_name(file_name)
    if files.kind_of(content, name) not in ACCEPTED_FILES:
        raise BadInput(_("“%(name)s”不是文本、Word、网页或PDF文件，请另存后再传。") % {"name": name})
    earlier = _handed_in_before(content, root_unit)
    return earlier or keep(
        file_name=name, content=content, reading=read_plan(name, content), root_unit=root_unit, by=by
    )


@action
def keep(*, file_name: str, content: bytes, reading: Reading, root_unit: Unit, by: User) -> Plan:
    """Keeps a plan that has been read: the file, its numbered lines, the draft and one item for each thing in it."""
    check_is_office(by, root_unit)
    draft = reading.draft
    if not reading.is_plan:
        reasons = [str(reason) for reason in draft.get("reasons") or []]
        raise BadInput(
            _("“%(name)s”不是专项治理的实施方案，不能据此启动。") % {"name": file_name}, places=reasons
        )
    stored = files.store(name=file_name, content=content, by=by, accept=ACCEPTED_FILES)
    period = draft.get("period") or {}
    plan = create(
        Plan(
            file=stored,
            root_unit=root_unit,
            title=str(draft.get("title") or file_name)[:200],
            lines=reading.lines,
            draft=draft,
            period_start=_day(period.get("start")),
            period_end=_day(period.get("end")),
            handed_in_at=timezone.now(),
            handed_in_by=by,
        ),
        by=by,
        kind="plan.handed_in",
        payload={"file": stored.name, "sha256": stored.sha256},
    )
    for kind, source in SOURCES.items():
        for item in _items_of(plan, kind, draft.get(source) or []):
            told = {"kind": kind, "order": item.order, "line": item.line}
            create(item, by=by, kind="draft_item.read", payload=told)
    return plan


@action
def decide(*, item: DraftItem, decision: str, by: User) -> DraftItem:
    """Takes an item as it stands, or drops it. Deciding the same again changes nothing."""
    check_can_review(by, item.plan)
    if decision not in DECIDED:
        raise BadInput(_("请选择采用或不采用。"))
    if item.decision == decision:
        return item
    _begin_review(item.plan, by)
    to = {"decision": decision, "decided_at": timezone.now(), "decided_by": by}
    return change(item, by=by, kind=DECIDED[Decision(decision)], to=to)


@action
def edit_item(*, item: DraftItem, data: Mapping[str, Any], by: User) -> DraftItem:
    """The item as the office words it; fields that are not given stay."""
    check_can_review(by, item.plan)
    known = {name: value for name, value in item.data.items() if name not in data}
    edited = checked(item.kind, {**known, **data})
    if item.decision == Decision.EDITED and edited == item.data:
        return item
    _begin_review(item.plan, by)
    to = {"data": edited, "decision": Decision.EDITED, "decided_at": timezone.now(), "decided_by": by}
    return change(item, by=by, kind="draft_item.edited", to=to)


@action
def add_item(
    *, plan: Plan, kind: str, data: Mapping[str, Any], by: User, line: int | None = None
) -> DraftItem:
    """An item that the reader missed, with the line it stands in."""
    check_can_review(by, plan)
    if kind not in ItemKind or kind == ItemKind.FAULT:
        raise BadInput(_("不能补充这一类内容。"))
    kept = checked(kind, data)
    same = DraftItem.objects.filter(
        plan=plan, kind=kind, line=line, decision=Decision.ACCEPTED, data=kept
    ).first()
    if same:
        return same
    _begin_review(plan, by)
    last = DraftItem.objects.filter(plan=plan, kind=kind).aggregate(last=Max("order"))["last"] or 0
    return create(
        DraftItem(
            plan=plan,
            kind=kind,
            order=last + 1,
            line=line,
            quote=_line_text(plan, line),
            data=kept,
            decision=Decision.ACCEPTED,
            decided_at=timezone.now(),
            decided_by=by,
        ),
        by=by,
        kind="draft_item.added",
    )


@action
def accept_all(*, plan: Plan, by: User) -> int:
    """Takes all items not yet decided as they stand; answers how many."""
    check_can_review(by, plan)
    pending = list(DraftItem.objects.filter(plan=plan, decision=Decision.PENDING))
    for item in pending:
        item.plan = plan
        decide(item=item, decision=Decision.ACCEPTED, by=by)
    return len(pending)


@action
def set_aside(*, plan: Plan, reason: str, by: User) -> Plan:
    """A plan that will not be started; it stays on file."""
    check_can_review(by, plan)
    if not reason.strip():
        raise BadInput(_("请写明搁置的理由。"))
    return change(
        plan,
        by=by,
        kind="plan.set_aside",
        to={"state": PlanState.SET_ASIDE},
        payload={"reason": reason.strip()},
    )


def _handed_in_before(content: bytes, root_unit: Unit) -> Plan | None:
    """The plan of the same file; BadInput when a campaign already runs by it."""
    digest = hashlib.sha256(content).hexdigest()
    rows = Plan.objects.filter(root_unit=root_unit, file__sha256=digest).exclude(state=PlanState.SET_ASIDE)
    plan = rows.order_by("-pk").first()
    if plan and plan.state == PlanState.STARTED:
        raise BadInput(
            _("这份文件已于%(day)s读入，并已据此启动。") % {"day": timezone.localdate(plan.handed_in_at)}
        )
    return plan


def _items_of(plan: Plan, kind: str, found: Sequence[Mapping[str, Any]]) -> list[DraftItem]:
    """The items of one kind. At most one task is taken for the monthly form: the first that is worded like it."""
    items, has_form = [], False
    for order, raw in enumerate(found, 1):
        data = from_reader(kind, raw, plan.draft.get("groups") or [])
        if has_form and data.get("is_monthly_form"):
            data["is_monthly_form"] = False
        has_form = has_form or bool(data.get("is_monthly_form"))
        line = raw.get("line") or next(iter(raw.get("lines") or []), None)
        quote = raw.get("quote") or _line_text(plan, line)
        items.append(DraftItem(plan=plan, kind=kind, order=order, line=line, quote=quote, data=data))
    return items


def _line_text(plan: Plan, line: int | None) -> str:
    return next((str(one["text"]).strip() for one in plan.lines if one["number"] == line), "")


def _begin_review(plan: Plan, by: User) -> None:
    plan.refresh_from_db(fields=["state", "revision"])  # an item decided a moment ago may have begun it
    if plan.state == PlanState.READ:
        change(plan, by=by, kind="plan.review_begun", to={"state": PlanState.IN_REVIEW})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
