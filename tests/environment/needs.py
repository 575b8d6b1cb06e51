"""What a test needs beyond Python, and what happens when it is not there."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def need(reason: str) -> NoReturn:
    """Skip with the reason; with QINGFENG_REQUIRE_ALL=1 (as in CI) a missing thing is a failure."""
    if os.environ.get("QINGFENG_REQUIRE_ALL") == "1":
        pytest.fail(f"QINGFENG_REQUIRE_ALL=1, but {reason}", pytrace=False)
    pytest.skip(reason)
