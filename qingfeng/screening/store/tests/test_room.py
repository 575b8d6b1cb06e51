"""A full disk and too little memory: one sentence that says what to do, and what was loaded before stays."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from qingfeng.screening.cleaning import ids
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.errors import BadData
from qingfeng.screening.store import Store, ingest
from qingfeng.screening.tests.room import no_file_above

KEYS = Keys(b"a made-up key of enough length")
FIRST17 = "99010119400302001"
ID = FIRST17 + ids.check_digit(FIRST17)
HEAD = "补贴项目,姓名,身份证号,发放日期,金额,地址"


def write(path: Path, rows: int, encoding: str = "utf-8") -> None:
    """Rows of one person and ever another address, which no dictionary makes small."""
    with path.open("w", encoding=encoding) as out:
        out.write(HEAD + "\n")
        out.writelines(
            f"低保,张三,{ID},2026-03-01,{n},石桥村{n * 7919 % 1000003}号{n}室\n" for n in range(rows)
        )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder whose first file is loaded and whose second, larger one is new."""
    folder = tmp_path / "data"
    folder.mkdir()
    write(folder / "低保一.csv", 3)
    load(folder)
    write(folder / "低保二.csv", 60_000)
    return folder


def load(data: Path, **given: Any) -> Store:
    return ingest(data, data.parent / "store", keys=KEYS, **{"memory_limit": "500MB", "threads": 1, **given})


def kept(data: Path) -> dict[str, int]:
    return Store(data.parent / "store").tables


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_full_disk_is_one_sentence_and_what_was_loaded_stays(data: Path, encoding: str) -> None:
    write(data / "低保二.csv", 60_000, encoding)
    with no_file_above(200_000), pytest.raises(BadData, match="磁盘已满，请腾出空间再运行"):
        load(data)
    assert kept(data) == {"payments": 3}
    assert not list((data.parent / "store" / "scratch").iterdir())
    assert load(data).tables == {"payments": 60_003}


def test_no_room_left_to_spill_is_a_full_disk(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["qingfeng.screening.store.ingest"], "connect", narrow)
    with pytest.raises(BadData, match="磁盘已满"):
        load(data)
    assert kept(data) == {"payments": 3}


def narrow(*_: Any) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET threads = 1; SET memory_limit = '50MB'; SET max_temp_directory_size = '1KB'")
    return connection


def test_too_little_memory_is_one_sentence_and_what_was_loaded_stays(data: Path) -> None:
    with pytest.raises(BadData, match="内存不够，请用 --memory 给多一点再运行"):
        load(data, memory_limit="8MB")
    assert kept(data) == {"payments": 3}
    assert load(data).tables == {"payments": 60_003}


PEAK = """
import resource, sys
from pathlib import Path
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.store import ingest
made = ingest(Path(sys.argv[1]), Path(sys.argv[2]), keys=Keys(b"a made-up key of enough length"), memory_limit="200MB", threads=1)
print(sum(made.tables.values()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(resource, "RUSAGE_SELF"), reason="Linux tells the peak of a process")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for rows in (200_000, 1_000_000):
        folder = tmp_path / str(rows)
        folder.mkdir()
        write(folder / "低保.csv", rows, "gb18030")
        told = subprocess.run(
            [sys.executable, "-c", PEAK, str(folder), str(tmp_path / f"store{rows}")],
            capture_output=True, text=True, check=True,
        ).stdout.split()  # fmt: skip
        assert int(told[-2]) == rows
        peaks.append(int(told[-1]) / 1024)
    assert peaks[1] < peaks[0] + 150, f"{peaks} MiB at 200,000 and 1,000,000 rows"
