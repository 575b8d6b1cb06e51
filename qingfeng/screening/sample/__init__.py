"""A made-up district to try the screening on: all tables, the usual dirt, and a known gold of planted cases.

`make(out, people, seed)` writes the folder. The planting is written from the handbook's models alone.
"""

from __future__ import annotations

from qingfeng.screening.sample.making import make

__all__ = ["make"]
