"""The ledgers that a search asks, one function each: what this user may see and the words meet."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import (
    LEDGER_ROLES,
    roles,
    visible_groups,
    visible_people,
    visible_units,
)
from qingfeng.apps.base.records.search.words import is_the_number
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.work.campaigns import queries as campaigns
from qingfeng.apps.work.campaigns.visibility import visible_activities, visible_duties, visible_meetings
from qingfeng.apps.work.inspections.search import searched as searched_sheets
from qingfeng.apps.work.problems import queries as problem_queries
from qingfeng.apps.work.problems.marks import due_of, sheet_mark, state_mark
from qingfeng.apps.work.problems.search import searched as searched_problems
from qingfeng.apps.work.search.hits import Asked, Hit, Hits, shown


def problems(asked: Asked) -> Hits:
    """Problems of the current campaign, newest first."""
    assert asked.campaign is not None  # only those with ledgers are asked
    rows = problem_queries.ledger(asked.user, asked.campaign)
    rows = searched_problems(rows, asked.query, user=asked.user, campaign=asked.campaign)
    found, more = shown(rows.order_by("-pk"))
    hits = [
        Hit(
            asked.marked(row.shown_number),
            reverse("problems:problem", args=[row.reference]),
            asked.marked(row.text, row.completion, row.duty_text, row.new_rule, row.no_rule_reason),
            f"{row.lead_unit.short_name} {row.responsible_name}".strip(),
            state_mark(row),
            due_of(row),
            any(is_the_number(asked.query, number) for number in (row.shown_number, row.reference)),
        )
        for row in found
    ]
    return Hits("problems", _("问题"), hits, _rest("problems:list", asked, more))


def sheets(asked: Asked) -> Hits:
    """Inspection sheets of the current campaign, newest first."""
    assert asked.campaign is not None  # only those with ledgers are asked
    rows = problem_queries.sheet_ledger(asked.user, asked.campaign)
    rows = searched_sheets(rows, asked.query, user=asked.user, campaign=asked.campaign)
    found, more = shown(rows.order_by("-filled_on", "-pk"))
    hits = [
        Hit(
            asked.marked(row.full_number),
            reverse("problems:sheet", args=[row.reference]),
            asked.marked(row.content, row.inspectors),
            f"{row.inspected_unit.short_name} {row.inspected_on.isoformat()}",
            sheet_mark(row),
            is_exact=any(is_the_number(asked.query, number) for number in (row.full_number, row.reference)),
        )
        for row in found
    ]
    return Hits("sheets", _("检查台账"), hits, _rest("problems:sheets", asked, more))


def duties(asked: Asked) -> Hits:
    """What has to be handed in, by what it is and who bears it; the open ones that are due first."""
    rows = visible_duties(asked.user).filter(
        asked.said_in("obligation__what", "occasion", "unit__name", "group__name"), campaign=asked.campaign
    )
    with_state = campaigns.with_state(rows).select_related("obligation", "unit", "group")
    found, more = shown(with_state.order_by("fulfilled_on", "due", "pk"))
    hits = [
        Hit(
            asked.marked(row.obligation.what),
            reverse("campaigns:duty", args=[row.pk]),
            of=str(row.bearer),
            mark=campaigns.mark_of(row.cell_state),
            due=Due(row.due, row.first_due, row.fulfilled_on),
        )
        for row in found
    ]
    return Hits("duties", _("任务"), hits, _rest("campaigns:duties", asked, more))


def meetings(asked: Asked) -> Hits:
    rows = visible_meetings(asked.user).filter(asked.said_in("title", "minutes"), campaign=asked.campaign)
    found, more = shown(
        rows.filter(voided_at=None).select_related("unit", "group").order_by("-held_on", "-pk")
    )
    hits = [
        Hit(
            asked.marked(row.title),
            reverse("campaigns:meeting", args=[row.pk]),
            asked.marked(row.minutes),
            f"{row.unit or row.group} {row.held_on.isoformat()}",
        )
        for row in found
    ]
    return Hits("meetings", _("会议"), hits, _rest("campaigns:meetings", asked, more))


def activities(asked: Asked) -> Hits:
    rows = visible_activities(asked.user).filter(asked.said_in("title", "text"), campaign=asked.campaign)
    found, more = shown(rows.filter(voided_at=None).select_related("unit").order_by("-held_on", "-pk"))
    hits = [
        Hit(
            asked.marked(row.title),
            reverse("campaigns:activity", args=[row.pk]),
            asked.marked(row.text),
            f"{row.unit.short_name} {row.held_on.isoformat()}",
            due=Due(row.task_due) if row.task_due and not row.done_at else None,
        )
        for row in found
    ]
    return Hits("activities", _("活动"), hits, _rest("campaigns:activities", asked, more))


def units(asked: Asked) -> Hits:
    rows = visible_units(asked.user).filter(asked.said_in("name", "short_name", "code"))
    found, more = shown(rows.order_by("order", "code"))
    hits = [
        Hit(
            asked.marked(row.name),
            reverse("orgs:unit", args=[row.code]),
            of=f"{row.code} {row.get_kind_display()}",
            mark=Mark(_("已撤销")) if row.valid_to else None,
            is_exact=is_the_number(asked.query, row.code),
        )
        for row in found
    ]
    return Hits("units", _("单位"), hits, _rest("orgs:units", asked, more))


def groups(asked: Asked) -> Hits:
    rows = visible_groups(asked.user).filter(asked.said_in("name", "short_name", "code"))
    found, more = shown(rows.order_by("code"))
    hits = [
        Hit(
            asked.marked(row.name),
            reverse("orgs:group", args=[row.code]),
            of=row.get_kind_display(),
            is_exact=is_the_number(asked.query, row.code),
        )
        for row in found
    ]
    return Hits("groups", _("组"), hits, _rest("orgs:groups", asked, more))


def people(asked: Asked) -> Hits:
    rows = visible_people(asked.user).filter(asked.said_in("name", "staff_no"))
    found, more = shown(rows.order_by("name", "pk"))
    hits = [
        Hit(
            asked.marked(row.name),
            reverse("orgs:person", args=[row.staff_no]),
            of=_("工号%(number)s") % {"number": row.staff_no},
            is_exact=is_the_number(asked.query, row.staff_no),
        )
        for row in found
    ]
    return Hits("people", _("人员"), hits, _rest("orgs:people", asked, more))


def accounts(asked: Asked) -> Hits:
    """By the name of the account; the page of accounts has no address for a single one."""
    rows = User.objects.filter(asked.said_in("username")).select_related("person")
    found, more = shown(rows.order_by("username"))
    hits = [
        Hit(
            asked.marked(row.username),
            f"{reverse('orgs:accounts')}?{urlencode({'q': row.username})}",
            of=str(row),
        )
        for row in found
    ]
    return Hits("accounts", _("账号"), hits, _rest("orgs:accounts", asked, more))


OF_THE_CAMPAIGN = (problems, sheets, duties, meetings, activities)
OF_THE_ORGANISATION = (units, groups, people)


def all_for(asked: Asked) -> Iterator[Hits]:
    """Every kind that this user's roles have anything to do with."""
    held = roles(asked.user)
    if held & LEDGER_ROLES and asked.campaign is not None:
        yield from (source(asked) for source in OF_THE_CAMPAIGN)
    if held:
        yield from (source(asked) for source in OF_THE_ORGANISATION)
    if Role.ADMINISTRATOR in held:
        yield accounts(asked)


def _rest(page: str, asked: Asked, more: bool) -> str:
    if not more:
        return ""
    of_campaign = page.startswith("campaigns:") and asked.campaign
    address = reverse(page, args=[asked.campaign.pk] if of_campaign and asked.campaign else [])
    return f"{address}?{urlencode({'q': asked.query})}"
