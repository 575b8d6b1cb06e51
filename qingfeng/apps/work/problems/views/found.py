"""Files from the spot as the browser sends them, each with the time that the device states for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from qingfeng.apps.work.problems.actions import FoundFile
from qingfeng.apps.work.problems.views.uploads import content_of


def found_files(request: HttpRequest, row_ordinals: dict[int, int]) -> tuple[FoundFile, ...]:
    """`found` are the files; `found_taken` and `found_row`, file by file, their times and the rows they belong to.

    `row_ordinals` gives the number that each row of the page gets on the sheet.
    """
    uploads: Sequence[UploadedFile] = request.FILES.getlist("found")
    times, rows = request.POST.getlist("found_taken"), request.POST.getlist("found_row")
    return tuple(
        FoundFile(
            name=upload.name or "",
            content=content_of(upload),
            taken_at=_time(times[place]) if place < len(times) else None,
            ordinal=_ordinal(rows[place], row_ordinals) if place < len(rows) else None,
        )
        for place, upload in enumerate(uploads)
    )


def _time(text: str) -> datetime | None:
    """The local time of the device; None when it says nothing that can be read."""
    try:
        stated = datetime.fromisoformat(text)
    except ValueError:
        return None
    return timezone.make_aware(stated) if timezone.is_naive(stated) else stated


def _ordinal(text: str, row_ordinals: dict[int, int]) -> int | None:
    return row_ordinals.get(int(text)) if text.isdecimal() else None
