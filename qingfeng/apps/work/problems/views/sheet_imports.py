"""Sheets from a file: choose it, look at what becomes what, say what the columns are, take the good ones, take them back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.apps.base.jobs import actions as jobs
from qingfeng.apps.base.jobs.queries import under_way
from qingfeng.apps.base.jobs.views import to_job
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.problems import offers
from qingfeng.apps.work.problems.actions import importing
from qingfeng.apps.work.problems.forms.imports import ColumnsForm, box_choices, columns_forms
from qingfeng.apps.work.problems.forms.others import ImportForm
from qingfeng.apps.work.problems.imports.faulty_rows import faulty_rows
from qingfeng.apps.work.problems.imports.seeing import context_of, left_out, visible_batches
from qingfeng.apps.work.problems.jobs import IMPORT, UNDO
from qingfeng.apps.work.problems.models import (
    ImportBatch,
    ImportKind,
    ImportLine,
    ImportLineState,
    ImportState,
)
from qingfeng.apps.work.problems.views.downloads import attachment
from qingfeng.apps.work.problems.views.finding import campaign_of, user_of
from qingfeng.apps.work.problems.views.uploads import content_of

RECENT = 10
_SAID: dict[str, Any] = {
    ImportKind.INSPECTION: gettext_lazy("已导入%(count)d张，问题已列入问题台账。"),
    ImportKind.RECTIFICATION: gettext_lazy("已登记%(count)d个问题的整改情况。"),
}
_TAKEN_BACK: dict[str, Any] = {
    ImportKind.INSPECTION: gettext_lazy("已撤销导入：这些台账和问题已作废，编号不再使用。"),
    ImportKind.RECTIFICATION: gettext_lazy("已撤销导入：登记的措施和进展已作废，问题恢复到导入以前。"),
}


@dataclass(frozen=True)
class Paper:
    """The pages of one kind of file."""

    kind: str
    choosing: str
    shown: str
    home: str
    """The address at which a file of it is chosen; those of one that was read follow."""
    batch: str
    move: str
    faulty: str


PAPERS: dict[str, Paper] = {
    paper.kind: paper
    for paper in (
        Paper(
            ImportKind.INSPECTION,
            "problems/sheet_import.html",
            "problems/import_batch.html",
            "problems:sheet_import",
            "problems:import_batch",
            "problems:import_move",
            "problems:import_faulty",
        ),
        Paper(
            ImportKind.RECTIFICATION,
            "problems/rectification_import.html",
            "problems/rectification_batch.html",
            "problems:rectification_import",
            "problems:rectification_batch",
            "problems:rectification_move",
            "problems:rectification_faulty",
        ),
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_import(request: HttpRequest) -> HttpResponse:
    """Attachment 2: choose a file; below it the files that were handed in before."""
    refusal = _("您的职务不能填报检查台账；由单位经办人、负责人或检查组填报。")
    return _choose(request, PAPERS[ImportKind.INSPECTION], refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def rectification_import(request: HttpRequest) -> HttpResponse:
    """Attachment 3: the same with what was done about problems."""
    refusal = _("您的职务不能导入整改台账；由单位经办人、负责人或检查组导入。")
    return _choose(request, PAPERS[ImportKind.RECTIFICATION], refusal)


def _choose(request: HttpRequest, paper: Paper, refusal: str) -> HttpResponse:
    user, campaign = user_of(request), campaign_of(request)
    if not offers.bodies(user):
        raise Refused(refusal)
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None, user=user)
    reason = ""
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = importing.read_in(
                campaign=campaign,
                body=form.cleaned_data["body"],
                name=file.name,
                content=content_of(file),
                by=user,
                kind=paper.kind,
            )
            return _to(batch)
        except (BadInput, Refused) as error:
            reason = str(error)
    context = {
        "form": form,
        "paper": paper,
        "step": 1,
        "reason": reason,
        "recent": visible_batches(user).filter(campaign=campaign, kind=paper.kind)[:RECENT],
    }
    return render(request, paper.choosing, context, status=422 if sent else 200)


@require_GET
def import_batch(request: HttpRequest, reference: str) -> HttpResponse:
    """What was read and what becomes of it; later, what was filed. What was read as the other paper is there."""
    batch = _the_batch(user_of(request), reference)
    return _page(request, batch) if batch.kind == ImportKind.INSPECTION else _to(batch)


@require_GET
def rectification_batch(request: HttpRequest, reference: str) -> HttpResponse:
    """The same of attachment 3."""
    batch = _the_batch(user_of(request), reference)
    return _page(request, batch) if batch.kind == ImportKind.RECTIFICATION else _to(batch)


@require_POST
def import_move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """One step with a file that was handed in."""
    return _moved(request, reference, verb, ImportKind.INSPECTION)


@require_POST
def rectification_move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The same of attachment 3."""
    return _moved(request, reference, verb, ImportKind.RECTIFICATION)


@require_GET
def import_faulty(request: HttpRequest, reference: str) -> HttpResponse:
    """What could not be taken, as a workbook with the reasons."""
    return _handed_back(request, reference, ImportKind.INSPECTION)


@require_GET
def rectification_faulty(request: HttpRequest, reference: str) -> HttpResponse:
    """The same of attachment 3."""
    return _handed_back(request, reference, ImportKind.RECTIFICATION)


def _moved(request: HttpRequest, reference: str, verb: str, kind: str) -> HttpResponse:
    user = user_of(request)
    if verb not in MOVES:
        raise Http404
    return MOVES[verb](request, user, _the_batch(user, reference, kind))


def _handed_back(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    batch = _the_batch(user_of(request), reference, kind)
    left = list(left_out(batch))
    if not left:
        raise BadInput(_("没有需要改正的行。"))
    content = faulty_rows(
        importing.content_of(batch), batch.file_name, batch.columns, left, importing.words_of(batch)
    )
    stem = batch.file_name.rpartition(".")[0]
    return attachment(content, _("%(name)s（待改正）") % {"name": stem} + ".xlsx", "xlsx")


def _take(request: HttpRequest, user: User, batch: ImportBatch) -> HttpResponse:
    if batch.state != ImportState.READ:
        messages.info(request, _("这个文件刚才已经导入，没有重复登记。"))
        return _to(batch)
    orders = {int(order) for order in request.POST.getlist("line") if order.isdigit()}
    ready = ImportLine.objects.filter(batch=batch, state=ImportLineState.READY)
    if "rest" in request.POST:
        shown = {int(order) for order in request.POST.getlist("shown") if order.isdigit()}
        orders |= set(ready.values_list("order", flat=True)) - shown
    try:
        importing.take(batch=batch, orders=orders, by=user)
    except BadInput as error:
        return _page(request, batch, str(error))
    return _go_on(request, user, batch)


def _go_on(request: HttpRequest, user: User, batch: ImportBatch) -> HttpResponse:
    """Files what waits: a few rows at once, more by the worker."""
    if batch.state != ImportState.FILING:
        return _to(batch)
    waiting = ImportLine.objects.filter(batch=batch, state=ImportLineState.WAITING)
    if sum(waiting.values_list("rows", flat=True)) > importing.AT_ONCE:
        job = jobs.start(
            IMPORT,
            by=user,
            about=batch.file_name,
            stream=batch.stream_key(),
            batch=batch.reference,
        )
        return to_job(request, job)
    importing.file_all(batch=batch, by=user)
    filed = ImportLine.objects.filter(batch=batch, state=ImportLineState.FILED).count()
    if filed:
        messages.success(request, _SAID[batch.kind] % {"count": filed})
    return _to(batch)


def _stop(request: HttpRequest, user: User, batch: ImportBatch) -> HttpResponse:
    importing.stop(batch=batch, by=user)
    messages.info(request, _("其余的没有导入；已导入的保留。"))
    return _to(batch)


def _columns(request: HttpRequest, user: User, batch: ImportBatch) -> HttpResponse:
    form = ColumnsForm(request.POST, importing.words_of(batch))
    if not form.is_valid():
        return _page(request, batch, form.why())
    try:
        importing.tell_columns(batch=batch, columns={**batch.columns, **form.told()}, by=user)
    except BadInput as error:
        batch.refresh_from_db()
        return _page(request, batch, str(error))
    messages.success(request, _("已按新的列的对应重新读取。"))
    return _to(batch)


def _again(request: HttpRequest, user: User, batch: ImportBatch) -> HttpResponse:
    importing.look_again(batch=batch, by=user)
    messages.success(request, _("已按现在的单位和台账重新核对。"))
    return _to(batch)


def _undo(request: HttpRequest, user: User, batch: ImportBatch) -> HttpResponse:
    importing.check_can_undo(user, batch)
    lines = ImportLine.objects.filter(batch=batch, state=ImportLineState.FILED)
    if sum(lines.values_list("rows", flat=True)) > importing.AT_ONCE:
        about, stream = batch.file_name, batch.stream_key()
        return to_job(request, jobs.start(UNDO, by=user, about=about, stream=stream, batch=batch.reference))
    importing.undo(batch=batch, by=user)
    messages.success(request, str(_TAKEN_BACK[batch.kind]))
    return _to(batch)


def _drop(request: HttpRequest, user: User, batch: ImportBatch) -> HttpResponse:
    importing.drop(batch=batch, by=user)
    messages.info(request, _("已放弃“%(name)s”，没有导入任何内容。") % {"name": batch.file_name})
    return redirect(PAPERS[batch.kind].home)


MOVES = {
    "take": _take,
    "go_on": _go_on,
    "stop": _stop,
    "columns": _columns,
    "again": _again,
    "undo": _undo,
    "drop": _drop,
}


def _the_batch(user: User, reference: str, kind: str = "") -> ImportBatch:
    batch = visible_batches(user).filter(reference=reference).first()
    if batch is None or (kind and batch.kind != kind):
        raise NotThere()
    return batch


def _to(batch: ImportBatch) -> HttpResponse:
    return redirect(PAPERS[batch.kind].batch, batch.reference)


def _page(request: HttpRequest, batch: ImportBatch, reason: str = "") -> HttpResponse:
    user = user_of(request)
    paper = PAPERS[batch.kind]
    context: dict[str, Any] = {**context_of(batch), "paper": paper, "reason": reason, "step": 2}
    if batch.state == ImportState.READ:
        context |= {"columns": columns_forms(batch), "choices": box_choices(batch)}
    else:
        context["step"] = 3
        context["why_not_undo"] = why_not(importing.check_can_undo, user, batch)
        work = [job for job in under_way(user) if job.parameters.get("batch") == batch.reference]
        context["job"] = work[0] if work else None
    context["undo"] = reverse(paper.move, args=[batch.reference, "undo"])
    return render(request, paper.shown, context, status=422 if reason else 200)
