"""How characters sound: a name taken down at the window or over the telephone keeps its sound and loses its characters.

Sounds that speakers of many dialects do not tell apart (zh/z, ch/c, sh/s, n/l, -ing/-in, -eng/-en) are one sound here.
"""

from __future__ import annotations

import importlib
from functools import cache, lru_cache
from typing import Any

# Characters that are read otherwise as a surname; only the readings that differ after the folding below.
SURNAME_READINGS = {
    **{
        "曾": "zeng",
        "单": "shan",
        "解": "xie",
        "仇": "qiu",
        "查": "zha",
        "盖": "ge",
        "朴": "piao",
        "区": "ou",
    },
    **{
        "乐": "yue",
        "尉": "yu",
        "缪": "miao",
        "员": "yun",
        "覃": "qin",
        "召": "shao",
        "冼": "xian",
        "洗": "xian",
    },
    **{
        "种": "chong",
        "重": "chong",
        "翟": "zhai",
        "折": "she",
        "黑": "he",
        "晟": "cheng",
        "郇": "xun",
        "秘": "bi",
    },
}
INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))


@cache
def _readings() -> Any:
    """Asked for when the first name is read: its dictionary takes longer to load than most commands to run."""
    return importlib.import_module("pypinyin").lazy_pinyin


@lru_cache(maxsize=50_000)
def sound(character: str) -> str:
    """The folded sound of one character; a letter or digit is its own sound."""
    return folded(_readings()(character)[0].lower())


@lru_cache(maxsize=5_000)
def surname_sound(character: str) -> str:
    return folded(SURNAME_READINGS.get(character) or _readings()(character)[0].lower())


def folded(syllable: str) -> str:
    for initial, chief in INITIALS:
        if syllable.startswith(initial):
            syllable = chief + syllable[len(initial) :]
            break
    return syllable[:-1] if syllable.endswith(("ing", "eng")) else syllable


def name_sound(name: str) -> str:
    """The sound of a whole name, syllables joined by blanks."""
    return " ".join(sound(one) if place else surname_sound(one) for place, one in enumerate(name))
