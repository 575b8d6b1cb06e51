"""The day of the next look-back is set or moved; nothing else changes."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import action
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.problems.actions.core import alter
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.permissions import check_can


@action
def plan_look_back(*, problem: Problem, look_back_on: date, by: User) -> Problem:
    """Whoever may look back at a closed problem may say when. The same day again is refused, so nothing is noted twice."""
    check_can("look_back", by, problem)
    today = clock.today()
    if look_back_on <= today:
        raise BadInput(_("回头看日期应晚于今天（%(today)s）。") % {"today": today})
    if problem.look_back_on == look_back_on:
        raise Refused(_("已安排在%(day)s回头看。") % {"day": look_back_on})
    return alter(problem, by=by, kind="problem.look_back_planned", to={"look_back_on": look_back_on})
