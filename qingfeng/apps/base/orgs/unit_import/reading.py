"""From a file to its preview. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.unit_import.groups import GroupBook, read_group
from qingfeng.apps.base.orgs.unit_import.headings import (
    SHEET_WORDS,
    SYNONYMS,
    Kind,
    Table,
    Unrecognised,
    recognise,
)
from qingfeng.apps.base.orgs.unit_import.lines import ImportPreview, Line
from qingfeng.apps.base.orgs.unit_import.people import PeopleBook, read_seat
from qingfeng.apps.base.orgs.unit_import.tables import read_sheets
from qingfeng.apps.base.orgs.unit_import.units import UnitBook, read_unit
from qingfeng.apps.base.records.files import safe_name
from qingfeng.apps.base.web.errors import BadInput

READERS: dict[Kind, Callable[[Table, int, dict[str, Any]], Line]] = {
    "unit": read_unit,
    "group": read_group,
    "person": read_seat,
}


def read_units(content: bytes, name: str) -> ImportPreview:
    """What an .xlsx or .csv with units, groups or people would change. BadInput when it holds none of them."""
    tables: list[Table] = []
    remarks: list[str] = []
    for sheet in read_sheets(content, name):
        found = recognise(sheet)
        if isinstance(found, Table):
            tables.append(found)
            remarks += _passed_over(found)
        elif found is not None:
            remarks.append(_remark(found))
    if not tables:
        raise BadInput(_nothing(safe_name(name), remarks), places=remarks)
    if not any(table.rows for table in tables):
        raise BadInput(_("文件“%(name)s”只有表头，没有内容。") % {"name": safe_name(name)})
    return judge(safe_name(name), tables, remarks)


def judge(name: str, tables: Sequence[Table], remarks: Sequence[str] = ()) -> ImportPreview:
    """The rows beside the organisation as it stands now."""
    read: dict[Kind, list[tuple[Table, Line]]] = {"unit": [], "group": [], "person": []}
    for table in tables:
        for number, raw in table.rows:
            read[table.kind].append((table, READERS[table.kind](table, number, raw)))
    units = UnitBook(read["unit"])
    groups = GroupBook(read["group"], units)
    people = PeopleBook(read["person"], units, groups)
    order = {table.sheet: place for place, table in enumerate(tables)}
    lines = sorted(
        [*units.lines, *groups.lines, *people.lines], key=lambda line: (order[line.sheet], line.number)
    )
    return ImportPreview(name, tuple(tables), tuple(lines), tuple(remarks))


def _passed_over(table: Table) -> list[str]:
    words = _("工作表“%(sheet)s”第%(number)d行是合计或者表末的说明，没有导入。")
    return [words % {"sheet": table.sheet, "number": number} for number in table.passed_over]


def _remark(found: Unrecognised) -> str:
    if found.kind is None:
        return _("工作表“%(sheet)s”没有可识别的表头，已跳过。") % {"sheet": found.sheet}
    missing = "、".join(f"“{title}”" for title in found.missing)
    return _("工作表“%(sheet)s”像是%(kind)s，但缺少%(missing)s列，已跳过。") % {
        "sheet": found.sheet,
        "kind": SHEET_WORDS[found.kind],
        "missing": missing,
    }


def _nothing(name: str, remarks: list[str]) -> str:
    if remarks and len(remarks) == 1:
        return _("文件“%(name)s”不能导入：%(why)s") % {
            "name": name,
            "why": remarks[0].replace("，已跳过", ""),
        }
    titles = "、".join(SYNONYMS["unit"][field].split()[0] for field in ("code", "name", "kind", "parent"))
    return _("文件“%(name)s”中没有找到单位、组或人员的表。单位表的表头至少要有：%(titles)s。") % {
        "name": name,
        "titles": titles,
    }
