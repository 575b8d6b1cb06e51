"""Masks as RULES §6 asks for: what an office may see, and the little that the public may see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from qingfeng.apps.base.documents.publishing.exposures import Exposure, find_exposures, fold

Audience = Literal["office", "public"]
LEFT_OUT = "（略）"


def mask_id(number: str, audience: Audience = "public") -> str:
    """An ID number: first six and last four for offices, the last four only for the public."""
    digits = re.sub(r"[^0-9Xx]", "", number)
    return (
        f"{digits[:6]}{'*' * max(0, len(digits) - 10)}{digits[-4:]}"
        if audience == "office"
        else f"**{digits[-4:]}"
    )


def mask_account(number: str) -> str:
    """A bank account: its last four digits."""
    return f"****{re.sub(r'[^0-9]', '', number)[-4:]}"


def mask_phone(number: str) -> str:
    """A telephone: first three and last four digits."""
    digits = re.sub(r"[^0-9]", "", number)
    return f"{digits[:3]}****{digits[-4:]}"


def mask_name(name: str) -> str:
    """A name: its first letter, the rest as 某: 王某, 欧某某."""
    return name[:1] + "某" * max(1, len(name) - 1)


def mask_text(text: str, audience: Audience = "public") -> str:
    """The text with every number masked and every address, illness and minor's mark taken out."""
    return edited(text, [(one.start, one.end, masked(text, one, audience)) for one in find_exposures(text)])


Edit = tuple[int, int, str]
"""From, to, and what stands there instead."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with these stretches replaced; one within another is left alone."""
    made, at = [], 0
    for start, end, instead in sorted(edits):
        if start >= at:
            made += [text[at:start], instead]
            at = end
    return "".join(made) + text[at:]


def masked(text: str, exposure: Exposure, audience: Audience = "public") -> str:
    """What stands instead of what is exposed: its mask, or that it was left out."""
    shown = fold(text[exposure.start : exposure.end])
    digits = sum(letter.isdigit() for letter in shown)
    if exposure.kind == "id" and digits >= 15 and "*" not in shown and "." not in shown:
        return mask_id(shown, audience)
    if exposure.kind == "account" and digits >= 12 and "*" not in shown and "." not in shown:
        return mask_account(shown)
    if exposure.kind == "phone" and re.search(r"1[3-9][\s\-·.—–_0-9]{9,}$", shown):
        return mask_phone(re.sub(r"[^0-9]", "", shown)[-11:])
    return LEFT_OUT
