"""What is claimed of the matching, on lists small enough for every run; bench/screening_linkage.py takes the rest."""

from __future__ import annotations

import subprocess
from pathlib import Path

import duckdb
import pytest

from bench._linkage import people
from bench._linkage.febrl import FEBRL
from qingfeng.screening.matching import PERSON, Model, link
from tests.environment.needs import need
from tools.linkage import environment
from tools.places import ROOT, Stopped


def f1(folder: Path, model: Model, truth: set[tuple[str, str]]) -> float:
    with duckdb.connect() as connection:
        sides = [f"read_csv('{folder / side}.csv', all_varchar = true)" for side in ("left", "right")]
        link(connection, *sides, model=model)
        found = set(connection.execute("SELECT left_rec, right_rec FROM links").fetchall())
    return 2 * len(found & truth) / (len(found) + len(truth))


@pytest.mark.slow
@pytest.mark.parametrize(("dirt", "least"), [(people.HARD, 0.94), (people.EASY, 0.995)])
def test_made_up_lists_are_linked(tmp_path: Path, dirt: people.Dirt, least: float) -> None:
    made = people.lists(3000, 1, dirt)
    people.write(made.left, tmp_path / "left.csv")
    people.write(made.right, tmp_path / "right.csv")
    assert f1(tmp_path, PERSON, {(str(left), str(right)) for left, right in made.truth}) >= least


@pytest.mark.nightly
def test_febrl_4_is_linked(tmp_path: Path) -> None:
    """Nightly: the environment that has the set is made first where it is not there, which takes a minute."""
    try:
        python = environment()
    except Stopped as reason:
        need(f"the measuring environment cannot be made: {reason}")
    script = ROOT / "bench" / "_linkage" / "others.py"
    subprocess.run([python, script, "febrl", "febrl4", tmp_path], check=True)
    lines = (tmp_path / "truth.csv").read_text(encoding="utf-8").splitlines()[1:]
    truth = {(left, right) for left, right in (line.split(",") for line in lines)}
    assert f1(tmp_path, FEBRL, truth) >= 0.998
