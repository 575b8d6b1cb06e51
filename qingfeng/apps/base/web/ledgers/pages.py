"""What a ledger's address answers: the page, the file, or a bulk move over chosen rows.

A bulk move lives at the address of its ledger: `?bulk=<verb>&row=…` shows the rows and asks what must be said; sent, it
is done row by row; `?bulk=<verb>&done=<token>` says what came of each. The answer is kept with the session under the
token of the form, so that a form sent twice shows the first answer again.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qingfeng.apps.base.web import slots
from qingfeng.apps.base.web.ledgers.columns import Cell, Row
from qingfeng.apps.base.web.ledgers.extracts import Extract
from qingfeng.apps.base.web.ledgers.ledger import Ledger
from qingfeng.apps.base.web.ledgers.moves import BulkMove

KINDS = ("xlsx", "csv", "form")
_KEY = "bulk_answers"
_KEPT = 5
_SHOWN = 5
"""Columns of the ledger that a confirmation shows, beside those of the move."""


class BulkForm(forms.Form):
    """A move for which nothing must be said."""


def ledger_page(
    request: HttpRequest, ledger: Ledger, template: str, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The answer of a ledger's view. Opened bare, it goes to the list that this person wants to see first."""
    if "bulk" in request.GET:
        return _bulk(request, ledger)
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405)
    if "export" in request.GET:
        kind = request.GET["export"]
        if kind == "form" and ledger.official is None:
            raise Http404
        return extract_page(request, ledger.extract(official=kind == "form"), ledger.total)
    if not request.GET and ledger.own and ledger.own.first:
        return redirect(f"{ledger.path}?{ledger.own.first.query}")
    return render(request, template, {**(context or {}), "ledger": ledger})


def extract_page(request: HttpRequest, extract: Extract, count: int) -> HttpResponse:
    """The file that `export` in the address asks for: xlsx, csv, or the official form as xlsx."""
    kind = request.GET.get("export", "")
    if kind in KINDS:
        for filler in slots.ledger_files:
            answer: HttpResponse = filler(request, extract, "csv" if kind == "csv" else "xlsx", count)
            return answer
    raise Http404


def _bulk(request: HttpRequest, ledger: Ledger) -> HttpResponse:
    move = next((one for one in ledger.moves if one.verb == request.GET["bulk"]), None)
    if move is None:
        raise Http404
    done = request.GET.get("done", "")
    if done:
        return _answer(request, ledger, move, done)
    token = request.POST.get("token", "")
    if request.method == "POST" and token in _answers(request):
        return redirect(_done_address(ledger, move, token))
    return _confirm(request, ledger, move, token)


def _confirm(request: HttpRequest, ledger: Ledger, move: BulkMove, token: str) -> HttpResponse:
    """The rows before anything is done, each with why it cannot be; sent with what must be said, they are done."""
    sent = request.method == "POST"
    records, fault = _chosen(request, ledger, move)
    form = (move.form or BulkForm)(request.POST if sent else None)
    if sent and records and not fault and form.is_valid():
        answers = [_run(ledger, move, record, form.cleaned_data) for record in records]
        _remember(request, token, answers)
        return redirect(_done_address(ledger, move, token))
    lines = [(row, row.record.pk, reason) for row, reason in _lines(ledger, move, records)]
    context = {
        "ledger": ledger,
        "move": move,
        "form": form,
        "fault": fault or (_("请至少勾选一条。") if sent and not records else ""),
        "heads": [*ledger.columns[:_SHOWN], *move.columns],
        "lines": lines,
        "open_count": sum(not reason for _row, _pk, reason in lines),
        "ticked": set(request.POST.getlist("row")) if sent else set(),
        "token": token or secrets.token_urlsafe(12),
        "sent": sent,
        "back": ledger.address(),
    }
    return render(request, "web/bulk.html", context, status=422 if sent else 200)


def _chosen(request: HttpRequest, ledger: Ledger, move: BulkMove) -> tuple[list[Any], str]:
    """(the records that were ticked, or all that are filtered; what is wrong with the choice).

    Those ticked are looked for among everything that this person sees in the ledger, so that a second sending still
    finds rows which the first one moved out of the filter.
    """
    whole = request.method != "POST" and request.GET.get("rows") == "all" and not move.one_by_one
    given = request.POST if request.method == "POST" else request.GET
    keys = [int(key) for key in given.getlist("row") if key.isdecimal() and len(key) < 16]
    rows = ledger.in_order if whole else ledger.everything.filter(pk__in=keys).order_by("pk")
    rows = move.load(rows) if move.load else rows
    found = list(ledger.records(rows[: move.most + 1]))
    if len(found) > move.most:
        fault = _("一次最多办理%(most)d条，请先筛选或分几次办理。") % {"most": move.most}
        return found[: move.most], fault
    return found, ""


def _lines(ledger: Ledger, move: BulkMove, records: list[Any]) -> list[tuple[Row, str]]:
    shown = [*ledger.columns[:_SHOWN], *move.columns]
    return [(ledger.row(record, shown), move.reason(record)) for record in records]


def _run(ledger: Ledger, move: BulkMove, record: Any, values: dict[str, Any]) -> dict[str, Any]:
    """One row: its own transaction, and what is said of it."""
    cells: list[Cell] = ledger.row(record, ledger.columns[:2]).cells
    done, said = move.run(record, dict(values))
    return {
        "name": str(cells[0].value),
        "href": cells[0].href,
        "text": str(cells[1].value or "")[:80] if len(cells) > 1 else "",
        "done": done,
        "said": said,
    }


def _answer(request: HttpRequest, ledger: Ledger, move: BulkMove, token: str) -> HttpResponse:
    answers = _answers(request).get(token)
    if answers is None:
        return redirect(ledger.address())
    context = {
        "ledger": ledger,
        "move": move,
        "answers": answers,
        "done_count": sum(one["done"] for one in answers),
        "not_count": sum(not one["done"] for one in answers),
        "back": ledger.address(),
    }
    return render(request, "web/bulk_done.html", context)


def _done_address(ledger: Ledger, move: BulkMove, token: str) -> str:
    address = ledger.address()
    return f"{address}{'&' if '?' in address else '?'}bulk={move.verb}&done={token}"


def _answers(request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    kept: dict[str, list[dict[str, Any]]] = request.session.get(_KEY, {})
    return kept


def _remember(request: HttpRequest, token: str, answers: list[dict[str, Any]]) -> None:
    """The token is spent; the latest answers are kept with the session."""
    kept = {**_answers(request), token or secrets.token_urlsafe(12): answers}
    request.session[_KEY] = dict(list(kept.items())[-_KEPT:])
