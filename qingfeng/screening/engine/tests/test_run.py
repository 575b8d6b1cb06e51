"""A run raises hits with a lasting identity, keeps what is done, and says why a rule did not run."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from qingfeng.screening.cli import stopping as stopping_by_signal
from qingfeng.screening.engine import run as runs
from qingfeng.screening.engine.diff import difference
from qingfeng.screening.engine.direct import raised_by
from qingfeng.screening.engine.duckdb import OnDuckDB
from qingfeng.screening.engine.invalid import RuleInvalid
from qingfeng.screening.engine.outputs import neutral
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.run import Settings, run
from qingfeng.screening.engine.specs import cells
from qingfeng.screening.engine.specs.running import load_case
from qingfeng.screening.engine.summary import Summary
from qingfeng.screening.engine.tests.drawn import (
    AS_OF,
    HEAD,
    SELECT,
    SPEC,
    Folder,
    case_at,
    plain_days,
    rule_at,
    store_of,
)  # fmt: skip
from qingfeng.screening.engine.workplace import RUN_FILE, Workplace
from qingfeng.screening.errors import BadData
from qingfeng.screening.tests.room import no_file_above

SETTINGS = Settings(AS_OF, memory_limit="200MB", threads=1)


@pytest.fixture
def rule(tmp_path: Path) -> Rule:
    return rule_at(tmp_path)


@pytest.fixture
def store(tmp_path: Path, rule: Rule) -> Folder:
    return store_of(tmp_path / "store", rule, case_at(tmp_path))


def ran(store: Folder, rules: list[Rule], out: Path, **settings: Any) -> Summary:
    chosen = Settings(AS_OF, **{"memory_limit": "200MB", "threads": 1, **settings})
    return run(store, rules, settings=chosen, calendar=plain_days(), out=out)


def lines(out: Path) -> list[dict[str, str]]:
    with (out / "hits.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_leaves_hits_evidence_summary_and_page(tmp_path: Path, store: Folder, rule: Rule) -> None:
    out = tmp_path / "out"
    summary = ran(store, [rule], out)
    assert sorted(path.name for path in out.iterdir()) == [
        "evidence.parquet",
        "hits.csv",
        "report.html",
        "summary.json",
    ]
    alert, question = lines(out)
    assert (alert["kind"], alert["sum"], alert["rows"]) == ("alert", "1200.50", "2")
    assert alert["sentence"] == "张*：2026-03-10至2026-04-10发放2笔，合计1200.50元，请核实。"
    assert question["sentence"].startswith("先核实是否同一人：李*：2026-04-10发放1笔")
    told = json.loads((out / "summary.json").read_text("utf-8"))["rules"][0]
    assert (told["hits"], told["questions"], told["subjects"], told["sum"]) == (2, 1, 2, 1800.5)
    assert not summary.failed and (out / "hits.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_evidence_names_file_sheet_and_row_of_every_record(tmp_path: Path, store: Folder, rule: Rule) -> None:
    ran(store, [rule], tmp_path / "out")
    found = duckdb.execute(
        f'SELECT "table", file, "row", "values" FROM \'{tmp_path}/out/evidence.parquet\' WHERE rule = \'X01\''
        " ORDER BY hit_id, evidence_no, rec"
    ).fetchall()
    assert len(found) == 10
    assert {row[0] for row in found} == {"payments", "deaths"} and all(row[2] >= 2 for row in found)
    assert set(json.loads(found[0][3])) == {"姓名", "发放日期", "金额"}


def test_the_page_shows_each_hit_and_fetches_nothing(tmp_path: Path, store: Folder, rule: Rule) -> None:
    ran(store, [rule], tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "先核实身份" in page and "1,200.50元" in page and "惠民惠农补贴发放：payments.csv" in page
    assert "http" not in page and "src=" not in page
    assert "〔姓名〕：〔首次日期〕至〔末次日期〕" in page


def test_identity_and_fingerprint_last_over_runs_and_follow_the_values(
    tmp_path: Path, store: Folder, rule: Rule
) -> None:
    ran(store, [rule], tmp_path / "one")
    ran(store, [rule], tmp_path / "two")
    assert lines(tmp_path / "one") == lines(tmp_path / "two")
    shuffled = SPEC.replace(
        "| 甲 | 张甲 | 2026-01-02 |\n| 甲 | 张甲 | 2026-01-03 |",
        "| 甲 | 张甲 | 2026-01-03 |\n| 甲 | 张甲 | 2026-01-02 |",
    )
    again = store_of(tmp_path / "again", rule, case_at(tmp_path, shuffled))
    ran(again, [rule], tmp_path / "three")
    assert [hit["fingerprint"] for hit in lines(tmp_path / "three")] == [
        hit["fingerprint"] for hit in lines(tmp_path / "one")
    ]


def test_a_difference_tells_new_gone_grown_and_reopened(tmp_path: Path, store: Folder, rule: Rule) -> None:
    ran(store, [rule], tmp_path / "one")
    line = "| 甲 | 张甲 | 低保 | 2026-04-10 | 600.5 |\n"
    more = SPEC.replace(line, line + line.replace("04-10", "05-10") + line.replace("04-10", "06-10"))
    more = more.replace(
        "| 乙 | 李乙 | 低保 | 2026-04-10 | 600 |", "| 丙 | 王丙 | 低保 | 2026-04-10 | 600 |"
    ).replace("乙? | 李乙", "丙 | 王丙")
    ran(store_of(tmp_path / "more", rule, case_at(tmp_path, more)), [rule], tmp_path / "two")
    found = difference(tmp_path / "one", tmp_path / "two")
    assert {key: count for key, count in found.counts().items() if count} == {
        "new": 1,
        "gone": 1,
        "grown": 1,
        "reopened": 1,
    }
    back = difference(tmp_path / "two", tmp_path / "one")
    assert back.counts()["shrunk"] == 1 and back.counts()["reopened"] == 0
    same = difference(tmp_path / "one", tmp_path / "one")
    assert same.counts()["unchanged"] == 2 and same.as_dict()["changes"] == []


def test_a_little_growth_does_not_reopen(tmp_path: Path, store: Folder, rule: Rule) -> None:
    ran(store, [rule], tmp_path / "one")
    line = "| 甲 | 张甲 | 低保 | 2026-04-10 | 600.5 |\n"
    more = SPEC.replace(line, line + line.replace("04-10", "05-10"))
    ran(store_of(tmp_path / "more", rule, case_at(tmp_path, more)), [rule], tmp_path / "two")
    assert difference(tmp_path / "one", tmp_path / "two").counts()["grown"] == 1
    assert difference(tmp_path / "one", tmp_path / "two").counts()["reopened"] == 0


def test_a_missing_table_or_column_is_named_and_the_others_run(
    tmp_path: Path, store: Folder, rule: Rule
) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    head = HEAD.replace("X01", "X02").replace(
        "inputs: [payments, deaths]", "inputs: [payments, deaths, payroll]"
    )
    lacking = rule_at(
        folder,
        head=head,
        select=SELECT + " AND EXISTS (SELECT 1 FROM payroll r WHERE r.person_key = p.person_key)",
    )
    needy = rule_at(
        folder,
        head=HEAD.replace("X01", "X03").replace("inputs:", "needs: {payments: [account]}\ninputs:"),
        name="x03.sql",
    )
    summary = ran(store, [lacking, needy, rule], tmp_path / "out")
    assert [(r.status, r.why) for r in summary.rules] == [
        ("skipped", "缺少表：财政供养人员工资"), ("skipped", "缺少列：惠民惠农补贴发放“银行账号”"), ("done", ""),
    ]  # fmt: skip
    assert not summary.failed


def test_a_rule_without_any_of_its_ways_to_find_something_says_what_it_would_take(
    tmp_path: Path, store: Folder
) -> None:
    head = HEAD.replace("inputs: [payments, deaths]", "inputs: [payments, deaths]\noptional: [payroll]")
    ways = "either:\n  - [payroll.person_key]\n  - [payments.account, deaths.death_date]\n"
    select = SELECT + " AND NOT EXISTS (SELECT 1 FROM payroll r WHERE r.person_key = p.person_key)"
    rule = rule_at(tmp_path, select=select, head=head.replace("inputs:", f"{ways}inputs:"))
    result = ran(store, [rule], tmp_path / "out").rules[0]
    assert result.status == "skipped" and result.hits == 0
    assert result.why == ("缺少可以比对的内容，还要有：表“财政供养人员工资”；或者惠民惠农补贴发放“银行账号”")
    either = rule_at(
        tmp_path, select=select, head=head.replace("inputs:", f"{ways}  - [deaths.death_date]\ninputs:")
    )
    assert ran(store, [either], tmp_path / "two").rules[0].hits == 2


def test_an_optional_table_may_be_missing(tmp_path: Path, store: Folder, rule: Rule) -> None:
    head = HEAD.replace("inputs: [payments, deaths]", "inputs: [payments, deaths]\noptional: [payroll]")
    select = SELECT + " AND NOT EXISTS (SELECT 1 FROM payroll r WHERE r.person_key = p.person_key)"
    assert ran(store, [rule_at(tmp_path, head=head, select=select)], tmp_path / "out").rules[0].hits == 2


def test_a_rule_that_breaks_off_says_so_and_the_others_go_on(
    tmp_path: Path, store: Folder, rule: Rule
) -> None:
    broken = rule_at(
        tmp_path, head=HEAD.replace("X01", "X02"), name="x02.sql",
        select=SELECT.replace("p.amount,", "CAST(p.name AS BIGINT) AS amount,"),
    )  # fmt: skip
    summary = ran(store, [broken, rule], tmp_path / "out")
    assert summary.failed and [r.status for r in summary.rules] == ["failed", "done"]
    assert "SQL 运行出错" in summary.rules[0].why and len(lines(tmp_path / "out")) == 2


SLOW = SELECT.replace(
    "WHERE",
    "CROSS JOIN payments a CROSS JOIN payments b CROSS JOIN payments c WHERE a.rec + b.rec + c.rec < 0 AND",
)


def many(folder: Path) -> Folder:
    """Payments enough to cross join for hours."""
    with duckdb.connect() as connection:
        for path in (folder / "payments").glob("*.parquet"):
            connection.execute(
                f"CREATE TABLE t AS SELECT p.* REPLACE (r.range AS rec) FROM '{path}' p, range(2000) r"
            )
            connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return Folder(folder, ("payments", "deaths"))


def test_a_rule_is_broken_off_at_its_time_limit(tmp_path: Path, store: Folder) -> None:
    slow = rule_at(tmp_path, select=SLOW)
    summary = ran(many(store.path), [slow], tmp_path / "out", time_limit=0.1)
    assert summary.rules[0].status == "failed" and "已中断" in summary.rules[0].why


@pytest.mark.slow
def test_a_signal_in_the_middle_of_a_statement_keeps_what_is_done(
    tmp_path: Path, store: Folder, rule: Rule
) -> None:
    slow = rule_at(tmp_path, head=HEAD.replace("X01", "X02"), select=SLOW, name="x02.sql")
    folder = many(store.path)
    with stopping_by_signal():
        threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
        summary = ran(folder, [slow], tmp_path / "out", time_limit=60)
    assert summary.interrupted and summary.rules[0].why == "中断，未运行"
    assert (tmp_path / "out" / "report.html").exists()


class Stopping(OnDuckDB):
    """Is stopped in the second rule."""

    def find(self, rule: Rule, values: Any, as_of: date, into: str) -> None:
        if rule.id == "X02":
            raise KeyboardInterrupt
        super().find(rule, values, as_of, into)


@contextmanager
def stopping(place: Workplace) -> Iterator[Stopping]:
    yield Stopping(place.connection)


def test_a_stopped_run_keeps_what_is_done_and_resumes(
    tmp_path: Path, store: Folder, rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = rule_at(tmp_path, head=HEAD.replace("X01", "X02"), name="x02.sql")
    third = rule_at(tmp_path, head=HEAD.replace("X01", "X03"), name="x03.sql")
    out = tmp_path / "out"
    stopped = run(store, [rule, second, third], settings=SETTINGS, calendar=(), out=out, engine=stopping)
    assert [(r.status, r.why) for r in stopped.rules[1:]] == [("skipped", "中断，未运行")] * 2
    assert stopped.failed and {hit["rule"] for hit in lines(out)} == {"X01"}
    found: list[str] = []
    monkeypatch.setattr(runs, "finish", lambda connection, rule, values, raw: found.append(rule.id))
    resumed = ran(store, [rule, second, third], out, resume=True)
    assert found == ["X02", "X03"] and not resumed.failed
    assert {hit["rule"] for hit in lines(out)} == {"X01", "X02", "X03"} and not (out / ".run.duckdb").exists()


@pytest.mark.parametrize(
    "step", ["qingfeng.screening.engine.run.Workplace", "qingfeng.screening.engine.outputs.write"]
)
def test_a_full_disk_keeps_the_finished_rules(
    tmp_path: Path, store: Folder, rule: Rule, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    out = tmp_path / "out"
    place, name = step.rsplit(".", 1)
    does = getattr(sys.modules[place], name)

    def on_a_full_disk(*given: Any, **named: Any) -> Any:
        with no_file_above(3_000):
            return does(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(sys.modules[place], name, on_a_full_disk)
        with pytest.raises(BadData, match="磁盘空间不足.*--resume 继续.*已跑完的规则都留着"):
            ran(store, [rule], out)
    summary = ran(store, [rule], out, resume=True)
    assert [one.status for one in summary.rules] == ["done"] and len(lines(out)) == 2


def test_too_little_memory_is_told_and_the_other_rules_go_on(
    tmp_path: Path, store: Folder, rule: Rule
) -> None:
    class Greedy(OnDuckDB):
        def find(self, rule: Rule, values: Any, as_of: date, into: str) -> None:
            self.rule = rule
            super().find(rule, values, as_of, into)

        def _aside(self, sql: str) -> None:
            much = "CREATE TEMP TABLE much AS SELECT list(range) FROM range(100_000_000)"
            super()._aside(much if self.rule.id == "X02" else sql)

    greedy = rule_at(tmp_path, head=HEAD.replace("X01", "X02"), name="x02.sql")
    settings = Settings(AS_OF, memory_limit="50MB", threads=1)
    summary = run(
        store, [greedy, rule], settings=settings, calendar=plain_days(), out=tmp_path / "out",
        engine=lambda place: nullcontext(Greedy(place.connection)),
    )  # fmt: skip
    assert [one.status for one in summary.rules] == ["failed", "done"]
    assert "内存不够：请用 --memory 放宽限额" in summary.rules[0].why


def test_resume_runs_anew_what_has_other_parameters(tmp_path: Path, store: Folder, rule: Rule) -> None:
    second = rule_at(tmp_path, head=HEAD.replace("X01", "X02"), name="x02.sql")
    run(store, [rule, second], settings=SETTINGS, calendar=(), out=tmp_path / "out", engine=stopping)
    resumed = ran(
        store, [rule, second], tmp_path / "out", resume=True, overrides={"X01": {"grace_days": 400}}
    )
    assert [r.hits for r in resumed.rules] == [0, 2]


def test_a_parameter_of_a_rule_that_does_not_run_is_refused(
    tmp_path: Path, store: Folder, rule: Rule
) -> None:
    with pytest.raises(RuleInvalid, match="没有规则“X09”"):
        ran(store, [rule], tmp_path / "out", overrides={"X09": {"a": 1}})


def test_a_rule_that_counts_working_days_is_skipped_beyond_the_known_years(
    tmp_path: Path, store: Folder
) -> None:
    rule = rule_at(
        tmp_path, head=HEAD.replace("inputs: [payments, deaths]", "inputs: [payments, deaths, calendar]"),
        select=SELECT.replace("WHERE", "JOIN calendar c ON c.day = p.pay_date WHERE c.is_workday AND"),
    )  # fmt: skip
    summary = run(
        store,
        [rule],
        settings=Settings(date(2030, 1, 1), threads=1),
        calendar=plain_days(),
        out=tmp_path / "out",
    )
    assert "缺少2030年的放假安排" in summary.rules[0].why
    assert ran(store, [rule], tmp_path / "two").rules[0].hits == 2


def test_a_rule_reaches_no_file_outside_the_store(tmp_path: Path, store: Folder) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    place = Workplace(tmp_path / "out", store, plain_days())
    with pytest.raises(duckdb.PermissionException):
        place.connection.execute(f"SELECT * FROM read_csv('{tmp_path}/secret.csv')")
    with pytest.raises(duckdb.Error):
        place.connection.execute("SET enable_external_access = true")
    place.close(keep=False)


def test_a_run_does_not_sweep_away_another_that_is_at_work(tmp_path: Path, store: Folder, rule: Rule) -> None:
    out = tmp_path / "out"
    out.mkdir()
    holds = f"import duckdb; held = duckdb.connect({str(out / RUN_FILE)!r}); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", holds], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout and other.stdout.readline()
        for resume in (False, True):
            with pytest.raises(BadData, match="另一次运行正在写"):
                ran(store, [rule], out, resume=resume)
        other.communicate("\n")
    assert ran(store, [rule], out).rules[0].hits == 2


def test_no_cell_of_the_list_is_a_formula() -> None:
    assert neutral("=1+1") == "'=1+1" and neutral("-甲") == "'-甲" and neutral("@a") == "'@a"
    assert neutral("-Ab3_dEf-hIj") == "-Ab3_dEf-hIj" and neutral(None) == "" and neutral(3) == 3


def test_one_rule_over_tables_at_hand_gives_its_hits_as_objects(tmp_path: Path, rule: Rule) -> None:
    with duckdb.connect() as connection:
        load_case(connection, rule, case_at(tmp_path), cells.Cells())
        found = raised_by(connection, rule, as_of=AS_OF)
    assert sorted(hit.kind for hit in found) == ["alert", "question"]
    assert {line.table for hit in found for line in hit.evidence} == {"payments", "deaths"}
