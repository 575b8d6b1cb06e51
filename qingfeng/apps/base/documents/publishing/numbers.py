"""Numbers that must not be public: of identity cards, accounts and telephones, whole or with too little masked.

A number is not guessed at: it is one by its form (check digit, birth date, prefix) or by the word or heading before it.
Document, contract and invoice numbers, sums and dates are none. Sources: GB 11643 (citizens' numbers), ISO/IEC 7812
(the check digit of cards), RULES §6 (what a mask may leave).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Literal

from qingfeng.apps.base.documents.publishing.headings import holds

NumberKind = Literal["id", "account", "phone"]
Found = tuple[NumberKind, int, int]

_GAP = r"[\s·.\-—–_]{0,3}"
_LONG_DIGITS = re.compile(rf"(?<![0-9A-Za-z〔])[0-9](?:{_GAP}[0-9]){{10,79}}(?:{_GAP}[Xx])?(?![0-9A-Za-z])")
_SCIENTIFIC = re.compile(r"(?<![0-9A-Za-z.])([1-9])\.([0-9]{9,17})[Ee]\+?(1[0-9])(?![0-9])")
_DECIMAL = re.compile(r"[0-9]{1,10}\.[0-9]+")
"""A table program writes 62.1 as 62.100000000000001."""
_STAR = r"*×●•○□■#"
_PARTLY = re.compile(
    rf"(?<![0-9A-Za-z{_STAR}])(?=[0-9{_STAR} \-]*(?:[{_STAR}]|[xX]{{3}}))[0-9{_STAR}xX](?:[ \-]?[0-9{_STAR}xX]){{6,24}}(?![0-9A-Za-z{_STAR}])"
)
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z])(?:\(?(?:\+|00)86\)?{_GAP}|86{_GAP})?1[3-9](?:{_GAP}[0-9]){{9}}(?![0-9])"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z〔.,])\(?0[1-9][0-9]{1,2}\)?[\s\-—–]{0,2}[2-9][0-9]{2,3}[\s\-—–]?[0-9]{4}(?![0-9])"
)
_LOCAL = re.compile(r"(?:电话|手机|座机|联系方式|来电|致电)(?:号码?)?[:为是]?\s*([2-9][0-9]{6,7})(?![0-9])")
_SERVICE = re.compile(
    r"(?<![0-9])(?:1[0-9]{2}|1[0-9]{4}|9[0-9]{4}|[48]00[\s\-—]?[0-9]{3,4}[\s\-—]?[0-9]{3,4})(?![0-9])"
)
_PART = re.compile(
    r"(?:前|后|末|尾)\s*(?:[五六七八九十]|1?[0-9])\s*[位段][为是:\s]*([0-9](?:[\s\-]?[0-9]){4,})"
)

_PRIVATE = r"身份|证件|公民|户主|手机|电话|联系|账|帐|卡|存折|拨|微信|呼"
_ID_WORDS = re.compile(
    r"(?:身份证|证件|公民身份|身份号码|(?<!可)(?<!书)证号)(?:号码?|号)?[:为是应 ]{0,3}\s*$"
)
_ACCOUNT_WORDS = re.compile(
    r"(?:账号|帐号|卡号|账户|帐户|银行卡|存折|一卡通)(?:号码?)?(?:\([^)]*\))?[:为是应]{0,3}\s*$"
)
_OTHER_WORDS = re.compile(
    r"(?:合同|项目|发票|凭证|票据|流水|订单|工单|文号|案号|档案|快递|条码|税号|信用代码|许可证|证书|产权证|执照"
    rf"|(?:(?!{_PRIVATE})[\u4e00-\u9fffA-Za-z]){{1,8}}(?:号码?|编码|代码))"
    r"[^,。;\s\u4e00-\u9fff]{0,6}[:为是]?\s*(?:[0-9][0-9\-]*\s*[至到—~、和及]\s*)*$"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LOOKS_BACK = 44
"""Letters before a number in which the word that says what it is may stand."""


def find_numbers(text: str, label: str = "") -> Iterator[Found]:
    """Every number in a folded text; `label` is the heading above it or the word left of it."""
    yield from _scientific(text, label)
    yield from _labelled(text, label)
    yield from _whole(text, label)
    yield from _partly_masked(text, label)
    yield from _phones(text, label)
    yield from _parts(text, label)


def _before(text: str, at: int, label: str) -> str:
    lead = text[max(0, at - _LOOKS_BACK) : at]
    return lead if len(lead) > 10 or not label else f"{label}:{lead}"


def _labelled(text: str, label: str) -> Iterator[Found]:
    """Under a heading of numbers more than the last four digits are too many, in whatever form they stand."""
    said = holds(label)
    for kind, pattern in (("id", r"[0-9][0-9\s\-.]{3,}[0-9Xx]"), ("account", r"[0-9][0-9\s\-.]{3,}[0-9]")):
        if kind in said:
            for match in re.finditer(pattern, text):
                if len(re.sub(r"[^0-9Xx]", "", match.group())) > 4 and not _is_date(match.group()):
                    yield kind, match.start(), match.end()  # type: ignore[misc]
    if "phone" in said:
        for match in re.finditer(r"(?<![0-9*])[0-9(][0-9\s\-—.()]{5,}[0-9]", text):
            digits = re.sub(r"[^0-9]", "", match.group())
            if 7 <= len(digits) <= 16 and not _SERVICE.fullmatch(match.group().strip()):
                yield "phone", match.start(), match.end()


def _is_date(written: str) -> bool:
    return re.fullmatch(r"(?:19|20)[0-9]{2}[\-.][0-9]{1,2}[\-.][0-9]{1,2}", written) is not None


def _whole(text: str, label: str) -> Iterator[Found]:
    for match in _LONG_DIGITS.finditer(text):
        digits = re.sub(r"[^0-9Xx]", "", match.group()).upper()
        kind = _kind_of(digits, _before(text, match.start(), label))
        if kind and not (_DECIMAL.fullmatch(match.group()) and not checks(digits)):
            yield kind, match.start(), match.end()
        elif len(digits) > 18:
            yield from _within(match)


def _within(match: re.Match[str]) -> Iterator[Found]:
    """Numbers that stand side by side look like one: those with the right check digit are told apart.

    A number begins or ends where a written group does; inside one group of twenty digits there is none.
    """
    written = match.group()
    places = [at for at, letter in enumerate(written) if letter in "0123456789Xx"]
    digits = "".join(written[at] for at in places).upper()
    for first in range(len(digits) - 17):
        last = first + 17
        begins = first == 0 or places[first] - places[first - 1] > 1
        ends = last == len(digits) - 1 or places[last + 1] - places[last] > 1
        window = digits[first : last + 1]
        if (begins or ends) and is_id_number(window) and checks(window):
            yield "id", match.start() + places[first], match.start() + places[last] + 1


def _kind_of(digits: str, before: str) -> NumberKind | None:
    if _ID_WORDS.search(before) and len(digits) >= 15:
        return "id"
    if _ACCOUNT_WORDS.search(before) and len(digits) >= 9:
        return "account"
    is_other = _OTHER_WORDS.search(before) is not None
    if is_id_number(digits) and not (is_other and not checks(digits)):
        return "id"
    if is_other:
        return None
    is_card = digits.startswith(("62", "60", "45", "40", "43", "35", "9558")) and luhn(digits)
    return "account" if 16 <= len(digits) <= 19 and is_card else None


def is_id_number(digits: str) -> bool:
    """18 digits with a plausible birth date, or 15 (GB 11643). A typing error in the check digit hides nobody."""
    if len(digits) == 18 and digits[:17].isdigit():
        return digits[0] != "0" and _born(digits[6:14])
    return len(digits) == 15 and digits.isdigit() and digits[0] != "0" and _born(f"19{digits[6:12]}")


def checks(digits: str) -> bool:
    """The check digit of 18 is right."""
    if len(digits) != 18:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17]


def luhn(digits: str) -> bool:
    """The check digit of a bank card is right."""
    if not digits.isdigit():
        return False
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _born(written: str) -> bool:
    try:
        day = datetime.date(int(written[:4]), int(written[4:6]), int(written[6:8]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2100


def _scientific(text: str, label: str) -> Iterator[Found]:
    """9.90405195506182E+17: a table program writes long numbers so, and the digits before the rounding are all there."""
    for match in _SCIENTIFIC.finditer(text):
        whole = int(match.group(3)) + 1
        digits = (match.group(1) + match.group(2)).ljust(whole, "0")[:whole]
        is_mobile = whole == 11 and re.match("1[3-9]", digits) is not None and "money" not in holds(label)
        kind = "phone" if is_mobile else _kind_of(digits, _before(text, match.start(), label))
        if kind:
            yield kind, match.start(), match.end()  # type: ignore[misc]


def _partly_masked(text: str, label: str) -> Iterator[Found]:
    """A mask that leaves more than it may: of a card the last four digits, of a telephone first three and last four."""
    for match in _PARTLY.finditer(text):
        shown = re.sub(r"[ \-]", "", match.group())
        head = re.match(r"[0-9]*", shown).group()  # type: ignore[union-attr]
        tail = re.search(r"[0-9]*[Xx]?$|$", shown).group()  # type: ignore[union-attr]
        tail = tail if re.search("[0-9]", tail) else ""
        inside = sum(letter.isdigit() for letter in shown[len(head) : len(shown) - len(tail)])
        kind = _masked_kind(shown, head, _before(text, match.start(), label), label)
        most_at_head = 3 if kind == "phone" else 0
        if kind and (len(head) > most_at_head or len(tail) > 4 or inside):
            yield kind, match.start(), match.end()


def _masked_kind(shown: str, head: str, before: str, label: str) -> NumberKind | None:
    said = holds(label)
    if "account" in said or _ACCOUNT_WORDS.search(before):
        return "account"
    if "id" in said or _ID_WORDS.search(before) or (len(head) >= 14 and _born(head[6:14])):
        return "id"
    if "phone" in said or (len(shown) == 11 and re.match("1[3-9]", shown)):
        return "phone"
    if len(shown) in {15, 18}:
        return "id"
    return "account" if 16 <= len(shown) <= 19 else None


def _phones(text: str, label: str) -> Iterator[Found]:
    if "money" in holds(label):
        return
    for pattern in (_MOBILE, _LANDLINE):
        for match in pattern.finditer(text):
            before = _before(text, match.start(), label)
            if not _OTHER_WORDS.search(before) and not _is_no_phone(text, match):
                yield "phone", match.start(), match.end()
    for match in _LOCAL.finditer(text):
        yield "phone", match.start(1), match.end(1)


def _is_no_phone(text: str, match: re.Match[str]) -> bool:
    """A sum (元 follows), part of a longer code (SB-138-…), a decimal."""
    if _DECIMAL.fullmatch(match.group()):
        return True
    after, before = text[match.end() : match.end() + 2], text[max(0, match.start() - 2) : match.start()]
    if match.group().isdigit():
        return after[:1] in {"元", "万", "亿"} or re.match(r"\.[0-9]|号[^码,。;)\s]", after) is not None
    return re.search(r"[0-9A-Za-z][\-—–.]$", before) is not None or "\n" in match.group()


def _parts(text: str, label: str) -> Iterator[Found]:
    """A number given in pieces: 前三位为…，后八位为…. More than four digits of a private number are too many."""
    for match in _PART.finditer(text):
        sentence = re.split(r"[。;\n]", f"{label}:{text[: match.start()]}")[-1]
        for kind, words in (
            ("phone", "手机|电话|号码"),
            ("id", "身份|证件|证号"),
            ("account", "账|帐|卡|折"),
        ):
            if re.search(words, sentence):
                yield kind, match.start(1), match.end(1)  # type: ignore[misc]
                break
