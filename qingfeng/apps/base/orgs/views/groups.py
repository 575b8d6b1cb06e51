"""Groups, who sits in them, what they oversee."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.forms import AppointForm, EndForm, GroupForm, NameForm, OverseeForm
from qingfeng.apps.base.orgs.models import Appointment, Group, GroupKind, GroupOversight, running_on
from qingfeng.apps.base.orgs.permissions import can, check_can_manage_group, check_can_manage_units
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.views.entering import Entry, data_of, entering
from qingfeng.apps.base.orgs.views.fetching import group_of, one
from qingfeng.apps.base.orgs.views.units import GET_OR_POST, dated_mark
from qingfeng.apps.base.orgs.visibility import units_of_today, visible_groups, visible_people, visible_units
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View, in_order_of, ledger_page


@require_GET
def groups(request: SignedInRequest) -> HttpResponse:
    """Groups that exist for this user."""
    today = clock.today()
    ledger = Ledger(
        request,
        visible_groups(request.user).select_related("home_unit").distinct(),
        [
            Column(
                "name", _("名称"), href=lambda group: reverse("orgs:group", args=[group.code]), sort="name"
            ),
            Column("code", _("组代码"), sort="code"),
            Column(
                "kind",
                _("类别"),
                lambda group: group.get_kind_display(),
                sort=in_order_of("kind", GroupKind.values),
            ),
            Column("home", _("设在"), "home_unit__name", sort="home_unit__order"),
            Column("valid_from", _("起"), kind="date", sort="valid_from"),
            Column("valid_to", _("止"), kind="date", sort="valid_to"),
            Column("state", _("状态"), dated_mark, "state"),
        ],
        filters=[
            Filter("q", _("名称或代码"), ("name__contains", "code__startswith"), kind="text"),
            Filter("kind", _("类别"), choices=GroupKind.choices),
            Filter("began", _("起"), "valid_from", kind="days"),
        ],
        views=[
            View("running", _("在册"), lambda rows: rows.filter(running_on(today))),
            View("ended", _("已撤销"), lambda rows: rows.filter(valid_to__lt=today)),
            View("all", _("全部")),
        ],
        ordering=("code",),
        rule=_("本人可见范围内的组。"),
        name="groups",
        title=_("组台账"),
    )
    context = {"may_manage": can(check_can_manage_units, request.user)}
    return ledger_page(request, ledger, "orgs/groups.html", context)


@require_GET
def group(request: SignedInRequest, code: str) -> HttpResponse:
    """A group: what it oversees, who sits in it, what happened to it."""
    found, today = group_of(request.user, code), clock.today()
    seen = set(visible_units(request.user).values_list("pk", flat=True))
    overseen = GroupOversight.objects.on(today).filter(group=found).select_related("unit")
    context = {
        "group": found,
        "mark": dated_mark(found),
        "home_seen": found.home_unit_id in seen,
        "overseen": [(row, row.unit_id in seen) for row in overseen.order_by("unit__code")],
        "people": Appointment.objects.on(today).filter(post__group=found).select_related("person", "post"),
        "entries": entries(timeline(found, *overseen)),
        "may_manage": can(check_can_manage_group, request.user, found),
    }
    return render(request, "orgs/group.html", context)


def _page(found: Group) -> str:
    return reverse("orgs:group", args=[found.code])


def _kept(request: SignedInRequest, code: str) -> Group:
    found = group_of(request.user, code)
    check_can_manage_group(request.user, found)
    return found


@GET_OR_POST
def group_new(request: SignedInRequest) -> HttpResponse:
    """A new group."""
    check_can_manage_units(request.user)
    form = GroupForm(**data_of(request), units=units_of_today(request.user))

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        made = actions.create_group(**entered, by=request.user)
        return _page(made), _("已设立“%(group)s”。接下来确定监督单位和成员。") % {"group": made}

    return entering(request, form, Entry(_("设立组"), reverse("orgs:groups"), _("组"), _("设立")), act)


@GET_OR_POST
def group_rename(request: SignedInRequest, code: str) -> HttpResponse:
    """Another name; the old one stays in the timeline."""
    found = _kept(request, code)
    form = NameForm(**data_of(request), initial={"name": found.name, "short_name": found.short_name})

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.rename_group(group=found, **entered, by=request.user)
        return _page(found), _("已更名为“%(group)s”。") % {"group": found}

    return entering(request, form, Entry(_("组更名"), _page(found), found.name, _("保存")), act)


@GET_OR_POST
def group_end(request: SignedInRequest, code: str) -> HttpResponse:
    """The group is dissolved once its people have left."""
    found = _kept(request, code)

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.end_group(group=found, last_day=entered["last_day"], by=request.user)
        return _page(found), _("“%(group)s”已撤销，台账仍可查阅。") % {"group": found}

    note = _("成员先办理免职并交接。监督关系随之结束，代码不再使用。")
    entry = Entry(_("撤销组"), _page(found), found.name, _("撤销"), note)
    return entering(request, EndForm(**data_of(request)), entry, act)


@GET_OR_POST
def group_oversee(request: SignedInRequest, code: str) -> HttpResponse:
    """From a day on the group oversees one more unit."""
    found = _kept(request, code)
    form = OverseeForm(**data_of(request), units=units_of_today(request.user))

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.oversee(group=found, **entered, by=request.user)
        return _page(found), _("自%(valid_from)s起监督“%(unit)s”。") % entered

    return entering(request, form, Entry(_("增加监督单位"), _page(found), found.name, _("确定")), act)


@GET_OR_POST
def oversight_end(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """After a day the group no longer oversees the unit."""
    found = _kept(request, code)
    row = one(GroupOversight.objects.filter(group=found).select_related("unit", "group"), pk=pk)

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.end_oversight(oversight=row, last_day=entered["last_day"], by=request.user)
        return _page(found), _("对“%(unit)s”的监督到%(day)s为止。") % {
            "unit": row.unit,
            "day": entered["last_day"],
        }

    entry = Entry(_("解除监督"), _page(found), found.name, _("解除"), facts=((_("单位"), row.unit.name),))
    return entering(request, EndForm(**data_of(request)), entry, act)


@GET_OR_POST
def group_appoint(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody takes a post in this group."""
    found = _kept(request, code)
    form = AppointForm(**data_of(request), people=visible_people(request.user))

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.appoint(**entered, group=found, by=request.user)
        return _page(found), _("已登记%(person)s任%(title)s。") % entered

    note = _("人员还没有登记的，先在“人员”里登记。")
    return entering(request, form, Entry(_("任职"), _page(found), found.name, _("登记任职"), note), act)
