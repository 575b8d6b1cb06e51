"""Plans are told from the other papers of an office, with reasons."""

import pytest

from qingfeng.planreader.reader import read_lines
from qingfeng.planreader.sources.plain_text import lines_of

NOT_PLANS = {
    "report": "关于开展专项整治工作情况的报告\n县委：\n现将情况报告如下：\n一、工作情况\n（一）动员部署。4月10日前召开动员会。\n二、下一步工作\n12月底前完成整改，每月调度一次。",
    "news": "岭水县召开专项整治工作推进会\n4月10日，推进会召开。会议强调，各单位要于4月底前制定方案，每月25日前报送情况。",
    "speech": "在全县专项整治动员会上的讲话\n同志们：\n下面我讲三点意见。\n一、提高认识。\n二、突出重点。4月底前要制定方案，每月调度一次。",
    "letter": "关于征求《岭水县专项整治工作方案》意见的函\n各单位：\n请于4月10日前反馈意见。\n2026年4月1日",
    "rules": "岭水县群众举报奖励办法（试行）\n第一条 为鼓励举报，制定本办法。\n第二条 收到举报后15日内受理。\n第三条 每季度汇总一次。",
    "minutes": "岭水县整治办会议纪要\n会议决定，各单位于2026年4月20日前报送台账，每月25日前报进展。",
    "summary": "岭水县专项整治工作总结\n一、主要做法\n共召开会议5次，累计开展检查3轮，先后查处问题20个，已整改18个。\n二、打算\n每月调度一次。",
    "pledge": "岭水县2026年责任书\n1.每季度研究一次工作。\n2.每半年述职一次。",
}
PLANS = {
    "notice": "关于开展专项整治的通知\n各乡镇：\n现通知如下：\n一、时间安排\n（一）自查阶段（4月10日至5月31日）。各单位于5月25日前报自查报告。\n（二）整改阶段（6月1日至9月30日）。各单位每月25日前报送进展。\n岭水县纪委监委\n2026年4月1日",
    "key points": "岭水县2026年工作要点\n一、强化监督\n各单位每季度开展一次检查，4月底前制定计划，6月底前完成自查。\n二、强化教育\n各支部每月开展一次教育。",
    "school": "岭水中学专项治理工作计划\n一、工作安排\n1.学习阶段（3月）。各年级组于3月20日前完成学习。\n2.整改阶段（4月至5月）。各教研组每周召开一次例会。\n2026年2月20日",
    "opinions": "关于深化专项整治的实施意见\n一、重点任务\n（一）清理。各乡镇6月底前完成清理。\n二、实施步骤\n（一）部署阶段（2026年3月）。\n（二）推进阶段（4月至10月）。",
}


@pytest.mark.parametrize("name", NOT_PLANS)
def test_other_papers_are_no_plans_and_the_reason_is_told(name: str) -> None:
    draft = read_lines(lines_of(NOT_PLANS[name]))
    assert draft.kind == "not_a_plan"
    assert draft.reasons and all(reason.endswith("。") for reason in draft.reasons)
    assert not draft.obligations and not draft.stages


@pytest.mark.parametrize("name", PLANS)
def test_plans_under_other_names_are_plans(name: str) -> None:
    assert read_lines(lines_of(PLANS[name])).kind == "plan"
