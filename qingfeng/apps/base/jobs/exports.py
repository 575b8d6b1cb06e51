"""Long exports: the worker asks the ledger's own address again, as the same person, and keeps what it answers.

So the file holds exactly what was filtered, of what that person may see at that moment; no ledger needs to know of
workers. Fills `documents.ledger_files.long_exports`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import get_script_prefix, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.middleware import HtmxDetails

from qingfeng.apps.base.documents.ledger_files import IN_WORKER
from qingfeng.apps.base.jobs.actions import start
from qingfeng.apps.base.jobs.registry import job
from qingfeng.apps.base.jobs.run import Run
from qingfeng.apps.base.jobs.views import to_job
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import BadInput

KIND = "jobs.ledger_file"


def take_off_page(request: HttpRequest, file_name: str, kind: str, count: int) -> HttpResponse:
    """Starts the export and leads to its page, where the file will be."""
    user = request.user
    assert isinstance(user, User)  # signed in, or there would be no ledger
    found = start(
        KIND, by=user, about=file_name, address=request.get_full_path(), name=file_name, count=count
    )
    messages.success(
        request,
        _("共%(count)d条，正在后台导出。可以离开，文件做好后在这里下载。") % {"count": count},
    )
    return to_job(request, found)


@job(KIND, title=gettext_lazy("导出台账"))
def ledger_file(run: Run, *, address: str, name: str, count: int) -> None:
    """The answer of this address to this person, kept as a file."""
    run.progress(0, count + 1, _("正在导出"))
    answer = answer_of(address, run.by, lambda done: run.progress(min(done, count), count + 1))
    path = run.folder / "export"
    path.write_bytes(answer.content)
    run.progress(count + 1, count + 1)
    run.finished(_("已导出“%(name)s”。") % {"name": name}, file=run.keep_file(path, name))


def answer_of(address: str, user: User, written: Callable[[int], None]) -> HttpResponse:
    """What the page at this address answers to this user; its filters are in the address."""
    path, _mark, query = address.partition("?")
    request = HttpRequest()
    request.method = "GET"
    request.path = path
    request.path_info = "/" + path.removeprefix(get_script_prefix())
    request.GET = QueryDict(query)
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "0", "QUERY_STRING": query}
    request.user = user
    request.session = _no_session()
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    setattr(request, IN_WORKER, written)
    view, args, kwargs = resolve(request.path_info, settings.ROOT_URLCONF)
    answer: HttpResponse = view(request, *args, **kwargs)
    if answer.status_code != 200 or not answer.has_header("Content-Disposition"):
        raise BadInput(_("这个台账现在不能导出，请回到台账重试。"))
    return answer


def _no_session() -> SessionBase:
    """What a view may read and write without effect: it is never saved."""
    return SessionStore()
