"""Plans in articles (第一条 …): stages and contents as items below an article or inside its paragraph."""

import pytest

from qingfeng.planreader.tests.made_up import plan
from qingfeng.planreader.tests.test_stages import THREE

HEAD = "岭水县惠农补贴专项整治工作方案\n\n第一条 为推进工作，制定本方案。\n第二条 整治范围为全县各单位。\n"
BELOW = "1.{0}动员部署{1}\n学习。\n2.{0}集中整治{2}\n排查。\n3.{0}总结验收{3}\n总结。\n"
DOTTED = ("（2026.4.1-2026.4.20）", "（2026.4.21-2026.10.31）", "（2026.11.1-2026.12.31）")
STAGES = {
    "dotted": "第三条 实施步骤\n" + BELOW.format("", *DOTTED),
    "half-width brackets": "第三条 实施步骤\n"
    + BELOW.format("", "(2026.4.1-4.20)", "(2026.4.21-10.31)", "(2026.11.1-12.31)"),
    "slashed": "第三条 整治步骤\n"
    + BELOW.format("", "(2026/4/1—4/20)", "(2026/4/21—10/31)", "(2026/11/1—2026/12/31)"),
    "full-width": "第三条　时间安排\n"
    + BELOW.format(
        "",
        "（２０２６／４／１－４／２０）",
        "（２０２６．４．２１－１０．３１）",
        "（２０２６－１１－０１至２０２６－１２－３１）",
    ),
    "two-digit": "第三条 进度\n"
    + BELOW.format("", "（2026.04.01~2026.04.20）", "（2026.04.21~2026.10.31）", "（2026.11.01~2026.12.31）"),
    "year once": "第三条 实施步骤（2026年）\n"
    + BELOW.format("", "（4.1-4.20）", "（4.21-10.31）", "（11.1-12.31）"),
    "slashed, year once": "第三条 实施步骤（2026年）\n"
    + BELOW.format("", "（4/1-4/20）", "（4/21-10/31）", "（11/1-12/31）"),
    "sentence above": "第三条 专项整治分三步推进，具体安排如下：\n" + BELOW.format("", *DOTTED),
    "count above": "第三条 整治工作按以下三个阶段组织实施。\n" + BELOW.format("", *DOTTED),
    "no word above": "第三条 工作推进\n" + BELOW.format("", *DOTTED),
    "run on": "第三条 实施步骤：1.动员部署（2026.4.1-2026.4.20）；2.集中整治（2026.4.21-2026.10.31）；3.总结验收（2026.11.1-2026.12.31）。",
    "run on, bracketed": "第三条 整治步骤。（一）动员部署（2026年4月1日—4月20日）。学习。（二）集中整治（4月21日—10月31日）。排查。（三）总结验收（11月1日—12月31日）。总结。",
    "run on, steps": "第三条 整治分三步：第一步，动员部署（2026.4.1-4.20）；第二步，集中整治（2026.4.21-10.31）；第三步，总结验收（2026.11.1-12.31）。",
    "bracketed items": "第三条 实施步骤\n"
    + BELOW.replace("1.", "(一)").replace("2.", "(二)").replace("3.", "(三)").format("", *DOTTED),
    "circled": "第三条 实施步骤\n"
    + BELOW.replace("1.", "①").replace("2.", "②").replace("3.", "③").format("", *DOTTED),
    "each an article": "第三条 动员部署（2026.4.1-2026.4.20）\n学习。\n第四条 集中整治（2026.4.21-2026.10.31）\n排查。\n第五条 总结验收（2026.11.1-2026.12.31）\n总结。\n",
    "dash": "第三条 实施步骤\n"
    + BELOW.format("", "——2026年4月1日至4月20日", "——2026年4月21日至10月31日", "——2026年11月1日至12月31日"),
    "colon": "第三条 实施步骤\n"
    + BELOW.format("", "：2026.4.1—2026.4.20", "：2026.4.21—2026.10.31", "：2026.11.1—2026.12.31"),
    "date first": "第三条 实施步骤\n1.2026.4.1-4.20，动员部署。\n2.2026.4.21-10.31，集中整治。\n3.2026.11.1-12.31，总结验收。\n",
    "step one": "第三条 实施步骤\n步骤一：动员部署（4月1日—20日）\n学习。\n步骤二：集中整治（4月21日—10月31日）\n排查。\n步骤三：总结验收（11月1日—12月31日）\n总结。\n第四条 本方案2026年施行。",
    "stage one, dash": "第三条 实施步骤\n阶段一 动员部署 2026年4月1日—20日\n学习。\n阶段二 集中整治 4月21日—10月31日\n排查。\n阶段三 总结验收 11月1日—12月31日\n总结。\n",
    "time below": "第三条 实施步骤\n1.动员部署\n时间：2026.4.1—2026.4.20\n学习。\n2.集中整治\n时间：2026.4.21—2026.10.31\n排查。\n3.总结验收\n时间：2026.11.1—2026.12.31\n总结。",
    "bracketed time below": "第三条 实施步骤\n1.动员部署\n（2026.4.1—2026.4.20）\n学习。\n2.集中整治\n（2026.4.21—2026.10.31）\n排查。\n3.总结验收\n（2026.11.1—2026.12.31）\n总结。",
    "time labelled inside": "第三条 实施步骤\n"
    + BELOW.format(
        "",
        "（起止时间：2026.4.1-2026.4.20）",
        "（起止时间：2026.4.21-2026.10.31）",
        "（起止时间：2026.11.1-2026.12.31）",
    ),
    "month only": "第三条 实施步骤\n"
    + BELOW.format("", "（2026.4.1-4.20）", "（2026年4月21日至10月）", "（2026.11-12）"),
}


@pytest.mark.parametrize("style", STAGES)
def test_stages_below_an_article_are_read_and_are_no_duties(style: str) -> None:
    draft = plan(head=HEAD, steps=STAGES[style] + "\n", rest="")
    assert [f"{stage.start}/{stage.end}" for stage in draft.stages] == THREE
    assert [stage.kind for stage in draft.stages] == ["mobilization", "rectification", "summary"]
    assert not [item for item in draft.obligations if item.due]


CONTENTS = {
    "in the paragraph": "第三条 整治重点：1.虚报冒领；2.截留挪用；3.优亲厚友。\n",
    "in the paragraph, bracketed": "第三条 治理内容。（一）虚报冒领；（二）截留挪用；（三）优亲厚友。\n",
    "half-width": "第三条 整治重点:(1)虚报冒领;(2)截留挪用;(3)优亲厚友。\n",
    "circled": "第三条 重点整治内容：①虚报冒领；②截留挪用；③优亲厚友。\n",
    "spoken": "第三条 整治重点：一是虚报冒领；二是截留挪用；三是优亲厚友。\n",
    "below": "第三条 整治内容\n(一)虚报冒领\n(二)截留挪用\n(三)优亲厚友\n",
    "below, a sentence above": "第三条 本次整治重点包括以下三个方面：\n1.虚报冒领。\n2.截留挪用。\n3.优亲厚友。\n",
    "sentence, no word content": "第三条 重点整治下列问题：\n(一)虚报冒领；\n(二)截留挪用；\n(三)优亲厚友。\n",
    "long sentence": "第三条 围绕惠农补贴申报、审核、公示、发放等环节，重点纠治以下问题：\n1.虚报冒领。\n2.截留挪用。\n3.优亲厚友。\n",
}


@pytest.mark.parametrize("style", CONTENTS)
def test_contents_below_an_article_are_read(style: str) -> None:
    draft = plan(head=HEAD, steps=CONTENTS[style] + STAGES["dotted"].replace("三条", "四条"), rest="")
    assert [content.title.strip("。；") for content in draft.contents] == ["虚报冒领", "截留挪用", "优亲厚友"]
    assert len(draft.stages) == 3
