"""A run: each rule over the store's tables, one after the other, whatever becomes of the others."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import duckdb
from sqlglot import exp

from qingfeng.screening.catalogue import catalogue_version
from qingfeng.screening.engine import lint, outputs, statement
from qingfeng.screening.engine.collecting import Collecting
from qingfeng.screening.engine.duckdb import TIME_LIMIT, OnDuckDB, plain
from qingfeng.screening.engine.finishing import finish
from qingfeng.screening.engine.incomplete import decided_by
from qingfeng.screening.engine.invalid import Interrupted, RuleInvalid
from qingfeng.screening.engine.lacking import header, obstacle, title, unseen
from qingfeng.screening.engine.parameters import settled, told
from qingfeng.screening.engine.relations import CALENDAR, Days
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.summary import FAILED, SKIPPED, STOPPED, RuleResult, Summary
from qingfeng.screening.engine.workplace import Tables, Workplace
from qingfeng.screening.errors import BadData, ScreeningError, disk_is_full

BUNDLED = Path(__file__).parent.parent / "rules"


class Engine(Protocol):
    """Finds the evidence rows of a rule."""

    name: str

    def expect(self, asked: Iterable[tuple[Rule, Mapping[str, Any]]], as_of: date) -> None:
        """Is told which rules come, and may get ready for them."""

    def find(self, rule: Rule, values: Mapping[str, Any], as_of: date, into: str) -> None:
        """Puts them into a temporary table of the workplace's connection."""


class Progress(Protocol):
    """Is told how a run goes."""

    def begin(self, rule: Rule, number: int, total: int) -> None:
        """A rule starts."""

    def end(self, result: RuleResult) -> None:
        """A rule has ended, one way or the other."""


class Silent:
    """Nobody watches."""

    def begin(self, rule: Rule, number: int, total: int) -> None:
        """Says nothing."""

    def end(self, result: RuleResult) -> None:
        """Says nothing."""


@dataclass(frozen=True)
class Settings:
    """How a run is meant: as of which day, with which parameters, within which limits."""

    as_of: date
    overrides: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    memory_limit: str = "1GB"
    threads: int | None = None
    time_limit: float = TIME_LIMIT
    resume: bool = False


def run(
    store: Tables,
    rules: Sequence[Rule],
    *,
    settings: Settings,
    calendar: Days,
    out: Path,
    engine: Callable[[Workplace], AbstractContextManager[Engine]] | None = None,
    progress: Progress | None = None,
    files: Sequence[Mapping[str, Any]] = (),
    quality: Sequence[Mapping[str, Any]] = (),
) -> Summary:
    """Runs the rules and writes summary.json, hits.csv, evidence.parquet and report.html into `out`."""
    began = time.monotonic()
    refuse_unknown_overrides(rules, settings)
    with _told_when_full(out):
        workplace = Workplace(
            out, store, calendar,
            memory_limit=settings.memory_limit, threads=settings.threads, resume=settings.resume,
        )  # fmt: skip
    summary = Summary(
        settings.as_of.isoformat(), "duckdb", datetime.now(UTC).astimezone().isoformat(timespec="seconds"), catalogue_version(),
        files=[dict(file) for file in files], quality=[dict(one) for one in quality], tables=dict(workplace.rows),
    )  # fmt: skip
    start = engine or (
        lambda place: nullcontext(OnDuckDB(place.connection, settings.time_limit, place.incomplete))
    )
    try:
        with _told_when_full(out):
            with start(workplace) as finder:
                summary.engine = finder.name
                _Run(workplace, finder, settings, summary, progress or Silent()).all(rules)
            summary.seconds = round(time.monotonic() - began, 3)
            outputs.write(workplace.connection, out, summary, rules)
    except BaseException:
        with suppress(duckdb.Error):
            workplace.close(keep=True)
        raise
    workplace.close(keep=summary.interrupted)
    return summary


@contextmanager
def _told_when_full(out: Path) -> Iterator[None]:
    """No room outside a single rule ends the run, in words; the finished rules stay for --resume."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if disk_is_full(error) or isinstance(error, duckdb.OutOfMemoryException):
            raise BadData(str(out), f"{_in_words(error)}已跑完的规则都留着。") from error
        raise


def refuse_unknown_overrides(rules: Sequence[Rule], settings: Settings) -> None:
    """Parameters for a rule that does not run, or that it does not have, are refused before anything starts."""
    known = {rule.id.upper(): rule for rule in rules}
    for name, values in settings.overrides.items():
        if name.upper() not in known:
            raise RuleInvalid(f"参数 {name}.…", f"这次运行没有规则“{name}”；有：{'、'.join(known)}。")
        rule = known[name.upper()]
        settled(rule.path.name, rule.parameters, settings.as_of, values)


@dataclass
class _Taken:
    """A rule that has been looked for, and its hits that are being collected."""

    rule: Rule
    result: RuleResult
    collected: Future[None] | None = None


class _Run:
    def __init__(
        self, workplace: Workplace, engine: Engine, settings: Settings, summary: Summary, progress: Progress
    ) -> None:
        self.workplace = workplace
        self.engine = engine
        self.settings = settings
        self.summary = summary
        self.progress = progress
        self.collecting = Collecting(workplace.connection)

    def all(self, rules: Sequence[Rule]) -> None:
        """Every rule; what comes after an interruption is named as not run."""
        self.engine.expect([(rule, self._values(rule)) for rule in rules], self.settings.as_of)
        try:
            last: _Taken | None = None
            for number, rule in enumerate(rules, start=1):
                result = self._new_result(rule)
                self.summary.rules.append(result)
                if self.summary.interrupted:
                    result.status, result.why = SKIPPED, STOPPED
                    continue
                self.progress.begin(rule, number, len(rules))
                taken = self._one(rule, result)
                self._end(last)
                last = taken
            self._end(last)
        finally:
            self.collecting.close()

    def _end(self, last: _Taken | None) -> None:
        """Waits for the hits of a rule, which were collected meanwhile."""
        if last is None:
            return
        if last.collected:
            with self._told(last.rule, last.result):
                last.collected.result()
        self.progress.end(last.result)

    def _values(self, rule: Rule) -> dict[str, Any]:
        overrides = {name.upper(): values for name, values in self.settings.overrides.items()}
        return settled(
            rule.path.name, rule.parameters, self.settings.as_of, overrides.get(rule.id.upper(), {})
        )

    def _new_result(self, rule: Rule) -> RuleResult:
        values = self._values(rule)
        shown = {name: told(parameter, values[name]) for name, parameter in rule.parameters.items()}
        reopen = {"rows": rule.reopen_rows, "sum_percent": rule.reopen_percent}
        return RuleResult(rule.id, rule.version, rule.title, rule.content, shown, reopen=reopen)

    def _one(self, rule: Rule, result: RuleResult) -> _Taken:
        began = time.monotonic()
        taken = _Taken(rule, result)
        signature = self._signature(rule)
        known = self.workplace.finished(signature) if self.settings.resume else None
        if known:
            vars(result).update(vars(known))
            return taken
        result.why = self._obstacle(rule)
        if result.why:
            result.status = SKIPPED
            return taken
        with self._told(rule, result):
            self._find(rule, result)
            taken.collected = self.collecting.take(rule, "raw", result, signature, began)
        if taken.collected is None:
            result.seconds = round(time.monotonic() - began, 3)
        return taken

    @contextmanager
    def _told(self, rule: Rule, result: RuleResult) -> Iterator[None]:
        """What goes wrong with one rule is told in its result; the others go on."""
        try:
            yield
        except (KeyboardInterrupt, Interrupted):
            self._stop(rule, result)
        except ScreeningError as error:
            result.status, result.why = FAILED, str(error)
        except (duckdb.Error, OSError) as error:
            result.status, result.why = FAILED, _in_words(error)
        except RuntimeError as error:
            # So DuckDB says that Ctrl-C reached it in the middle of a statement.
            if "interrupted" not in str(error):
                raise
            self._stop(rule, result)

    def _stop(self, rule: Rule, result: RuleResult) -> None:
        self.summary.interrupted = True
        result.status, result.why = SKIPPED, STOPPED
        self.collecting.wait()
        self.workplace.forget(rule)

    def _find(self, rule: Rule, result: RuleResult) -> None:
        """Puts the evidence rows of a rule into `raw`."""
        if BUNDLED not in rule.path.resolve().parents:
            lint.check(rule)
        self.workplace.stand_in(rule)
        if self.settings.resume:
            self.workplace.forget(rule)
        values = self._values(rule)
        self.engine.find(rule, values, self.settings.as_of, "raw")
        finish(self.workplace.connection, rule, values, "raw")
        result.notes += unseen(self._decided_by(rule)) + self._empty_columns(rule, statement.parsed(rule))

    def _obstacle(self, rule: Rule) -> str:
        """Why a rule cannot run on these tables."""
        lacking = obstacle(rule, self.summary.tables, self.workplace.without_values, self._decided_by(rule))
        if lacking:
            return lacking
        year = self.settings.as_of.year
        if CALENDAR in rule.inputs and year not in self.workplace.calendar_years:
            return f"缺少{year}年的放假安排，不能推算工作日；请先载入该年的日历"
        return ""

    def _decided_by(self, rule: Rule) -> dict[str, list[str]]:
        return decided_by(rule, statement.parsed(rule), self.workplace.incomplete)

    def _empty_columns(self, rule: Rule, tree: exp.Expression) -> list[str]:
        alias = {node.alias_or_name.lower(): node.name.lower() for node in tree.find_all(exp.Table)}
        found = set()
        for column in tree.find_all(exp.Column):
            name = alias.get(column.table.lower(), "")
            if column.name in self.workplace.without_values.get(name, set()):
                found.add(
                    f"{title(name)}的“{header(name, column.name)}”一列没有数据，与它有关的情形查不出来。"
                )
        return sorted(found)

    def _signature(self, rule: Rule) -> str:
        whole = {
            "rule": rule.digest,
            "as_of": self.settings.as_of.isoformat(),
            "values": {name: repr(value) for name, value in self._values(rule).items()},
            "tables": self.workplace.signature_of_tables([*rule.inputs, *rule.optional]),
        }
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _in_words(error: BaseException) -> str:
    if disk_is_full(error):
        return "磁盘空间不足：请清理输出目录所在的磁盘后用 --resume 继续。"
    if isinstance(error, duckdb.OutOfMemoryException):
        return "内存不够：请用 --memory 放宽限额，或清出磁盘供溢写后用 --resume 继续。"
    return f"运行出错：{plain(error)}"
