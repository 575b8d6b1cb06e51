"""People, their posts, taking and leaving them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.forms import AppointmentForm, LeaveForm, PersonForm, PersonNameForm
from qingfeng.apps.base.orgs.models import Appointment, Person, Role, User
from qingfeng.apps.base.orgs.permissions import can, check_can_manage_accounts, check_can_manage_units
from qingfeng.apps.base.orgs.queries import posts_of
from qingfeng.apps.base.orgs.requests import SignedInRequest
from qingfeng.apps.base.orgs.views.accounts import account_mark
from qingfeng.apps.base.orgs.views.entering import Entry, data_of, entering
from qingfeng.apps.base.orgs.views.fetching import appointment_of, person_of
from qingfeng.apps.base.orgs.views.units import GET_OR_POST, dated_mark
from qingfeng.apps.base.orgs.visibility import units_of_today, visible_appointments, visible_people
from qingfeng.apps.base.records.presenters import entries
from qingfeng.apps.base.records.visibility import timeline
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, View, ledger_page


@require_GET
def people(request: SignedInRequest) -> HttpResponse:
    """Who holds a post where, for everybody whom this user sees."""
    context = {"may_manage": can(check_can_manage_units, request.user)}
    return ledger_page(request, _ledger(request), "orgs/people.html", context)


def _ledger(request: SignedInRequest) -> Ledger:
    """One query more than a ledger has: the posts of the people on the page."""
    running = visible_appointments(request.user) & Appointment.objects.on(clock.today())
    return Ledger(
        request,
        visible_people(request.user),
        [
            Column(
                "name",
                _("姓名"),
                href=lambda person: reverse("orgs:person", args=[person.staff_no]),
                sort="name",
            ),
            Column("staff_no", _("工号"), sort="staff_no"),
            Column("posts", _("现任职务"), "posts_in_words", "long"),
            Column("roles", _("角色"), "roles_in_words"),
        ],
        filters=_filters(request.user, running),
        views=[
            View("serving", _("在任"), lambda people: people.filter(pk__in=running.values("person"))),
            View("left", _("未任职"), lambda people: people.exclude(pk__in=running.values("person"))),
            View("all", _("全部")),
        ],
        ordering=("staff_no",),
        rule=_("本人可见范围内的人员；职务按今日任职计。"),
        name="people",
        title=_("人员台账"),
        prepare=partial(_with_posts, running=running),
    )


def _filters(user: User, running: QuerySet[Appointment]) -> list[Filter]:
    return [
        Filter("q", _("姓名或工号"), ("name__contains", "staff_no__startswith"), kind="text"),
        Filter(
            "role",
            _("角色"),
            choices=Role.choices,
            apply=lambda people, role: _holding(people, running, role),
        ),
        Filter(
            "unit",
            _("单位"),
            choices=_places(user),
            apply=lambda people, code: people.filter(
                pk__in=running.filter(post__unit__code=code).values("person")
            ),
        ),
    ]


def _holding(people: QuerySet[Person], running: QuerySet[Appointment], role: str) -> QuerySet[Person]:
    return people.filter(pk__in=running.filter(post__role=role).values("person"))


def _places(user: User) -> list[tuple[str, str]]:
    return list(units_of_today(user).values_list("code", "name"))


def _with_posts(people: list[Any], *, running: QuerySet[Appointment]) -> None:
    """Posts and roles of today, for these people."""
    posts: dict[int, list[str]] = {}
    held: dict[int, list[str]] = {}
    for row in running.filter(person__in=people).select_related("post__unit", "post__group"):
        posts.setdefault(row.person_id, []).append(str(row.post))
        held.setdefault(row.person_id, []).append(row.post.get_role_display())
    for person in people:
        person.posts_in_words = "；".join(posts.get(person.pk, []))
        person.roles_in_words = "、".join(dict.fromkeys(held.get(person.pk, [])))


@require_GET
def person(request: SignedInRequest, staff_no: str) -> HttpResponse:
    """A person, the posts held now and before, and, for an administrator, the account."""
    found = person_of(request.user, staff_no)
    keeps_accounts = can(check_can_manage_accounts, request.user)
    seen = posts_of(found) & visible_appointments(request.user)
    posts = list(seen.select_related("post__unit", "post__group").order_by("-valid_from", "-pk"))
    events = timeline(found, *posts)
    account = User.objects.filter(person=found).first() if keeps_accounts else None
    context = {
        "person": found,
        "posts": [(row, dated_mark(row)) for row in posts],
        "account": account,
        "account_mark": account_mark(account) if account else None,
        "keeps_accounts": keeps_accounts,
        "may_manage": can(check_can_manage_units, request.user),
        "entries": entries(events if keeps_accounts else events.filter(_told_to_all())),
    }
    return render(request, "orgs/person.html", context)


def _told_to_all() -> Q:
    """Events of the account are the administrator's business alone."""
    return Q(kind__startswith="person.") | Q(kind__startswith="appointment.")


def _page(found: Person) -> str:
    return reverse("orgs:person", args=[found.staff_no])


@GET_OR_POST
def person_new(request: SignedInRequest) -> HttpResponse:
    """A person in office; the post comes next."""
    check_can_manage_units(request.user)

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        made = actions.create_person(**entered, by=request.user)
        return _page(made), _("已登记%(person)s。接下来到其单位或组的页面办理任职。") % {"person": made}

    entry = Entry(_("登记人员"), reverse("orgs:people"), _("人员"), _("登记"))
    return entering(request, PersonForm(**data_of(request)), entry, act)


@GET_OR_POST
def person_rename(request: SignedInRequest, staff_no: str) -> HttpResponse:
    """A name entered wrongly, or changed."""
    found = person_of(request.user, staff_no)
    check_can_manage_units(request.user)
    form = PersonNameForm(**data_of(request), initial={"name": found.name})

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.rename_person(person=found, name=entered["name"], by=request.user)
        return _page(found), _("已保存。")

    return entering(request, form, Entry(_("更正姓名"), _page(found), found.name, _("保存")), act)


@GET_OR_POST
def appointment_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """The first day of an appointment, where it was entered wrongly."""
    row = appointment_of(request.user, pk)
    actions.people.check_can_manage_appointment(request.user, row)
    form = AppointmentForm(**data_of(request), initial={"valid_from": row.valid_from})

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.change_appointment(appointment=row, valid_from=entered["valid_from"], by=request.user)
        return _page(row.person), _("已更正任职日期。")

    entry = Entry(
        _("更正任职日期"), _page(row.person), row.person.name, _("保存"), facts=((_("职务"), str(row.post)),)
    )
    return entering(request, form, entry, act)


@GET_OR_POST
def appointment_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leaving a post; what is open goes to the successor in the same act."""
    row = appointment_of(request.user, pk)
    actions.people.check_can_manage_appointment(request.user, row)
    waiting = actions.open_items(row)
    form = LeaveForm(
        **data_of(request), appointment=row, waiting=waiting, people=_successors(request.user, row)
    )

    def act(entered: dict[str, Any]) -> tuple[str, str]:
        actions.end_appointment(appointment=row, **entered, by=request.user)
        if waiting and entered["successor"]:
            words = _("%(person)s已免去%(title)s，%(count)d项未办结事项已交%(successor)s接办。")
        else:
            words = _("%(person)s已免去%(title)s。")
        return _page(row.person), words % {
            "person": row.person,
            "title": row.post.title,
            "count": waiting,
            "successor": entered["successor"],
        }

    facts = (
        (_("职务"), str(row.post)),
        (_("任职日期"), row.valid_from.isoformat()),
        (_("未办结事项"), _("%(count)d项") % {"count": waiting}),
    )
    return entering(
        request, form, Entry(_("免职"), _page(row.person), row.person.name, _("免职"), facts=facts), act
    )


def _successors(user: User, row: Appointment) -> QuerySet[Person]:
    """Colleagues of the same unit or group, and people of the unit above."""
    unit = row.post.unit
    near = Q(post__unit=unit) | Q(post__unit=unit.parent_id) if unit else Q(post__group=row.post.group)
    held = Appointment.objects.on(clock.today()).filter(near).exclude(person=row.person).values("person")
    return visible_people(user).filter(pk__in=held)
