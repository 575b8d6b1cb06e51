"""`qingfeng report`: which papers there are, one of them as a file, and what is wrong with an asking."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.reports.papers.register import KINDS
from qingfeng.apps.work.reports.papers.tests.staged import history
from qingfeng.cli import platform
from tests.cast import Cast


def run(*words: str) -> Result:
    application = typer.Typer()
    platform.add_to(application)
    return CliRunner().invoke(application, ["report", *words])


def test_without_a_kind_it_lists_them_with_their_periods() -> None:
    listed = run()
    assert listed.exit_code == 0 and all(key in listed.output for key in KINDS)
    assert "--period 2026-H1 或 2026-Q2" in listed.output


def test_it_writes_a_paper_and_tells_its_figures_and_gaps(
    cast: Cast, campaign: Campaign, tmp_path: Path
) -> None:
    history(cast, campaign)
    file = tmp_path / "报告.md"
    options = ("--unit", "990101", "--period", "2026-H1", "--as", "head", "--signatory", "陈立群")
    done = run("half_year", *options, "--out", str(file), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["figures"]["发现问题"] == "5个" and "问题产生的主要原因" in told["gaps"]
    assert 'issuer: ["临江街道"]' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("no-such",), 2, "没有“no-such”这种文稿"),
        (("circular", "--as", "office"), 2, "--out"),
        (("circular", "--as", "office", "--out", "a.txt"), 2, ".docx、.pdf 或 .md"),
        (("circular", "--as", "clerk", "--out", "a.md"), 3, "起草"),
        (("half_year", "--unit", "990102", "--as", "clerk", "--out", "a.md"), 2, "不在您的范围内"),
        (("circular", "--period", "六月", "--as", "office", "--out", "a.md"), 2, "2026-06（月）"),
        (("circular", "--out", "a.md"), 2, "--as"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    cast: Cast, campaign: Campaign, words: tuple[str, ...], code: int, said: str
) -> None:
    found = run(*words)
    assert found.exit_code == code and said in found.output
