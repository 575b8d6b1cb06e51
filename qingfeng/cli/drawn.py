"""Documentation drawn from the code: the flow of a problem, the counting rules of the figures."""

from __future__ import annotations

from pathlib import Path

from django.utils import translation

from qingfeng.apps.work.problems.flow import MOVES, ProblemState
from qingfeng.apps.work.problems.permissions import OWNER_OF_STATE

DOCS = Path(__file__).resolve().parents[2] / "docs"


def write(*, check: bool = False) -> list[str]:
    """Writes what has changed (or only names it); answers the names of the stale files."""
    stale = []
    with translation.override("zh-hans"):
        for name, text in {"flow.md": flow()}.items():
            path = DOCS / name
            if path.is_file() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return stale


def flow() -> str:
    """The states of a problem as a Mermaid diagram, and whose turn it is in each."""
    rows = [
        "# 问题的状态与流转",
        "",
        "由 `qingfeng docs` 据 `problems/flow.py` 画出，请勿手改。",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> found",
    ]
    rows += [f"    {state.value} : {state.label}" for state in ProblemState]
    for move in MOVES.values():
        if move.target is None:
            continue
        rows += [
            f"    {source.value} --> {move.target.value} : {move.label}"
            for source in move.sources
            if source != move.target
        ]
    rows += ["```", "", "| 状态 | 下一步通常是 |", "|---|---|"]
    for state in ProblemState:
        verb = OWNER_OF_STATE[state]
        rows.append(f"| {state.label} | {MOVES[verb].label if verb else '—'} |")
    return "\n".join(rows) + "\n"
