"""Fixtures of all apps: the cast, a running campaign, and the business date on which the story plays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign
from tests.cast import TODAY, Cast, make_campaign, make_cast
from tests.environment.kept import kept


@pytest.fixture(autouse=True)
def business_date() -> Iterator[None]:
    """10 June 2026, a Wednesday, unless a test chooses another day with `clock.on`."""
    with clock.on(TODAY):
        yield


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Each test keeps its files in a folder of its own."""
    settings.FILES = tmp_path / "files"


@pytest.fixture
@kept
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
@kept
def campaign(cast: Cast) -> Campaign:
    return make_campaign(cast)
