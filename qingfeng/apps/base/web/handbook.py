"""The handbook by role (`docs/handbook`), drawn as pages: headings, lists, words of the page in 「」, addresses in `…`.

Only what the handbook uses is understood; anything else is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PAGES = ("README", "clerk", "inspector", "office", "keeper", "administrator")
"""In the order of the tabs; the first holds what is the same for everybody."""
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>\d+\.|-) (?P<text>.*)")
_INLINE = re.compile(r"「([^」]+)」|`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)")


@dataclass(frozen=True)
class HandbookPage:
    """One page of the handbook."""

    name: str
    title: str
    body: SafeString


@cache
def handbook_page(name: str) -> HandbookPage:
    """The page of this name; files are read once, since they change with a release only."""
    lines = _text(name).splitlines()
    title = lines[0].removeprefix("# ")
    return HandbookPage(name, title, mark_safe("\n".join(_blocks(lines[1:]))))  # noqa: S308 — every text is escaped below


def labels(name: str) -> list[str]:
    """What the page quotes of the product's pages."""
    return re.findall(r"「([^」]+)」", _text(name))


def _text(name: str) -> str:
    return (Path(settings.HANDBOOK) / f"{name}.md").read_text(encoding="utf-8")


def _blocks(lines: list[str]) -> Iterator[str]:
    open_lists: list[str] = []
    for line in lines:
        found = _ITEM.fullmatch(line)
        if found is None:
            if open_lists and line.startswith("   ") and line.strip():
                yield f"<p>{_inline(line.strip())}</p>"
                continue
            yield from (f"</{kind}>" for kind in reversed(open_lists))
            open_lists = []
            if line.startswith("## "):
                yield f"<h2>{_inline(line[3:])}</h2>"
            elif line.strip():
                yield f"<p>{_inline(line.strip())}</p>"
            continue
        depth = 2 if found["indent"] else 1
        kind = "ul" if found["mark"] == "-" else "ol"
        while len(open_lists) > depth:
            yield f"</{open_lists.pop()}>"
        if len(open_lists) < depth:
            open_lists.append(kind)
            yield f"<{kind}>"
        yield f"<li>{_inline(found['text'])}</li>"
    yield from (f"</{kind}>" for kind in reversed(open_lists))


def _inline(text: str) -> str:
    made, at = "", 0
    for found in _INLINE.finditer(text):
        made += escape(text[at : found.start()]) + _piece(found)
        at = found.end()
    return made + escape(text[at:])


def _piece(found: re.Match[str]) -> str:
    label, code, words, target = found.groups()
    if label:
        return f"<b>{escape(label)}</b>"
    if code:
        return f"<code>{escape(code)}</code>"
    name = target.removesuffix(".md")
    return f'<a href="?page={name}">{escape(words)}</a>' if name in PAGES else str(escape(words))
