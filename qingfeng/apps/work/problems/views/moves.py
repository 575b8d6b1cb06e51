"""One page per verb: what must be said, the action, and what happened and what happens next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import recording
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Conflict, Refused
from qingfeng.apps.base.web.timelines import TimelineEntry
from qingfeng.apps.work.problems import actions, offers, once, queries
from qingfeng.apps.work.problems.carried import came_from, carrying
from qingfeng.apps.work.problems.closers import closers
from qingfeng.apps.work.problems.flow import MOVES
from qingfeng.apps.work.problems.forms import moves as forms
from qingfeng.apps.work.problems.marks import due_of, state_mark
from qingfeng.apps.work.problems.models import Extension, LookBackResult, Measure, Problem, Transfer
from qingfeng.apps.work.problems.permissions import check_can, check_office, open_submission
from qingfeng.apps.work.problems.record import Proof, evidence_of, found_of, parts_of
from qingfeng.apps.work.problems.views.finding import the_problem, user_of
from qingfeng.apps.work.problems.views.uploads import content_of

Made = Callable[[HttpRequest, Problem, User, Any], str]
MOST_FILES = 20
MOST_WAITING = 50


@dataclass(frozen=True)
class MovePage:
    """A verb's page: its form, what it does, and whether it is a decision about what somebody else asked."""

    form: type[forms.MoveForm]
    make: Made
    decides: bool = False
    label: Any = ""
    check: Callable[[User, Problem], None] | None = None
    """Where the verb is not one of the flow's moves."""
    button: Any = ""


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The page of a verb; refused with the reason when it is not open to this user now."""
    page = PAGES.get(verb)
    if page is None:
        raise Http404
    user = user_of(request)
    problem = the_problem(user, reference)
    address = carrying(reverse("problems:problem", args=[reference]), came_from(request))
    if request.method == "POST" and once.filed_before(request, request.POST.get("token", "")):
        messages.info(request, _("这一步刚才已经办过，没有重复登记。"))
        return redirect(address)
    data = request.POST if request.method == "POST" else None
    form = page.form(data, problem=problem, user=user, initial={"token": once.new_token()})
    showing = Showing(request, problem, verb, page, form)
    opened = Opened.read(data.get("seen", "")) if data else None
    if opened and opened.revision != problem.revision:
        return showing.answer(_overtaken(page, verb, user, problem), since=opened)
    _check(page, verb, user, problem)
    if data is None or not form.is_valid():
        return showing.answer()
    try:
        said = page.make(request, problem, user, form)
    except Conflict as error:
        problem.refresh_from_db()
        return showing.answer(str(error), since=opened)
    except (BadInput, Refused) as error:
        return showing.answer(str(error))
    once.remember(request, form.cleaned_data["token"], address)
    return _after(request, user, problem, verb, said, address)


def _check(page: MovePage, verb: str, user: User, problem: Problem) -> None:
    if page.check is not None:
        page.check(user, problem)
    else:
        check_can(verb, user, problem)


def _overtaken(page: MovePage, verb: str, user: User, problem: Problem) -> str:
    """What is said to the second of two people in the same record: still possible, or why no longer."""
    try:
        _check(page, verb, user, problem)
    except Refused as refusal:
        return str(refusal)
    return _("您打开这一页以后，别人更改了这条记录，您的内容还没有登记。请核对下面的变化，再点一次提交。")


@dataclass(frozen=True)
class Opened:
    """When somebody opened the page of a move, and how the record stood: carried along in the form."""

    revision: int
    at: datetime

    @classmethod
    def now(cls, problem: Problem) -> Opened:
        return cls(problem.revision, timezone.now())

    @classmethod
    def read(cls, text: str) -> Opened | None:
        """None where the form says nothing of it."""
        revision, _dot, moment = text.partition(".")
        if not (revision.isascii() and revision.isdigit() and moment.isascii() and moment.isdigit()):
            return None
        try:
            return cls(int(revision), datetime.fromtimestamp(int(moment) / 1_000_000, UTC))
        except (ValueError, OverflowError, OSError):
            return None

    def __str__(self) -> str:
        return f"{self.revision}.{int(self.at.timestamp() * 1_000_000)}"


@dataclass(frozen=True)
class Showing:
    """The page of a verb as it answers: empty, or with what was typed and what is wrong with it."""

    request: HttpRequest
    problem: Problem
    verb: str
    page: MovePage
    form: forms.MoveForm

    def answer(self, reason: str = "", *, since: Opened | None = None) -> HttpResponse:
        """`since`: somebody else was first, and what happened since then is told."""
        user, problem, verb = user_of(self.request), self.problem, self.verb
        listed = came_from(self.request)
        label = self.page.label or MOVES[verb].label
        context: dict[str, Any] = {
            "problem": problem,
            "verb": verb,
            "form": self.form,
            "reason": reason,
            "label": label,
            "button": self.page.button or label,
            "mark": state_mark(problem),
            "due": due_of(problem),
            "takes_files": verb == "measure",
            "seen": Opened.now(problem),
            "changes": _changes(problem, since) if since else [],
            "undo": UNDO.get(verb, ""),
            "listed": listed,
            "back": carrying(reverse("problems:problem", args=[problem.reference]), listed),
        }
        if self.page.decides:
            context |= _grounds(user, problem, verb)
        elif verb == "assign":
            context["people"] = offers.people(offers.inspected_units(user))
        template = "problems/decide.html" if self.page.decides else "problems/move.html"
        return render(self.request, template, context, status=self._status(since))

    def _status(self, since: Opened | None) -> int:
        if since:
            return 409
        return 422 if self.form.is_bound else 200


def _changes(problem: Problem, since: Opened) -> list[TimelineEntry]:
    """What others did to the record since then, the newest first."""
    return entries(timeline(problem, *parts_of(problem)).filter(at__gt=since.at))


def _grounds(user: User, problem: Problem, verb: str) -> dict[str, Any]:
    """What is asked, by whom, on what grounds, with the evidence; and the next one that waits."""
    others = _waiting(user, problem, verb)
    return {
        "submission": open_submission(problem),
        "extension": Extension.objects.filter(problem=problem, decided_at=None)
        .select_related("asked_by__person")
        .first(),
        "transfer": Transfer.objects.filter(problem=problem, decided_at=None)
        .select_related("asked_by__person", "to_unit", "from_unit")
        .first(),
        "measures": Measure.objects.filter(problem=problem).select_related("entered_by__person"),
        "evidence": [Proof(row) for row in evidence_of(problem)],
        "found": found_of(user, problem) if problem.sheet_id else [],
        "next_one": others[0] if others else None,
        "next_verb": _verb_of_next(verb),
        "waiting_count": len(others),
    }


def _waiting(user: User, problem: Problem, verb: str) -> list[Problem]:
    """What else waits for the same decision of this user, so many at most."""
    waiting = _NEXT.get(verb)
    rows = waiting(user)[: MOST_WAITING + 1] if waiting else ()
    return [other for other in rows if other.pk != problem.pk][:MOST_WAITING]


def _verb_of_next(verb: str) -> str:
    """Whoever returned one decides anew about the next."""
    return "close_out" if verb == "return" else verb


def _after(
    request: HttpRequest, user: User, problem: Problem, verb: str, said: str, address: str
) -> HttpResponse:
    """Says what happened and how it can be undone; leads on to the next one that waits for the same decision."""
    parts = [f"{problem.shown_number} {said}" if verb in _NEXT else said, str(UNDO.get(verb, ""))]
    others = _waiting(user, problem, verb)
    if others:
        parts.append(_("下面是等您办理的下一件。"))
        address = reverse("problems:move", args=[others[0].reference, _verb_of_next(verb)])
    messages.success(request, " ".join(part for part in parts if part))
    return redirect(address)


_NEXT: dict[str, Callable[[User], Any]] = {
    "sign": queries.to_sign,
    "close_out": queries.to_close_out,
    "return": queries.to_close_out,
    "decide_extension": queries.extensions_to_decide,
    "decide_transfer": queries.transfers_to_decide,
    "review_long_term": lambda user: queries.reviews_due(user, clock.today()),
    "look_back": lambda user: queries.look_backs_due(user, clock.today()),
}

UNDO: dict[str, Any] = {
    "measure": gettext_lazy("写错的再登记一条更正，原来的保留；传错的材料可以在“佐证材料”里撤回。"),
    "submit": gettext_lazy("申请有误的，请销号人退回，补齐后重新申请。"),
    "sign": gettext_lazy("签字不能撤回；发现有误的，请销号人退回。"),
    "close_out": gettext_lazy("销号后发现没有整改到位的，可以“重新整改”。"),
    "ask_extension": gettext_lazy("申请有误的，请审批人不同意，再重新申请。"),
    "ask_transfer": gettext_lazy("申请有误的，请专治办不同意，再重新申请。"),
    "make_long_term": gettext_lazy("以后可以在年度复核时转回整改。"),
    "void": gettext_lazy("作废不能恢复。"),
}
"""What to do when a move was a mistake: said before it is made and after."""


# What each verb does, and what is said afterwards


def _assign(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.assign(problem=problem, by=user, **form.values)
    return _("已交办给%(who)s，整改时限%(due)s。接下来由其登记整改措施。") % {
        "who": problem.responsible_name,
        "due": problem.due_date,
    }


def _measure(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    values = form.values
    description = values.pop("description")
    uploads = request.FILES.getlist("files")
    if len(uploads) > MOST_FILES:
        raise BadInput(_("一次最多上传%(most)d个文件。") % {"most": MOST_FILES})
    if not values["text"].strip() and not uploads:
        raise BadInput(_("请写明整改措施或进展，或者选择要上传的佐证材料。"))
    with recording():  # words and files go in together, or not at all
        _take_measure(problem, user, form, values, uploads, description)
    if not uploads:
        return _("已登记。整改完成后上传佐证材料，再申请销号。")
    return _("已登记，上传佐证材料%(count)d件。材料齐全后可以申请销号。") % {"count": len(uploads)}


def _take_measure(
    problem: Problem, user: User, form: Any, values: dict[str, Any], uploads: list[Any], description: str
) -> None:
    unchanged = values.pop("sum_returned") in (None, problem.sum_returned)
    returned = None if unchanged else form.cleaned_data["sum_returned"]
    if unchanged and _is_written(problem, user, values):
        if not uploads:
            raise BadInput(_("这一天已经登记过同样的内容，没有重复登记；有补充的请改写后再登记。"))
    elif values["text"].strip():
        actions.add_measure(problem=problem, by=user, sum_returned=returned, **values)
    for upload in uploads:
        actions.add_evidence(
            problem=problem,
            name=upload.name or "",
            content=content_of(upload),
            by=user,
            description=description,
        )


def _is_written(problem: Problem, user: User, values: dict[str, Any]) -> bool:
    """Whether this person has entered the very same: sent anew after going back."""
    same = {"kind": values["kind"], "taken_on": values["taken_on"], "text": values["text"].strip()}
    return Measure.objects.filter(problem=problem, entered_by=user, **same).exists()


def _submit(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.submit(problem=problem, by=user, **form.values)
    return _("已申请销号。接下来由%(unit)s负责人签字。") % {"unit": problem.lead_unit}


def _sign(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.sign(problem=problem, by=user)
    body = closers(problem).body
    return _("已签字。接下来由%(body)s审核销号。") % {"body": body} if body else _("已签字。接下来审核销号。")


def _return(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.return_problem(problem=problem, by=user, **form.values)
    return _("已退回%(unit)s，补齐后须重新申请并由负责人签字。") % {"unit": problem.lead_unit}


def _close_out(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.close_out(problem=problem, by=user, **form.values)
    return _("已销号。%(day)s回头看。") % {"day": problem.look_back_on}


def _ask_extension(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.ask_extension(problem=problem, by=user, **form.values)
    return _("已申请延期至%(day)s，批准前仍按%(due)s计算。") % {
        "day": form.values["new_date"],
        "due": problem.due_date,
    }


def _decide_extension(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    asked = actions.decide_extension(problem=problem, by=user, **form.values)
    if form.values["approve"]:
        return _("已同意延期至%(day)s；原定时限保留，按期率以原定时限计算。") % {"day": asked.new_date}
    return _("未同意延期，仍按%(day)s整改。") % {"day": problem.due_date}


def _ask_transfer(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.ask_transfer(problem=problem, by=user, **form.values)
    return _("已申请转办给%(unit)s，由专治办审批；批准前仍由本单位负责。") % {"unit": form.values["to_unit"]}


def _decide_transfer(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    asked = actions.decide_transfer(problem=problem, by=user, **form.values)
    if form.values["approve"]:
        return _("已转办给%(unit)s，接下来请交办给责任人。") % {"unit": asked.to_unit}
    return _("未同意转办，仍由%(unit)s整改。") % {"unit": problem.lead_unit}


def _make_long_term(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.make_long_term(problem=problem, by=user, **form.values)
    return _("已转为长期坚持，不计入销号率；%(day)s年度复核。") % {"day": problem.review_on}


def _review(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.review_long_term(problem=problem, by=user, **form.values)
    if form.values["goes_on"]:
        return _("已复核，继续长期坚持；%(day)s再次复核。") % {"day": problem.review_on}
    return _("已复核，转回整改；整改完成后可以申请销号。")


def _look_back(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.look_back(problem=problem, by=user, **form.values)
    if form.values["result"] == LookBackResult.RECURRED:
        return _("已登记反弹回潮，问题重新整改，由%(unit)s继续办理。") % {"unit": problem.lead_unit}
    next_on: date | None = form.values["next_on"]
    return _("已登记回头看。下次%(day)s。") % {"day": next_on} if next_on else _("已登记回头看，未反弹。")


def _reopen(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.reopen(problem=problem, by=user, **form.values)
    return _("问题已重新整改，由%(unit)s继续办理。") % {"unit": problem.lead_unit}


def _void(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    actions.void_problem(problem=problem, by=user, **form.values)
    return _("问题已作废，编号不再使用。")


def _name_co_unit(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    row = actions.name_co_unit(problem=problem, by=user, **form.values)
    return _("已请%(unit)s协办；其分工完成后才能申请销号。") % {"unit": row.unit}


def _recuse(request: HttpRequest, problem: Problem, user: User, form: Any) -> str:
    row = actions.declare_recusal(problem=problem, by=user, **form.values)
    return _("已登记%(who)s回避；对其而言这个问题不再出现。") % {"who": row.person.name}


def _arranges(user: User, problem: Problem) -> None:
    check_can("ask_transfer", user, problem)


PAGES: dict[str, MovePage] = {
    "assign": MovePage(forms.AssignForm, _assign),
    "measure": MovePage(forms.MeasureForm, _measure, button=gettext_lazy("登记")),
    "submit": MovePage(forms.SubmitForm, _submit),
    "sign": MovePage(forms.SignForm, _sign, decides=True, button=gettext_lazy("同意并签字")),
    "return": MovePage(forms.ReasonForm, _return, decides=True),
    "close_out": MovePage(forms.CloseOutForm, _close_out, decides=True, button=gettext_lazy("同意销号")),
    "ask_extension": MovePage(forms.AskExtensionForm, _ask_extension),
    "decide_extension": MovePage(
        forms.DecideForm, _decide_extension, decides=True, button=gettext_lazy("提交决定")
    ),
    "ask_transfer": MovePage(forms.AskTransferForm, _ask_transfer),
    "decide_transfer": MovePage(
        forms.DecideForm, _decide_transfer, decides=True, button=gettext_lazy("提交决定")
    ),
    "make_long_term": MovePage(forms.ReasonForm, _make_long_term),
    "review_long_term": MovePage(forms.ReviewForm, _review, decides=True),
    "look_back": MovePage(forms.LookBackForm, _look_back, decides=True, button=gettext_lazy("登记回头看")),
    "reopen": MovePage(forms.ReopenForm, _reopen),
    "void": MovePage(forms.VoidForm, _void),
    "name_co_unit": MovePage(
        forms.CoUnitForm, _name_co_unit, label=gettext_lazy("增加协办单位"), check=_arranges
    ),
    "recuse": MovePage(forms.RecusalForm, _recuse, label=gettext_lazy("登记回避"), check=check_office),
}
"""Every move of the flow has its page; the last two are not moves, but change who takes part."""
