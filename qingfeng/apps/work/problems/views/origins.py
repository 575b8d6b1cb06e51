"""Where problems come from: the office adds origins and retires them."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import reaches
from qingfeng.apps.base.web.errors import Refused
from qingfeng.apps.base.web.ledgers import BulkMove, Column, Ledger, View, ledger_page
from qingfeng.apps.base.web.marks import Mark
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.forms.others import OriginForm
from qingfeng.apps.work.problems.models import Origin
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.problems.visibility import visible


@require_http_methods(["GET", "HEAD", "POST"])
def origins(request: HttpRequest) -> HttpResponse:
    """The ledger of origins; below it a new one is added, ticked ones are retired."""
    user, campaign = user_of(request), campaign_of(request)
    if not reaches(user, campaign.root_unit, {Role.OFFICE}):
        raise Refused(_("问题来源由专治办维护。"))
    ledger = _ledger(request, user, campaign)
    if request.method != "POST" or "bulk" in request.GET:
        return ledger_page(request, ledger, "problems/origins.html", {"form": OriginForm()})
    form = OriginForm(request.POST)
    if form.is_valid():
        label = form.cleaned_data["label"].strip()
        rows = Origin.objects.filter(campaign=campaign)
        if not rows.filter(label=label, active=True).exists():
            actions.add_origin(campaign=campaign, slug=f"added_{rows.count() + 1}", label=label, by=user)
            messages.success(request, _("已增加来源“%(label)s”，登记问题时可以选用。") % {"label": label})
            return redirect("problems:origins")
        form.add_error("label", _("来源“%(label)s”已经有了。") % {"label": label})
    request.method = "GET"  # the ledger is shown again, with what was typed
    answer = ledger_page(request, ledger, "problems/origins.html", {"form": form})
    answer.status_code = 422
    return answer


def _ledger(request: HttpRequest, user: User, campaign: Campaign) -> Ledger:
    of_it = visible(user).filter(campaign=campaign, origin=OuterRef("pk")).exclude(state=ProblemState.VOID)
    counted = of_it.order_by().values("origin").annotate(number=Count("pk")).values("number")
    rows: QuerySet = Origin.objects.filter(campaign=campaign).annotate(
        problem_count=Coalesce(Subquery(counted), 0)
    )
    return Ledger(
        request,
        rows,
        [
            Column("label", _("来源"), sort="label"),
            Column("state", _("状态"), _mark, "state"),
            Column(
                "problems",
                _("问题"),
                "problem_count",
                "number",
                href=lambda row: f"{reverse('problems:list')}?view=all&origin={row.slug}",
            ),
        ],
        views=[
            View("active", _("在用"), lambda rows: rows.filter(active=True)),
            View("retired", _("已停用"), lambda rows: rows.filter(active=False)),
        ],
        ordering=("pk",),
        rule=_("登记问题时可以选用在用的来源；停用的不再出现，原有问题不变。"),
        moves=[_retiring(user)],
    )


def _mark(row: Origin) -> Mark:
    return Mark(_("在用"), "done") if row.active else Mark(_("已停用"), "neutral")


def _retiring(user: User) -> BulkMove:
    def check(row: Origin) -> None:
        if not row.active:
            raise Refused(_("已经停用。"))

    def make(row: Origin, _values: object) -> str:
        actions.retire_origin(origin=row, by=user)
        return _("已停用，原有问题不变。")

    return BulkMove("retire", _("停用"), check, make, load=lambda rows: rows.select_related("campaign"))
