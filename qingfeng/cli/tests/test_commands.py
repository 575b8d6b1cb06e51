"""The same moves by command: what is done answers 0, what is wrong 2, what is refused 3."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from qingfeng.apps.base.records.models import Event, Stream
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Evidence, Problem
from qingfeng.apps.work.problems.tests.story import PROOF, self_sheet, submitted
from qingfeng.apps.work.returns.models import MonthlyReturn
from qingfeng.cli import libraries, platform
from qingfeng.cli.main import settle_environment
from tests.cast import Cast

NO = "临江街道自检1号-1"


def run(*words: str) -> Result:
    application = typer.Typer()
    libraries.add_to(application)
    platform.add_to(application)
    return CliRunner().invoke(application, list(words))


def answered(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def problem(cast: Cast, campaign: Campaign) -> Problem:
    return Problem.objects.get(sheet=self_sheet(cast, campaign))


@pytest.fixture
def photo(tmp_path: Path) -> str:
    path = tmp_path / "现场照片.png"
    path.write_bytes(PROOF)
    return str(path)


def test_a_problem_is_carried_to_its_close_out_and_back(problem: Problem, photo: str, tmp_path: Path) -> None:
    asked = tmp_path / "说明.json"
    asked.write_text(json.dumps({"text": "已公示", "no_rule": "个别疏漏"}), encoding="utf-8")
    assert (
        answered("problem", "measure", NO, "--as", "clerk", "--text", "补公示")["state"] == "in_rectification"
    )
    assert run("problem", "submit", NO, "--as", "clerk", "--file", str(asked), "--file", photo).exit_code == 0
    assert run("problem", "close-out", NO, "--as", "secretary", "--look-back", "2026-09-10").exit_code == 3
    assert run("problem", "sign", NO, "--as", "head").exit_code == 0
    assert run("problem", "close-out", NO, "--as", "secretary").exit_code == 2
    closed = answered("problem", "close-out", NO, "--as", "secretary", "--look-back", "2026-09-10")
    assert (closed["state"], closed["look_back_on"]) == ("closed_out", "2026-09-10")
    assert answered("problem", "reopen", NO, "--as", "secretary", "--reason", "反弹")["state"] == "reopened"


def test_a_refused_submission_keeps_no_proof(problem: Problem, photo: str) -> None:
    assert run("problem", "measure", NO, "--as", "clerk", "--text", "补公示").exit_code == 0
    refused = run("problem", "submit", NO, "--as", "clerk", "--text", "已公示", "--file", photo)
    assert refused.exit_code == 2 and "新建制度" in refused.output
    assert not Evidence.objects.exists()


def test_out_of_reach_looks_like_not_there(problem: Problem) -> None:
    out_of_reach = run("problem", "show", NO, "--as", "sister_clerk")
    nowhere = run("problem", "show", "临江街道自检9号-9", "--as", "sister_clerk")
    assert out_of_reach.exit_code == nowhere.exit_code == 2
    assert out_of_reach.output.replace(NO, "") == nowhere.output.replace("临江街道自检9号-9", "")


def test_an_unknown_account_is_bad_input(problem: Problem) -> None:
    result = run("problem", "show", NO, "--as", "nobody", "--json")
    assert result.exit_code == 2 and json.loads(result.stderr)["error"] == "bad_input"


def test_the_four_lists_and_the_monthly_form_are_written(
    cast: Cast, campaign: Campaign, tmp_path: Path
) -> None:
    actions.sign(problem=submitted(cast, campaign), by=cast.head)
    out = tmp_path / "问题清单.xlsx"
    assert answered("lists", "problem", "--out", str(out), "--as", "clerk")["rows"] == 1
    form = tmp_path / "月报表.xlsx"
    words = ("return", "monthly", "--unit", "990101", "--month", "2026-06", "--out", str(form))
    assert answered(*words, "--as", "clerk")["state"] == "draft"
    assert run(*words, "--as", "clerk", "--hand-in").exit_code == 3
    handed_in = answered(*words, "--as", "head", "--sign", "--hand-in")
    assert handed_in["state"] == "handed_in" and handed_in["columns"]["990101"]["found"] == 1
    assert MonthlyReturn.objects.get().handed_in_by == cast.head
    assert out.read_bytes()[:2] == form.read_bytes()[:2] == b"PK"


def test_verify_names_the_first_broken_place(problem: Problem) -> None:
    assert run("verify", "--figures").exit_code == 0
    Stream.objects.filter(key="orgs").update(head="0" * 64)
    broken = run("verify", "--json")
    assert broken.exit_code == 1
    last = Event.objects.filter(stream__key="orgs").count()
    assert json.loads(broken.stdout)["broken"] == [{"stream": "orgs", "seq": last, "what": "末尾与链头不符"}]


def test_home_and_fresh_are_settled_before_anything_is_imported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("QINGFENG_HOME", "QINGFENG_ZONE"):
        monkeypatch.setenv(name, "")
    assert settle_environment(["verify", "--home", str(tmp_path)]) == ["verify"]
    assert settle_environment(["demo", f"--fresh={tmp_path}"]) == ["demo", "--fresh"]
    with pytest.raises(SystemExit):
        settle_environment(["verify", "--home"])


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"QINGFENG_TODAY": "昨天"}, 1, "QINGFENG_TODAY"),
        ({"QINGFENG_ZONE": "moon"}, 1, "QINGFENG_ZONE"),
        ({}, 2, "还没有数据"),
    ],
)
def test_a_start_that_cannot_work_says_why_in_a_sentence(
    tmp_path: Path, given: dict[str, str], code: int, words: str
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QINGFENG_")}
    env = {**kept, "QINGFENG_HOME": str(tmp_path), **given}
    command = [sys.executable, "-m", "qingfeng.cli.main", "verify"]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == code
    assert words in done.stderr and "Traceback" not in done.stderr
