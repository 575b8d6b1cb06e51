"""The files of a data folder, and the grids in each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qingfeng.screening.errors import BadData
from qingfeng.screening.reading.grids import Grid
from qingfeng.screening.reading.text_files import TextGrid, scan
from qingfeng.screening.reading.workbooks import OLE, ZIP, open_workbook

BOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"})
TEXTS = frozenset({".csv", ".txt", ".tsv"})
PARQUET = ".parquet"
LINES = ".jsonl"
CHUNK = 1 << 22


@dataclass(frozen=True)
class DataFile:
    """A file to read, and its name relative to the data folder, as reports and records give it."""

    path: Path
    name: str

    @property
    def kind(self) -> str:
        return self.path.suffix.lower()

    @property
    def names(self) -> Sequence[str]:
        """What its name and its folder's name say about its content."""
        return [self.path.stem, *([self.path.parent.name] if "/" in self.name else [])]


def data_files(folder: Path) -> list[DataFile]:
    """All readable files below a folder, without hidden ones and what programs leave open (~$…)."""
    if folder.is_file():
        return [DataFile(folder, folder.name)]
    if not folder.is_dir():
        raise BadData(str(folder), "找不到这个数据文件夹")
    kinds = BOOKS | TEXTS | {PARQUET, LINES}
    found = [
        DataFile(path, path.relative_to(folder).as_posix())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix.lower() in kinds and not _hidden(path.relative_to(folder))
    ]
    if not found:
        raise BadData(str(folder), "没有可读的表（.csv、.xlsx、.xls、.parquet、.jsonl）")
    return found


# No business tables: the plan of the made-up district, explanations.
PASSED_OVER = re.compile(r"(planted\.csv|readme.*|说明.*\.txt)", re.IGNORECASE)


def _hidden(path: Path) -> bool:
    if PASSED_OVER.fullmatch(path.name):
        return True
    return any(part.startswith((".", "~$", "._")) for part in path.parts)


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError as fault:
        raise BadData(path.name, "读不了，请检查文件权限或是否在别的程序里打开") from fault
    return digest.hexdigest()


def grids_of(file: DataFile) -> Sequence[Grid]:
    """The sheets of a text file or workbook. Its content decides, not its ending: an .xls may be text or a web page."""
    with file.path.open("rb") as opened:
        magic = opened.read(512)
    if not magic.strip():
        raise BadData(file.name, "是空文件")
    if magic.startswith((ZIP, OLE)):
        return open_workbook(file.path, file.name)
    if magic.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise BadData(file.name, "其实是网页，不是表格，请用表格软件打开后另存为 .xlsx")
    if file.kind in BOOKS and b"\0" in magic and not magic.startswith((b"\xff\xfe", b"\xfe\xff")):
        return open_workbook(file.path, file.name)
    return [TextGrid(file.path, scan(file.path))]
