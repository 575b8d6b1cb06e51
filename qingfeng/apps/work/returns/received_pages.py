"""The page on which a monthly form that was sent as a file is held against the ledgers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.visibility import current_or_not_there
from qingfeng.apps.work.problems.views.finding import user_of
from qingfeng.apps.work.problems.views.uploads import content_of
from qingfeng.apps.work.returns import actions
from qingfeng.apps.work.returns.contents import contents_of
from qingfeng.apps.work.returns.figures import Box
from qingfeng.apps.work.returns.overview import units_reporting
from qingfeng.apps.work.returns.periods import Month, month_named, months_until, read_month
from qingfeng.apps.work.returns.received.comparing import Comparing, in_order
from qingfeng.apps.work.returns.received.months import other_months
from qingfeng.apps.work.returns.received.reading import read_forms
from qingfeng.apps.work.returns.visibility import visible

CHOSEN = "words"


class SentFormForm(forms.Form):
    """A file and the month that it is of."""

    month = forms.ChoiceField(label=gettext_lazy("月份"))
    file = forms.FileField(label=gettext_lazy("文件"))

    def __init__(self, *args: Any, months: list[Month], **given: Any) -> None:
        super().__init__(*args, **given)
        self.months = months
        choices = [(str(month), month.in_words) for month in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def received(request: HttpRequest) -> HttpResponse:
    """Choose a file; sent, its figures beside those that are counted. Nothing is kept."""
    user, campaign = user_of(request), current_or_not_there(user_of(request))
    if not units_reporting(user, campaign).exists():
        raise Refused(_("您的职务看不到月报表，不能核对。"))
    months = months_until(campaign, clock.today())
    sent = request.method == "POST"
    form = SentFormForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        months=months,
        initial={"month": request.GET.get("month")},
    )
    context: dict[str, Any] = {"campaign": campaign, "form": form, "months": months, "step": 1}
    if sent and form.is_valid():
        try:
            context |= _compared(request, campaign, form)
        except (BadInput, Refused) as error:
            context["reason"] = str(error)
    failed = sent and "compared" not in context
    return render(request, "returns/received.html", context, status=422 if failed else 200)


def _compared(request: HttpRequest, campaign: Campaign, form: SentFormForm) -> dict[str, Any]:
    file = form.cleaned_data["file"]
    month = month_named(campaign, read_month(form.cleaned_data["month"]))
    sent = read_forms(content_of(file), file.name)
    found = Comparing(user_of(request), campaign, month).compared(sent)
    compared = [(one.sent, bool(one.differing)) for one in found]
    return {
        "other_months": [*other_months(campaign, month, form.months, compared, file.name)],
        "compared": in_order(found),
        "month": month,
        "file_name": file.name,
        "passed_over": sent.passed_over,
        "step": 2,
        "differing": sum(one.differing for one in found),
        "figures": sum(one.figures for one in found),
        "faulty": sum(one.faults + bool(one.fault) for one in found),
    }


@require_POST
def take_words(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen words of a sent form become those of the draft; its figures go on being counted."""
    user = user_of(request)
    form = visible(user).filter(pk=pk).first()
    if form is None:
        raise NotThere()
    contents = contents_of(form)
    taken = 0
    for chosen in request.POST.getlist(CHOSEN):
        code, _mark, box = chosen.partition("/")
        column, text = contents.column(code), request.POST.get(f"text-{chosen}", "")
        if column is None or box not in Box.values:
            raise BadInput(_("采用的文字里有本月月报表没有的单位或栏目，请重新核对。"))
        unit = Unit.objects.get(pk=column.unit_id)
        actions.edit_words(monthly_return=form, column_unit=unit, box=box, text=text, by=user)
        taken += 1
    if not taken:
        raise BadInput(_("没有选择要采用的文字，请至少勾选一处。"))
    messages.success(request, _("已采用%(count)d处文字，数字仍由台账统计。请核对。") % {"count": taken})
    return redirect("returns:return", pk)
