"""What was measured, line by line: times, queries, the floor of the same run, the ratio, and the growth."""

from __future__ import annotations

import json
import os
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

KEPT = "measured.json"


@dataclass
class Line:
    """One page or piece of work. Times in milliseconds; the limits are those of the assignment."""

    name: str
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    floor_is: str = ""
    queries: int = 0
    queries_at_first: int = 0
    """With nothing kept from an earlier request: the first page after signing in."""
    most_queries: int = 0
    most_ms: float = 0
    of_cpu: bool = False
    """Whether `most_ms` is of processor time."""
    error: str = ""

    @property
    def p50(self) -> float:
        return statistics.median(self.wall or [0.0])

    @property
    def p95(self) -> float:
        if not self.wall:
            return 0.0
        return percentile(self.cpu if self.of_cpu else self.wall, 0.95)

    @property
    def ratio(self) -> float:
        """The median over the floor's median; processor time over processor time where it was taken."""
        took = statistics.median(self.cpu) if self.cpu else self.p50
        return took / statistics.median(self.floor) if self.floor else 0.0

    def as_dict(self) -> dict[str, Any]:
        floor = statistics.median(self.floor) if self.floor else None
        told = {name: value for name, value in asdict(self).items() if name not in ("wall", "cpu", "floor")}
        return told | {
            "p50": round(self.p50, 2),
            "p95": round(self.p95, 2),
            "cpu_p50": round(statistics.median(self.cpu or [0.0]), 2),
            "floor_p50": None if floor is None else round(floor, 3),
            "ratio": round(self.ratio, 1),
            "misses": self.most_ms and self.p95 > self.most_ms,
        }


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass
class Report:
    """A run. Only counts, and ratios where a limit is given, make it fail: times belong to the machine."""

    database: str
    rows: int
    lines: list[Line] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    load: tuple[float, ...] = field(default_factory=os.getloadavg)

    def add(self, line: Line) -> None:
        self.lines.append(line)
        if line.error:
            self.failures.append(f"{line.name}: {line.error[:200]}")
        most = max(line.queries, line.queries_at_first)
        if line.most_queries and most > line.most_queries:
            self.failures.append(f"{line.name}: {most} queries, at most {line.most_queries}")

    def check(self, what: str, told: object, real: object) -> None:
        if told != real:
            self.failures.append(f"{what}: {told!r} is not {real!r}")

    def as_dict(self) -> dict[str, Any]:
        return {
            "database": self.database,
            "rows": self.rows,
            "load": self.load,
            "lines": [line.as_dict() for line in self.lines],
            "facts": self.facts,
            "failures": self.failures,
        }

    def keep(self, home: Path) -> None:
        """Beside the data, so that another size can tell the growth; parts that were not measured now stay."""
        told, path = self.as_dict(), home / KEPT
        measured = {line["name"] for line in told["lines"]}
        before = json.loads(path.read_text(encoding="utf-8"))["lines"] if path.is_file() else []
        told["lines"] += [line for line in before if line["name"] not in measured]
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")

    def as_text(self, smaller: dict[str, Any] | None) -> str:
        before = (
            {line["name"]: line["cpu_p50"] or line["p50"] for line in smaller["lines"]} if smaller else {}
        )
        since = f"× {smaller['rows']}" if smaller else ""
        head = f"{'':<44}{'p50':>9}{'p95':>9}{'CPU':>9}{'queries':>9}{'floor':>9}{'ratio':>7}{since:>10}"
        lines = [f"{self.database} · {self.rows} problems · load {self.load[0]:.1f} · ms", "", head]
        lines += [self._row(line, before.get(line.name)) for line in self.lines]
        lines += ["", *(f"{name}: {value}" for name, value in self.facts.items())]
        lines += [f"{len(self.failures)} failed", *(f"  ✗ {one}" for one in self.failures)]
        return "\n".join(lines)

    def _row(self, line: Line, before: float | None) -> str:
        cpu = statistics.median(line.cpu or [0.0])
        floor = f"{statistics.median(line.floor):>9.2f}{line.ratio:>7.1f}" if line.floor else f"{'':>16}"
        asked = (
            f"{line.queries_at_first}/{line.queries}" if line.queries_at_first else f"{line.queries or ''}"
        )
        grown = f"{(cpu or line.p50) / before:>10.1f}" if before else f"{'':>10}"
        late = f"  ! over {line.most_ms:.0f}" if line.most_ms and line.p95 > line.most_ms else ""
        return f"{line.name:<44}{line.p50:>9.1f}{line.p95:>9.1f}{cpu:>9.1f}{asked:>9}{floor}{grown}{late}"


def smaller_one(cache: Path, home: Path, vendor: str) -> dict[str, Any] | None:
    """What was measured at the fewest rows on the same database, if that was another size."""
    kept = [
        json.loads((folder / KEPT).read_text(encoding="utf-8"))
        for folder in cache.glob(f"{vendor}-*")
        if folder != home and (folder / KEPT).is_file()
    ]
    return min(kept, key=lambda one: one["rows"], default=None)
