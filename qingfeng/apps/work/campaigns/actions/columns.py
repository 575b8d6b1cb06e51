"""The campaign office adds columns to the sheets, renames and reorders them, and ends them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.column_names import clean_name, same
from qingfeng.apps.work.campaigns.models import Campaign, ColumnKind, ColumnTarget, ExtraColumn
from qingfeng.apps.work.campaigns.permissions import check_can_manage

MOST = 12
"""In use at once for one kind of sheet; more no longer fit on the paper."""
MOST_CHOICES = 30
LONGEST_CHOICE = 30


@action
def add_column(
    *,
    campaign: Campaign,
    name: str,
    kind: str,
    target: str,
    by: User,
    choices: Sequence[str] = (),
    required: bool = False,
) -> ExtraColumn:
    """A further column, after those that there are. It is asked from now on; what was filed before stays without."""
    check_can_manage(by, campaign)
    if kind not in ColumnKind or target not in ColumnTarget:
        raise BadInput(_("请选择栏目填在哪里、是什么类型。"))
    rows = ExtraColumn.objects.filter(campaign=campaign)
    beside = list(rows.filter(target=target, ended_on=None))
    if len(beside) >= MOST:
        raise Refused(_("同一张表最多同时使用%(most)d个增设栏目，请先停用不用的。") % {"most": MOST})
    column = ExtraColumn(
        campaign=campaign,
        code=f"x{rows.count() + 1}",
        name=_free_name(campaign, name),
        kind=kind,
        target=target,
        choices=_checked_choices(kind, choices),
        required=required,
        order=max((row.order for row in beside), default=0) + 1,
    )
    return create(column, by=by, kind="extra_column.added")


@action
def amend_column(
    *, column: ExtraColumn, name: str, by: User, choices: Sequence[str] = (), required: bool = False
) -> ExtraColumn:
    """Another name, other choices, asked or not. Kind and place stay: values of another kind would be another column."""
    _check_in_use(column, by)
    to = {
        "name": _free_name(column.campaign, name, column),
        "choices": _checked_choices(column.kind, choices),
        "required": required,
    }
    changed = {field: value for field, value in to.items() if getattr(column, field) != value}
    return change(column, by=by, kind="extra_column.amended", to=changed) if changed else column


@action
def move_column(*, column: ExtraColumn, up: bool, by: User) -> ExtraColumn:
    """One place up or down among the columns of the same sheet; at the end it stays where it is."""
    _check_in_use(column, by)
    rows = ExtraColumn.objects.filter(campaign=column.campaign, target=column.target, ended_on=None)
    beyond = rows.filter(order__lt=column.order) if up else rows.filter(order__gt=column.order)
    neighbour = beyond.order_by("-order" if up else "order").first()
    if neighbour is None:
        return column
    here, there = column.order, neighbour.order
    change(neighbour, by=by, kind="extra_column.moved", to={"order": here})
    return change(column, by=by, kind="extra_column.moved", to={"order": there})


@action
def end_column(*, column: ExtraColumn, by: User) -> ExtraColumn:
    """No longer asked from today; what was written under it stays with its problems and sheets."""
    _check_in_use(column, by)
    return change(
        column, by=by, kind="extra_column.ended", to={"ended_on": clock.today()}, when={"ended_on": None}
    )


def _check_in_use(column: ExtraColumn, by: User) -> None:
    check_can_manage(by, column.campaign)
    if column.ended_on is not None:
        raise Refused(_("栏目“%(name)s”已于%(day)s停用。") % {"name": column.name, "day": column.ended_on})


def _free_name(campaign: Campaign, name: str, own: ExtraColumn | None = None) -> str:
    """The name, if no other column in use bears it."""
    wanted = clean_name(name)
    others = ExtraColumn.objects.filter(campaign=campaign, ended_on=None)
    taken = {same(row.name) for row in others if own is None or row.pk != own.pk}
    if same(wanted) in taken:
        raise BadInput(_("已有增设栏目叫“%(name)s”，请换一个名称。") % {"name": wanted})
    return wanted


def _checked_choices(kind: str, choices: Sequence[str]) -> list[str]:
    if kind != ColumnKind.CHOICE:
        return []
    found = list(dict.fromkeys(" ".join(choice.split()) for choice in choices if choice.strip()))
    if not 2 <= len(found) <= MOST_CHOICES:
        raise BadInput(_("选项要有2至%(most)d个，一行一个，不重复。") % {"most": MOST_CHOICES})
    too_long = next((choice for choice in found if len(choice) > LONGEST_CHOICE), "")
    if too_long:
        raise BadInput(
            _("选项“%(choice)s”太长，最多%(most)d个字。") % {"choice": too_long, "most": LONGEST_CHOICE}
        )
    return found
