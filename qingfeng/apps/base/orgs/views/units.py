"""The unit tree, its ledger, a unit, and what is done with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.forms import AppointForm, EndForm, UnitChangeForm, UnitForm, UnitMoveForm
from qingfeng.apps.base.orgs.models import Appointment, GroupKind, Unit, UnitClosure, UnitKind, running_on
from qingfeng.apps.base.orgs.permissions import can, check_can_manage_unit, check_can_manage_units
from qingfeng.apps.base.orgs.queries import overseeing_groups, people_of, units_above
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.views.entering import Entry, data_of, entering
from qingfeng.apps.base.orgs.views.fetching import unit_of
from qingfeng.apps.base.orgs.visibility import units_of_today, visible_groups, visible_people, visible_units
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View, in_order_of, ledger_page
from qingfeng.apps.base.web.marks import Mark

GET_OR_POST = require_http_methods(["GET", "POST"])


def dated_mark(record: Any) -> Mark:
    """Whether a unit, a group or an appointment holds today."""
    today = clock.today()
    if record.valid_from > today:
        return Mark(_("未到期"), "waiting")
    if record.valid_to is not None and record.valid_to < today:
        return Mark(_("已终止"), "neutral")
    return Mark(_("在册"), "done")


@require_GET
def ledger(request: SignedInRequest) -> HttpResponse:
    """All units that exist for this user, those that ended too."""
    context = {"may_manage": can(check_can_manage_units, request.user)}
    return ledger_page(request, _ledger(request), "orgs/units.html", context)


def _ledger(request: SignedInRequest) -> Ledger:
    today = clock.today()
    seen = visible_units(request.user)
    rows = seen.select_related("parent").annotate(people=_counted(today))
    above = Unit.objects.filter(pk__in=seen.filter(parent__isnull=False).values("parent"))
    return Ledger(
        request,
        rows,
        [
            Column(
                "name", _("单位名称"), href=lambda unit: reverse("orgs:unit", args=[unit.code]), sort="name"
            ),
            Column("code", _("单位代码"), sort="code"),
            Column(
                "kind",
                _("类别"),
                lambda unit: unit.get_kind_display(),
                sort=in_order_of("kind", UnitKind.values),
            ),
            Column(
                "parent",
                _("上级单位"),
                lambda unit: unit.parent.name if unit.parent else "",
                sort="parent__code",
            ),
            Column("people", _("在任人数"), kind="number", sort="people"),
            Column("valid_from", _("起"), kind="date", sort="valid_from"),
            Column("valid_to", _("止"), kind="date", sort="valid_to"),
            Column("state", _("状态"), dated_mark, "state"),
            Column("short_name", _("简称"), sort="short_name", shown=False),
            Column("order", _("顺序"), kind="number", sort="order", shown=False),
        ],
        filters=[
            Filter(
                "q",
                _("名称或代码"),
                ("name__contains", "short_name__contains", "code__startswith"),
                kind="text",
            ),
            Filter("kind", _("类别"), choices=UnitKind.choices),
            Filter("under", _("所属"), choices=[(unit.code, unit.name) for unit in above], apply=_under),
            Filter("began", _("起"), "valid_from", kind="days"),
            Filter("people", _("在任人数"), "people", kind="numbers"),
        ],
        views=[
            View("running", _("在册"), lambda units: units.filter(running_on(today))),
            View("ended", _("已撤销"), lambda units: units.filter(valid_to__lt=today)),
            View("all", _("全部")),
        ],
        ordering=("code",),
        rule=_("本人可见范围内的单位；在任人数按今日任职计。"),
        name="units",
        title=_("单位台账"),
    )


def _counted(today: Any) -> Coalesce:
    """How many people hold a post in the unit today."""
    held = Appointment.objects.on(today).filter(post__unit=OuterRef("pk")).order_by().values("post__unit")
    return Coalesce(Subquery(held.annotate(number=Count("person", distinct=True)).values("number")), 0)


def _under(rows: QuerySet, code: str) -> QuerySet:
    return rows.filter(
        pk__in=UnitClosure.objects.filter(ancestor__code=code, depth__gt=0).values("descendant")
    )


@require_GET
def tree(request: SignedInRequest) -> HttpResponse:
    """Units of today as they hang below each other. One query."""
    rows = list(units_of_today(request.user).order_by("order", "code"))
    known = {unit.pk for unit in rows}
    below: dict[int | None, list[Unit]] = {}
    for unit in rows:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)

    def branch(unit: Unit) -> dict[str, Any]:
        return {"unit": unit, "below": [branch(child) for child in below.get(unit.pk, [])]}

    context = {"branches": [branch(unit) for unit in below.get(None, [])], "total": len(rows)}
    return render(request, "orgs/unit_tree.html", context)


@require_GET
def unit(request: SignedInRequest, code: str) -> HttpResponse:
    """A unit: who works there, who oversees it, what is below it, what happened to it."""
    found, today = unit_of(request.user, code), clock.today()
    seen_groups = set(visible_groups(request.user).values_list("pk", flat=True))
    seen_units = set(visible_units(request.user).values_list("pk", flat=True))
    context = {
        "unit": found,
        "mark": dated_mark(found),
        "above": [(one, one.pk in seen_units) for one in units_above(found)[:-1]],
        "people": people_of(found, today),
        "groups": [
            (group, depth, group.pk in seen_groups)
            for group, depth in overseeing_groups(found, GroupKind.values, today)
        ],
        "below": Unit.objects.on(today)
        .filter(parent=found)
        .annotate(people=_counted(today))
        .order_by("order", "code"),
        "entries": entries(timeline(found)),
        "may_manage": can(check_can_manage_unit, request.user, found),
    }
    return render(request, "orgs/unit.html", context)


def _page(code: str) -> str:
    return reverse("orgs:unit", args=[code])


@GET_OR_POST
def unit_new(request: SignedInRequest) -> HttpResponse:
    """A new unit below one that this user keeps."""
    check_can_manage_units(request.user)
    units = units_of_today(request.user)
    form = UnitForm(**data_of(request), units=units, initial={"parent": request.GET.get("under", "")})

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        entered["order"] = entered["order"] or 0
        made = actions.create_unit(**entered, by=request.user)
        return _page(made.code), _("已登记“%(unit)s”。接下来可以为它任职。") % {"unit": made}

    entry = Entry(_("登记单位"), reverse("orgs:units"), _("单位"), _("登记"))
    return entering(request, form, entry, act)


@GET_OR_POST
def unit_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Another name, or what was entered wrongly; the old words stay in the timeline."""
    found = unit_of(request.user, code)
    check_can_manage_unit(request.user, found)
    fields = ("name", "short_name", "kind", "order", "valid_from")
    form = UnitChangeForm(**data_of(request), initial={name: getattr(found, name) for name in fields})

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.change_unit(unit=found, **entered, by=request.user)
        return _page(code), _("已保存“%(unit)s”。") % {"unit": found}

    entry = Entry(_("更名或更正"), _page(code), found.name, _("保存"), _("原来的名称留在变动记录里。"))
    return entering(request, form, entry, act)


@GET_OR_POST
def unit_move(request: SignedInRequest, code: str) -> HttpResponse:
    """To another unit above, with all below."""
    found = unit_of(request.user, code)
    check_can_manage_unit(request.user, found)
    inside = UnitClosure.objects.filter(ancestor=found).values("descendant")
    units = units_of_today(request.user).exclude(pk__in=inside)
    form = UnitMoveForm(**data_of(request), units=units.exclude(pk=found.parent_id))

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.move_unit(unit=found, parent=entered["parent"], by=request.user)
        return _page(code), _("已划转到“%(parent)s”。") % {"parent": entered["parent"]}

    below = UnitClosure.objects.filter(ancestor=found, depth__gt=0).count()
    facts = (
        (_("现在的上级"), str(found.parent or "")),
        (_("随之划转的下属单位"), _("%(count)d个") % {"count": below}),
    )
    return entering(
        request, form, Entry(_("单位划转"), _page(code), found.name, _("单位划转"), facts=facts), act
    )


@GET_OR_POST
def unit_end(request: SignedInRequest, code: str) -> HttpResponse:
    """The unit is dissolved; its records stay."""
    found = unit_of(request.user, code)
    check_can_manage_unit(request.user, found)
    form = EndForm(**data_of(request))

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.end_unit(unit=found, last_day=entered["last_day"], by=request.user)
        return _page(code), _("“%(unit)s”自%(day)s起撤销，台账仍可查阅。") % {
            "unit": found,
            "day": entered["last_day"] + timedelta(days=1),
        }

    note = _("撤销前，下属单位、在任人员和设在该单位的组都要先办结。代码不再使用。")
    return entering(request, form, Entry(_("撤销单位"), _page(code), found.name, _("撤销"), note), act)


@GET_OR_POST
def unit_appoint(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody takes a post in this unit."""
    found = unit_of(request.user, code)
    check_can_manage_unit(request.user, found)
    form = AppointForm(
        **data_of(request),
        people=visible_people(request.user),
        initial={"person": request.GET.get("person", "")},
    )

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.appoint(**entered, unit=found, by=request.user)
        return _page(code), _("已登记%(person)s任%(title)s。") % entered

    note = _("人员还没有登记的，先在“人员”里登记。")
    return entering(request, form, Entry(_("任职"), _page(code), found.name, _("登记任职"), note), act)
