"""Plain text: full-width characters, odd blanks and control characters brought to one form."""

from __future__ import annotations

import re
import unicodedata

# What offices type where they mean “nothing”.
NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无数据", "NULL", "null", "None", "N/A", "n/a", "NaN", "nan"}
)
EXCEL_ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)

# Put by the reader in place of a formula that no program has computed yet.
NOT_COMPUTED = "#未计算"

BLANKS = re.compile(r"\s+")
INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


class Unusable(ValueError):
    """A value that cannot be taken; the text is the reason, in Chinese, without the value itself."""

    @property
    def reason(self) -> str:
        return str(self)


def plain(value: str) -> str:
    """NFKC, without invisible characters, trimmed, inner blanks collapsed to one. Most texts are so already: what is
    printable holds nothing invisible and no blank but the common one."""
    looks_plain = " " not in value and value.isprintable()
    if looks_plain and (value.isascii() or unicodedata.is_normalized("NFKC", value)):
        return value
    return BLANKS.sub(" ", unicodedata.normalize("NFKC", INVISIBLE.sub("", value))).strip()


def closed_up(value: str) -> str:
    """Plain text without any blanks."""
    return plain(value).replace(" ", "")


def is_nothing(value: str) -> bool:
    """Whether a cell says nothing: empty, a dash, a slash, NULL."""
    return value in NOTHING or plain(value) in NOTHING


def refuse_excel_error(value: str) -> None:
    """An error value of a formula is named as such: it must never become text or zero."""
    if value == NOT_COMPUTED:
        raise Unusable("公式没有存下算出的值，请在 Excel 中打开、重新计算并保存")
    if value.startswith("#") and value.strip().upper() in EXCEL_ERRORS:
        raise Unusable(f"单元格是公式错误值 {value.strip().upper()}")


def clean_text(value: str) -> str:
    """Free text, place names."""
    return plain(value)


def clean_code(value: str) -> str:
    """A reference of any kind: upper case, no blanks; a number of Excel loses its “.0”."""
    code = closed_up(value).upper()
    if re.fullmatch(r"\d+\.0", code):
        return code[:-2]
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", code):
        raise Unusable("编号被 Excel 转成了浮点数，请按文本重新导出")
    return code
