"""Who may put a slip into the case office's letter box, and who may set up its lock."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.orgs.permissions import check_can_manage_accounts
from qingfeng.apps.base.orgs.visibility import WRITING_ROLES, roles
from qingfeng.apps.base.web.errors import Refused


def check_can_keep_slip(user: User) -> None:
    """Whoever works in the campaign; those who only read or keep accounts have nothing to report here."""
    if not roles(user) & WRITING_ROLES:
        raise Refused(_("您的职务不能填写移送单，请由经办人或检查人员填写。"))


def check_can_set_case_key(user: User) -> None:
    """The administrator puts the case office's public key in its place; it opens nothing."""
    check_can_manage_accounts(user)
