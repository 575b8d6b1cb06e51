"""The door of the recipes: old Pythons, encodings, proxies."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
START = ROOT / "tools" / "start.py"


@pytest.fixture
def start() -> ModuleType:
    specification = importlib.util.spec_from_file_location("start", START)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_an_old_python_can_read_the_door() -> None:
    assert ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 4)).body


def test_a_python_too_old_and_named_by_hand_is_told_in_both_languages(
    start, monkeypatch, capfdbinary
) -> None:
    monkeypatch.setattr(start, "NEEDED", (9, 9))
    monkeypatch.setenv("PYTHON", "python3")
    assert start.main(["run"]) == 2
    said = capfdbinary.readouterr().out.decode("utf-8")
    assert "清风需要 Python 9.9 或更高版本" in said
    assert "Qingfeng needs Python 9.9 or newer" in said
    assert "PYTHON=" in said


def test_a_newer_python_on_the_path_takes_over(start, monkeypatch, tmp_path) -> None:
    broken, good = tmp_path / "one" / "python3.13", tmp_path / "two" / "python3.12"
    for path, code in ((broken, 127), (good, 0)):
        path.parent.mkdir()
        path.write_text(f"#!/bin/sh\nexit {code}\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{broken.parent}:{good.parent}")
    assert start.newer_python() == str(good)


def test_no_newer_python_is_no_python(start, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start.newer_python() is None


def test_the_loopback_is_never_asked_of_a_proxy(start, monkeypatch) -> None:
    monkeypatch.setenv("NO_PROXY", "example.test,127.0.0.1")
    env = start.environment()
    assert env["NO_PROXY"] == "example.test,127.0.0.1,localhost,::1"
    assert env["PYTHONUTF8"] == "1"


def test_an_unknown_recipe_is_answered_with_the_known_ones_in_any_locale() -> None:
    env = dict(os.environ, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = subprocess.run([sys.executable, START, "brew"], env=env, capture_output=True)
    assert done.returncode == 2
    assert "用法" in done.stdout.decode("utf-8")
    assert "setup|run|test|check|fix|bench|fresh" in done.stdout.decode("utf-8")
