"""One record as it exists for this user: out of reach and not there look alike."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.errors import NotThere
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.campaigns.visibility import current, current_or_not_there
from qingfeng.apps.work.inspections import visibility as sheet_visibility
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.surroundings import with_kinds
from qingfeng.apps.work.problems.visibility import visible, with_shown_number


def user_of(request: HttpRequest) -> User:
    """Whoever is signed in; every page here is behind the sign-in."""
    return cast(User, request.user)


def campaign_of(request: HttpRequest) -> Campaign:
    return current_or_not_there(user_of(request))


def the_problem(user: User, reference: str) -> Problem:
    """With all that a record page says of it, and its number as this user may read it."""
    rows = visible(user).select_related(
        "campaign__office",
        "campaign__root_unit",
        "lead_unit",
        "category",
        "origin",
        "finding_unit",
        "finding_group",
        "registered_by__person",
        "closed_out_by__person",
        "sheet__filing_unit",
        "sheet__filing_group",
    )
    problem = with_kinds(with_shown_number(rows, user)).filter(reference=reference).first()
    if problem is None:
        raise NotThere()
    _of_the_page(problem, user)
    return problem


def _of_the_page(record: Problem | Sheet, user: User) -> None:
    """The campaign that the frame of the page has read already, with what is known of it."""
    shown = current(user)
    if shown is not None and shown.pk == record.campaign_id:
        record.campaign = shown


def the_sheet(user: User, reference: str) -> Sheet:
    rows = sheet_visibility.visible(user).select_related(
        "campaign",
        "filing_unit",
        "filing_group",
        "inspected_unit",
        "filed_by__person",
        "confirmed_by__person",
    )
    sheet = rows.filter(reference=reference).first()
    if sheet is None:
        raise NotThere()
    _of_the_page(sheet, user)
    return sheet
