"""The key of a firm in a role: its valid credit code, else the code its exact name has in the register of firms,
else `n:` and the name. A name that two registered firms share finds no code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qingfeng.screening.cleaning.codes import is_valid, name_core


def codes_by_name(firms: Iterable[tuple[str | None, str | None]]) -> dict[str, str]:
    """Core of the name → credit code, for the names that only one valid code of the register bears."""
    found: dict[str, set[str]] = {}
    for code, name in firms:
        if code and name and is_valid(code):
            found.setdefault(name_core(name), set()).add(code)
    return {core: next(iter(owners)) for core, owners in found.items() if len(owners) == 1}


def firm_key(code: str | None, name: str | None, register: Mapping[str, str]) -> str | None:
    if code and is_valid(code):
        return code
    core = name_core(name) if name else ""
    if not core:
        return None
    return register.get(core, f"n:{core}")
