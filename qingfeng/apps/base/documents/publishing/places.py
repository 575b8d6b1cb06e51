"""Addresses down to the house or the door. A village, a group, a street are none; offices may say where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingfeng.apps.base.documents.publishing.headings import holds

_N = r"(?:[0-9]{1,5}|[一二三四五六七八九十百零〇]{1,6})"
_STREET = r"(?:路|街|巷|弄|道|胡同|里|坊|村|屯|庄|寨|社区|小区|花园|公寓|家园|新村|大院|苑|园|湾|城|府|组|队|社|营|堡|沟|坪|坝)"
_NO_HOUSE = r"(?!文|令|公告|线|桥|井|泵|机|地块|台|闸|渠|塘|库|会议|楼会议|开会|[至到])"
_HOUSE = re.compile(
    rf"[\u4e00-\u9fff]{{1,12}}?{_STREET}(?:\(?第?{_N}(?:村民小)?(?:组|社|队|弄|巷|支弄)\)?)?\s*{_N}\s*"
    rf"(?:号楼|号{_NO_HOUSE}|栋|幢|座)(?:附\s*{_N}\s*号)?(?:\s*{_N}\s*(?:栋|幢|座|单元|号楼|楼|层|室|户|号|门))*"
    r"(?:\s*[0-9]{2,4}(?![0-9.,元人户万年]))?"
)
_ROOM = re.compile(
    rf"{_N}\s*(?:栋|幢|座|号楼|号院)\s*(?:{_N}\s*单元)?\s*(?:{_N}\s*(?:室|号|户)|[0-9]{{3,4}}(?![0-9.,元人户万年]))"
    rf"|{_N}\s*单元\s*(?:{_N}\s*(?:室|号|户)|[0-9]{{3,4}}(?![0-9.,元人户万年]))"
)
_EXACT = re.compile(
    rf"室|单元|户|栋|幢|座|号楼|附\s*{_N}\s*号|{_N}\s*(?:村民小)?(?:组|社|队|弄|支弄)\)?\s*{_N}\s*号"
)
_HOME = re.compile(
    r"住址|住所|住处|家庭地址|户籍|居住|现住|现居|租住|暂住|家住|住在|居所|家中|住(?=[\u4e00-\u9fff])(?!房|宅|建|院|宿|户数|保)"
)
_OFFICE = re.compile(
    r"办公|单位地址|受理|接收|来访|邮寄|寄至|举报|办事|报名|会议|会场|集合|施工|路段|现场|政务|服务中心|大厅|地点|开标|窗口|营业"
)
_LOOKS_BACK = 24
_MAY_BE_ONE = re.compile(rf"{_N}\s*(?:[号栋幢座]|单元)")


def find_addresses(text: str, label: str = "") -> Iterator[tuple[int, int]]:
    """Where a folded text says in which house somebody lives."""
    said = holds(label)
    if "house" in said and re.search(rf"{_N}", text):
        yield 0, len(text)
        return
    if not _MAY_BE_ONE.search(text):
        return
    for pattern in (_HOUSE, _ROOM):
        for match in pattern.finditer(text):
            clause = re.split(r"[。;\n]", text[max(0, match.start() - _LOOKS_BACK) : match.start()])[-1]
            around = clause + match.group() + text[match.end() : match.end() + 6]
            at_home = "address" in said or _HOME.search(clause + match.group()) is not None
            exact = _EXACT.search(match.group()) is not None
            if at_home and not re.search("单位地址|办公", around) or exact and not _OFFICE.search(around):
                yield match.start(), match.end()
