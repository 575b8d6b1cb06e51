"""The four lists, the zero-problem commitments and the referral slip."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from qingfeng.apps.base.handover.actions import keep_slip
from qingfeng.apps.base.handover.permissions import check_can_keep_slip
from qingfeng.apps.base.orgs.models import Role, Unit, User
from qingfeng.apps.base.orgs.visibility import own_units, visible_units
from qingfeng.apps.base.records import files
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.work.problems import actions, queries, slots
from qingfeng.apps.work.problems.actions.commitments import check_can_sign_commitment, standard_commitment
from qingfeng.apps.work.problems.forms.others import CommitmentForm, ReferralForm
from qingfeng.apps.work.problems.models import Commitment
from qingfeng.apps.work.problems.views.downloads import attachment
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.problems.views.uploads import content_of


@require_GET
def commitments(request: HttpRequest) -> HttpResponse:
    """Units in reach that are at zero, that owe their commitment, and that have signed."""
    user, campaign = user_of(request), campaign_of(request)
    seen = visible_units(user)
    signed = Commitment.objects.filter(campaign=campaign, unit__in=seen).select_related(
        "unit", "signed_by__person", "file"
    )
    owing = list(queries.units_owing_commitment(campaign).filter(pk__in=seen.values("pk")))
    at_zero = queries.units_at_zero(campaign).filter(pk__in=seen.values("pk"))
    return render(
        request,
        "problems/commitments.html",
        {
            "at_zero": at_zero,
            "owing": [(unit, _papers_for(user, unit)) for unit in owing],
            "signed": signed.order_by("-signed_on"),
            "ends": queries.self_inspection_ends(campaign),
            "mine": set(own_units(user, {Role.HEAD})),
        },
    )


def _papers_for(user: User, unit: Unit) -> list[tuple[str, str]]:
    return [link for filler in slots.commitment_papers for link in filler(user, unit)]


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_sign(request: HttpRequest, code: str) -> HttpResponse:
    """The head of the unit answers for “no problem” in writing."""
    user, campaign = user_of(request), campaign_of(request)
    unit = visible_units(user).filter(code=code).first()
    if unit is None:
        raise NotThere()
    check_can_sign_commitment(user, unit)
    posted = request.method == "POST"
    form = CommitmentForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"text": standard_commitment(unit)},
    )
    reason = ""
    if posted and form.is_valid():
        scan = form.cleaned_data["scan"]
        try:
            actions.sign_commitment(
                campaign=campaign,
                unit=unit,
                text=form.cleaned_data["text"],
                by=user,
                scan=(scan.name, content_of(scan)) if scan else None,
            )
        except (BadInput, Refused) as error:
            reason = str(error)
        else:
            messages.success(
                request, _("%(unit)s已签署零问题承诺。今后发现问题的，照常填报检查台账。") % {"unit": unit}
            )
            return redirect("problems:commitments")
    context = {"form": form, "unit": unit, "reason": reason}
    return render(request, "problems/commitment_sign.html", context, status=422 if posted else 200)


@require_GET
def commitment_scan(request: HttpRequest, code: str) -> HttpResponse:
    """The scan of a signed commitment."""
    user, campaign = user_of(request), campaign_of(request)
    rows = Commitment.objects.filter(campaign=campaign, unit__code=code, unit__in=visible_units(user))
    row = rows.exclude(file=None).select_related("file").first()
    if row is None or row.file is None:
        raise NotThere()
    return attachment(files.content_of(row.file), row.file.name)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest) -> HttpResponse:
    """A suspected violation, sealed for the case office. Nothing of it is kept here: no message, no log, no count."""
    check_can_keep_slip(user_of(request))
    form = ReferralForm(request.POST if request.method == "POST" else None)
    reason = ""
    if request.method == "POST" and form.is_valid():
        try:
            keep_slip(by=user_of(request), **form.cleaned_data)
        except (BadInput, Refused) as error:
            reason = str(error)
        else:
            return redirect("problems:referral_kept")
    context = {"form": form, "reason": reason}
    return render(request, "problems/referral.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_GET
def referral_kept(request: HttpRequest) -> HttpResponse:
    """A plain confirmation; it says the same to whoever opens it."""
    return render(request, "problems/referral_kept.html")
