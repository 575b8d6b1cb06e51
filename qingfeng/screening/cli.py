"""`qingfeng screen …`: business tables in, explained hits out.

Exit codes: 0 done, 1 a rule broke off or the run was stopped, 2 bad input.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from qingfeng.screening import batch, explaining, ocds, opening, options, terminal, usage
from qingfeng.screening.cleaning.keys import Keys, read_or_make
from qingfeng.screening.engine import diff as differences
from qingfeng.screening.engine import spark
from qingfeng.screening.engine.duckdb import TIME_LIMIT
from qingfeng.screening.engine.relations import Days
from qingfeng.screening.engine.rule import Rule, distinct, find, load
from qingfeng.screening.engine.run import BUNDLED, Settings, refuse_unknown_overrides, run
from qingfeng.screening.engine.specs.running import run as run_specs
from qingfeng.screening.errors import BadData, ScreeningError, disk_is_full
from qingfeng.screening.matching.resolving import resolve
from qingfeng.screening.store import QualityReport, Store, ingest
from qingfeng.screening.store import check as quality_of

STORE, KEY = ".screen-store", "screen.key"
LINKS = "firm_links.parquet"
"""The last thing that matching writes: when it is there, matching has been done for these tables."""

DataOption = Annotated[
    Path, typer.Option("--data", help="业务数据文件夹：.csv .xlsx .xls .parquet .jsonl", show_default=False)
]
OutOption = Annotated[Path, typer.Option("--out", help="结果文件夹", show_default=False)]
StoreOption = Annotated[Path | None, typer.Option("--store", help="清洗后的库放在哪里；不写则在数据文件夹内")]
KeyOption = Annotated[
    Path | None, typer.Option("--key", help="密钥文件；不写则用数据文件夹的 screen.key，再则 $QINGFENG_HOME")
]
MappingOption = Annotated[
    Path | None, typer.Option("--mapping", help="列名对应文件；不写则用数据文件夹的 mapping.yaml")
]
MemoryOption = Annotated[str, typer.Option("--memory", help="内存上限，超出的溢写到磁盘")]
ThreadsOption = Annotated[int | None, typer.Option("--threads", help="线程数；不写则由引擎决定")]
RulesOption = Annotated[str, typer.Option("--rules", help="规则编号或规则文件，逗号分隔；不写则全部")]
OwnOption = Annotated[list[Path] | None, typer.Option("--own", help="自写规则的文件夹，可多次写")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def commands(calendar: Callable[[], Days]) -> typer.Typer:
    """The group, with the office calendar that rules count working days by."""
    group = typer.Typer(help="业务数据比对：表格进，可解释的疑点出。", no_args_is_help=True)

    @group.callback()
    def _given(context: typer.Context) -> None:
        context.obj = calendar

    for name, command in _COMMANDS.items():
        group.command(name, cls=usage.Command)(command)
    return group


@contextmanager
def refusals() -> Iterator[None]:
    """What the library refuses is one sentence on stderr and exit code 2."""
    try:
        yield
    except ScreeningError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        why = options.FULL if disk_is_full(error) else "不能读或不能写；请核对路径和权限。"
        typer.echo(f"{error.filename or '磁盘'}：{why}", err=True)
        raise typer.Exit(2) from error


@contextmanager
def stopping() -> Iterator[None]:
    """SIGTERM stops a run as Ctrl-C does: what is done is kept."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def run_command(
    context: typer.Context,
    data: DataOption,
    out: OutOption,
    rules: RulesOption = "",
    own: OwnOption = None,
    engine: Annotated[str, typer.Option(help="duckdb 或 spark")] = "duckdb",
    master: Annotated[str, typer.Option(help="Spark 的地址，如 spark://host:7077")] = spark.LOCAL,
    as_of: Annotated[str, typer.Option("--as-of", help="数据截止日，如 2026-06-30；不写则今天")] = "",
    param: Annotated[
        list[str] | None, typer.Option("--param", help="改参数：a01.grace_days=10，可多次写")
    ] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", help="参数文件（YAML）：a01: {grace_days: 10}")
    ] = None,
    store: StoreOption = None,
    key: KeyOption = None,
    mapping: MappingOption = None,
    memory: MemoryOption = "2GB",
    threads: ThreadsOption = None,
    time_limit: Annotated[float, typer.Option("--time-limit", help="每条规则最多几秒")] = TIME_LIMIT,
    resume: Annotated[bool, typer.Option("--resume", help="接着上次中断处运行")] = False,
) -> None:
    """运行规则，得出命中、证据和报告页。"""
    with refusals(), stopping(), terminal.Watched() as watched:
        chosen = chosen_rules(rules, own or [])
        ids, known = [rule.id for rule in chosen], [rule.id for rule in chosen_rules("", own or [])]
        day = options.day(as_of)
        given = Settings(
            day, options.overrides(param or [], settings, ids, known), memory, threads, time_limit, resume
        )
        refuse_unknown_overrides(chosen, given)
        options.check_limits(memory, threads, time_limit)
        finder = _engine(engine, master, memory, time_limit)
        options.check_data(data)
        options.check_writable(out)
        loaded = _load(data, store, key, mapping, memory, threads, watched)
        _check_loaded(data, loaded)
        summary = run(
            loaded, chosen, calendar=context.obj(), out=out, progress=watched, files=loaded.report, engine=finder,
            quality=_quality(loaded, day, memory, watched).as_dict()["findings"],
            settings=given,
        )  # fmt: skip
    terminal.summary_table(summary)
    asked = [line for line in loaded.report if line["status"] in {"asked", "unread"}]
    for line in asked:
        typer.echo(f"未载入：{line['file']} {line['sheet']} {line['why']}", err=True)
    for line in loaded.report:
        if line.get("doubts"):
            told = " ".join(line["doubts"])
            typer.echo(f"先载入，待确认：{line['file']} {line['sheet']} {told}（见 mapping.yaml）", err=True)
    typer.echo(f"结果在 {out}：report.html（可直接打开）、hits.csv、evidence.parquet、summary.json")
    if summary.interrupted:
        typer.echo("运行被中断，已完成的规则都在结果里；加 --resume 再运行一次可接着做。", err=True)
    raise typer.Exit(1 if summary.failed else 0)


def rules_command(own: OwnOption = None, as_json: JsonOption = False) -> None:
    """列出规则。"""
    with refusals():
        found = chosen_rules("", own or [])
    if as_json:
        typer.echo(
            json.dumps(
                [explaining.as_dict(rule, options.day("")) for rule in found], ensure_ascii=False, indent=1
            )
        )
        return
    rows = [(r.id, r.title, r.version, r.content, explaining.tables_needed(r)) for r in found]
    terminal.table(("规则", "名称", "版本", "内容", "需要的表"), rows)


def check_command(
    data: DataOption,
    store: StoreOption = None,
    key: KeyOption = None,
    mapping: MappingOption = None,
    memory: MemoryOption = "2GB",
    as_of: Annotated[str, typer.Option("--as-of", help="数据截止日：之后的日期算有疑问；不写则今天")] = "",
    as_json: JsonOption = False,
) -> None:
    """只装载并检查数据质量，不运行规则。"""
    with refusals(), terminal.Watched() as watched:
        day = options.day(as_of)
        loaded = _load(data, store, key, mapping, memory, None, watched)
        _check_loaded(data, loaded)
        quality = _quality(loaded, day, memory, watched)
    if as_json:
        typer.echo(json.dumps(quality.as_dict(), ensure_ascii=False, indent=1))
    else:
        terminal.files_table(loaded.report)
        typer.echo("\n".join(["", "数据质量：", *quality.lines()]))
    bad = any(line["status"] in {"asked", "unread"} for line in loaded.report)
    raise typer.Exit(1 if bad else 0)


def explain_command(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="规则编号或规则文件")] = "",
    own: OwnOption = None,
    as_of: Annotated[str, typer.Option("--as-of", help="参数按哪一天的值显示")] = "",
    tables: Annotated[bool, typer.Option("--tables", help="列出标准表和它们的列")] = False,
) -> None:
    """说明一条规则：查什么、依据、要哪些表和列、参数、SQL、误报、核实。"""
    if tables:
        typer.echo(explaining.tables_text())
        return
    with refusals():
        if not rule:
            raise BadData("explain", "请写明规则编号，例如 qingfeng screen explain a01。")
        for one in chosen_rules(rule, own or []):
            typer.echo(explaining.text(one, options.day(as_of)))


def test_command(
    files: Annotated[
        list[Path], typer.Argument(metavar="RULEFILE", help="规则文件（.sql），用例在旁边的 .spec.md")
    ],
    on_spark: Annotated[bool, typer.Option("--spark", help="在 Spark 上也跑一遍用例")] = False,
) -> None:
    """检查自己写的规则，并运行它的用例。"""
    broken = False
    with refusals():
        for path in files:
            for outcome in run_specs(path):
                broken |= bool(outcome.faults)
                typer.echo(f"{'✗' if outcome.faults else '✓'} {path.stem} {outcome.case.title}")
                for fault in outcome.faults:
                    typer.echo(f"    {fault}")
        if on_spark:
            broken |= _specs_on_spark(files)
    raise typer.Exit(1 if broken else 0)


def _specs_on_spark(files: Sequence[Path]) -> bool:
    broken = False
    with spark.started() as session:
        for path in files:
            for outcome in run_specs(path, partial(spark.OnSparkSmall, session)):
                broken |= bool(outcome.faults)
                typer.echo(f"{'✗' if outcome.faults else '✓'} {path.stem} {outcome.case.title}（Spark）")
                for fault in outcome.faults:
                    typer.echo(f"    {fault}")
    return broken


def diff_command(
    before: Annotated[Path, typer.Argument(metavar="OUT1", help="前一次的结果文件夹")],
    after: Annotated[Path, typer.Argument(metavar="OUT2", help="后一次的结果文件夹")],
    as_json: JsonOption = False,
    unchanged: Annotated[bool, typer.Option("--unchanged", help="未变的也列出")] = False,
) -> None:
    """两次结果的差别：新增、不再出现、增加、减少、内容有变、未变；哪些应重新打开。"""
    with refusals():
        found = differences.difference(before, after)
    if as_json:
        typer.echo(json.dumps(found.as_dict(unchanged=unchanged), ensure_ascii=False, indent=1))
        return
    counts = found.counts()
    words = [f"{word}{counts[kind]}" for kind, word in differences.WORDS.items()]
    typer.echo("，".join([*words, f"应重新打开{counts['reopened']}"]))
    for name, why in found.not_compared.items():
        typer.echo(f"未比较 {name}：{why}")
    rows = [
        (differences.WORDS[c.change] + ("，应重新打开" if c.reopened else ""), c.rule, c.subject_shown,
         f"{c.rows[0] or 0}→{c.rows[1] or 0}", f"{c.sum[0] or '—'}→{c.sum[1] or '—'}", c.hit_id)
        for c in found.changes if unchanged or c.change != differences.SAME
    ]  # fmt: skip
    if rows:
        terminal.table(("变化", "规则", "对象", "记录", "金额（元）", "编号"), rows)


def open_command(
    hit: Annotated[str, typer.Argument(metavar="HIT", help="命中编号，见 hits.csv 第一列")],
    out: OutOption,
    data: Annotated[Path | None, typer.Option("--data", help="数据文件夹；库在别处则用 --store")] = None,
    store: StoreOption = None,
    reason: Annotated[
        str, typer.Option("--reason", help="为什么要看，记入 opened.log", prompt="查看事由")
    ] = "",
) -> None:
    """打开一条命中背后的明文（身份证号、姓名、账号），并在 opened.log 记一行。"""
    with refusals():
        if not reason.strip():
            raise BadData("--reason", "请写明查看事由，它会记入 opened.log。")
        if data is None and store is None:
            raise BadData("open", "请写明 --data（数据文件夹）或 --store（库的位置）。")
        vault = Store(store or _store_of(Path(data or ".")))
        for line in opening.opened(vault, out, hit, reason.strip()):
            typer.echo(json.dumps(line, ensure_ascii=False))


def batch_command(
    context: typer.Context,
    payments: Annotated[Path, typer.Argument(metavar="PAYMENTS.xlsx", help="待发放名单")],
    against: Annotated[Path, typer.Option("--against", help="业务数据文件夹", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="结果写到哪个 .xlsx", show_default=False)],
    as_of: Annotated[str, typer.Option("--as-of", help="发放日，如 2026-06-30；不写则今天")] = "",
    store: StoreOption = None,
    key: KeyOption = None,
    mapping: MappingOption = None,
    memory: MemoryOption = "2GB",
    as_json: JsonOption = False,
) -> None:
    """发放之前：逐行说明有什么理由先不发、要核实什么。"""
    with refusals(), terminal.Watched() as watched:
        batch.check_readable(payments)  # before minutes go into loading
        batch.check_writable(out, payments, against)
        day = options.day(as_of)
        loaded = _load(against, store, key, mapping, memory, None, watched)
        _check_loaded(against, loaded)
        report = batch.check(
            payments, loaded, out, keys=keys_for(against, key), as_of=day, calendar=context.obj(),
            memory_limit=memory, progress=watched.note,
        )  # fmt: skip
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False, default=str))
        return
    told = "，".join(f"{word}{count:,}行" for word, count in report.advice.items())
    typer.echo(
        f"共{report.rows:,}行：{told}。用了{len(report.rules)}条规则，{report.seconds:.1f}秒。结果在 {out}"
    )
    for line in (*(f"{rule} 没有查：{why}" for rule, why in report.skipped.items()), *report.notes):
        typer.echo(line)


def ocds_command(
    file: Annotated[
        str, typer.Argument(metavar="RELEASES.jsonl", help="汇编发布（一行一个 JSON）；- 为标准输入")
    ],
    param: Annotated[
        list[str] | None, typer.Option("--param", help="改参数：r003.threshold=10，可多次写")
    ] = None,
    rules: Annotated[str, typer.Option("--rules", help="只算这些红旗：R024,R028")] = "",
    settings: Annotated[Path | None, typer.Option("--settings", help="INI 参数文件")] = None,
    as_json: JsonOption = False,
) -> None:
    """开放采购数据（OCDS）的十一项公开红旗。"""
    with refusals():
        names = [name.strip() for name in rules.split(",") if name.strip()] or None
        parameters = ocds.Parameters.parse(param or [], settings=settings, rules=names)
        with terminal.FirstOnes() as told, _opened(file) as lines:
            found = ocds.flags(lines, parameters, name="标准输入" if file == "-" else file, warn=told.say)
    if parameters.not_computed:
        typer.echo(f"{'、'.join(parameters.not_computed)} 不在这十一项之内，没有计算。", err=True)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        terminal.flags_table(found)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(file).open("rb") as lines:
            yield lines
    except OSError as error:
        raise BadData(file, "打不开或读不完这个文件，请核对路径。") from error


SAMPLE_WORDS = {"people": "人口", "rows": "行", "files": "文件", "true": "真问题", "near": "近似情形"}


def sample_command(
    people: Annotated[int, typer.Option(help="多少人")] = 10000,
    seed: Annotated[int, typer.Option(help="随机种子；同一种子得同样的数据")] = 1,
    out: OutOption = Path("sample"),
) -> None:
    """生成一个虚构的县区，带种下的真问题和近似情形（planted.csv）。"""
    with refusals():
        if people < 1:
            raise BadData(f"--people {people}", "至少是 1。")
        options.check_writable(out)
        # Loaded for this command alone: its names and villages are slow to load.
        made = importlib.import_module("qingfeng.screening.sample").make(out, people, seed)
    counts = "，".join(f"{SAMPLE_WORDS[name]}{count:,}" for name, count in made.items())
    typer.echo(f"{counts}。写在 {out}；种下了什么见 planted.csv，数据截止日见 README.txt。")


def mapping_command(
    data: DataOption, store: StoreOption = None, key: KeyOption = None, mapping: MappingOption = None
) -> None:
    """看各文件的列怎样对应到标准表；拿不准的写进 mapping.yaml 待确认。"""
    with refusals(), terminal.Watched() as watched:
        loaded = _load(data, store, key, mapping, "2GB", None, watched)
    terminal.files_table(loaded.report)
    asked = [line for line in loaded.report if line["status"] == "asked"]
    if asked:
        place = mapping or data / "mapping.yaml"
        typer.echo(f"有{len(asked)}张表待确认：请打开 {place}，按其中的说明改好后再运行。")
    raise typer.Exit(1 if asked else 0)


def chosen_rules(words: str, own: Sequence[Path]) -> list[Rule]:
    """The rules asked for: all bundled ones and those of own folders, or those named by id or file."""
    files = [Path(word.strip()) for word in words.split(",") if word.strip().endswith(".sql")]
    names = [word.strip() for word in words.split(",") if word.strip() and not word.strip().endswith(".sql")]
    for folder in own:
        if not folder.is_dir():
            raise BadData(str(folder), "找不到这个规则文件夹。")
    known = distinct([*find(BUNDLED), *(rule for folder in own for rule in find(folder))])
    picked = [load(path) for path in files]
    for name in names:
        found = [rule for rule in known if rule.matches(name)]
        if not found:
            raise BadData(f"规则“{name}”", "没有这条规则；有哪些请看 qingfeng screen rules。")
        picked += found
    return distinct(picked) if words.strip() else known


def _engine(name: str, master: str, memory: str, time_limit: float) -> Any:
    if name == "duckdb":
        return None
    if name != "spark":
        raise BadData(f"--engine {name}", "只有 duckdb 和 spark。")
    return partial(spark.on_workplace, master=master, memory=memory, time_limit=time_limit)


def _store_of(data: Path) -> Path:
    return data / STORE


def _load(
    data: Path, store: Path | None, key: Path | None, mapping: Path | None, memory: str, threads: int | None,
    watched: terminal.Watched,
) -> Store:  # fmt: skip
    options.check_data(data)
    options.check_limits(memory, threads)
    options.check_writable(store or _store_of(data))
    keys = keys_for(data, key)
    loaded = ingest(
        data, store or _store_of(data), keys=keys, mapping=mapping, memory_limit=memory,
        threads=threads, progress=watched.file,
    )  # fmt: skip
    if not (loaded.resolved_path(LINKS)).is_file():
        watched.note("归并人员和单位")
        resolve(loaded, keys=keys)
    return loaded


def _check_loaded(data: Path, loaded: Store) -> None:
    """There is something to compare: said outright, for a table of rules that all did not run hides it."""
    if not loaded.tables:
        terminal.files_table(loaded.report)
        raise BadData(
            str(data),
            "没有一个文件认出是标准表，什么也查不了；请在 mapping.yaml 里写明各文件的标准表和列，再运行一次。",
        )


def _quality(loaded: Store, day: date, memory: str, watched: terminal.Watched) -> QualityReport:
    watched.note("检查数据质量")
    return quality_of(loaded, as_of=day, memory_limit=memory)


def keys_for(data: Path, given: Path | None) -> Keys:
    """The campaign's key: the one given, the folder's own, or that of the installation, made at first use."""
    if given:
        if not given.is_file():
            raise BadData(str(given), "找不到密钥文件。")
        return read_or_make(given)
    beside = data / KEY
    home = Path(os.environ.get("QINGFENG_HOME") or Path.home() / ".qingfeng")
    return read_or_make(beside if beside.is_file() else home / KEY)


_COMMANDS: dict[str, Callable[..., None]] = {
    "run": run_command,
    "rules": rules_command,
    "check": check_command,
    "explain": explain_command,
    "test": test_command,
    "diff": diff_command,
    "open": open_command,
    "batch": batch_command,
    "ocds": ocds_command,
    "sample": sample_command,
    "mapping": mapping_command,
}
