"""Templates: formatted by djade, every word translatable, nothing inline that the content security policy forbids."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from django.utils.translation.template import templatize

from tools.places import ROOT, program, say

INLINE = {
    r"<script(?![^>]*\bsrc=)(?![^>]*\btype=[\"']application/json)": "a script inside the page",
    r"<style\b": "a style sheet inside the page",
    r"\sstyle\s*=\s*[\"']": "an inline style",
    r"\son[a-z]+\s*=\s*[\"']": "an inline handler",
    r"\shx-on[:\w-]*\s*=|\shx-vals\s*=\s*[\"']js:": "a script in an htmx attribute",
    r"javascript:": "a javascript: address",
    r"(?:src|href)\s*=\s*[\"'](?:https?:)?//": "an address outside this site",
    r"\{%\s*csrf_exempt|\|\s*safe\b|\{%\s*autoescape\s+off": "text that is not escaped",
}
CHINESE = re.compile(r"[\u3400-\u9fff]+")
QUIET = re.compile(
    r"\{#.*?#\}|<!--.*?-->|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{%\s*trans(?:late)?\b.*?%\}"
    r"|\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}|\b_\((?:\"[^\"]*\"|'[^']*')\)",
    re.DOTALL,
)


def templates() -> list[Path]:
    folders = (ROOT / "qingfeng").rglob("templates")
    return sorted({path for folder in folders for path in folder.rglob("*.html")})


def faults(path: Path) -> list[str]:
    """What is wrong in this template, each with its line."""
    text = path.read_text(encoding="utf-8")
    found = [
        (place.start(), what) for pattern, what in INLINE.items() for place in re.finditer(pattern, text)
    ]
    plain = QUIET.sub(blank, text)
    found += [(place.start(), f"“{place[0]}” is not translatable") for place in CHINESE.finditer(plain)]
    try:
        templatize(text, origin=str(path))
    except SyntaxError as wrong:
        found.append((0, str(wrong)))
    return [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, at) + 1}: {what}" for at, what in sorted(found)
    ]


def blank(place: re.Match[str]) -> str:
    """As long as what it hides, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", place[0])


def formatting(*, repair: bool) -> str:
    """What djade has to say; with `repair` it writes."""
    paths = [str(path) for path in templates()]
    if not paths:
        return ""
    command = [program("djade"), "--target-version", "5.2", *([] if repair else ["--check"]), *paths]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    return "" if done.returncode == 0 or repair else done.stdout + done.stderr


def main() -> int:
    unformatted = formatting(repair="--fix" in sys.argv)
    found = [fault for path in templates() for fault in faults(path)]
    for line in [*filter(None, [unformatted]), *found]:
        say(line)
    return 1 if found or unformatted else 0


if __name__ == "__main__":
    sys.exit(main())
