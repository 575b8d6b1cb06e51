"""A new inspection sheet, entered like the paper; and sheets from a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions, offers, once
from qingfeng.apps.work.problems.forms.others import ImportForm
from qingfeng.apps.work.problems.forms.sheets import (
    SheetForm,
    filled,
    problem_rows,
    suggestion_rows,
    units_by_name,
)
from qingfeng.apps.work.problems.imports import Place, import_sheets, look_through, read_sheets
from qingfeng.apps.work.problems.imports.model import from_plain, to_plain
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.problems.views.uploads import content_of

_SALT = "problems.sheet_import"
_AGE = 3600


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_new(request: HttpRequest) -> HttpResponse:
    """Several problems and suggestions on one sheet, filed once however often it is sent."""
    user, campaign = user_of(request), campaign_of(request)
    _check_files_at_all(user)
    data = request.POST if request.method == "POST" else None
    before = once.filed_before(request, data.get("token", "")) if data else ""
    if before:
        messages.info(request, _("这张台账刚才已经填报，没有重复登记。"))
        return redirect(before)
    form = SheetForm(data, user=user, initial={"token": once.new_token()})
    problems, suggestions = problem_rows(campaign, data), suggestion_rows(data)
    reason = ""
    if data is not None and all([form.is_valid(), problems.is_valid(), suggestions.is_valid()]):
        try:
            return _filed(request, _file(user, campaign, form, problems, suggestions), form)
        except (BadInput, Refused) as error:
            reason = str(error)
    context = {
        "form": form,
        "problems": problems,
        "suggestions": suggestions,
        "reason": reason,
        "people": offers.people(offers.inspected_units(user)),
        "campaign": campaign,
    }
    return render(request, "problems/sheet_new.html", context, status=200 if data is None else 422)


def _check_files_at_all(user: User) -> None:
    if not offers.bodies(user):
        raise Refused(_("您的职务不能填报检查台账；由单位经办人、负责人或检查组填报。"))


def _file(user: User, campaign: Campaign, form: SheetForm, problems: Any, suggestions: Any) -> Sheet:
    rows = filled(problems)
    units = units_by_name(user, campaign) if any(row.cleaned_data["co_units"] for row in rows) else {}
    responsible = form.cleaned_data["responsible_name"]
    entries = tuple(row.entry(units, responsible) for row in rows)
    texts = tuple(row.cleaned_data["text"] for row in filled(suggestions))
    return actions.file_sheet(campaign=campaign, entry=form.entry(texts), problems=entries, by=user)


def _filed(request: HttpRequest, sheet: Sheet, form: SheetForm) -> HttpResponse:
    address = reverse("problems:sheet", args=[sheet.reference])
    once.remember(request, form.cleaned_data["token"], address)
    words = _("已填报%(number)s。问题已列入问题台账，由整改责任人按时限整改。") % {
        "number": sheet.full_number
    }
    if sheet.on_behalf:
        words += _("这是代填，请由被代填单位确认。")
    messages.success(request, words)
    return redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_import(request: HttpRequest) -> HttpResponse:
    """Choose a file, look at what was read, file the good ones."""
    user, campaign = user_of(request), campaign_of(request)
    _check_files_at_all(user)
    if request.method == "POST" and "seen" in request.POST:
        return _take(request, user, campaign)
    data, uploads = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportForm(data, uploads, user=user)
    context: dict[str, Any] = {"form": form, "step": 1}
    if data is not None and form.is_valid():
        try:
            context |= _preview(user, campaign, form)
        except BadInput as error:
            context["reason"] = str(error)
    failed = data is not None and context["step"] == 1
    return render(request, "problems/sheet_import.html", context, status=422 if failed else 200)


def _preview(user: User, campaign: Campaign, form: ImportForm) -> dict[str, Any]:
    body, file = form.cleaned_data["body"], form.cleaned_data["file"]
    place = Place(campaign, **_as_body(body))
    read = look_through(place, read_sheets(content_of(file), file.name), by=user)
    good = [sheet for sheet in read if not sheet.faults]
    seen = {"body": form.data["body"], "user": user.pk, "sheets": [to_plain(sheet) for sheet in good]}
    return {
        "step": 2,
        "read": read,
        "good": good,
        "body": body,
        "file_name": file.name,
        "faults": [fault for sheet in read for fault in sheet.faults],
        "seen": signing.dumps(seen, salt=_SALT, compress=True),
    }


def _take(request: HttpRequest, user: User, campaign: Campaign) -> HttpResponse:
    """Files what the preview showed as right. Sheets filed in the meantime are named, not filed twice."""
    try:
        seen = signing.loads(request.POST["seen"], salt=_SALT, max_age=_AGE)
    except signing.BadSignature as error:
        raise BadInput(_("预览已过期，请重新选择文件导入。")) from error
    bodies = {
        f"{'unit' if isinstance(body, Unit) else 'group'}:{body.pk}": body for body in offers.bodies(user)
    }
    if seen["user"] != user.pk or seen["body"] not in bodies:
        raise Refused(_("这份预览不是您的，请重新选择文件导入。"))
    read = [from_plain(sheet) for sheet in seen["sheets"]]
    result = import_sheets(campaign, read=read, by=user, **_as_body(bodies[seen["body"]]))
    return render(request, "problems/sheet_import.html", {"step": 3, "result": result})


def _as_body(body: Any) -> dict[str, Any]:
    return {"unit": body} if isinstance(body, Unit) else {"group": body}
