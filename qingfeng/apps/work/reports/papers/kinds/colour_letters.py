"""提醒函 and 督办函: letters by the three colours to a unit whose dates come near or are past (RULES §4).

The colour follows from the share of the term that is left and from the campaign's shares; nobody chooses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Group, Unit, User
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, Duty
from qingfeng.apps.work.campaigns.visibility import visible_duties
from qingfeng.apps.work.problems.colours import Colour
from qingfeng.apps.work.problems.ledgers import IS_OPEN, in_colour
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.visibility import visible
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.counting import Books
from qingfeng.apps.work.reports.papers.kind import Kind, Subject
from qingfeng.apps.work.reports.papers.kinds.issuing import (
    check_issues,
    committee_of,
    issuing_body,
    units_below,
    you,
)
from qingfeng.apps.work.reports.papers.kinds.ledger_words import clause
from qingfeng.apps.work.reports.papers.kinds.problem_table import by_whom, on_the_list, short_day
from qingfeng.apps.work.reports.papers.kinds.voice import as_of
from qingfeng.apps.work.reports.papers.model import (
    Attached,
    Block,
    Counted,
    Gap,
    Grid,
    Paper,
    Quoted,
    Run,
    Text,
)
from qingfeng.apps.work.reports.papers.wording import with_measure

WORDS = {Colour.GREEN: "绿色提醒", Colour.YELLOW: "黄色预警", Colour.RED: "红色警示"}
_PROBLEM_HEAD = ("序号", "编号", "责任单位", "存在问题", "责任人", "整改时限")


def remind(asked: Asked) -> Paper:
    """提醒函: problems whose time grows short, green or yellow by the shares of the campaign."""
    asked, unit, body = _addressed(asked)
    yellow, green = _in_colour(asked, Colour.YELLOW), _in_colour(asked, Colour.GREEN)
    if not yellow and not green:
        raise BadInput(_none_near(asked, unit))
    colour = Colour.YELLOW if yellow else Colour.GREEN
    listed = [(one, Colour.YELLOW) for one in on_the_list(asked.user, yellow.rows)]
    listed += [(one, Colour.GREEN) for one in on_the_list(asked.user, green.rows)]
    runs: list[Run] = [f"{as_of(asked)}，{you(unit)}（含所属单位）临近整改时限、尚未销号的问题中，"]
    if yellow:
        runs += ["达到黄色预警的", *with_measure(yellow)]
    if green:
        runs += ["，" if yellow else "", "达到绿色提醒的", *with_measure(green)]
    runs.append("。现提醒如下。")
    return _letter(
        asked,
        body,
        f"关于{unit.name}整改时限临近问题的提醒函",
        [Text(runs), Text([_rule(asked, colour)]), *_reminded(asked, unit, colour)],
        [Attached("临近整改时限问题清单", [_problem_table(listed, asked.day)])],
    )


def urge(asked: Asked) -> Paper:
    """督办函: problems past their date and what was not handed in, red."""
    asked, unit, body = _addressed(asked)
    books = Books(asked)
    late, missing = books.figure("overdue"), books.done("duties_missing")
    if not late and not missing:
        raise BadInput(f"{as_of(asked)}，{unit.name}没有逾期的问题和到期未报的事项，不需要发督办函。")
    runs: list[Run] = [f"{as_of(asked)}，{you(unit)}（含所属单位）"]
    attached: list[Attached] = []
    if late:
        runs += ["超过整改时限仍未销号的问题", *with_measure(late)]
        listed = [(one, Colour.RED) for one in on_the_list(asked.user, late.rows)]
        attached.append(Attached("逾期未销号问题清单", [_problem_table(listed, asked.day)]))
    if missing:
        runs += ["，" if late else "", "到期未报送的事项", *with_measure(missing)]
        attached.append(Attached("到期未报送事项清单", [_duty_table(missing.rows, asked.day)]))
    return _letter(
        asked,
        body,
        f"关于{unit.name}{_matter(late, missing)}的督办函",
        [Text([*runs, "。现督办如下。"]), Text([_rule(asked, Colour.RED)]), *_urged(unit, late, missing)],
        attached,
        copied_to=[name for name in committee_of(unit) if name != body.name],
    )


def _addressed(asked: Asked) -> tuple[Asked, Unit, Group | Unit]:
    unit: Unit = asked.subject
    body = issuing_body(asked.user, asked.campaign, unit)
    return replace(asked, unit=unit), unit, body


def _letter(
    asked: Asked,
    body: Group | Unit,
    title: str,
    blocks: Sequence[Block],
    attached: Sequence[Attached],
    copied_to: Sequence[str] = (),
) -> Paper:
    return Paper(
        kind="函",
        title=title,
        issuers=[body.name],
        number=asked.paper_number,
        addressees=[asked.unit.name],
        blocks=blocks,
        day=asked.day,
        counted_on=asked.day,
        form="letter",
        attachments=attached,
        copied_to=copied_to,
    )


def _in_colour(asked: Asked, colour: Colour) -> Counted:
    """Open problems of the unit and below that carry the colour today; the page is that of the same filter."""
    rows = in_colour(asked.problems(), colour, campaign=asked.campaign, today=asked.day)
    number = rows.count()
    address = {"unit": asked.unit.code, "colour": colour.value}
    return Counted(
        f"colour.{colour.value}",
        f"{WORDS[colour]}问题",
        number,
        str(number),
        "个",
        f"未销号、未逾期且剩余时间{_band(asked, colour)}的问题。",
        href=f"{reverse('reports:figure', args=['open'])}?{urlencode(address)}",
        rows=rows,
    )


def _band(asked: Asked, colour: Colour) -> str:
    yellow, green = (f"{asked.campaign.colours[name]:.0%}" for name in ("yellow", "green"))
    return f"不超过整改期限{yellow}" if colour == Colour.YELLOW else f"在整改期限{yellow}至{green}之间"


def _rule(asked: Asked, colour: Colour) -> str:
    """Which colour this letter has, and by which rule."""
    yellow, green = (f"{asked.campaign.colours[name]:.0%}" for name in ("yellow", "green"))
    return (
        f"按照专项治理三色预警规则，未销号问题剩余时间不超过整改期限{green}的为绿色提醒，不超过{yellow}的为黄色预警，"
        f"超过整改时限的为红色警示；颜色由台账按整改时限确定，不作人工调整。本函为{WORDS[colour]}。"
    )


def _reminded(asked: Asked, unit: Unit, colour: Colour) -> list[Block]:
    """Green goes to the person in charge, yellow to the leader over that person too."""
    told = (
        "请将本函及清单转告各整改责任人，并报分管领导阅知，由分管领导督促抓紧整改。"
        if colour == Colour.YELLOW
        else "请将本函及清单转告各整改责任人，督促其按计划推进整改。"
    )
    return [
        Text([told], "及时传达提醒。"),
        Text(
            ["对照清单逐项核对进度，倒排时间，确保在整改时限前完成整改，并附佐证材料申请销号。"],
            "抓紧完成整改。",
        ),
        Text(
            ["确有客观原因不能按期完成的，在到期前说明理由申请延期；逾期未办结的，将发函督办。"],
            "按程序申请延期。",
        ),
        Text(["特此函告。"]),
    ]


def _urged(unit: Unit, late: Counted, missing: Counted) -> list[Block]:
    """Red goes to the unit and its Party secretary."""
    blocks: list[Block] = [
        Text(
            [
                f"请{you(unit)}党组织主要负责人履行第一责任人责任，亲自过问，专题研究，查清逾期原因，明确办结时间和责任人。"
            ],
            "压实第一责任人责任。",
        )
    ]
    if late:
        blocks.append(
            Text(
                [
                    "对清单所列问题逐项整改，完成后附佐证材料申请销号；未经批准延期的，不得以正在整改为由搁置。"
                    "整改不到位的，不予销号，预警颜色不作调整。"
                ],
                "限期办结逾期问题。",
            )
        )
    if missing:
        blocks.append(Text(["对清单所列事项立即补报，并说明未按时报送的原因。"], "补报应报未报事项。"))
    return [
        *blocks,
        Text(["请于", Gap("反馈日期"), "前将办理情况书面反馈。"], "书面反馈办理情况。"),
        Text(["特此函告。"]),
    ]


def _matter(late: Counted, missing: Counted) -> str:
    if late and missing:
        return "逾期未办事项"
    return "逾期未销号问题" if late else "到期未报送事项"


def _problem_table(listed: Sequence[tuple[Problem, Colour]], today: date) -> Grid:
    """With the days that are left, or past, and the colour."""
    rows: list[list[Run]] = []
    for at, (problem, colour) in enumerate(listed, 1):
        assert problem.due_date is not None  # a problem without a date has no colour
        rows.append(
            [
                str(at),
                problem.shown_number,
                problem.lead_unit.short_name,
                Quoted(clause(problem.text), reverse("problems:problem", args=[problem.reference])),
                by_whom(problem),
                short_day(problem.due_date, today),
                f"{abs((problem.due_date - today).days)}天",
                *([] if colour == Colour.RED else [WORDS[colour]]),
            ]
        )
    is_late = listed[0][1] == Colour.RED
    return Grid((*_PROBLEM_HEAD, *(("逾期",) if is_late else ("剩余", "预警"))), rows, landscape=True)


def _duty_table(duties: QuerySet[Duty], today: date) -> Grid:
    rows: list[list[Run]] = []
    related = duties.select_related("obligation", "unit", "group").order_by("due", "pk")
    for at, duty in enumerate(related, 1):
        what = Quoted(duty.obligation.what, reverse("campaigns:duty", args=[duty.pk]))
        rows.append([str(at), what, duty.bearer.short_name, short_day(duty.due, today)])
    return Grid(("序号", "应报事项", "报送单位", "报送期限"), rows)


def _none_near(asked: Asked, unit: Unit) -> str:
    late = asked.problems().filter(**IS_OPEN, due_date__lt=asked.day).exists()
    rest = "已逾期的问题请用督办函。" if late else ""
    return f"{as_of(asked)}，{unit.name}没有临近整改时限的问题，不需要发提醒函。{rest}"


def _near_units(user: User, campaign: Campaign) -> QuerySet[Unit]:
    """Those with something due first."""
    mine = visible(user).filter(campaign=campaign, lead_unit=OuterRef("pk"))
    near = in_colour(mine, Colour.YELLOW, campaign=campaign, today=clock.today())
    return units_below(user, campaign).annotate(waits=Exists(near)).order_by("-waits", "order", "code")


def _late_units(user: User, campaign: Campaign) -> QuerySet[Unit]:
    """Those with something late first."""
    today = clock.today()
    late = visible(user).filter(**IS_OPEN, campaign=campaign, lead_unit=OuterRef("pk"), due_date__lt=today)
    owed = visible_duties(user).filter(campaign=campaign, unit=OuterRef("pk")).overdue(today)
    rows = units_below(user, campaign).annotate(late=Exists(late), owed=Exists(owed))
    return rows.order_by("-late", "-owed", "order", "code")


REMINDER = Kind(
    "reminder",
    _("提醒函"),
    _("整改时限临近时发给问题单位：绿色提醒或黄色预警，颜色按剩余时间确定。"),
    remind,
    check=check_issues,
    asks_unit=False,
    subject=Subject(_("问题单位"), _near_units, "code"),
)
URGING = Kind(
    "urging",
    _("督办函"),
    _("逾期后发给责任单位：红色警示，列出逾期的问题和到期未报的事项。"),
    urge,
    check=check_issues,
    asks_unit=False,
    subject=Subject(_("责任单位"), _late_units, "code"),
)
