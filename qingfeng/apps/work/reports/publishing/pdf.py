"""A public text as PDF: made from the very bytes that were released, and looked through once more as it is read there."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from qingfeng.apps.base.documents.publishing import gate
from qingfeng.apps.base.documents.publishing.contents import Piece
from qingfeng.apps.base.documents.publishing.people import Names
from qingfeng.apps.base.web.errors import BadInput

_PRESS = "qingfeng.apps.work.reports.publishing.pdf_press"
_PATIENCE = 240
"""Seconds: LibreOffice at its own patience."""
_FULL_LINE = 24
"""Letters from which on a line is taken to run on: 28 stand on a line of GB/T 9704."""


def public_pdf(content: bytes, name: str, rule: gate.Rule, *, today: date) -> bytes:
    """The PDF of a .docx that passes the gate. gate.Refusal with the places when the file, or what its pages show,
    does not; BadInput when it cannot be made."""
    gate.release(content, name, rule, today=today)
    said = _printed(content)
    check_pages(said["pages"], said["properties"], rule, today=today)
    return base64.b64decode(said["pdf"])


def check_pages(pages: Iterable[str], properties: Iterable[str], rule: gate.Rule, *, today: date) -> None:
    """Refusal with every place at which the pages, or what the file says of itself, show what may not be public."""
    names = Names(rule.known_names, rule.approved_names)
    pieces = [Piece("PDF属性", text) for text in properties]
    for number, page in enumerate(pages, 1):
        pieces += [Piece(f"PDF第{number}页", text) for text in _paragraphs(page)]
    faults = dict.fromkeys(fault for piece in pieces for fault in gate.faults_in(piece, names, today.year))
    if faults:
        raise gate.Refusal(tuple(faults))


def _printed(content: bytes) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", _PRESS], input=content, capture_output=True, timeout=_PATIENCE, check=True
    )
    said: dict[str, Any] = json.loads(done.stdout)
    if "refused" in said:
        raise BadInput(said["refused"])
    return said


def _paragraphs(page: str) -> Iterator[str]:
    """The lines of a page, where a full one goes on in the next: a number may be broken at the margin."""
    begun = ""
    for line in page.splitlines():
        begun += line.strip()
        if len(line.strip()) < _FULL_LINE:
            yield begun
            begun = ""
    if begun:
        yield begun
