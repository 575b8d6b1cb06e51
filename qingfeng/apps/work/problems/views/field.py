"""The inspector's pages on the phone: what to look at today, a sheet filled off-line and sent later."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qingfeng.apps.base.orgs.models import Group, User
from qingfeng.apps.base.orgs.visibility import own_groups
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget, ExtraColumn
from qingfeng.apps.work.inspections.models import InspectionMethod, SheetKind
from qingfeng.apps.work.problems import offers, visits
from qingfeng.apps.work.problems.extra_columns import columns_of
from qingfeng.apps.work.problems.forms.fields import body_key
from qingfeng.apps.work.problems.views.drafts import offered
from qingfeng.apps.work.problems.views.entered import Entered
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.problems.views.sheet_entry import check_files_at_all, filed_words

ASSETS = (
    "vendor/bootstrap/bootstrap.min.css",
    "web/qingfeng.css",
    "web/icons.svg",
    "web/mark.svg",
    "web/frame.js",
    "web/forms.js",
    "web/htmx.js",
    "web/unsent.js",
    "django_htmx/htmx-2.min.js",
    "problems/problems.css",
    "problems/entry.css",
    "problems/photos.js",
    "problems/field.js",
)
"""What the two pages need besides themselves; nothing else is kept on the phone by the worker."""


@require_GET
def field(request: HttpRequest) -> HttpResponse:
    """Today's units, what is kept on this phone, own drafts; what is due again is fetched beside it and not kept."""
    user, campaign = user_of(request), campaign_of(request)
    check_files_at_all(user)
    if "unit" in request.GET:
        return redirect(f"{reverse('problems:field_sheet')}?{urlencode({'unit': request.GET['unit']})}")
    context = {
        "planned": visits.planned(user, campaign),
        "plans_visits": bool(own_groups(user, offers.GROUP_ROLES)),
        "visits": visits.visits(user, campaign),
        "duties": visits.duties_soon(user, campaign),
        "drafts": offered(user, campaign),
        "campaign": campaign,
    }
    return render(request, "problems/field.html", context)


@require_GET
def field_rechecks(request: HttpRequest) -> HttpResponse:
    """Look-backs and reviews that are due: a part of the page above, never kept on the phone."""
    user = user_of(request)
    check_files_at_all(user)
    return render(request, "problems/_rechecks.html", {"rechecks": visits.rechecks(user)})


@require_GET
def field_sheet(request: HttpRequest) -> HttpResponse:
    """The form for the phone. It holds nothing of anybody: what is known is put in by the phone."""
    check_files_at_all(user_of(request))
    context = {"kinds": SheetKind.choices, "methods": InspectionMethod.choices}
    return render(request, "problems/field_sheet.html", context)


@require_GET
@never_cache
def field_known(request: HttpRequest) -> HttpResponse:
    """What the phone keeps for filling in: own bodies, units, categories, what was written last. No record."""
    user, campaign = user_of(request), campaign_of(request)
    check_files_at_all(user)
    return JsonResponse(known(user, campaign))


def known(user: User, campaign: Campaign) -> dict[str, object]:
    """Keyed to the user; replaced whenever the phone is on-line."""
    last = offers.last_values(user, campaign)
    return {
        "user": str(user.pk),
        "today": clock.today().isoformat(),
        "bodies": [
            {"key": body_key(body), "name": body.name, "is_group": isinstance(body, Group)}
            for body in offers.bodies(user)
        ],
        "units": [{"name": unit.name, "code": unit.code} for unit in offers.inspected_units(user)],
        "inspectors": last.inspectors or str(user),
        "contents": list(last.contents),
        "categories": [
            {"value": row.pk, "label": f"{row.number}. {row.title}"}
            for row in offers.category_offers(user, campaign)
        ],
        "columns": {
            target: [_asked(column) for column in columns_of(campaign, target)]
            for target in ColumnTarget.values
        },
        "days": [
            {"label": offer.label, "day": offer.day.isoformat()}
            for offer in offers.day_offers(campaign, last.term)
        ],
    }


def _asked(column: ExtraColumn) -> dict[str, object]:
    """An added column as the phone draws its box."""
    return {
        "code": column.code,
        "name": column.name,
        "kind": column.kind,
        "choices": column.choices,
        "required": column.required,
    }


@require_POST
def field_send(request: HttpRequest) -> HttpResponse:
    """A sheet comes in from a phone: filed once under its key, or refused with the sentences that the phone shows."""
    user, campaign = user_of(request), campaign_of(request)
    entry = Entered.read(user, campaign, request.POST)
    if not entry.is_valid():
        return JsonResponse({"reasons": _faults(entry)}, status=422)
    try:
        filed = entry.file(request)
    except (BadInput, Refused) as refusal:
        return JsonResponse({"reasons": [str(refusal)]}, status=422)
    words = filed_words(filed.sheet)
    if filed.again:
        words = _("先前已经送达，登记为%(number)s，没有重复登记。之后又改过的，请打开核对。") % {
            "number": filed.sheet.full_number
        }
    address = reverse("problems:sheet", args=[filed.sheet.reference])
    return JsonResponse({"number": filed.sheet.full_number, "address": address, "words": words})


def _faults(entry: Entered) -> list[str]:
    found = [
        f"{entry.form.fields[name].label if name in entry.form.fields else ''}：{reason}"
        for name, reasons in entry.form.errors.items()
        for reason in reasons
    ]
    for number, row in enumerate(entry.problems.forms, 1):
        for name, reasons in row.errors.items():
            label = row.fields[name].label if name in row.fields else ""
            found += [
                _("第%(number)s个问题，%(label)s：") % {"number": number, "label": label} + r for r in reasons
            ]
    return found + [str(reason) for reason in entry.problems.non_form_errors()]


@login_not_required
@require_GET
@never_cache
def field_worker(request: HttpRequest) -> HttpResponse:
    """The service worker at the root: which files it keeps, and the file that says how. It knows no person."""
    pages = {"home": reverse("problems:field"), "sheet": reverse("problems:field_sheet")}
    lines = (
        f"self.ASSETS = {json.dumps([static(name) for name in ASSETS])};",
        f"self.PAGES = {json.dumps(pages)};",
        f"importScripts({json.dumps(static('problems/field_worker.js'))});",
    )
    return HttpResponse("\n".join(lines), content_type="text/javascript")
