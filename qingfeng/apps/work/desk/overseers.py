"""The first screens of those who keep no ledger: the auditor's events and chains, the administrator's accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import Appointment, Person, User
from qingfeng.apps.base.orgs.queries import with_first_password, without_first_password
from qingfeng.apps.base.records.models import Event, Stream
from qingfeng.apps.base.records.presenters import entries, label_of, stream_in_words
from qingfeng.apps.base.records.verification import recent_break
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.timelines import TimelineEntry
from qingfeng.sealing.chain import Break

LATEST = 10
CHAINS = 4
WALKED = 100
"""Events of each chain that are walked again on the page; all of them by `qingfeng verify`."""
WATCHED = (
    "problem.voided",
    "problem.reopened",
    "problem.handed_over",
    "problem.transferred",
    "problem.extended",
    "sheet.voided",
    "sheet.returned",
    "duty.waived",
    "receipt.returned",
    "monthly_return.corrected",
    "instruction.voided",
    "obligation.voided",
)
"""What changes or takes back something that stood already."""
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Line:
    """How many of something, and where they are."""

    title: str
    of: str
    verb: str
    href: str
    number: int


@dataclass(frozen=True)
class Chain:
    """A chain of events: how long, up to when, and whether its end still holds."""

    name: str
    events: int
    walked: int
    last: datetime | None
    head: str
    broken: Break | None


def latest_events(keys: Iterable[str]) -> list[TimelineEntry]:
    """The newest events of these chains. One query."""
    rows = Event.objects.filter(stream__key__in=keys).select_related("payload")
    return entries(rows.order_by("-pk")[:LATEST])


def watched_events(keys: Iterable[str]) -> list[Line]:
    """Events of this week by which something was taken back or changed afterwards. One query."""
    since = clock.today() - WEEK
    rows = Event.objects.filter(stream__key__in=keys)
    counts = rows.filter(kind__in=WATCHED, business_date__gte=since).order_by().values("kind")
    page = reverse("records:events")
    return [
        Line(
            label_of(row["kind"]),
            "",
            _("查看"),
            f"{page}?kind={row['kind']}&from={since.isoformat()}",
            row["number"],
        )
        for row in counts.annotate(number=Count("pk")).order_by("-number", "kind")
    ]


def chains(keys: Iterable[str]) -> list[Chain]:
    """These chains, longest first, each with its end walked again. One query, and one more a chain."""
    return [_chain(one) for one in Stream.objects.filter(key__in=keys).order_by("-last_seq")[:CHAINS]]


def _chain(stream: Stream) -> Chain:
    events = list(
        Event.objects.filter(stream=stream, seq__gt=stream.last_seq - WALKED)
        .select_related("payload")
        .order_by("seq")
    )
    return Chain(
        stream_in_words(stream.key),
        stream.last_seq,
        len(events),
        events[-1].at if events else None,
        stream.head[:12],
        recent_break(stream, events),
    )


def accounts_to_see_to() -> list[Line]:
    """Accounts that want something done. Five queries; whole counts, for accounts are few."""
    page = reverse("orgs:accounts")
    in_post = Appointment.objects.on(clock.today()).values("person_id")
    without = Person.objects.filter(pk__in=in_post).exclude(pk__in=User.objects.values("person_id"))
    idle = User.objects.exclude(person_id__in=in_post)
    waiting, first = without_first_password(User.objects.all()), with_first_password(User.objects.all())
    locked = User.objects.filter(is_active=False)
    found = (
        (_("在任而没有账号的人员"), _("需要登录的，开设账号并当面交初始密码"), _("开设账号"), "", without),
        (_("没有任职的账号"), _("登录后什么也看不到；调离的请停用"), _("核对"), "?view=idle", idle),
        (
            _("还没有发初始密码的账号"),
            _("打开后点“发初始密码”，当面或电话告知"),
            _("查看"),
            "?view=waiting",
            waiting,
        ),
        (_("还没有改初始密码的账号"), _("提醒本人登录一次"), _("查看"), "?view=first", first),
        (_("已停用的账号"), _("停用的不能登录；在任的可以重新启用"), _("查看"), "?view=locked", locked),
    )
    lines = [
        Line(title, of, verb, f"{page}{view}", rows.count())  # type: ignore[attr-defined]
        for title, of, verb, view, rows in found
    ]
    return [line for line in lines if line.number]
