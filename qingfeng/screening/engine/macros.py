"""The words that rules may use besides SQL's own: one meaning, one tested implementation per engine.

What is listed here is exactly what SQL dialects disagree on: arithmetic of days, ages, months, ratios and text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Macro:
    """A function of rules: argument names with types, and its text on both engines."""

    name: str
    arguments: dict[str, str]
    returns: str
    duckdb: str
    spark: str
    meaning: str


HALF_UP_DUCKDB = (
    "CASE WHEN a IS NULL OR b IS NULL OR b = 0 THEN NULL ELSE CAST(CAST(sign(a) * sign(b) AS DECIMAL(2,0)) * CAST("
    "(CAST(abs(a) * 1000 AS HUGEINT) * 2000000 + CAST(abs(b) * 1000 AS HUGEINT)) // (2 * CAST(abs(b) * 1000 AS HUGEINT)) "
    "AS DECIMAL(20,0)) * CAST(0.000001 AS DECIMAL(7,6)) AS DECIMAL(18,6)) END"
)

MACROS = {
    macro.name: macro
    for macro in (
        Macro(
            "add_days", {"d": "DATE", "n": "BIGINT"}, "DATE",
            "CAST(d AS DATE) + CAST(n AS INTEGER)", "date_add(d, CAST(n AS INT))",
            "日期加n天（n可为负）",
        ),
        Macro(
            "days_between", {"a": "DATE", "b": "DATE"}, "BIGINT",
            "CAST(CAST(b AS DATE) - CAST(a AS DATE) AS BIGINT)", "CAST(datediff(b, a) AS BIGINT)",
            "从a到b的天数，b早于a时为负",
        ),
        Macro(
            "age_on", {"birth": "DATE", "day": "DATE"}, "BIGINT",
            "CAST(year(day) - year(birth) - CASE WHEN month(day) * 100 + day(day) < month(birth) * 100 + day(birth)"
            " THEN 1 ELSE 0 END AS BIGINT)",
            "CAST(year(day) - year(birth) - CASE WHEN month(day) * 100 + day(day) < month(birth) * 100 + day(birth)"
            " THEN 1 ELSE 0 END AS BIGINT)",
            "某日的周岁（生日当天满；2月29日出生的，平年3月1日满）",
        ),
        Macro(
            "months_between_full", {"a": "DATE", "b": "DATE"}, "BIGINT",
            "CAST((year(b) - year(a)) * 12 + month(b) - month(a) - CASE WHEN day(b) < day(a) THEN 1 ELSE 0 END AS BIGINT)",
            "CAST((year(b) - year(a)) * 12 + month(b) - month(a) - CASE WHEN day(b) < day(a) THEN 1 ELSE 0 END AS BIGINT)",
            "从a到b的整月数",
        ),
        Macro(
            "same_month", {"a": "DATE", "b": "DATE"}, "BOOLEAN",
            "year(a) = year(b) AND month(a) = month(b)", "year(a) = year(b) AND month(a) = month(b)",
            "两个日期在同一年同一月",
        ),
        Macro(
            "month_of", {"d": "DATE"}, "DATE",
            "CAST(date_trunc('month', d) AS DATE)", "trunc(d, 'MM')",
            "所在月的第一天",
        ),
        Macro("year_of", {"d": "DATE"}, "BIGINT", "CAST(year(d) AS BIGINT)", "CAST(year(d) AS BIGINT)", "年份"),
        Macro(
            "quarter_of", {"d": "DATE"}, "BIGINT",
            "CAST(quarter(d) AS BIGINT)", "CAST(quarter(d) AS BIGINT)",
            "季度1—4（跨年分组时与year_of同用）",
        ),
        Macro(
            "minutes_between", {"a": "TIMESTAMP", "b": "TIMESTAMP"}, "BIGINT",
            "CAST((epoch_us(b) - epoch_us(a)) // 60000000 AS BIGINT)",
            "(unix_micros(CAST(b AS TIMESTAMP_LTZ)) - unix_micros(CAST(a AS TIMESTAMP_LTZ))) div 60000000",
            "从a到b的整分钟数",
        ),
        Macro("date_of", {"t": "TIMESTAMP"}, "DATE", "CAST(t AS DATE)", "CAST(t AS DATE)", "时刻所在的日期"),
        Macro(
            "hour_of", {"t": "TIMESTAMP"}, "BIGINT",
            "CAST(hour(t) AS BIGINT)", "CAST(hour(t) AS BIGINT)", "时刻的小时0—23",
        ),
        Macro(
            "text_has", {"t": "VARCHAR", "part": "VARCHAR"}, "BOOLEAN",
            "contains(coalesce(t, ''), part)", "contains(coalesce(t, ''), part)",
            "文字中含有某词（空值视为不含）",
        ),
        Macro(
            "digits_only", {"t": "VARCHAR"}, "VARCHAR",
            "regexp_replace(t, '[^0-9]', '', 'g')", "regexp_replace(t, '[^0-9]', '')",
            "只留数字",
        ),
        Macro(
            "tail_number", {"t": "VARCHAR"}, "BIGINT",
            "CAST(nullif(regexp_extract(t, '([0-9]{1,18})$', 1), '') AS BIGINT)",
            "CAST(nullif(regexp_extract(t, '([0-9]{1,18})$', 1), '') AS BIGINT)",
            "末尾连续数字的值（最多18位；没有则为空）",
        ),
        Macro(
            "is_round", {"fen": "BIGINT", "unit_fen": "BIGINT"}, "BOOLEAN",
            "fen <> 0 AND fen % unit_fen = 0", "fen <> 0 AND fen % unit_fen = 0",
            "金额（分）是某单位（分）的整数倍",
        ),
        Macro("same_name", {"a": "VARCHAR", "b": "VARCHAR"}, "BOOLEAN", "a = b", "a = b", "两个姓名键相同"),
        Macro(
            "ratio", {"a": "DECIMAL(28,3)", "b": "DECIMAL(28,3)"}, "DECIMAL(18,6)",
            HALF_UP_DUCKDB,
            "CASE WHEN b IS NULL OR a IS NULL OR b = 0 THEN NULL ELSE CAST(CAST(a AS DECIMAL(28,3)) / CAST(b AS DECIMAL(28,3))"
            " AS DECIMAL(18,6)) END",
            "a与b之比，六位小数，四舍五入；b为0时为空",
        ),
    )
}  # fmt: skip


HAS_WORD_DUCKDB = "CREATE OR REPLACE TEMP MACRO has_word(t, words) AS (len(list_filter(words, lambda word: contains(t, word))) > 0)"
"""On Spark it is written out word by word."""


def duckdb_statements() -> list[str]:
    """CREATE MACRO for each of them."""
    return [
        HAS_WORD_DUCKDB,
        *(
            f"CREATE OR REPLACE TEMP MACRO {m.name}({', '.join(m.arguments)}) AS ({m.duckdb})"
            for m in MACROS.values()
        ),
    ]


def spark_statements() -> list[str]:
    """CREATE TEMPORARY FUNCTION for each of them."""
    return [
        f"CREATE OR REPLACE TEMPORARY FUNCTION {m.name}({_typed(m.arguments)}) RETURNS {_spark(m.returns)}"
        f" RETURN {m.spark}"
        for m in MACROS.values()
    ]


def _typed(arguments: dict[str, str]) -> str:
    return ", ".join(f"{name} {_spark(kind)}" for name, kind in arguments.items())


def _spark(kind: str) -> str:
    return {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ"}.get(kind, kind)
