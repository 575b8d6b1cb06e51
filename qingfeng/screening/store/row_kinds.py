"""Which rows of a sheet are records: not the blank ones, totals, footers, nor headers printed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingfeng.screening.store.spool import sql_text

if TYPE_CHECKING:
    from qingfeng.screening.store.staging import Sheet

RECORD, BLANK, TOTAL, FOOTER, HEADER, TORN = 0, 1, 2, 3, 4, 5
ALL = (RECORD, BLANK, TOTAL, FOOTER, HEADER, TORN)
REASONS = {
    TOTAL: "合计、小计行，不是一条记录",
    FOOTER: "表尾说明（制表、审核、填表说明），不是一条记录",
    HEADER: "重复打印的表头行",
    TORN: "格数多于表头，多半是内容里的分隔符没有加引号",
}
TOTAL_SHAPE = r"[\s\p{Han}]{0,8}?(合|总|小|累|共)\s*计\s*[（(]?[\p{Han}0-9、]*[)）]?\s*[:：]?"
FOOTER_SHAPE = (
    r"\s*(制表|填表|填报|审核|审批|复核|经办|负责|单位负责|报送|联系|备注|说明|注)[\p{Han}]{0,6}\s*[:：].*"
)
# Totals are announced in one of the first columns, be they number, village or name.
LOOKED_AT = 4


SURE_TOTAL_SHAPE = r"(本页|本月|本表|全[村镇区街])?\s*(合|总|小|累)\s*计"


def _total(cells: list[str], shape: str) -> str:
    return " OR ".join(
        f"CASE WHEN contains({c}, '计') THEN regexp_full_match({c}, {sql_text(shape)}) ELSE false END"
        for c in cells
    )


def sql(sheet: Sheet) -> str:
    """The kind of each row of a grid. A row that lacks something required is looked at more closely."""
    cells = [f'"g{place}"' for place in range(min(sheet.width, LOOKED_AT))]
    footer = f"regexp_full_match(coalesce({', '.join(cells)}), {sql_text(FOOTER_SHAPE)})"
    aside = f"WHEN {_total(cells, TOTAL_SHAPE)} THEN {TOTAL} WHEN {footer} THEN {FOOTER}"
    required = [column for column in sheet.table.required if column.name in sheet.places]
    missing = " OR ".join(f"{sheet.cell(column)} IS NULL" for column in required) or "false"
    repeated = " AND ".join(
        f"{sheet.cell(column)} = {sql_text(sheet.headers[column.name])}" for column in required
    )
    given = ", ".join(sheet.cell(column) for column in sheet.columns)
    torn = f"WHEN torn THEN {TORN} " if sheet.numbered else ""
    return (
        f"CASE {torn}WHEN coalesce({given}) IS NULL THEN CASE {aside} ELSE {BLANK} END "
        f"WHEN {missing} THEN CASE {aside} ELSE {RECORD} END "
        f"WHEN {repeated or 'false'} THEN {HEADER} WHEN {_total(cells, SURE_TOTAL_SHAPE)} THEN {TOTAL} ELSE {RECORD} END"
    )
