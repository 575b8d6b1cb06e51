"""The problem ledger, one problem, its evidence; problems without a sheet; origins."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.apps.base.orgs.models import Group, Role, Unit
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, reaches, roles
from qingfeng.apps.base.records import files
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.work.problems import actions, ledgers, offers, once
from qingfeng.apps.work.problems.forms.others import OriginForm, RegisterForm
from qingfeng.apps.work.problems.forms.sheets import category_choices, units_by_name
from qingfeng.apps.work.problems.models import CoUnit, Evidence, Origin, Problem
from qingfeng.apps.work.problems.record import next_moves, record_of
from qingfeng.apps.work.problems.views.downloads import attachment
from qingfeng.apps.work.problems.views.finding import campaign_of, the_problem, user_of
from qingfeng.apps.work.problems.visibility import visible

TABS = ("facts", "timeline")


@require_GET
def problem_list(request: HttpRequest) -> HttpResponse:
    """The problem ledger; with `export=xlsx` as a file of exactly what is filtered."""
    user, campaign = user_of(request), campaign_of(request)
    ledger = ledgers.problem_ledger(request, user, campaign)
    if request.GET.get("export") == "xlsx":
        title = _("%(campaign)s问题台账") % {"campaign": campaign.short_title}
        return attachment(ledgers.to_xlsx(title, ledger), f"{title}.xlsx", "xlsx")
    return render(
        request, "problems/list.html", {"ledger": ledger, "may_file": bool(roles(user) & WRITING_ROLES)}
    )


@require_GET
def problem(request: HttpRequest, reference: str) -> HttpResponse:
    """One problem: where it stands, what may be done next, what was done so far."""
    user = user_of(request)
    found = the_problem(user, reference)
    tab = request.GET.get("tab", "facts")
    record = record_of(user, found, tab=tab if tab in TABS else "facts")
    address = reverse("problems:problem", args=[reference])
    tabs = [
        (_("办理"), address, record.tab == "facts"),
        (_("办理记录"), f"{address}?tab=timeline", record.tab == "timeline"),
    ]
    context = {"problem": found, "record": record, "tabs": tabs, "moves": next_moves(user, found)}
    return render(request, "problems/problem.html", context)


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A proof as it was uploaded, for those for whom its problem exists."""
    row = _evidence(request, pk)
    return attachment(files.content_of(row.file), row.file.name)


@require_POST
def evidence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A proof added by mistake is struck through."""
    row = _evidence(request, pk)
    actions.withdraw_evidence(evidence=row, by=user_of(request))
    messages.success(request, _("已撤回“%(name)s”，记录保留。") % {"name": row.file.name})
    return redirect("problems:problem", row.problem.reference)


def _evidence(request: HttpRequest, pk: int) -> Evidence:
    rows = Evidence.objects.filter(problem__in=visible(user_of(request))).select_related("file", "problem")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotThere()
    return row


@require_POST
def sub_task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The co-unit reports its share as done."""
    rows = CoUnit.objects.filter(problem__in=visible(user_of(request))).select_related("unit", "problem")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotThere()
    actions.finish_sub_task(co_unit=row, by=user_of(request))
    messages.success(request, _("%(unit)s的分工已完成，牵头单位可以据此申请销号。") % {"unit": row.unit})
    return redirect("problems:problem", row.problem.reference)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """A problem that came otherwise than by an inspection: tour feedback, instruction, assigned by the office."""
    user, campaign = user_of(request), campaign_of(request)
    if not offers.bodies(user):
        raise Refused(_("您的职务不能登记问题；由单位经办人、负责人、检查组或专治办登记。"))
    data = request.POST if request.method == "POST" else None
    before = once.filed_before(request, data.get("token", "")) if data else ""
    if before:
        messages.info(request, _("这个问题刚才已经登记，没有重复登记。"))
        return redirect(before)
    form = RegisterForm(
        data,
        user=user,
        campaign=campaign,
        categories=category_choices(campaign),
        initial={"token": once.new_token()},
    )
    reason = ""
    if data is not None and form.is_valid():
        try:
            return _registered(request, form)
        except (BadInput, Refused) as error:
            reason = str(error)
    context = {
        "form": form,
        "reason": reason,
        "people": offers.people(offers.inspected_units(user)),
        "keeps_origins": Role.OFFICE in roles(user),
    }
    return render(request, "problems/register.html", context, status=200 if data is None else 422)


def _registered(request: HttpRequest, form: RegisterForm) -> HttpResponse:
    user, data = user_of(request), form.cleaned_data
    units = units_by_name(user, form.campaign) if data["co_units"] else {}
    body: Unit | Group = data["body"]
    found: Problem = actions.register_problem(
        campaign=form.campaign,
        origin=data["origin"],
        by=user,
        found_on=data["found_on"],
        entry=form.entry(units, lead_unit=data["lead_unit"], further_origins=tuple(data["further_origins"])),
        finding_unit=body if isinstance(body, Unit) else None,
        finding_group=body if isinstance(body, Group) else None,
    )
    address = reverse("problems:problem", args=[found.reference])
    once.remember(request, data["token"], address)
    messages.success(
        request,
        _("已登记为%(number)s，由%(unit)s牵头整改。") % {"number": found.number, "unit": found.lead_unit},
    )
    return redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
def origins(request: HttpRequest) -> HttpResponse:
    """Where problems come from: the office adds and retires."""
    user, campaign = user_of(request), campaign_of(request)
    if not reaches(user, campaign.root_unit, {Role.OFFICE}):
        raise Refused(_("问题来源由专治办维护。"))
    rows = Origin.objects.filter(campaign=campaign)
    form = OriginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        label = form.cleaned_data["label"].strip()
        if rows.filter(label=label, active=True).exists():
            form.add_error("label", _("来源“%(label)s”已经有了。") % {"label": label})
        else:
            actions.add_origin(campaign=campaign, slug=f"added_{rows.count() + 1}", label=label, by=user)
            messages.success(request, _("已增加来源“%(label)s”，登记问题时可以选用。") % {"label": label})
            return redirect("problems:origins")
    return render(
        request,
        "problems/origins.html",
        {"form": form, "origins": rows},
        status=422 if form.is_bound else 200,
    )


@require_POST
def origin_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer offered; what came from it keeps it."""
    campaign = campaign_of(request)
    row = (
        Origin.objects.filter(campaign=campaign, pk=pk, active=True)
        .select_related("campaign__root_unit")
        .first()
    )
    if row is None:
        raise NotThere()
    actions.retire_origin(origin=row, by=user_of(request))
    messages.success(request, _("来源“%(label)s”已停用，原有问题不变。") % {"label": row.label})
    return redirect("problems:origins")
