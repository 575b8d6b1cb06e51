"""The same rule on DuckDB and on a Spark standalone master with two workers of this machine: same hits, and what each costs.

    python -m bench.screening_spark [--rows 20000 100000]

Start-up and the cost per row are printed apart: the slope between the sizes is the cost per row, what is left of the
smallest is the fixed cost. Both engines share the cores of one machine, so this shows equality, not speed at scale.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pyspark

from qingfeng.screening.catalogue import stored_columns, table
from qingfeng.screening.engine import spark
from qingfeng.screening.engine.rule import load
from qingfeng.screening.engine.run import BUNDLED, Settings, run

AS_OF = date(2026, 6, 30)
DEATH_SHARE = 20
START_LIMIT = 300.0
WARM_UP = 1000
"""A run before the measured ones: Java compiles what it has seen, and that is start-up, not a cost of rows."""


class Folder:
    """A store made for the bench."""

    tables = ("payments", "deaths")

    def __init__(self, path: Path) -> None:
        self.path = path

    def table_path(self, name: str) -> Path:
        return self.path / name


def make(folder: Path, rows: int) -> Folder:
    """Payments of made-up people, one in twenty of them dead for some months."""
    people = max(1, rows // 12)
    person = f"lpad(CAST(i % {people} AS VARCHAR), 12, 'p')"
    given = {
        "payments": {
            "person_key": person, "person_tier": "1", "name": "'张*'", "name_key": person, "benefit": "'农村低保'",
            "amount": "60000", "pay_date": f"DATE '2025-07-10' + CAST(i // {people} * 30 AS INTEGER)",
            "village": "'石桥村'", "id_shown": "'990101********0000'", "birth_date": "DATE '1940-01-01'",
        },
        "deaths": {
            "person_key": person, "person_tier": "1", "name": "'张*'", "name_key": person,
            "death_date": "DATE '2025-10-01' + CAST(i % 90 AS INTEGER)", "birth_date": "DATE '1940-01-01'",
        },
    }  # fmt: skip
    counts = {"payments": rows, "deaths": max(1, people // DEATH_SHARE)}
    with duckdb.connect(config={"threads": 1}) as connection:
        for name, columns in given.items():
            (folder / name).mkdir(parents=True)
            source = {"rec": "i", "source_file": f"'{name}.csv'", "source_sheet": "''", "source_row": "i + 2"}
            known = {**columns, **source}
            casts = ", ".join(
                f'CAST({known.get(column, "NULL")} AS {kind}) AS "{column}"'
                for column, kind in stored_columns(table(name)).items()
            )
            connection.execute(
                f"COPY (SELECT {casts} FROM range({counts[name]}) t(i)) TO '{folder / name}/p.parquet' (FORMAT parquet)"
            )
    return Folder(folder)


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


def digest(out: Path) -> str:
    return hashlib.sha256((out / "hits.csv").read_bytes()).hexdigest()[:16]


def measure(rows: Sequence[int]) -> int:
    rules = [load(BUNDLED / "a" / "a01.sql")]
    settings = Settings(AS_OF, memory_limit="1GB", threads=2)
    seconds: dict[int, float] = {}
    same = True
    with tempfile.TemporaryDirectory() as place, standalone() as address:
        began = time.monotonic()
        session = spark.session(address, "1g", Path(place))
        session.range(10).count()
        print(f"start-up of the session, first job included: {time.monotonic() - began:.1f} s")
        try:
            for count in (WARM_UP, *rows):
                store = make(Path(place, f"store{count}"), count)
                began = time.monotonic()
                run(store, rules, settings=settings, calendar=(), out=Path(place, f"duckdb{count}"))
                on_duckdb = time.monotonic() - began
                began = time.monotonic()
                run(
                    store, rules, settings=settings, calendar=(), out=Path(place, f"spark{count}"),
                    engine=lambda workplace: spark.over(session, workplace, time_limit=3600),
                )  # fmt: skip
                seconds[count] = time.monotonic() - began
                one, two = digest(Path(place, f"duckdb{count}")), digest(Path(place, f"spark{count}"))
                same &= one == two
                print(
                    f"{count:>10,} rows: DuckDB {on_duckdb:.1f} s, Spark {seconds[count]:.1f} s, hits {'equal' if one == two else 'DIFFER'} ({one})"
                )
        finally:
            session.stop()
    if len(rows) > 1:
        few, many = min(rows), max(rows)
        slope = (seconds[many] - seconds[few]) / (many - few)
        print(f"Spark: {slope * 1e6:.2f} µs a row, fixed {max(0.0, seconds[few] - slope * few):.1f} s a run")
    return 0 if same else 1


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, nargs="+", default=[20_000, 100_000])
    return measure(words.parse_args().rows)


if __name__ == "__main__":
    raise SystemExit(main())
