"""Before the money goes: one payment batch against the loaded tables, row by row, in the workbook it came in."""

from __future__ import annotations

import qingfeng.screening.store  # noqa: F401  (first: reading and store know each other)
from qingfeng.screening.batch.checking import BatchReport, check
from qingfeng.screening.batch.workbooks import check_readable, check_writable

__all__ = ["BatchReport", "check", "check_readable", "check_writable"]
