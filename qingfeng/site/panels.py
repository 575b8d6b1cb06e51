"""Slots of lower apps, filled by higher ones. The only place where a lower page learns of a higher record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.documents.ledger_files import ledger_file, long_exports
from qingfeng.apps.base.jobs.exports import take_off_page
from qingfeng.apps.base.jobs.marks import frame_fact
from qingfeng.apps.base.orgs.actions.people import handover_sources
from qingfeng.apps.base.orgs.models import Role, Unit, User
from qingfeng.apps.base.orgs.own_lists import own_lists
from qingfeng.apps.base.orgs.visibility import LEDGER_ROLES, holdings, reach, roles
from qingfeng.apps.base.records import slots as records_slots
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web import slots as web_slots
from qingfeng.apps.base.web.frame import HeaderFact, MenuEntry
from qingfeng.apps.base.web.marks import Due
from qingfeng.apps.work.campaigns import slots as campaign_slots
from qingfeng.apps.work.campaigns.models import Campaign, CampaignState, Plan, Stage
from qingfeng.apps.work.campaigns.visibility import current
from qingfeng.apps.work.desk.slots import further_matters
from qingfeng.apps.work.desk.waiting import fact_of, number_waiting
from qingfeng.apps.work.inspections.search import SheetSource
from qingfeng.apps.work.problems import slots as problem_slots
from qingfeng.apps.work.problems.actions import set_up_origins
from qingfeng.apps.work.problems.handover import OpenProblems
from qingfeng.apps.work.problems.imports.extra_columns import own_names
from qingfeng.apps.work.problems.imports.undoing import built_on
from qingfeng.apps.work.problems.search import ProblemSource, words_added
from qingfeng.apps.work.reports.papers import links as paper_links
from qingfeng.apps.work.returns.links import duty_links, handed_in_with
from qingfeng.site.matters import publications

EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Entry:
    """An entry of the menu: the word of the field, the page, and the roles that use it."""

    label: Promise
    page: str
    icon: str
    roles: frozenset[Role]
    prefixes: tuple[str, ...] = ()


MENU = (
    Entry(gettext_lazy("今日"), "desk:today", "today", EVERYBODY),
    Entry(gettext_lazy("方案与任务"), "campaigns:list", "plan", LEDGER_ROLES),
    Entry(gettext_lazy("检查台账"), "problems:sheets", "sheet", LEDGER_ROLES),
    Entry(gettext_lazy("问题与整改"), "problems:list", "problem", LEDGER_ROLES),
    Entry(gettext_lazy("报送"), "returns:list", "return", LEDGER_ROLES),
    Entry(gettext_lazy("统计"), "reports:overview", "figures", LEDGER_ROLES),
    Entry(gettext_lazy("文稿"), "reports:papers", "paper", LEDGER_ROLES, ("/figures/public/",)),
    Entry(gettext_lazy("组织"), "orgs:units", "orgs", EVERYBODY, ("/orgs/",)),
    Entry(gettext_lazy("账号"), "orgs:accounts", "settings", frozenset({Role.ADMINISTRATOR})),
    Entry(gettext_lazy("事件记录"), "records:events", "log", frozenset({Role.AUDITOR})),
)
"""In the order of the work. Pages that this installation does not have do not stand in it."""


def fill() -> None:
    """Called once when all apps are loaded."""
    web_slots.menu.fill(menu)
    web_slots.header_facts.fill(campaign_facts)
    web_slots.header_facts.fill(work_fact)
    web_slots.header_facts.fill(search_box)
    web_slots.header_facts.fill(waiting_fact)
    web_slots.header_facts.fill(person_fact)
    web_slots.own_lists.fill(own_lists)
    web_slots.ledger_files.fill(ledger_file)
    long_exports.fill(take_off_page)
    records_slots.audited_streams.fill(audited_streams)
    records_slots.search_sources.fill(SheetSource(words_added("sheet")))
    records_slots.search_sources.fill(ProblemSource())
    campaign_slots.campaign_started.fill(set_up_origins)
    campaign_slots.duty_links.fill(duty_links)
    campaign_slots.sheet_boxes.fill(own_names)
    built_on.fill(handed_in_with)
    problem_slots.sheet_papers.fill(paper_links.sheet_links)
    problem_slots.problem_papers.fill(paper_links.problem_links)
    problem_slots.commitment_papers.fill(paper_links.commitment_links)
    campaign_slots.duty_papers.fill(paper_links.duty_links)
    campaign_slots.meeting_papers.fill(paper_links.meeting_links)
    handover_sources.fill(OpenProblems())
    further_matters.fill(publications)


def _user(request: HttpRequest) -> User:
    """Slots of the frame are filled for those who signed in only."""
    return cast(User, request.user)


def menu(request: HttpRequest) -> list[MenuEntry]:
    """The entries of this person's roles."""
    held = roles(_user(request))
    found = []
    for entry in MENU:
        if not (entry.roles & held or entry.page == "desk:today"):
            continue
        address = _address(entry.page)
        if address:
            found.append(MenuEntry(str(entry.label), address, entry.icon, entry.prefixes))
    return found


def campaign_facts(request: HttpRequest) -> list[HeaderFact]:
    """The current campaign, and the stages of today with the days left."""
    campaign = current(_user(request))
    if campaign is None:
        return []
    address = _address("campaigns:campaign", campaign.pk)
    return [HeaderFact("campaign", campaign.short_title, href=address), *_stage_facts(campaign)]


def _stage_facts(campaign: Campaign) -> list[HeaderFact]:
    today = clock.today()
    if campaign.state == CampaignState.ENDED:
        return [HeaderFact("campaign", _("已结束"))]
    stages = list(Stage.objects.filter(campaign=campaign))
    running = [stage for stage in stages if stage.starts_on <= today <= stage.ends_on]
    if running:
        return [HeaderFact("campaign", stage.name, str(Due(stage.ends_on).mark)) for stage in running]
    coming = next((stage for stage in stages if stage.starts_on > today), None)
    if coming:
        note = _("%(day)s开始") % {"day": coming.starts_on.isoformat()}
        return [HeaderFact("campaign", coming.name, note)]
    return []


def search_box(request: HttpRequest) -> list[HeaderFact]:
    """The box that looks through everything; those without any post see nothing that could be found."""
    if not roles(_user(request)):
        return []
    return [HeaderFact("search", _("查找编号、文字、单位、人员"), href=reverse("search:results"))]


def waiting_fact(request: HttpRequest) -> list[HeaderFact]:
    """How many matters wait for this person; opens the desk."""
    if not roles(_user(request)) & LEDGER_ROLES:
        return []
    number, holds = number_waiting(request)
    fact = fact_of(number, refresh="" if holds else reverse("desk:waiting"))
    return [fact] if fact else []


def work_fact(request: HttpRequest) -> list[HeaderFact]:
    """The person's long work while it is under way; opens it."""
    return frame_fact(request, _user(request))


def person_fact(request: HttpRequest) -> list[HeaderFact]:
    """The name and the posts of today."""
    user = _user(request)
    return [
        HeaderFact("person", str(user), "、".join(dict.fromkeys(holding.title for holding in holdings(user))))
    ]


def audited_streams(user: User) -> Iterable[str]:
    """An auditor reads the campaigns and plans of the units in reach, and the organisation when at its root."""
    units = reach(user, {Role.AUDITOR})
    for model, name in ((Campaign, "campaign"), (Plan, "plan")):
        keys = model._default_manager.filter(root_unit_id__in=units).values_list("pk", flat=True)
        yield from (f"{name}:{key}" for key in keys)
    if Unit.objects.filter(parent=None, pk__in=units).exists():
        yield from ("orgs", "jobs")


def _address(page: str, *args: object) -> str:
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""
