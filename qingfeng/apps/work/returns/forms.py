"""What is typed on the pages of the monthly form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qingfeng.apps.work.returns.wording import LONGEST


class WordsForm(forms.Form):
    """The words of one box."""

    text = forms.CharField(
        label=_("文字"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST}),
        help_text=_("花括号里是数字标记，按台账自动填数，请保留；直接键入的数字只是文字，不随台账变化。"),
    )
