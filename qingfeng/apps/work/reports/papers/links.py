"""Where a paper is looked for: links from the record that it is about, for those who may draft it."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.permissions import can
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, roles
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Duty, Meeting
from qingfeng.apps.work.inspections.models import Sheet, SheetState
from qingfeng.apps.work.problems.colours import Colour, colour_of
from qingfeng.apps.work.problems.flow import OPEN
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.visibility import visible
from qingfeng.apps.work.reports.papers.kinds.colour_letters import REMINDER, URGING
from qingfeng.apps.work.reports.papers.kinds.commitments import ZERO_COMMITMENT
from qingfeng.apps.work.reports.papers.kinds.issuing import check_issues_to
from qingfeng.apps.work.reports.papers.kinds.minutes import MINUTES
from qingfeng.apps.work.reports.papers.kinds.rectification_notice import RECTIFICATION_NOTICE, TO_RECTIFY

Links = list[tuple[str, str]]


def sheet_links(user: User, sheet: Sheet) -> Links:
    """整改通知, while the sheet has problems that its units have in hand."""
    if sheet.state == SheetState.VOID or not roles(user) & WRITING_ROLES:
        return []
    if not visible(user).filter(sheet=sheet, state__in=TO_RECTIFY).exists():
        return []
    if not can(check_issues_to, user, sheet.campaign, sheet.inspected_unit, sheet.filing_group):
        return []
    return [(_("整改通知"), _address(RECTIFICATION_NOTICE.key, sheet.reference))]


def problem_links(user: User, problem: Problem) -> Links:
    """提醒函 when the date comes near, 督办函 once it is past: to the lead unit."""
    if problem.state not in OPEN or not roles(user) & WRITING_ROLES:
        return []
    colour = colour_of(
        found_on=problem.found_on,
        due_date=problem.due_date,
        today=clock.today(),
        shares=problem.campaign.colours,
    )
    if colour == Colour.NONE or not can(check_issues_to, user, problem.campaign, problem.lead_unit):
        return []
    code = problem.lead_unit.code
    if colour == Colour.RED:
        return [(_("督办函"), _address(URGING.key, code))]
    return [(_("提醒函"), _address(REMINDER.key, code))]


def duty_links(user: User, duty: Duty) -> Links:
    """督办函 to a unit that has not handed in in time."""
    if duty.unit is None or not _is_missing(duty, clock.today()) or not roles(user) & WRITING_ROLES:
        return []
    if not can(check_issues_to, user, duty.campaign, duty.unit):
        return []
    return [(_("督办函"), _address(URGING.key, duty.unit.code))]


def meeting_links(user: User, meeting: Meeting) -> Links:
    """会议纪要 of a meeting on record."""
    return [] if meeting.voided_at else [(_("会议纪要"), _address(MINUTES.key, str(meeting.pk)))]


def commitment_links(user: User, unit: Unit) -> Links:
    """零问题承诺书 of a unit that owes or has signed it."""
    return [(_("承诺书"), _address(ZERO_COMMITMENT.key, unit.code))]


def _is_missing(duty: Duty, today: date) -> bool:
    return duty.fulfilled_at is None and duty.waived_at is None and duty.due < today


def _address(kind: str, subject: str) -> str:
    return f"{reverse('reports:paper', args=[kind])}?{urlencode({'subject': subject})}"
