"""Tables in the text: what each column says (task, bearer, time, recipient) by its heading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qingfeng.planreader.lines import Line, fold

_ROLES = (
    ("index", r"^(?:序号|编号|号|No\.?)$"),
    ("stage", r"阶段|步骤|环节"),
    (
        "deliver",
        r"报送(?:对象|单位|至|部门|去向|地址)|接收|受理单位|送达|提交(?:对象|至)|报往|收件|汇总(?:单位|部门)|上报(?:对象|至)|报给|报送给",
    ),
    (
        "time",
        r"时限|时间|完成日期|节点|期限|进度|截止|频次|频率|周期|何时|日期|报送要求|频度|频率|时段|^(?:开始|结束|起始|终止|起|止|始|终|自|至|到)$|(?:开始|起始|截止|终止)日",
    ),
    (
        "support",
        r"配合|协助|参与|协同|协办|监督(?:单位|部门)|督办(?:单位|部门)|责任领导|分管|牵头领导|包抓|包联",
    ),
    (
        "who",
        r"责任(?:单位|部门|科室|主体|人|处室|股室|专班|组)|牵头|承办|实施(?:单位|主体)|主责|负责(?:单位|部门|人)|谁来|填报单位|落实单位|完成单位|执行(?:单位|部门)|主办|报送主体|科室$|^单位$|^部门$|责任$|召集(?:人|单位)|职责(?:单位|部门)|主管(?:单位|部门)|组织(?:单位|部门)|责任方|^谁$",
    ),
    ("form", r"成果|形式|材料形式|佐证"),
    (
        "what",
        r"任务|事项|内容|措施|工作|项目|要求|举措|做什么|材料|报表|目标|机制|制度|名称|会议|职责|说明|类别",
    ),
)


_START = re.compile(
    r"^(?:[^止终结完]*)(?:开始|起始|启动|始|起)(?:时间|日期|日|时)?$|(?:时间|日期)（?[自起从始]）?$|^[自从]$"
)
_END = re.compile(
    r"^(?:[^起始开启]*)(?:结束|终止|截止|完成|办结|终|止)(?:时间|日期|日|时限|时)?$|(?:时间|日期)（?[至到止]）?$|^[至到]$"
)


@dataclass(frozen=True)
class Table:
    """A table with its header row and the meaning of its columns."""

    header: Line
    rows: tuple[Line, ...]
    roles: tuple[str | None, ...]

    def cell(self, row: Line, role: str) -> str:
        """What a row says in the first column with a role; empty where it says nothing."""
        column = self.column(role)
        cells = row.columns
        return cells[column].strip() if column is not None and column < len(cells) else ""

    def column(self, role: str) -> int | None:
        """The first column with a role."""
        return self.roles.index(role) if role in self.roles else None

    def columns(self, role: str) -> list[int]:
        """All columns with a role."""
        return [index for index, name in enumerate(self.roles) if name == role]


def role_of(heading: str) -> str | None:
    """What a column heading says about its column."""
    text = fold(heading).text
    if not text or len(text) > 16:
        return None
    return next((role for role, pattern in _ROLES if re.search(pattern, text)), None)


def tables_of(lines: Sequence[Line]) -> list[Table]:
    """The tables among the lines, their header row found among the first three rows."""
    numbers = list(dict.fromkeys(line.table for line in lines if line.is_row))
    found = []
    for number in numbers:
        rows = [line for line in lines if line.table == number]
        header = _header_of(rows)
        if header is not None:
            at = rows.index(header)
            found.append(Table(header, tuple(rows[at + 1 :]), _roles(header)))
    return found


def _roles(header: Line) -> tuple[str | None, ...]:
    """The columns' roles; 报送单位 is the bearer where no other column names one."""
    roles = [role_of(cell) for cell in header.columns]
    _mark_ends(roles, [fold(cell).text for cell in header.columns])
    if "who" not in roles:
        for index, cell in enumerate(header.columns):
            if roles[index] == "deliver" and re.search(
                r"(?:报送|上报|提交|汇总)(?:单位|部门)$", fold(cell).text
            ):
                roles[index] = "who"
                break
    return tuple(roles)


def _mark_ends(roles: list[str | None], headings: list[str]) -> None:
    """A column for the first day and one for the last day, where a table has both."""
    starts = [i for i, text in enumerate(headings) if roles[i] == "time" and _START.search(text)]
    ends = [i for i, text in enumerate(headings) if roles[i] == "time" and _END.search(text)]
    if len(starts) == 1 and len(ends) == 1:
        roles[starts[0]], roles[ends[0]] = "start", "end"


def _header_of(rows: Sequence[Line]) -> Line | None:
    best, score = None, 1
    for row in rows[:3]:
        roles = set(_roles(row)) - {None}
        if len(roles) > score and all(len(cell) <= 18 for cell in row.cells):
            best, score = row, len(roles)
    return best
