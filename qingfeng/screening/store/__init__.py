"""The store: tables cleaned once, typed, with the clear values in a vault apart."""

from __future__ import annotations

from qingfeng.screening.store.ingest import ingest
from qingfeng.screening.store.quality import QualityReport, check
from qingfeng.screening.store.rows import from_rows
from qingfeng.screening.store.stored import Store

__all__ = ["QualityReport", "Store", "check", "from_rows", "ingest"]
