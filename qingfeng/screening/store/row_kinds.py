"""Which rows of a sheet are records: not the blank ones, totals, footers, nor headers printed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingfeng.screening.spool import sql_text

if TYPE_CHECKING:
    from qingfeng.screening.store.staging import Sheet

RECORD, BLANK, TOTAL, FOOTER, HEADER, TORN = 0, 1, 2, 3, 4, 5
REASONS = {
    TOTAL: "合计、小计行，不是一条记录",
    FOOTER: "表尾说明（制表、审核、填表说明），不是一条记录",
    HEADER: "重复打印的表头行",
    TORN: "格数多于表头，多半是内容里的分隔符没有加引号",
}
TOTAL_SHAPE = r"(^|\|)[\s\p{Han}]*(合|总|小|累|共)\s*计\s*[（(]?[\p{Han}0-9、]*[)）]?\s*[:：]?(\||$)"
SURE_TOTAL_SHAPE = r"(^|\|)\s*(本页|本月|本表|全[村镇区街])?\s*(合|总|小|累)\s*计\s*(\||$)"
FOOTER_SHAPE = (
    r"\s*(制表|填表|填报|审核|审批|复核|经办|负责|单位负责|报送|联系|备注|说明|注)[\p{Han}]{0,6}\s*[:：].*"
)
# Totals are announced in one of the first columns, be they number, village or name.
LOOKED_AT = 4


def sql(sheet: Sheet) -> str:
    """The kind of each row of a grid. Nearly all rows have what is required and no word of totals: they are told by
    a few cheap looks. A row that lacks something required is looked at more closely."""
    cells = [f'"g{place}"' for place in range(min(sheet.width, LOOKED_AT))]
    first = f"concat_ws('|', {', '.join(cells)})"
    counted = " OR ".join(f"contains({cell}, '计')" for cell in cells)
    required = [column for column in sheet.table.required if column.name in sheet.places]
    missing = " OR ".join(f"{sheet.cell(column)} IS NULL" for column in required) or "false"
    repeated = " AND ".join(
        f"{sheet.cell(column)} = {sql_text(sheet.headers[column.name])}" for column in required
    )
    given = f"coalesce({', '.join(sheet.cell(column) for column in sheet.columns)})"
    torn = f"WHEN torn THEN {TORN} " if sheet.numbered else ""
    closely = (
        f"CASE WHEN {given} IS NULL OR {missing} THEN CASE "
        f"WHEN regexp_matches({first}, {sql_text(TOTAL_SHAPE)}) THEN {TOTAL} "
        f"WHEN regexp_full_match({first}, {sql_text(FOOTER_SHAPE)}) THEN {FOOTER} "
        f"WHEN {given} IS NULL THEN {BLANK} ELSE {RECORD} END "
        f"WHEN {repeated or 'false'} THEN {HEADER} "
        f"WHEN {counted} THEN CASE WHEN regexp_matches({first}, {sql_text(SURE_TOTAL_SHAPE)}) THEN {TOTAL} ELSE {RECORD} END "
        f"ELSE {RECORD} END"
    )
    if not required:
        return f"CASE {torn}ELSE {closely} END" if torn else closely
    header = f"{sheet.cell(required[0])} = {sql_text(sheet.headers[required[0].name])}"
    in_doubt = " OR ".join(f"coalesce(contains({cell}, '计'), false)" for cell in cells)
    return f"CASE {torn}WHEN NOT ({missing} OR {header} OR {in_doubt}) THEN {RECORD} ELSE {closely} END"
