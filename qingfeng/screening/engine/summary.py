"""What a run says about itself: per rule and per file, in numbers and in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

DONE, SKIPPED, FAILED = "done", "skipped", "failed"
STOPPED = "中断，未运行"


@dataclass
class RuleResult:
    """What became of one rule. `hits` counts every hit, `questions` those of them that first ask who it is."""

    id: str
    version: str
    title: str
    content: int
    parameters: dict[str, Any]
    status: str = DONE
    why: str = ""
    hits: int = 0
    questions: int = 0
    subjects: int = 0
    sum: float | None = None
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)
    reopen: dict[str, float] = field(default_factory=dict)


@dataclass
class Summary:
    """What became of a run."""

    as_of: str
    engine: str
    started: str
    catalogue_version: str
    seconds: float = 0.0
    interrupted: bool = False
    rules: list[RuleResult] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    quality: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Did a rule break off, or was the run stopped?"""
        return self.interrupted or any(result.status == FAILED for result in self.rules)

    def as_dict(self) -> dict[str, Any]:
        """As it stands in summary.json."""
        return asdict(self)
