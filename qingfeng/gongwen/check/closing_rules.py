"""Signature, date and imprint."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from qingfeng.gongwen.check.departures import Departure
from qingfeng.gongwen.check.elements import OPEN_DATE, Elements
from qingfeng.gongwen.check.facts import Para
from qingfeng.gongwen.check.head_rules import BODY_FACES, face_is
from qingfeng.gongwen.check.page_rules import place
from qingfeng.gongwen.standard import SIZE_IMPRINT
from qingfeng.gongwen.widths import width

RIGHT_DATE = re.compile(r"^[12]\d{3}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日$")
NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def date(found: Elements) -> Iterator[Departure]:
    """7.3.5.4: Arabic, complete, no leading nought; at the right."""
    para = found.date
    if para is None:
        if not found.minutes and found.body:
            yield Departure("date", "7.3.5", "落款", "没有成文日期", "署名下一行编排成文日期")
        return
    if OPEN_DATE.match(para.words):
        return
    words = re.sub(r"\s", "", para.words)
    name = f"成文日期“{words}”"
    if not RIGHT_DATE.match(words):
        yield Departure(
            "date-form",
            "7.3.5.4",
            name,
            "写法不合规定",
            "用阿拉伯数字将年、月、日标全，月、日不编虚位，如2026年3月5日",
        )
    if para.where == "table":
        return
    beside = found.signers and abs(para.left - found.signers[0].left - 2) < 0.5  # a long name without a seal
    if para.align in {"left", "both"} and para.left < 6 and not _written_aside(para) and not beside:
        yield Departure(
            "date-side", "7.3.5.1", name, "没有居右", "右空四字编排（不加盖印章时首字比署名首字右移二字）"
        )
    elif para.align == "right" and para.right < 0.5 and not para.text.endswith(("\u3000", "  ")):
        yield Departure(
            "date-side", "7.3.5.1", name, "顶到了右边", "右空四字编排（不加盖印章时与署名配合，右空二字）"
        )


def _written_aside(para: Para) -> bool:
    return para.tabbed or len(para.text) - len(para.text.lstrip("\u3000 ")) >= 6


def signers(found: Elements) -> Iterator[Departure]:
    """7.3.5.1: the office stands above the date."""
    if found.date is None or found.minutes or OPEN_DATE.match(found.date.words):
        return
    if not found.signers:
        if not _in_table(found):
            yield Departure(
                "signer", "7.3.5", "落款", "成文日期之上没有发文机关署名", "在成文日期之上编排发文机关署名"
            )
        return
    if found.signers[0].at > found.date.at:
        yield Departure(
            "signer-order",
            "7.3.5.1",
            place(found.signers[0]),
            "署名在成文日期之下",
            "署名在成文日期之上，以成文日期为准居中编排",
        )
        return
    signer, day = found.signers[-1], found.date
    if len(found.signers) == 1 and signer.align == "right" == day.align:
        last = re.split(r"\s{2,}", signer.words)[-1]  # offices signing together may stand in a row
        drift = abs((signer.right + width(last) / 2) - (day.right + width(day.words) / 2))
        if drift > 2.3 and abs(signer.right - 2) > 0.6:
            yield Departure(
                "signer-centred", "7.3.5.1", place(signer), "没有以成文日期为准居中", "署名与成文日期居中对齐"
            )
    beside = abs(day.left - signer.left - 2) < 0.5
    if signer.align in {"left", "both"} and signer.left < 6 and not _written_aside(signer) and not beside:
        yield Departure(
            "signer-side", "7.3.5.1", place(signer), "没有居右", "署名在成文日期之上居中，或右空二字"
        )


def _in_table(found: Elements) -> bool:
    assert found.date is not None
    around = [para for para in found.facts.paragraphs if 0 < found.date.at - para.at <= 8 and para.words]
    return found.date.where == "table" or any(para.where == "table" for para in around)


def imprint(found: Elements) -> Iterator[Departure]:
    """7.4: size 4 FangSong, 抄送：…。, office left and date right, rules, at the foot of the last page."""
    if not found.imprint:
        return
    for para in found.imprint:
        yield from _imprint_line(para)
    yield from _imprint_day(found)
    if not any(para.where != "body" or para.ruled for para in found.imprint) and not found.letter:
        yield Departure(
            "imprint-rules",
            "7.4.1",
            "版记",
            "没有分隔线",
            "首条和末条分隔线用粗线（0.35毫米），中间用细线（0.25毫米）",
        )


def _imprint_line(para: Para) -> Iterator[Departure]:
    look = para.main
    words = para.words
    if look and look.size and abs(look.size - SIZE_IMPRINT) > 0.6:
        yield Departure("imprint-size", "7.4.2", place(para), f"字号为{look.size:g}磅", "四号（14磅）仿宋体")
    elif look and look.face and not face_is(look.face, BODY_FACES):
        yield Departure("imprint-face", "7.4.2", place(para), f"字体为{look.face}", "四号仿宋体")
    if re.match(r"^抄\s*送", words):
        if not re.match(r"^抄送：", words):
            yield Departure(
                "copied-colon", "7.4.2", place(para), "“抄送”后不是全角冒号", "“抄送：”后标全角冒号"
            )
        if not words.endswith("。"):
            yield Departure("copied-stop", "7.4.2", place(para), "末尾没有句号", "最后一个抄送机关后标句号")


def _imprint_day(found: Elements) -> Iterator[Departure]:
    line = next((para for para in found.imprint if "印发" in para.words), None)
    if line is None:
        return
    written = re.search(r"(\d{2,4})年(\d{1,2})月(\d{1,2})日\s*印发", line.words)
    if written is None:
        yield Departure(
            "issued-form",
            "7.4.3",
            place(line),
            "印发日期写法不合规定",
            "用阿拉伯数字标全，后加“印发”，如2026年3月6日印发",
        )
        return
    if any(part.startswith("0") for part in written.groups()) or len(written[1]) != 4:
        yield Departure(
            "issued-form", "7.4.3", place(line), "印发日期编了虚位或年份不全", "月、日不编虚位，年份标全"
        )
        return
    issued, made = _day(written.group()), _day(found.date.words if found.date else "")
    if issued and made and issued < made:
        yield Departure(
            "issued-early", "7.4.3", place(line), "印发日期早于成文日期", "印发日期不早于成文日期"
        )


def _day(words: str) -> datetime.date | None:
    match = re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日", words.translate(NUMERALS))
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
