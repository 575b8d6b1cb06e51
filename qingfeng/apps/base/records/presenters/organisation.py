"""Events of units, people, posts, groups and accounts."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.records.presenters.sentences import Details, Said, presents, words

words(
    {
        "unit.renamed": gettext_lazy("更改了单位名称"),
        "unit.corrected": gettext_lazy("更正了单位信息"),
        "unit.moved": gettext_lazy("调整了单位隶属"),
        "unit.ended": gettext_lazy("撤销了单位"),
        "unit.noted": gettext_lazy("登记了单位变动"),
        "group.renamed": gettext_lazy("更改了组的名称"),
        "group.ended": gettext_lazy("撤销了组"),
        "oversight.begun": gettext_lazy("确定了监督联系单位"),
        "oversight.ended": gettext_lazy("解除了监督联系单位"),
        "person.renamed": gettext_lazy("更正了姓名"),
        "post.changed": gettext_lazy("调整了职务"),
        "appointment.corrected": gettext_lazy("更正了任职"),
        "appointment.ended": gettext_lazy("登记了免职"),
        "case_key.set": gettext_lazy("设置了移送公钥"),
        "account.locked": gettext_lazy("停用了账号"),
        "account.unlocked": gettext_lazy("启用了账号"),
        "account.password_changed": gettext_lazy("修改了自己的密码"),
        "account.password_reset": gettext_lazy("重设了密码"),
        "unit_import.taken": gettext_lazy("导入了单位、组和人员"),
        "unit_import.undone": gettext_lazy("撤销了导入"),
        **dict.fromkeys(
            [
                f"{what}.taken_back"
                for what in ("unit", "group", "oversight", "person", "post", "appointment", "account")
            ],
            gettext_lazy("随导入撤销"),
        ),
        **dict.fromkeys(
            [f"{what}.restored" for what in ("unit", "group", "oversight", "person", "post", "appointment")],
            gettext_lazy("随导入撤销，改回原样"),
        ),
    }
)


@presents("unit.created", gettext_lazy("登记了单位"))
def unit_created(said: Said) -> Details:
    return said.details(code=_("单位代码"), name=_("单位名称"))


@presents("group.created", gettext_lazy("设立了组"))
def group_created(said: Said) -> Details:
    return said.details(code=_("代码"), name=_("名称"))


@presents("person.registered", gettext_lazy("登记了人员"))
def person_registered(said: Said) -> Details:
    return said.details(staff_no=_("工号"), name=_("姓名"))


@presents("post.created", gettext_lazy("设置了职务"))
def post_created(said: Said) -> Details:
    return said.details(title=_("职务"), role=_("角色"))


@presents("appointment.begun", gettext_lazy("登记了任职"))
def appointment_begun(said: Said) -> Details:
    return said.details(valid_from=_("任职日期"))


@presents("account.created", gettext_lazy("开通了账号"))
def account_created(said: Said) -> Details:
    return said.details(username=_("账号"))
