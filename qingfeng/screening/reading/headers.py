"""Headers: brought to one wording, with the unit they carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from qingfeng.screening.catalogue import Column, Table, tables
from qingfeng.screening.cleaning.text import closed_up
from qingfeng.screening.reading.letters import known_letters, spelt_out

BRACKETS = re.compile(r"[(\[【〔<{].*?[)\]】〕>}]")
DECORATION = re.compile(r"^[*★☆※\d.、]+|[*★☆※:：]+$")
# A group of a two-line head that names nobody and nothing (合同约定, 实施信息): what stands below it says enough.
OF_A_GROUP = re.compile(
    r"^[\u4e00-\u9fff]{2,4}?(?:约定|信息|情况|内容|资料|明细|环节|进度|数据)([\u4e00-\u9fff]{3,})$"
)
OF_SOMEBODY = re.compile("身份|证件|姓名|名称|电话|人$")
ALTERNATIVES = r"[/、|\\]|或|及其"
KINDS = ("日期", "编号", "号", "金额", "面积", "姓名", "名称", "单位")
# One wording for what means the same in a header.
SAME = (
    ("居民身份证", "身份证"), ("公民身份号", "身份证号"), ("身份证件号", "身份证号"), ("帐", "账"), ("号码", "号"),
    ("编码", "编号"), ("时间", "日期"), ("状况", "状态"), ("名称", "名称"), ("本单位", "单位"), ("账面数", "账面"),
    ("核实数", "核实"), ("盘点数", "盘点"), ("清查数", "清查"),
)  # fmt: skip

# Of two headers alike but for these, one is the beginning and one the end: 承包期限（起）.
ENDS_IN_BRACKETS = {"起", "止", "开始", "结束", "起始", "终止"}
# A term by its beginning and its end, however said: 合同期限起, 合同期起.
TERM = re.compile(r"期[限间]([起止])$")
# A year in front of a header says only which year's list it is: 2026年应缴日期.
OF_A_YEAR = re.compile(r"^(20\d{2}|本)年(度)?(?=[\u4e00-\u9fff]{2})")
# Units that a header may end with, brackets or not.
SAID_AT_THE_END = ("百万元", "万元", "千元", "亿元")
# Endings of what looks like a header, known or not.
HEADER_LIKE = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,12}(姓名|身份证号?|证件号|日期|金额|账号|卡号|编号|户名|名称|单价|面积|电话|标准|类别|类型|方式|状态|备注"
    r"|文号|代码|事由|原因|情况|关系|地址|性别|年龄|序号|位置|地点|里程|人员|人数|数量|部门|内容)"
)

# Headers that any table may have; they speak neither for a table nor against it.
NO_MATTER = re.compile(
    "序号|编号|备注|说明|性别|年龄|出生日期|民族|附件|签字|签名|领取人签字|联系电话|制单人|no"
)

UNITS = {
    "money": {
        "亿元": "100000000",
        "百万元": "1000000",
        "万元": "10000",
        "千元": "1000",
        "元": "1",
        "分": "0.01",
    },
    "area": {"公顷": "15", "平方米": "0.0015", "㎡": "0.0015", "m2": "0.0015", "亩": "1"},
    "area_m2": {"公顷": "10000", "平方米": "1", "㎡": "1", "m2": "1", "亩": "666.666667"},
}


@dataclass(frozen=True)
class Header:
    """A header as written, its core in one wording, and what it says in brackets (units, remarks)."""

    written: str
    core: str
    remark: str

    @property
    def wordings(self) -> tuple[str, ...]:
        """The core, and each of its alternatives: `注销/吊销日期` is 注销日期 or 吊销日期."""
        if not re.search(ALTERNATIVES, self.core):
            below = OF_A_GROUP.match(self.core)
            return (self.core, below[1]) if below and not OF_SOMEBODY.search(below[1]) else (self.core,)
        words = [word for word in re.split(ALTERNATIVES, self.core) if word]
        if not words:
            return (self.core,)
        last = next((kind for kind in KINDS if words[-1].endswith(kind)), "")
        longer = [word + last for word in words[:-1] if last and not word.endswith(last)]
        return tuple(dict.fromkeys((self.core, re.sub(ALTERNATIVES, "", self.core), *longer, *words)))

    def of_two_units(self, column: Column) -> bool:
        """Whether it names two units for one column of figures (㎡/亩): which row is in which, nobody can tell."""
        units = UNITS.get(column.type, {})
        said = {units[unit] for unit in units if unit in re.split(r"[/、,或()\[\]]", self.remark)}
        return len(said) > 1

    def factor(self, column: Column) -> Decimal | None:
        """How many yuan (mu, m²) one of the header's unit is, when it names one."""
        written = self.remark or closed_up(self.written).lower()
        for unit, factor in UNITS.get(column.type, {}).items():
            told = unit in written if self.remark else written.endswith(("/" + unit, "_" + unit))
            if told or written.endswith(SAID_AT_THE_END) and written.endswith(unit):
                return Decimal(factor)
        if column.type == "money" and written.strip("()") == "万":
            return Decimal(10_000)
        return None


@cache
def header(written: str) -> Header:
    """`身份证 号码`, `*公民身份号码：` and `居民身份证号码（18位）` have the core `身份证号`."""
    text = closed_up(written).lower()
    remark = "".join(BRACKETS.findall(text))
    core = spelt_out(DECORATION.sub("", OF_A_YEAR.sub("", BRACKETS.sub("", text))))
    core = core.replace("面积亩", "面积")
    if remark.strip("()[]【】") in ENDS_IN_BRACKETS:
        core += remark.strip("()[]【】")
    for unit in SAID_AT_THE_END:
        core = core.removesuffix(unit)
    for unit in ("万元", "元", "亩", "㎡", "m2"):
        core = core.removesuffix("/" + unit).removesuffix("_" + unit)
    for other, one in SAME:
        core = core.replace(other, one)
    core = TERM.sub(r"期\1", core)
    return Header(written, core or text, remark)


@cache
def wordings(table: Table) -> dict[str, tuple[str, int]]:
    """Core of a header → (column, rank): its name, its title, then its synonyms as listed; lower ranks go first."""
    found: dict[str, tuple[str, int]] = {}
    for column in table.columns:
        for rank, written in enumerate((column.title, column.name, *column.headers)):
            found.setdefault(header(written).core, (column.name, rank))
    persons = [column.name for column in table.columns if column.type == "person_id"]
    if len(persons) == 1:
        for rank, written in enumerate(("身份证号", "公民身份号码", "证件号码", "身份证"), start=90):
            found.setdefault(header(written).core, (persons[0], rank))
    return found


@cache
def _known_cores() -> frozenset[str]:
    return frozenset(core for table in tables().values() for core in wordings(table))


def is_known(cell: str) -> bool:
    """Whether a cell is a header of some table of the catalogue."""
    return header(cell).core in _known_cores()


def known_headers(cells: Sequence[str]) -> int:
    """How many cells of a row are headers of some table of the catalogue, or worded like one."""
    cores = {header(cell).core for cell in cells if cell}
    alike = sum(bool(HEADER_LIKE.fullmatch(core)) for core in cores - _known_cores())
    return len(cores & _known_cores()) + alike + known_letters([*cores - _known_cores()])
