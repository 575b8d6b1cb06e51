"""A kind of paper: what it is called, what it asks, who may make it, and how it is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Person, Role, Unit, User
from qingfeng.apps.base.orgs.visibility import (
    LEDGER_ROLES,
    reach,
    reaches,
    units_of_today,
    visible_people,
    visible_units,
)
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.reports.papers.asking import Asked
from qingfeng.apps.work.reports.papers.model import Paper
from qingfeng.apps.work.reports.papers.periods import latest, read_period
from qingfeng.apps.work.returns.wording import PAPER_LANGUAGE

Words = str | Promise
Check = Callable[[User, Campaign, Unit], None]


@dataclass(frozen=True)
class Subject:
    """The one record that a paper is about: how it is called, which exist for the user, and by what it is named."""

    label: Words
    rows: Callable[[User, Campaign], QuerySet]
    key: str = "pk"
    words: Callable[[object], str] = str


def check_reaches(user: User, campaign: Campaign, unit: Unit) -> None:
    """Whoever keeps or reads the unit's ledgers: drafting shows nothing that the ledgers do not."""
    if not reaches(user, unit, LEDGER_ROLES):
        raise Refused(_("%(unit)s不在您的范围内。") % {"unit": unit})


def check_is_office(user: User, campaign: Campaign, unit: Unit) -> None:
    """What goes out in the campaign office's name is drafted by the office."""
    if not reaches(user, campaign.root_unit, {Role.OFFICE}):
        raise Refused(_("由%(office)s起草。") % {"office": campaign.office})


@dataclass(frozen=True)
class Kind:
    """One kind of paper. What it does not ask for stays empty."""

    key: str
    name: Words
    about: Words
    """One line: what it is for."""
    build: Callable[[Asked], Paper]
    check: Check = check_reaches
    asks_unit: bool = True
    """Else it is of the whole campaign, or of the subject's unit."""
    periods: tuple[str, ...] = ()
    """Kinds of period that it takes, the usual one first; empty: it asks for none."""
    subject: Subject | None = None
    asks_approval: bool = False
    """Whether units may be named once a named person has approved it."""


def asked_for(
    kind: Kind,
    user: User,
    campaign: Campaign,
    *,
    unit: str = "",
    period: str = "",
    subject: str = "",
    approved_by: str = "",
    number: str = "",
    signatory: str = "",
) -> Asked:
    """What was typed (codes, numbers) as an asking. NotThere for what is out of reach, BadInput for what is wrong,
    Refused when this user may not make it."""
    day = clock.today()
    chosen = _unit(kind, user, campaign, unit)
    kind.check(user, campaign, chosen)
    span = None
    if kind.periods:
        span = read_period(campaign, period, kind.periods) if period else latest(campaign, kind.periods, day)
        if span.start > day:
            raise BadInput(_("%(period)s还没有开始，没有可以写的内容。") % {"period": span.label})
    approver = _approver(user, campaign, approved_by) if kind.asks_approval and approved_by else None
    about = _subject(kind, user, campaign, subject)
    return Asked(user, campaign, chosen, day, span, about, approver, number.strip(), signatory.strip())


def built(kind: Kind, asked: Asked) -> Paper:
    """The paper, in the language of papers whatever language its maker reads."""
    with translation.override(PAPER_LANGUAGE):
        return kind.build(asked)


def _unit(kind: Kind, user: User, campaign: Campaign, code: str) -> Unit:
    """The unit by its code; without one the campaign's own, or else the highest that the user reaches."""
    if code:
        found = visible_units(user).filter(code=code, pk__in=reach(user)).first()
        if found is None:
            raise NotThere(_("没有代码为“%(code)s”的单位，或不在您的范围内。") % {"code": code})
        return found
    if not kind.asks_unit:
        return campaign.root_unit
    own = units_of_today(user).filter(pk__in=reach(user))
    found = own.filter(pk=campaign.root_unit_id).first() or own.first()
    if found is None:
        raise NotThere()
    return found


def _subject(kind: Kind, user: User, campaign: Campaign, key: str) -> object | None:
    if kind.subject is None:
        return None
    if not key:
        raise BadInput(_("请先选定%(what)s。") % {"what": kind.subject.label})
    try:
        found = kind.subject.rows(user, campaign).filter(**{kind.subject.key: key}).first()
    except ValueError:
        found = None
    if found is None:
        raise NotThere(_("没有这一%(what)s，或不在您的范围内。") % {"what": kind.subject.label})
    return found


def _approver(user: User, campaign: Campaign, staff_no: str) -> Person:
    """A person whom the user knows, holding today a leader's or office's post over the campaign."""
    person = visible_people(user).filter(staff_no=staff_no).first()
    if person is None:
        raise NotThere(_("没有工号为“%(number)s”的人员，或不在您的范围内。") % {"number": staff_no})
    account = User.objects.filter(person=person).first()
    if account is None or not reaches(account, campaign.root_unit, {Role.LEADER, Role.OFFICE}):
        raise Refused(_("点名通报须经领导或专治办负责人批准，%(person)s不是。") % {"person": person})
    return person
