"""`qingfeng screen batch` from the outside, on files as an office has them."""

from __future__ import annotations

from pathlib import Path

import pytest
import python_calamine as calamine
from typer.testing import CliRunner, Result

from qingfeng.screening.cleaning.ids import check_digit
from qingfeng.screening.cli import commands

JIA, YI = (body + check_digit(body) for body in ("99010119500302123", "99010119610817451"))


def batch(*words: object) -> Result:
    return CliRunner().invoke(commands(tuple), ["batch", *map(str, words)])


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QINGFENG_HOME", str(tmp_path / "home"))
    folder = tmp_path / "业务数据"
    folder.mkdir()
    (folder / "死亡人员.csv").write_text(
        f"姓名,身份证号,死亡日期\n张建国,{JIA},2026-01-02\n", encoding="utf-8"
    )
    return folder


@pytest.mark.slow
def test_a_list_as_an_office_has_it_comes_back_with_advice(data: Path, tmp_path: Path) -> None:
    sent, out = tmp_path / "2026年7月农村低保发放名单.csv", tmp_path / "核查.xlsx"
    rows = f"姓名,身份证号,金额\n张建国,{JIA},600\n李秀兰,{YI},600\n"
    sent.write_text(rows, encoding="gb18030")
    done = batch(sent, "--against", data, "--out", out, "--as-of", "2026-07-31")
    assert done.exit_code == 0, done.output
    assert "共2行：先核实1行，可付1行" in done.output
    assert "各行的“补贴项目”都作“农村低保”" in done.output
    _, dead, living = calamine.load_workbook(out).get_sheet_by_index(0).to_python()
    assert dead[:4] == ["张建国", JIA, "600", "先核实"] and "死亡人员.csv第2行" in dead[4]
    assert living[:4] == ["李秀兰", YI, "600", "可付"]


def test_what_cannot_be_done_is_said_before_anything_is_loaded(data: Path, tmp_path: Path) -> None:
    sent = tmp_path / "名单.csv"
    sent.write_text("姓名,身份证号,金额\n", encoding="utf-8")
    done = batch(sent, "--against", data, "--out", data / "核查.xlsx")
    assert done.exit_code == 2 and "不能放进业务数据文件夹" in done.output
    assert sorted(path.name for path in data.iterdir()) == ["死亡人员.csv"]
