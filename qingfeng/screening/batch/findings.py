"""What the rules found about each row of the batch, in words with the evidence: table, file, row, date."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from qingfeng.screening import catalogue
from qingfeng.screening.batch.rows import FIRST_REC, PAYMENTS, BatchRow
from qingfeng.screening.engine.rule import Rule

PAY, VERIFY, WHO = "可付", "先核实", "身份待确认"
ID_TITLE = "身份证号"
# So many pieces of evidence are written out; how many more there are is said.
WRITTEN_OUT = 3
MARKS = "①②③④⑤⑥⑦⑧⑨⑩"
# What the row itself says already.
OWN_TITLES = frozenset(
    {
        "姓名",
        "领取人",
        "身份证号",
        "村社区",
        "补贴项目",
        "发放日期",
        "发放金额",
        "金额",
        "账户户名",
        "所属月份",
    }
)


@dataclass
class Finding:
    """One rule about one row: the hit's sentence, whether only a question, and where the evidence lies."""

    rule: Rule
    question: bool
    sentence: str
    score: int
    values: dict[str, str] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        values = "，".join(f"{title}{value}" for title, value in self.values.items())
        places = "；".join(self.places[:WRITTEN_OUT])
        more = f"；等{len(self.places)}处" if len(self.places) > WRITTEN_OUT else ""
        evidence = "。".join(part for part in (values, f"见{places}{more}" if places else "") if part)
        return f"{self.rule.title}（{self.rule.id}）：{self.sentence}" + (
            f"依据：{evidence}。" if evidence else ""
        )


def of_rows(connection: DuckDBPyConnection, rules: Mapping[str, Rule]) -> dict[int, list[Finding]]:
    """For each record of the batch its findings, the strongest first."""
    own = connection.execute(
        "WITH own AS (SELECT rec, hit_id, list(evidence_no ORDER BY evidence_no) AS numbers, "
        'arg_min("values", evidence_no) AS "values" FROM evidence '
        f"WHERE \"table\" = '{PAYMENTS}' AND rec >= {FIRST_REC} GROUP BY rec, hit_id) "
        'SELECT o.rec, h.rule, o.hit_id, o.numbers, h.kind, h.sentence, h.score, o."values" '
        "FROM own o JOIN hits h USING (hit_id) ORDER BY o.rec, o.hit_id"
    ).fetchall()
    beside = _beside(connection)
    found: dict[int, list[Finding]] = defaultdict(list)
    for rec, rule, hit, numbers, kind, sentence, score, values in own:
        finding = Finding(rules[rule], kind == "question", sentence, score, _values(values))
        for number in dict.fromkeys(numbers):
            others = beside.get((hit, number), []) or beside.get((hit, 0), [])
            finding.places += [
                place for other, place in others if other != rec and place not in finding.places
            ]
        found[rec].append(finding)
    return {
        rec: sorted(of_rec, key=lambda one: (one.question, -one.score, one.rule.id))
        for rec, of_rec in found.items()
    }


def _beside(connection: DuckDBPyConnection) -> dict[tuple[str, int], list[tuple[int, str]]]:
    """The records of each piece of evidence; under number 0 all that a hit about the batch rests on."""
    rows = connection.execute(
        "WITH beside AS (SELECT e.* FROM evidence e SEMI JOIN (SELECT hit_id FROM evidence "
        f'WHERE "table" = \'{PAYMENTS}\' AND rec >= {FIRST_REC}) b USING (hit_id) WHERE e."table" IS NOT NULL), '
        # Joined by two columns that are equal: a condition on one side alone would compare every pair.
        f"paid AS (SELECT '{PAYMENTS}' AS \"table\", rec, pay_date FROM {PAYMENTS}) "
        'SELECT hit_id, evidence_no, rec, "table", file, sheet, "row", pay_date FROM beside '
        'LEFT JOIN paid USING ("table", rec) ORDER BY hit_id, evidence_no'
    ).fetchall()
    titles = {name: catalogue.table(name).title for name in {row[3] for row in rows}}
    several = Counter((hit, number) for hit, number, *_ in rows)
    beside: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for hit, number, rec, table, file, sheet, row, day in rows:
        place = f"{titles[table]} {file}{f'“{sheet}”' if sheet else ''}第{row}行{f'（{day}）' if day else ''}"
        key = (hit, number if several[hit, number] > 1 else 0)
        beside[key].append((rec if table == PAYMENTS else -1, place))
    return beside


def _values(written: str) -> dict[str, str]:
    values = json.loads(written)
    return {
        title: str(value)
        for title, value in values.items()
        if value not in (None, "") and title not in OWN_TITLES
    }


def told(row: BatchRow, found: Sequence[Finding], identified: tuple[int, str] | None) -> tuple[str, str, str]:
    """The three added cells of a row."""
    doubts, verify = _identity(row, identified)
    doubts += [f"{title}读不出：{reason}" for title, reason in row.faults if title != ID_TITLE]
    unreadable = any(title != ID_TITLE for title, _ in row.faults)
    if unreadable:
        verify.append("按原始凭证更正读不出的内容后重新核查")
    advice = _advice(row, found, unreadable=unreadable)
    doubts += [str(finding) for finding in found]
    for finding in found:
        verify += finding.rule.verify
    return advice, _numbered(doubts), _numbered(list(dict.fromkeys(verify)))


def _advice(row: BatchRow, found: Sequence[Finding], *, unreadable: bool) -> str:
    if unreadable or any(not finding.question for finding in found):
        return VERIFY
    if found or row.stored["person_key"] is None:
        return WHO
    return PAY


def _identity(row: BatchRow, identified: tuple[int, str] | None) -> tuple[list[str], list[str]]:
    """What is wrong with the number, and whom it may mean."""
    if row.stored["person_key"] is not None:
        return [], []
    wrong = next((reason for title, reason in row.faults if title == ID_TITLE), "没有身份证号")
    doubts = [f"{ID_TITLE}：{wrong}，身份未确认" if wrong != "没有身份证号" else "没有身份证号，身份未确认"]
    if identified:
        tier, why = identified
        doubts[0] += (
            f"；已载入数据中有{'同名且证号只差一处的人' if tier == 2 else '疑似同一人'}（{why}），以下按此人核查"
        )
    return doubts, ["核对身份证原件，更正证号"]


def _numbered(texts: Sequence[str]) -> str:
    if len(texts) < 2:
        return "".join(texts)
    return "\n".join(
        f"{MARKS[place] if place < len(MARKS) else '·'}{text}" for place, text in enumerate(texts)
    )
