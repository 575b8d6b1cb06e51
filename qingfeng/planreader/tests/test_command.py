"""The reader as a subprocess: JSON on stdout, or exit 2 and one sentence on stderr."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qingfeng.planreader.__main__ import main
from qingfeng.planreader.tests.made_up import FOOT, HEAD, STEPS


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(
        HEAD + STEPS + "三、工作要求\n各单位每月25日前将进展报县整治办。\n" + FOOT, encoding="utf-8"
    )
    return path


def test_it_prints_the_draft_as_json(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(plan_file), "--json"]) == 0
    draft = json.loads(capsys.readouterr().out)
    assert draft["kind"] == "plan"
    assert draft["obligations"][0]["recurrence"] == {
        "every": "month",
        "day": 25,
        "weekday": None,
        "month_of_period": None,
    }


def test_a_pipe_closed_early_is_no_noise(plan_file: Path) -> None:
    command = [sys.executable, "-m", "qingfeng.planreader", "text", str(plan_file)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.stderr == b""


def test_it_prints_the_draft_for_people(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(plan_file)]) == 0
    assert "任务 每月25日前 各单位：将进展报县整治办" in capsys.readouterr().out


def test_it_prints_the_numbered_lines(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(plan_file)]) == 0
    assert "    4  一、整治内容" in capsys.readouterr().out.splitlines()
    assert main(["text", str(plan_file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[3] == {"line": 4, "text": "一、整治内容"}


def test_it_takes_holiday_tables_from_a_folder(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = plan_file.read_text(encoding="utf-8").replace("各单位每月25日前", "各单位于6月12日前")
    plan_file.write_text(text, encoding="utf-8")
    folder = plan_file.parent / "calendar"
    folder.mkdir()
    (folder / "2026.json").write_text('{"year": 2026, "holidays": ["2026-06-12"]}', encoding="utf-8")
    assert main(["read", str(plan_file), "--calendar", str(folder)]) == 0
    assert "due_on_day_off" in capsys.readouterr().out


def test_what_cannot_be_read_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["read", str(tmp_path / "empty.txt"), "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1 and "空文件" in captured.err
