"""The words of the form: sentences with figure marks. Whatever is typed, the marks keep counting from the ledgers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.returns.figures import ALL, FIGURES, Box, Figure

LONGEST = 1000
PAPER_LANGUAGE = "zh-hans"
"""The form is a Chinese document; so are its marks, whatever language the page around it speaks."""
STANDARD = {
    Box.INSPECTIONS: "开展检查{sheets}次，其中自检{sheets_self}次、督检{sheets_supervision}次、抽检{sheets_random}次；"
    "召开会议{meetings}次，登记谈话、培训、走访等活动{activities}次。",
    Box.PROBLEMS: "发现问题{found}个，其中一般问题{found_ordinary}个、隐患风险{found_risk}个；"
    "涉及群众{people}人，涉及金额{sum_involved}。",
    Box.RECTIFICATION: "本期销号{closed_out}个；期末正在整改{in_rectification}个，其中逾期{overdue}个；"
    "长期坚持{long_term}个；清退金额{sum_returned}。",
    Box.INSTITUTIONS: "新建制度{new_rules}项，签署承诺书{commitments}份。",
}
"""What is said where nothing was edited."""
_MARK = re.compile(r"\{([^{}]*)\}")
_BRACES = str.maketrans("｛｝", "{}")


def read_words(text: str) -> str:
    """The words as typed, with every mark by its key. BadInput names a mark that does not exist."""
    text = text.translate(_BRACES).strip()
    if not text:
        raise BadInput(_("文字不能为空；没有内容的请写“无”。"))
    if len(text) > LONGEST:
        raise BadInput(
            _("文字有%(length)d字，超过%(limit)d字，请精简。") % {"length": len(text), "limit": LONGEST}
        )
    if set(_MARK.sub("", text)) & {"{", "}"}:
        raise BadInput(_("花括号没有成对。数字标记应写成 %(example)s 这样。") % {"example": "{发现问题}"})
    return _MARK.sub(lambda found: "{" + _key_of(found[1].strip()) + "}", text)


def shown_words(words: str) -> str:
    """The words for editing: marks by their Chinese names."""
    return _MARK.sub(lambda found: typed_mark(FIGURES[found[1]]), words)


def typed_mark(figure: Figure) -> str:
    """The mark as it is typed."""
    with translation.override(PAPER_LANGUAGE):
        return "{" + str(figure.name) + "}"


def pieces(words: str) -> Iterator[str | Figure]:
    """The words in order: plain text, and figures where marks stand."""
    at = 0
    for found in _MARK.finditer(words):
        if found.start() > at:
            yield words[at : found.start()]
        yield FIGURES[found[1]]
        at = found.end()
    if at < len(words):
        yield words[at:]


def in_figures(figure: Figure, value: int) -> str:
    """A value as it is printed. Money carries its unit, and is exact."""
    if not figure.is_money:
        return str(value)
    yuan, fen = divmod(value, 100)
    if yuan >= 10_000 and not fen:
        return f"{yuan / 10_000:.4f}".rstrip("0").rstrip(".") + "万元"
    return f"{yuan}.{fen:02d}元" if fen else f"{yuan}元"


def _key_of(typed: str) -> str:
    if typed in FIGURES:
        return typed
    named = next((figure.key for figure in ALL if typed_mark(figure) == "{" + typed + "}"), None)
    if named is None:
        known = "、".join(typed_mark(figure) for figure in ALL)
        raise BadInput(
            _("没有“{%(mark)s}”这个数字标记。可用的有：%(known)s") % {"mark": typed, "known": known}
        )
    return named
