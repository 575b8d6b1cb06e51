"""docs/wrong-input.md lists every kind of wrong input; each of its tests must exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = ROOT / "docs" / "wrong-input.md"


def named_tests() -> list[tuple[str, str]]:
    """(file, test) of the last column."""
    return re.findall(r"`([\w/]+\.py)::(\w+)`", LIST.read_text(encoding="utf-8"))


def test_every_kind_of_wrong_input_names_its_tests() -> None:
    rows = [line for line in LIST.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)]
    assert len(rows) >= 30
    assert all("::" in row for row in rows), [row for row in rows if "::" not in row]


def test_the_tests_that_are_named_exist() -> None:
    missing = []
    for path, name in named_tests():
        found = ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if not any(isinstance(node, ast.FunctionDef) and node.name == name for node in found):
            missing.append(f"{path}::{name}")
    assert missing == []
