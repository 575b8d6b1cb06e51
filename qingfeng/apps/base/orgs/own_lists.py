"""The lists that a person keeps of a ledger, as its page needs them. Fills `web.slots.own_lists`."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from qingfeng.apps.base.orgs.actions.own_lists import MOST_LISTS
from qingfeng.apps.base.orgs.models import OwnList as Row
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web.ledgers import Own, OwnList


def own_lists(request: HttpRequest, ledger: str) -> Own | None:
    """Lists and columns of whoever is signed in. One query."""
    user = getattr(request, "user", None)  # a ledger may be made without anybody at a page
    if not isinstance(user, User):
        return None
    rows = list(Row.objects.filter(user=user, ledger=ledger))
    columns = next((row.query for row in rows if not row.name), "")
    return Own(
        address=reverse("orgs:own_lists"),
        lists=tuple(OwnList(row.pk, row.name, row.query, row.is_first) for row in rows if row.name),
        columns=tuple(QueryDict(columns).getlist("col")),
        most=MOST_LISTS,
    )
