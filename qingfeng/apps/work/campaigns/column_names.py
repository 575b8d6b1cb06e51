"""What an added column may be called: not like a box that the sheet has already, and not for what nobody may collect."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns import slots

LONGEST_NAME = 20
_UNWANTED = (
    (re.compile(r"身份证|身份证明号|公民身份|证件号|证号码|idcard|idn(o|umber)"), "身份证件号码"),
    (re.compile(r"银行卡|银行[账帐]|[账帐](号|户)|卡号|开户|bankaccount|accountn(o|umber)"), "银行账号"),
    (
        re.compile(r"电话|手机|座机|联系方式|联系号码|热线号|微信号|phone|mobile|telephone"),
        "电话号码",
    ),
)
"""RULES §6: full numbers of papers, accounts and telephones are neither published nor gathered on the side."""


def clean_name(name: str) -> str:
    """The name as it stands on papers and in headings; BadInput says why it cannot be one."""
    plain = " ".join(name.split())
    if len(plain) < 2:
        raise BadInput(_("栏目名称没有填写，至少两个字。"))
    if len(plain) > LONGEST_NAME:
        raise BadInput(
            _("栏目名称“%(name)s”有%(count)d个字，最多%(most)d个字。")
            % {"name": plain[:LONGEST_NAME] + "…", "count": len(plain), "most": LONGEST_NAME}
        )
    if plain[0] in "=+-@'" or plain.isdecimal():
        raise BadInput(_("栏目名称“%(name)s”不能用符号开头，也不能只是数字。") % {"name": plain})
    _check_wanted(plain)
    taken = next(
        (names for names in slots.sheet_boxes if same(plain) in {same(one) for one in names()}), None
    )
    if taken is not None:
        raise BadInput(_("“%(name)s”是台账原有的栏目，不用增设。") % {"name": plain})
    return plain


def same(name: str) -> str:
    """By which two names are taken for one: “户籍 类别：” and “户籍类别”, “金额（元）” and “金额(元)”."""
    return re.sub(r"[\s:：*]", "", unicodedata.normalize("NFKC", name)).casefold()


def _check_wanted(name: str) -> None:
    compact = re.sub(r"[^\w]", "", same(name)).replace("_", "")
    for pattern, what in _UNWANTED:
        if pattern.search(compact):
            raise BadInput(
                _(
                    "不能增设“%(name)s”：台账里不收集%(what)s（个人信息保护，确需核对的在原件上核对，不登记号码）。"
                )
                % {"name": name, "what": what}
            )
