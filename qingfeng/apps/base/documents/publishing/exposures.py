"""Finds what must not stand in a public text: numbers of persons, accounts, telephones, addresses, minors, illness.

Sources: 个人信息保护法 art. 28, 34; RULES §6. Digits count however they are written: full-width, in Chinese brackets,
parted by blanks or hyphens. A number is not guessed at: it is one by its form (check digit, birth date, prefix), or by
the word before it. Document numbers, sums, dates, contract and project numbers are none.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "account", "phone", "address", "minor", "illness", "name"]
TITLES: dict[Kind, str] = {
    "id": "身份证号",
    "account": "银行账号",
    "phone": "电话号码",
    "address": "详细住址",
    "minor": "未成年人信息",
    "illness": "疾病或残疾信息",
    "name": "未获准公开的姓名",
}


@dataclass(frozen=True)
class Exposure:
    """One place: what it is, where it begins and ends in the text."""

    kind: Kind
    start: int
    end: int

    def sentence(self, text: str) -> str:
        """For whoever made the text; the number itself is shown by its ends only."""
        shown = text[self.start : self.end].strip()
        if self.kind in {"id", "account", "phone"} and len(shown) > 4:
            shown = f"{shown[:2]}…{shown[-2:]}"
        return f"第{self.start + 1}字起有{TITLES[self.kind]}“{shown[:24]}”"


_GAP = r"[\s\u3000\u00a0\u200b\u200c\u200d\ufeff·.\-—－_]{0,3}"
_LONG_DIGITS = re.compile(rf"(?<![0-9A-Za-z〔])[0-9](?:{_GAP}[0-9]){{10,79}}(?:{_GAP}[Xx])?(?![0-9A-Za-z])")
_ID_WORDS = re.compile(r"(?:身份证|证件|公民身份)(?:号码?|号)?[：:为是]?\s*$")
_ACCOUNT_WORDS = re.compile(r"(?:账号|帐号|卡号|账户|帐户|银行卡|存折)(?:号码?)?[：:为是]?\s*$")
_OTHER_NUMBER = re.compile(
    r"(?:文号|编号|合同号?|项目号?|流水号|订单号?|发票(?:号码?|代码)?|凭证号?|票据号?|批次号?|条码|信用代码|税号|工单号?|案号|"
    r"档案号|序列号|设备号|快递单号|许可证号?|证书号?)[^，。；\s]{0,6}[：:为是]?\s*$"
)
_MOBILE = re.compile(rf"(?<![0-9A-Za-z])(?:\+?86{_GAP})?1[3-9](?:{_GAP}[0-9]){{9}}(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9A-Za-z〔])[（(]?0[1-9]\d{1,2}[）)]?[\s\-—－]{0,2}[2-9]\d{6,7}(?![0-9])")
_LOCAL_PHONE = re.compile(
    r"(?:电话|手机|座机|联系方式|联系人电话|来电)(?:号码?)?[：:为是]?\s*([2-9]\d{6,7})(?![0-9])"
)
_ADDRESS = re.compile(
    r"(?:[\u4e00-\u9fff]{1,12}(?:路|街|巷|弄|道|大街|胡同|里|村|屯|组|小区|花园|公寓|家园|苑))"
    r"[\u4e00-\u9fff]{0,8}?\d{1,5}\s*(?:号|弄|组|栋|幢|座|号楼)"
    r"(?:\s*\d{1,4}\s*(?:栋|幢|座|单元|号楼|楼|层|室|户|号))*"
)
_ROOM = re.compile(r"\d{1,4}\s*(?:栋|幢|座|号楼)\s*(?:\d{1,3}\s*单元)?\s*\d{2,4}\s*(?:室|号|户)?(?![0-9])")
_HOME_WORDS = re.compile(r"(?:住址|家庭地址|户籍地址?|居住地址?|现住|家住|住在|地址)[：:为是]?\s*$")
_OFFICE_WORDS = re.compile(
    r"(?:办公|单位|受理|接收|来访|邮寄|举报|办事|报名|会议|会场|集合|项目|施工|路段|现场|中心|大厅|地点)[^，。；]{0,8}$"
)
_MINOR = re.compile(
    r"(?:未成年人?|儿童|婴儿|幼儿|孤儿|小学生|初中生)[\u4e00-\u9fff]{0,2}[\u4e00-\u9fff]{1}某?[\u4e00-\u9fff]?(?=[，,、（(]|系|就读)|[（(，,]\s*(?:[1-9]|1[0-7])\s*岁"
)
_ILLNESS = re.compile(
    r"(?:患有?|确诊|罹患|身患|诊断为|因)[^，。；]{0,10}?(?:癌|瘤|白血病|尿毒症|艾滋|肝炎|结核|精神分裂|抑郁|糖尿病|心脏病|脑梗|中风|瘫痪)"
    r"|(?:视力|听力|言语|肢体|智力|精神|多重)残疾[一二三四1-4]?级?|残疾等级[：:]?\s*[一二三四1-4]级?"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def find_exposures(text: str) -> list[Exposure]:
    """Every place, in order; a place inside another is not told twice."""
    folded = fold(text)
    found: list[Exposure] = []
    for one in [*_numbers(folded), *_phones(folded), *_addresses(folded), *_sensitive(folded)]:
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def fold(text: str) -> str:
    """Every letter by its plain form, one for one, so that places stay: １ and ① are 1, 〇 in a number is 0."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


def _numbers(text: str) -> Iterator[Exposure]:
    for match in _LONG_DIGITS.finditer(text):
        before = text[max(0, match.start() - 14) : match.start()]
        digits = re.sub(r"[^0-9Xx]", "", match.group()).upper()
        kind = _kind_of(digits, before)
        if kind:
            yield Exposure(kind, match.start(), match.end())
        elif len(digits) > 18:
            yield from _within(match)


def _within(match: re.Match[str]) -> Iterator[Exposure]:
    """Numbers that stand side by side look like one: those with the right check digit are told apart."""
    places = [at for at, letter in enumerate(match.group(), match.start()) if letter in "0123456789Xx"]
    digits = re.sub(r"[^0-9Xx]", "", match.group()).upper()
    for at in range(len(digits) - 17):
        window = digits[at : at + 18]
        if is_id_number(window) and _checks(window):
            yield Exposure("id", places[at], places[at + 17] + 1)


def _kind_of(digits: str, before: str) -> Kind | None:
    if _ID_WORDS.search(before) and len(digits) >= 15:
        return "id"
    if _ACCOUNT_WORDS.search(before) and len(digits) >= 12:
        return "account"
    labelled = _OTHER_NUMBER.search(before) is not None
    if is_id_number(digits) and not (labelled and not _checks(digits)):
        return "id"
    if labelled:
        return None
    if (
        16 <= len(digits) <= 19
        and digits.startswith(("62", "60", "45", "40", "43", "35", "9558"))
        and _luhn(digits)
    ):
        return "account"
    return None


def is_id_number(digits: str) -> bool:
    """18 digits with a plausible birth date, or 15 (GB 11643). A typing error in the check digit hides nobody."""
    if len(digits) == 18 and digits[:17].isdigit():
        return digits[0] != "0" and _born(digits[6:14])
    return len(digits) == 15 and digits.isdigit() and digits[0] != "0" and _born(f"19{digits[6:12]}")


def _checks(digits: str) -> bool:
    """The check digit of 18 is right."""
    if len(digits) != 18:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17]


def _born(written: str) -> bool:
    try:
        day = datetime.date(int(written[:4]), int(written[4:6]), int(written[6:8]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2100


def _luhn(digits: str) -> bool:
    if not digits.isdigit():
        return False
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _phones(text: str) -> Iterator[Exposure]:
    for pattern in (_MOBILE, _LANDLINE):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 14) : match.start()]
            if not _OTHER_NUMBER.search(before) and not _money_or_date(text, match):
                yield Exposure("phone", match.start(), match.end())
    for match in _LOCAL_PHONE.finditer(text):
        yield Exposure("phone", match.start(1), match.end(1))


def _money_or_date(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 2]
    return after[:1] in {"元", "万", "亿", "号", "."} and match.group().isdigit()


def _addresses(text: str) -> Iterator[Exposure]:
    for match in [*_ADDRESS.finditer(text), *_ROOM.finditer(text)]:
        before = text[max(0, match.start() - 16) : match.start()]
        exact = re.search(r"室|单元|户|组|栋|幢|座|号楼", match.group()) is not None
        if _HOME_WORDS.search(before) or (exact and not _OFFICE_WORDS.search(before + match.group()[:6])):
            yield Exposure("address", match.start(), match.end())


def _sensitive(text: str) -> Iterator[Exposure]:
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (("minor", _MINOR), ("illness", _ILLNESS))
    for kind, pattern in kinds:
        for match in pattern.finditer(text):
            yield Exposure(kind, match.start(), match.end())
