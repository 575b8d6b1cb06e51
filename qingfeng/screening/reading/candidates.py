"""A required column that no header names: which of the unused headers is most like it, to be taken or to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qingfeng.screening.catalogue import Column, Table
from qingfeng.screening.reading.columns import ASKED, COUNTED, LIKELY, WHOSE, only_counted
from qingfeng.screening.reading.headers import Header, header
from qingfeng.screening.reading.values import Verdict, verdict
from qingfeng.screening.reading.words import MARK, parts, speaks_of_others

# How alike a header must be to be taken for a required column, and by how much it must lead, its values agreeing.
ALIKE, LEAD = 0.5, 0.2
# Types that values cannot tell apart.
UNTOLD = {"text", "code", "place", "firm_name"}
# Kinds of thing that many headers have: alone they make two headers not alike (购机日期, 发放日期).
ANY_KIND = {"DATE", "MONTH", "NO", "ITEM", "TITLE", "UNIT", "START", "END"}
# Alike enough to be asked about.
WORTH_ASKING = 0.3
# What a column of money may end with, and the words by which it is no sum paid out.
SUM = re.compile("(补助标准|补贴标准|津贴标准|发放标准|资助标准|奖励标准|费|金|款|额|资金|补贴|补助)$")
NO_SUM = re.compile(
    "核定|审批|批准|审核|单价|余额|预算|限价|拟|计划|估|收入|累计|自筹|缴|押金|保证金|罚|保额|保费|本金|借款|贷款"
)


def _weighed(said: Sequence[str]) -> dict[str, float]:
    """How much each part counts: kinds most, text that says nothing known by its length."""
    return {part: len(part) * 0.25 if part.startswith("?") else 1.0 for part in said if part != MARK}


def _alike(table: Table, column: Column, written: Header) -> float:
    one = _weighed(parts(table, written.core))
    best = 0.0
    for word in (column.title, *column.headers):
        other = _weighed(parts(table, header(word).core))
        if not (one.keys() & other.keys()) - ANY_KIND:
            continue
        both = sum(min(weight, other[part]) for part, weight in one.items() if part in other)
        union = sum(one.values()) + sum(other.values()) - both
        best = max(best, both / union if union else 0.0)
    core = header(column.title).core
    return max(best, 0.45 if len(core) > 1 and core in written.core else 0.0)


def _of_other_kind(column: Column, written: Header) -> bool:
    """Whether a header speaks of another kind of thing: a standard or a sum is no date, a count no sum."""
    dated = re.search("日|期|年|月|时|起|止", written.core)
    return only_counted(column, written) or column.type in ("date", "timestamp", "month") and not dated


def candidate(
    table: Table,
    column: Column,
    headers: Sequence[str],
    values: Sequence[Sequence[str]],
    unused: Sequence[int],
) -> tuple[int, int] | None:
    """The unused header most like a column that nothing names, and whether it may be taken or has to be asked."""
    scored = []
    for place in unused:
        written = header(headers[place])
        judged = verdict(column, values[place])
        if (
            judged is Verdict.AGAINST
            or speaks_of_others(table, written.core)
            or _of_other_kind(column, written)
        ):
            continue
        like = _alike(table, column, written)
        if like >= WORTH_ASKING:
            scored.append((like, judged is Verdict.AGREES, -place))
    if not scored:
        return None
    scored.sort(reverse=True)
    like, agrees, place = scored[0]
    leads = all(first[0] - second[0] >= LEAD for first, second in pairwise(scored[:2]))
    unread = any(part.startswith("?") for part in parts(table, header(headers[-place]).core))
    taken = (
        like >= ALIKE
        and agrees
        and leads
        and column.type not in UNTOLD
        and not (unread and column.type in WHOSE)
    )
    return -place, LIKELY if taken else ASKED


def only_sum(
    table: Table,
    column: Column,
    headers: Sequence[str],
    values: Sequence[Sequence[str]],
    unused: Sequence[int],
) -> tuple[int, int] | None:
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
    return of_money[0], LIKELY
