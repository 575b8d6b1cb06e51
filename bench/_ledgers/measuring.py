"""All parts of the measurement, in turn."""

from __future__ import annotations

import logging

from .pages import Pages
from .report import Report


def run(vendor: str, rows: int, only: set[str]) -> Report:
    logging.disable(logging.WARNING)
    report = Report(vendor, rows)
    parts = {"pages": lambda: Pages(report).run()}
    for name, part in parts.items():
        if not only or name in only:
            part()
    return report
