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
    ("time", r"时限|时间|完成日期|节点|期限|进度|截止|频次|频率|周期|何时|日期|报送要求|频度"),
    (
        "support",
        r"配合|协助|参与|协同|协办|监督(?:单位|部门)|督办(?:单位|部门)|责任领导|分管|牵头领导|包抓|包联",
    ),
    (
        "who",
        r"责任(?:单位|部门|科室|主体|人|处室|股室|专班|组)|牵头|承办|实施(?:单位|主体)|主责|负责(?:单位|部门|人)|谁来|填报单位|落实单位|完成单位|执行(?:单位|部门)|主办|报送主体|科室$|^单位$|^部门$|责任$",
    ),
    ("form", r"成果|形式|材料形式|佐证"),
    ("what", r"任务|事项|内容|措施|工作|项目|要求|举措|做什么|材料|报表|目标"),
)


@dataclass(frozen=True)
class Table:
    """A table with its header row and the meaning of its columns."""

    header: Line
    rows: tuple[Line, ...]
    roles: tuple[str | None, ...]

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
    roles = [role_of(cell) for cell in header.cells]
    if "who" not in roles:
        for index, cell in enumerate(header.cells):
            if roles[index] == "deliver" and re.search(
                r"(?:报送|上报|提交|汇总)(?:单位|部门)$", fold(cell).text
            ):
                roles[index] = "who"
                break
    return tuple(roles)


def _header_of(rows: Sequence[Line]) -> Line | None:
    best, score = None, 1
    for row in rows[:3]:
        roles = {role_of(cell) for cell in row.cells} - {None}
        if len(roles) > score and all(len(cell) <= 18 for cell in row.cells):
            best, score = row, len(roles)
    return best
