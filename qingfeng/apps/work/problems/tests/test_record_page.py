"""The record of a problem: its tabs, its papers and photos, its neighbours in the list, two people in the same record."""

from __future__ import annotations

import re
import struct
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Evidence, Measure, Origin, Problem
from qingfeng.apps.work.problems.photo_times import time_in
from qingfeng.apps.work.problems.record import TABS
from qingfeng.apps.work.problems.tests.conftest import Browser
from qingfeng.apps.work.problems.tests.story import (
    PROOF,
    entry_of,
    group_sheet,
    in_rectification,
    self_sheet,
    submitted,
)
from tests.cast import Cast


def photo(order: str = "<") -> bytes:
    """The head of a JPEG whose camera wrote 2026-06-09 14:05:30."""
    mark = b"II" if order == "<" else b"MM"
    header = mark + struct.pack(f"{order}HI", 42, 8)
    first = struct.pack(f"{order}HHHIII", 1, 0x8769, 4, 1, 26, 0)
    sub = struct.pack(f"{order}HHHIII", 1, 0x9003, 2, 20, 44, 0)
    block = header + first + sub + b"2026:06:09 14:05:30\x00"
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(block) + 8) + b"Exif\x00\x00" + block


def problem_page(client: Client, problem: Problem, **query: str) -> str:
    answer = client.get(reverse("problems:problem", args=[problem.reference]), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_time_of_a_photo_is_what_its_camera_wrote(order: str) -> None:
    taken = time_in(photo(order))
    assert taken == datetime(2026, 6, 9, 14, 5, 30, tzinfo=timezone.get_current_timezone())


@pytest.mark.parametrize(
    "head", [b"", PROOF, b"\xff\xd8", photo()[:40], photo().replace(b"2026:06", b"2026x06"), photo()[:-12]]
)
def test_a_photo_that_says_nothing_of_its_time_has_none(head: bytes) -> None:
    assert time_in(head) is None


def test_each_tab_is_an_address_and_an_unknown_one_is_the_first(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem, client = submitted(cast, campaign), browser(cast.clerk)
    for tab in TABS:
        assert problem_page(client, problem, tab=tab).count('aria-current="page"') >= 1
    assert "整改责任人" in problem_page(client, problem, tab="dance")
    assert "补充公示" in problem_page(client, problem, tab="paper")
    inspection = problem_page(client, problem, tab="paper", paper="inspection")
    assert "被检查单位" in inspection
    files = re.findall(r'href="(/sheets/[^"]+\.(?:xlsx|docx))"', inspection)
    assert [client.get(address).status_code for address in files] == [200, 200]
    assert "补充公示" in problem_page(client, problem, tab="links")


def test_a_problem_without_a_sheet_has_no_paper_and_says_so(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = actions.register_problem(
        campaign=campaign,
        origin=Origin.objects.get(slug="instruction"),
        finding_group=cast.office_group,
        by=cast.office,
        entry=entry_of(cast, lead_unit=cast.street),
    )
    assert "没有表样" in problem_page(browser(cast.office), problem, tab="paper")
    assert "另行登记" in problem_page(browser(cast.office), problem, tab="links")


def test_photos_stand_in_their_place_and_other_files_are_handed_out(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem, client = in_rectification(cast, campaign), browser(cast.clerk)
    shot = actions.add_evidence(problem=problem, name="现场.jpg", content=photo() + b"0" * 64, by=cast.clerk)
    words = actions.add_evidence(problem=problem, name="说明.txt", content="已公示".encode(), by=cast.clerk)
    text = problem_page(client, problem, tab="evidence")
    assert "相机记录拍摄于2026-06-09 14:05" in text and text.count("<img") == 1
    address = reverse("problems:evidence", args=[shot.pk])
    answer = client.get(address, {"picture": "1"})
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("image/jpeg", "inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    plain = client.get(reverse("problems:evidence", args=[words.pk]), {"picture": "1"})
    assert plain["Content-Disposition"].startswith("attachment")
    assert browser(cast.sister_clerk).get(address, {"picture": "1"}).status_code == 404


def test_the_neighbours_are_those_of_the_list_the_reader_came_from(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    first = in_rectification(cast, campaign)
    between = submitted(cast, campaign)
    hidden = Problem.objects.get(sheet=self_sheet(cast, campaign, unit=cast.sister, by=cast.sister_clerk))
    last = in_rectification(cast, campaign)
    client = browser(cast.clerk)

    def step(problem: Problem, way: str, listed: str = "") -> str:
        address = reverse(f"problems:{way}", args=[problem.reference])
        return client.get(address, {"list": listed} if listed else {})["Location"]

    assert between.reference in step(last, "following") and between.reference in step(first, "previous")
    working = "view=open&state=in_rectification&after=junk"
    assert step(last, "following", working).startswith(
        reverse("problems:problem", args=[first.reference]) + "?list=view%3Dopen"
    )
    assert first.reference in step(between, "following", working)  # itself no longer in that list
    turned_round = "view=open&sort=-state"  # by an expression; downwards, the oldest comes first among equals
    assert first.reference in step(between, "following", turned_round)
    page = client.get(reverse("problems:list"), {"view": "open", "sort": "-state"}).content.decode()
    assert "?list=view%3Dopen%26sort%3D-state" in page
    answer = client.get(reverse("problems:following", args=[first.reference]), follow=True)
    assert "最后一个" in answer.content.decode() and answer.context["problem"] == first
    assert client.get(reverse("problems:previous", args=[hidden.reference])).status_code == 404
    assert client.post(reverse("problems:previous", args=[first.reference])).status_code == 405


def test_the_list_travels_with_tabs_and_moves(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    text = problem_page(browser(cast.clerk), in_rectification(cast, campaign), list="view=late&after=x")
    assert "?view=late" in text and "tab=evidence&amp;list=view%3Dlate" in text
    assert "measure/?list=view%3Dlate" in text and "after%3D" not in text.split('id="content"')[1]


def test_the_second_of_two_people_sees_who_changed_what_and_keeps_the_words(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem, client = in_rectification(cast, campaign), browser(cast.clerk)
    address = reverse("problems:move", args=[problem.reference, "measure"])
    seen = str(client.get(address).context["seen"])
    actions.add_measure(problem=problem, text="陈立群登记的", sum_returned=5_000, by=cast.head)
    data = {
        "token": "t1",
        "seen": seen,
        "kind": "measure",
        "text": "我写的一段话",
        "taken_on": "2026-06-10",
        "sum_returned": "0",
    }
    answer = client.post(address, data)
    text = answer.content.decode()
    assert answer.status_code == 409 and "我写的一段话" in text
    assert "陈立群 登记了整改措施或进展" in text and "别人更改了这条记录" in text
    assert not Measure.objects.filter(text="我写的一段话").exists()
    again = client.post(address, {**data, "seen": str(answer.context["seen"]), "sum_returned": "50"})
    assert again.status_code == 302 and Measure.objects.filter(text="我写的一段话").exists()


def test_a_move_that_somebody_else_made_first_is_refused_with_what_was_typed(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem, client = submitted(cast, campaign), browser(cast.secretary)
    actions.sign(problem=problem, by=cast.head)
    address = reverse("problems:move", args=[problem.reference, "return"])
    seen = str(client.get(address).context["seen"])
    actions.return_problem(problem=problem, reason="另一人退回", by=cast.secretary)
    answer = client.post(address, {"token": "t2", "seen": seen, "reason": "照片看不清"})
    text = answer.content.decode()
    assert answer.status_code == 409 and "照片看不清" in text and "另一人退回" in text and "不能退回" in text
    assert client.post(address, {"token": "t3", "reason": "照片看不清"}).status_code == 403
    assert client.post(address, {"token": "t4", "seen": "9.x", "reason": "照片看不清"}).status_code == 403


def test_deciding_leads_to_the_next_that_waits(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    first, second = submitted(cast, campaign), submitted(cast, campaign)
    client = browser(cast.head)
    answer = client.post(
        reverse("problems:move", args=[first.reference, "sign"]), {"token": "s1"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == reverse("problems:move", args=[second.reference, "sign"])
    assert "下一件" in answer.content.decode() and "签字不能撤回" in answer.content.decode()
    answer = client.post(reverse("problems:move", args=[second.reference, "sign"]), {"token": "s2"})
    assert answer["Location"] == reverse("problems:problem", args=[second.reference])


def test_a_group_sees_its_own_finding_with_its_papers(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    problem = Problem.objects.get(sheet=group_sheet(cast, campaign))
    assert "窗口服务" in problem_page(browser(cast.inspector), problem, tab="paper", paper="inspection")
    assert not Evidence.objects.exists()
