"""`qingfeng screen` from the outside: what it prints, and with which exit code it leaves."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import typer
from typer.testing import CliRunner, Result

from qingfeng.screening import opening, options
from qingfeng.screening.cli import commands, refusals
from qingfeng.screening.engine.specs.cells import identity_number
from qingfeng.screening.engine.tests.drawn import HEAD, SELECT, SPEC, plain_days
from qingfeng.screening.errors import BadData
from qingfeng.screening.store import Store

NUMBER = identity_number("甲", date(1940, 3, 2))
PAYMENTS = f"""姓名,身份证号,补贴项目,发放日期,金额
张甲,{NUMBER},低保,2026-03-10,600
"""
DEATHS = f"""姓名,身份证号,死亡日期
张甲,{NUMBER},2026-01-02
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QINGFENG_HOME", str(tmp_path / "home"))
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "惠民惠农补贴发放.csv").write_text(PAYMENTS, encoding="utf-8")
    (folder / "死亡人员.csv").write_text(DEATHS, encoding="utf-8")
    rules = tmp_path / "own"
    rules.mkdir()
    (rules / "x01.sql").write_text(HEAD + SELECT, encoding="utf-8")
    (rules / "x01.spec.md").write_text(SPEC, encoding="utf-8")
    return folder


def screen(*words: object) -> Result:
    return CliRunner().invoke(commands(plain_days), [str(word) for word in words])


@pytest.mark.slow
def test_from_files_to_hits_and_the_clear_values_behind_one(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    own = tmp_path / "own" / "x01.sql"
    done = screen(
        "run", "--data", data, "--rules", own, "--as-of", "2026-06-30", "--out", out, "--threads", 1
    )
    assert done.exit_code == 0, done.output
    told = json.loads((out / "summary.json").read_text("utf-8"))
    assert told["rules"][0]["hits"] == 1 and told["tables"] == {"deaths": 1, "payments": 1}
    assert len(told["files"]) == 2 and (tmp_path / "home" / "screen.key").stat().st_mode & 0o077 == 0
    hit = (out / "hits.csv").read_text("utf-8-sig").splitlines()[1].split(",")[0]
    assert "张甲" not in (out / "report.html").read_text("utf-8")
    opened = screen("open", hit, "--out", out, "--data", data, "--reason", "核对本人")
    assert opened.exit_code == 0 and NUMBER in opened.output and "张甲" in opened.output
    assert (out / "opened.log").read_text("utf-8").strip().endswith(f"{hit}\t核对本人")
    assert screen("diff", out, out).output.startswith("新增0，不再出现0，增加0，减少0，内容有变0，未变1")
    changed = screen(
        "run",
        "--data",
        data,
        "--rules",
        own,
        "--as-of",
        "2026-06-30",
        "--out",
        out,
        "--param",
        "x01.grace_days=100",
    )
    assert (
        changed.exit_code == 0
        and json.loads((out / "summary.json").read_text("utf-8"))["rules"][0]["hits"] == 0
    )


@pytest.mark.slow
def test_what_is_to_be_asked_back_is_said_by_the_check_the_run_and_the_report(
    data: Path, tmp_path: Path
) -> None:
    more = f"李乙,,低保,2026-03-10,600\n张甲,{NUMBER},低保,2026-12-10,600\n"
    (data / "惠民惠农补贴发放.csv").write_text(PAYMENTS + more, encoding="utf-8")
    checked = screen("check", "--data", data, "--as-of", "2026-06-30")
    assert checked.exit_code == 0 and "数据质量：" in checked.output
    assert "1 行（共 3 行）没有身份证号（如 惠民惠农补贴发放.csv 第3行）" in checked.output
    assert "1 行的发放日期晚于 2026-06-30（如 惠民惠农补贴发放.csv 第4行）" in checked.output
    told = json.loads(screen("check", "--data", data, "--as-of", "2027-06-30", "--json").stdout)
    assert [one["kind"] for one in told["findings"]] == ["missing_id"]
    out, own = tmp_path / "out", tmp_path / "own" / "x01.sql"
    screen("run", "--data", data, "--rules", own, "--as-of", "2026-06-30", "--out", out, "--threads", 1)
    kept = json.loads((out / "summary.json").read_text("utf-8"))["quality"]
    assert [one["kind"] for one in kept] == ["missing_id", "future_date"]
    assert "1 行的发放日期晚于 2026-06-30" in (out / "report.html").read_text("utf-8")


def test_a_rule_file_is_tested_and_explained(data: Path, tmp_path: Path) -> None:
    rule = tmp_path / "own" / "x01.sql"
    assert screen("test", rule).output.startswith("✓ x01 两笔，死亡登记两次")
    (tmp_path / "own" / "x01.spec.md").write_text(SPEC.replace("1200.50", "1200"), encoding="utf-8")
    failed = screen("test", rule)
    assert failed.exit_code == 1 and "应有而没有的命中：subject 甲" in failed.output
    told = screen("explain", rule, "--as-of", "2026-06-30").output
    assert "惠民惠农补贴发放：" in told and "x01.limit 限额 = 200.5" in told and "FROM payments p" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--rules", "z99"], "没有这条规则"),
        (["--rules", "nowhere.sql"], "打不开"),
        (["--as-of", "昨天"], "应写成 2026-06-30"),
        (["--param", "grace=1"], "规则.参数=值"),
        (["--param", "a01.nothing=1"], "没有参数“nothing”"),
        (["--engine", "abacus"], "只有 duckdb 和 spark"),
        (["--key", "nowhere.key"], "找不到密钥文件"),
        (["--own", "nowhere"], "找不到这个规则文件夹"),
        (["--settings", "nowhere.yaml"], "打不开这个参数文件"),
        (["--param", "a01.grace_days=十"], "应是整数"),
        (["--memory", "很多"], "应写成 2GB"),
        (["--threads", "-1"], "至少是 1"),
        (["--time-limit", "0"], "大于 0"),
    ],
)
def test_bad_words_are_answered_in_a_sentence_with_exit_code_2(
    data: Path, tmp_path: Path, words: list[str], told: str
) -> None:
    done = screen("run", "--data", data, "--out", tmp_path / "out", "--rules", "a01", *words)
    assert done.exit_code == 2 and told in done.output


@pytest.mark.parametrize(
    ("option", "told"),
    [("--data", "这是一个文件；--data 要写放数据的文件夹"), ("--out", "建不了这个文件夹")],
)
def test_a_file_in_place_of_a_folder_is_told_before_anything_is_loaded(
    data: Path, tmp_path: Path, option: str, told: str
) -> None:
    file = data / "死亡人员.csv"
    given = {"--data": data, "--out": tmp_path / "out", option: file}
    done = screen("run", *(word for pair in given.items() for word in pair), "--rules", "a01")
    assert done.exit_code == 2 and told in done.output and not (data / ".screen-store").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "--data", "x"], "--out（结果文件夹）：没有写。"),
        (["diff", "结果"], "OUT2（后一次的结果文件夹）：没有写。"),
        (["sample", "--people", "许多"], "--people（多少人）：写得不对"),
    ],
)
def test_a_command_written_wrongly_is_answered_in_a_sentence(words: list[str], told: str) -> None:
    done = screen(*words)
    assert done.exit_code == 2 and done.output.startswith(told) and "--help" in done.output


def test_a_folder_of_which_nothing_is_known_says_so_instead_of_finding_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "杂"
    folder.mkdir()
    (folder / "乱.csv").write_text("甲乙,丙丁\n1,2\n", encoding="utf-8")
    for words in (["check"], ["run", "--out", tmp_path / "out"]):
        done = screen(*words, "--data", folder)
        assert done.exit_code == 2 and "没有一个文件认出是标准表" in done.output and "乱.csv" in done.output


def test_a_settings_file_may_speak_of_rules_that_rest_but_not_of_rules_that_are_none(tmp_path: Path) -> None:
    file = tmp_path / "参数.yaml"
    file.write_text("a01: {grace_days: 9}\nA02: {x: 1}\nz99: {y: 1}\n", encoding="utf-8-sig")
    told = options.overrides(["a01.limit=3"], file, ["A01"], ["A01", "A02"])
    assert told == {"A01": {"grace_days": 9, "limit": "3"}, "Z99": {"y": 1}}


def test_a_sample_of_nobody_or_into_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    assert "至少是 1" in screen("sample", "--people", "0", "--out", tmp_path / "a").output
    refused = screen("sample", "--people", "1", "--out", tmp_path / "文件")
    assert refused.exit_code == 2 and "建不了这个文件夹" in refused.output


def test_a_disk_that_fills_up_anywhere_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for error, told in (
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘：磁盘没有空间了"),
        (PermissionError(errno.EACCES, "Permission denied", "甲.xlsx"), "甲.xlsx：不能读或不能写"),
    ):
        with pytest.raises(typer.Exit) as left, refusals():
            raise error
        assert left.value.exit_code == 2 and told in capsys.readouterr().err


def test_a_record_that_changed_places_since_is_not_opened(tmp_path: Path) -> None:
    evidence = tmp_path / "out" / "evidence.parquet"
    evidence.parent.mkdir()
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT 'H1' AS hit_id, 'deaths' AS \"table\", 7 AS rec, '甲.csv' AS file, NULL::VARCHAR AS sheet, 2 AS \"row\")"
            f" TO '{evidence}' (FORMAT parquet)"
        )
    places = {"kept": ("甲.csv", 2), "moved": ("乙.csv", 2)}
    for name, (file, row) in places.items():
        vault = OneRecord(file, row)
        if name == "kept":
            assert [line["姓名"] for line in opening.opened(vault, evidence.parent, "H1", "核对")] == ["张甲"]
        else:
            with pytest.raises(BadData, match="重新装载过"):
                list(opening.opened(vault, evidence.parent, "H1", "核对"))
    log = (evidence.parent / "opened.log").read_text("utf-8")
    assert log.count("\n") == 1 and log.endswith("H1\t核对\n")


class OneRecord(Store):
    """A store of one record, standing somewhere."""

    tables = {"deaths": 1}

    def __init__(self, file: str, row: int) -> None:
        self.place = (file, row)

    def connect(self, **_: object) -> duckdb.DuckDBPyConnection:
        """The record's place."""
        connection = duckdb.connect()
        connection.execute(
            "CREATE TABLE deaths AS SELECT 7 AS rec, ? AS source_file, NULL::VARCHAR AS source_sheet, ? AS source_row",
            self.place,
        )
        return connection

    def reveal(self, name: str, recs: Iterable[int]) -> list[dict[str, Any]]:
        """Its clear value."""
        return [{"name": "张甲"} for _ in recs]


def test_a_folder_that_is_no_result_cannot_be_compared(tmp_path: Path) -> None:
    done = screen("diff", tmp_path, tmp_path)
    assert done.exit_code == 2 and "summary.json" in done.output


def test_tables_and_rules_are_listed(tmp_path: Path) -> None:
    assert "payments 惠民惠农补贴发放" in screen("explain", "--tables").output
    listed = json.loads(screen("rules", "--json").output)
    assert {"A01", "E01"} <= {rule["id"] for rule in listed}


@pytest.mark.spark
@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_the_command_finds_the_same_on_spark_as_on_duckdb(data: Path, tmp_path: Path) -> None:
    own, told = tmp_path / "own" / "x01.sql", []
    for engine in ("duckdb", "spark"):
        out = tmp_path / engine
        done = screen(
            "run", "--data", data, "--rules", own, "--as-of", "2026-06-30", "--out", out, "--engine", engine
        )
        assert done.exit_code == 0, done.output
        told.append((out / "hits.csv").read_bytes())
        assert json.loads((out / "summary.json").read_text("utf-8"))["engine"] == engine
    assert told[0] == told[1] and told[0].count(b"\n") == 2
