"""承诺书: of a responsible person for their problems, and of a unit that found none (models/commitments)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.base.orgs.models import Appointment, Person, Unit, User
from qingfeng.apps.base.orgs.visibility import units_of_today
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit
from qingfeng.apps.work.problems.actions.commitments import standard_commitment
from qingfeng.apps.work.problems.flow import OPEN
from qingfeng.apps.work.problems.models import Commitment, Problem
from qingfeng.apps.work.problems.queries import self_inspection_ends, units_at_zero, units_owing_commitment
from qingfeng.apps.work.problems.visibility import visible, with_shown_number
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.kind import Kind, Subject
from qingfeng.apps.work.reports.papers.kinds.issuing import check_reads_ledgers
from qingfeng.apps.work.reports.papers.kinds.ledger_words import clause, on_paper
from qingfeng.apps.work.reports.papers.kinds.problem_table import short_day
from qingfeng.apps.work.reports.papers.kinds.voice import the_plan
from qingfeng.apps.work.reports.papers.model import Block, Grid, Items, Paper, Quoted, Run, Text
from qingfeng.apps.work.reports.papers.wording import day, listed

_FAR = "　" * 10
"""Where the signer's lines begin: right of the middle."""
_HEAD = ("序号", "编号", "存在问题", "责任", "整改时限")


def of_person(asked: Asked) -> Paper:
    """整改承诺书: the responsible person takes on each of their open problems by its date."""
    person: Person = asked.subject
    problems = _problems_of(asked.user, asked.campaign, person)
    units = list(dict.fromkeys(problem.lead_unit.name for problem in problems))
    blocks: list[Block] = [
        Text(
            [
                f"按照{the_plan(asked)}要求，本人{person.name}{_post(person, problems, asked)}，是{listed(units)}"
                "下列问题的整改责任人。现郑重承诺："
            ]
        ),
        Items(
            [
                ["如实认领问题，不推诿、不回避，亲自组织制定并落实整改措施。"],
                ["在整改时限内完成整改；确有客观原因不能按期完成的，在到期前申请延期，不拖延、不搁置。"],
                ["如实填报整改情况和佐证材料，不虚报、不做表面文章。"],
                ["查找问题背后的制度漏洞，推动建章立制，防止同类问题再次发生。"],
                ["自觉接受监督。整改不力、弄虚作假或者承诺不实的，愿意承担相应责任。"],
            ]
        ),
        Text(["本人负责整改的问题如下："]),
        Grid(_HEAD, [_row(asked, at, problem) for at, problem in enumerate(problems, 1)]),
    ]
    return _sheet(asked, "整改承诺书", [*blocks, *_signed_by("承诺人（签名）：")])


def of_unit_at_zero(asked: Asked) -> Paper:
    """零问题承诺书: what the head has signed, or what there is to sign."""
    unit: Unit = asked.subject
    signed = Commitment.objects.filter(campaign=asked.campaign, unit=unit).select_related("signed_by__person")
    row = signed.first()
    if row is None:
        _check_owes(asked, unit)
    text: list[Block] = [Text([on_paper(row.text if row else standard_commitment(unit))])]
    if row is None:
        text.append(Text(["今后发现问题的，及时登记、如实上报、认真整改。本承诺接受核查。"]))
    foot = (
        _signed_by(f"承诺人：{row.signed_by}", row.signed_on) if row else _signed_by("单位负责人（签名）：")
    )
    return _sheet(asked, "零问题承诺书", [*text, Text(["　"]), *_of(unit), *foot])


def _check_owes(asked: Asked, unit: Unit) -> None:
    """The same rule as for signing, in words that say what to do."""
    if units_owing_commitment(asked.campaign).filter(pk=unit.pk).exists():
        return
    if not units_at_zero(asked.campaign).filter(pk=unit.pk).exists():
        raise BadInput(f"{unit.name}（含所属单位）已登记问题，不签零问题承诺。")
    ends = self_inspection_ends(asked.campaign)
    if ends is None:
        raise BadInput("方案没有自查自纠阶段，不需要签零问题承诺。")
    raise BadInput(f"自查自纠到{day(ends)}结束，到时仍没有登记问题的再签零问题承诺。")


def _problems_of(user: User, campaign: Campaign, person: Person) -> list[Problem]:
    rows = visible(user).filter(campaign=campaign, responsible_person=person, state__in=OPEN)
    ordered = with_shown_number(rows, user).order_by(F("due_date").asc(nulls_last=True), "pk")
    return list(ordered.select_related("lead_unit"))


def _row(asked: Asked, at: int, problem: Problem) -> list[Run]:
    return [
        str(at),
        problem.shown_number,
        Quoted(clause(problem.text), reverse("problems:problem", args=[problem.reference])),
        problem.duty_text,
        short_day(problem.due_date, asked.day),
    ]


def _post(person: Person, problems: Sequence[Problem], asked: Asked) -> str:
    """（党工委书记）: the post in the unit of the problems, where there is one."""
    units = [problem.lead_unit_id for problem in problems]
    held = Appointment.objects.on(asked.day).filter(person=person, post__unit__in=units)
    title = held.order_by("pk").values_list("post__title", flat=True).first()
    return f"（{title}）" if title else ""


def _of(unit: Unit) -> list[Block]:
    return [Text([f"{_FAR}承诺单位（盖章）：{unit.short_name}"])]


def _signed_by(label: str, signed_on: object = None) -> list[Block]:
    when = day(signed_on) if signed_on else "　　　年　　月　　日"  # type: ignore[arg-type]
    return [Text([f"{_FAR}{label}"]), Text([f"{_FAR}{when}"])]


def _sheet(asked: Asked, title: str, blocks: Sequence[Block]) -> Paper:
    """A sheet without a red head: it is signed by hand, not issued."""
    return Paper(
        kind="函",
        title=title,
        issuers=[asked.campaign.office.name],
        addressees=[asked.campaign.office.name],
        blocks=blocks,
        day=asked.day,
        counted_on=asked.day,
        form="plain",
    )


def _people(user: User, campaign: Campaign) -> QuerySet[Person]:
    """Those responsible for something open that this user sees."""
    rows = visible(user).filter(campaign=campaign, state__in=OPEN, responsible_person__isnull=False)
    return Person.objects.filter(pk__in=rows.values("responsible_person_id"))


def _taking_part(user: User, campaign: Campaign) -> QuerySet[Unit]:
    rows = CampaignUnit.objects.filter(campaign=campaign)
    return units_of_today(user).filter(pk__in=rows.values("unit_id"))


COMMITMENT = Kind(
    "commitment",
    _("整改承诺书"),
    _("整改责任人签：认领自己负责的未销号问题，承诺按期整改。"),
    of_person,
    check=check_reads_ledgers,
    asks_unit=False,
    subject=Subject(_("整改责任人"), _people, "staff_no", lambda person: f"{person}（{person.staff_no}）"),  # type: ignore[attr-defined]
)
ZERO_COMMITMENT = Kind(
    "zero_commitment",
    _("零问题承诺书"),
    _("自查自纠结束时没有登记问题的单位，由负责人签。"),
    of_unit_at_zero,
    check=check_reads_ledgers,
    asks_unit=False,
    subject=Subject(_("参加单位"), _taking_part, "code"),
)
