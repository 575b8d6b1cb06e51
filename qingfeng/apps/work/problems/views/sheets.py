"""The inspection ledger, one sheet, its papers, and what the office and the unit do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.apps.base.documents.excel import to_xlsx
from qingfeng.apps.base.documents.papers import Form
from qingfeng.apps.base.documents.word import to_docx
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web.errors import BadInput, NotThere
from qingfeng.apps.base.web.moves import MoveButton, why_not
from qingfeng.apps.work.campaigns.models import ColumnTarget
from qingfeng.apps.work.inspections import actions as inspections
from qingfeng.apps.work.inspections.models import Sheet, SheetState, Suggestion
from qingfeng.apps.work.inspections.permissions import (
    check_can_confirm,
    check_can_correct,
    check_can_return,
    check_can_void,
)
from qingfeng.apps.work.problems import actions, offers, papers, queries, slots
from qingfeng.apps.work.problems.carried import came_from, carrying, ledger_address
from qingfeng.apps.work.problems.extra_columns import lines_of
from qingfeng.apps.work.problems.findings import visible_findings
from qingfeng.apps.work.problems.flow import OPEN, ProblemState
from qingfeng.apps.work.problems.forms.sheets import (
    CorrectionForm,
    filled,
    problem_rows,
    rewordings,
    units_by_name,
)
from qingfeng.apps.work.problems.marks import due_of, sheet_mark, state_mark
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.permissions import can, check_fills_sheet_columns
from qingfeng.apps.work.problems.record import PICTURES, by_day
from qingfeng.apps.work.problems.views.downloads import attachment, picture
from qingfeng.apps.work.problems.views.finding import the_sheet, user_of

PAPERS = {"paper": papers.inspection_paper, "rectification": papers.rectification_papers}


@require_GET
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """One sheet: its boxes and problems, its papers, what was brought from the spot, its history. A tab is an address."""
    user, listed = user_of(request), came_from(request)
    found = the_sheet(user, reference)
    tab = request.GET.get("tab", "")
    tab = tab if tab in _FILLS else TABS[0]
    problems = list(queries.problems_on(user, found))
    counted = [problem for problem in problems if problem.state != ProblemState.VOID]
    found.problem_count = len(counted)  # type: ignore[attr-defined]
    found.open_count = sum(problem.state in OPEN for problem in counted)  # type: ignore[attr-defined]
    address = reverse("problems:sheet", args=[reference])
    context = {
        "sheet": found,
        "mark": sheet_mark(found),
        "moves": _moves(user, found),
        "reasons": _reasons(user, found),
        "drafts": [link for filler in slots.sheet_papers for link in filler(user, found)],
        "tab": tab,
        "tabs": _tabs(address, listed, tab, visible_findings(user).filter(sheet=found).count()),
        "listed": listed,
        "back": ledger_address(listed, "problems:sheets"),
        **_FILLS[tab](request, found, problems),
    }
    return render(request, "problems/sheet.html", context)


TABS = ("facts", "paper", "found", "timeline")


def _tabs(address: str, listed: str, open_tab: str, photos: int) -> list[tuple[str, str, bool]]:
    brought = _("现场照片、材料") + (_("（%(number)d）") % {"number": photos} if photos else "")
    labels = (_("检查和问题"), _("表样"), brought, _("办理记录"))
    return [
        (label, carrying(address, listed, **({} if tab == TABS[0] else {"tab": tab})), tab == open_tab)
        for tab, label in zip(TABS, labels, strict=True)
    ]


def _facts(request: HttpRequest, found: Sheet, problems: list[Problem]) -> dict[str, Any]:
    return {
        "suggestions": list(Suggestion.objects.filter(sheet=found)),
        "rows": [(problem, state_mark(problem), due_of(problem)) for problem in problems],
        **_extra(user_of(request), found),
    }


def _extra(user: User, found: Sheet) -> dict[str, Any]:
    """What stands under the columns that the campaign adds, and where it is filled in."""
    lines = lines_of(found.campaign, ColumnTarget.SHEET, [found])
    if not lines or not can(check_fills_sheet_columns, user, found):
        return {"extra_lines": lines}
    return {"extra_lines": lines, "fill_address": reverse("problems:sheet_columns", args=[found.reference])}


def _paper(request: HttpRequest, found: Sheet, _problems: list[Problem]) -> dict[str, Any]:
    asked, listed = request.GET.get("paper", ""), came_from(request)
    paper = asked if asked in PAPERS else "paper"
    address = reverse("problems:sheet", args=[found.reference])
    labels = {"paper": _("检查台账"), "rectification": _("整改台账")}
    tabs = [
        (label, carrying(address, listed, tab="paper", paper=name), name == paper)
        for name, label in labels.items()
    ]
    return {"paper": paper, "papers": tabs, "form": PAPERS[paper](user_of(request), found)}


def _found(request: HttpRequest, found: Sheet, _problems: list[Problem]) -> dict[str, Any]:
    return {"found": list(visible_findings(user_of(request)).filter(sheet=found))}


def _timeline(request: HttpRequest, found: Sheet, _problems: list[Problem]) -> dict[str, Any]:
    parts = [*Suggestion.objects.filter(sheet=found), *visible_findings(user_of(request)).filter(sheet=found)]
    return {"days": by_day(entries(timeline(found, *parts)))}


_FILLS = {"facts": _facts, "paper": _paper, "found": _found, "timeline": _timeline}


def _moves(user: User, found: Sheet) -> list[MoveButton]:
    """What this user may do with the sheet now; those with a reason box stand beside."""
    moves = []
    if found.state == SheetState.RETURNED:
        moves.append(
            MoveButton(
                _("更正后重新填报"),
                reverse("problems:sheet_correct", args=[found.reference]),
                why_not(check_can_correct, user, found),
                primary=True,
            )
        )
    if found.on_behalf and found.confirmed_at is None and found.state != SheetState.VOID:
        moves.append(
            MoveButton(
                _("确认代填内容"),
                reverse("problems:sheet_confirm", args=[found.reference]),
                why_not(check_can_confirm, user, found),
                primary=True,
                post=True,
            )
        )
    return moves


def _reasons(user: User, found: Sheet) -> dict[str, str]:
    """For the moves that ask for a reason in place: why not, or empty when allowed."""
    return {"return": why_not(check_can_return, user, found), "void": why_not(check_can_void, user, found)}


@require_POST
def sheet_return(request: HttpRequest, reference: str) -> HttpResponse:
    """Back to the filing body for correction."""
    found = the_sheet(user_of(request), reference)
    inspections.return_sheet(sheet=found, reason=request.POST.get("reason", "")[:300], by=user_of(request))
    messages.success(
        request, _("%(number)s已退回，编号保留；由填报单位更正后重新填报。") % {"number": found.full_number}
    )
    return redirect("problems:sheet", reference)


@require_POST
def sheet_void(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet and its problems become void."""
    found = the_sheet(user_of(request), reference)
    actions.void_sheet(sheet=found, reason=request.POST.get("reason", "")[:300], by=user_of(request))
    messages.success(request, _("%(number)s及其问题已作废，编号不再使用。") % {"number": found.full_number})
    return redirect("problems:sheet", reference)


@require_POST
def sheet_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """The unit confirms what was filed on its behalf."""
    found = the_sheet(user_of(request), reference)
    inspections.confirm_sheet(sheet=found, by=user_of(request))
    messages.success(request, _("已确认代填的%(number)s，按正常台账办理。") % {"number": found.full_number})
    return redirect("problems:sheet", reference)


def sheet_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """The returned sheet put right: its boxes, the wording of its problems, problems left out before."""
    user = user_of(request)
    found = the_sheet(user, reference)
    check_can_correct(user, found)
    problems = list(queries.problems_on(user, found).exclude(state=ProblemState.VOID))
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, sheet=found)
    wordings, added = rewordings(problems, data), problem_rows(found.campaign, data, added=True)
    context: dict[str, Any] = {
        "sheet": found,
        "form": form,
        "wordings": zip(problems, wordings, strict=True),
        "formset": added,
        "people": offers.people(offers.inspected_units(user)),
        "added_units": offers.added_units(user, found.campaign),
    }
    if data is not None and all([form.is_valid(), added.is_valid(), *(one.is_valid() for one in wordings)]):
        try:
            _correct(user, found, form, dict(zip(problems, wordings, strict=True)), added)
        except BadInput as error:
            context["reason"] = str(error)
        else:
            messages.success(request, _("%(number)s已更正并重新填报。") % {"number": found.full_number})
            return redirect("problems:sheet", reference)
    return render(request, "problems/sheet_correct.html", context, status=422 if data is not None else 200)


def _correct(user: User, found: Sheet, form: Any, wordings: dict[Problem, Any], added: Any) -> None:
    units = units_by_name(user, found.campaign)
    texts = {problem.ordinal: one.cleaned_data["text"] for problem, one in wordings.items()}
    entries_added = tuple(row.entry(units) for row in filled(added))
    actions.correct_sheet(
        sheet=found,
        by=user,
        texts=texts,
        added=entries_added,
        columns=form.columns if form.extra_codes else None,
        problem_columns={
            problem.ordinal: one.columns for problem, one in wordings.items() if one.extra_codes
        },
        **form.own_data,
    )


@require_GET
def sheet_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """Attachment 2 as on paper."""
    return _paper_page(request, reference, "paper")


@require_GET
def rectification_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """Attachment 3 as on paper."""
    return _paper_page(request, reference, "rectification")


@require_GET
def paper_file(request: HttpRequest, reference: str, paper: str, ending: str) -> HttpResponse:
    """Attachment 2 or 3 as .xlsx or .docx."""
    if paper not in PAPERS or ending not in ("xlsx", "docx"):
        raise Http404
    found = the_sheet(user_of(request), reference)
    form = PAPERS[paper](user_of(request), found)
    content = to_xlsx(form) if ending == "xlsx" else to_docx(form)
    return attachment(content, f"{found.full_number}{form.name}.{ending}", ending)


def _paper_page(request: HttpRequest, reference: str, paper: str) -> HttpResponse:
    found = the_sheet(user_of(request), reference)
    form: Form = PAPERS[paper](user_of(request), found)
    return render(request, "problems/paper.html", {"sheet": found, "form": form, "paper": paper})


@require_GET
def finding_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo or paper from the spot, for those for whom its sheet and its problem exist; `picture=1` shows a photo."""
    row = visible_findings(user_of(request)).filter(pk=pk).first()
    if row is None:
        raise NotThere()
    content = files.content_of(row.file)
    if request.GET.get("picture") and row.file.kind in PICTURES:
        return picture(content, row.file.kind)
    return attachment(content, row.file.name)
