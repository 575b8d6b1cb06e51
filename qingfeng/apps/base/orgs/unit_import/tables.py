"""A file as sheets of raw cells, each row with the number that Excel shows beside it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.apps.base.records.files import safe_name
from qingfeng.apps.base.records.workbooks import Worksheet, read_worksheets
from qingfeng.apps.base.web.errors import BadInput

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 20_000


def read_sheets(content: bytes, name: str) -> list[Worksheet]:
    """The sheets of a table file; BadInput when it is none, locked, or far too large."""
    name = safe_name(name)
    if len(content) > LARGEST:
        raise BadInput(_("文件“%(name)s”超过5兆，请只保留单位、人员和组的表后再导入。") % {"name": name})
    sheets = read_worksheets(content, name)
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise BadInput(
                _("工作表“%(sheet)s”超过%(most)d行，请分成几个文件导入。")
                % {"sheet": sheet.name, "most": MOST_ROWS}
            )
    return sheets
