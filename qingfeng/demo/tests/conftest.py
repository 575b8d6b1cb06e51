"""The cast of the other tests: a district that is not the demo's."""

from __future__ import annotations

import pytest

from qingfeng.apps.base.web import clock
from tests.cast import TODAY, Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    with clock.on(TODAY):
        return make_cast()
