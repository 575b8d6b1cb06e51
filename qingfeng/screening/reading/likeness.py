"""How like a header is to each column of a table, however it is worded: by the words and characters that both have.

What is in few columns of the table tells most, words that change nothing (实际、本次、现场) next to nothing. A word that
changes the sense (拟、应、未、单价) makes a header another thing, unless the contract's wording has it too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import log

from qingfeng.screening.catalogue import Table, tables
from qingfeng.screening.reading.headers import wordings
from qingfeng.screening.reading.letters import LETTERS, likeness_of_letters
from qingfeng.screening.reading.words import MARK, party_wordings, pieces

# Words that change nothing.
NEUTRAL = (
    "实际|本次|本期|本年|电子|国库|项目|现场|所在|所属|对应|相关|有关|具体|详细|名称|情况|信息|内容|人员|系统|原始|最终|最近|一次|最后"
    "|登记|录入|首次|第一|[a-z0-9]+|[的之及与和、/原现本该各]"
)
# Words that make it something else.
CHANGES = re.compile(
    "应(?!急)|计划|拟|预|未|非|不|无|免|残疾证|购方|购买方|单价|均价|限价|预算|概算|余额|结余|剩余|累计|标准|税|利率|比例|占比|率|人数|户数|天数"
    "|次数|件数|上年|去年|上期|(?<![事目当])前|后|下次|上次|估|押金|保证金|退|补|扣|罚|变更|注销|到期|生日|出生|年龄"
    "|保障面积|建筑面积|居住面积|套内|签到|简称|备注|说明|照片|附件|联系|电话|意见|签字|打印|导出|更新|修改|创建|上传|统计|反馈"
)
# Of a day, a sum or a person they make another one (审批金额, 申请人); of what is in words they do not (审批步骤).
STAGES = re.compile("申请|审核|审批|复核|核定|批准|招标|开标|评标|定标|中标|开工")
NO_STAGES = frozenset({"text", "code", "place", "boolean", "address", "public_address"})
# The kind of thing a header ends with: of two headers that end with different ones, neither is the other.
ENDS = {
    "who": "人|人员|员|者|姓名|对象", "when": "日|日期|年月|月份|年度|期|起|止|自|至|开始|结束|起始|终止|截止", "number": "号|编号|代码", "unit": "单位|部门|机构|机关|公司|企业",
    "where": "地点|地址|位置|地|处|坐落", "why": "原因|事由|理由", "state": "情况|状况|状态|结果|结论|现状|进展", "kind": "类型|类别|种类|性质|分类", "way": "方式|形式",
    "sum": "金额|款|费|额|价|工资", "share": "比例|率|份额",
}  # fmt: skip
END = re.compile("(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in ENDS.items()) + ")$")
# Of these kinds a header says as much by any of their words: 停放位置, 停放地点.
ALL_ALIKE = frozenset({"where", "why", "state", "way"})
# A day, a place or a person is called one by its header: what says so is nothing else (公示地点 is no 公示项目).
ALWAYS_SAID = frozenset({"where", "when"})
# Which end of a term is meant.
SIDES = frozenset({"START", "END"})
# What any header may have tells little: kinds of thing.
WEIGHT = {
    "DATE": 0.45, "NO": 0.45, "TITLE": 0.2, "NAME": 0.4, "ITEM": 0.4, "UNIT": 0.5, "AMOUNT": 0.5, "ACTUAL": 0.1, "PAY": 0.6,
    "BENEFIT": 0.5, "FUND": 0.4,
}  # fmt: skip
ANY_KIND = frozenset({"DATE", "NO", "TITLE", "NAME", "ITEM", "UNIT", "AMOUNT", "ACTUAL", "START", "END"})
PIECE = re.compile(f"(?P<neutral>{NEUTRAL})|(?P<character>.)")
WORTH = {"neutral": 0.1, "character": 0.6}
AN_ENDING = 0.5
# How much less a part tells that all tables have.
COMMON_TO_ALL = 0.5


@dataclass(frozen=True)
class _Wording:
    """One way a contract words a column, taken apart."""

    column: str
    parts: Mapping[str, float]
    changes: frozenset[str]
    stages: frozenset[str] | None
    end: str | None

    def may_be(self, changes: frozenset[str], stages: frozenset[str], end: str | None) -> bool:
        """Whether a header of such a sense may mean the same."""
        return (
            self.changes == changes
            and self.stages in (None, stages)
            and (not end or end == self.end or not self.end and end not in ALWAYS_SAID)
        )


def _sense(table: Table, core: str) -> tuple[frozenset[str], frozenset[str], str | None]:
    """The words of a header that change its sense, those of stages, and the kind of thing it ends with."""
    ends = END.search(core)
    sides = SIDES & {part for _, part in pieces(table, core)}
    stages = frozenset(STAGES.findall(core))
    return frozenset(CHANGES.findall(core)) | sides, stages, ends.lastgroup if ends else None


def _apart(table: Table, core: str) -> list[tuple[str, float]]:
    """The parts of a header, and the characters of what is not known or only repeats the matter of the table, with what
    each counts before its rarity."""
    made: list[tuple[str, float]] = []
    end = END.search(core)
    if end and end.lastgroup in ALL_ALIKE:
        core = core[: end.start()]
        made.append((f"…{end.lastgroup}", AN_ENDING))
    for word, part in pieces(table, core):
        if part in (None, MARK):
            made += [(one[0], WORTH[one.lastgroup or ""]) for one in PIECE.finditer(word)]
        elif part:
            made.append((part, WEIGHT.get(part, 1.0)))
    return made


@cache
def _columns_with(table: Table) -> Mapping[str, int]:
    """How many columns of a table have a part or a character in one of their wordings."""
    columns: dict[str, set[str]] = defaultdict(set)
    for core, (column, _) in wordings(table).items():
        for part, _weight in _apart(table, core):
            columns[part].add(column)
    return {part: len(of) for part, of in columns.items()}


@cache
def _tables_with() -> Mapping[str, int]:
    return Counter(part for table in tables().values() for part in _columns_with(table))


@cache
def _telling(table: Table, part: str) -> float:
    """How much a part tells: the less, the more columns of the table and the more tables have it."""
    everywhere = log(max(_tables_with().get(part, 1), 1)) / log(len(tables()))
    return float(max(_columns_with(table).get(part, 1), 1) ** -0.5 * (1 - COMMON_TO_ALL * everywhere))


def _weighed(table: Table, said: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {part: weight * _telling(table, part) for part, weight in said}


@cache
def _known(table: Table) -> Mapping[str, list[_Wording]]:
    """All wordings of a table by each part that tells something."""
    found: dict[str, list[_Wording]] = defaultdict(list)
    made = []
    for core, (column, _) in wordings(table).items():
        changes, stages, end = _sense(table, core)
        of_stages = None if table.column(column).type in NO_STAGES else stages
        made.append(_Wording(column, _weighed(table, _apart(table, core)), changes, of_stages, end))
    for said, column in party_wordings(table).items():
        of_party = _weighed(table, [(part, WEIGHT.get(part, 1.0)) for part in said])
        made.append(_Wording(column, of_party, frozenset(), None, None))
    for one in made:
        for part in one.parts.keys() - ANY_KIND:
            found[part].append(one)
    return found


@lru_cache(maxsize=1 << 15)
def likeness(table: Table, core: str) -> Mapping[str, float]:
    """How like a header is to the columns of a table that it has anything in common with, from 0 to 1."""
    if LETTERS.fullmatch(core):
        return likeness_of_letters(table, core)
    said = _weighed(table, _apart(table, core))
    sense = _sense(table, core)
    whole = sum(said.values())
    best: dict[str, float] = {}
    known = _known(table)
    for one in {id(one): one for part in said for one in known.get(part, ())}.values():
        if one.may_be(*sense):
            both = sum(weight for part, weight in said.items() if part in one.parts)
            best[one.column] = max(best.get(one.column, 0.0), 2 * both / (whole + sum(one.parts.values())))
    return best


def near_a_party(table: Table, core: str) -> bool:
    """Whether a header speaks of somebody near a party rather than of it: 死者之家, 学生家长."""
    return any(
        (part or "").startswith("@") and after is None and re.sub(NEUTRAL, "", word)
        for (_, part), (word, after) in pairwise(pieces(table, core))
    )
