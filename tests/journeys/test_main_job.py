"""The main job in a real browser: a real plan becomes a campaign, one problem goes into the monthly form."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.environment.installations import installation
from tests.environment.serving import served

PASSWORD = "journey-of-one-problem"
PROOF = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def live_site(tmp_path: Path) -> Iterator[str]:
    """The real server on an installation of its own, on the kind of database under test."""
    with installation(tmp_path / "home", today="2026-06-10") as env:
        subprocess.run([sys.executable, "-m", "tests.journeys.staging", PASSWORD], env=env, check=True)
        with served(env) as address:
            yield address


def sign_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_have_text(re.compile("今日"))


def start_campaign(page: Page, plan: Path) -> None:
    sign_in(page, "office")
    page.goto("/campaigns/plans/new/")
    page.set_input_files("input[type=file]", plan)
    page.get_by_role("button", name="读入").click()
    page.get_by_role("button", name=re.compile("其余.*采用")).click()
    page.goto(page.url.split("?")[0].rstrip("/") + "/start/")
    page.fill("input[name=starts_on]", "2026-05-11")
    page.get_by_role("button", name="启动并下达任务").click()
    expect(page.locator("body")).to_contain_text("自查自纠")


def file_sheet(page: Page) -> str:
    """Files a sheet with two problems; answers the address of the first problem."""
    sign_in(page, "clerk")
    page.goto("/sheets/new/")
    page.fill("input[name=inspected_on]", "2026-06-08")
    page.fill("input[name=inspectors]", "林晓禾、陈立群")
    page.fill("textarea[name=content]", "惠民补贴发放")
    texts = page.locator("textarea[name$='-text']")
    texts.nth(0).fill("补贴名册没有公示")
    texts.nth(1).fill("发放台账缺两个月签字")
    page.fill("input[name=due_date]", "2026-07-20")
    page.fill("input[name=responsible_name]", "林晓禾")
    page.get_by_role("button", name="填报", exact=True).click()
    expect(page.locator("h1")).to_contain_text("临江街道自检1号")
    page.get_by_role("link", name=re.compile("临江街道自检1号-1")).first.click()
    expect(page.locator("h1")).to_contain_text("补贴名册没有公示")
    return page.url


def move(page: Page, problem: str, verb: str) -> None:
    page.goto(f"{problem.rstrip('/')}/{verb}/")


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()


def rectify(page: Page, problem: str, tmp_path: Path) -> None:
    photo = tmp_path / "现场照片.png"
    photo.write_bytes(PROOF)
    move(page, problem, "measure")
    page.fill("textarea[name=text]", "在社区公示栏补充公示名册")
    page.locator("input[type=file]").first.set_input_files(photo)
    send(page)
    expect(page.locator("body")).to_contain_text("整改中")
    move(page, problem, "submit")
    page.fill("textarea[name=statement]", "名册已公示七天，无异议")
    page.fill("textarea[name=new_rule]", "惠民补贴公示办法")
    send(page)
    expect(page.locator("body")).to_contain_text("待销号")


def close_out(page: Page, problem: str) -> None:
    sign_in(page, "head")
    move(page, problem, "sign")
    send(page)
    sign_in(page, "secretary")
    move(page, problem, "close_out")
    page.fill("input[name=look_back_on]", "2026-09-10")
    page.locator("main").get_by_role("button", name=re.compile("销号")).first.click()
    expect(page.locator("body")).to_contain_text("已销号")


def hand_in_the_month(page: Page) -> None:
    sign_in(page, "clerk")
    page.goto("/returns/990101/2026-06/")
    page.get_by_role("button", name="编制月报表").click()
    expect(page.locator("body")).to_contain_text("发现问题情况")
    form = page.url
    sign_in(page, "head")
    page.goto(form)
    page.get_by_role("button", name=re.compile("签字")).click()
    sign_in(page, "clerk")
    page.goto(form)
    page.get_by_role("button", name=re.compile("^报送")).click()
    expect(page.locator("body")).to_contain_text("已报送")


def test_a_real_plan_leads_to_a_monthly_form_whose_figure_opens_its_problem(
    chromium_page: Page, documents: Path, tmp_path: Path
) -> None:
    plan = next(documents.glob("002_*.txt"))
    start_campaign(chromium_page, plan)
    problem = file_sheet(chromium_page)
    rectify(chromium_page, problem, tmp_path)
    close_out(chromium_page, problem)
    hand_in_the_month(chromium_page)
    chromium_page.get_by_role("link", name="2", exact=True).first.click()
    expect(chromium_page.locator("main")).to_contain_text("临江街道自检1号-1")
