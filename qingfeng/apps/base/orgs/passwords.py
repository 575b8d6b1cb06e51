"""What Django says of a password that is too short, in our own words: its Chinese lacks this one sentence."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """As Django's."""

    def get_error_message(self) -> str:
        return _("密码太短，至少要有%(count)d个字符。") % {"count": self.min_length}
