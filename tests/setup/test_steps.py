"""Set-up: done once, done again when it was cut off or when its inputs changed."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tools import running, setting_up
from tools.fresh import bare_environment
from tools.places import Stopped
from tools.steps import Step


class Work:
    """Counts how often a step was done; it can be cut off in the middle."""

    def __init__(self, output: Path) -> None:
        self.output, self.times, self.cut_off = output, 0, False

    def __call__(self) -> None:
        self.times += 1
        self.output.write_text("half")
        if self.cut_off:
            raise KeyboardInterrupt
        self.output.write_text("whole")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path / "output")


@pytest.fixture
def step(tmp_path: Path, work: Work) -> Step:
    lock = tmp_path / "lock"
    lock.write_text("one==1")
    return Step("a step", tmp_path / "stamps" / "step", work, files=(lock,), outputs=(work.output,))


def test_a_finished_step_is_not_repeated(step: Step, work: Work) -> None:
    assert step.take() is True
    assert step.take() is False
    assert work.times == 1


def test_a_step_is_repeated_when_its_input_changes(step: Step, work: Work, tmp_path: Path) -> None:
    step.take()
    (tmp_path / "lock").write_text("one==2")
    assert step.take() is True
    assert work.times == 2


def test_a_step_is_repeated_when_its_output_is_gone(step: Step, work: Work) -> None:
    step.take()
    work.output.unlink()
    assert step.take() is True


def test_a_step_that_was_cut_off_is_done_again(step: Step, work: Work) -> None:
    step.take()
    work.output.unlink()
    work.cut_off = True
    with pytest.raises(KeyboardInterrupt):
        step.take()
    work.cut_off = False
    assert step.take() is True
    assert work.output.read_text() == "whole"


def test_a_missing_ensurepip_names_the_package(monkeypatch) -> None:
    monkeypatch.setattr(setting_up.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(setting_up.debian, "can_install", lambda: False)
    with pytest.raises(Stopped, match=r"python3\.\d+-venv"):
        setting_up.need_ensurepip()


@pytest.mark.parametrize("written", ["http", "0", "65536", "-1", "八千", "8000.5"])
def test_a_port_that_is_no_port_is_named(written: str, monkeypatch) -> None:
    monkeypatch.setenv("PORT", written)
    with pytest.raises(Stopped, match="PORT"):
        running.chosen_port()


def test_the_port_is_8000_unless_chosen(monkeypatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    assert running.chosen_port() == 8000
    monkeypatch.setenv("PORT", "8123")
    assert running.chosen_port() == 8123


def test_a_taken_port_is_named_in_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stopped, match=f"端口 {port} 已被占用"):
            running.need_free(port)
    running.need_free(port)


def test_the_bare_path_hides_the_conveniences_and_keeps_the_rest(monkeypatch, tmp_path: Path) -> None:
    crowd = tmp_path / "crowd"
    crowd.mkdir()
    names = (
        "node",
        "npm",
        "chromium-browser",
        "psql",
        "pg_ctl",
        "msgfmt",
        "uv",
        "make",
        "python3",
        "git",
        "cat",
    )
    for name in names:
        (crowd / name).write_text("#!/bin/sh\n")
        (crowd / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(crowd))
    for name in ("QINGFENG_TODAY", "ARGS", "MAKEFLAGS", "PORT"):
        monkeypatch.setenv(name, "of the outer make")
    env = bare_environment(tmp_path / "bare")
    assert {path.name for path in (tmp_path / "bare").iterdir()} == {"make", "python3", "git", "cat"}
    assert env["PATH"] == str(tmp_path / "bare")
    assert "of the outer make" not in env.values()
