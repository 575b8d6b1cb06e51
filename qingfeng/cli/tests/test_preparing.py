"""A start leaves the program ready for the next one."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from qingfeng.cli.preparing import compile_program


def byte_code(module: Path) -> Path:
    return Path(importlib.util.cache_from_source(str(module)))


def test_what_is_served_is_compiled_even_where_python_may_not_do_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    served, tested = tmp_path / "app" / "views.py", tmp_path / "app" / "tests" / "test_views.py"
    tested.parent.mkdir(parents=True)
    for module in (served, tested):
        module.write_text("page = 1\n")
    compile_program(tmp_path)
    assert byte_code(served).is_file() and not byte_code(tested).exists()


def test_a_file_that_cannot_be_compiled_stops_no_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "half.py").write_text("def half(:\n")
    compile_program(tmp_path)
    assert capsys.readouterr().out == ""
