"""Ingest: a folder of files becomes a store of typed tables, once. Unchanged files are not read again."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening import catalogue
from qingfeng.screening.catalogue import DAYS, Table
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.errors import BadData, disk_is_full
from qingfeng.screening.ocds.tables import tender_rows
from qingfeng.screening.reading import files as reading_files
from qingfeng.screening.reading.files import DataFile, data_files, digest_of, grids_of
from qingfeng.screening.reading.grids import Grid, Head, Relation
from qingfeng.screening.reading.mapping import NAME as MAPPING_NAME
from qingfeng.screening.reading.mapping import Mapping, apply, read_mapping
from qingfeng.screening.reading.recognising import Reading, recognise, without_headers
from qingfeng.screening.reading.text_files import Misread, TextGrid
from qingfeng.screening.spool import relation, sql_text
from qingfeng.screening.store import firms
from qingfeng.screening.store import manifest as manifests
from qingfeng.screening.store.constants import with_constants
from qingfeng.screening.store.manifest import Manifest, Part, SourceFile
from qingfeng.screening.store.sheets import Outcome, SheetCleaner
from qingfeng.screening.store.staging import Sheet
from qingfeng.screening.store.stored import FAULTS, RESOLVED, SCRATCH, TABLES, VAULT, Store, connect
from qingfeng.screening.store.writing import copied

Progress = Callable[[str, int, int], None]  # file, how many done, of how many

# Values that go on downwards through merged cells; a sum or an area stands for all the rows together.
FILLED_TYPES = frozenset(
    {"text", "place", "code", *DAYS, "month", "person_id", "person_name", "firm_name", "firm_code"}
)
FULL = "磁盘已满，请腾出空间再运行；已载入的表保留可用"
LEFT_OUT = f"不是规则用到的标准表，没有载入；要用请在 {MAPPING_NAME} 里写明标准表和每一列"
NOT_SEEN = "靠这一列判断的规则不查这张表"
NO_MEMORY = "内存不够，请用 --memory 给多一点再运行；已载入的表保留可用"


def ingest(
    data: Path,
    store: Path,
    *,
    keys: Keys,
    mapping: Path | None = None,
    memory_limit: str = "2GB",
    progress: Progress | None = None,
    threads: int | None = None,
) -> Store:
    """Reads what is new in a data folder into the store. One bad file is reported and does not stop the others."""
    found = data_files(data)
    answers = read_mapping(mapping or (data if data.is_dir() else data.parent) / MAPPING_NAME)
    try:
        with closing(_Ingest(store, keys, answers, memory_limit, threads)) as run:
            run.all(found, progress or (lambda *_: None))
    except (duckdb.Error, OSError) as fault:
        if disk_is_full(fault):
            raise BadData(str(store), FULL) from fault
        if isinstance(fault, duckdb.OutOfMemoryException):
            raise BadData(str(store), NO_MEMORY) from fault
        raise
    return Store(store, keys)


class _Ingest:
    def __init__(
        self, store: Path, keys: Keys, mapping: Mapping, memory_limit: str, threads: int | None
    ) -> None:
        self.store = store
        self.mapping = mapping
        for folder in (TABLES, VAULT, FAULTS, SCRATCH):
            (store / folder).mkdir(parents=True, exist_ok=True)
        (store / VAULT).chmod(0o700)
        self.scratch = store / SCRATCH
        self.manifest = self._fitting(manifests.load(store), keys)
        self._sweep()
        self.connection = connect(self.scratch, memory_limit, threads)
        self.cleaner = SheetCleaner(self.connection, keys, self.scratch)
        self.register = ""
        self.changed = False

    @staticmethod
    def _fitting(old: Manifest | None, keys: Keys) -> Manifest:
        """The old manifest when it was made with this catalogue and this key; else a new one."""
        version, key = catalogue.catalogue_version(), keys.fingerprint
        if old and (old.catalogue, old.key) == (version, key):
            return old
        return Manifest(version, key, next_part=old.next_part if old else 1)

    def _sweep(self) -> None:
        """Removes what an interrupted run or a removed file left behind."""
        kept = {part.file_name for part in self.manifest.parts()}
        for folder in (TABLES, VAULT, FAULTS):
            for path in (self.store / folder).rglob("*.parquet"):
                if path.name not in kept:
                    path.unlink()
        for path in self.scratch.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    # -- all files

    def all(self, found: Sequence[DataFile], progress: Progress) -> None:
        before = self.manifest.rows()
        self._forget_removed({file.name for file in found})
        self.register = firms.load_register(self.connection, self.store, self.manifest)
        ordered = sorted(found, key=lambda file: not firms.looks_like_register(file.name))
        try:
            for number, file in enumerate(ordered):
                progress(file.name, number, len(ordered))
                self._file(file)
                if any(part.table == "firms" for part in self.manifest.files[file.name].parts):
                    self.register = firms.load_register(self.connection, self.store, self.manifest)
            firms.settle(self.connection, self.store, self.manifest, self.register, self.scratch)
            if self.changed and before:
                self.manifest.before = before
        finally:
            self.manifest.save(self.store)
            self.mapping.save()
        if self.changed:
            shutil.rmtree(self.store / RESOLVED, ignore_errors=True)
        _write_refused(self.connection, self.store, self.manifest)
        progress("", len(ordered), len(ordered))

    def close(self) -> None:
        """Gives back what was spilled, also after a fault: on a full disk that is the room to go on."""
        self.connection.close()
        self._sweep()

    def _forget_removed(self, names: set[str]) -> None:
        for name in sorted(set(self.manifest.files) - names):
            del self.manifest.files[name]
            self.changed = True

    def _answers(self, name: str) -> str:
        entries = [asdict(entry) for entry in self.mapping.entries if entry.confirmed and entry.file == name]
        return (
            hashlib.sha256(json.dumps(entries, ensure_ascii=False).encode()).hexdigest()[:16]
            if entries
            else ""
        )

    # -- one file

    def _file(self, file: DataFile) -> None:
        stat = file.path.stat()
        old = self.manifest.files.get(file.name)
        answers = self._answers(file.name)
        if old and old.finished and old.answers == answers:
            same = (old.size, old.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
            if same or old.digest == digest_of(file.path):
                old.size, old.mtime_ns = stat.st_size, stat.st_mtime_ns
                old.report = [{**line, "status": _again(line["status"])} for line in old.report]
                return
        new = SourceFile("", stat.st_size, stat.st_mtime_ns, answers)
        try:
            self._load(file, new)
        except BadData as fault:
            new.parts = []
            new.finished = False
            new.report = [_line(file, status="unread", why=fault.reason)]
        self.manifest.files[file.name] = new
        self.changed = True
        self.manifest.save(self.store)

    def _load(self, file: DataFile, new: SourceFile) -> None:
        """Loads a file while its digest is worked out. A file that cannot be read is told as such by the digest."""
        with ThreadPoolExecutor(1) as beside:
            digest = beside.submit(digest_of, file.path)
            try:
                self._load_as_kind(file, new, digest)
            finally:
                new.digest = digest.result()

    def _load_as_kind(self, file: DataFile, new: SourceFile, digest: Future[str]) -> None:
        twin = self._twin(file, new, digest)
        if twin:
            new.report = [_line(file, status="duplicate", why=f"与“{twin}”内容完全相同，只载入一次")]
        elif file.kind == reading_files.PARQUET:
            self._parquet(file, new)
        elif file.kind == reading_files.LINES:
            self._lines(file, new)
        else:
            self._grids(file, new)

    def _twin(self, file: DataFile, new: SourceFile, digest: Future[str]) -> str | None:
        """Another file of the same content; the digest is waited for only when one has the same size."""
        for name, other in self.manifest.files.items():
            as_long = name != file.name and other.parts and other.size == new.size
            if as_long and other.digest == digest.result():
                return name
        return None

    def _grids(self, file: DataFile, new: SourceFile) -> None:
        grids = grids_of(file)
        if not grids:
            raise BadData(file.name, "里面没有数据")
        for grid in grids:
            try:
                self._grid(file, new, grid)
            except BadData as fault:
                new.finished = False
                new.report.append(_line(file, grid.sheet, status="unread", why=fault.reason))

    def _grid(self, file: DataFile, new: SourceFile, grid: Grid) -> None:
        reading = self._read(file, new, grid.sheet, grid.head)
        if reading is None or reading.table is None:
            return
        filled = frozenset(
            place for name, place in reading.places.items() if reading.table.column(name).type in FILLED_TYPES
        )
        width = max(len(reading.headers), max(reading.places.values()) + 1)
        try:
            self._clean(
                file, new, grid.sheet, reading, grid.relation(reading.header_end, width, self.scratch, filled)
            )
        except (duckdb.InvalidInputException, duckdb.ConversionException, Misread):
            if not isinstance(grid, TextGrid):
                raise
            if other := grid.looked_through():
                self._grid(file, new, other)
                return
            self._clean(
                file, new, grid.sheet, reading, grid.rewritten(reading.header_end, width, self.scratch)
            )

    def _read(self, file: DataFile, new: SourceFile, sheet: str, head: Head) -> Reading | None:
        """How a sheet is read; None when it is left out, empty, or has to be asked about."""
        if not any(any(row) for row in head.rows):
            new.report.append(_line(file, sheet, status="empty", why="空表"))
            return None
        names = [*file.names, sheet]
        answer = self.mapping.answer(file.name, sheet, head, names)
        if answer and answer.skipped:
            new.report.append(_line(file, sheet, status="skipped", why=f"{MAPPING_NAME} 里写明不用"))
            return None
        reading = apply(answer, head) if answer else recognise(head, names)
        if reading and reading.sure:
            if reading.presumed or reading.doubts:
                self.mapping.ask(file.name, sheet, reading)
            return reading
        if reading is None or reading.left_out:
            reading = reading or without_headers(head)
        if reading.left_out:
            self.mapping.ask(file.name, sheet, reading)
            new.report.append(_line(file, sheet, status="skipped", why=LEFT_OUT))
            return None
        self.mapping.ask(file.name, sheet, reading)
        new.finished = False
        why = f"待确认列名对应：{' '.join(reading.questions)}（请在 {self.mapping.path.name} 里确认）"
        new.report.append(_line(file, sheet, status="asked", why=why, table=reading.table))
        return None

    def _clean(self, file: DataFile, new: SourceFile, sheet: str, reading: Reading, grid: Relation) -> None:
        assert reading.table is not None
        grid, places, headers = with_constants(reading, grid)
        described = Sheet(
            table=reading.table,
            grid=grid,
            places=places,
            headers=headers,
            file=file.name,
            sheet=sheet,
            factors=reading.factors,
        )
        outcome, part = self._write(described)
        new.parts.append(part)
        outcome.notes.extend(dict.fromkeys(grid.notes))
        new.report.append(_loaded(file, sheet, reading, outcome))

    def _write(self, sheet: Sheet) -> tuple[Outcome, Part]:
        """Cleans into the scratch folder, then moves the three files into place together."""
        part = Part(self.manifest.new_part(), sheet.table.name, sheet.sheet, 0, self.register)
        made = {folder: self.scratch / f"{folder}-{part.file_name}" for folder in (TABLES, VAULT, FAULTS)}
        outcome = self.cleaner.clean(
            sheet, part=part.number, table_file=made[TABLES], vault_file=made[VAULT], faults_file=made[FAULTS]
        )
        part.rows = outcome.rows_loaded
        target = self.store / TABLES / part.table
        target.mkdir(exist_ok=True)
        os.replace(made[TABLES], target / part.file_name)
        os.replace(made[VAULT], self.store / VAULT / part.file_name)
        if made[FAULTS].exists():
            os.replace(made[FAULTS], self.store / FAULTS / part.file_name)
        return outcome, part

    # -- parquet and OCDS lines

    def _parquet(self, file: DataFile, new: SourceFile) -> None:
        source = f"read_parquet({sql_text(str(file.path))})"
        try:
            described = self.connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        except duckdb.Error as fault:
            raise BadData(file.name, "不是完好的 Parquet 文件") from fault
        types = {name: kind for name, kind, *_ in described}
        stored = _stored_form(file, types)
        if stored:
            self._take_over(file, new, stored, source, types)
            return
        head = Head([list(types)], [0])
        reading = self._read(file, new, "", head)
        if reading is not None:
            cells = ", ".join(f'CAST("{name}" AS VARCHAR) AS g{place}' for place, name in enumerate(types))
            grid = Relation([f"(SELECT {cells} FROM {source})"], len(types), 1)
            self._clean(file, new, "", reading, grid)

    def _take_over(
        self, file: DataFile, new: SourceFile, table: Table, source: str, types: dict[str, str]
    ) -> None:
        """A file in stored columns already: linked as it is when complete, else written once with the missing ones."""
        part = Part(self.manifest.new_part(), table.name, "", 0, "taken over")
        target = self.store / TABLES / table.name / part.file_name
        target.parent.mkdir(exist_ok=True)
        wanted = catalogue.stored_columns(table)
        if set(types) == set(wanted):
            try:
                os.link(file.path.resolve(), target)
            except OSError:
                shutil.copyfile(file.path, target)
        else:
            chosen = ", ".join(
                f'CAST({_quoted(name) if name in types else "NULL"} AS {kind}) AS "{name}"'
                for name, kind in wanted.items()
            )
            made = self.scratch / part.file_name
            self.connection.execute(copied(f"SELECT {chosen} FROM {source}", made))
            os.replace(made, target)
        row = self.connection.execute(f"SELECT count(*) FROM {source}").fetchone()
        part.rows = int(row[0]) if row else 0
        new.parts.append(part)
        outcome = Outcome(rows_read=part.rows, rows_loaded=part.rows, notes=["已是标准存储格式，原样采用"])
        new.report.append(_loaded(file, "", Reading([], 0, table=table), outcome))

    def _lines(self, file: DataFile, new: SourceFile) -> None:
        """OCDS releases: their tenders as rows of the tables awards and bids; the row is the line."""
        writers: dict[str, Any] = {}
        paths: dict[str, Path] = {}
        opened = []
        try:
            for table, row, line in tender_rows(file.path):
                if table not in writers:
                    paths[table] = self.scratch / f"{table}.csv"
                    opened.append(paths[table].open("w", encoding="utf-8", newline=""))
                    writers[table] = csv.writer(opened[-1])
                columns = [column.name for column in catalogue.table(table).columns]
                writers[table].writerow([line, 0, *(row.get(name, "") for name in columns)])
        finally:
            for one in opened:
                one.close()
        if not writers:
            raise BadData(file.name, "里面没有可用的招标数据")
        for table, path in paths.items():
            self._ocds_table(file, new, catalogue.table(table), path)

    def _ocds_table(self, file: DataFile, new: SourceFile, table: Table, path: Path) -> None:
        names = [column.name for column in table.columns]
        columns = {
            "row_no": "BIGINT",
            "torn": "BOOLEAN",
            **{f"g{place}": "VARCHAR" for place in range(len(names))},
        }
        reading = Reading(names, 0, table=table, places={name: place for place, name in enumerate(names)})
        self._clean(
            file, new, "", reading, Relation([relation(path, columns, null="")], len(names), 1, numbered=True)
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _again(status: str) -> str:
    return "unchanged" if status == "loaded" else status


def _stored_form(file: DataFile, types: dict[str, str]) -> Table | None:
    """The table whose stored columns a Parquet file has: rec among them, all known, all of the right type."""
    if "rec" not in types:
        return None
    stem = file.path.stem.lower()
    named = [n for n in catalogue.tables() if stem == n or stem.startswith(n) or file.path.parent.name == n]
    for name in sorted(named, key=len, reverse=True) or catalogue.tables():
        wanted = catalogue.stored_columns(catalogue.table(name))
        if all(wanted.get(column) == kind for column, kind in types.items()):
            return catalogue.table(name)
    return None


def _line(
    file: DataFile, sheet: str = "", *, status: str, why: str = "", table: Table | None = None
) -> dict[str, Any]:
    return {
        "file": file.name,
        "sheet": sheet,
        "table": table.name if table else None,
        "title": table.title if table else None,
        "status": status,
        "why": why,
        "rows_read": 0,
        "rows_loaded": 0,
        "refused": [],
        "warnings": [],
        "set_aside": [],
        "notes": [],
        "unused": [],
        "doubts": [],
    }


def _loaded(file: DataFile, sheet: str, reading: Reading, outcome: Outcome) -> dict[str, Any]:
    line = _line(file, sheet, status="loaded", why="；".join(_told(reading)), table=reading.table)
    return {**line, **asdict(outcome), "unused": reading.unused, "doubts": reading.doubts}


def _told(reading: Reading) -> list[str]:
    """What must be known of how a sheet was read: what was presumed, and what it was loaded without."""
    told = (
        [f"按推定读入：{'，'.join(reading.presumed)}（不对请改 {MAPPING_NAME}）"] if reading.presumed else []
    )
    if reading.doubts:
        told.append(f"{' '.join(reading.doubts)}暂按没有载入，{NOT_SEEN}（请在 {MAPPING_NAME} 里写明）")
    elif reading.without:
        told.append(f"没有{'、'.join(f'“{title}”' for title in reading.without)}，{NOT_SEEN}")
    return told


REFUSED_HEADER = "文件,表页,行,处理,列,原因,值（遮掩）"


def _write_refused(connection: duckdb.DuckDBPyConnection, store: Path, manifest: Manifest) -> None:
    """`refused.csv`: every row and cell that could not be taken, for the sender; with a mark that Excel understands."""
    files = [path for part in manifest.parts() if (path := store / FAULTS / part.file_name).exists()]
    target, body = store / "refused.csv", store / SCRATCH / "refused.csv"
    if files:
        listed = ", ".join(sql_text(str(path)) for path in files)
        connection.execute(
            f"COPY (SELECT * FROM read_parquet([{listed}])) TO {sql_text(str(body))} (FORMAT csv, HEADER false)"
        )
    beside = target.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(b"\xef\xbb\xbf" + REFUSED_HEADER.encode() + b"\n")
        for chunk in _chunks(body):
            out.write(chunk)
    os.replace(beside, target)


def _chunks(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as file:
            yield from iter(lambda: file.read(1 << 20), b"")
