"""What the demo says is its own, and its tables hold together."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from qingfeng.demo import make_plan
from qingfeng.demo.district import rows

FOLDER = Path(make_plan.__file__).parent
LONGEST = 12
CHINESE = re.compile(f"[\u4e00-\u9fff]{{{LONGEST},}}")


def stretches(text: str) -> set[str]:
    """Every stretch of twelve Chinese characters without a mark between."""
    return {run[at : at + LONGEST] for run in CHINESE.findall(text) for at in range(len(run) - LONGEST + 1)}


def plan_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_no_sentence_of_the_real_documents_is_in_the_demo(documents: Path) -> None:
    real = set().union(
        *(stretches(path.read_text(encoding="utf-8", errors="replace")) for path in documents.glob("*.txt"))
    )
    ours = stretches(plan_text(make_plan.PLAN))
    for path in [*FOLDER.glob("*.py"), *FOLDER.glob("tables/*.csv")]:
        ours |= stretches(path.read_text(encoding="utf-8"))
    assert len(real) > 1000 and sorted(real & ours) == []


def test_the_plan_is_the_one_that_its_words_give(tmp_path: Path) -> None:
    assert plan_text(make_plan.write(tmp_path / "plan.docx")) == plan_text(make_plan.PLAN)


@pytest.mark.parametrize("row", rows("problems.csv"), ids=lambda row: row["问题"][:10])
def test_every_problem_can_be_told_to_its_end(row: dict[str, str]) -> None:
    assert row["建议"] and row["措施"] and row["进展"] and row["完成情况"]
    assert bool(row["新建制度"]) != bool(row["无需建制理由"])
    assert row["范围"] in {"社区", "街道", "部门", "窗口"} and row["性质"] in {"ordinary", "risk"}


def test_names_and_codes_stand_once() -> None:
    for table, column in (
        ("units.csv", "单位代码"),
        ("units.csv", "单位名称"),
        ("groups.csv", "组代码"),
        ("accounts.csv", "账号"),
    ):
        values = [row[column] for row in rows(table)]
        assert len(values) == len(set(values)), column
