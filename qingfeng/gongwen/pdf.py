"""PDF by LibreOffice, when it is there: to send, and to see how many pages a document takes."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader

from qingfeng.gongwen.errors import Unusable
from qingfeng.gongwen.fonts import substitutions
from qingfeng.gongwen.standard import BOTTOM, MM_A_POINT

NAMES = ("soffice", "libreoffice")
PATIENCE = 180
"""Seconds for one document."""
A_BATCH = 40
"""Documents that one LibreOffice converts: its start costs as much as ten of them."""


def office() -> str | None:
    """LibreOffice on this machine, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def to_pdf(docx: bytes) -> bytes:
    """The same pages as PDF. Raises Unusable without LibreOffice, or when it fails."""
    return to_pdfs([docx])[0]


def to_pdfs(documents: Sequence[bytes]) -> list[bytes]:
    """Many at once, in the same order: LibreOffice is started once for some forty of them."""
    program = office()
    if program is None:
        raise Unusable("转换 PDF", "本机没有安装 LibreOffice；.docx 已可使用，也可在装有它的机器上转换")
    made: list[bytes] = []
    with tempfile.TemporaryDirectory(prefix="gongwen-") as folder:
        for start in range(0, len(documents), A_BATCH):
            made += _convert(program, documents[start : start + A_BATCH], Path(folder))
    return made


def _convert(program: str, documents: Sequence[bytes], folder: Path) -> list[bytes]:
    sources = [folder / f"document{number}.docx" for number in range(len(documents))]
    for source, content in zip(sources, documents, strict=True):
        source.write_bytes(content)
        source.with_suffix(".pdf").unlink(missing_ok=True)
    profile = folder / "profile"
    command = [
        program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to", "pdf", "--outdir", str(folder), *map(str, sources),
    ]  # fmt: skip
    patience = PATIENCE + 10 * len(documents)
    try:
        subprocess.run(
            command, capture_output=True, timeout=patience, check=False, env=_with_stand_ins(folder)
        )
    except subprocess.TimeoutExpired as trouble:
        raise Unusable("转换 PDF", f"LibreOffice 在{patience}秒内没有完成") from trouble
    results = [source.with_suffix(".pdf") for source in sources]
    if not all(result.is_file() for result in results):
        raise Unusable("转换 PDF", "LibreOffice 没有给出结果，请确认它能单独打开文档")
    return [result.read_bytes() for result in results]


def _with_stand_ins(folder: Path) -> dict[str, str]:
    """The environment in which missing faces are printed with their stand-ins."""
    settings = substitutions()
    if not settings or "FONTCONFIG_FILE" in os.environ:
        return dict(os.environ)
    file = folder / "fonts.conf"
    file.write_text(settings, encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(file)}


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def last_line(pdf: Path | bytes) -> tuple[int, float]:
    """Pages of a PDF, and how far down the last one its text reaches: millimetres from the page's upper edge.

    The page number below the type area does not count.
    """
    reader = PdfReader(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf)
    page = reader.pages[-1]
    height = float(page.mediabox.height)
    foot = BOTTOM / MM_A_POINT
    found: list[float] = []

    def note(text: str, _user: list[float], matrix: list[float], _font: object, _size: float) -> None:
        if text.strip() and matrix[5] > foot:
            found.append(matrix[5])

    page.extract_text(visitor_text=note)
    lowest = min(found, default=height)
    return len(reader.pages), (height - lowest) * MM_A_POINT
