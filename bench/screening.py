"""The screening measured: its hits against a known gold, and its speed against hand-written SQL.

    python bench/screening.py --sample [--people 20000] [--seed 1] [--rules-only a01,a02] [--cache DIR] [--brief]
    python bench/screening.py --rules 200000 [--cache DIR] [--pandas PYTHON] [--json]

`--sample` makes a district with planted cases, runs every rule on it through the command line, and prints per rule
how many planted cases were found, how many near misses were raised and what was hit that nobody planted.
`--rules N` makes a store of N payments and proportionate other tables by SQL and runs the first twenty rules of the
handbook beside hand-written SQL for the same rules. The script ends with 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from _screening import gold

AS_OF = "2026-06-30"


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="qingfeng-screening-") as thrown_away:
        cache = arguments.cache or Path(thrown_away)
        cache.mkdir(parents=True, exist_ok=True)
        if arguments.rules:
            from _screening import speed

            return speed.measure(cache, arguments.rules, pandas=arguments.pandas, as_json=arguments.json)
        return sample(cache, arguments)


def sample(cache: Path, arguments: argparse.Namespace) -> int:
    """Recall and near misses on a made-up district."""
    data, out = cache / f"sample-{arguments.people}-{arguments.seed}", cache / "out"
    if not (data / "planted.csv").exists():
        _screen(
            "sample", "--people", str(arguments.people), "--seed", str(arguments.seed), "--out", str(data)
        )
    chosen = ["--rules", arguments.rules_only] if arguments.rules_only else []
    began = time.monotonic()
    _screen("run", "--data", str(data), "--as-of", AS_OF, "--out", str(out), *chosen)
    seconds = time.monotonic() - began
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    done = [rule["id"] for rule in summary["rules"] if rule["status"] == "done"]
    scores = gold.score(data, out, done)
    whole = gold.total(scores)
    print(gold.told(scores, details=not arguments.brief))
    for rule in summary["rules"]:
        if rule["status"] != "done":
            print(f"{rule['id']}: {rule['status']} {rule['why']}")
    print(f"{arguments.people} people, seed {arguments.seed}: loaded and screened in {seconds:.0f} s")
    return 0 if gold.holds(whole) else 1


def _screen(*words: str) -> None:
    """One command in a process of its own; a rule that broke off is told by the summary."""
    finished = subprocess.run(["qingfeng", "screen", *words], capture_output=True, text=True, check=False)
    if finished.returncode not in {0, 1}:
        raise SystemExit(f"qingfeng screen {words[0]}: {finished.stderr.strip() or finished.stdout.strip()}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", action="store_true", help="hits against the gold (the default)")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rules-only", default="", help="only these rules, like a01,a02")
    parser.add_argument("--brief", action="store_true", help="without the list of what was missed or raised")
    parser.add_argument("--rules", type=int, default=0, help="payments of the speed run")
    parser.add_argument("--pandas", type=Path, help="python of an environment with pandas and pyarrow")
    parser.add_argument("--cache", type=Path, help="keep what was made here")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
