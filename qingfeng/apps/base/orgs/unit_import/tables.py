"""A file as sheets of raw cells, each row with the number that Excel shows beside it."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from qingfeng.apps.base.records.files import kind_of, safe_name
from qingfeng.apps.base.records.models import FileKind
from qingfeng.apps.base.records.workbooks import check_extent
from qingfeng.apps.base.web.errors import BadInput

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 20_000
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a .csv file as a whole."""

    name: str
    rows: list[list[Any]]


def read_sheets(content: bytes, name: str) -> list[Sheet]:
    """The sheets of an .xlsx or .csv; BadInput when it is neither, locked, or far too large."""
    name = safe_name(name)
    if len(content) > LARGEST:
        raise BadInput(_("文件“%(name)s”超过5兆，请只保留单位、人员和组的表后再导入。") % {"name": name})
    if content.startswith(_OLE):
        raise BadInput(
            _("文件“%(name)s”是旧格式或加了密码，请另存为不加密的 .xlsx 后再导入。") % {"name": name}
        )
    kind = kind_of(content, name)
    if kind == FileKind.XLSX:
        sheets = _workbook(content, name)
    elif kind == FileKind.TEXT:
        sheets = [Sheet(Path(name).stem, _lines(content))]
    else:
        raise BadInput(_("文件“%(name)s”不是表格。请用 .xlsx 或 .csv 文件导入。") % {"name": name})
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise BadInput(
                _("工作表“%(sheet)s”超过%(most)d行，请分成几个文件导入。")
                % {"sheet": sheet.name, "most": MOST_ROWS}
            )
    return sheets


def _workbook(content: bytes, name: str) -> list[Sheet]:
    broken = _("文件“%(name)s”已损坏，打不开。请重新另存后再导入。") % {"name": name}
    try:
        check_extent(content, name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            Sheet(one, book.get_sheet_by_name(one).to_python(skip_empty_area=False))
            for one in book.sheet_names
        ]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise BadInput(broken) from error


def _lines(content: bytes) -> list[list[Any]]:
    text = _decoded(content)
    start = text[:4000]
    delimiter = max((",", "\t", ";", "，"), key=start.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-16")  # the only other encoding that `kind_of` takes for text
