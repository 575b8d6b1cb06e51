"""The report page: what an officer must see of a run besides its hits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening.engine import hits, report
from qingfeng.screening.engine.basis import in_words
from qingfeng.screening.engine.rule import Rule
from qingfeng.screening.engine.run import Settings, run
from qingfeng.screening.engine.summary import RuleResult, Summary
from qingfeng.screening.engine.tests.drawn import AS_OF, HEAD, SELECT, case_at, plain_days, rule_at, store_of


def page_of(folder: Path, **told: Any) -> str:
    """The page of a run without hits."""
    path = folder / "report.html"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE SCHEMA {hits.LOCATED.partition('.')[0]}")
        hits.prepare(connection)
        connection.execute(f"CREATE TABLE {hits.LOCATED} ({hits.EVIDENCE_COLUMNS})")
        summary = Summary("2026-06-30", "duckdb", "2026-06-30T20:15:46+00:00", "1", **told)
        report.write(connection, path, summary, [])
    return path.read_text("utf-8")


def drawn_page(folder: Path, head: str = HEAD, select: str = SELECT) -> str:
    """The page of the small rule over its case."""
    rule: Rule = rule_at(folder, head=head, select=select)
    store = store_of(folder / "store", rule, case_at(folder))
    run(store, [rule], calendar=plain_days(), out=folder / "out", settings=Settings(AS_OF))
    return (folder / "out" / "report.html").read_text("utf-8")


def test_what_was_not_loaded_and_not_searched_stands_first_with_what_to_do(tmp_path: Path) -> None:
    files = [
        {"file": "好.csv", "status": "loaded"},
        {"file": "名单.xlsx", "sheet": "一", "status": "asked", "why": "看不出是哪张表"},
    ]
    skipped = RuleResult("C05", "1.0.0", "公告之后", 3, {}, status="skipped", why="缺少表：影像")
    page = page_of(tmp_path, files=files, rules=[skipped])
    first, rest = page.split("各规则结果", 1)
    assert "名单.xlsx · 一（待确认）：看不出是哪张表" in first and "mapping.yaml" in first
    assert "C05 公告之后（未运行）：缺少表：影像" in first and "再运行一次" in first
    assert "另有1张表页没有要更正的" in rest and rest.index("名单.xlsx") < rest.index("好.csv")
    assert "没有查到的部分" not in page_of(tmp_path, files=files[:1])


def test_many_rules_that_did_not_run_do_not_bury_the_files_that_are_asked_about(tmp_path: Path) -> None:
    doubted = {
        "file": "低保.csv",
        "status": "loaded",
        "doubts": ["没有“金额”这一列，是哪一列？"],
        "why": "没有“金额”",
    }
    skipped = [
        RuleResult(f"X{n}", "1.0.0", "甲", 1, {}, status="skipped", why="缺少表：乙") for n in range(13)
    ]
    few, many = (page_of(tmp_path, files=[doubted], rules=skipped[:count]) for count in (12, 13))
    assert "低保.csv：没有“金额”这一列，是哪一列？" in many
    assert (
        "<details open><summary>没有查的规则（12条）" in few
        and "<details><summary>没有查的规则（13条）" in many
    )


def test_money_has_its_unit_and_every_rule_says_that_its_hits_are_to_be_verified(tmp_path: Path) -> None:
    page = drawn_page(tmp_path)
    assert "金额（元）" in page and "1,200.50元" in page
    assert "疑点2条，均待核实" in page


def test_a_hit_of_one_record_is_read_in_a_line_instead_of_a_table_that_scrolls(tmp_path: Path) -> None:
    page = drawn_page(tmp_path)
    assert "记录内容：姓名 李*；发放日期 2026-04-10；金额（元） 600.00" in page
    assert "各行相同：姓名 张*" in page


def test_an_empty_value_is_not_shown(tmp_path: Path) -> None:
    noted = SELECT.replace("p.amount,", "p.amount, '' AS note,")
    page = drawn_page(tmp_path, HEAD.replace("values: {", "values: {note: {title: 摘要}, "), noted)
    assert "张*" in page and "摘要" not in page


def test_marks_of_how_far_a_ground_was_checked_are_written_out() -> None:
    assert (
        in_words("条例第四十条 [T]；筛查口径 [L]") == "条例第四十条（核对过条文）；筛查口径（以当地规定为准）"
    )
    assert in_words("本县办法第三条") == "本县办法第三条"
