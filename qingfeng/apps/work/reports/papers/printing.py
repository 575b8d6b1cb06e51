"""Papers as Word and PDF. A process of its own writes them: web processes never load the Word library."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.reports.papers.described import described
from qingfeng.apps.work.reports.papers.model import Paper

_PRESS = "qingfeng.apps.work.reports.papers.press"
_PATIENCE = 400
"""Seconds: LibreOffice twice, at its own patience."""
_OFFICES = ("soffice", "libreoffice")


@dataclass(frozen=True)
class Printed:
    """The files, and what the maker should know: missing faces, a chart that could not be drawn."""

    docx: bytes
    pdf: bytes = b""
    remarks: list[str] = field(default_factory=list)


def can_make_pdf() -> bool:
    """Whether LibreOffice is on this machine."""
    return any(shutil.which(name) for name in _OFFICES)


def to_docx(paper: Paper, *, as_pdf: bool = False, figure_list: bool = True) -> Printed:
    """Prints it. Where an imprint's place is in doubt LibreOffice, if there, counts the pages."""
    wanted = {"paper": described(paper, figure_list=figure_list), "pdf": as_pdf}
    done = subprocess.run(
        [sys.executable, "-m", _PRESS],
        input=json.dumps(wanted).encode(),
        capture_output=True,
        timeout=_PATIENCE,
        check=True,
    )
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise BadInput(answer["refused"])
    return Printed(base64.b64decode(answer["docx"]), base64.b64decode(answer["pdf"]), answer["remarks"])


def to_pdf(paper: Paper) -> Printed:
    """The same pages as PDF; BadInput where LibreOffice is missing."""
    if not can_make_pdf():
        raise BadInput(_("本机没有安装LibreOffice，不能生成PDF；请下载Word文件，用WPS或Word另存为PDF。"))
    return to_docx(paper, as_pdf=True)
