"""Files of the campaign, given only to those who see the record they belong to."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from django.views.decorators.http import require_GET

from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.records.files import path_of
from qingfeng.apps.base.records.models import StoredFile
from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.work.campaigns.models import Receipt
from qingfeng.apps.work.campaigns.permissions import check_is_office
from qingfeng.apps.work.campaigns.visibility import found, visible_duties, visible_meetings, visible_plans


@require_GET
def receipt_file(request: SignedInRequest, pk: int) -> FileResponse:
    """What was handed in against a duty."""
    receipts = Receipt.objects.filter(duty__in=visible_duties(request.user))
    row: Any = found(receipts, pk, related=("file",))
    return _download(row.file)


@require_GET
def meeting_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The minutes of a meeting as they were uploaded."""
    row: Any = found(visible_meetings(request.user), pk, related=("file",))
    return _download(row.file)


@require_GET
def plan_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The plan document as it came, for the office only: it may name persons."""
    row: Any = found(visible_plans(request.user), pk, related=("file", "root_unit"))
    check_is_office(request.user, row.root_unit)
    return _download(row.file)


def _download(stored: StoredFile | None) -> FileResponse:
    """Always as a download: the browser opens nothing that somebody uploaded."""
    if stored is None or not path_of(stored.pk).exists():
        raise NotThere()
    response = FileResponse(path_of(stored.pk).open("rb"), as_attachment=True, filename=stored.name,
                            content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    return response
