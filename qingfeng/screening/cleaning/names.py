"""Names of persons: blanks, middle dots, remarks in brackets, variant characters (异体字)."""

from __future__ import annotations

import re
import unicodedata

from qingfeng.screening.cleaning.text import Unusable, closed_up
from qingfeng.screening.cleaning.variants import VARIANTS

DOTS = re.compile("[·•‧∙⋅・･．.。⸱ᐧ●]+")
REMARK = re.compile(r"[(\[【〔].*?[)\]】〕]")
_UNIFY = str.maketrans(VARIANTS)


def clean_name(value: str) -> str:
    """A name as it is compared: no blanks, one middle dot, no remark such as （已故）, usual characters."""
    name = DOTS.sub("·", REMARK.sub("", closed_up(value))).strip("·*")
    name = unicodedata.normalize("NFC", name.translate(_UNIFY)).upper()
    if not name:
        raise Unusable("姓名为空")
    if not any(character.isalpha() for character in name):
        raise Unusable("姓名里没有文字")
    return name


def shown(name: str) -> str:
    """A name for showing: 张*明, 李*, 艾***提."""
    if len(name) == 1:
        return "*"
    if len(name) == 2:
        return f"{name[0]}*"
    return name[0] + "*" * (len(name) - 2) + name[-1]
