"""What the records are called of which events tell."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SUBJECTS = {
    "campaigns.plan": _("实施方案"),
    "campaigns.draftitem": _("方案条目"),
    "campaigns.campaign": _("专项治理"),
    "campaigns.stage": _("阶段"),
    "campaigns.contentcategory": _("治理内容"),
    "campaigns.extracolumn": _("增设栏目"),
    "campaigns.obligation": _("任务"),
    "campaigns.duty": _("单位任务"),
    "campaigns.receipt": _("收到的材料"),
    "campaigns.campaigngroup": _("组织机构"),
    "campaigns.campaignunit": _("参加单位"),
    "campaigns.mechanism": _("机制"),
    "campaigns.meeting": _("会议"),
    "campaigns.activity": _("活动"),
    "inspections.sheet": _("检查台账"),
    "inspections.suggestion": _("整改建议"),
    "problems.problem": _("问题"),
    "problems.origin": _("问题来源"),
    "problems.counit": _("协办单位"),
    "problems.measure": _("整改措施"),
    "problems.evidence": _("佐证材料"),
    "problems.findingevidence": _("现场材料"),
    "problems.submission": _("销号申请"),
    "problems.extension": _("延期申请"),
    "problems.transfer": _("转办申请"),
    "problems.lookback": _("回头看"),
    "problems.commitment": _("承诺书"),
    "problems.importbatch": _("导入的台账文件"),
    "problems.instruction": _("批示"),
    "problems.instructionreply": _("批示办理情况"),
    "problems.plannedvisit": _("检查安排"),
    "returns.monthlyreturn": _("月报表"),
    "reports.publication": _("公开稿"),
    "orgs.unit": _("单位"),
    "orgs.group": _("组"),
    "orgs.groupoversight": _("监督联系"),
    "orgs.person": _("人员"),
    "orgs.post": _("职务"),
    "orgs.appointment": _("任职"),
    "orgs.unitimport": _("导入的单位文件"),
    "jobs.job": _("后台任务"),
}

STREAMS = {
    "campaign": _("专项治理"),
    "plan": _("实施方案"),
    "orgs": _("组织和人员"),
    "jobs": _("后台任务"),
}


def stream_in_words(stream: str) -> str:
    """专项治理 1 for `campaign:1`."""
    kind, _colon, key = stream.partition(":")
    return f"{STREAMS.get(kind, kind)} {key}".strip()


def subject_in_words(subject: str) -> str:
    """问题 5 for `problems.problem:5`."""
    kind, _colon, key = subject.partition(":")
    return f"{SUBJECTS.get(kind, kind)} {key}"
