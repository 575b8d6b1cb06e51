"""What the flags say: per group of the standard, per identifier, per flag one number."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Literal

Group = Literal["OCID", "Buyer", "ProcuringEntity", "Tenderer"]
GROUPS: tuple[Group, ...] = ("OCID", "Buyer", "ProcuringEntity", "Tenderer")


class Findings:
    """Collects the flags of contracting processes, buyers, procuring entities and tenderers."""

    def __init__(self) -> None:
        self._values: dict[Group, dict[str, dict[str, float | None]]] = {
            group: defaultdict(dict) for group in GROUPS
        }

    def raise_flag(self, group: Group, identifier: str, code: str, value: float = 1.0) -> None:
        """Says that a flag is up; said again, the last value counts. A value without end is written as none."""
        self._values[group][identifier][code] = float(value) if math.isfinite(value) else None

    def as_dict(self) -> dict[str, dict[str, dict[str, float | None]]]:
        """Groups without any flag are left out."""
        return {
            group: {identifier: dict(sorted(codes.items())) for identifier, codes in found.items()}
            for group, found in self._values.items()
            if found
        }
