"""{% url %} names follow the layers: a lower page does not know a higher one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

APPS = Path(__file__).parents[2] / "qingfeng" / "apps"
LAYERS = (
    "web",
    "records",
    "orgs",
    "documents",
    "handover",
    "jobs",
    "campaigns",
    "inspections",
    "problems",
    "returns",
    "reports",
    "desk",
    "search",
)
NAME = re.compile(r"""(?:\{%\s*url\s+|reverse\(\s*|redirect\(\s*)["'](\w+):""")


def pages() -> list[Path]:
    files = [*APPS.rglob("*.html"), *APPS.rglob("*.py")]
    return sorted(path for path in files if "tests" not in path.parts)


def app_of(path: Path) -> str:
    return path.relative_to(APPS).parts[1]


@pytest.mark.parametrize("path", [p for p in pages() if len(p.relative_to(APPS).parts) > 2], ids=str)
def test_links_point_to_the_same_or_earlier_apps(path: Path) -> None:
    mine = LAYERS.index(app_of(path))
    for name in NAME.findall(path.read_text(encoding="utf-8")):
        assert LAYERS.index(name) <= mine, f"{path.name} links to {name}"
