"""Matters of the desk that come from the apps beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import roles, standing
from qingfeng.apps.base.records.questions import answers
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.moves import why_not
from qingfeng.apps.work.desk.matters import LIMIT, Kind, Matter
from qingfeng.apps.work.reports.publishing.models import Publication, PublicationState
from qingfeng.apps.work.reports.publishing.permissions import check_can_decide
from qingfeng.apps.work.reports.publishing.visibility import visible_publications


def publications(user: User) -> Iterator[Matter]:
    """What waits for a second person before it is public, and what is past its end and may still hang. Two queries."""
    held = roles(user)
    if not held & {Role.OFFICE, Role.LEADER}:
        return
    rows, reader = partial(visible_publications, user), standing(user)

    def submitted() -> QuerySet[Publication]:
        return rows().filter(state=PublicationState.SUBMITTED).exclude(submitted_by=user)[:LIMIT]

    for row in answers(("publications submitted", reader), submitted):
        if not why_not(check_can_decide, user, row):
            yield _matter(row, "check", _("批准公开"), Mark(_("待批准"), "waiting"))
    if Role.OFFICE in held:
        ended = answers(
            ("publications ended", reader), lambda: rows().ended(clock.today()).order_by("until")[:LIMIT]
        )
        for row in ended:
            yield _matter(row, "overdue", _("登记撤下"), Mark(_("到期待撤下"), "late"))


def _matter(row: Publication, kind: Kind, verb: str, mark: Mark) -> Matter:
    address = reverse("reports:publication", args=[row.reference])
    due = Due(row.until) if kind == "overdue" else None
    return Matter(kind, row.title, _("公开稿"), address, verb, due=due, mark=mark)
