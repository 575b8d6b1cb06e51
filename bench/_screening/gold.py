"""Hits against the gold of a sample: recall, near misses raised, and what was hit that nobody planted."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

TRUE = "true"
RECALL_FLOOR = 0.95
NEAR_CEILING = 0.05

Subject = tuple[str, str]


@dataclass
class Score:
    """How one rule did. `tied` hits rest on records planted for another rule, `background` on nobody's."""

    rule: str
    true: int = 0
    found: int = 0
    near: int = 0
    raised: int = 0
    hits: int = 0
    tied: int = 0
    background: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """True among all hits, those on another rule's plants left aside."""
        counted = self.hits - self.tied
        return self.found / counted if counted else 1.0


@dataclass(frozen=True)
class Case:
    """A planted case: where its first record stands helps whoever looks for it."""

    rule: str
    kind: str
    subject: str
    note: str
    place: str


def read_cases(path: Path) -> tuple[list[Case], set[tuple[str, str, int]]]:
    """The planted cases, one each, and the places of all their records."""
    cases: dict[str, Case] = {}
    places = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            place = (line["file"], line["sheet"], int(line["row"]))
            places.add(place)
            told = f"{line['file']} {line['sheet']} {line['row']}".replace("  ", " ")
            made = Case(line["rule"], line["kind"], line["subject"], line["note"], told)
            cases.setdefault(line["case"], made)
    return list(cases.values()), places


def score(sample: Path, out: Path, rules: Iterable[str]) -> list[Score]:
    """The scores of the rules that ran."""
    cases, places = read_cases(sample / "planted.csv")
    with (out / "hits.csv").open(encoding="utf-8-sig", newline="") as file:
        raised = {(line["rule"], line["subject"]): line["hit_id"] for line in csv.DictReader(file)}
    on_plants = _hits_on(out / "evidence.parquet", places)
    scores = {rule: Score(rule) for rule in rules}
    planted = _weigh(cases, raised, scores)
    for (rule, subject), hit in raised.items():
        one = scores[rule]
        one.hits += 1
        if (rule, subject) not in planted:
            one.tied += hit in on_plants
            one.background += hit not in on_plants
            if hit not in on_plants and len(one.wrong) < 5:
                one.wrong.append(f"background {subject}")
    return list(scores.values())


def _weigh(cases: list[Case], raised: Mapping[Subject, str], scores: Mapping[str, Score]) -> set[Subject]:
    by_subject: dict[Subject, Case] = {}
    for case in cases:
        by_subject.setdefault((case.rule, case.subject), case)
    for key, case in by_subject.items():
        one = scores.get(case.rule)
        if one is None:
            continue
        hit = key in raised
        if case.kind == TRUE:
            one.true += 1
            one.found += hit
            if not hit:
                one.missed.append(f"{case.note} [{case.place}]")
        else:
            one.near += 1
            one.raised += hit
            if hit:
                one.wrong.append(f"{case.note} [{case.place}]")
    return set(by_subject)


def _hits_on(evidence: Path, places: set[tuple[str, str, int]]) -> set[str]:
    """The hits whose evidence touches a planted record."""
    found: dict[str, bool] = defaultdict(bool)
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT hit_id, file, coalesce(sheet, ''), \"row\" FROM read_parquet(?)", [str(evidence)]
        ).fetchall()
    for hit, file, sheet, row in rows:
        found[hit] = found[hit] or (file, sheet, row) in places
    return {hit for hit, on_plant in found.items() if on_plant}


def told(scores: list[Score], *, details: bool = True) -> str:
    """The table people read."""
    lines = [
        f"{'rule':5}{'true':>6}{'found':>7}{'recall':>8}{'near':>6}{'raised':>8}{'tied':>6}{'backgr.':>9}{'precision':>11}"
    ]
    for s in scores:
        lines.append(
            f"{s.rule:5}{s.true:6}{s.found:7}{s.recall:8.3f}{s.near:6}{s.raised:8}{s.tied:6}{s.background:9}"
            f"{s.precision:11.3f}"
        )
        if details:
            lines += [f"      missed: {text}" for text in s.missed[:6]] + [
                f"      raised: {text}" for text in s.wrong[:6]
            ]
    whole = total(scores)
    lines.append(
        f"{'all':5}{whole.true:6}{whole.found:7}{whole.recall:8.3f}{whole.near:6}{whole.raised:8}{whole.tied:6}"
        f"{whole.background:9}{whole.precision:11.3f}"
    )
    return "\n".join(lines)


def total(scores: list[Score]) -> Score:
    """All rules together."""
    whole = Score("all")
    for one in scores:
        for name in ("true", "found", "near", "raised", "hits", "tied", "background"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
    return whole


def holds(whole: Score) -> bool:
    """Recall and near misses within the limits of the assignment."""
    return whole.recall >= RECALL_FLOOR and whole.raised <= NEAR_CEILING * max(1, whole.near)
