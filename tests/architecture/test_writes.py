"""Only actions write: everything else reads."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APPS = Path(__file__).parents[2] / "qingfeng" / "apps"
ALWAYS = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ON_ROWS = {"create", "update", "delete"}
EXCEPT = {
    "base/records/actions.py",  # the one place that writes
    "base/records/files.py",  # stores a file in the caller's transaction
    "base/records/models.py",  # where save() is refused
}


def sources() -> list[Path]:
    return sorted(
        path
        for path in APPS.rglob("*.py")
        if not {"migrations", "tests", "actions"} & set(path.relative_to(APPS).parts)
        and path.name not in {"actions.py", "conftest.py"}
        and str(path.relative_to(APPS)) not in EXCEPT
        and "documents" not in path.parts  # writes office files, has no tables
    )


def writes(tree: ast.AST) -> list[int]:
    """Lines on which rows are written."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, receiver = node.func.attr, ast.unparse(node.func.value)
        on_rows = any(mark in receiver for mark in (".objects", "_manager", ".filter(", ".exclude("))
        if (name in ALWAYS and "session" not in receiver) or (name in ON_ROWS and on_rows):
            found.append(node.lineno)
    return found


def test_there_are_sources_to_look_at() -> None:
    assert len(sources()) > 40


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(APPS)))
def test_only_actions_write(path: Path) -> None:
    assert writes(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_a_write_would_be_found() -> None:
    assert writes(ast.parse("Problem.objects.filter(pk=1).update(state='x')")) == [1]
    assert writes(ast.parse("problem.save()")) == [1]
