"""The page that an officer opens: one file, no network, every hit with the records behind it."""

from __future__ import annotations

from qingfeng.screening.engine.report.page import write

__all__ = ["write"]
