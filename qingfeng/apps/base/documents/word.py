"""Forms as .docx. A process of its own writes them, because web processes never load the Word library."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from qingfeng.apps.base.documents.papers import (
    BODY_FALL_BACKS,
    BODY_FONT,
    HEAD_LINE_SIZE,
    TALL,
    TITLE_FALL_BACKS,
    TITLE_FONT,
    TITLE_SIZE,
    Form,
)

_PATIENCE = 60


def to_docx(form: Form) -> bytes:
    """The form, each page on a page of its own. Costs the start of a process (about half a second)."""
    writer = [sys.executable, "-m", "qingfeng.apps.base.documents.docx_writer"]
    done = subprocess.run(
        writer, input=json.dumps(described(form)).encode(), capture_output=True, timeout=_PATIENCE, check=True
    )
    return done.stdout


def described(form: Form) -> dict[str, Any]:
    """The form as the writer is told of it."""
    return {
        **asdict(form),
        "fonts": {"title": [TITLE_FONT, *TITLE_FALL_BACKS], "body": [BODY_FONT, *BODY_FALL_BACKS]},
        "sizes": {"title": TITLE_SIZE, "head_line": HEAD_LINE_SIZE, "tall": TALL},
    }
