"""Loads the demo into an empty data folder: the district, its plan, and half a campaign made by the real actions."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.apps.base.handover.actions import new_case_key
from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign, Duty
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.returns.models import MonthlyReturn
from qingfeng.demo.directions import Directions
from qingfeng.demo.district import ACCOUNTS, PASSWORD, ROOT_CODE, set_up_district
from qingfeng.demo.inspections import Inspections
from qingfeng.demo.monthly import Monthly
from qingfeng.demo.opening import HANDED_IN, STARTED, open_campaign
from qingfeng.demo.pending import leave_pending
from qingfeng.demo.rhythm import Rhythm
from qingfeng.demo.story import Story

HOME_DAY = date(2026, 6, 24)
"""The day on which the demo plays unless QINGFENG_TODAY names another: rectification has begun, June's form is due."""
MARK = "demo.json"
"""In the data folder: that this is a demo, so that the sign-in page may say so."""


@dataclass(frozen=True)
class DemoReport:
    """What lies in the demo and who may try it."""

    day: date
    loaded_now: bool
    counts: dict[str, int]
    seconds: float = 0.0

    def accounts(self) -> list[dict[str, str]]:
        """The accounts to try first, in the order of the work."""
        names = dict(
            User.objects.filter(username__in=[one.username for one in ACCOUNTS]).values_list(
                "username", "person__name"
            )
        )
        return [{**asdict(one), "name": names[one.username], "password": PASSWORD} for one in ACCOUNTS]

    def accounts_table(self) -> str:
        """The same for a terminal, with what was loaded."""
        done = (
            _("演示数据已载入（%(seconds)d秒）") % {"seconds": self.seconds}
            if self.loaded_now
            else _("演示数据已在，没有改动")
        )
        lines = [
            _("%(done)s。业务日期 %(day)s。") % {"done": done, "day": self.day},
            "，".join(f"{name} {count}" for name, count in self.counts.items()),
            "",
            _("所有演示账号的密码：%(password)s") % {"password": PASSWORD},
        ]
        for one in self.accounts():
            lines.append(f"  {one['username']:<10} {one['name']}（{one['role']}）  {one['does']}")
        lines.append(_("移送单的公钥是演示用的，私钥生成后即已丢弃：封存的内容谁也打不开。"))
        return "\n".join(lines)


Progress = Callable[[int, int, str], None]
"""(days told, days in all, what is happening)"""


def _silent(done: int, total: int, words: str) -> None:
    """Nobody looks on."""


def load(home_day: date | None = None, *, progress: Progress = _silent) -> DemoReport:
    """The demo as it stands on that day; loaded once, told again at each further call. All of it or nothing."""
    if Unit.objects.filter(code=ROOT_CODE).exists():
        return DemoReport(_marked_day(), False, counts())
    if Unit.objects.exists():
        raise BadInput(
            _(
                "这个数据文件夹里已有单位数据，演示只能载入空的数据文件夹。请用 qingfeng demo --fresh DIR 另建一个。"
            )
        )
    day = home_day or settings.BUSINESS_TODAY or HOME_DAY
    if not STARTED < day <= date(2026, 11, 30):
        raise BadInput(_("演示的业务日期应在%(first)s与2026-11-30之间。") % {"first": STARTED})
    begun = time.monotonic()
    with translation.override("zh-hans"), transaction.atomic():
        _tell_story(day, progress)
        _mark(day)
    return DemoReport(day, True, counts(), time.monotonic() - begun)


def counts() -> dict[str, int]:
    """What there is, in words."""
    rows: dict[str, Any] = {
        _("单位"): Unit,
        _("账号"): User,
        _("专项治理"): Campaign,
        _("应报事项"): Duty,
        _("检查台账"): Sheet,
        _("问题"): Problem,
        _("月报表"): MonthlyReturn,
        _("事件"): Event,
    }
    return {name: model.objects.count() for name, model in rows.items()}


def _tell_story(day: date, progress: Progress) -> None:
    whole = (day - HANDED_IN).days
    progress(0, whole, _("设立单位、人员和账号"))
    with clock.on(HANDED_IN):
        set_up_district()
        new_case_key(by=None)  # the private half is dropped here, and nowhere kept
    story = Story(open_campaign(), day)
    for part in (Inspections(story), Rhythm(story), Monthly(story), Directions(story)):
        part.set()
    story.tell(lambda reached: progress((reached - HANDED_IN).days, whole, reached.isoformat()))
    leave_pending(story.campaign, day)
    progress(whole, whole, day.isoformat())


def _mark(day: date) -> None:
    """The business date for the site, and the mark that names the accounts."""
    settings.BUSINESS_DATE_FILE.write_text(f"{day.isoformat()}\n", encoding="ascii")
    told = {"day": day.isoformat(), "password": PASSWORD, "accounts": [asdict(one) for one in ACCOUNTS]}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (settings.ZONE_HOME / MARK).write_text(text + "\n", encoding="utf-8")


def _marked_day() -> date:
    path = settings.ZONE_HOME / MARK
    return (
        date.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["day"])
        if path.is_file()
        else clock.today()
    )
