"""What was done, how many, how long; checks that failed; ratios against floors."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Step:
    """One part of the job."""

    name: str
    count: int = 0
    seconds: float = 0.0
    unit: str = ""

    @property
    def each(self) -> float:
        """Milliseconds for one."""
        return 1000 * self.seconds / self.count if self.count else 0.0


@dataclass(frozen=True)
class Ratio:
    """Our time over the time of a floor that cannot be beaten, both taken in this run."""

    name: str
    floor: str
    ours: float
    floor_seconds: float

    @property
    def times(self) -> float:
        return self.ours / self.floor_seconds


@dataclass
class Report:
    plan: str = ""
    database: str = ""
    steps: list[Step] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    checks: int = 0
    failures: list[str] = field(default_factory=list)

    @contextmanager
    def step(self, name: str, unit: str = "") -> Iterator[Step]:
        step = Step(name, unit=unit)
        begun = time.perf_counter()
        yield step
        step.seconds = time.perf_counter() - begun
        self.steps.append(step)

    def seconds(self, name: str) -> float:
        return next(step.seconds for step in self.steps if step.name == name)

    def check(self, what: str, told: object, real: object) -> None:
        """Two ways to the same figure."""
        self.checks += 1
        if told != real:
            self.failures.append(f"{what}: {told!r} is not {real!r}")

    def as_dict(self) -> dict[str, Any]:
        return {
            "plan": self.plan,
            "database": self.database,
            "facts": self.facts,
            "checks": self.checks,
            "failures": self.failures,
            "steps": [asdict(step) for step in self.steps],
            "ratios": [{**asdict(one), "times": round(one.times, 2)} for one in self.ratios],
        }

    def as_text(self) -> str:
        lines = [
            f"plan: {self.plan} · database: {self.database}",
            "",
            f"{'step':<44}{'count':>7}{'seconds':>10}{'ms each':>10}",
        ]
        lines += [
            f"{step.name:<44}{step.count:>7}{step.seconds:>10.2f}{step.each:>10.1f}  {step.unit}"
            for step in self.steps
        ]
        total = sum(step.seconds for step in self.steps)
        lines += [f"{'all':<44}{'':>7}{total:>10.2f}", "", "ratios against floors of the same run"]
        lines += [
            f"  {one.name}: {one.times:.1f} × {one.floor} ({1000 * one.ours:.2f} ms : {1000 * one.floor_seconds:.2f} ms)"
            for one in self.ratios
        ]
        lines += ["", *(f"{name}: {value}" for name, value in self.facts.items())]
        lines += [
            "",
            f"{self.checks} checks, {len(self.failures)} failed",
            *(f"  ✗ {one}" for one in self.failures),
        ]
        return "\n".join(lines)
