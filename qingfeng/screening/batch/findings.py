"""What the rules found about each row of the batch, in words with the evidence: table, file, row, date."""

from __future__ import annotations

import functools
import itertools
import json
import operator
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from qingfeng.screening import catalogue
from qingfeng.screening.batch.rows import FIRST_REC, PAYMENTS, BatchRow
from qingfeng.screening.engine.rule import Rule

PAY, VERIFY, WHO = "可付", "先核实", "身份待确认"
ID_TITLE = "身份证号"
NOBODY_LOOKED = "没有一条规则查得了这份名单，原因见“核查说明”"
# So many pieces of evidence are written out; how many more there are is said.
WRITTEN_OUT = 3
# Up to so many are told apart one by one.
FEW = 50
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
    # The first places of its evidence, and how many there are in all.
    places: list[str] = field(default_factory=list)
    in_all: int = 0

    def __str__(self) -> str:
        values = "，".join(f"{title}{value}" for title, value in self.values.items())
        places = "；".join(self.places)
        more = f"；等{self.in_all}处" if self.in_all > len(self.places) else ""
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
        keys = dict.fromkeys((hit, number if (hit, number) in beside else 0) for number in numbers)
        groups = [beside.get(key, NONE) for key in keys]
        finding.places, finding.in_all = _elsewhere(groups, rec)
        found[rec].append(finding)
    return {
        rec: sorted(of_rec, key=lambda one: (one.question, -one.score, one.rule.id))
        for rec, of_rec in found.items()
    }


def _elsewhere(groups: Sequence[Records], rec: int) -> tuple[list[str], int]:
    """The first places of the records beside this one, and how many places there are."""
    if len(groups) == 1 and len(groups[0].listed) > FEW:
        return groups[0].first(rec), groups[0].places - 1
    told = list(dict.fromkeys(place for group in groups for place in group.others(rec)))
    return told[:WRITTEN_OUT], len(told)


@dataclass
class Records:
    """The records of one piece of evidence, or all that a hit rests on, each with its place."""

    listed: list[tuple[int, str]] = field(default_factory=list)

    @functools.cached_property
    def places(self) -> int:
        return len({place for _, place in self.listed})

    def first(self, rec: int) -> list[str]:
        """The first places of all but this one."""
        told: dict[str, None] = {}
        for place in self.others(rec):
            told[place] = None
            if len(told) == WRITTEN_OUT:
                break
        return list(told)

    def others(self, rec: int) -> Iterator[str]:
        """The places of all but this one."""
        return (place for other, place in self.listed if other != rec)


NONE = Records()


def _beside(connection: DuckDBPyConnection) -> dict[tuple[str, int], Records]:
    """The records of each piece of evidence; under number 0 all that a hit about the batch rests on."""
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE told AS SELECT hit_id, evidence_no, "table", rec FROM evidence '
        f"SEMI JOIN (SELECT hit_id FROM evidence WHERE \"table\" = '{PAYMENTS}' AND rec >= {FIRST_REC}) "
        'USING (hit_id) WHERE "table" IS NOT NULL ORDER BY evidence.rowid'
    )
    tables = connection.execute('SELECT DISTINCT "table" FROM told').fetchall()
    places = {name: _places(connection, name) for (name,) in tables}
    rows = connection.execute('SELECT hit_id, evidence_no, "table", rec FROM told ORDER BY rowid').fetchall()
    beside: dict[tuple[str, int], Records] = defaultdict(Records)
    for (hit, number), together in itertools.groupby(rows, key=operator.itemgetter(0, 1)):
        listed = [
            (rec if table == PAYMENTS else -1, places[table][rec])
            for _, _, table, rec in together
            if rec in places[table]
        ]
        beside[hit, number if len(listed) > 1 else 0].listed += listed
    return beside


def _places(connection: DuckDBPyConnection, table: str) -> dict[int, str]:
    """Where the records of a table that stand in the evidence are to be found: each text made once, as one record may
    stand in many pieces of evidence. A file that is called like its table is not introduced."""
    title = catalogue.table(table).title
    file = f"CASE WHEN starts_with(source_file, '{title}') THEN '' ELSE '{title} ' END, source_file"
    paid = ""
    if table == PAYMENTS:
        file = f"CASE WHEN rec >= {FIRST_REC} THEN '本批' ELSE concat({file}) END"
        paid = ", '（' || pay_date || '）'"
    return dict(
        connection.execute(
            f"SELECT rec, concat({file}, CASE WHEN source_sheet <> '' THEN '“' || source_sheet || '”' END, "
            f"'第', source_row, '行'{paid}) "
            f"FROM {table} SEMI JOIN (SELECT rec FROM told WHERE \"table\" = '{table}') USING (rec)"
        ).fetchall()
    )


def _values(written: str) -> dict[str, str]:
    values = json.loads(written)
    return {
        title: str(value)
        for title, value in values.items()
        if value not in (None, "") and title not in OWN_TITLES
    }


def told(
    row: BatchRow, found: Sequence[Finding], identified: tuple[int, str] | None, *, looked: bool = True
) -> tuple[str, str, str]:
    """The three added cells of a row; `looked` is false when no rule could."""
    doubts, verify = _identity(row, identified)
    doubts += [f"{title}读不出：{reason}" for title, reason in row.faults if title != ID_TITLE]
    unreadable = any(title != ID_TITLE for title, _ in row.faults)
    if unreadable:
        verify.append("按原始凭证更正读不出的内容后重新核查")
    advice = _advice(row, found, unreadable=unreadable)
    if not looked:
        doubts.append(NOBODY_LOOKED)
        advice = VERIFY if advice == PAY else advice
    doubts += [str(finding) for finding in found]
    for finding in found:
        verify += finding.rule.verify
    return advice, _numbered(doubts), _numbered(list(dict.fromkeys(verify)))


def _advice(row: BatchRow, found: Sequence[Finding], *, unreadable: bool) -> str:
    if unreadable or any(not finding.question for finding in found):
        return VERIFY
    if found or not row.known:
        return WHO
    return PAY


def _identity(row: BatchRow, identified: tuple[int, str] | None) -> tuple[list[str], list[str]]:
    """What is wrong with the number, and whom it may mean."""
    if row.known:
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
