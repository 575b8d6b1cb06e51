"""Names of firms: what stays when the form of business, brackets and the place in front are taken off, and how alike.

A credit code decides; a name finds a code only when one registered firm alone answers to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from qingfeng.screening.matching.variants import fold

# Longest first: a form of business says what a firm is, not which.
FORMS = (
    *(
        "股份有限责任公司",
        "有限责任公司",
        "股份有限公司",
        "农民专业合作社联合社",
        "农民专业合作社",
        "专业合作社",
    ),
    *(
        "集团有限公司",
        "有限公司",
        "集团公司",
        "分公司",
        "总公司",
        "合作社",
        "家庭农场",
        "经营部",
        "服务部",
        "工作室",
        "商行",
    ),
    *("个体工商户", "公司", "集团", "厂", "店", "社"),
)
# Forms that one office writes for another: 有限公司 and 有限责任公司 are the same in a name.
SAME_FORM = {
    "有限责任公司": "有限公司",
    "股份有限责任公司": "股份有限公司",
    "专业合作社": "农民专业合作社",
}
PLACE = re.compile(
    r"^(?:[一-龥]{2,3}?(?:省|自治区))?(?:[一-龥]{2,3}?(?:市|自治州|盟))?(?:[一-龥]{1,4}?(?:区|县|旗))?(?:[一-龥]{1,4}?(?:街道|镇|乡))?"
)
BRACKETED_PLACE = re.compile(r"[(（][一-龥]{2,6}[)）]")
NOT_A_LETTER = re.compile(r"[\W_]+")
SHORT_PLACES = 2

EXACT = 1.0
SAME_WITHOUT_PLACE = 0.95
SAME_CORE = 0.9
CERTAIN = 0.9
POSSIBLE = 0.75


@dataclass(frozen=True)
class FirmName:
    """A firm's name taken apart."""

    whole: str
    place: str
    core: str
    form: str


@dataclass(frozen=True)
class Likeness:
    """How alike two names are, from 0 to 1, and why in words."""

    score: float
    why: str


@dataclass(frozen=True)
class Found:
    """The one firm that a name was found to mean."""

    name: str
    registered: str
    key: str
    likeness: Likeness


def taken_apart(name: str) -> FirmName:
    """清河区石桥镇绿野农业发展有限责任公司 → 清河区石桥镇 · 绿野农业发展 · 有限公司"""
    text = fold(unicodedata.normalize("NFKC", name).upper())
    brackets = "".join(BRACKETED_PLACE.findall(text))
    whole = NOT_A_LETTER.sub("", text)
    text = NOT_A_LETTER.sub("", BRACKETED_PLACE.sub("", text)) or whole
    form = next((form for form in FORMS if text.endswith(form) and len(text) > len(form) + 1), "")
    body = text[: len(text) - len(form)] if form else text
    place = PLACE.match(body)
    front = place.group() if place and len(body) - place.end() >= SHORT_PLACES else ""
    return FirmName(
        text, front + NOT_A_LETTER.sub("", brackets), body[len(front) :], SAME_FORM.get(form, form)
    )


def likeness(left: str | FirmName, right: str | FirmName) -> Likeness:
    """Two firms' names compared by their parts, then by characters."""
    a = left if isinstance(left, FirmName) else taken_apart(left)
    b = right if isinstance(right, FirmName) else taken_apart(right)
    if a.whole == b.whole:
        return Likeness(EXACT, "名称相同")
    # 公司 for 有限公司 is only shorter; a co-operative for a company is another firm.
    same_form = a.form.endswith(b.form) or b.form.endswith(a.form)
    if a.core == b.core:
        return _same_core(a, b, same_form)
    ratio = fuzz.ratio(a.core, b.core) / 100
    steps = DamerauLevenshtein.distance(a.core, b.core)
    if steps == 1 and min(len(a.core), len(b.core)) >= 4 and same_form and _places_agree(a, b):
        return Likeness(0.85, f"字号只差一字（{a.core}／{b.core}）")
    shorter, longer = sorted((a.core, b.core), key=len)
    if len(shorter) >= 4 and shorter in longer and _places_agree(a, b):
        return Likeness(0.8, f"一处写得更短（{shorter}／{longer}）")
    return Likeness(round(0.7 * ratio, 3), f"字号不同（{a.core}／{b.core}）")


def _same_core(a: FirmName, b: FirmName, same_form: bool) -> Likeness:
    if not _places_agree(a, b):
        return Likeness(0.6, f"字号相同，地名不同（{a.place}／{b.place}）")
    if same_form and a.place == b.place:
        return Likeness(SAME_WITHOUT_PLACE, "字号、地名相同，组织形式写法不同")
    if same_form:
        return Likeness(SAME_CORE, f"字号相同，一处少写地名或组织形式（{a.place or '—'}／{b.place or '—'}）")
    return Likeness(0.7, f"字号相同，组织形式不同（{a.form}／{b.form}）")


def _places_agree(a: FirmName, b: FirmName) -> bool:
    return not a.place or not b.place or a.place in b.place or b.place in a.place


def find(names: Iterable[str], register: Mapping[str, str], *, least: float = CERTAIN) -> list[Found]:
    """Names found in a register (name → key): only those that one firm alone answers to at `least`.

    Candidates share the core, or most characters of it; two firms that are equally alike find nobody.
    """
    apart = {name: taken_apart(name) for name in register}
    by_core: dict[str, list[str]] = defaultdict(list)
    for name, parts in apart.items():
        by_core[parts.core].append(name)
    cores = list(by_core)
    found = []
    for name in names:
        parts = taken_apart(name)
        near = by_core.get(parts.core) or [
            one
            for core, _, _ in process.extract(parts.core, cores, scorer=fuzz.ratio, limit=5, score_cutoff=70)
            for one in by_core[core]
        ]
        rated = sorted(
            ((likeness(parts, apart[one]), one) for one in near), key=lambda pair: (-pair[0].score, pair[1])
        )
        owners = {register[one] for rating, one in rated if rating.score >= least}
        if len(owners) == 1:
            found.append(Found(name, rated[0][1], register[rated[0][1]], rated[0][0]))
    return found
