"""Where the forms of a ledger page go that change what a person keeps about it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingfeng.apps.base.orgs.actions import own_lists as actions
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.web.errors import BadInput, NotThere


@require_POST
def own_lists(request: SignedInRequest) -> HttpResponse:
    """Keeps, renames, deletes a list; makes it the first; keeps columns. Back to the ledger it came from."""
    do = _DO.get(request.POST.get("do", ""))
    path = request.POST.get("path", "")
    if do is None or not _is_page(path):
        raise NotThere()
    try:
        query, said = do(request)
    except BadInput as error:
        query = request.POST.get("query") or "view=all"
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(f"{path}?{query}")


def _is_page(path: str) -> bool:
    """A page of this platform: nobody is led elsewhere."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return path.startswith("/") and not path.startswith("//") and "\\" not in path


def _save(request: SignedInRequest) -> tuple[str, str]:
    query = QueryDict(request.POST.get("query", "")).urlencode()
    row = actions.keep_list(
        ledger=_ledger(request), name=request.POST.get("name", ""), query=query, by=request.user
    )
    return row.query, _("已存为视图“%(name)s”，下次从标签打开。") % {"name": row.name}


def _rename(request: SignedInRequest) -> tuple[str, str]:
    row = actions.rename_list(key=_key(request), name=request.POST.get("name", ""), by=request.user)
    return row.query, _("视图已改名为“%(name)s”。") % {"name": row.name}


def _first(request: SignedInRequest) -> tuple[str, str]:
    row = actions.put_first(key=_key(request), first=True, by=request.user)
    return row.query, _("以后打开这个台账，先看到“%(name)s”。") % {"name": row.name}


def _not_first(request: SignedInRequest) -> tuple[str, str]:
    row = actions.put_first(key=_key(request), first=False, by=request.user)
    return row.query, _("“%(name)s”不再默认打开。") % {"name": row.name}


def _delete(request: SignedInRequest) -> tuple[str, str]:
    name = actions.drop_list(key=_key(request), by=request.user)
    return "view=all", _("视图“%(name)s”已删除，记录没有变动。") % {"name": name}


def _columns(request: SignedInRequest) -> tuple[str, str]:
    actions.keep_columns(ledger=_ledger(request), columns=request.POST.getlist("column"), by=request.user)
    return _without_columns(request), _("已记为您的栏目，以后打开这个台账就按这些栏目。")


def _plain_columns(request: SignedInRequest) -> tuple[str, str]:
    actions.keep_columns(ledger=_ledger(request), columns=(), by=request.user)
    return _without_columns(request), _("已恢复原来的栏目。")


def _without_columns(request: SignedInRequest) -> str:
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query.pop("col", None)
    return query.urlencode() or "view=all"


def _ledger(request: SignedInRequest) -> str:
    name = request.POST.get("ledger", "")
    if not name or len(name) > 50:
        raise NotThere()
    return name


def _key(request: SignedInRequest) -> int:
    key = request.POST.get("list", "")
    if not key.isdecimal() or len(key) > 15:
        raise NotThere()
    return int(key)


_DO: dict[str, Callable[[SignedInRequest], tuple[str, str]]] = {
    "save": _save,
    "rename": _rename,
    "first": _first,
    "not_first": _not_first,
    "delete": _delete,
    "columns": _columns,
    "plain_columns": _plain_columns,
}
