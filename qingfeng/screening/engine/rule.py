"""A rule: one text file with a head in YAML and one SELECT that returns evidence rows, one a row.

The head says what an officer must know (what is asked, on what ground, what usually explains it innocently, how to
verify) and what the engine must know (tables, parameters, who the hit is about, what is summed).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from qingfeng.screening.engine.invalid import RuleInvalid
from qingfeng.screening.engine.parameters import Parameter, declared

OPENING, CLOSING = "/* ---", "--- */"
KEYS = {
    "id", "version", "title", "content", "basis", "parameters", "inputs", "optional", "needs", "either", "subject", "records",
    "sum", "count", "date", "tier", "score", "values", "sentence", "false_positives", "verify", "reopen", "finisher",
    "choices",
}  # fmt: skip
REQUIRED = ("id", "version", "title", "content", "basis", "inputs", "subject", "records", "values", "sentence",
            "false_positives", "verify")  # fmt: skip
VALUE_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "money": "BIGINT",
    "area": "BIGINT",
    "area_m2": "BIGINT",
    "date": "DATE",
    "month": "DATE",
    "timestamp": "TIMESTAMP",
    "boolean": "BOOLEAN",
    "decimal": "DECIMAL(18,3)",
    "ratio": "DECIMAL(18,6)",
    "percent": "DECIMAL(18,6)",
}
"""What a value of the evidence can be, and the column that carries it."""

SENTENCE_WORDS = {"first", "last", "rows", "sum", "subject"}
NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Value:
    """A column of the evidence that is shown: what it is called, what type it has."""

    name: str
    type: str
    title: str
    added: bool = False
    """Not in the SELECT: the finisher adds it."""
    hidden: bool = False
    """For the finisher only; not shown."""


@dataclass(frozen=True)
class Subject:
    """Whom or what a hit is about."""

    kind: str
    columns: tuple[str, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A rule as read from its file, before any table is looked at."""

    id: str
    version: str
    title: str
    content: int
    basis: str
    inputs: tuple[str, ...]
    optional: tuple[str, ...]
    subject: Subject
    records: Mapping[str, str]
    values: Mapping[str, Value]
    sentence: str
    false_positives: tuple[str, ...]
    verify: tuple[str, ...]
    sql: str
    path: Path
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns without which it finds nothing: where one has no value, the rule is left out and says so."""
    either: tuple[tuple[tuple[str, str], ...], ...] = ()
    """Ways to find something, each by the (table, column) pairs it takes; without any of them the rule is left out."""
    sum: str | None = None
    count: str | None = None
    date: str | None = None
    tier: str | None = None
    score: int | str = 50
    reopen_rows: int = 1
    reopen_percent: float = 0
    finisher: str | None = None
    choices: str = ""

    @property
    def major(self) -> str:
        """The part of the version that belongs to a hit's identity."""
        return self.version.split(".")[0]

    @property
    def digest(self) -> str:
        """Of the whole file: tells whether a finished part may be kept on --resume."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()[:16]

    @property
    def select_columns(self) -> dict[str, str]:
        """What the SELECT must give, with the type each column is cast to."""
        columns = dict.fromkeys((*self.subject.columns, *self.subject.shown), "VARCHAR")
        columns |= {f"rec_{name}": "BIGINT" for name in self.records}
        columns |= {v.name: VALUE_TYPES[v.type] for v in self.values.values() if not v.added}
        for name, kind in ((self.sum, "BIGINT"), (self.date, "DATE"), (self.tier, "SMALLINT")):
            if name:
                columns[name] = kind
        if isinstance(self.score, str):
            columns[self.score] = "INTEGER"
        return columns

    def matches(self, word: str) -> bool:
        """Is this the rule that was asked for by its id or its file?"""
        return word.strip().lower() in {self.id.lower(), self.path.stem.lower()}


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times quicker where PyYAML came with its C part; the heads of all rules are read at every start."""


def load(path: Path) -> Rule:
    """Reads one rule file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RuleInvalid(str(path), "打不开这个规则文件，请核对路径。") from error
    except UnicodeDecodeError as error:
        raise RuleInvalid(str(path), "不是 UTF-8 文本，请另存为 UTF-8。") from error
    return parse(text, path)


def find(folder: Path) -> list[Rule]:
    """All rules below a folder, by id; two with one id are refused."""
    return distinct(load(path) for path in sorted(folder.rglob("*.sql")))


def distinct(rules: Iterable[Rule]) -> list[Rule]:
    """The rules by id, refusing a second one under the same id."""
    known: dict[str, Rule] = {}
    for rule in rules:
        other = known.setdefault(rule.id.upper(), rule)
        if other is not rule:
            raise RuleInvalid(str(rule.path), f"编号{rule.id}已被{other.path.name}使用，请改用别的编号。")
    return sorted(known.values(), key=lambda rule: rule.id)


def parse(text: str, path: Path) -> Rule:
    """Reads the text of a rule file."""
    place = path.name
    stripped = text.replace("\r\n", "\n")
    if not stripped.lstrip().startswith(OPENING) or CLOSING not in stripped:
        raise RuleInvalid(place, f"开头应是以“{OPENING}”起、“{CLOSING}”止的说明，之后是一条 SELECT。")
    head, _, sql = stripped.lstrip()[len(OPENING) :].partition(CLOSING)
    told = _yaml(place, head)
    blank = "\n" * (text[: len(stripped) - len(stripped.lstrip())].count("\n") + head.count("\n"))
    try:
        return _rule(place, told, blank + sql, path)
    except (TypeError, AttributeError, ValueError, KeyError) as error:
        raise RuleInvalid(place, f"说明部分写法有误（{error}）。") from error


def _yaml(place: str, head: str) -> dict[str, Any]:
    try:
        told = yaml.load(head, _LOADER)  # noqa: S506 — both are safe loaders
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第{mark.line + 1}行" if mark else "说明部分"
        raise RuleInvalid(
            f"{place} {line}", "YAML 写法有误，请检查这一行和上一行的缩进、冒号和引号。"
        ) from error
    if not isinstance(told, dict):
        raise RuleInvalid(place, "说明部分应是“键: 值”的列表。")
    lines = head.split("\n")
    for key in told:
        if key not in KEYS:
            number = next((n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
            raise RuleInvalid(
                f"{place} 第{number}行", f"不认识的键“{key}”，可用：{'、'.join(sorted(KEYS))}。"
            )
    missing = [key for key in REQUIRED if told.get(key) in (None, "")]
    if missing:
        raise RuleInvalid(place, f"说明部分缺少：{'、'.join(missing)}。")
    return told


def _rule(place: str, told: dict[str, Any], sql: str, path: Path) -> Rule:
    values = {name: _value(place, name, entry) for name, entry in told["values"].items()}
    summed = told.get("sum") or {}
    score = told.get("score", 50)
    reopen = told.get("reopen") or {}
    rule = Rule(
        id=str(told["id"]),
        version=str(told["version"]),
        title=str(told["title"]),
        content=int(told["content"]),
        basis=str(told["basis"]),
        parameters={n: declared(place, n, p) for n, p in (told.get("parameters") or {}).items()},
        inputs=_words(told["inputs"]),
        optional=_words(told.get("optional")),
        needs={table: _words(columns) for table, columns in (told.get("needs") or {}).items()},
        either=tuple(_way(place, way) for way in told.get("either") or ()),
        subject=_subject(place, told["subject"]),
        records={str(name): str(table) for name, table in told["records"].items()},
        sum=summed.get("column"),
        count=told.get("count") or summed.get("once_per"),
        date=told.get("date"),
        tier=told.get("tier"),
        score=score["column"] if isinstance(score, dict) else int(score),
        values=values,
        sentence=str(told["sentence"]),
        false_positives=_words(told["false_positives"]),
        verify=_words(told["verify"]),
        reopen_rows=int(reopen.get("rows", 1)),
        reopen_percent=float(reopen.get("sum_percent", 0)),
        finisher=told.get("finisher"),
        choices=str(told.get("choices") or "").strip(),
        sql=sql,
        path=path,
    )
    _check(place, rule)
    return rule


def _words(told: object) -> tuple[str, ...]:
    if told is None:
        return ()
    return tuple(str(word) for word in told) if isinstance(told, list) else (str(told),)


def _way(place: str, told: object) -> tuple[tuple[str, str], ...]:
    pairs = [word.split(".") for word in _words(told)]
    if any(len(pair) != 2 for pair in pairs):
        raise RuleInvalid(
            place, "either 应写成 [[表.列, 表.列], [表.列]]：各组写一种查法要用的列，至少要有一组。"
        )
    return tuple((table, column) for table, column in pairs)


def _value(place: str, name: str, told: object) -> Value:
    entry = told if isinstance(told, dict) else {"title": told}
    unknown = set(entry) - {"type", "title", "added", "hidden"}
    if unknown:
        raise RuleInvalid(f"{place}，values.{name}", f"不认识的键“{'、'.join(sorted(unknown))}”。")
    kind = str(entry.get("type", "text"))
    if kind not in VALUE_TYPES:
        raise RuleInvalid(f"{place}，values.{name}", f"类型“{kind}”不认识，可用：{'、'.join(VALUE_TYPES)}。")
    return Value(
        name, kind, str(entry.get("title", name)), bool(entry.get("added")), bool(entry.get("hidden"))
    )


def _subject(place: str, told: object) -> Subject:
    if not isinstance(told, dict) or not {"kind", "column"} <= set(told) <= {"kind", "column", "shown"}:
        raise RuleInvalid(place, "subject 应写成 {kind: 对象种类, column: 列, shown: 显示用的列}。")
    columns = _words(told["column"])
    return Subject(str(told["kind"]), columns, _words(told.get("shown")) or columns)


def _check(place: str, rule: Rule) -> None:
    for name in [*rule.parameters, *rule.records, *rule.values]:
        if not NAME.fullmatch(name):
            raise RuleInvalid(place, f"名称“{name}”应由小写字母、数字和下划线组成，并以字母开头。")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", rule.id):
        raise RuleInvalid(place, f"编号“{rule.id}”应以字母开头，由字母、数字、“_”“-”组成。")
    if not re.fullmatch(r"\d+\.\d+\.\d+", rule.version):
        raise RuleInvalid(place, f"版本“{rule.version}”应写成 主.次.修订，例如 1.0.0。")
    if not 1 <= rule.content <= 8:
        raise RuleInvalid(place, "content 应是治理内容的序号 1—8。")
    if rule.count is not None and rule.count not in rule.records:
        known = "、".join(rule.records)
        raise RuleInvalid(place, f"sum.once_per 或 count 写的“{rule.count}”不在 records 中（有：{known}）。")
    used = {*rule.inputs, *rule.optional}
    named = (*rule.records.values(), *rule.needs, *(table for way in rule.either for table, _ in way))
    strangers = [table for table in named if table not in used]
    if strangers:
        raise RuleInvalid(place, f"records、needs 或 either 写的表“{strangers[0]}”不在 inputs、optional 中。")
    words = set(re.findall(r"{(\w+)}", rule.sentence)) - SENTENCE_WORDS - set(rule.values)
    if words:
        raise RuleInvalid(place, f"sentence 里的“{'、'.join(sorted(words))}”不是 values 里的名称。")
