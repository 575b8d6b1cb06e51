"""Statistics that SQL cannot say, by the name under which a rule asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Rows = list[dict[str, Any]]

FINISHERS: dict[str, Callable[[Rows, Mapping[str, Any]], Rows]] = {}
