"""The problem ledger, one problem, its evidence; problems without a sheet; origins."""

from __future__ import annotations

from functools import cache

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.apps.base.orgs.models import Group, Role, Unit
from qingfeng.apps.base.orgs.visibility import roles
from qingfeng.apps.base.records import files
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.work.problems import actions, offers, once, slots
from qingfeng.apps.work.problems.carried import came_from, carrying, ledger_address
from qingfeng.apps.work.problems.drafts import boxes_of
from qingfeng.apps.work.problems.forms.others import RegisterForm
from qingfeng.apps.work.problems.forms.sheets import category_choices, units_by_name
from qingfeng.apps.work.problems.models import CoUnit, Evidence, Problem
from qingfeng.apps.work.problems.record import PAPERS, PICTURES, TABS, next_moves, record_of
from qingfeng.apps.work.problems.views.downloads import attachment, picture
from qingfeng.apps.work.problems.views.drafts import find
from qingfeng.apps.work.problems.views.finding import campaign_of, the_problem, user_of
from qingfeng.apps.work.problems.visibility import visible


@require_GET
def problem(request: HttpRequest, reference: str) -> HttpResponse:
    """One problem: where it stands, what may be done next, what was done so far. Each tab is an address."""
    user, listed = user_of(request), came_from(request)
    found = the_problem(user, reference)
    record = record_of(user, found, tab=request.GET.get("tab", ""), paper=request.GET.get("paper", ""))
    address = reverse("problems:problem", args=[reference])
    context = {
        "problem": found,
        "record": record,
        "tabs": _tabs(address, listed, record.tab),
        "papers": _papers(address, listed, record.paper) if record.form else [],
        "moves": next_moves(user, found, listed),
        "drafts": [link for filler in slots.problem_papers for link in filler(user, found)],
        "listed": listed,
        "back": ledger_address(listed),
        "instructions": _instructions(),
    }
    return render(request, "problems/problem.html", context)


def _tabs(address: str, listed: str, open_tab: str) -> list[tuple[str, str, bool]]:
    labels = (_("办理"), _("表样"), _("佐证材料"), _("办理记录"), _("相关"))
    return [
        (label, carrying(address, listed, **({} if tab == TABS[0] else {"tab": tab})), tab == open_tab)
        for tab, label in zip(TABS, labels, strict=True)
    ]


def _papers(address: str, listed: str, open_paper: str) -> list[tuple[str, str, bool]]:
    labels = (_("整改台账"), _("检查台账"))
    return [
        (label, carrying(address, listed, tab="paper", paper=paper), paper == open_paper)
        for paper, label in zip(PAPERS, labels, strict=True)
    ]


@cache
def _instructions() -> str:
    """The template of the instructions about a problem, where this installation has them."""
    try:
        get_template("problems/_instructions.html")
    except TemplateDoesNotExist:
        return ""
    return "problems/_instructions.html"


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A proof as it was uploaded, for those for whom its problem exists; `picture=1` shows a photo in its place."""
    row = _evidence(request, pk)
    if request.GET.get("picture") and row.file.kind in PICTURES:
        return picture(files.content_of(row.file), row.file.kind)
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
    draft = find(user, campaign, request.GET.get("draft", ""))
    form = RegisterForm(
        data,
        user=user,
        campaign=campaign,
        categories=category_choices(campaign, user),
        initial={
            "token": draft.key if draft else once.new_token(),
            **offers.from_instruction(user, campaign, request.GET),
            **boxes_of(draft, several=("further_origins",)),
        },
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
        "added_units": offers.added_units(user, campaign),
        "keeps_origins": Role.OFFICE in roles(user),
        "draft": draft,
        "draft_version": draft.version if draft else request.POST.get("draft_version", 0),
    }
    return render(request, "problems/register.html", context, status=200 if data is None else 422)


def _registered(request: HttpRequest, form: RegisterForm) -> HttpResponse:
    user, data = user_of(request), form.cleaned_data
    units = units_by_name(user, form.campaign) if data["co_units"] else {}
    body: Unit | Group = data["body"]
    found: Problem = actions.register_problem(
        campaign=form.campaign,
        because_of=offers.instruction_named(user, form.campaign, data["instruction"]),
        origin=data["origin"],
        by=user,
        found_on=data["found_on"],
        entry=form.entry(units, lead_unit=data["lead_unit"], further_origins=tuple(data["further_origins"])),
        finding_unit=body if isinstance(body, Unit) else None,
        finding_group=body if isinstance(body, Group) else None,
    )
    address = reverse("problems:problem", args=[found.reference])
    once.remember(request, data["token"], address)
    actions.drop_draft(key=data["token"], by=user)
    messages.success(
        request,
        _("已登记为%(number)s，由%(unit)s牵头整改。") % {"number": found.number, "unit": found.lead_unit},
    )
    return redirect(address)
