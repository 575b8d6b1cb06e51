"""What was measured: seconds of wall and processor, the floor of the same run, the ratio, the limit of the assignment."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Line:
    """One piece of work. Seconds; `most` is the limit of the assignment, of processor time where `of_cpu`."""

    name: str
    wall: float = 0.0
    cpu: float = 0.0
    floor: float = 0.0
    floor_is: str = ""
    most: float = 0.0
    of_cpu: bool = False
    peak_mib: float = 0.0
    most_mib: float = 0.0

    @property
    def ratio(self) -> float:
        return self.cpu / self.floor if self.floor else 0.0

    @property
    def over(self) -> bool:
        took = self.cpu if self.of_cpu else self.wall
        return bool((self.most and took > self.most) or (self.most_mib and self.peak_mib > self.most_mib))


@dataclass
class Report:
    """A run. Times belong to the machine: only wrong counts make it fail."""

    lines: list[Line] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    load: float = field(default_factory=lambda: os.getloadavg()[0])

    def check(self, what: str, told: object, real: object) -> None:
        if told != real:
            self.failures.append(f"{what}: {told!r} is not {real!r}")

    def as_dict(self) -> dict[str, Any]:
        lines = [asdict(line) | {"ratio": round(line.ratio, 1), "over": line.over} for line in self.lines]
        return {"load": self.load, "lines": lines, "facts": self.facts, "failures": self.failures}

    def as_text(self) -> str:
        told = [f"load {self.load:.1f} · seconds", ""]
        told.append(f"{'':<46}{'wall':>8}{'CPU':>8}{'floor':>8}{'ratio':>7}{'MiB':>7}")
        for line in self.lines:
            floor = f"{line.floor:>8.2f}{line.ratio:>7.1f}" if line.floor else f"{'':>15}"
            peak = f"{line.peak_mib:>7.0f}" if line.peak_mib else f"{'':>7}"
            late = f"  ! over {line.most:g} s" + (f" or {line.most_mib:g} MiB" if line.most_mib else "")
            told.append(
                f"{line.name:<46}{line.wall:>8.2f}{line.cpu:>8.2f}{floor}{peak}{late if line.over else ''}"
            )
        told += ["", *(f"{name}: {value}" for name, value in self.facts.items())]
        told += [f"{len(self.failures)} failed", *(f"  ✗ {one}" for one in self.failures)]
        return "\n".join(told)


@dataclass
class Clock:
    """Seconds since it was started: of the wall, and of this process and the children it waited for."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def clocked() -> Iterator[Clock]:
    clock = Clock()
    wall, cpu = time.perf_counter(), _cpu()
    yield clock
    clock.wall, clock.cpu = time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
