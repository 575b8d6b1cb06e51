"""What stands before the first heading tells of the campaign and of documents from above; it seldom sets a duty."""

import pytest

from qingfeng.planreader.model import Draft
from qingfeng.planreader.tests.made_up import STEPS, plan, time_of

HEAD = "岭水农商银行信贷领域专项整治工作方案\n\n{0}\n一、整治内容\n（一）违规放贷。\n（二）吃拿卡要。\n"
TELLING = [
    "按照省联社统一部署，总行党委研究决定，在全辖开展专项整治（自2026年4月1日至12月31日），现制定如下方案。",
    "依据《关于开展信贷领域专项整治的通知》（岭农商发〔2025〕28号，2025年10月10日印发），制定本方案。",
    "根据《信贷管理办法》（2026年1月5日施行）和市金融办2026年3月12日下发的通知要求，结合实际，制定本方案。",
    "为贯彻落实2026年2月20日县纪委全会精神，决定于2026年4月1日至12月31日在全辖开展专项整治。",
    "经2026年3月16日总行党委会研究，决定从2026年4月起在全行开展为期9个月的专项整治，制定本方案。",
    "近年来，各支行报送的线索逐年增多，2025年12月底前共受理投诉51件，群众反映强烈。",
    "总行于2025年11月召开会议，对整治工作作出安排；各支行于2025年12月31日前完成了摸底。",
    "2026年4月1日至12月31日，在全辖集中开展信贷领域专项整治，切实解决群众反映强烈的问题。",
    "自2026年4月起，至2026年12月底，利用9个月时间，在全县开展专项整治。",
    "根据岭金监〔2026〕7号文件（2026年3月2日）要求，决定开展专项整治，时间为2026年4月至12月。",
    "按照《工作要点》安排，现就2026年4月1日至12月31日开展专项整治制定以下方案。",
    "专项整治期限为2026年4月1日至2026年12月31日。",
]
SETTING = [
    ("各支行应于2026年4月15日前将实施方案报总行专项办。", ["2026-04-15"]),
    ("请各支行于2026年4月17日前报送联络员名单。", ["2026-04-17"]),
    ("现印发给你们，各支行须于每月25日前报送进展。", ["month:25"]),
]


def timed(draft: Draft) -> list[str]:
    """The times at which something is due."""
    return [time_of(item) for item in draft.obligations if item.due or item.recurrence or item.trigger]


@pytest.mark.parametrize("sentence", TELLING)
def test_a_sentence_that_tells_of_the_campaign_sets_no_duty(sentence: str) -> None:
    assert timed(plan(head=HEAD.format(sentence))) == []


@pytest.mark.parametrize("sentence", TELLING)
def test_nor_does_it_in_the_first_article(sentence: str) -> None:
    head = HEAD.replace("{0}\n一、", "第一条 {0}\n第二条 ").format(sentence)
    assert timed(plan(head=head, steps=STEPS.replace("二、", "第三条 "))) == []


@pytest.mark.parametrize(("sentence", "expected"), SETTING)
def test_an_order_before_the_first_heading_is_kept(sentence: str, expected: list[str]) -> None:
    assert timed(plan(head=HEAD.format("为推进工作，制定本方案。" + sentence))) == expected


def test_the_day_of_a_cited_document_is_no_limit_anywhere() -> None:
    rest = "各单位要按照《关于规范发放的通知》（岭财〔2025〕9号，2025年9月3日印发）抓好落实。"
    assert timed(plan(rest=rest)) == []
