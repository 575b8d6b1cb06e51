"""What the boxes of a paper are called: by these names the headings of its table and the labels of its form are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_BRACKETS = re.compile(r"[(（][^)）]*[)）]$")


@dataclass(frozen=True)
class Vocabulary:
    """The boxes of one paper by the names that people give them."""

    names: Mapping[str, tuple[str, ...]]
    paper: frozenset[str]
    """Boxes of the form; the rest are columns that only ledgers have."""
    telling: tuple[frozenset[str], ...]
    """Of each of these sets a header names at least one, or it is another table's."""
    needed: tuple[str, ...] = ()
    """Boxes without which a row says nothing."""
    in_rows: frozenset[str] = frozenset()
    """Boxes that stand in rows of data and in no line of totals."""
    left_out: frozenset[str] = frozenset()
    """Headings that are known and not read."""

    @cached_property
    def by_name(self) -> dict[str, str]:
        return {name: box for box, names in self.names.items() for name in names}

    def box_named(self, text: str) -> str:
        """The box that this label names, or empty: “填报单位（盖章）：” is filing_body."""
        name = re.sub(r"\s", "", text).rstrip(":：")
        name = _BRACKETS.sub("", name).removeprefix("*").rstrip(":：*")
        return self.by_name.get(name, "")

    def name_of(self, box: str) -> str:
        """The first of its names."""
        return self.names[box][0]
