"""Names of persons are dropped when a plan is read in: 张某 instead of the name, the post beside it stays.

The plan reader knows names by the words around them; the file itself stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from qingfeng.planreader.lines import Line
from qingfeng.planreader.persons import names_by_line

SHORTEST = 2
_DOUBLE = re.compile("欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|百里|南宫")


def names_in(lines: Iterable[Mapping[str, Any]]) -> set[str]:
    """The persons named in these numbered lines."""
    read = (Line(number=line["number"], text=line["text"], cells=tuple(line.get("cells") or ())) for line in lines)
    return {name for names in names_by_line(read).values() for name in names if len(name) >= SHORTEST}


def masked(text: str, names: Collection[str]) -> str:
    """The text with each of these names cut to its surname."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, f"{name[:2] if _DOUBLE.match(name) and len(name) > SHORTEST else name[0]}某")
    return text


def masked_in(value: Any, names: Collection[str]) -> Any:
    """The same through lists and mappings of the draft."""
    if isinstance(value, str):
        return masked(value, names)
    if isinstance(value, list):
        return [masked_in(one, names) for one in value]
    if isinstance(value, dict):
        return {key: masked_in(one, names) for key, one in value.items()}
    return value
