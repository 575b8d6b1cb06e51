"""Masks as RULES §6 asks for: what an office may see, and the little that the public may see."""

from __future__ import annotations

import re
from typing import Literal

from qingfeng.apps.base.documents.publishing.exposures import Exposure, find_exposures, fold

Audience = Literal["office", "public"]


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
    made, at = [], 0
    for exposure in find_exposures(text):
        made += [text[at : exposure.start], _masked(text, exposure, audience)]
        at = exposure.end
    return "".join(made) + text[at:]


def _masked(text: str, exposure: Exposure, audience: Audience) -> str:
    shown = fold(text[exposure.start : exposure.end])
    if exposure.kind == "id":
        return mask_id(shown, audience)
    if exposure.kind == "account":
        return mask_account(shown)
    if exposure.kind == "phone":
        return mask_phone(shown)
    return "（略）"
