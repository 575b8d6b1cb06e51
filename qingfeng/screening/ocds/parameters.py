"""Parameters of the eleven flags: from `--param r003.threshold=10`, or from the INI file that Cardinal's users have."""

from __future__ import annotations

import configparser
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qingfeng.screening.errors import BadData

CODES = ("R003", "R018", "R024", "R025", "R028", "R030", "R035", "R036", "R038", "R048", "R058")
TOP = "global"
"""Our name for what stands above the first section."""
OTHER_SECTIONS = {"defaults", "redactions", "corrections", "modifications"}
"""Sections of such an INI file that clean the data beforehand: not ours to do, so they are passed over."""


def words(value: str) -> frozenset[str]:
    """A list written with upright strokes: `open|selective`."""
    return frozenset(part for part in value.split("|") if part)


def natural(value: str) -> int:
    """A whole number from zero up."""
    found = int(value)
    if found < 0:
        raise ValueError(value)
    return found


@dataclass(frozen=True)
class Parameters:
    """What the flags are computed with; every value has the default of the public definition.

    `currency` None means: the first one met. Thresholds of None are computed from the data as fences.
    """

    rules: tuple[str, ...] = CODES
    currency: str | None = None
    no_price_comparison_procurement_methods: frozenset[str] = frozenset()
    price_comparison_procurement_methods: frozenset[str] = frozenset()
    excluded_details: frozenset[str] = frozenset()
    r003_threshold: int = 15
    r003_procurement_methods: frozenset[str] = frozenset()
    r003_details: dict[str, int] = field(default_factory=dict)
    r018_procurement_methods: frozenset[str] = frozenset({"open", "selective"})
    r024_threshold: float | None = None
    r025_percentile: int = 75
    r025_threshold: float | None = None
    r035_threshold: int = 1
    r038_threshold: float | None = None
    r038_minimum_submitted_bids: int = 2
    r038_minimum_contracting_processes: int = 2
    r048_digits: int = 2
    r048_threshold: int | None = None
    r048_minimum_contracting_processes: int = 20
    r058_threshold: float | None = None

    @classmethod
    def parse(
        cls, pairs: Iterable[str] = (), *, settings: Path | None = None, rules: Iterable[str] | None = None
    ) -> Parameters:
        """Reads `name=value` pairs, over an INI file if one is given.

        With an INI file only the flags that it has a section for are computed, as its users expect; `rules` says so
        outright. Raises BadData for an unknown name, a value of the wrong kind, or a file that is no INI file.
        """
        values: dict[str, Any] = {}
        if settings is not None:
            values.update(_from_ini(settings))
        details = dict(values.pop("r003_details", {}))
        for pair in pairs:
            name, stroke, value = pair.partition("=")
            if not stroke:
                raise BadData(f"参数“{pair}”", "应写作 名称=值，例如 r003.threshold=10")
            _take(values, details, name.strip(), value.strip())
        if rules is not None:
            values["rules"] = _known_rules(rules)
        return cls(**values, r003_details=details)


READERS: dict[str, Callable[[str], Any]] = {
    "currency": str,
    "no_price_comparison_procurement_methods": words,
    "price_comparison_procurement_methods": words,
    "r003_threshold": int,
    "r003_procurement_methods": words,
    "r018_procurement_methods": words,
    "r024_threshold": float,
    "r025_percentile": natural,
    "r025_threshold": float,
    "r035_threshold": natural,
    "r038_threshold": float,
    "r038_minimum_submitted_bids": natural,
    "r038_minimum_contracting_processes": natural,
    "r048_digits": natural,
    "r048_threshold": natural,
    "r048_minimum_contracting_processes": natural,
    "r058_threshold": float,
}
PER_METHOD = "r003.procurement_method_details."
EXCLUDED = "exclusions.procurement_method_details"


def _take(values: dict[str, Any], details: dict[str, int], name: str, value: str) -> None:
    lowered = name.lower()
    try:
        if lowered.startswith(PER_METHOD):
            details[name[len(PER_METHOD) :]] = int(value)
        elif lowered == EXCLUDED:
            values["excluded_details"] = words(value)
        else:
            values[lowered.replace(".", "_", 1)] = READERS[lowered.replace(".", "_", 1)](value)
    except KeyError:
        known = "、".join(reader.replace("_", ".", 1) if reader[0] == "r" else reader for reader in READERS)
        raise BadData(f"参数“{name}”", f"没有这个参数。可用的有：{known}") from None
    except ValueError:
        raise BadData(f"参数“{name}”", f"值“{value}”不是所需的数") from None


def _from_ini(path: Path) -> dict[str, Any]:
    reader = configparser.ConfigParser(inline_comment_prefixes=(";", "#"), interpolation=None, strict=False)
    reader.optionxform = str  # type: ignore[assignment,method-assign]  # names of procurement methods keep their case
    try:
        reader.read_string(f"[{TOP}]\n" + path.read_text(encoding="utf-8"), source=path.name)
    except (OSError, UnicodeDecodeError, configparser.Error) as trouble:
        raise BadData(f"设置文件“{path.name}”", "不是可读的 INI 文件") from trouble
    values: dict[str, Any] = {}
    details: dict[str, int] = {}
    for section in reader.sections():
        if section.partition(".")[0] in OTHER_SECTIONS | {"codelists"}:
            continue
        for name, value in reader.items(section):
            _take(values, details, name if section == TOP else f"{section}.{name}", value)
    values["rules"] = tuple(code for code in CODES if reader.has_section(code))
    return {**values, "r003_details": details}


def _known_rules(rules: Iterable[str]) -> tuple[str, ...]:
    asked = {rule.strip().upper() for rule in rules}
    if unknown := asked - set(CODES):
        raise BadData(f"规则“{'、'.join(sorted(unknown))}”", f"没有这条规则。可用的有：{'、'.join(CODES)}")
    return tuple(code for code in CODES if code in asked)
