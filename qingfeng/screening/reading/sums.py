"""Lists of what persons got that name no sum outright: their only column of money."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qingfeng.screening.catalogue import Column, Table
from qingfeng.screening.reading.columns import COUNTED
from qingfeng.screening.reading.headers import header
from qingfeng.screening.reading.values import Verdict, verdict

# What a column of money may end with, and the words by which it is no sum paid out.
SUM = re.compile("(补助标准|补贴标准|津贴标准|发放标准|资助标准|奖励标准|费|金|款|额|资金|补贴|补助)$")
NO_SUM = re.compile(
    "核定|审批|批准|审核|单价|余额|预算|限价|拟|计划|估|收入|累计|自筹|缴|押金|保证金|罚|保额|保费|本金|借款|贷款"
)


def only_sum(
    table: Table,
    column: Column,
    headers: Sequence[str],
    values: Sequence[Sequence[str]],
    unused: Sequence[int],
) -> int | None:
    """The one column of money of a list of what persons got: 补助标准 is what was paid when nothing else is. Not so
    where it is a rate for each person, day or mu, nor where there are several."""
    if column.type != "money" or not any(one.name == "id_no" for one in table.columns):
        return None
    of_money = [
        place
        for place in unused
        if SUM.search(header(headers[place]).core) and verdict(column, values[place]) is Verdict.AGREES
    ]
    if len(of_money) != 1 or NO_SUM.search(headers[of_money[0]]):
        return None
    reckoned = any(COUNTED.search(core) or "面积" in core for core in (header(h).core for h in headers if h))
    if reckoned and "标准" in headers[of_money[0]]:
        return None
    return of_money[0]
