"""What the office types to put a file before the gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from qingfeng.apps.work.problems.forms.fields import DayField
from qingfeng.apps.work.reports.papers.model import Gap
from qingfeng.apps.work.reports.publishing.actions import names_in


class TermsForm(forms.Form):
    """Until when something hangs in public, and who may be named."""

    title = forms.CharField(
        label=gettext_lazy("标题"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("不填的用文件名。"),
    )
    until = DayField(label=gettext_lazy("公开截止"), help_text=gettext_lazy("当天仍公开，次日起须撤下。"))
    approved_names = forms.CharField(
        label=gettext_lazy("获准公开的姓名"),
        required=False,
        max_length=4000,
        widget=forms.TextInput(attrs={"list": "names_offered", "data-several": "", "autocomplete": "off"}),
        help_text=gettext_lazy("按规定须写全名、且经批准的人，用顿号分开；其他人一律不能写全名。"),
    )
    mask = forms.BooleanField(
        label=gettext_lazy("自动打码"),
        required=False,
        help_text=gettext_lazy("号码只留末几位，住址、病情略去，没有获准的人只留姓；打码后再审查。"),
    )
    pictures_seen = forms.BooleanField(
        label=gettext_lazy("图片已逐张看过"),
        required=False,
        help_text=gettext_lazy("文件里有图片的，确认图片上没有个人信息后勾选。"),
    )

    def clean_approved_names(self) -> list[str]:
        return names_in(self.cleaned_data["approved_names"])


class PublicationForm(TermsForm):
    """The finished file, and on which terms."""

    file = forms.FileField(label=gettext_lazy("定稿文件"))


class PaperForm(TermsForm):
    """A paper of the platform: what is still to be written in it, and on which terms."""

    def __init__(self, data: Any, *, gaps: Sequence[Gap], **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["title"].help_text = gettext("不填的用文稿的标题。")
        self.gap_names = [f"gap-{number}" for number in range(len(gaps))]
        for name, gap in zip(self.gap_names, gaps, strict=True):
            self.fields[name] = forms.CharField(
                label=gap.hint, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
            )

    def gap_fields(self) -> list[forms.BoundField]:
        """The boxes of the gaps, in the order of the text."""
        return [self[name] for name in self.gap_names]

    def words(self) -> list[str]:
        """What was written into the gaps."""
        return [self.cleaned_data[name] for name in self.gap_names]
