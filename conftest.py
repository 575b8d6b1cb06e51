"""What every test of the house shares; the stage itself is set by ``tests/environment/session.py``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.environment.migrated import begin_from_tables
from tests.environment.needs import need

__all__ = ["need"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real documents (QINGFENG_SHARED); a test that reads them is skipped where it is not there."""
    folder = Path(os.environ.get("QINGFENG_SHARED") or Path(__file__).parent.parent / "shared")
    if not (folder / "documents").is_dir():
        need(f"the real documents are not here: {folder} (QINGFENG_SHARED)")
    return folder


@pytest.fixture(scope="session")
def documents(shared: Path) -> Path:
    """The real documents themselves."""
    return shared / "documents"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """pytest-django asks here before it makes the test database."""
    keeper = begin_from_tables()
    yield
    if keeper:
        keeper.close()
