"""Events of inspection sheets and of problems, from found to looked back at."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.records.presenters.sentences import Details, Said, presents, words

words(
    {
        "sheet.filed": gettext_lazy("填报了检查台账"),
        "sheet.corrected": gettext_lazy("补正了检查台账"),
        "sheet.confirmed": gettext_lazy("确认了代填的检查台账"),
        "suggestion.made": gettext_lazy("提出了整改建议"),
        "origin.added": gettext_lazy("增加了一种问题来源"),
        "origin.retired": gettext_lazy("停用了一种问题来源"),
        "co_unit.done": gettext_lazy("完成了协办分工"),
        "evidence.withdrawn": gettext_lazy("撤下了一份佐证材料"),
        "person_involved.named": gettext_lazy("登记了涉及人员"),
        "problem.reworded": gettext_lazy("修改了问题表述"),
        "problem.money_returned": gettext_lazy("登记了清退金额"),
        "commitment.signed": gettext_lazy("签了零问题承诺书"),
        "import.columns_told": gettext_lazy("指定了导入文件的列"),
        "import.taken": gettext_lazy("确认导入"),
        "import.dropped": gettext_lazy("放弃了要导入的文件"),
        "import.cleared": gettext_lazy("保存期满，清除了导入的文件"),
    }
)


@presents("sheet.returned", gettext_lazy("退回了检查台账，要求补正"), tone="late")
def sheet_returned(said: Said) -> Details:
    return said.details(returned_reason=_("理由"))


@presents("sheet.voided", gettext_lazy("作废了检查台账"), tone="late")
def sheet_voided(said: Said) -> Details:
    return said.details(void_reason=_("理由"))


@presents("import.read", gettext_lazy("上传了台账文件，待核对"))
def import_read(said: Said) -> Details:
    return said.details(file=_("文件"))


@presents("import.filed", gettext_lazy("导入了台账"), tone="active")
def import_filed(said: Said) -> Details:
    return said.details(sheets=_("台账（张）"), answers=_("问题（个）"), refused=_("没有导入"))


@presents("import.undone", gettext_lazy("撤销了导入"), tone="late")
def import_undone(said: Said) -> Details:
    return []


@presents("problem.found", gettext_lazy("登记了问题"))
def problem_found(said: Said) -> Details:
    return said.details(due_date=_("整改时限"), responsible_name=_("整改责任人"))


@presents("problem.columns_filled", gettext_lazy("填写了增设栏目"))
def problem_columns_filled(said: Said) -> Details:
    return said.columns()


@presents("problem.columns_changed", gettext_lazy("补填、更改了增设栏目"))
def problem_columns_changed(said: Said) -> Details:
    return said.columns()


@presents("sheet.columns_filled", gettext_lazy("填写了增设栏目"))
def sheet_columns_filled(said: Said) -> Details:
    return said.columns()


@presents("sheet.columns_changed", gettext_lazy("补填、更改了增设栏目"))
def sheet_columns_changed(said: Said) -> Details:
    return said.columns()


@presents("problem.assigned", gettext_lazy("交办了问题"), tone="active")
def problem_assigned(said: Said) -> Details:
    return said.details(responsible_name=_("整改责任人"), duty_text=_("责任"), due_date=_("整改时限"))


@presents("problem.taken_up", gettext_lazy("开始整改"), tone="active", told_by=["measure.taken"])
def problem_taken_up(said: Said) -> Details:
    return []


@presents("measure.taken", gettext_lazy("登记了整改措施或进展"), tone="active")
def measure_taken(said: Said) -> Details:
    return said.details(taken_on=_("日期"), text=_("内容"))


@presents("measure.voided", gettext_lazy("撤销了登记的措施或进展"), tone="late")
def measure_voided(said: Said) -> Details:
    return said.details(void_reason=_("理由"))


@presents("problem.import_undone", gettext_lazy("撤销了导入的整改情况，恢复到导入以前"), tone="late")
def problem_import_undone(said: Said) -> Details:
    return []


@presents("evidence.added", gettext_lazy("上传了佐证材料"))
def evidence_added(said: Said) -> Details:
    return said.details(name=_("文件"), description=_("说明"))


@presents("finding_evidence.added", gettext_lazy("附上了现场材料"))
def finding_evidence_added(said: Said) -> Details:
    return said.details(name=_("文件"), taken_at=_("拍摄时间"))


@presents("co_unit.named", gettext_lazy("确定了协办单位"))
def co_unit_named(said: Said) -> Details:
    return said.details(unit=_("单位"), sub_task=_("分工"))


@presents("submission.made", gettext_lazy("申请销号"), tone="waiting")
def submission_made(said: Said) -> Details:
    return said.details(statement=_("完成情况"))


@presents("problem.submitted", gettext_lazy("申请销号"), tone="waiting", told_by=["submission.made"])
def problem_submitted(said: Said) -> Details:
    return said.details(completion=_("完成情况"))


@presents("submission.signed", gettext_lazy("签字同意申请销号"), tone="waiting")
def submission_signed(said: Said) -> Details:
    return []


@presents(
    "submission.decided", gettext_lazy("审批了销号申请"), told_by=["problem.closed_out", "problem.returned"]
)
def submission_decided(said: Said) -> Details:
    return said.details(verdict=_("结论"), opinion=_("意见"))


@presents("problem.closed_out", gettext_lazy("同意销号"), tone="done")
def problem_closed_out(said: Said) -> Details:
    return said.details(
        new_rule=_("新建制度"), no_rule_reason=_("无需建章立制的理由"), look_back_on=_("回头看日期")
    )


@presents("problem.returned", gettext_lazy("退回了销号申请"), tone="late")
def problem_returned(said: Said) -> Details:
    return said.details(reason=_("理由"))


@presents("extension.asked", gettext_lazy("申请延期"), tone="waiting")
def extension_asked(said: Said) -> Details:
    return said.details(old_date=_("现定时限"), new_date=_("申请延至"), reason=_("理由"))


@presents("extension.decided", gettext_lazy("审批了延期申请"))
def extension_decided(said: Said) -> Details:
    return said.details(answer=_("结论"), opinion=_("意见"))


@presents("problem.extended", gettext_lazy("延长了整改时限"))
def problem_extended(said: Said) -> Details:
    return said.details(due_date=_("新的时限"))


@presents("transfer.asked", gettext_lazy("申请转办"), tone="waiting")
def transfer_asked(said: Said) -> Details:
    return said.details(reason=_("理由"))


@presents("transfer.decided", gettext_lazy("审批了转办申请"))
def transfer_decided(said: Said) -> Details:
    return said.details(answer=_("结论"), opinion=_("意见"))


@presents("problem.transferred", gettext_lazy("将问题转办给其他单位"))
def problem_transferred(said: Said) -> Details:
    return said.details(lead_unit=_("牵头单位"))


@presents("problem.made_long_term", gettext_lazy("转为长期坚持"))
def problem_made_long_term(said: Said) -> Details:
    return said.details(reason=_("理由"), review_on=_("年度复核日期"))


@presents("problem.reviewed", gettext_lazy("作了年度复核"))
def problem_reviewed(said: Said) -> Details:
    return said.details(goes_on=_("继续坚持"), note=_("情况"), review_on=_("下次复核"))


@presents("problem.look_back_planned", gettext_lazy("安排了回头看"))
def look_back_planned(said: Said) -> Details:
    return said.details(look_back_on=_("回头看日期"))


@presents("look_back.carried_out", gettext_lazy("进行了回头看"), tone="done")
def look_back_carried_out(said: Said) -> Details:
    return said.details(result=_("结果"), note=_("情况"))


@presents("problem.looked_back", gettext_lazy("安排了下次回头看"))
def problem_looked_back(said: Said) -> Details:
    return said.details(look_back_on=_("日期"))


@presents("problem.reopened", gettext_lazy("重新打开了问题"), tone="late")
def problem_reopened(said: Said) -> Details:
    return said.details(reason=_("理由"), due_date=_("新的时限"))


@presents("problem.handed_over", gettext_lazy("移交了整改责任"))
def problem_handed_over(said: Said) -> Details:
    return said.details(responsible_name=_("整改责任人"))


@presents("problem.voided", gettext_lazy("作废了问题"), tone="late")
def problem_voided(said: Said) -> Details:
    return said.details(void_reason=_("理由"))


@presents("recusal.declared", gettext_lazy("登记了回避"))
def recusal_declared(said: Said) -> Details:
    return said.details(reason=_("理由"))


@presents("visit.planned", gettext_lazy("安排了检查"))
def visit_planned(said: Said) -> Details:
    return said.details(day=_("日期"))


@presents("visit.cancelled", gettext_lazy("取消了检查安排"), tone="late")
def visit_cancelled(said: Said) -> Details:
    return said.details(cancelled_reason=_("理由"))


@presents("instruction.given", gettext_lazy("作出了批示"), tone="active")
def instruction_given(said: Said) -> Details:
    return said.details(text=_("批示内容"), to=_("承办"), due_date=_("办理期限"))


@presents("instruction_reply.made", gettext_lazy("报了批示的办理情况"), tone="waiting")
def instruction_reply_made(said: Said) -> Details:
    return said.details(text=_("办理情况"))


@presents("instruction.answered", gettext_lazy("报了批示的办理情况"), told_by=["instruction_reply.made"])
def instruction_answered(said: Said) -> Details:
    return []


@presents("instruction.registered", gettext_lazy("据此登记了问题"), tone="active")
def instruction_registered(said: Said) -> Details:
    return []


@presents("instruction.sent_back", gettext_lazy("要求继续办理批示"), tone="late")
def instruction_sent_back(said: Said) -> Details:
    return said.details(sent_back_reason=_("续办要求"))


@presents("instruction.closed", gettext_lazy("办结了批示"), tone="done")
def instruction_closed(said: Said) -> Details:
    return said.details(closed_note=_("办结意见"))


@presents("instruction.voided", gettext_lazy("作废了批示"), tone="late")
def instruction_voided(said: Said) -> Details:
    return said.details(void_reason=_("理由"))
