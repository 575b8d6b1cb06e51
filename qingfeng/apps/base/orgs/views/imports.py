"""Importing units, groups and people: choose a file, see what each row becomes, take it."""

from __future__ import annotations

import secrets
from urllib.parse import quote

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.forms import ImportForm
from qingfeng.apps.base.orgs.models import GroupKind, Role, UnitImport, UnitKind, User
from qingfeng.apps.base.orgs.permissions import check_can_manage_units
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.unit_import import ImportPreview, read_units
from qingfeng.apps.base.orgs.unit_import.faulty_rows import faulty_rows
from qingfeng.apps.base.orgs.unit_import.headings import REQUIRED, SHEET_WORDS, SYNONYMS
from qingfeng.apps.base.web.errors import BadInput, Conflict, NotThere, Refused
from qingfeng.apps.base.web.marks import Mark

KEPT_FOR = 30 * 60
"""Seconds between looking at a preview and taking it."""
MOST_SHOWN = 300
RECENT = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def unit_import(request: SignedInRequest) -> HttpResponse:
    """Three steps on one address: nothing is written before the last."""
    check_can_manage_units(request.user)
    if request.method == "POST" and "faulty" in request.POST:
        return _faulty(request)
    if request.method == "POST" and "take" in request.POST:
        return _take(request)
    if request.method == "POST" and "undo" in request.POST:
        return _undo(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent)
    if form.is_valid():
        return _preview(request, form)
    return _choose(request, form)


def _choose(
    request: SignedInRequest, form: ImportForm, places: list[str] | None = None, reason: str = ""
) -> HttpResponse:
    columns = [
        (
            SHEET_WORDS[kind],
            [
                (words.split()[0], field in REQUIRED[kind], words.split()[1:4])
                for field, words in fields.items()
                if (kind, field) not in _SPARED
            ],
        )
        for kind, fields in SYNONYMS.items()
    ]
    words = {_("单位类别"): UnitKind.labels, _("组的类别"): GroupKind.labels, _("角色"): Role.labels}
    context = {"form": form, "step": 1, "columns": columns, "words": words, "places": places or []}
    context |= {"recent": _recent(), "reason": reason}
    refused = form.is_bound or bool(reason)
    return render(request, "orgs/unit_import.html", context, status=422 if refused else 200)


def _recent() -> list[tuple[UnitImport, Mark]]:
    rows = UnitImport.objects.select_related("taken_by__person", "undone_by__person")[:RECENT]
    undone, taken = Mark(_("已撤销"), "neutral"), Mark(_("已导入"), "done")
    return [(row, undone if row.undone_at else taken) for row in rows]


def _undo(request: SignedInRequest) -> HttpResponse:
    """All that a file made and changed, taken back."""
    batch = UnitImport.objects.filter(reference=request.POST["undo"]).first()
    if batch is None:
        raise NotThere()
    try:
        actions.undo_import(batch=batch, by=request.user)
    except Conflict:
        raise
    except (BadInput, Refused) as error:
        return _choose(request, ImportForm(), reason=str(error))
    messages.success(
        request, _("已撤销“%(name)s”的导入，单位、组和人员恢复原样。") % {"name": batch.file_name}
    )
    return redirect("orgs:unit_import")


_SPARED = {("person", "unit"), ("person", "group")}
"""Columns that another one on the page already tells of."""


def _preview(request: SignedInRequest, form: ImportForm) -> HttpResponse:
    upload = form.cleaned_data["file"]
    content = upload.read()
    try:
        preview = read_units(content, upload.name)
    except BadInput as error:
        form.add_error("file", str(error))
        return _choose(request, form)
    token = secrets.token_urlsafe(16)
    cache.set(_key(request.user, token), (upload.name, content), KEPT_FOR)
    return _show(request, preview, token)


def _show(request: SignedInRequest, preview: ImportPreview, token: str, reason: str = "") -> HttpResponse:
    context = {
        "step": 2,
        "preview": preview,
        "token": token,
        "reason": reason,
        "good": preview.good[:MOST_SHOWN],
        "faulty": preview.faulty[:MOST_SHOWN],
        "most": MOST_SHOWN,
    }
    return render(request, "orgs/unit_import.html", context, status=422 if reason else 200)


def _take(request: SignedInRequest) -> HttpResponse:
    token = request.POST.get("token", "")
    kept = cache.get(_key(request.user, token))
    if kept is None:
        form = ImportForm(request.POST, request.FILES)
        form.errors["file"] = form.error_class([_("预览已过期，没有写入任何内容。请重新选择文件。")])
        return _choose(request, form)
    name, content = kept
    preview = read_units(content, name)
    try:
        result = actions.import_units(
            preview=preview, by=request.user, accept_partial=request.POST["take"] == "good"
        )
    except Conflict:
        raise
    except (BadInput, Refused) as error:
        return _show(request, preview, token, str(error))
    cache.delete(_key(request.user, token))
    if result.left:
        cache.set(_key(request.user, token, "left"), kept, KEPT_FOR)
    context = {"step": 3, "result": result, "name": preview.name, "token": token}
    return render(request, "orgs/unit_import.html", context)


def _faulty(request: SignedInRequest) -> HttpResponse:
    """What could not be taken, with the reasons; before the good rows are taken and after."""
    token = request.POST.get("token", "")
    kept = cache.get(_key(request.user, token)) or cache.get(_key(request.user, token, "left"))
    if kept is None:
        raise BadInput(_("预览已过期，请重新选择文件。"))
    name, content = kept
    preview = read_units(content, name)
    if not preview.faulty:
        raise BadInput(_("没有需要改正的行。"))
    answer = HttpResponse(faulty_rows(preview.tables, preview.faulty), content_type=XLSX)
    stem = preview.name.rpartition(".")[0] or preview.name
    title = _("%(name)s（待改正）") % {"name": stem} + ".xlsx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title, safe='')}"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _key(user: User, token: str, what: str = "read") -> str:
    return f"unit-import:{what}:{user.pk}:{token[:64]}"
