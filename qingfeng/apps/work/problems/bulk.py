"""What may be done with several problems at once, and what must not be made easy.

- 交办 and 安排回头看 are arrangements: the same person and date for several problems, ticked beforehand.
- 负责人签字 and 销号 are a person's decision about one matter (三个不放过; sealing by a second person). They may be sent
  together, because whoever decides sits before a pile of them, but only as “核阅后逐件勾选”: nothing is ticked
  beforehand, “all that is filtered” is not offered, not more than twenty at a time, and beside each row stands what must
  have been seen: what was achieved, the rule made or why none, the number of proofs (a link opens the problem), who
  signed and when. Each gets its own event, its own entry in its own round, and its own refusal.
- Returning, extending, transferring and voiding need a reason that fits the one matter: not in bulk.

Every row asks `check_can` like its own page does; who may do nothing gets no boxes to tick.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db.models import Count, DateField, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Role, User
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, roles
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import BulkMove, Column
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions.planning import plan_look_back
from qingfeng.apps.work.problems.flow import MOVES
from qingfeng.apps.work.problems.forms.fields import DayField, text_box
from qingfeng.apps.work.problems.forms.moves import LOOK_BACK_MONTHS
from qingfeng.apps.work.problems.models import Evidence, Problem, RectificationTerm, Submission
from qingfeng.apps.work.problems.permissions import check_can
from qingfeng.calendars import add_months

MOST = 100
MOST_DECISIONS = 20
CLOSING_ROLES = frozenset({Role.INSPECTOR, Role.OFFICE})


class AssignForm(forms.Form):
    """One person and one date for all."""

    responsible_name = forms.CharField(label=gettext_lazy("整改责任人"), max_length=50)
    due_date = DayField(label=gettext_lazy("整改时限"))
    leader_in_charge = forms.CharField(label=gettext_lazy("责任领导"), max_length=50, required=False)
    term = forms.ChoiceField(
        label=gettext_lazy("整改方式"),
        choices=RectificationTerm.choices,
        initial=RectificationTerm.BY_DATE,
    )
    duty_text = forms.CharField(label=gettext_lazy("责任"), max_length=300, required=False)


class LookBackForm(forms.Form):
    look_back_on = DayField(
        label=gettext_lazy("回头看日期"),
        initial=lambda: add_months(clock.today(), LOOK_BACK_MONTHS),
        help_text=gettext_lazy("再次检查是否反弹的日期。"),
    )


class CloseOutForm(LookBackForm):
    opinion = forms.CharField(label=gettext_lazy("意见"), max_length=2000, widget=text_box(), required=False)


def problem_moves(user: User) -> list[BulkMove]:
    """The moves that this user's roles may make on several problems; the rows are asked one by one."""
    held = roles(user)
    found = []
    if held & WRITING_ROLES:
        found.append(_move(user, "assign", _assign, form=AssignForm, most=MOST, load=_related))
    if Role.HEAD in held:
        found.append(_decision(user, "sign", _sign))
    if held & CLOSING_ROLES:
        found.append(_decision(user, "close_out", _close_out, form=CloseOutForm))
        planning = BulkMove(
            "plan_look_back",
            _("安排回头看"),
            partial(_check, "look_back", user),
            partial(_plan, user),
            form=LookBackForm,
            columns=[Column("planned", _("原定回头看日期"), "look_back_on", "date")],
            load=_related,
            most=MOST,
        )
        found.append(planning)
    return found


def _move(user: User, verb: str, make: Callable[[User, Any, dict[str, Any]], str], **given: Any) -> BulkMove:
    """One of the flow's moves."""
    return BulkMove(verb, str(MOVES[verb].label), partial(_check, verb, user), partial(make, user), **given)


def _decision(
    user: User, verb: str, make: Callable[[User, Any, dict[str, Any]], str], **given: Any
) -> BulkMove:
    columns = [
        Column("completion", _("完成情况"), "completion", "long"),
        Column("rule", _("新建制度或不建的理由"), lambda row: row.new_rule or row.no_rule_reason, "long"),
        Column("proofs", _("佐证材料（件）"), "proofs", "number"),
        Column("signed", _("负责人签字"), "signed_day", "date"),
    ]
    return _move(
        user, verb, make, one_by_one=True, most=MOST_DECISIONS, columns=columns, load=_with_grounds, **given
    )


def _check(verb: str, user: User, problem: Problem) -> None:
    check_can(verb, user, problem)


def _related(rows: QuerySet) -> QuerySet:
    """With what the checks ask of each."""
    return rows.select_related(
        "lead_unit",
        "finding_unit",
        "finding_group",
        "campaign__office",
        "campaign__root_unit",
        "category",
        "sheet",
    )


def _with_grounds(rows: QuerySet) -> QuerySet:
    proofs = Evidence.objects.filter(problem=OuterRef("pk"), withdrawn_at=None).order_by().values("problem")
    signed = Submission.objects.filter(problem=OuterRef("pk"), decided_at=None).values("signed_on")[:1]
    return _related(rows).annotate(
        proofs=Coalesce(
            Subquery(proofs.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0
        ),
        signed_day=Subquery(signed, output_field=DateField()),
    )


# What each verb does with one problem, and what is said of it


def _assign(user: User, problem: Problem, values: dict[str, Any]) -> str:
    actions.assign(problem=problem, by=user, **values)
    return _("已交办给%(who)s，整改时限%(due)s。") % {
        "who": problem.responsible_name,
        "due": problem.due_date,
    }


def _sign(user: User, problem: Problem, values: dict[str, Any]) -> str:
    actions.sign(problem=problem, by=user)
    return _("已签字，等待审核销号。")


def _close_out(user: User, problem: Problem, values: dict[str, Any]) -> str:
    actions.close_out(problem=problem, by=user, **values)
    return _("已销号。%(day)s回头看。") % {"day": problem.look_back_on}


def _plan(user: User, problem: Problem, values: dict[str, Any]) -> str:
    plan_look_back(problem=problem, by=user, **values)
    return _("已安排在%(day)s回头看。") % {"day": problem.look_back_on}
