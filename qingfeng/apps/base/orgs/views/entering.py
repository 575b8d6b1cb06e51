"""The one flow of all entry pages here: draw the form, check it, act, go on; what went wrong stands at the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.web.errors import BadInput, Conflict, Refused


@dataclass(frozen=True)
class Entry:
    """What an entry page says around its form."""

    title: str
    back: str
    back_label: str
    verb: str
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def entering(
    request: SignedInRequest, form: forms.Form, entry: Entry, act: Callable[[dict[str, Any]], tuple[str, str]]
) -> HttpResponse:
    """`act` gets what was entered and answers (where to go, what happened). Somebody else's change stays a page."""
    if request.method == "POST" and form.is_valid():
        try:
            where, words = act(form.cleaned_data)
        except Conflict:
            raise
        except (BadInput, Refused) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, words)
            return redirect(where)
    status = 422 if form.is_bound else 200
    return render(request, "orgs/entry.html", {"form": form, "entry": entry}, status=status)


def data_of(request: SignedInRequest) -> dict[str, Any]:
    """What a form is bound to: what was posted, or nothing yet."""
    return {"data": request.POST if request.method == "POST" else None}
