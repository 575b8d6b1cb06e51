"""All parts of the measurement, in turn."""

from __future__ import annotations

import logging

from .pages import Pages
from .papers import export, forms
from .report import Report
from .writers import writers


def run(vendor: str, rows: int, only: set[str], times: int, sheets: int) -> Report:
    logging.disable(logging.WARNING)
    report = Report(vendor, rows)
    parts = {
        "pages": lambda: Pages(report, times).run(),
        "export": lambda: export(report),
        "forms": lambda: forms(report),
        "writers": lambda: writers(report, sheets),
    }
    for name, part in parts.items():
        if not only or name in only:
            part()
    return report
