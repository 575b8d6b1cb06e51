"""What a store holds and where it came from: one JSON file, written after every finished file."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from qingfeng.screening.errors import BadData

NAME = "manifest.json"
FORMAT = 1


@dataclass
class Part:
    """One sheet's rows of one table, in one Parquet file."""

    number: int
    table: str
    sheet: str
    rows: int
    register: str = ""  # the register of firms its firm keys were made with

    @property
    def file_name(self) -> str:
        return f"p{self.number:06d}.parquet"


@dataclass
class SourceFile:
    """A file of the data folder as it was when last read."""

    digest: str
    size: int
    mtime_ns: int
    answers: str
    parts: list[Part] = field(default_factory=list)
    report: list[dict[str, Any]] = field(default_factory=list)
    finished: bool = True  # False: asked about or unreadable, looked at again next time


@dataclass
class Manifest:
    """All files, under one version of the catalogue and one key."""

    catalogue: str
    key: str
    files: dict[str, SourceFile] = field(default_factory=dict)
    next_part: int = 1
    before: dict[str, int] = field(default_factory=dict)  # rows by table in the load before, to see jumps

    def parts(self) -> list[Part]:
        return [part for file in self.files.values() for part in file.parts]

    def rows(self) -> dict[str, int]:
        made: dict[str, int] = {}
        for part in self.parts():
            made[part.table] = made.get(part.table, 0) + part.rows
        return dict(sorted(made.items()))

    def new_part(self) -> int:
        self.next_part += 1
        return self.next_part - 1

    def save(self, folder: Path) -> None:
        beside = folder / f"{NAME}.new"
        beside.write_text(json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False), "utf-8")
        os.replace(beside, folder / NAME)


def load(folder: Path) -> Manifest | None:
    """The manifest of a store, if there is one that this version reads."""
    path = folder / NAME
    if not path.exists():
        return None
    try:
        raw = json.loads(path.read_text("utf-8"))
        if raw.pop("format") != FORMAT:
            return None
        files = {name: _file(one) for name, one in raw.pop("files").items()}
        return Manifest(files=files, **raw)
    except (ValueError, KeyError, TypeError) as fault:
        raise BadData(str(path), "清单损坏，请删除整个库文件夹后重新载入") from fault


def _file(raw: dict[str, Any]) -> SourceFile:
    parts = [Part(**part) for part in raw.pop("parts")]
    return SourceFile(parts=parts, **raw)
