"""Translations up to date: every Chinese message of code and templates stands in the English catalogue, translated.

``python -m tools.messages`` tells what is missing, stale, empty or has other placeholders; ``--fix`` adds and removes
entries and leaves the words to a person.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.places import LOCALE, ROOT, say

CATALOGUE = LOCALE / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# A fixed date: the catalogue changes when its messages do, and at no other time.
DATED = datetime(2026, 1, 1, tzinfo=UTC)


def sources() -> Iterator[tuple[Path, bytes]]:
    """Each file that may hold messages, as Python text. Tests and migrations speak to nobody."""
    for path in sorted((ROOT / "qingfeng").rglob("*")):
        if {"tests", "migrations", "__pycache__"} & set(path.parts):
            continue
        if path.suffix == ".py":
            yield path, path.read_bytes()
        elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
            text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # Its indentation is that of the page, which no Python would take.
            yield path, "\n".join(line.lstrip() for line in text.splitlines()).encode()


def wanted() -> Catalog:
    """The messages that the code and the templates use."""
    catalogue = Catalog(locale="en", domain="django")
    for path, text in sources():
        for line, messages, _, context in extract(
            "python", BytesIO(text), KEYWORDS, options={"encoding": "utf-8"}
        ):
            if messages:
                catalogue.add(messages, context=context, locations=[(str(path.relative_to(ROOT)), line)])
    return catalogue


def written() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="en", domain="django")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def identity(message: Message) -> tuple[str | None, str | tuple[str, ...]]:
    name = message.id
    return message.context, name if isinstance(name, str) else tuple(name)


def entries(catalogue: Catalog) -> dict[tuple[str | None, str | tuple[str, ...]], Message]:
    return {identity(message): message for message in catalogue if message.id}


def faults() -> list[str]:
    """What is wrong with the English catalogue, each with its place."""
    used, have = entries(wanted()), entries(written())
    found = [f"missing: {shown(used[key])}" for key in used if key not in have]
    found += [f"stale: {shown(have[key])}" for key in have if key not in used]
    for key in used.keys() & have.keys():
        texts = texts_of(have[key])
        if not all(texts):
            found.append(f"without translation: {shown(used[key])}")
        elif have[key].fuzzy:
            found.append(f"fuzzy: {shown(used[key])}")
        elif not same_placeholders(key[1], texts):
            found.append(f"other placeholders: {shown(used[key])}")
    return sorted(found)


def texts_of(message: Message) -> tuple[str, ...]:
    """The translation: one text, or one for each number."""
    text = message.string
    return (text,) if isinstance(text, str) else tuple(str(one or "") for one in text or ("",))


def same_placeholders(name: str | tuple[str, ...], texts: tuple[str, ...]) -> bool:
    """A translation that lost its placeholder would fail on the page. A singular may write the number in words."""
    asked = set(PLACEHOLDER.findall(name if isinstance(name, str) else name[-1]))
    return set(PLACEHOLDER.findall(texts[-1])) == asked and all(
        set(PLACEHOLDER.findall(text)) <= asked for text in texts
    )


def shown(message: Message) -> str:
    name = message.id if isinstance(message.id, str) else message.id[0]
    place = f" ({message.locations[0][0]}:{message.locations[0][1]})" if message.locations else ""
    return repr(name) + place


def renew() -> None:
    """Add what is missing, drop what is stale, keep every translation."""
    have = entries(written())
    catalogue = Catalog(
        locale="en", domain="django", project="Qingfeng", version="1", fuzzy=False,
        header_comment="# English texts of Qingfeng. Kept in order by `make fix`; the words are a person's.",
        creation_date=DATED, revision_date=DATED, last_translator="Qingfeng", language_team="English", charset="utf-8",
    )  # fmt: skip
    for key, message in entries(wanted()).items():
        old = have.get(key)
        catalogue.add(message.id, old.string if old else "", context=message.context)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    unfinished = CATALOGUE.with_suffix(".po.tmp")
    with unfinished.open("wb") as file:
        write_po(file, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)
    unfinished.replace(CATALOGUE)


def main() -> int:
    if "--fix" in sys.argv:
        renew()
    found = faults()
    for fault in found:
        say(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
