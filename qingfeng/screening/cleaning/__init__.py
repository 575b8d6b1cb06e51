"""Cleaning: one module a kind of value. Each has a plain Python form, which is the reference, and the whole-column
SQL for DuckDB, which takes what is clean already and leaves the rest to the reference (see `kinds.py`)."""
