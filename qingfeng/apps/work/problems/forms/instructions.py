"""What a leader writes, and what is answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Role, Unit, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web import clock
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit
from qingfeng.apps.work.problems.actions.instructions import TEXT_LIMIT
from qingfeng.apps.work.problems.forms.fields import BodyField, DayField, text_box
from qingfeng.apps.work.problems.models import Problem


class InstructionForm(forms.Form):
    """The text, who is to see to it, and by when if the leader says so."""

    text = forms.CharField(
        label=gettext_lazy("批示内容"), max_length=TEXT_LIMIT, widget=text_box(4, maxlength=TEXT_LIMIT)
    )
    addressee = BodyField(label=gettext_lazy("承办"))
    due_date = DayField(
        label=gettext_lazy("办理期限"), required=False, help_text=gettext_lazy("不限期的不填。")
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        campaign: Campaign,
        problem: Problem | None = None,
        about_unit: Unit | None = None,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        nearest = [unit for unit in (problem.lead_unit if problem else None, about_unit) if unit]
        units = nearest or list(addressees(user, campaign))
        bodies = [*units, campaign.office] if nearest else [campaign.office, *units]
        self.fields["addressee"].offer(bodies)  # type: ignore[attr-defined]


def addressees(user: User, campaign: Campaign) -> Any:
    """The units of the campaign that this leader reaches."""
    taking_part = CampaignUnit.objects.filter(campaign=campaign).values("unit_id")
    return Unit.objects.on(clock.today()).filter(pk__in=taking_part).filter(pk__in=reach(user, {Role.LEADER}))


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("办理情况"),
        max_length=TEXT_LIMIT,
        widget=text_box(4, maxlength=TEXT_LIMIT),
        help_text=gettext_lazy("做了什么、到了哪一步、还差什么。"),
    )
