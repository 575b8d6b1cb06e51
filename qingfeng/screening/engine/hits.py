"""From evidence rows to hits: grouped by subject, counted by record, summed once a record, with a lasting identity.

All in SQL on the connection that collects the results, whichever engine found the evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from qingfeng.screening.engine.rule import Rule, Value

QUESTION_FROM_TIER = 3
ONE_MORE = "chr(31)"
FROM_TO = "{first}至{last}"
"""One date when both are the same day."""

HANDED_OVER = "handed_over"
"""The database in memory by which rows go from one connection of a run to another."""
LOCATED = f"{HANDED_OVER}.located"

HIT_COLUMNS = """hit_id VARCHAR, rule VARCHAR, version VARCHAR, kind VARCHAR, subject_kind VARCHAR, subject VARCHAR,
 subject_shown VARCHAR, sum BIGINT, first_date DATE, last_date DATE, "rows" BIGINT, score INTEGER, sentence VARCHAR,
 fingerprint VARCHAR"""
EVIDENCE_COLUMNS = """hit_id VARCHAR, rule VARCHAR, subject VARCHAR, evidence_no INTEGER, "table" VARCHAR, file VARCHAR,
 sheet VARCHAR, "row" INTEGER, "values" VARCHAR, rec BIGINT"""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """The two tables that collect what all rules raised."""
    connection.execute(f"CREATE TABLE IF NOT EXISTS hits ({HIT_COLUMNS})")
    connection.execute(f"CREATE TABLE IF NOT EXISTS evidence ({EVIDENCE_COLUMNS})")


def text(value: str) -> str:
    """A SQL string literal."""
    return "'" + value.replace("'", "''") + "'"


def yuan(column: str) -> str:
    """Fen (or hundredths) as text with two decimals."""
    return (
        f"(CASE WHEN {column} < 0 THEN '-' ELSE '' END || CAST(abs({column}) // 100 AS VARCHAR) || '.' ||"
        f" lpad(CAST(abs({column}) % 100 AS VARCHAR), 2, '0'))"
    )


def shown(value: Value, column: str | None = None) -> str:
    """SQL that writes a value as people read it."""
    name = column or f'"{value.name}"'
    if value.type in {"money", "area", "area_m2"}:
        return yuan(name)
    if value.type == "boolean":
        return f"(CASE WHEN {name} THEN '是' WHEN NOT {name} THEN '否' END)"
    if value.type == "month":
        return f"strftime({name}, '%Y-%m')"
    if value.type == "timestamp":
        return f"strftime({name}, '%Y-%m-%d %H:%M')"
    if value.type == "percent":
        return f"(CAST(CAST({name} * 100 AS DECIMAL(18,2)) AS VARCHAR) || '%')"
    if value.type in {"decimal", "ratio"}:
        return rf"regexp_replace(CAST({name} AS VARCHAR), '\.?0+$', '')"
    return f"CAST({name} AS VARCHAR)"


@dataclass(frozen=True)
class Counted:
    """What a rule raised, in numbers; each record is summed once, however many hits it stands in."""

    hits: int
    questions: int
    subjects: int
    sum: int | None
    without_subject: int


def collect(connection: duckdb.DuckDBPyConnection, rule: Rule, raw: str, *, located: bool = True) -> Counted:
    """Adds the hits and evidence of one rule from its table of evidence rows.

    Who collects several rules says `located=False` and calls `locate` once, which reads each table once for them all.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE marked AS {_marked(rule, raw)}")
    connection.execute(f"INSERT INTO hits {_hits(rule)}")
    connection.execute(f"INSERT INTO evidence {_evidence(rule, located)}")
    counted = _counted(connection, rule)
    connection.execute("DROP TABLE marked")
    return counted


def locate(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes LOCATED from the evidence: the same rows, with file, sheet and row of the records filled in."""
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE places ("table" VARCHAR, rec BIGINT, file VARCHAR, sheet VARCHAR, "row" INTEGER)'
    )
    lacking = connection.execute(
        'SELECT DISTINCT "table" FROM evidence WHERE "table" IS NOT NULL AND "row" IS NULL ORDER BY 1'
    ).fetchall()
    for (name,) in lacking:
        connection.execute(
            f"INSERT INTO places SELECT {text(name)}, t.rec, t.source_file, t.source_sheet, t.source_row FROM {name} t JOIN"
            f' (SELECT DISTINCT rec FROM evidence WHERE "table" = {text(name)} AND "row" IS NULL) e ON e.rec = t.rec'
        )
    connection.execute(
        f'CREATE OR REPLACE TABLE {LOCATED} AS SELECT e.hit_id, e.rule, e.subject, e.evidence_no, e."table",'
        " coalesce(e.file, p.file) AS file, coalesce(e.sheet, p.sheet) AS sheet,"
        ' coalesce(e."row", p."row") AS "row", e."values", e.rec'
        ' FROM evidence e LEFT JOIN places p ON p."table" = e."table" AND p.rec = e.rec'
    )
    connection.execute("DROP TABLE places")


def _counted(connection: duckdb.DuckDBPyConnection, rule: Rule) -> Counted:
    raised = connection.execute(
        "SELECT count(*), count(*) FILTER (kind = 'question'), count(DISTINCT subject) FROM hits"
        f" WHERE rule = {text(rule.id)}"
    ).fetchone()
    summed = f'max("{rule.sum}")' if rule.sum else "CAST(NULL AS BIGINT)"
    rest = connection.execute(
        f"SELECT CAST(sum(once) AS BIGINT), (SELECT count(*) FROM marked WHERE subject_ IS NULL) FROM"
        f" (SELECT {summed} AS once FROM marked WHERE subject_ IS NOT NULL GROUP BY counted_)"
    ).fetchone()
    assert raised and rest
    return Counted(raised[0], raised[1], raised[2], rest[0], rest[1])


def _marked(rule: Rule, raw: str) -> str:
    parts = ", '|', ".join(f"coalesce(\"{c}\", '')" for c in rule.subject.columns)
    nothing = " AND ".join(f'"{c}" IS NULL' for c in rule.subject.columns)
    parts_shown = ", ".join(f"nullif(\"{c}\", '')" for c in rule.subject.shown)
    tier = f'"{rule.tier}"' if rule.tier else "1"
    words = ", ".join(f"coalesce({shown(v)}, '')" for v in rule.values.values()) or "''"
    score = f'"{rule.score}"' if isinstance(rule.score, str) else str(rule.score)
    kind = f"CASE WHEN {tier} >= {QUESTION_FROM_TIER} THEN 'question' ELSE 'alert' END"
    counted = f"coalesce('r' || rec_{rule.count}, 'd' || digest)" if rule.count else "'d' || digest"
    return f"""
        WITH digested AS (SELECT *, md5(concat_ws({ONE_MORE}, {words})) AS digest FROM {raw}),
        kinds AS (
          SELECT *, {kind} AS kind_, CASE WHEN {nothing} THEN NULL ELSE concat({parts}) END AS subject_,
            concat_ws(' · ', {parts_shown}) AS shown_, CAST({score} AS INTEGER) AS score_, {counted} AS counted_
          FROM digested)
        SELECT *, {text(rule.id)} || '-' || substr(sha256(concat_ws({ONE_MORE}, {text(rule.id)}, {text(rule.major)},
          kind_, subject_)), 1, 12) AS hit_id_ FROM kinds"""


def _hits(rule: Rule) -> str:
    summed = f'max("{rule.sum}")' if rule.sum else "CAST(NULL AS BIGINT)"
    first, last = (f'min("{rule.date}")', f'max("{rule.date}")') if rule.date else ("CAST(NULL AS DATE)",) * 2
    named = [v for v in rule.values.values() if f"{{{v.name}}}" in rule.sentence]
    lists = "".join(f", list_sort(list(DISTINCT {shown(v)})) AS said_{v.name}" for v in named)
    return f"""
        WITH once AS (SELECT hit_id_, counted_, {summed} AS sum_ FROM marked WHERE subject_ IS NOT NULL
                      GROUP BY hit_id_, counted_),
        sums AS (SELECT hit_id_, CAST(sum(sum_) AS BIGINT) AS sum_, count(*) AS rows_ FROM once GROUP BY hit_id_),
        grouped AS (
          SELECT hit_id_, any_value(kind_) AS kind_, any_value(subject_) AS subject_,
            min(nullif(shown_, '')) AS shown_, {first} AS first_, {last} AS last_, max(score_) AS score_,
            md5(string_agg(digest, '' ORDER BY digest)) AS fingerprint_{lists}
          FROM marked WHERE subject_ IS NOT NULL GROUP BY hit_id_)
        SELECT hit_id_, {text(rule.id)}, {text(rule.version)}, kind_, {text(rule.subject.kind)}, subject_,
          coalesce(shown_, subject_), sum_, first_, last_, rows_, score_, {_sentence(rule)}, fingerprint_
        FROM grouped JOIN sums USING (hit_id_) ORDER BY hit_id_"""


def _sentence(rule: Rule) -> str:
    plain = {
        "first": "strftime(first_, '%Y-%m-%d')",
        "last": "strftime(last_, '%Y-%m-%d')",
        "rows": "CAST(rows_ AS VARCHAR)",
        "sum": yuan("sum_"),
        "subject": "coalesce(shown_, subject_)",
    }
    parts = []
    for piece in re.split(r"({first}至{last}|{\w+})", rule.sentence):
        name = piece[1:-1]
        if piece == FROM_TO:
            first, last = plain["first"], plain["last"]
            parts.append(f"(CASE WHEN first_ = last_ THEN {first} ELSE {first} || '至' || {last} END)")
        elif not piece.startswith("{"):
            parts.append(text(piece))
        elif name in rule.values:
            said = f"said_{name}"
            parts.append(
                f"(CASE WHEN len({said}) > 3 THEN array_to_string({said}[1:3], '、') || '等' || len({said}) || '项'"
                f" ELSE array_to_string({said}, '、') END)"
            )
        else:
            parts.append(plain[name])
    whole = ", ".join(parts)
    return f"concat(CASE WHEN kind_ = 'question' THEN '先核实是否同一人：' ELSE '' END, {whole})"


def _evidence(rule: Rule, located: bool) -> str:
    pairs = ", ".join(f"{text(v.title)}, {shown(v)}" for v in rule.values.values() if not v.hidden)
    records = ", ".join(f"rec_{name}" for name in rule.records)
    order = f'"{rule.date}", ' if rule.date else ""
    numbered = f"""
        SELECT *, row_number() OVER (PARTITION BY hit_id_ ORDER BY {order}digest, {records}) AS number_,
          CAST(json_object({pairs}) AS VARCHAR) AS values_
        FROM marked WHERE subject_ IS NOT NULL"""
    lines = [
        f"SELECT hit_id_, {text(rule.id)}, subject_, number_, {position} AS place_, {text(table)},"
        f" {_place(table, name, located)}"
        for position, (name, table) in enumerate(rule.records.items())
    ]
    nowhere = " AND ".join(f"rec_{name} IS NULL" for name in rule.records)
    lines.append(
        f"SELECT hit_id_, {text(rule.id)}, subject_, number_, 0, NULL, NULL, NULL, NULL, values_, NULL"
        f" FROM numbered WHERE {nowhere}"
    )
    union = " UNION ALL ".join(lines)
    return f"WITH numbered AS ({numbered}) SELECT * EXCLUDE (place_) FROM ({union}) ORDER BY hit_id_, number_, place_"


def _place(table: str, record: str, located: bool) -> str:
    if located:
        source = "t.source_file, t.source_sheet, t.source_row, values_, t.rec"
        return f"{source} FROM numbered JOIN {table} t ON t.rec = rec_{record}"
    return f"NULL, NULL, NULL, values_, rec_{record} FROM numbered WHERE rec_{record} IS NOT NULL"
