"""How far a workbook reaches, looked at before it is read.

The reader lays out each worksheet as a full rectangle in memory: one value in the last cell of an otherwise empty
sheet would cost hundreds of gigabytes and end the process, so such a file is refused from its own text.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput

MOST_CELLS = 1_000_000
MOST_BYTES = 200 * 1024 * 1024
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^<>]*(?<!/)>")
_CHUNK = 1 << 20
_OVERLAP = 4096


def check_extent(content: bytes, name: str) -> None:
    """BadInput when a worksheet of this .xlsx reaches too far or unpacks to too much; other files pass."""
    if not content.startswith(b"PK"):
        return
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            raise BadInput(_("文件“%(name)s”展开后过大，请分成几个文件。") % {"name": name})
        for entry in archive.infolist():
            if entry.filename.lower().startswith("xl/worksheets/") and _cells(archive, entry) > MOST_CELLS:
                raise BadInput(_("文件“%(name)s”的表格范围过大，请删去多余的行和列后再传。") % {"name": name})


def _cells(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Rows times columns up to the last cell that holds something."""
    rows = columns = 0
    rest = b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            for letters, number in _CELL.findall(text):
                rows, columns = max(rows, int(number)), max(columns, _column(letters))
            rest = text[-_OVERLAP:]
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
