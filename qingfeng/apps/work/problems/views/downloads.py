"""Files handed to the browser: always as an attachment, never sniffed, never kept in a cache."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def attachment(content: bytes, name: str, kind: str = "application/octet-stream") -> HttpResponse:
    """A download under this name."""
    response = HttpResponse(content, content_type=TYPES.get(kind, kind))
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def picture(content: bytes, kind: str) -> HttpResponse:
    """A photo for the page that shows it: its own type and no other, and nothing that could run in it."""
    response = HttpResponse(content, content_type=f"image/{kind}")
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
