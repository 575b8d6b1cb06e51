"""Parameters of the eleven flags: from `--param r003.threshold=10`, or from the INI file that Cardinal's users have."""

from __future__ import annotations

import configparser
import difflib
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qingfeng.screening.errors import BadData

TITLES = {
    "R003": "投标期过短",
    "R018": "只有一家投标",
    "R024": "次低价与中标价过近",
    "R025": "常投少中",
    "R028": "不同投标人报价相同",
    "R030": "截止后收到的标中标",
    "R035": "除中标人外全部被否决",
    "R036": "最低报价被否决",
    "R038": "被否决偏多",
    "R048": "供货门类过杂",
    "R058": "中标价远低于次低价",
}
CODES = tuple(TITLES)
TOP = "global"
"""Our name for what stands above the first section."""
OTHER_SECTIONS = {"defaults", "redactions", "corrections", "modifications", "codelists"}
"""Sections of such an INI file that clean the data beforehand: not ours to do, so they are passed over."""

OTHER_FLAG = re.compile(r"[RU]\d{3}")
"""How the tool names its flags; it has some that we do not compute."""


def words(value: str) -> frozenset[str]:
    """A list written with upright strokes: `open|selective`."""
    return frozenset(part for part in value.split("|") if part)


def natural(value: str) -> int:
    """A whole number from zero up."""
    found = int(value)
    if found < 0:
        raise ValueError(value)
    return found


def percentile(value: str) -> int:
    """A whole number from 0 to 100."""
    found = natural(value)
    if found > 100:
        raise ValueError(value)
    return found


def finite(value: str) -> float:
    """A number that is neither endless nor none."""
    found = float(value)
    if not math.isfinite(found):
        raise ValueError(value)
    return found


@dataclass(frozen=True)
class Parameters:
    """What the flags are computed with; every value has the default of the public definition.

    `currency` None means: the first one met. Thresholds of None are computed from the data as fences. `not_computed`
    are flags that an INI file asks for and that are none of the eleven.
    """

    rules: tuple[str, ...] = CODES
    not_computed: tuple[str, ...] = ()
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
    "r024_threshold": finite,
    "r025_percentile": percentile,
    "r025_threshold": finite,
    "r035_threshold": natural,
    "r038_threshold": finite,
    "r038_minimum_submitted_bids": natural,
    "r038_minimum_contracting_processes": natural,
    "r048_digits": natural,
    "r048_threshold": natural,
    "r048_minimum_contracting_processes": natural,
    "r058_threshold": finite,
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
        raise BadData(f"参数“{name}”", f"没有这个参数。{_meant(lowered)}") from None
    except ValueError:
        raise BadData(f"参数“{name}”", f"值“{value}”不是所需的数；{WANTED[_reader(lowered)]}") from None


WANTED: dict[Callable[[str], Any], str] = {
    int: "请写整数",
    natural: "请写不小于 0 的整数",
    percentile: "请写 0 到 100 的整数",
    finite: "请写数，如 0.05",
}


def _reader(lowered: str) -> Callable[[str], Any]:
    return READERS.get(lowered.replace(".", "_", 1), int)


def _meant(lowered: str) -> str:
    known = [name.replace("_", ".", 1) if re.match(r"r\d", name) else name for name in READERS]
    known += [f"{PER_METHOD}采购方式", EXCLUDED]
    near = difflib.get_close_matches(lowered, known, n=1, cutoff=0.8)
    return f"是不是 {near[0]}？" if near else f"可用的有：{'、'.join(known)}"


def _from_ini(path: Path) -> dict[str, Any]:
    reader = configparser.ConfigParser(inline_comment_prefixes=(";", "#"), interpolation=None, strict=False)
    reader.optionxform = str  # type: ignore[assignment,method-assign]  # names of procurement methods keep their case
    try:
        reader.read_string(f"[{TOP}]\n" + path.read_text(encoding="utf-8-sig"), source=path.name)
    except OSError as trouble:
        raise BadData(f"设置文件“{path}”", "打不开，请核对路径") from trouble
    except (UnicodeDecodeError, configparser.Error) as trouble:
        raise BadData(f"设置文件“{path}”", "不是可读的 INI 文件（UTF-8）") from trouble
    values: dict[str, Any] = {}
    details: dict[str, int] = {}
    others = {
        section for section in reader.sections() if OTHER_FLAG.fullmatch(section) and section not in CODES
    }
    for section in reader.sections():
        if section in others or section.partition(".")[0] in OTHER_SECTIONS:
            continue
        for name, value in reader.items(section):
            _take(values, details, name if section == TOP else f"{section}.{name}", value)
    values["rules"] = tuple(code for code in CODES if reader.has_section(code))
    values["not_computed"] = tuple(sorted(others))
    return {**values, "r003_details": details}


def _known_rules(rules: Iterable[str]) -> tuple[str, ...]:
    asked = {rule.strip().upper() for rule in rules}
    if unknown := asked - set(CODES):
        raise BadData(f"规则“{'、'.join(sorted(unknown))}”", f"没有这条规则。可用的有：{'、'.join(CODES)}")
    return tuple(code for code in CODES if code in asked)
