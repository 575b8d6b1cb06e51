"""A paper as the source that `qingfeng gongwen render` takes: Markdown under a front matter. Charts become tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from qingfeng.apps.work.reports.papers.described import described
from qingfeng.apps.work.reports.papers.model import Paper

_PLAIN_KEYS = ("kind", "title", "mark", "number", "date", "issued_by", "issue_date")
_LISTS = {
    "issuers": "issuer",
    "signatories": "signatory",
    "addressees": "addressees",
    "copied_to": "copied_to",
}
_ATTENDANCE = ("present", "excused", "observing")


def to_markdown(paper: Paper) -> str:
    """The whole source."""
    whole = described(paper)
    head = "\n".join(_front(whole))
    return f"---\n{head}\n---\n\n" + "\n".join(_body(whole))


def _front(whole: dict[str, Any]) -> Iterator[str]:
    """JSON strings are YAML strings."""
    for key in _PLAIN_KEYS:
        if (
            whole[key]
            and not (key == "date" and whole["form"] == "minutes")
            and not (key == "number" and _is_open(whole))
        ):
            yield f"{key}: {_quoted(whole[key])}"
    for key, name in _LISTS.items():
        if whole[key]:
            yield f"{name}: [{', '.join(map(_quoted, whole[key]))}]"
    if whole["form"] == "minutes":
        for key in _ATTENDANCE:
            if whole[key]:
                yield f"{key}: [{', '.join(map(_quoted, whole[key]))}]"
    else:
        yield f"seal: {'是' if whole['seal'] else '否'}"
        yield f"letter: {'是' if whole['form'] == 'letter' else '否'}"
    if whole["attachments"]:
        yield f"attachments: [{', '.join(_quoted(one['title']) for one in whole['attachments'])}]"


def _is_open(whole: dict[str, Any]) -> bool:
    """A number that is still to be given."""
    return "　" in whole["number"]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _body(whole: dict[str, Any]) -> Iterator[str]:
    yield from _blocks(whole["blocks"])
    for number, attached in enumerate(whole["attachments"], 1):
        if attached["blocks"]:
            yield f"# 附件{number} {attached['title']}\n"
            yield from _blocks(attached["blocks"])


def _blocks(blocks: Iterable[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if block["is"] == "text":
            level = block.get("level", 0)
            yield f"{'#' * level} {_escaped(block['text'])}\n" if level else f"{_paragraph(block['text'])}\n"
        else:
            yield from _table(block)


def _table(block: dict[str, Any]) -> Iterator[str]:
    if block["landscape"]:
        yield "<!-- 横排 -->\n"
    if block["caption"]:
        yield f"{_escaped(block['caption'])}\n"
    yield f"| {' | '.join(map(_cell, block['head']))} |"
    yield f"|{'---|' * len(block['head'])}"
    for row in block["rows"]:
        yield f"| {' | '.join(map(_cell, row))} |"
    yield ""


def _cell(text: str) -> str:
    return _escaped(" ".join(text.split())).replace("|", "\\|")


def _paragraph(text: str) -> str:
    """“1.” at the beginning is text, not a list: the mark is kept as it stands."""
    text = _escaped(text)
    first, dot, rest = text.partition(".")
    return f"{first}\\.{rest}" if dot and first.isdigit() else text


def _escaped(text: str) -> str:
    for sign in "\\`*_[]<#&":
        text = text.replace(sign, f"\\{sign}")
    return text
