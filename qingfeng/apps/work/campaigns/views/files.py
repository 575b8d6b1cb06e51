"""Files of the campaign, given only to those who see the record they belong to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.records.files import content_of
from qingfeng.apps.base.records.models import StoredFile
from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.work.campaigns.models import Receipt
from qingfeng.apps.work.campaigns.permissions import check_is_office
from qingfeng.apps.work.campaigns.visibility import found, visible_duties, visible_meetings, visible_plans


@require_GET
def receipt_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was handed in against a duty."""
    receipts = Receipt.objects.filter(duty__in=visible_duties(request.user))
    row: Any = found(receipts, pk, related=("file",))
    return _download(row.file)


@require_GET
def meeting_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The minutes of a meeting as they were uploaded."""
    row: Any = found(visible_meetings(request.user), pk, related=("file",))
    return _download(row.file)


@require_GET
def plan_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan document as it came, for the office only: it may name persons."""
    row: Any = found(visible_plans(request.user), pk, related=("file", "root_unit"))
    check_is_office(request.user, row.root_unit)
    return _download(row.file)


def _download(stored: StoredFile | None) -> HttpResponse:
    """Always as a download, checked against its registered digest: the browser opens nothing that somebody uploaded."""
    if stored is None:
        raise NotThere()
    response = HttpResponse(content_of(stored), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
