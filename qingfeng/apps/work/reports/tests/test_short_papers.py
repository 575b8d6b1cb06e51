"""Short papers: notices, letters, circulars, commitments, minutes, bulletin — what stands in them, and who may draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, NotThere, Refused
from qingfeng.apps.work.campaigns.actions import meetings
from qingfeng.apps.work.campaigns.models import Campaign, ContentCategory, Meeting
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions as problems
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.tests.story import entry_of, group_sheet, self_sheet
from qingfeng.apps.work.reports.papers.described import described
from qingfeng.apps.work.reports.papers.kind import Kind, asked_for, built
from qingfeng.apps.work.reports.papers.kinds.bulletin import BULLETIN
from qingfeng.apps.work.reports.papers.kinds.colour_letters import REMINDER, URGING
from qingfeng.apps.work.reports.papers.kinds.commitments import COMMITMENT, ZERO_COMMITMENT
from qingfeng.apps.work.reports.papers.kinds.inspection_circular import GROUP_CIRCULAR, UNIT_CIRCULAR
from qingfeng.apps.work.reports.papers.kinds.ledger_words import masked, matters
from qingfeng.apps.work.reports.papers.kinds.minutes import MINUTES
from qingfeng.apps.work.reports.papers.kinds.rectification_notice import (
    RECTIFICATION_NOTICE,
    UNIT_RECTIFICATION_NOTICE,
)
from qingfeng.apps.work.reports.papers.model import Counted, Items, Paper, Text, plain, runs_of
from qingfeng.apps.work.reports.papers.press import Press
from qingfeng.apps.work.returns.tests.story import close_out, file_sheet, owe_monthly_form
from qingfeng.gongwen.check import check
from qingfeng.gongwen.service import render_document
from tests.cast import Cast


def paper(kind: Kind, user: User, campaign: Campaign, **asked: str) -> Paper:
    return built(kind, asked_for(kind, user, campaign, **asked))


def text_of(made: Paper) -> str:
    """Everything that is read on it."""
    leads = [block.lead for block in made.all_blocks() if isinstance(block, Text)]
    return "".join([made.title, *made.addressees, *leads, plain(list(runs_of(made.all_blocks())))])


def page(user: User, address: str, status: int = 200) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


@pytest.fixture
def sheet(cast: Cast, campaign: Campaign) -> Sheet:
    """第一专项治理小组 found one problem in 临江街道, due on 20 July."""
    return group_sheet(cast, campaign, suggestions=("补充公示发放名册。",))


# 整改通知


def test_a_notice_tells_what_was_found_what_is_asked_by_when_and_by_whom(
    cast: Cast, campaign: Campaign, sheet: Sheet
) -> None:
    made = paper(RECTIFICATION_NOTICE, cast.inspector, campaign, subject=sheet.reference)
    said = text_of(made)
    assert (made.kind, made.form, list(made.addressees)) == ("通知", "letter", ["临江街道"])
    assert "2026年6月9日，我组对你街道开展了检查，检查内容为窗口服务。" in said
    assert "发放名册未公示。整改要求：补充公示发放名册。整改时限：2026年7月20日；整改责任人：林晓禾。" in said
    assert "全部整改情况于2026年7月20日前报送第一专项治理小组" in said
    assert made.figures() == [] and made.gaps() == []


@pytest.mark.parametrize(
    ("who", "issuer"),
    [
        ("inspector", "第一专项治理小组"),
        ("office", "清河区专项治理领导小组办公室"),
        ("secretary", "临江街道纪工委"),
    ],
)
def test_a_notice_is_issued_by_whoever_stands_above_the_unit(
    cast: Cast, campaign: Campaign, sheet: Sheet, who: str, issuer: str
) -> None:
    made = paper(RECTIFICATION_NOTICE, getattr(cast, who), campaign, subject=sheet.reference)
    assert list(made.issuers) == [issuer]


def test_a_street_writes_to_its_community_but_not_to_itself(
    cast: Cast, campaign: Campaign, sheet: Sheet
) -> None:
    found = file_sheet(cast, campaign, date(2026, 6, 8))[0]
    made = paper(RECTIFICATION_NOTICE, cast.clerk, campaign, subject=found.sheet.reference)
    assert (list(made.issuers), list(made.addressees)) == (["临江街道"], ["柳荫社区"])
    with pytest.raises(Refused, match="发给临江街道的文稿由专治办"):
        paper(RECTIFICATION_NOTICE, cast.clerk, campaign, subject=sheet.reference)


@pytest.mark.parametrize(
    ("who", "answer"), [("leader", Refused), ("auditor", Refused), ("sister_clerk", NotThere)]
)
def test_readers_do_not_issue_and_outsiders_find_nothing(
    cast: Cast, campaign: Campaign, sheet: Sheet, who: str, answer: type[Exception]
) -> None:
    with pytest.raises(answer):
        paper(RECTIFICATION_NOTICE, getattr(cast, who), campaign, subject=sheet.reference)


def test_a_sheet_without_open_problems_gets_no_notice(cast: Cast, campaign: Campaign) -> None:
    empty = self_sheet(cast, campaign, problems=0)
    with pytest.raises(BadInput, match="没有登记问题，不需要发整改通知"):
        paper(RECTIFICATION_NOTICE, cast.office, campaign, subject=empty.reference)
    found = file_sheet(cast, campaign, date(2026, 6, 8))[0]
    close_out(cast, found)
    with pytest.raises(BadInput, match="都已销号"):
        paper(RECTIFICATION_NOTICE, cast.office, campaign, subject=found.sheet.reference)


def test_for_a_recused_person_the_problem_does_not_exist(
    cast: Cast, campaign: Campaign, sheet: Sheet
) -> None:
    problem = Problem.objects.get(sheet=sheet)
    problems.declare_recusal(problem=problem, person=cast.office.person, reason="亲属", by=cast.office_second)
    with pytest.raises(BadInput, match="没有登记问题"):
        paper(RECTIFICATION_NOTICE, cast.office, campaign, subject=sheet.reference)
    with pytest.raises(BadInput, match="没有需要整改的问题"):
        paper(UNIT_RECTIFICATION_NOTICE, cast.office, campaign, subject=cast.street.code)


def test_a_notice_to_a_unit_lists_all_that_it_has_in_hand(
    cast: Cast, campaign: Campaign, sheet: Sheet
) -> None:
    file_sheet(cast, campaign, date(2026, 5, 25), text="过期未办", due_date=date(2026, 6, 5))
    made = paper(UNIT_RECTIFICATION_NOTICE, cast.office, campaign, subject=cast.street.code)
    said = text_of(made)
    assert "你街道（含所属单位）尚有未销号问题2个，其中已过整改时限1个。" in said
    assert "过期未办" in said and "发放名册未公示" in said and "柳荫社区" in said
    assert [one.title for one in made.attachments] == ["整改问题清单"]
    counted(cast.office, made)


# 提醒函、督办函


def test_the_colour_of_a_reminder_follows_from_the_days_left(cast: Cast, campaign: Campaign) -> None:
    file_sheet(cast, campaign, date(2026, 6, 1), text="六月底到期", due_date=date(2026, 6, 16))
    made = paper(REMINDER, cast.office, campaign, subject=cast.street.code)
    assert made.title == "关于临江街道整改时限临近问题的提醒函"
    assert "达到绿色提醒的1个" in text_of(made) and "本函为绿色提醒。" in text_of(made)
    counted(cast.office, made, "colour.green")
    with clock.on(date(2026, 6, 13)):
        made = paper(REMINDER, cast.secretary, campaign, subject=cast.street.code)
    assert "达到黄色预警的1个" in text_of(made) and "本函为黄色预警。" in text_of(made)
    assert "分管领导" in text_of(made) and list(made.issuers) == ["临江街道纪工委"]
    assert "不超过整改期限66%的为绿色提醒，不超过33%的为黄色预警" in text_of(made)


def test_what_is_past_its_date_is_urged_not_reminded(cast: Cast, campaign: Campaign) -> None:
    file_sheet(cast, campaign, date(2026, 5, 25), text="过期未办", due_date=date(2026, 6, 5))
    owe_monthly_form(cast, campaign, date(2026, 5, 1))
    with pytest.raises(BadInput, match="已逾期的问题请用督办函"):
        paper(REMINDER, cast.office, campaign, subject=cast.street.code)
    made = paper(URGING, cast.office, campaign, subject=cast.street.code)
    assert made.title == "关于临江街道逾期未办事项的督办函"
    assert "超过整改时限仍未销号的问题1个，到期未报送的事项1项" in text_of(made)
    assert "5天" in text_of(made) and "报送月报表" in text_of(made) and "第一责任人" in text_of(made)
    assert list(made.copied_to) == ["临江街道纪工委"]
    counted(cast.office, made)


def test_a_unit_with_nothing_late_is_not_urged(cast: Cast, campaign: Campaign) -> None:
    with pytest.raises(BadInput, match="望山街道没有逾期的问题和到期未报的事项"):
        paper(URGING, cast.office, campaign, subject=cast.sister.code)
    with pytest.raises(NotThere):
        paper(URGING, cast.secretary, campaign, subject=cast.sister.code)


# 承诺书


def test_a_person_commits_to_their_own_open_problems(cast: Cast, campaign: Campaign, sheet: Sheet) -> None:
    staff_no = cast.clerk.person.staff_no
    made = paper(COMMITMENT, cast.clerk, campaign, subject=staff_no)
    said = text_of(made)
    assert "本人林晓禾（纪检干事），是临江街道下列问题的整改责任人" in said and "发放名册未公示" in said
    assert made.form == "plain" and made.figures() == [] and staff_no not in said
    with pytest.raises(NotThere):
        paper(COMMITMENT, cast.sister_clerk, campaign, subject=staff_no)


def test_a_sheet_to_sign_is_shown_without_a_red_head(cast: Cast, campaign: Campaign, sheet: Sheet) -> None:
    address = reverse("reports:paper", args=["commitment"])
    shown = page(cast.clerk, f"{address}?subject={cast.clerk.person.staff_no}")
    assert "承诺人（签名）" in shown and "draft-mark" not in shown and "draft-signature" not in shown


def test_only_a_unit_at_zero_commits_to_zero(cast: Cast, campaign: Campaign, sheet: Sheet) -> None:
    with pytest.raises(BadInput, match="临江街道（含所属单位）已登记问题"):
        paper(ZERO_COMMITMENT, cast.head, campaign, subject=cast.street.code)
    with pytest.raises(BadInput, match="自查自纠到2026年6月30日结束"):
        paper(ZERO_COMMITMENT, cast.sister_head, campaign, subject=cast.sister.code)
    with clock.on(date(2026, 7, 2)):
        made = paper(ZERO_COMMITMENT, cast.sister_head, campaign, subject=cast.sister.code)
        assert "望山街道在自查自纠阶段未发现问题" in text_of(made) and "单位负责人（签名）" in text_of(made)
        problems.sign_commitment(
            campaign=campaign, unit=cast.sister, text="本街道没有发现问题", by=cast.sister_head
        )
        made = paper(ZERO_COMMITMENT, cast.office, campaign, subject=cast.sister.code)
    assert "本街道没有发现问题。" in text_of(made) and "承诺人：罗世安" in text_of(made)


# 会议纪要


def held(cast: Cast, campaign: Campaign, **given: Any) -> Meeting:
    values = {
        "body": cast.street,
        "kind": "weekly",
        "title": "临江街道第三次周例会",
        "held_on": date(2026, 6, 8),
        "attendance": 12,
        "minutes": "一、通报上周进度。二、研究名册公示，联系电话13800138000。\n三、安排检查。",
        **given,
    }
    return meetings.record_meeting(campaign=campaign, by=cast.clerk, **values)


def test_minutes_tell_the_meeting_matter_by_matter(cast: Cast, campaign: Campaign) -> None:
    meeting = held(cast, campaign)
    made = paper(MINUTES, cast.clerk, campaign, subject=str(meeting.pk))
    said = text_of(made)
    assert (made.form, made.title) == ("minutes", "临江街道第三次周例会纪要")
    assert "2026年6月8日，临江街道召开周例会" in said and "参加12人" in said
    items = next(block for block in made.blocks if isinstance(block, Items))
    assert [plain(item) for item in items.items] == [
        "通报上周进度。",
        "研究名册公示，联系电话138****8000。",
        "安排检查。",
    ]
    assert [gap.hint[:3] for gap in made.gaps()] == ["主持人", "议定的"]
    assert "请补充" in made.present[0] and "请补充" in made.excused[0] and "请补充" in made.observing[0]


def test_minutes_without_a_record_leave_a_gap_and_void_ones_are_refused(
    cast: Cast, campaign: Campaign
) -> None:
    meeting = held(cast, campaign, minutes="", attendance=0)
    made = paper(MINUTES, cast.clerk, campaign, subject=str(meeting.pk))
    assert "请补充：会议传达" in text_of(made) and made.figures() == []
    with pytest.raises(NotThere):
        paper(MINUTES, cast.sister_clerk, campaign, subject=str(meeting.pk))
    meetings.void_meeting(meeting=meeting, reason="重复登记", by=cast.clerk)
    with pytest.raises(BadInput, match="已作废"):
        paper(MINUTES, cast.clerk, campaign, subject=str(meeting.pk))


# 检查情况通报、简报


@pytest.fixture
def inspected(cast: Cast, campaign: Campaign) -> ContentCategory:
    """Two streets with the same kind of problem, found by the group."""
    content = ContentCategory.objects.get(campaign=campaign, number=1)
    for unit, text in ((cast.street, "名册没有公示"), (cast.sister, "望山街道名册过期")):
        entry = SheetEntry(
            kind="supervision",
            inspected_unit=unit,
            filing_group=cast.governance,
            inspectors="高沐阳、谢知秋",
            content="补贴发放、公示情况",
            method="surprise",
            inspected_on=date(2026, 6, 9),
        )
        problem = entry_of(cast, text=text, category=content, responsible_name="")
        problems.file_sheet(campaign=campaign, entry=entry, problems=(problem,), by=cast.inspector)
    return content


def test_a_circular_names_nobody_until_it_is_approved(
    cast: Cast, campaign: Campaign, inspected: ContentCategory
) -> None:
    asked = {"subject": "G3", "period": "2026-06"}
    made = paper(GROUP_CIRCULAR, cast.office, campaign, **asked)
    said = text_of(made)
    assert "第一专项治理小组开展检查2次，采取了突击检查等方式，主要检查了公示情况、补贴发放等内容" in said
    assert "共发现问题2个" in said and "多个单位存在这方面问题，共2个，主要表现为：名册没有公示。" in said
    assert "望山" not in said and "临江" not in said and not made.remarks
    counted(cast.office, made, "group_inspections", "group.found")
    made = paper(GROUP_CIRCULAR, cast.office, campaign, approved_by=cast.leader.person.staff_no, **asked)
    assert "望山街道" in text_of(made) and "郑若谷" in made.remarks[0]


def test_a_group_writes_of_its_own_inspections_only(
    cast: Cast, campaign: Campaign, inspected: ContentCategory
) -> None:
    made = paper(GROUP_CIRCULAR, cast.inspector, campaign, subject="G3")
    assert list(made.issuers) == ["第一专项治理小组"]
    with pytest.raises(NotThere):
        paper(GROUP_CIRCULAR, cast.secretary, campaign, subject="G3")


def test_a_circular_of_a_unit_counts_what_lies_below_it(
    cast: Cast, campaign: Campaign, inspected: ContentCategory
) -> None:
    file_sheet(cast, campaign, date(2026, 6, 2))
    made = paper(UNIT_CIRCULAR, cast.head, campaign, period="2026-06")
    assert made.title == "关于2026年6月临江街道专项治理检查情况的通报"
    assert "开展检查2次" in text_of(made) and list(made.addressees) == ["各社区（村）"]
    counted(cast.head, made)
    with pytest.raises(Refused, match="由临江街道或专治办起草"):
        paper(UNIT_CIRCULAR, cast.secretary, campaign, unit=cast.street.code)


@pytest.mark.parametrize("kind", [UNIT_CIRCULAR, BULLETIN])
def test_an_empty_month_is_told_as_empty(cast: Cast, campaign: Campaign, kind: Kind) -> None:
    made = paper(kind, cast.office, campaign, period="2026-05")
    assert "没有" in text_of(made) and made.gaps()
    assert not any(figure.value for figure in made.figures())


def test_a_bulletin_tells_progress_activities_and_practice(cast: Cast, campaign: Campaign) -> None:
    close_out(cast, file_sheet(cast, campaign, date(2026, 6, 8))[0], "名册公示办法")
    held(cast, campaign)
    made = paper(BULLETIN, cast.office, campaign, period="2026-06", number="第3期")
    said = text_of(made)
    assert (made.mark, made.number) == ("专项治理工作简报", "第3期")
    assert "新发现问题1个" in said and "召开会议1次" in said and "柳荫社区：名册公示办法。" in said
    counted(cast.office, made)
    with pytest.raises(Refused):
        paper(BULLETIN, cast.secretary, campaign, unit=cast.street.code)


# All of them


def counted(user: User, made: Paper, *opened: str) -> None:
    """Every figure is the number of the rows behind it; the pages of these open with the same number."""
    figures = made.figures()
    assert figures and all(isinstance(figure, Counted) for figure in figures)
    for figure in figures:
        if figure.measure in ("个", "次", "项", "张"):
            assert figure.rows.count() == figure.value, figure.title
    for key in opened:
        figure = next(one for one in figures if one.key == key)
        assert f"共{figure.words}条" in page(user, figure.href)


@pytest.mark.slow
def test_all_short_papers_stand_up_to_the_checker(
    cast: Cast, campaign: Campaign, inspected: ContentCategory, tmp_path: Path
) -> None:
    """As .docx, with the texts of this test's ledgers: no departure from the standard."""
    late = file_sheet(cast, campaign, date(2026, 5, 25), due_date=date(2026, 6, 5), problems_found=8)[0]
    soon = file_sheet(cast, campaign, date(2026, 6, 1), unit=cast.street, due_date=date(2026, 6, 12))[0]
    wanted: list[tuple[Kind, dict[str, str]]] = [
        (RECTIFICATION_NOTICE, {"subject": late.sheet.reference}),
        (RECTIFICATION_NOTICE, {"subject": soon.sheet.reference}),
        (UNIT_RECTIFICATION_NOTICE, {"subject": cast.street.code}),
        (REMINDER, {"subject": cast.street.code}),
        (URGING, {"subject": cast.street.code}),
        (COMMITMENT, {"subject": cast.clerk.person.staff_no}),
        (MINUTES, {"subject": str(held(cast, campaign).pk)}),
        (GROUP_CIRCULAR, {"subject": "G3"}),
        (UNIT_CIRCULAR, {"approved_by": cast.leader.person.staff_no}),
        (BULLETIN, {}),
    ]
    for kind, asked in wanted:
        number = "〔2026〕3期" if kind in (MINUTES, BULLETIN) else "清专治办〔2026〕3号"
        made = paper(kind, cast.office, campaign, number=number, **asked)
        document = Press(tmp_path).document(described(made))
        assert check(render_document(document, settle=False).docx) == [], kind.key


def test_papers_are_found_from_the_records_they_are_about(
    cast: Cast, campaign: Campaign, sheet: Sheet
) -> None:
    address = f"{reverse('reports:paper', args=['rectification_notice'])}?subject={sheet.reference}"
    for user, sees in ((cast.office, True), (cast.clerk, False), (cast.leader, False)):
        assert (address in page(user, reverse("problems:sheet", args=[sheet.reference]))) is sees
    meeting = held(cast, campaign)
    assert "会议纪要" in page(cast.clerk, reverse("campaigns:meeting", args=[meeting.pk]))
    problem = Problem.objects.get(sheet=sheet)
    with clock.on(date(2026, 7, 21)):
        assert "督办函" in page(cast.office, reverse("problems:problem", args=[problem.reference]))
    assert "督办函" not in page(cast.office, reverse("problems:problem", args=[problem.reference]))


# The ledger's own words


def test_numbers_of_persons_are_masked_on_paper() -> None:
    text = "经办人手机13800138000，身份证号000000198001010013，账号6222020000000000000，涉及学府路12号"
    said = masked(text)
    assert "13800138000" not in said and "198001010013" not in said and "6222020000000000000" not in said
    assert "学府路12号" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("研究名册公示", ["研究名册公示。"]),
        ("一、通报进度。二、研究事项；三、安排检查", ["通报进度。", "研究事项。", "安排检查。"]),
        ("1.通报进度\n2.研究事项", ["通报进度。", "研究事项。"]),
        ("对照方案第一、二条，逐项研究。", ["对照方案第一、二条，逐项研究。"]),
    ],
)
def test_matters_are_parted_where_they_are_numbered(text: str, told: list[str]) -> None:
    assert matters(text) == told
