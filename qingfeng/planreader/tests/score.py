"""Holds a draft of the plan reader against the gold answer written by hand, and counts.

A gold answer (`<name>.gold.json` beside `<name>.txt|.docx|.html|.pdf`) has the keys of the draft, except:

- an obligation carries `what_contains` in place of `what`: phrases, one of which is in the draft's `what` or `quote`;
- `weekday` is 1 for Monday to 7 for Sunday, `month_of_period` counts from 1 (3 = last month of a quarter),
  `day` -1 is the last;
- `optional: true` marks a reading that may be drawn from the text but need not be: never missed, never wrong
  (where `due_accept` is given, not wrong only with one of these due dates);
- where the year cannot be known the gold has null dates: a draft that guesses one is wrong;
- `faults` lists codes only, and all of them: any other code of `BASE_FAULTS` in the draft is a false alarm.

Matching is one to one: a dated obligation by its due date, a rhythm by `every` and `day`, a triggered one by
having a trigger, each with one of the phrases. What the draft has beyond that is wrong, unless it repeats a
matched obligation exactly. `contents`, `groups` and `forms` are compared too, but what a draft has there beyond
the gold is not held against it.
"""

import argparse
import importlib
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = dict[str, Any]

BASE_FAULTS = frozenset(
    {
        "attachment_missing",
        "attachment_uncited",
        "duty_undefined",
        "date_incomplete",
        "date_impossible",
        "stages_overlap",
        "days_uncovered",
        "due_outside_stage",
        "due_on_day_off",
        "body_two_names",
        "groups_unnamed",
        "count_mismatch",
        "numbering_broken",
        "outdated_words",
        "person_named",
        "still_draft",
        "year_unknown",
    }
)
OBLIGATION_CLASSES = ("dated", "rhythms", "triggers")
MEASURES = ("kind", "stages", *OBLIGATION_CLASSES, "faults", "contents", "groups", "forms")


@dataclass
class Counts:
    """How many answers were found, missed and wrongly given, with a line of text for each of the last two."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    missed_details: list[str] = field(default_factory=list)
    wrong_details: list[str] = field(default_factory=list)

    def add(self, other: "Counts") -> None:
        self.found += other.found
        self.missed += other.missed
        self.wrong += other.wrong
        self.missed_details += other.missed_details
        self.wrong_details += other.wrong_details

    @property
    def found_rate(self) -> float:
        """Share of the gold answers that were found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def wrong_rate(self) -> float:
        """Share of the answers given that are wrong."""
        return self.wrong / (self.found + self.wrong) if self.found + self.wrong else 0.0


Scores = dict[str, Counts]


@dataclass
class FolderScore:
    """The counts of every file of a folder and their sums."""

    totals: Scores
    files: dict[str, Scores]


def flat(text: object) -> str:
    """Text as it is compared: one width, no spaces, one kind of quotation mark."""
    normal = unicodedata.normalize("NFKC", "" if text is None else str(text))
    return "".join(normal.split()).translate(str.maketrans("“”‘’", "\"\"''"))


def counts_of(found: int, missed: Iterable[str], wrong: Iterable[str]) -> Counts:
    missed_details, wrong_details = list(missed), list(wrong)
    return Counts(found, len(missed_details), len(wrong_details), missed_details, wrong_details)


def class_of(obligation: Record) -> str | None:
    """Whether an obligation is a rhythm, dated or triggered; None for one without any time."""
    if obligation.get("recurrence"):
        return "rhythms"
    if obligation.get("due"):
        return "dated"
    return "triggers" if obligation.get("trigger") else None


def time_of(obligation: Record) -> tuple[object, ...]:
    """What must be equal for two obligations of one class to be the same."""
    rhythm = obligation.get("recurrence")
    if rhythm:
        return rhythm.get("every"), rhythm.get("day")
    return (obligation.get("due"),)


def says(gold: Record, draft: Record) -> bool:
    """Whether one of the gold's phrases occurs in the draft's task or source sentence."""
    text = flat(draft.get("what")) + flat(draft.get("quote"))
    return any(flat(phrase) in text for phrase in gold["what_contains"])


def same(gold: Record, draft: Record) -> bool:
    return class_of(gold) == class_of(draft) and time_of(gold) == time_of(draft) and says(gold, draft)


def tolerated(gold: Record, draft: Record) -> bool:
    """Whether the draft gives an optional reading."""
    accepted = gold.get("due_accept")
    return says(gold, draft) and (accepted is None or draft.get("due") in accepted)


def pair_up(gold: list[Record], draft: list[Record]) -> dict[int, int]:
    """The largest one-to-one matching, as draft index → gold index."""
    taken: dict[int, int] = {}

    def place(wanted: int, tried: set[int]) -> bool:
        for index, candidate in enumerate(draft):
            if index in tried or not same(gold[wanted], candidate):
                continue
            tried.add(index)
            if index not in taken or place(taken[index], tried):
                taken[index] = wanted
                return True
        return False

    for wanted in range(len(gold)):
        place(wanted, set())
    return taken


def identity_of(obligation: Record) -> str:
    who = sorted(flat(name) for name in obligation.get("who") or [])
    return json.dumps(
        [who, flat(obligation.get("what")), class_of(obligation), time_of(obligation)], ensure_ascii=False
    )


def line_of(obligation: Record) -> str:
    """One obligation on one line, for the person who reads the score."""
    rhythm = obligation.get("recurrence")
    time = (
        f"{rhythm.get('every')}:{rhythm.get('day')}"
        if rhythm
        else obligation.get("due") or obligation.get("trigger")
    )
    what = obligation.get("what") or "|".join(obligation.get("what_contains", []))
    return f"{time} {'、'.join(obligation.get('who') or [])} {what}"


def score_obligations(gold: list[Record], draft: list[Record]) -> Scores:
    required = [item for item in gold if not item.get("optional")]
    optional = [item for item in gold if item.get("optional")]
    scores = {}
    for name in OBLIGATION_CLASSES:
        wanted = [item for item in required if class_of(item) == name]
        given = [item for item in draft if class_of(item) == name]
        pairs = pair_up(wanted, given)
        repeated = {identity_of(given[index]) for index in pairs}
        wrong = [
            item
            for index, item in enumerate(given)
            if index not in pairs
            and identity_of(item) not in repeated
            and not any(tolerated(reading, item) for reading in optional)
        ]
        missed = [item for index, item in enumerate(wanted) if index not in pairs.values()]
        scores[name] = counts_of(len(pairs), map(line_of, missed), map(line_of, wrong))
    return scores


def stage_dates(plan: Record) -> dict[tuple[int, str], str]:
    """Every stage date under the place of its stage in the order of the plan."""
    stages = plan.get("stages") or []
    return {
        (place, side): stage[side]
        for place, stage in enumerate(stages, 1)
        for side in ("start", "end")
        if stage.get(side)
    }


def stage_lines(dates: set[tuple[tuple[int, str], str]]) -> list[str]:
    return [f"stage {place} {side} {day}" for (place, side), day in sorted(dates)]


def score_stages(gold: Record, draft: Record) -> Counts:
    wanted, given = set(stage_dates(gold).items()), set(stage_dates(draft).items())
    return counts_of(len(wanted & given), stage_lines(wanted - given), stage_lines(given - wanted))


def score_faults(gold: Record, draft: Record) -> Counts:
    wanted = set(gold["faults"])
    given = {fault["code"] for fault in draft.get("faults") or []} & BASE_FAULTS
    return counts_of(len(wanted & given), sorted(wanted - given), sorted(given - wanted))


def score_named(
    gold: list[Record], draft: list[Record], key: str, equal: Callable[[Record, Record], bool]
) -> Counts:
    """Records that are looked for, but of which a draft may hold more."""
    missed = [item[key] for item in gold if not any(equal(item, other) for other in draft)]
    return counts_of(len(gold) - len(missed), missed, [])


def same_title(gold: Record, draft: Record) -> bool:
    return bool(draft.get("title")) and flat(gold["title"]) in flat(draft["title"])


def same_group(gold: Record, draft: Record) -> bool:
    names = flat(gold["name"]), flat(draft.get("name"))
    return (
        bool(names[1])
        and (names[0] in names[1] or names[1] in names[0])
        and gold["count"] == draft.get("count")
    )


def same_form(gold: Record, draft: Record) -> bool:
    fields = [[flat(name) for name in form.get("fields") or []] for form in (gold, draft)]
    return str(gold["attachment"]) == str(draft.get("attachment")) and fields[0] == fields[1]


def score_draft(gold: Record, draft: Record) -> Scores:
    """All measures of one file. For what is no plan, only the kind counts."""
    right = gold["kind"] == draft.get("kind")
    judged = "" if right else f"{gold['kind']} read as {draft.get('kind')}"
    scores = {"kind": counts_of(int(right), [judged] if judged else [], [judged] if judged else [])}
    if gold["kind"] != "plan":
        return scores
    scores["stages"] = score_stages(gold, draft)
    scores |= score_obligations(gold["obligations"], draft.get("obligations") or [])
    scores["faults"] = score_faults(gold, draft)
    scores["contents"] = score_named(gold["contents"], draft.get("contents") or [], "title", same_title)
    scores["groups"] = score_named(gold["groups"], draft.get("groups") or [], "name", same_group)
    scores["forms"] = score_named(gold["forms"], draft.get("forms") or [], "title", same_form)
    return scores


def document_beside(gold_file: Path) -> Path:
    """The document that a gold answer belongs to."""
    name = gold_file.name.removesuffix(".gold.json")
    for suffix in (".txt", ".docx", ".html", ".pdf"):
        document = gold_file.with_name(name + suffix)
        if document.exists():
            return document
    raise FileNotFoundError(f"no document beside {gold_file.name}")


def score_folder(folder: Path, read: Callable[[Path], Record]) -> FolderScore:
    """Reads every document of the folder that has a gold answer, and counts."""
    result = FolderScore({name: Counts() for name in MEASURES}, {})
    for gold_file in sorted(Path(folder).glob("*.gold.json")):
        document = document_beside(gold_file)
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        scores = result.files[document.name] = score_draft(gold, read(document))
        for name, counts in scores.items():
            result.totals[name].add(counts)
    return result


def read_by_command(document: Path) -> Record:
    """The draft as `qingfeng plan read FILE --json` prints it."""
    command = str(Path(sys.executable).with_name("qingfeng"))
    done = subprocess.run(
        [command, "plan", "read", str(document), "--json"], capture_output=True, check=False
    )
    draft: Record = json.loads(done.stdout.decode("utf-8"))
    return draft


def reader_named(name: str) -> Callable[[Path], Record]:
    """A reader given as `package.module:function`."""
    module, _, function = name.partition(":")
    reader: Callable[[Path], Record] = getattr(importlib.import_module(module), function)
    return reader


def row(name: str, scores: Scores) -> str:
    cells = (f"{c.found}/{c.missed}/{c.wrong}" if (c := scores.get(measure)) else "" for measure in MEASURES)
    return f"{name:<34}" + "".join(f"{cell:>10}" for cell in cells)


def table(result: FolderScore, details: bool) -> str:
    """found/missed/wrong per file and measure, then the rates."""
    lines = [f"{'found/missed/wrong':<34}" + "".join(f"{measure:>10}" for measure in MEASURES)]
    for name, scores in result.files.items():
        lines.append(row(name, scores))
        for measure, counts in scores.items() if details else ():
            lines += [f"    missed {measure}: {text}" for text in counts.missed_details]
            lines += [f"    WRONG  {measure}: {text}" for text in counts.wrong_details]
    lines.append(row("total", result.totals))
    lines.append(f"{'found':<34}" + "".join(f"{result.totals[m].found_rate:>10.1%}" for m in MEASURES))
    lines.append(f"{'wrong':<34}" + "".join(f"{result.totals[m].wrong_rate:>10.1%}" for m in MEASURES))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the plan reader against gold answers.")
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--reader", help="package.module:function; without it the command `qingfeng plan read` is run"
    )
    parser.add_argument("--totals", action="store_true", help="no details of what was missed or wrong")
    asked = parser.parse_args()
    read = reader_named(asked.reader) if asked.reader else read_by_command
    print(table(score_folder(asked.folder, read), details=not asked.totals))


if __name__ == "__main__":
    main()
