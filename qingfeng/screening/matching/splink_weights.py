"""Weights learned by Splink (extra `match`) instead of our own expectation and maximisation; same fields, same levels.

Everything else — keys, comparing, choosing, explaining — stays ours, so that the two ways can be compared.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

from duckdb import DuckDBPyConnection

from qingfeng.screening.errors import ScreeningError
from qingfeng.screening.matching.fields import Field
from qingfeng.screening.matching.preparing import Prepared
from qingfeng.screening.matching.weights import Weights, by_hand

SIDE = re.compile(r"\b([lr])\.(\w+)")
RANDOM_PAIRS = 1_000_000
# Two ways to meet, so that each field is learned while the other one holds still.
LEARN_UNDER = {
    ("name",): "l.name = r.name AND l.name_n > 2",
    ("birth_date",): "l.birth_date = r.birth_date",
    ("id_no",): "l.id_no = r.id_no",
}


def learn_with_splink(connection: DuckDBPyConnection, prepared: Prepared) -> Weights:
    """m and u of the levels by Splink, over the records that `prepare` has laid out."""
    splink = _splink()
    logging.getLogger("splink").setLevel(logging.ERROR)
    sides = (0,) if prepared.itself else (0, 1)
    api = splink.DuckDBAPI(connection)
    tables = []
    for side in sides:
        connection.execute(
            f"CREATE OR REPLACE TABLE lk_side_{side} AS SELECT * FROM lk_records WHERE side = {side}"
        )
        tables.append(api.register(f"lk_side_{side}"))
    settings = splink.SettingsCreator(
        link_type="dedupe_only" if prepared.itself else "link_only",
        unique_id_column_name="rid",
        comparisons=[_comparison(splink, field) for field in prepared.model.fields],
        blocking_rules_to_generate_predictions=[],
    )
    linker = splink.Linker(tables, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=1)
    present = {field.column for field in prepared.model.fields}
    for columns, rule in LEARN_UNDER.items():
        if set(columns) <= present:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
    learned = linker.misc.save_model_to_json()
    for side in sides:
        connection.execute(f"DROP TABLE lk_side_{side}")
    return _weights(prepared, learned["comparisons"])


def _splink() -> Any:
    try:
        return importlib.import_module("splink")
    except ModuleNotFoundError as missing:
        raise ScreeningError("用 Splink 学习权重需要附加组件：pip install 'qingfeng[match]'") from missing


def _comparison(splink: Any, field: Field) -> Any:
    """A field as Splink takes it: the same conditions, best level first."""
    library = importlib.import_module("splink.comparison_library")
    present = field.present
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": f"{present}_l IS NULL OR {present}_r IS NULL",
            "label_for_charts": "-",
            "is_null_level": True,
        }
    ]
    for level in field.levels:
        condition = SIDE.sub(r"\2_\1", level.condition)
        condition = "ELSE" if condition == "TRUE" else condition
        levels.append({"sql_condition": condition, "label_for_charts": level.title})
    return library.CustomComparison(comparison_levels=levels, output_column_name=field.column)


def _weights(prepared: Prepared, comparisons: Sequence[Mapping[str, Any]]) -> Weights:
    """What Splink could not learn (a level that never occurred) leans on what was set by hand."""
    start = by_hand(prepared)
    m, u = {}, {}
    for field, told in zip(prepared.model.fields, comparisons, strict=True):
        levels = [level for level in told["comparison_levels"] if not level.get("is_null_level")]
        m[field.column] = _leaning(
            [level.get("m_probability") for level in levels], start.m[field.column], field
        )
        u[field.column] = _leaning(
            [level.get("u_probability") for level in levels], start.u[field.column], field
        )
    return Weights(m, u, start.prior, learned=True)


def _leaning(learned: Sequence[object], start: Sequence[float], field: Field) -> list[float]:
    """A hundredth of what was set by hand stays in, so that nothing is called impossible for not having been seen."""
    return [
        0.99 * float(new) + 0.01 * old if isinstance(new, float | int) and not level.fixed else old
        for new, old, level in zip(learned, start, field.levels, strict=True)
    ]
