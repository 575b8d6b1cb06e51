"""Wrong input through the pages: units, people, files, pastes, two at once. Nothing half saved, what was good kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import Appointment, User
from qingfeng.apps.base.records.models import StoredFile
from qingfeng.apps.base.web.errors import BadInput, Conflict, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import importing
from qingfeng.apps.work.problems.imports import Place, look_through, read_sheets
from qingfeng.apps.work.problems.models import Evidence, Measure, Problem
from qingfeng.apps.work.problems.tests.files import paper, row, table
from qingfeng.apps.work.problems.tests.story import group_sheet, self_sheet, submitted
from qingfeng.apps.work.problems.tests.test_import_batches import filed
from qingfeng.apps.work.problems.tests.test_sheet_pages import entered
from qingfeng.apps.work.returns.tests.story import handed_in
from tests.cast import TODAY, Cast, person
from tests.wrong_input.made_up import INSTALLER, LOCKED_NEW, LOCKED_PDF

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def faults(cast: Cast, campaign: Campaign, **changed: Any) -> list[tuple[str, str]]:
    """(cell, sentence) of what looking through says of a ledger of one row."""
    place = Place(campaign, unit=cast.street)
    (seen,) = look_through(place, read_sheets(table(row(**changed)), "台账.xlsx"), by=cast.clerk)
    return [(fault.cell, fault.message) for fault in seen.faults]


@pytest.fixture
def problem(cast: Cast, campaign: Campaign) -> Problem:
    return Problem.objects.get(sheet=self_sheet(cast, campaign))


def test_an_unknown_unit_is_answered_with_the_nearest_names(cast: Cast, campaign: Campaign) -> None:
    ((cell, words),) = faults(cast, campaign, 被检查单位="柳阴社区")
    assert cell == "D2" and "没有叫“柳阴社区”的单位，是不是“柳荫社区”？" in words


def test_a_renamed_unit_is_answered_with_its_new_name(cast: Cast, campaign: Campaign) -> None:
    orgs.rename_unit(unit=cast.community, name="柳岸社区", short_name="", by=None)
    ((cell, words),) = faults(cast, campaign, 被检查单位="柳荫社区")
    assert cell == "D2" and "“柳荫社区”已于2026-06-10更名为“柳岸社区”，请改填新名称" in words


def test_an_ended_unit_is_answered_with_its_last_day_and_the_unit_above(
    cast: Cast, campaign: Campaign
) -> None:
    orgs.end_unit(unit=cast.community, last_day=date(2026, 5, 31), by=None)
    ((cell, words),) = faults(cast, campaign, 被检查单位="柳荫社区")
    assert cell == "D2" and "已于2026-05-31撤销" in words and "原上级是“临江街道”" in words


def test_a_due_date_before_the_inspection_is_named_with_its_cell(cast: Cast, campaign: Campaign) -> None:
    assert faults(cast, campaign, 整改时限="2026-06-01") == [
        ("I2", "整改时限2026-06-01早于检查时间2026-06-08，请改成检查之后的日期。")
    ]


def test_who_has_left_is_not_made_responsible(cast: Cast, campaign: Campaign, problem: Problem) -> None:
    who, _account = person("钟未央", 70, "left")
    orgs.appoint(
        person=who, role="unit_clerk", title="干事", unit=cast.street, by=None, valid_from=date(2026, 1, 1)
    )
    post = Appointment.objects.get(person=who)
    orgs.end_appointment(appointment=post, last_day=date(2026, 5, 31), by=cast.office)
    words = "“钟未央”已于2026-05-31离开“临江街道”，请改填现在的责任人。"
    assert faults(cast, campaign, 责任人="钟未央") == [("J2", words)]
    Problem._base_manager.filter(pk=problem.pk).update(state="found")
    problem.refresh_from_db()
    with pytest.raises(BadInput, match="请改填现在的责任人"):
        actions.assign(
            problem=problem, responsible_name="钟未央", due_date=TODAY + timedelta(30), by=cast.clerk
        )
    page = browser(cast.clerk).post(reverse("problems:sheet_new"), entered(cast, responsible_name="钟未央"))
    assert page.status_code == 422 and words in page.content.decode() and Sheet.objects.count() == 1


def test_the_second_of_two_who_close_a_problem_is_told_who_was_first(cast: Cast, campaign: Campaign) -> None:
    problem = submitted(cast, campaign, problem=Problem.objects.get(sheet=group_sheet(cast, campaign)))
    actions.sign(problem=problem, by=cast.head)
    stale = Problem.objects.get(pk=problem.pk)
    actions.close_out(problem=problem, look_back_on=TODAY + timedelta(90), by=cast.inspector)
    with pytest.raises(Conflict, match="高沐阳 已于 .* 更改了这条记录，您的修改没有保存"):
        actions.close_out(problem=stale, look_back_on=TODAY + timedelta(90), by=cast.second_inspector)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("工具.exe", b"MZ\x90\x00" * 8, "是程序"),
        ("照片.jpg", b"MZ\x90\x00" * 8, "是程序"),
        ("安装.doc", INSTALLER, "不是可接收的类型"),
        ("空.pdf", b"", "是空的"),
        ("照片.pdf", PNG, "与扩展名不符"),
        ("扫描.pdf", LOCKED_PDF, "设了密码或使用限制"),
        ("台账.xlsx", LOCKED_NEW, "设了密码"),
    ],
)
def test_evidence_that_is_none_is_named_and_nothing_of_the_measure_is_kept(
    cast: Cast, problem: Problem, name: str, content: bytes, words: str
) -> None:
    sent = {
        "token": "t",
        "kind": "measure",
        "text": "补充公示名册",
        "taken_on": "2026-06-10",
        "files": [SimpleUploadedFile("好.png", PNG), SimpleUploadedFile(name, content)],
    }
    page = browser(cast.clerk).post(reverse("problems:move", args=[problem.reference, "measure"]), sent)
    text = page.content.decode()
    assert page.status_code == 422 and name in text and "补充公示名册" in text
    assert words in text
    kept = StoredFile.objects.filter(name__in=("好.png", name))
    assert not (Measure.objects.exists() or Evidence.objects.exists() or kept.exists())


def test_a_path_in_the_name_of_evidence_is_left_out(cast: Cast, problem: Problem) -> None:
    row = actions.add_evidence(problem=problem, name="..\\..\\etc\\照片.png", content=PNG, by=cast.clerk)
    assert row.file.name == "照片.png"


def test_a_paste_of_two_hundred_thousand_characters_is_named_and_nothing_is_filed(
    cast: Cast, campaign: Campaign
) -> None:
    data = entered(cast, **{"problems-0-text": "问" * 200_000})
    page = browser(cast.clerk).post(reverse("problems:sheet_new"), data)
    text = page.content.decode()
    assert page.status_code == 422 and "写了200000字，最多5000字" in text and "代领签字不全" in text
    assert not Sheet.objects.exists()


def test_an_import_that_a_month_handed_in_counts_is_not_taken_back(cast: Cast, campaign: Campaign) -> None:
    batch = filed(cast, campaign, paper())
    handed_in(cast, campaign)
    with pytest.raises(Refused, match="已计入临江街道2026-06的月报表并报送，这次导入不能撤销"):
        importing.undo(batch=batch, by=cast.clerk)
