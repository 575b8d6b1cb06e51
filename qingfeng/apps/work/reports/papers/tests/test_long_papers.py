"""The long papers say what the ledgers say: results, problems, next steps; nothing where there is nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.reports.papers.described import described
from qingfeng.apps.work.reports.papers.kinds.ranks import RULE
from qingfeng.apps.work.reports.papers.model import Gap, Grid, Heading, Quoted, runs_of
from qingfeng.apps.work.reports.papers.tests.staged import history, made, owed, words
from tests.cast import Cast

REPORTS = {"half_year": "2026-H1", "year": "2026", "stage": "S2"}
NAMES = ("临江街道", "望山街道", "柳荫社区", "区水务局")


@pytest.fixture
def ledgers(cast: Cast, campaign: Campaign) -> dict[str, Problem]:
    return history(cast, campaign)


def test_a_report_has_results_problems_and_next_steps(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    for kind, period in REPORTS.items():
        paper = made(kind, cast.office, campaign, period=period, signatory="郑若谷")
        headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
        assert headings == ["工作开展情况和成效", "存在的主要问题", "下一步打算"]
        assert paper.kind == "报告" and paper.signatories == ("郑若谷",)
        assert list(paper.addressees) == ["清河区专项治理领导小组"]
        text = words(paper)
        assert "截至2026年6月10日，累计发现问题6个，已销号1个，销号率16.7%" in text
        assert "有1个问题超过整改时限仍未销号" in text and "限期办结逾期问题" in text
        assert any(isinstance(gap, Gap) for gap in paper.gaps())
        counts = [figure for figure in paper.figures() if figure.measure and figure.measure in "个次项"]
        assert len(counts) > 10 and all(figure.value == figure.rows.count() for figure in counts)


def test_every_paper_says_the_day_of_counting_and_lists_its_figures(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    for kind, period in {**REPORTS, "circular": "2026-06"}.items():
        paper = made(kind, cast.office, campaign, period=period)
        last = described(paper)["attachments"][-1]
        assert last["title"] == "统计说明" and "统计截止日为2026年6月10日" in last["blocks"][0]["text"]
        rows = last["blocks"][1]["rows"]
        listed = {row[1].removeprefix("其中：") for row in rows}
        assert {figure.name for figure in paper.figures() if not figure.part} <= listed
        assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
        assert all(row[3] for row in rows) and rows[0][3] != "同上"


def test_a_unit_reports_to_the_office_over_itself_only(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    paper = made("half_year", cast.head, campaign, period="2026-H1")
    assert list(paper.issuers) == ["临江街道"] and list(paper.addressees) == [campaign.office.name]
    assert "我街道" in words(paper) and "累计发现问题5个" in words(paper)
    assert "望山街道" not in words(paper)
    (units,) = (one for one in paper.attachments if "各单位" in one.title)
    table = next(block for block in units.blocks if isinstance(block, Grid))
    assert [str(row[0]) for row in table.rows] == ["本级", "柳荫社区", "合计"]
    assert [int(str(row[1])) for row in table.rows] == [1, 4, 5]


def test_out_of_reach_is_as_if_not_there(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    for user, unit in ((cast.clerk, "990102"), (cast.clerk, "990100"), (cast.clerk, "999999")):
        with pytest.raises(NotThere):
            made("half_year", user, campaign, unit=unit)
    for user in (cast.outsider, cast.administrator):
        with pytest.raises((NotThere, Refused)):
            made("half_year", user, campaign)


def test_the_circular_is_the_offices(cast: Cast, campaign: Campaign, ledgers: object) -> None:
    for user in (cast.clerk, cast.head, cast.inspector, cast.leader):
        with pytest.raises(Refused, match="由清河区专项治理领导小组办公室起草"):
            made("circular", user, campaign)


def test_without_approval_no_unit_is_named(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem]
) -> None:
    whole = described(made("circular", cast.office, campaign, period="2026-05"))
    text = str(whole)
    assert "有的单位" in text and "某单位窗口迟开" in text
    for name in (*NAMES, "林晓禾"):
        assert name not in text


def test_with_a_named_persons_approval_units_are_ranked_by_outcome(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    paper = made("circular", cast.office, campaign, period="2026-06", approved_by=cast.leader.person.staff_no)
    text = words(paper)
    assert RULE in text and "1|临江街道|5|1|20%" in text and "2|望山街道|1|0|0%" in text
    assert "区水务局" not in text, "nothing to rate, so no place"
    assert "还有逾期未销号问题的是临江街道（1个）" in text
    (remark,) = paper.remarks
    assert "经郑若谷（区纪委书记）批准" in remark and "由周文渊" in remark
    assert remark in str(described(paper)["attachments"][-1])


def test_only_a_leader_or_the_office_approves(cast: Cast, campaign: Campaign) -> None:
    for number, error in ((cast.head.person.staff_no, Refused), ("nobody", NotThere)):
        with pytest.raises(error):
            made("circular", cast.office, campaign, approved_by=number)


def test_units_with_the_same_outcome_share_a_place(cast: Cast, campaign: Campaign) -> None:
    history(cast, campaign)
    problems.reopen(problem=Problem.objects.get(state="closed_out"), reason="材料不实", by=cast.secretary)
    with clock.on(date(2026, 6, 5)):  # nothing is late yet
        paper = made("circular", cast.office, campaign, approved_by=cast.leader.person.staff_no)
    assert "1|临江街道|5|0|0%" in words(paper) and "1|望山街道|1|0|0%" in words(paper)


def test_nothing_is_ranked_by_numbers_of_reports() -> None:
    for word in ("登录", "上报数量", "举报数量", "线索数量"):
        assert word not in RULE
    assert "数量不作为排名依据" in RULE


def test_an_empty_month_is_said_and_nothing_is_made_up(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    with clock.on(date(2026, 7, 15)):
        paper = made("circular", cast.office, campaign, period="2026-07")
    text = words(paper)
    assert "本月没有检查和发现问题的记录。" in text and "本月没有问题销号。" in text
    assert "累计发现问题6个" in text and "表1　本月" not in str(described(paper))
    assert "0个" not in text and "0次" not in text


def test_a_period_without_any_data_gives_an_honest_paper(cast: Cast, campaign: Campaign) -> None:
    for kind, period in {**REPORTS, "circular": "2026-06"}.items():
        paper = made(kind, cast.office, campaign, period=period)
        text = words(paper)
        assert "截至2026年6月10日，台账中没有登记问题" in text
        assert "没有检查和发现问题的记录" in text
        assert not any(isinstance(block, Grid) for block in paper.blocks)
        assert "0%" not in text and "0个" not in text
        assert paper.figures() == [] and described(paper)["attachments"] == []
        assert ("没有应整改的问题，本期不作排名" in text) == (kind == "circular")


def test_a_period_that_has_not_begun_is_refused(cast: Cast, campaign: Campaign) -> None:
    with pytest.raises(BadInput, match="2026年7月还没有开始"):
        made("circular", cast.office, campaign, period="2026-07")


def test_a_period_in_another_form_is_refused_with_the_right_ones(cast: Cast, campaign: Campaign) -> None:
    wrong = {"circular": "2026-H1", "year": "2026-06", "stage": "S9", "half_year": "上半年"}
    for kind, period in wrong.items():
        with pytest.raises(BadInput, match="请写成|没有第9个阶段"):
            made(kind, cast.office, campaign, period=period)


def test_what_is_owed_and_late_is_a_problem_with_its_remedy(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    owed(cast, campaign)
    text = words(made("half_year", cast.office, campaign, period="2026-H1"))
    assert "上半年到期的应报事项中，至今未报1项。" in text and "按时报送各类事项。" in text


def test_typical_problems_are_the_ledgers_words_and_open_their_record(
    cast: Cast, campaign: Campaign, ledgers: dict[str, Problem]
) -> None:
    paper = made("half_year", cast.office, campaign, period="2026-H1")
    assert "柳荫社区：名册有误。" in words(paper)
    address = f"/problems/{ledgers['open'].reference}/"
    assert address in [run.href for run in runs_of(paper.blocks) if isinstance(run, Quoted)]


def test_papers_are_chinese_whatever_their_maker_reads(
    cast: Cast, campaign: Campaign, ledgers: object
) -> None:
    with translation.override("en"):
        paper = made("circular", cast.office, campaign, period="2026-06")
    assert paper.title == "关于2026年6月专项治理工作进展情况的通报"
    assert "Found" not in str(described(paper))
