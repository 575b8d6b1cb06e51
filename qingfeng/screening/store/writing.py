"""How the Parquet files of a store are written."""

from __future__ import annotations

from pathlib import Path

from qingfeng.screening.spool import sql_text

# A dictionary pays for a column of few texts (villages, projects) and is found too large soon for one of many (keys),
# whose texts zstd then packs closer than DuckDB's default does, in less time. On the 300,000 payments of the
# bench, whose persons come again each month: 6 MB against 21 MB, for about a third less processor time.
# Level 1 of zstd: a third more bytes than level 3, for a quarter less processor time at every load.
# Pages of version 2 keep the lengths of texts and the steps between numbers apart: on a million payments a third less
# processor time than version 1, and 32 MB against 38; DuckDB reads them a fifth faster, Spark the same values.
WRITTEN_AS = (
    "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 2000"
)


def copied(select: str, path: Path) -> str:
    """SQL that writes what a SELECT gives into one Parquet file."""
    return f"COPY ({select}) TO {sql_text(str(path))} ({WRITTEN_AS})"
