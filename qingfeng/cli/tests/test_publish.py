"""`qingfeng publish check`: exit codes, places, and names by a list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qingfeng.cli.publish import application

ID = "990101198001010014"


def run(folder: Path, text: str, *options: str) -> tuple[int, str]:
    file = folder / "公示.txt"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(application, ["check", str(file), *options])
    return done.exit_code, done.output


def test_a_clean_file_passes(tmp_path: Path) -> None:
    code, said = run(tmp_path, "共发放补贴1,234.50元。", "--until", "2099-12-31")
    assert code == 0 and "没有发现" in said


def test_each_place_is_told_with_what_to_do_and_the_number_is_not(tmp_path: Path) -> None:
    code, said = run(tmp_path, f"身份证号{ID}", "--until", "2099-12-31")
    assert code == 1 and "第5字起有身份证号“99…14”" in said and "只留末四位" in said and ID not in said


def test_names_pass_by_the_list_only(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("王立行\n", encoding="utf-8")
    given = ("--until", "2099-12-31", "--names", str(names))
    assert run(tmp_path, "当事人：王立行，受到处分。", *given)[0] == 0
    assert run(tmp_path, "当事人：陈小满，受到处分。", *given)[0] == 1


def test_without_an_end_it_is_refused_as_json_too(tmp_path: Path) -> None:
    code, said = run(tmp_path, "公示。", "--json")
    assert code == 1 and json.loads(said)[0]["kind"] == "end_date"


@pytest.mark.parametrize(
    "options", [["--until", "明天"], ["--until", "2099-12-31", "--names", "no-such-file"]]
)
def test_what_cannot_be_used_is_said(tmp_path: Path, options: list[str]) -> None:
    code, _said = run(tmp_path, "公示。", *options)
    assert code == 2
