"""检查情况通报: what one group's inspections, or those of a unit, found in a period, and what units are to do.

Units are named only where a leader has approved it (`approved_by`); until then nothing in the text tells them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, Role, Unit, UnitKind, User
from qingfeng.apps.base.orgs.visibility import own_groups, reaches
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory
from qingfeng.apps.work.inspections.models import InspectionMethod, Sheet
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.reports.figures import FIGURES, LISTINGS
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.counting import Books, Frame, money
from qingfeng.apps.work.reports.papers.kind import Kind, Subject
from qingfeng.apps.work.reports.papers.kinds.issuing import check_issues, check_speaks_for
from qingfeng.apps.work.reports.papers.kinds.ledger_words import clause
from qingfeng.apps.work.reports.papers.kinds.voice import approval, as_of, days_in_words, everyone, the_area
from qingfeng.apps.work.reports.papers.model import (
    Block,
    Counted,
    Gap,
    Grid,
    Heading,
    Paper,
    Quoted,
    Run,
    Text,
)
from qingfeng.apps.work.reports.papers.periods import MONTH, QUARTER, STAGE
from qingfeng.apps.work.reports.papers.wording import clauses, with_measure
from qingfeng.apps.work.reports.queries import within

COMMON = 3
"""So many contents are told as commonplace, with so many problems each in the ledger's words."""
CONTENTS_TOLD = 6
ALIKE = 0.5
"""Problems whose words agree to more than this share are one kind."""
_HEAD = ("治理内容", "发现问题", "已销号", "未销号", "逾期")
_KEYS = ("found", "closed_out", "open", "overdue")
_METHODS: dict[str, str] = {
    InspectionMethod.SPECIAL: "专项督查",
    InspectionMethod.RANDOM: "随机抽查",
    InspectionMethod.CROSS: "交叉检查",
    InspectionMethod.SURPRISE: "突击检查",
    InspectionMethod.OFF_HOURS: "错时检查",
}
_BELOW = (
    (UnitKind.COMMUNITY, "各社区（村）"),
    (UnitKind.SECTION, "各科室"),
    (UnitKind.STATION, "各站（所）"),
    (UnitKind.WINDOW, "各服务窗口"),
)


@dataclass(frozen=True)
class Inspected:
    """What a circular tells: the inspections of a unit and all below it, whoever carried them out."""

    asked: Asked

    @cached_property
    def books(self) -> Books:
        return Books(self.asked)

    @property
    def who(self) -> str:
        """Who carried them out."""
        return (
            f"{the_area(self.asked)}各单位和各检查组"
            if self.asked.is_whole
            else f"{self.asked.unit.short_name}及有关检查组"
        )

    @cached_property
    def visits(self) -> Counted:
        return self.books.done("inspections")

    def figure(
        self, key: str, *, category: ContentCategory | None = None, unit: Unit | None = None
    ) -> Counted:
        return self.books.figure(key, Frame.FOUND, category=category, unit=unit)

    def rows(self, category: ContentCategory) -> QuerySet[Problem]:
        return self.books.rows("found", Frame.FOUND, category=category)


@dataclass(frozen=True)
class InspectedByGroup(Inspected):
    """Those of one group."""

    group: Group

    @property
    def who(self) -> str:
        return self.group.name

    @cached_property
    def visits(self) -> Counted:
        listing = LISTINGS["sheets"]
        rows = listing.rows(self.asked.user, self.asked.campaign).filter(
            filing_group=self.group, inspected_on__range=self.asked.span.days
        )
        number = rows.count()
        return Counted(
            "group_inspections",
            "开展检查",
            number,
            str(number),
            "次",
            f"{self.group.name}填报、未作废的检查台账，一张计一次，零问题的也计。",
            "限检查日期在统计期间内的。",
            href=f"{reverse('reports:figure', args=['sheets'])}?{urlencode(self._narrowed('body'))}",
            rows=rows,
        )

    def figure(
        self, key: str, *, category: ContentCategory | None = None, unit: Unit | None = None
    ) -> Counted:
        figure = FIGURES[key]
        rows = self._found(category, unit).filter(figure.condition(self.asked.day))
        values = rows.order_by().aggregate(value=figure.aggregate(self.asked.day))
        value = values["value"]
        words, measure = money(value) if figure.is_money else (str(value), str(figure.measure))
        address = self._narrowed("finder")
        if category is not None:
            address["category"] = str(category.number)
        if unit is not None:
            address["unit"] = unit.code
        return Counted(
            f"group.{key}",
            "检查发现问题" if key == "found" else f"检查发现问题中{figure.name}",
            value,
            words,
            measure,
            f"{figure.counting_rule}限{self.group.name}发现的。",
            "限发现日期在统计期间内的。",
            part=category.title if category else unit.short_name if unit else "",
            exact=f"{value / 100:.2f}元" if figure.is_money else "",
            href=f"{reverse('reports:figure', args=[key])}?{urlencode(address)}",
            rows=rows,
        )

    def rows(self, category: ContentCategory) -> QuerySet[Problem]:
        return self._found(category, None)

    def _found(self, category: ContentCategory | None, unit: Unit | None) -> QuerySet[Problem]:
        rows = self.asked.problems().filter(finding_group=self.group, found_on__range=self.asked.span.days)
        rows = rows.filter(category=category) if category else rows
        return rows.filter(lead_unit_id__in=within(unit)) if unit else rows

    def _narrowed(self, name: str) -> dict[str, str]:
        first, last = self.asked.span.days
        return {name: f"g{self.group.code}", "from": first.isoformat(), "to": last.isoformat()}


def of_unit(asked: Asked) -> Paper:
    """Of a unit's inspections; of the whole campaign those of all."""
    to = everyone(asked) if asked.is_whole else _below(asked.unit)
    return _circular(Inspected(asked), asked.issuer, to)


def of_group(asked: Asked) -> Paper:
    """Of one group's inspections: the office issues it, or the group itself."""
    group: Group = asked.subject
    is_office = reaches(asked.user, asked.campaign.root_unit, {Role.OFFICE})
    issuer = asked.campaign.office.name if is_office else group.name
    return _circular(
        InspectedByGroup(asked, group), issuer, everyone(asked) if is_office else ["各被检查单位"]
    )


def _circular(told: Inspected, issuer: str, to: Sequence[str]) -> Paper:
    asked = told.asked
    whose = "" if asked.is_whole else asked.unit.short_name
    title = f"关于{asked.span.words}{whose}{asked.campaign.short_title}检查情况的通报"
    if asked.subject:
        title = f"关于{told.who}{asked.span.words}检查情况的通报"
    return Paper(
        kind="通报",
        title=title,
        issuers=[issuer],
        number=asked.paper_number,
        addressees=to,
        blocks=_blocks(told, issuer),
        day=asked.day,
        counted_on=asked.day,
        period=days_in_words(asked),
        issued_by=issuer,
        issue_date=asked.day,
        remarks=approval(asked),
    )


def _blocks(told: Inspected, issuer: str) -> list[Block]:
    """The whole text; where there is nothing, it says so and asks for what a person knows."""
    if not told.visits and not told.figure("found"):
        runs = [f"{told.asked.span.words}，台账中没有{told.who}开展检查和发现问题的记录。"]
        return [Text(runs), Text([Gap("情况说明和下一步检查安排")])]
    return [*_opening(told), *_found(told), *_common(told), *_named(told), *_to_do(issuer)]


def _opening(told: Inspected) -> list[Block]:
    asked, visits = told.asked, told.visits
    if not visits:
        return [Text([f"{asked.span.words}，{told.who}没有检查记录。现将有关情况通报如下。"])]
    runs: list[Run] = [f"{asked.span.words}，{told.who}开展检查", *with_measure(visits)]
    sheets: QuerySet[Sheet] = visits.rows
    methods = [_METHODS[one] for one in _met(sheets, "method") if one in _METHODS]
    if methods:
        runs.append(f"，采取了{'、'.join(methods)}等方式")
    contents = _contents(sheets)
    if contents:
        runs.append(
            f"，主要检查了{'、'.join(contents)}等内容" if len(contents) > 1 else f"，检查了{contents[0]}"
        )
    return [Text([*runs, "。现将检查情况通报如下。"])]


def _met(sheets: QuerySet[Sheet], field: str) -> list[str]:
    """The values of a field, the most frequent first."""
    found = Counter(sheets.order_by().values_list(field, flat=True))
    return [value for value, _number in sorted(found.items(), key=lambda row: (-row[1], row[0]))]


def _contents(sheets: QuerySet[Sheet]) -> list[str]:
    """What was looked at: the sheets' short words, the most frequent first."""
    words: Counter[str] = Counter()
    for text in sheets.order_by().values_list("content", flat=True):
        words.update(part.strip() for part in clause(text).split("、") if 0 < len(part.strip()) <= 16)
    return [word for word, _number in sorted(words.items(), key=lambda row: (-row[1], row[0]))][
        :CONTENTS_TOLD
    ]


def _found(told: Inspected) -> list[Block]:
    found = told.figure("found")
    if not found:
        return [Heading("发现的问题"), Text([f"{told.asked.span.words}的检查没有发现问题。"])]
    runs: list[Run] = ["共发现问题", *with_measure(found)]
    for key, words in (("people", "涉及群众"), ("sum_involved", "涉及金额")):
        if figure := told.figure(key):
            runs += [f"，{words}", *with_measure(figure)]
    states = [
        ("已销号", told.figure("closed_out")),
        ("未销号", told.figure("open")),
        ("长期坚持", told.figure("long_term")),
    ]
    runs += [f"。{as_of(told.asked)}，上述问题", *clauses(states, end="")]
    if late := told.figure("overdue"):
        runs += ["，未销号问题中已逾期", *with_measure(late)]
    return [Heading("发现的问题"), Text([*runs, "。"]), _contents_table(told)]


def _contents_table(told: Inspected) -> Grid:
    rows: list[list[Run]] = []
    for content in told.books.contents:
        cells = [told.figure(key, category=content) for key in _KEYS]
        if cells[0]:
            rows.append([content.title, *cells])
    rows.append(["合计", *(told.figure(key) for key in _KEYS)])
    return Grid(_HEAD, rows, "表1　检查发现问题分类情况")


def _common(told: Inspected) -> list[Block]:
    """Contents in which the same kind of problem stands in more than one unit."""
    ranked = [(content, told.figure("found", category=content)) for content in told.books.contents]
    ranked = sorted((row for row in ranked if row[1]), key=lambda row: -row[1].value)
    blocks: list[Block] = []
    for content, figure in ranked:
        rows = told.rows(content)
        if rows.order_by().values("lead_unit").distinct()[:2].count() < 2 or len(blocks) == COMMON:
            continue
        samples = _samples(told, rows)
        runs: list[Run] = ["多个单位存在这方面问题，共", *with_measure(figure)]
        for at, sample in enumerate(samples):
            runs += ["，主要表现为：" if not at else "；", sample]
        blocks.append(Text([*runs, "。"], f"{content.title}。"))
    return [Heading("共性问题"), *blocks] if blocks else []


def _samples(told: Inspected, rows: QuerySet[Problem]) -> list[Run]:
    """Problems in the ledger's words; while units are not to be named, none that tells its unit."""
    names = [] if told.asked.approved_by else _all_names()
    found: list[Run] = []
    for problem in rows.order_by("-people_affected", "-found_on", "pk")[:20]:
        text = clause(problem.text)
        hidden = [*names, problem.responsible_name]
        if not any(name and name in text for name in hidden) and not _like(text, found):
            found.append(Quoted(text, reverse("problems:problem", args=[problem.reference])))
        if len(found) == COMMON:
            break
    return found


def _like(text: str, told: Sequence[Run]) -> bool:
    """Whether nearly the same has been told."""
    return any(SequenceMatcher(None, text, str(one)).ratio() > ALIKE for one in told)


def _all_names() -> list[str]:
    return [name for pair in Unit.objects.values_list("name", "short_name") for name in pair if name]


def _named(told: Inspected) -> list[Block]:
    """The units with their figures, once it is approved."""
    if told.asked.approved_by is None or not told.figure("found"):
        return []
    rows: list[list[Run]] = []
    for unit in told.books.units:
        cells = [told.figure(key, unit=unit) for key in _KEYS]
        if cells[0]:
            rows.append([unit.short_name, *cells])
    return [Grid(("单位", *_HEAD[1:]), rows, "表2　各单位检查发现问题情况")] if rows else []


def _to_do(issuer: str) -> list[Block]:
    return [
        Heading("有关要求"),
        Text(
            [
                "各单位对照通报的问题逐项检查，没有被检查到的单位也要举一反三，发现同类问题的主动登记、主动整改。"
            ],
            "全面对照检查。",
        ),
        Text(
            [
                "对检查发现的问题，逐项明确整改措施、责任人和时限；能立即整改的立即整改，逾期未销号的列出办结时间。"
            ],
            "按期完成整改。",
        ),
        Text(
            ["对反复出现的问题，从流程、审批、公示、监督等环节查找原因，完善制度，防止整改后反弹。"],
            "完善制度机制。",
        ),
        Text(["整改情况按规定填报整改台账，于", Gap("报送日期"), f"前报{issuer}。"], "按时报送情况。"),
    ]


def _below(unit: Unit) -> list[str]:
    kinds = set(Unit.objects.filter(pk__in=within(unit)).exclude(pk=unit.pk).values_list("kind", flat=True))
    return [words for kind, words in _BELOW if kind in kinds] or ["各有关单位"]


def _groups(user: User, campaign: Campaign) -> QuerySet[Group]:
    """Groups that have filed sheets: all for the office, else the user's own."""
    filed = Sheet.objects.filter(campaign=campaign, filing_group__isnull=False).values("filing_group_id")
    rows = Group.objects.filter(pk__in=filed)
    if reaches(user, campaign.root_unit, {Role.OFFICE}):
        return rows
    return rows.filter(pk__in=own_groups(user, {Role.INSPECTOR, Role.OFFICE}))


GROUP_CIRCULAR = Kind(
    "inspection_circular",
    _("检查情况通报（按检查组）"),
    _("一个检查组一段时间的检查：查了什么、发现什么、共性问题和要求。"),
    of_group,
    check=check_issues,
    asks_unit=False,
    periods=(MONTH, QUARTER, STAGE),
    subject=Subject(_("检查组"), _groups, "code"),
    asks_approval=True,
)
UNIT_CIRCULAR = Kind(
    "unit_inspection_circular",
    _("检查情况通报（按单位）"),
    _("一个单位和所属单位一段时间的检查情况，发给所属各单位。"),
    of_unit,
    check=check_speaks_for,
    periods=(MONTH, QUARTER, STAGE),
    asks_approval=True,
)
