"""`python -m qingfeng.apps.work.campaigns.plan_process FILE [CALENDARS]`: reads a plan for the web process.

A process of its own, because the libraries that open Word and PDF files never enter a web process. Prints
{"draft", "lines"} as JSON, names of persons cut to their surname (张某) and posts kept. Exit 2: the file cannot be
read, with one Chinese sentence on stderr. No Django here.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from qingfeng.calendars import TableInvalid, WorkingDays, load_folder
from qingfeng.planreader import Unreadable, text_lines
from qingfeng.planreader.persons import names_by_line
from qingfeng.planreader.reader import read_lines

SHORTEST_NAME = 2
_DOUBLE = re.compile("欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|百里|南宫")


def answer(path: Path, calendars: Path | None) -> dict[str, Any]:
    """The draft of a file and its numbered lines, without names of persons."""
    lines = text_lines(path)
    draft = read_lines(lines, calendar=WorkingDays(load_folder(calendars)) if calendars else None)
    names = {name for found in names_by_line(lines).values() for name in found if len(name) >= SHORTEST_NAME}
    numbered = [{"number": line.number, "text": line.text} for line in lines]
    return {"draft": masked_in(draft.as_dict(), names), "lines": masked_in(numbered, names)}


def masked_in(value: Any, names: Collection[str]) -> Any:
    """The value with each of these names cut to its surname, through lists and mappings."""
    if isinstance(value, str):
        return masked(value, names)
    if isinstance(value, list):
        return [masked_in(one, names) for one in value]
    if isinstance(value, dict):
        return {key: masked_in(one, names) for key, one in value.items()}
    return value


def masked(text: str, names: Collection[str]) -> str:
    """张某某 → 张某, longer names first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(
            name, f"{name[:2] if _DOUBLE.match(name) and len(name) > SHORTEST_NAME else name[0]}某"
        )
    return text


def main(arguments: list[str]) -> int:
    try:
        read = answer(Path(arguments[0]), Path(arguments[1]) if arguments[1:] else None)
    except (Unreadable, TableInvalid) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    sys.stdout.write(json.dumps(read, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
