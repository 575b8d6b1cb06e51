"""Events of plans, campaigns, what is owed in them, and of monthly forms."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.records.presenters.sentences import Details, Said, presents, words

words(
    {
        "plan.review_begun": gettext_lazy("开始核对方案"),
        "plan.started": gettext_lazy("按方案启动了专项治理"),
        "draft_item.read": gettext_lazy("读入了方案中的一项"),
        "draft_item.accepted": gettext_lazy("采用了方案中的一项"),
        "draft_item.edited": gettext_lazy("改后采用了方案中的一项"),
        "draft_item.dropped": gettext_lazy("不采用方案中的一项"),
        "draft_item.pending": gettext_lazy("撤回了对方案中一项的核对"),
        "draft_item.added": gettext_lazy("补充了一项"),
        "campaign.started": gettext_lazy("启动了专项治理"),
        "campaign.ended": gettext_lazy("结束了专项治理"),
        "campaign_unit.joined": gettext_lazy("登记了参加单位"),
        "campaign_group.set": gettext_lazy("登记了组织机构"),
        "campaign_group.linked": gettext_lazy("确定了对应的组"),
        "stage.set": gettext_lazy("登记了阶段"),
        "content.set": gettext_lazy("登记了治理内容"),
        "mechanism.set": gettext_lazy("登记了机制"),
        "extra_column.amended": gettext_lazy("修改了增设栏目"),
        "extra_column.moved": gettext_lazy("调整了增设栏目的顺序"),
        "obligation.set": gettext_lazy("登记了任务"),
        "obligation.voided": gettext_lazy("撤销了任务"),
        "duty.laid": gettext_lazy("下达了任务"),
        "duty.triggered": gettext_lazy("登记了触发任务的事项"),
        "duty.fulfilled": gettext_lazy("完成了任务"),
        "meeting.recorded": gettext_lazy("登记了会议"),
        "meeting.voided": gettext_lazy("作废了会议记录"),
        "activity.recorded": gettext_lazy("登记了活动"),
        "activity.voided": gettext_lazy("作废了活动记录"),
        "monthly_return.prepared": gettext_lazy("编制了月报表"),
        "monthly_return.worded": gettext_lazy("修改了月报表的文字"),
        "monthly_return.taken_back": gettext_lazy("撤回了月报表上的签字"),
        "monthly_return.signed": gettext_lazy("在月报表上签字"),
        "monthly_return.handed_in": gettext_lazy("报送了月报表"),
    }
)


@presents("plan.handed_in", gettext_lazy("交来了实施方案"))
def plan_handed_in(said: Said) -> Details:
    return said.details(file=_("文件"))


@presents("plan.set_aside", gettext_lazy("搁置了方案"))
def plan_set_aside(said: Said) -> Details:
    return said.details(reason=_("理由"))


@presents("extra_column.added", gettext_lazy("增设了栏目"), tone="active")
def extra_column_added(said: Said) -> Details:
    return said.details(name=_("栏目名称"), kind=_("类型"), target=_("填在"))


@presents("extra_column.ended", gettext_lazy("停用了增设栏目"), tone="late")
def extra_column_ended(said: Said) -> Details:
    return said.details(ended_on=_("停用日期"))


@presents("obligation.amended", gettext_lazy("调整了任务"))
def obligation_amended(said: Said) -> Details:
    return [*said.changes(), *said.details(reason=_("理由"))]


@presents("duty.amended", gettext_lazy("调整了完成时限"))
def duty_amended(said: Said) -> Details:
    return said.details(due=_("新的时限"), reason=_("理由"))


@presents("duty.waived", gettext_lazy("免除了任务"))
def duty_waived(said: Said) -> Details:
    return said.details(waived_reason=_("理由"))


@presents("duty.reopened", gettext_lazy("重新要求完成任务"), tone="late")
def duty_reopened(said: Said) -> Details:
    return said.details(reason=_("理由"))


@presents("receipt.received", gettext_lazy("收到了报送材料"), tone="done")
def receipt_received(said: Said) -> Details:
    return said.details(medium=_("形式"), received_on=_("收到日期"), note=_("备注"))


@presents("receipt.returned", gettext_lazy("退回了报送材料"), tone="late")
def receipt_returned(said: Said) -> Details:
    return said.details(returned_reason=_("理由"))


@presents("activity.done", gettext_lazy("办结了批示任务"), tone="done")
def activity_done(said: Said) -> Details:
    return said.details(done_note=_("办理结果"))


@presents("monthly_return.corrected", gettext_lazy("更正了月报表"))
def monthly_return_corrected(said: Said) -> Details:
    return said.details(correction_reason=_("理由"), version=_("版次"))
