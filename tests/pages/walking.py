"""Every page of the made-up district with somebody who may open it: `python -m tests.pages.walking` writes them as JSON."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingfeng.site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db.models import Model, Q  # noqa: E402
from django.test import Client  # noqa: E402

from qingfeng.apps.base.orgs.models import Appointment, Group, Unit, User  # noqa: E402
from tests.pages.addresses import Address, addresses  # noqa: E402
from tests.pages.samples import THINGS, inner_values, samples  # noqa: E402

CAST = ("office", "clerk", "head", "inspector", "leader", "auditor", "admin")
"""One account of each kind."""
SIGNED_OUT = ("account_login",)
FOR_EACH_ROLE = ("desk:today",)
MOST_WORDS = 4
"""Lists that differ by a word only: a few of them."""
NOT_SHOWN = ("account_logout", "account_inactive", "web:language")


@dataclass(frozen=True)
class Shown:
    """A page and the account that opens it; no account: it stands before the sign-in."""

    name: str
    path: str
    account: str = ""


class NoPage(Exception):
    """The address takes what is sent, and shows nothing."""


class Walk:
    """Looks for somebody who may open a page; remembers who is signed in."""

    def __init__(self) -> None:
        self.clients: dict[str, Client] = {}
        self.users = {user.username: user for user in User.objects.select_related("person")}

    def client(self, account: str) -> Client:
        if account not in self.clients:
            self.clients[account] = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="zh-CN")
            self.clients[account].force_login(self.users[account])
        return self.clients[account]

    def opens(self, path: str, account: str) -> bool:
        """Whether this account sees a page there: neither refused nor sent elsewhere, no file, no bare answer."""
        answer = self.client(account).get(path)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            raise NoPage
        page = answer.get("Content-Type", "").startswith("text/html")
        return (
            answer.status_code == 200
            and page
            and not answer.has_header("Content-Disposition")
            and b"</html>" in answer.content
        )

    def viewer(self, path: str, record: Model | None) -> str:
        near = people_near(record) if record else []
        try:
            return next((account for account in [*near, *CAST] if self.opens(path, account)), "")
        except NoPage:
            return ""

    def pages(self) -> Iterator[Shown]:
        for address in addresses():
            if address.name in NOT_SHOWN:
                continue
            if address.name in SIGNED_OUT:
                yield Shown(address.name, address.filled())
            elif address.name in FOR_EACH_ROLE:
                yield from (Shown(f"{address.name}.{account}", address.filled(), account) for account in CAST)
            else:
                yield from self.shown(address)

    def shown(self, address: Address) -> Iterator[Shown]:
        """A record's own page for each kind of record, a page below it once, one with further gaps once for each value."""
        if address.thing not in THINGS:
            for path in samples(address)[:MOST_WORDS]:
                if account := self.viewer(path, None):
                    yield Shown(address.name, path, account)
            return
        thing, done = THINGS[address.thing], set()
        for record in thing.varied():
            for words in inner_values(address, record):
                sort = record.pk if address.is_own_page else tuple(words)
                path = address.filled(thing.value_of(record), *words)
                if sort not in done and (account := self.viewer(path, record)):
                    done.add(sort)
                    yield Shown(address.name, path, account)


def people_near(record: Model) -> list[str]:
    """Accounts of the units and groups that the record names."""
    units, groups = set(), set()
    for field in record._meta.fields:
        if field.related_model is Unit:
            units.add(getattr(record, field.attname))
        if field.related_model is Group:
            groups.add(getattr(record, field.attname))
        if field.related_model and field.related_model._meta.app_label in {"campaigns", "problems"}:
            inner = getattr(record, field.name)
            units |= {getattr(inner, name) for name in ("unit_id", "lead_unit_id") if hasattr(inner, name)}
    posts = Q(post__unit__in=units - {None}) | Q(post__group__in=groups - {None})
    people = Appointment.objects.filter(posts).values("person")
    return list(User.objects.filter(person__in=people).order_by("pk").values_list("username", flat=True)[:12])


def main() -> int:
    logging.disable(logging.WARNING)  # refusals are what it looks for
    walk = Walk()
    pages = list(walk.pages())
    cookie = settings.SESSION_COOKIE_NAME
    sessions = {
        account: walk.client(account).cookies[cookie].value
        for account in {page.account for page in pages} - {""}
    }
    json.dump({"pages": [asdict(page) for page in pages], "cookie": cookie, "sessions": sessions}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
