"""A .docx on standard input as PDF, with the words that its pages show, as JSON on standard output.

Started by `pdf`: neither LibreOffice's files nor the library that reads PDF are loaded by a process of the platform.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from typing import Any

from pypdf import PdfReader

from qingfeng.gongwen.errors import Unusable
from qingfeng.gongwen.pdf import to_pdf


def printed(docx: bytes) -> dict[str, Any]:
    """The PDF, the text of each page, and what its properties say."""
    made = to_pdf(docx)
    reader = PdfReader(io.BytesIO(made))
    properties = [str(value) for value in (reader.metadata or {}).values()]
    pages = [page.extract_text() for page in reader.pages]
    return {"pdf": base64.b64encode(made).decode(), "pages": pages, "properties": properties}


def main() -> None:
    """Answers once; what cannot be made is answered in one sentence."""
    try:
        answer = printed(sys.stdin.buffer.read())
    except Unusable as refusal:
        answer = {"refused": str(refusal)}
    json.dump(answer, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
