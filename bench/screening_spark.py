"""The first twenty rules on DuckDB and on a Spark standalone master with two workers of this machine: same hits, at what cost.

    python -m bench.screening_spark [--rows 100000 1000000] [--only a01,a02] [--cache DIR]

The tables are those of `bench/screening.py --rules`. Start-up and the cost per row are printed apart: the slope between
the sizes is the cost per row, what is left of the smallest is the fixed cost. Both engines share the cores of one
machine, so this shows equality, not speed at scale. The script ends with 1 when a rule's hits differ.
"""

from __future__ import annotations

import argparse
import csv
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pyspark

sys.path.insert(0, str(Path(__file__).parent))

from _screening import volume
from _screening.one_run import AS_OF, FIRST_TWENTY, THREADS, Folder

from qingfeng.cli.screening import days
from qingfeng.screening.engine import spark
from qingfeng.screening.engine.rule import Rule, load
from qingfeng.screening.engine.run import BUNDLED, Settings, run
from qingfeng.screening.engine.summary import DONE, RuleResult

START_LIMIT = 300.0
RULE_LIMIT = 3600.0
WARM_UP = 20_000
"""Payments of a run before the measured ones: Java compiles what it has seen, and that is start-up, not a cost of rows."""

Lines = dict[str, list[tuple[str, ...]]]


@dataclass
class Both:
    """One size on both engines: the whole runs in seconds, and rule by rule."""

    payments: int
    seconds: dict[str, float] = field(default_factory=dict)
    rules: dict[str, dict[str, RuleResult]] = field(default_factory=dict)
    lines: dict[str, Lines] = field(default_factory=dict)

    def same(self, rule: str) -> bool:
        """Ran on both, and every line of hits.csv is the same."""
        done = all(results[rule].status == DONE for results in self.rules.values())
        return done and self.lines["DuckDB"].get(rule) == self.lines["Spark"].get(rule)


@contextmanager
def standalone(workers: int = 2) -> Iterator[str]:
    """A standalone master and its workers on the loopback; gives the master's address."""
    port, home = free_port(), Path(pyspark.__file__).parent
    env = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    env["SPARK_DAEMON_MEMORY"] = "256m"
    with tempfile.TemporaryDirectory() as place, open(Path(place, "log"), "wb") as log:
        env["SPARK_WORKER_DIR"] = place
        launch = [str(home / "bin" / "spark-class")]
        deploy = "org.apache.spark.deploy"
        host = ["--host", "127.0.0.1"]
        address = f"spark://127.0.0.1:{port}"
        master = [*launch, f"{deploy}.master.Master", *host, "--port", str(port), "--webui-port", "0"]
        worker = [
            *launch,
            f"{deploy}.worker.Worker",
            *host,
            "--webui-port",
            "0",
            "-c",
            "1",
            "-m",
            "1g",
            address,
        ]
        running = [
            subprocess.Popen(command, env=env, stdout=log, stderr=log)
            for command in [master, *[worker] * workers]
        ]
        try:
            wait_for(port)
            yield address
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the master listens."""
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise SystemExit("the Spark master did not start")


def lines_of(out: Path) -> Lines:
    """The lines of hits.csv, by rule."""
    found: Lines = defaultdict(list)
    with (out / "hits.csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            found[line["rule"]].append(tuple(line.values()))
    return dict(found)


def on_both(session: Any, folder: Path, rules: Sequence[Rule], payments: int, out: Path) -> Both:
    """Runs the rules on one engine, then on the other."""
    calendar, told = list(days()), Both(payments)
    engines: dict[str, Callable[..., Any] | None] = {
        "DuckDB": None,
        "Spark": partial(spark.over, session, time_limit=RULE_LIMIT),
    }
    for name, engine in engines.items():
        place = out / f"{name}-{payments}"
        settings = Settings(AS_OF, memory_limit="1GB", threads=THREADS)
        began = time.monotonic()
        summary = run(Folder(folder), rules, settings=settings, calendar=calendar, out=place, engine=engine)
        told.seconds[name] = time.monotonic() - began
        told.rules[name] = {result.id: result for result in summary.rules}
        told.lines[name] = lines_of(place)
    return told


def print_size(told: Both) -> None:
    """A line per rule."""
    print(f"{told.payments:,} payments")
    print(f"{'rule':6}{'hits':>8}{'DuckDB s':>10}{'Spark s':>10}")
    for rule, result in told.rules["DuckDB"].items():
        other = told.rules["Spark"][rule]
        verdict = (
            "equal"
            if told.same(rule)
            else f"DIFFER ({result.status} {result.hits}, {other.status} {other.hits} {other.why})"
        )
        print(f"{rule:6}{result.hits:8}{result.seconds:10.1f}{other.seconds:10.1f}  {verdict}")
    print(f"{'all':6}{'':8}{told.seconds['DuckDB']:10.1f}{told.seconds['Spark']:10.1f}", flush=True)


def print_costs(few: Both, many: Both) -> None:
    """What a row costs and what a run costs without rows, per engine, for all rules together."""
    for name in few.seconds:
        slope = (many.seconds[name] - few.seconds[name]) / (many.payments - few.payments)
        fixed = max(0.0, few.seconds[name] - slope * few.payments)
        print(
            f"{name}: {slope * 1e6:.2f} µs a payment, fixed {fixed:.1f} s a run of {len(few.rules[name])} rules"
        )


def measure(sizes: Sequence[int], names: Sequence[str], cache: Path) -> int:
    """Prints the comparison; 1 when a rule's hits differ."""
    rules = [load(BUNDLED / name[0].lower() / f"{name.lower()}.sql") for name in names]
    measured = []
    with tempfile.TemporaryDirectory() as place, standalone() as address:
        began = time.monotonic()
        session = spark.session(address, "1g", Path(place))
        session.range(10).count()
        print(f"start-up of the session, first job included: {time.monotonic() - began:.1f} s", flush=True)
        try:
            for payments in (WARM_UP, *sizes):
                folder = volume.make(cache / f"store-{payments}", payments)
                told = on_both(session, folder, rules, payments, Path(place))
                print_size(told)
                measured.append(told)
        finally:
            session.stop()
    if len(sizes) > 1:
        print_costs(measured[1], measured[-1])
    return 0 if all(told.same(rule.id) for told in measured for rule in rules) else 1


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument(
        "--rows", type=int, nargs="+", default=[100_000, 1_000_000], help="payments, ascending"
    )
    words.add_argument("--only", default=",".join(FIRST_TWENTY), help="only these rules, like a01,a02")
    words.add_argument("--cache", type=Path, help="keep the tables here")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="qingfeng-spark-") as thrown_away:
        return measure(given.rows, given.only.split(","), given.cache or Path(thrown_away))


if __name__ == "__main__":
    raise SystemExit(main())
