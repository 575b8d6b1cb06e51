"""What DuckDB and Java may take of the memory that a command is given."""

from __future__ import annotations

import re

SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(MB|GB|TB|MIB|GIB|TIB)\s*", re.IGNORECASE)
SMALLER = {"MB": "KB", "GB": "MB", "TB": "GB", "MIB": "KIB", "GIB": "MIB", "TIB": "GIB"}
# 300 MB in the smaller unit.
USUALLY_OUTSIDE = {"MB": 300_000, "GB": 300, "TB": 0.3, "MIB": 300_000, "GIB": 300, "TIB": 0.3}
THOUSANDTHS = 1000
BYTES = {"MB": 10**6, "GB": 10**9, "TB": 10**12, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}
JAVA_DEFAULT = "1g"


def share_for_duckdb(memory_limit: str) -> str:
    """What DuckDB may count of the memory a command may take: its limit leaves out its allocator, Python and the code.

    A quarter is kept for them, and of a small limit 300 MB, but never more than two fifths. At 50 million payments a
    limit of 1500 MB was a resident size of about 1700 MB; loading 5.6 million at 525 MB one of 773 MB.
    """
    match = SIZE.fullmatch(memory_limit)
    if not match:
        return memory_limit
    given, unit = float(match[1]) * THOUSANDTHS, match[2].upper()
    outside = max(given * 0.25, min(USUALLY_OUTSIDE[unit], given * 0.4))
    return f"{int(given - outside)}{SMALLER[unit]}"


def heap_of_java(memory_limit: str) -> str:
    """The limit in the words of `-Xmx`, which knows no GB: whole mebibytes; Spark's own 1 GiB where no size is named."""
    match = SIZE.fullmatch(memory_limit)
    return f"{int(float(match[1]) * BYTES[match[2].upper()]) >> 20}m" if match else JAVA_DEFAULT
