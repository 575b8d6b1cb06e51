"""The store: tables cleaned once, typed, with the clear values in a vault apart."""

from __future__ import annotations

from qingfeng.screening.store.rows import from_rows

__all__ = ["from_rows"]
