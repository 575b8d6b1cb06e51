"""Which blocks stand on whose first screen, in which order. A person of several posts gets the sum, without doubles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.jobs.marks import desk_lines
from qingfeng.apps.base.orgs.models import GroupOversight, Role, Unit, UnitClosure, User
from qingfeng.apps.base.orgs.visibility import LEDGER_ROLES, own_groups, own_units, roles
from qingfeng.apps.base.records.visibility import audited_keys
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, CampaignState
from qingfeng.apps.work.campaigns.visibility import current
from qingfeng.apps.work.desk import overseers
from qingfeng.apps.work.desk.figures import SHOWN_UNITS, SPANS, Counting
from qingfeng.apps.work.desk.late import late_tasks
from qingfeng.apps.work.desk.matters import Matter, sections
from qingfeng.apps.work.desk.sources import watches
from qingfeng.apps.work.desk.sources.problem_lines import OfProblem, read
from qingfeng.apps.work.desk.stuck import stuck
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.problems import queries as problems
from qingfeng.apps.work.problems.instruction_visibility import visible_instructions
from qingfeng.apps.work.problems.marks import instruction_due, instruction_mark

FILING = frozenset({Role.CLERK, Role.HEAD, Role.INSPECTOR, Role.OFFICE})
IN_UNIT_SHOWN = 10
BELOW_SHOWN = 6
UNITS_SHOWN = 5
INSTRUCTIONS_SHOWN = 8
LATE_SHOWN, SHOWN_TO_LEADER = 8, 5


@dataclass(frozen=True)
class Block:
    """A panel of the desk: its template, and what that shows."""

    key: str
    template: str
    data: Any
    title: str = ""
    note: str = ""
    more: str = ""
    more_label: str = ""
    aside: bool = False
    """In the second column, when there is one."""


@dataclass(frozen=True)
class Button:
    """What one comes to do without being asked."""

    label: str
    href: str
    icon: str
    primary: bool = False


@dataclass(frozen=True)
class Desk:
    """A first screen: what one may begin, and the blocks from most to least urgent."""

    held: frozenset[Role]
    campaign: Campaign | None
    buttons: tuple[Button, ...]
    blocks: tuple[Block, ...]
    waiting: list[Matter]
    """What waits for this person: what the number in the head counts."""
    note: str = ""

    @property
    def whole(self) -> list[Block]:
        """Blocks over the full width."""
        return [block for block in self.blocks if not block.aside and not self._beside(block)]

    @property
    def main(self) -> list[Block]:
        """The first of two columns, when there is a second one."""
        return [block for block in self.blocks if self._beside(block)]

    @property
    def aside(self) -> list[Block]:
        return [block for block in self.blocks if block.aside]

    def _beside(self, block: Block) -> bool:
        return block.key in ("stuck", "late") and bool(self.aside)


def desk_of(user: User, found: list[Matter], days: int = SPANS[0]) -> Desk:
    """The first screen of this person from the matters gathered."""
    held = roles(user)
    campaign = current(user) if held & LEDGER_ROLES else None
    leaves = Role.HEAD in held and watches(user)
    waiting = [matter for matter in found if not (leaves and matter.by_clerk)]
    counting = Counting(user, campaign, days) if campaign and Role.LEADER in held else None
    work = found if leaves else []
    blocks = tuple(_blocks(user, held, campaign, waiting, work, counting))
    return Desk(held, campaign, tuple(_buttons(held, campaign)), blocks, waiting, _note(counting))


def _note(counting: Counting | None) -> str:
    """The leader's one sentence about the day."""
    if counting is None:
        return ""
    totals = counting.totals
    return _("发现%(found)s个问题，已销号%(closed)s个，逾期%(late)s个，卡住%(stuck)s个。") % {
        "found": totals["found"],
        "closed": totals["closed"],
        "late": totals["overdue"],
        "stuck": totals["stuck"],
    }


def _buttons(held: frozenset[Role], campaign: Campaign | None) -> Iterator[Button]:
    if campaign is None or campaign.state != CampaignState.RUNNING or not held & FILING:
        if Role.OFFICE in held:
            yield Button(_("读入方案"), reverse("campaigns:plan_new"), "upload", primary=True)
        return
    on_site = Role.INSPECTOR in held
    if not on_site or held & {Role.CLERK, Role.HEAD, Role.OFFICE}:
        yield Button(_("从Excel导入"), reverse("problems:sheet_import"), "upload")
    yield Button(_("填报台账"), reverse("problems:sheet_new"), "add", primary=not on_site)
    if on_site:
        yield Button(_("现场检查"), reverse("problems:field"), "sheet", primary=True)


def _blocks(
    user: User,
    held: frozenset[Role],
    campaign: Campaign | None,
    waiting: list[Matter],
    work: list[Matter],
    counting: Counting | None,
) -> Iterator[Block]:
    if Role.ADMINISTRATOR in held:
        yield from _accounts()
    if counting:
        yield Block("figures", "desk/_figures.html", counting)
    if campaign and Role.OFFICE in held:
        yield from _late(user, campaign)
    yield from _sections(waiting)
    yield from _long_work(user)
    if campaign:
        yield from _in_unit(work)
        yield from _units_to_visit(user) if Role.INSPECTOR in held else ()
        yield from _below(user)
    if campaign and counting:
        yield from _leading(user, campaign, counting, held)
    if Role.AUDITOR in held:
        yield from _auditing(user)


def _sections(found: list[Matter]) -> Iterator[Block]:
    for section in sections(found):
        title = str(section.title) + _("（") + section.count + _("）")
        yield Block(section.key, "desk/_matters.html", section.matters, title, section.note)


def _long_work(user: User) -> Iterator[Block]:
    """The person's own long work: under way, and what ended since yesterday. Two queries."""
    lines = desk_lines(user)
    if lines:
        yield Block(
            "jobs",
            "jobs/_desk.html",
            lines,
            _("后台任务"),
            more=reverse("jobs:list"),
            more_label=_("全部"),
        )


# The unit's head, the clerk


def _in_unit(found: list[Matter]) -> Iterator[Block]:
    """What the clerk has in hand: the head sees what is late or came back, and how much there is."""
    work = [matter for matter in found if matter.by_clerk]
    pressing = sorted(
        (matter for matter in work if matter.kind in ("overdue", "returned")), key=lambda matter: matter.day
    )
    looked_at = [
        Matter(one.kind, one.title, one.of, one.href, _("查看"), due=one.due)
        for one in pressing[:IN_UNIT_SHOWN]
    ]
    if work:
        yield Block(
            "in_unit",
            "desk/_matters.html",
            looked_at,
            _("本单位逾期和退回（%(count)d）") % {"count": len(pressing)},
            _("由经办人办理；经办人手里共%(count)d件") % {"count": len(work)},
            f"{reverse('problems:list')}?view=open",
            _("问题台账"),
        )


def _below(user: User) -> Iterator[Block]:
    """What is overdue in the units below: to be urged, not to be done. At most three queries."""
    if not own_units(user, problems.UNIT_ROLES):
        return
    rows = problems.below_me(user).filter(due_date__lt=clock.today()).order_by("due_date", "pk")
    lines = [OfProblem(pk, _("查看")) for pk in rows.values_list("pk", flat=True)[:BELOW_SHOWN]]
    if lines:
        yield Block(
            "below",
            "desk/_matters.html",
            read(lines, user),
            _("下级逾期"),
            _("由承办单位办理，需要时请督促"),
            f"{reverse('problems:list')}?view=late",
            _("全部逾期"),
        )


# The inspector


@dataclass(frozen=True)
class Visit:
    """A unit that the inspector's groups oversee, and when they were there last."""

    name: str
    last: date | None
    href: str


def _units_to_visit(user: User) -> Iterator[Block]:
    """Overseen units, the longest not inspected first. One query."""
    groups = own_groups(user, {Role.INSPECTOR})
    overseen = GroupOversight.objects.on(clock.today()).filter(group_id__in=groups).values("unit_id")
    below = UnitClosure.objects.filter(ancestor=OuterRef(OuterRef("pk"))).values("descendant_id")
    sheets = Sheet.objects.filter(inspected_unit_id__in=below, filing_group_id__in=groups)
    last = sheets.exclude(state=SheetState.VOID).order_by("-inspected_on").values("inspected_on")[:1]
    units: QuerySet = Unit.objects.on(clock.today()).filter(pk__in=overseen).annotate(last=Subquery(last))
    rows = units.order_by(F("last").asc(nulls_first=True), "order", "code")
    page = reverse("problems:field")
    visits = [Visit(unit.short_name, unit.last, f"{page}?unit={unit.code}") for unit in rows[:UNITS_SHOWN]]
    if visits:
        yield Block(
            "visits",
            "desk/_visits.html",
            visits,
            _("该去的单位"),
            _("您所在的组联系的单位，含下级；最久没有检查的在前"),
        )


# The campaign's office


def _late(user: User, campaign: Campaign, shown: int = LATE_SHOWN) -> Iterator[Block]:
    tasks = late_tasks(user, campaign)[:shown]
    if tasks:
        yield Block(
            "late",
            "desk/_late.html",
            tasks,
            _("缺报和逾期"),
            _("时限已过、还没有报齐的，按任务列；点开是名单"),
            f"{reverse('campaigns:duties', args=[campaign.pk])}?state=overdue",
            _("全部名单"),
        )


# The leader


def _leading(user: User, campaign: Campaign, counting: Counting, held: frozenset[Role]) -> Iterator[Block]:
    running = campaign.state == CampaignState.RUNNING
    lists = stuck(counting, verb=_("批示") if running else _("查看"), instructing=running)
    if lists:
        yield Block("stuck", "desk/_stuck.html", lists, _("卡在哪里"), _("未销号的问题，每种先列几个"))
    if Role.OFFICE not in held:
        yield from _late(user, campaign, SHOWN_TO_LEADER)
    yield _instructing(user, campaign, running, counting)
    streets = counting.streets
    if streets:
        yield Block(
            "streets",
            "desk/_streets.html",
            streets[:SHOWN_UNITS],
            _("各单位"),
            _("含下级；逾期多的在前"),
            reverse("reports:overview"),
            _("全部%(count)d个") % {"count": len(streets)},
            aside=True,
        )


@dataclass(frozen=True)
class Instructing:
    """The place for an instruction: to whom, and what became of the last ones."""

    may_give: bool
    addressees: list[tuple[str, str]]
    given: list[tuple[Any, Any, Any]]


def _instructing(user: User, campaign: Campaign, running: bool, counting: Counting) -> Block:
    """The instructions that wait for their addressee; answered ones stand among the matters. One query."""
    rows = visible_instructions(user).filter(campaign=campaign, given_by=user, state="given")
    rows = rows.select_related("to_unit", "to_group").order_by("due_date", "-pk")[:INSTRUCTIONS_SHOWN]
    return Block(
        "instruct",
        "desk/_instruct.html",
        Instructing(
            running,
            [(f"group:{campaign.office_id}", campaign.office.name), *counting.bodies],
            [(row, instruction_mark(row), instruction_due(row)) for row in rows],
        ),
        _("批示"),
        _("办理情况报回这里"),
        reverse("problems:instructions"),
        _("全部批示"),
        aside=True,
    )


# Those who keep no ledger


def _auditing(user: User) -> Iterator[Block]:
    keys = audited_keys(user)
    if not keys:
        return
    watched = overseers.watched_events(keys)
    events = reverse("records:events")
    if watched:
        yield Block(
            "watched",
            "desk/_lines.html",
            watched,
            _("要留意的事件"),
            _("作废、退回、延期、转办、移交、更正，近7日，按业务日期计"),
        )
    yield Block(
        "chains",
        "desk/_chains.html",
        overseers.chains(keys),
        _("核验"),
        _("打开本页时重算每条事件链最近的一段；全部核验由系统管理员运行qingfeng verify"),
    )
    latest = overseers.latest_events(keys)
    if latest:
        yield Block("latest", "desk/_latest.html", latest, _("最近的事件"), "", events, _("全部事件记录"))


def _accounts() -> Iterator[Block]:
    lines = overseers.accounts_to_see_to()
    if lines:
        yield Block(
            "accounts",
            "desk/_lines.html",
            lines,
            _("账号"),
            _("系统管理员只管理人员和账号，不接触台账"),
            reverse("orgs:accounts"),
            _("全部账号"),
        )
