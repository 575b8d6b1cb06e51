"""The start of a data folder that is not as it was left: what has to be there is made."""

from __future__ import annotations

from django.db import connections

from qingfeng.cli.demo import load_with_progress
from qingfeng.cli.preparing import prepare, prepare_tables
from qingfeng.cli.session import told


@told
def prepared(*, with_demo: bool) -> str:
    """Tables, cache, search index and static files, and the demo if it is wanted; what there is to tell."""
    prepare()
    words = load_with_progress().accounts_table() if with_demo else ""
    connections.close_all()
    return words


@told
def prepared_tables() -> None:
    """The tables of this version."""
    prepare_tables()
    connections.close_all()
