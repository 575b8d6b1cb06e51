"""What the pages load is there: a missing file would be an error on every page that names it."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders

from tools.assets import SERVED
from tools.templates import templates

NAMED = re.compile(r"\{%\s*static\s+[\"']([^\"'{]+)[\"']")


def named_files() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in templates()]
    return sorted({name for text in texts for name in NAMED.findall(text)})


@pytest.mark.parametrize("name", named_files())
def test_each_file_that_a_template_names_is_found(name: str) -> None:
    assert finders.find(name)


@pytest.mark.parametrize("name", SERVED.values())
def test_each_file_that_set_up_places_is_found_and_points_to_no_source_map(name: str) -> None:
    found = finders.find(f"vendor/{name}")
    assert found
    with open(found, encoding="utf-8") as file:
        assert "sourceMappingURL" not in file.read()
