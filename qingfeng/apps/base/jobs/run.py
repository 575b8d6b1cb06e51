"""A job being done: what its function is handed.

The function works in chunks. What a chunk writes, its report lines, how far it is and where to go on are one
transaction: a worker killed in the middle leaves whole chunks only, and the next one goes on from the last.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from qingfeng.apps.base.jobs import terms
from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.models import LONGEST_WORDS, Job, JobLine
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.actions import recording
from qingfeng.apps.base.records.models import StoredFile

EVERY = 0.5
"""Seconds between two writes of progress outside chunks."""


class CancelledByOwner(Exception):
    """Between two chunks: the owner asked to end it."""


class WorkerStops(Exception):
    """Between two chunks: the worker was told to stop; the next one goes on."""


class Run:
    """How a job's function tells how far it is, what became of each row, and what came of all."""

    def __init__(self, job: Job, *, stopping: Callable[[], bool] = lambda: False) -> None:
        self.job = job
        self.by: User = job.owner
        """Who asked for it: actions are called, and ledgers read, as this user."""
        self.resume: dict[str, Any] = dict(job.resume)
        """Where this attempt goes on; set it within a chunk, after the chunk's work."""
        self.is_continued = job.attempts > 1 or bool(job.resume)
        """Whether an earlier attempt may have done a part."""
        self.done, self.total, self.words = job.done, job.total, job.words
        self.lines_ok, self.lines_bad = job.lines_ok, job.lines_bad
        self._lines: list[JobLine] = []
        self._result: dict[str, Any] = {}
        self._in_chunk = False
        self._cancelled = False
        self._stopping = stopping
        self._written = 0.0
        self._closing = ExitStack()

    @cached_property
    def folder(self) -> Path:
        """A folder for files in the making; it goes with the run."""
        return Path(self._closing.enter_context(tempfile.TemporaryDirectory(prefix="qingfeng-job-")))

    def begin(self) -> None:
        """Without a place to go on from, an earlier attempt's report is dropped: the function does all of it again."""
        if not self.resume and (self.done or self.lines_ok or self.lines_bad):
            working.start_over(job=self.job)
            self.done = self.lines_ok = self.lines_bad = 0

    @contextmanager
    def chunk(self) -> Iterator[None]:
        """One part of the work, of a second or two: all of it with its lines, progress and `resume`, or nothing.

        The next part does not begin when the owner has cancelled or the worker is to stop.
        """
        lines = len(self._lines)
        kept = (self.done, self.total, self.words, self.lines_ok, self.lines_bad, dict(self.resume))
        self._in_chunk = True
        try:
            with recording():
                yield
                self._write()
        except BaseException:
            self.done, self.total, self.words, self.lines_ok, self.lines_bad, self.resume = kept
            del self._lines[lines:]
            raise
        finally:
            self._in_chunk = False
        self._lines.clear()
        self._go_on_or_stop()

    def progress(self, done: int, total: int = 0, words: str = "") -> None:
        """How far it is, and what is being done now. Cheap to call for each row. May end the run between two rows."""
        self.done, self.total, self.words = done, total or self.total, words[:200] or self.words
        if self._in_chunk or (time.monotonic() - self._written < EVERY and done != self.total):
            return
        self.flush()
        self._go_on_or_stop()

    def line(self, place: str, ok: bool, words: str = "") -> None:
        """What became of one row: line("第12行", False, "没有代码为 990199 的单位。")"""
        number = self.lines_ok + self.lines_bad + 1
        if ok:
            self.lines_ok += 1
        else:
            self.lines_bad += 1
        if (self.lines_ok if ok else self.lines_bad) <= terms.MOST_LINES:
            self._lines.append(
                JobLine(job=self.job, number=number, place=place[:100], ok=ok, words=words[:LONGEST_WORDS])
            )

    def finished(self, summary: str, *, href: str = "", file: StoredFile | None = None) -> None:
        """What came of all, in a sentence, with where to see it or the file to fetch. The last call of the function."""
        self._result = {"summary": summary[:LONGEST_WORDS], "href": href, "file": file}

    def keep_file(self, path: Path, name: str) -> StoredFile:
        """A file made by the run becomes the job's result: `run.finished(…, file=run.keep_file(path, "问题台账.xlsx"))`."""
        return files.keep_made(path=path, name=name, by=self.by)

    def flush(self) -> None:
        """Writes what has not been written yet. Raises LeaseLost when the job is no longer this worker's."""
        with recording():
            self._write()
        self._lines.clear()

    def end(self) -> None:
        """After the function: the job is done."""
        with recording():
            self._write()
            working.finish(job=self.job, to={"summary": "", "href": "", **self._result})
        self._lines.clear()

    def close(self) -> None:
        self._closing.close()

    def _write(self) -> None:
        self._written = time.monotonic()
        self._cancelled = working.keep_progress(
            job=self.job,
            lines=self._lines,
            done=self.done,
            total=self.total,
            words=self.words,
            resume=self.resume,
            lines_ok=self.lines_ok,
            lines_bad=self.lines_bad,
        )

    def _go_on_or_stop(self) -> None:
        if self._cancelled:
            raise CancelledByOwner()
        if self._stopping():
            raise WorkerStops()
