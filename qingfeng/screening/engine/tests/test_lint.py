"""What lies outside the subset is refused with its line and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingfeng.screening.engine import lint
from qingfeng.screening.engine.invalid import RuleInvalid
from qingfeng.screening.engine.rule import find
from qingfeng.screening.engine.run import BUNDLED
from qingfeng.screening.engine.tests.drawn import HEAD, SELECT, rule_at

GRACE = "p.pay_date > add_days(d.death_date, $grace_days)"


def reasons(folder: Path, select: str) -> str:
    return "\n".join(fault.reason for fault in lint.faults(rule_at(folder, select=select)))


def test_the_small_rule_is_clean(tmp_path: Path) -> None:
    assert lint.faults(rule_at(tmp_path)) == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("p.pay_date > d.death_date + INTERVAL 30 DAY", "add_days"),
        ("p.pay_date - d.death_date > 30", "日期不能直接加减"),
        ("date_diff('year', d.death_date, p.pay_date) > 1", "age_on"),
        ("dayofweek(p.pay_date) = 0", "星期几"),
        ("p.amount / 3 > p.area / p.amount", "nullif"),
        ("p.amount % p.area = 0", "nullif"),
        ("regexp_matches(p.benefit, '低')", "不用正则"),
        ("levenshtein(p.name, d.name) < 2", "按字节数"),
        ("p.benefit NOT IN (SELECT d2.name FROM deaths d2)", "NOT EXISTS"),
        ("p.amount > $amount", "没有声明参数 \\$amount"),
        ("p.benefit = $words", "是名单"),
        ("p.amount IN $grace_days", "只是一个值"),
        ("p.pay_date < current_date", "as_of"),
        ("random() > 0.5", "随机"),
        ("getenv('HOME') = 'x'", "函数 getenv 不在可用之列"),
        ("TRY_CAST(p.benefit AS DATE) = p.pay_date", "TRY_CAST"),
        ("CAST(p.amount / 2 AS BIGINT) > 2", "舍入"),
        ("substr(p.benefit, 0, 2) = '低'", "起点"),
        ("p.amunt > 2", "没有列“amunt”"),
        ("q.amount > 2", "没有表名或别名“q”"),
        ("add_days(p.pay_date) > d.death_date", "要2个参数"),
        ("EXISTS (SELECT 1 FROM payroll r WHERE r.rec = p.rec)", "先写进 inputs"),
        ("EXISTS (SELECT 1 FROM pyroll r WHERE r.rec = p.rec)", "没有表“pyroll”"),
        ("EXISTS (SELECT 1 FROM param_nothing n)", "没有名为“nothing”的 table 参数"),
        ("EXISTS (SELECT 1 FROM read_csv('/etc/passwd'))", "不能读文件"),
        ("EXISTS (SELECT 1 FROM '/etc/passwd')", "不能读文件"),
        ("EXISTS (SELECT 1 FROM glob('*'))", "不能读文件"),
        ("EXISTS (SELECT 1 FROM information_schema.tables t)", "库名"),
    ],
)
def test_a_condition_outside_the_subset_is_refused(tmp_path: Path, condition: str, words: str) -> None:
    with pytest.raises(RuleInvalid, match=words):
        lint.check(rule_at(tmp_path, select=SELECT.replace(GRACE, condition)))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("SELECT p.person_key", "SELECT *, p.person_key", "不能用 \\*"),
        ("p.pay_date, p.amount", "p.pay_date", "没有输出列“amount”"),
        ("p.pay_date, p.amount", "p.pay_date, p.amount, p.village", "“village”在说明部分没有用到"),
        ("NOT has_word", "1 = 1 LIMIT 5 --", "漏掉命中"),
        ("p.pay_date, p.amount", "p.pay_date, row_number() OVER (ORDER BY p.pay_date) AS amount", "以 rec"),
        ("p.pay_date, p.amount", "p.pay_date, [p.amount][1] AS amount", "不用 \\[\\]"),
        ("SELECT p.person_key", "SELECT DISTINCT ON (p.name) p.person_key", "DISTINCT ON"),
        ("JOIN deaths", "ASOF JOIN deaths", "ASOF"),
    ],
)
def test_a_statement_outside_the_subset_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in SELECT
    with pytest.raises(RuleInvalid, match=words):
        lint.check(rule_at(tmp_path, select=SELECT.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("SELECT 1 AS a; SELECT 2 AS b", "现有2条"),
        ("COPY payments TO 'x.csv'", "只能写 SELECT"),
        ("ATTACH 'x.db'", "只能写 SELECT"),
        ("PRAGMA database_list", "只能写 SELECT"),
        ("SET threads = 1", "只能写 SELECT"),
        ("SELECT FROM WHERE", "语法有误|读不懂"),
        ("SELECT 'a", "没有配对"),
        ("", "现有0条"),
    ],
)
def test_what_is_not_one_select_is_refused(tmp_path: Path, statement: str, words: str) -> None:
    with pytest.raises(RuleInvalid, match=words):
        lint.check(rule_at(tmp_path, select=statement))


def test_a_loop_without_end_is_refused(tmp_path: Path) -> None:
    loop = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT n.i + 1 FROM n) " + SELECT
    assert "循环不止" in reasons(tmp_path, loop)


def test_a_refusal_tells_the_line_of_the_file(tmp_path: Path) -> None:
    rule = rule_at(tmp_path, select=SELECT.replace("p.pay_date, p.amount", "p.pay_date, p.amnt AS amount"))
    line = HEAD.count("\n") + 1
    with pytest.raises(RuleInvalid, match=f"x01.sql 第{line}行.*没有列“amnt”"):
        lint.check(rule)


def test_unknown_and_unused_tables_in_the_head_are_refused(tmp_path: Path) -> None:
    head = HEAD.replace("inputs: [payments, deaths]", "inputs: [payments, deaths, payroll, ghosts]")
    told = "\n".join(fault.reason for fault in lint.faults(rule_at(tmp_path, head=head)))
    assert "目录里没有表“ghosts”" in told and "表“payroll”写进了" in told


def test_a_masked_number_and_its_date_of_birth_are_not_shown_together(tmp_path: Path) -> None:
    head = HEAD.replace(
        "values: {", "values: {id_shown: {title: 号码}, born: {type: date, title: 出生日期}, "
    )
    select = SELECT.replace("p.amount,", "p.amount, p.id_shown, p.birth_date AS born,")
    found = lint.faults(rule_at(tmp_path, head=head, select=select))
    assert [(fault.line, "age_on" in fault.reason) for fault in found] == [(25, True)]
    alone = head.replace("id_shown: {title: 号码}, ", "")
    assert lint.faults(rule_at(tmp_path, head=alone, select=select.replace(" p.id_shown,", ""))) == []


def test_every_rule_of_ours_keeps_to_the_subset() -> None:
    told = [
        f"{rule.path.name} 第{fault.line}行：{fault.reason}"
        for rule in find(BUNDLED)
        for fault in lint.faults(rule)
    ]
    assert not told, "\n".join(told)
