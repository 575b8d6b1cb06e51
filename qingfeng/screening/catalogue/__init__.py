"""The catalogue: the standard tables a district can hand over, as contracts.

A contract (`tables/*.yaml`) names the columns of one table, their types, the Chinese headers under which
offices send them, and who keeps the table. Files are read against it; rules see only its stored columns.
"""

from __future__ import annotations

from qingfeng.screening.catalogue.contracts import (
    DAYS,
    Column,
    FirmRole,
    Party,
    Table,
    catalogue_version,
    table,
    tables,
)
from qingfeng.screening.catalogue.stored import SOURCE_COLUMNS, firm_roles, stored_columns

__all__ = [
    "DAYS",
    "SOURCE_COLUMNS",
    "Column",
    "FirmRole",
    "Party",
    "Table",
    "catalogue_version",
    "firm_roles",
    "stored_columns",
    "table",
    "tables",
]
