"""The browser baseline: our own styles and scripts run on Chromium 90, since domestic browsers lag behind.

Each refused word carries the Chromium version that brought it. The front-end packages are looked at too.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools.places import ROOT, say

BASELINE = 90

NEWER_CSS = {
    r"color-mix\(": 111,
    r"light-dark\(": 123,
    r":has\(": 105,
    r"@container\b": 105,
    r"@layer\b": 99,
    r"@scope\b": 118,
    r"@starting-style\b": 117,
    r"\b(?:ok)?l(?:ab|ch)\(": 111,
    r"\bsubgrid\b": 117,
    r"\bfield-sizing\s*:": 123,
    r"\d(?:d|s|l)v[hwib]\b": 108,
    r":user-(?:in)?valid\b": 119,
    r":popover-open\b": 114,
    r"(?:^|[{;}])\s*&": 112,
    r"\(\s*(?:width|height)\s*[<>]": 104,
    r"\b(?:rotate|scale|translate)\s*:\s*[\d-]": 104,
}
NEWER_JS = {
    r"\bstructuredClone\(": 98,
    r"\bObject\.hasOwn\(": 93,
    r"\bObject\.groupBy\(": 117,
    r"\.(?:findLast|findLastIndex)\(": 97,
    r"\.(?:toSorted|toReversed|toSpliced)\(": 110,
    r"\.at\(-": 92,
    r"\bstatic\s*\{": 94,
    r"\bAbortSignal\.timeout\(": 103,
    r"\bArray\.fromAsync\(": 121,
    r"\bPromise\.withResolvers\(": 119,
    r"\.(?:show|hide|toggle)Popover\(": 114,
    r"\bstartViewTransition\b": 111,
    r"\bcrypto\.randomUUID\(": 92,
    r"\bnew\s+URLPattern\b": 95,
    r"\bscheduler\.\w+\(": 94,
}
NEWER = {".css": NEWER_CSS, ".js": NEWER_JS}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def faults(path: Path) -> list[str]:
    """The places in this file that need a newer browser."""
    text = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), path.read_text(encoding="utf-8"))
    found = []
    for pattern, version in NEWER[path.suffix].items():
        for place in re.finditer(pattern, text, re.MULTILINE):
            line = text.count("\n", 0, place.start()) + 1
            found.append(
                f"{path.relative_to(ROOT)}:{line}: “{place[0].strip()}” needs Chromium {version}, ours is {BASELINE}"
            )
    return found


def styles_and_scripts() -> list[Path]:
    folders = (ROOT / "qingfeng").rglob("static")
    return sorted(
        path for folder in folders for path in folder.rglob("*") if path.suffix in NEWER and path.is_file()
    )


def main() -> int:
    found = [fault for path in styles_and_scripts() for fault in faults(path)]
    for fault in found:
        say(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
