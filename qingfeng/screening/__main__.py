"""`python -m qingfeng.screening test RULEFILE…` and `… handbook FOLDER`, without the rest of the platform."""

from __future__ import annotations

import sys
from pathlib import Path

from qingfeng.screening import handbook
from qingfeng.screening.engine.specs.running import run
from qingfeng.screening.errors import ScreeningError

USAGE = "用法：python -m qingfeng.screening test 规则文件… ；python -m qingfeng.screening handbook 文件夹\n"


def main(words: list[str]) -> int:
    """Exit code 0 when every case holds, 1 when one does not, 2 when a file cannot be read."""
    if len(words) >= 2 and words[0] == "test":
        return max(_test(Path(word)) for word in words[1:])
    if len(words) == 2 and words[0] == "handbook":
        sys.stdout.write(f"{handbook.write(Path(words[1]))}\n")
        return 0
    sys.stderr.write(USAGE)
    return 2


def _test(path: Path) -> int:
    try:
        outcomes = run(path)
    except ScreeningError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for outcome in outcomes:
        sys.stdout.write(f"{'✗' if outcome.faults else '✓'} {path.stem} {outcome.case.title}\n")
        sys.stdout.writelines(f"    {fault}\n" for fault in outcome.faults)
    return 1 if any(outcome.faults for outcome in outcomes) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
