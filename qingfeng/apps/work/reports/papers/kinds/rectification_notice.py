"""整改通知: to the unit that has problems. Of one inspection sheet, or of all that is open in a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.inspections.visibility import visible as visible_sheets
from qingfeng.apps.work.problems.flow import WORKING, ProblemState
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.visibility import visible
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.counting import Books
from qingfeng.apps.work.reports.papers.kind import Kind, Subject
from qingfeng.apps.work.reports.papers.kinds.issuing import (
    check_issues,
    issuing_body,
    ourselves,
    units_below,
    you,
)
from qingfeng.apps.work.reports.papers.kinds.ledger_words import clause
from qingfeng.apps.work.reports.papers.kinds.problem_table import last_day, on_the_list, table, told
from qingfeng.apps.work.reports.papers.kinds.voice import as_of
from qingfeng.apps.work.reports.papers.model import Attached, Block, Gap, Heading, Items, Paper, Run, Text
from qingfeng.apps.work.reports.papers.wording import day, with_measure

TO_RECTIFY = (ProblemState.FOUND, ProblemState.TRANSFERRED, *WORKING)
"""In the unit's hands; what waits for close-out is not asked for again."""
IN_TEXT = 6
"""So many problems stand in the text; more go into an attachment."""
LIST_TITLE = "整改问题清单"


@dataclass(frozen=True)
class Notice:
    """What both kinds of notice have in common."""

    asked: Asked
    issuer: Group | Unit
    units: Sequence[Unit]
    problems: Sequence[Problem]

    def paper(self, title: str, opening: Sequence[Run], *, listed: bool) -> Paper:
        """Opening, problems, what is asked. A notice to one unit goes out in the form of a letter."""
        asked = self.asked
        attached = [Attached(LIST_TITLE, [table(self.problems, asked.day)])] if listed else []
        return Paper(
            kind="通知",
            title=title,
            issuers=[self.issuer.name],
            number=asked.paper_number,
            addressees=[unit.name for unit in self.units],
            blocks=[Text(opening), *self._problems(listed), *self._requirements()],
            day=asked.day,
            counted_on=asked.day,
            form="letter",
            attachments=attached,
        )

    def _problems(self, listed: bool) -> list[Block]:
        if listed:
            return []
        several = len(self.units) > 1
        items = Items([told(one, with_unit=several) for one in self.problems])
        return [Heading("存在问题"), items, Heading("整改要求")]

    def _requirements(self) -> list[Block]:
        last = last_day(self.problems, self.asked.day)
        until: Run = day(last) if last else Gap("反馈整改情况的日期")
        return [
            Text(
                ["主要负责人牵头研究，逐项明确整改责任人、整改措施和完成时间，能立即整改的立即整改。"],
                "落实整改责任。",
            ),
            Text(
                [
                    "在整改时限内完成整改。确有客观原因不能按期完成的，在到期前说明理由申请延期，未经批准仍按原时限督办。"
                ],
                "严格整改时限。",
            ),
            Text(
                [
                    "对照问题查找管理和制度上的漏洞，该建的制度建起来，该修订的及时修订，并检查有无同类问题，一并整改。"
                ],
                "健全长效机制。",
            ),
            Text(
                [
                    "每个问题整改完成后，填报整改台账，附佐证材料，经单位负责人签字后申请销号；全部整改情况于",
                    until,
                    f"前报送{self.issuer.name}。整改情况将适时开展回头看。",
                ],
                "按时报送整改情况。",
            ),
        ]


def of_sheet(asked: Asked) -> Paper:
    """Of one inspection sheet: the problems that its units still have in hand."""
    sheet: Sheet = asked.subject
    rows = visible(asked.user).filter(sheet=sheet).exclude(state=ProblemState.VOID)
    body = issuing_body(asked.user, asked.campaign, sheet.inspected_unit, sheet.filing_group)
    problems = on_the_list(asked.user, rows.filter(state__in=TO_RECTIFY))
    if not problems:
        _say_why_none(sheet, rows)
    units = list(dict.fromkeys(problem.lead_unit for problem in problems))
    notice = Notice(asked, body, units, sorted(problems, key=lambda one: one.ordinal))
    named = units[0].name if len(units) == 1 else sheet.inspected_unit.name
    opening = [f"{_inspected(sheet, body, units)}现将检查发现的问题和整改要求通知如下。"]
    listed = len(problems) > IN_TEXT
    if listed:
        opening = [
            f"{_inspected(sheet, body, units)}检查发现的问题见附件，请对照清单逐项整改。现将有关要求通知如下。"
        ]
    return notice.paper(f"关于{named}检查发现问题整改工作的通知", opening, listed=listed)


def _say_why_none(sheet: Sheet, rows: QuerySet[Problem]) -> None:
    if sheet.state == SheetState.VOID:
        raise BadInput(f"{sheet.full_number}已作废，不能据此发整改通知。")
    if rows.exists():
        raise BadInput(f"{sheet.full_number}的问题都已销号、转为长期坚持或正在申请销号，不需要发整改通知。")
    raise BadInput(f"{sheet.full_number}没有登记问题，不需要发整改通知。")


def _inspected(sheet: Sheet, body: Group | Unit, units: Sequence[Unit]) -> str:
    """2026年6月9日，我组对你社区开展了检查，检查内容为小额工程发包、合同管理。"""
    finder = sheet.filing_body
    where = you(*units) if list(units) == [sheet.inspected_unit] else sheet.inspected_unit.name
    about = f"检查内容为{clause(sheet.content)}。"
    if finder == sheet.inspected_unit and list(units) == [finder]:
        return f"{day(sheet.inspected_on)}，{where}开展自查，{about}"
    who = ourselves(body) if finder == body else finder.name
    return f"{day(sheet.inspected_on)}，{who}对{where}开展了检查，{about}"


def of_unit(asked: Asked) -> Paper:
    """Of a unit and all below it: everything that is still in its hands."""
    unit: Unit = asked.subject
    body = issuing_body(asked.user, asked.campaign, unit)
    asked = replace(asked, unit=unit)
    problems = on_the_list(asked.user, asked.problems().filter(state__in=TO_RECTIFY))
    if not problems:
        raise BadInput(f"{as_of(asked)}，{unit.name}没有需要整改的问题，不需要发整改通知。")
    notice = Notice(asked, body, [unit], problems)
    return notice.paper(f"关于{unit.name}未销号问题整改工作的通知", _standing(asked, unit), listed=True)


def _standing(asked: Asked, unit: Unit) -> list[Run]:
    books = Books(asked)
    late, handed_in = books.figure("overdue"), books.figure("submitted")
    runs: list[Run] = [
        f"{as_of(asked)}，{you(unit)}（含所属单位）尚有未销号问题",
        *with_measure(books.figure("open")),
    ]
    if late:
        runs += ["，其中已过整改时限", *with_measure(late)]
    if handed_in:
        runs += ["；已申请销号、正在审核的", *with_measure(handed_in), "，不再列入清单"]
    return [*runs, "。需要继续整改的问题见附件，请对照清单逐项整改。现将有关要求通知如下。"]


def _sheets(user: User, campaign: Campaign) -> QuerySet[Sheet]:
    """Those with something to rectify first."""
    open_ones = visible(user).filter(sheet=OuterRef("pk"), state__in=TO_RECTIFY)
    rows = visible_sheets(user).filter(campaign=campaign)
    related = rows.select_related("campaign", "filing_unit", "filing_group", "inspected_unit")
    return related.annotate(waits=Exists(open_ones)).order_by("-waits", "-filled_on", "-pk")


def _units(user: User, campaign: Campaign) -> QuerySet[Unit]:
    open_ones = visible(user).filter(campaign=campaign, lead_unit=OuterRef("pk"), state__in=TO_RECTIFY)
    return units_below(user, campaign).annotate(waits=Exists(open_ones)).order_by("-waits", "order", "code")


def _sheet_in_words(sheet: object) -> str:
    assert isinstance(sheet, Sheet)
    return f"{sheet.full_number}　{sheet.inspected_unit.short_name}　{sheet.inspected_on.isoformat()}"


RECTIFICATION_NOTICE = Kind(
    "rectification_notice",
    _("整改通知（按检查台账）"),
    _("检查后发给问题单位：一张检查台账的问题、整改要求、时限和责任人。"),
    of_sheet,
    check=check_issues,
    asks_unit=False,
    subject=Subject(_("检查台账"), _sheets, "reference", _sheet_in_words),
)
UNIT_RECTIFICATION_NOTICE = Kind(
    "unit_rectification_notice",
    _("整改通知（按单位）"),
    _("发给一个单位：它和所属单位还没有完成整改的全部问题。"),
    of_unit,
    check=check_issues,
    asks_unit=False,
    subject=Subject(_("问题单位"), _units, "code"),
)
