"""The inspector's phone off-line, and the entry page by keyboard alone, in a real browser."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, ViewportSize, expect

from tests.environment.installations import installation
from tests.environment.serving import served

PASSWORD = "journey-of-the-field"
PHONE: ViewportSize = {"width": 390, "height": 780}
TABLE = (
    "序号\t存在问题\t责任人\t整改时限\t涉及金额（元）\n"
    '1\t"名册没有公示，\n两个月"\t林晓禾\t2026年7月20日\t1,200.50\n'
    "2\t签字不全\t陈立群\t2026-02-30\t\n"
)
PHOTO = """() => new Promise(done => {
  const canvas = document.createElement('canvas');
  canvas.width = 3000; canvas.height = 2000;
  const pen = canvas.getContext('2d');
  for (let at = 0; at < 4000; at += 1) {
    pen.fillStyle = `hsl(${at * 37 % 360} 80% 50%)`;
    pen.fillRect(Math.random() * 3000, Math.random() * 2000, 60, 60);
  }
  canvas.toBlob(async blob => done([...new Uint8Array(await blob.arrayBuffer())]), 'image/jpeg', 0.95);
})"""
EXIF = (
    bytes.fromhex(
        "ffe1004845786966000049492a000800000001006987040001000000"
        "1a00000000000000010003900200140000002c00000000000000"
    )
    + b"2026:06:10 09:30:15\x00"
)


@pytest.fixture
def live_site(tmp_path: Path) -> Iterator[str]:
    """The real server with a running campaign: a worker of the browser needs one, and events are never taken back."""
    with installation(tmp_path / "home", today="2026-06-10") as env:
        subprocess.run(
            [sys.executable, "-m", "tests.journeys.staging", PASSWORD, "campaign"], env=env, check=True
        )
        with served(env, "--no-worker") as address:
            yield address


@pytest.fixture
def phone(chromium_browser: Browser, live_site: str) -> Iterator[BrowserContext]:
    context = chromium_browser.new_context(
        base_url=live_site, viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()


def sign_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_be_visible()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.slow
@pytest.mark.nightly_on_postgresql
def test_sheets_from_a_phone_without_network_and_from_the_keyboard(
    phone: BrowserContext, accessible: Callable[[Page], None]
) -> None:
    page = phone.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    keep_the_pages(page, accessible)
    photo = bytes(page.evaluate(PHOTO))
    phone.set_offline(True)
    page.reload()
    write_on_the_spot(page, photo[:2] + EXIF + photo[2:])
    phone.set_offline(False)
    send_with_an_answer_lost(page)
    see_the_photo(page, len(photo))
    page.set_viewport_size({"width": 1366, "height": 768})
    type_and_paste(page, accessible)
    file_by_key_and_again_by_the_back_button(page)
    assert not complaints, complaints


def keep_the_pages(page: Page, accessible: Callable[[Page], None]) -> None:
    sign_in(page, "inspector")
    page.goto("/field/sheet/")
    page.wait_for_function(
        "caches.open('qingfeng-pages').then(kept => kept.match('/field/sheet/')).then(Boolean)"
    )
    accessible(page)
    page.goto("/field/")
    expect(page.locator("#rechecks")).to_contain_text("没有到期的回头看")
    accessible(page)
    fits(page)


def write_on_the_spot(page: Page, photo: bytes) -> None:
    page.get_by_role("link", name=re.compile("开始检查.*临江街道")).click()
    expect(page.locator("#f_unit")).to_have_value("临江街道")
    page.fill("#f_content", "惠民补贴发放")
    page.get_by_label("问题", exact=True).fill("名册没有公示")
    whole: FilePayload = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo}
    page.locator("[data-files] input[type=file]").first.set_input_files([whole])
    expect(page.locator("[data-files] .photos")).to_contain_text("拍摄于 2026-06-10 09:30")
    fits(page)
    page.get_by_role("button", name="发送").click()
    expect(page.locator("[data-phone-list]")).to_contain_text("待发送")
    expect(page.locator("[data-unsent-bar]")).to_contain_text("尚未发送1份")
    fits(page)


def send_with_an_answer_lost(page: Page) -> None:
    """The first answer never arrives, so the phone cannot know; sent again, it is the same sheet."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/field/send/", lose, times=1)
    page.get_by_role("button", name="现在发送").click()
    expect(page.locator("[data-phone-list]")).to_contain_text("没有送达")
    page.get_by_role("button", name="现在发送").click()
    expect(page.locator("[data-sent-words]")).to_contain_text("先前已经送达，登记为治理一组督检1号")
    expect(page.locator("[data-unsent-bar]")).to_be_hidden()


def see_the_photo(page: Page, before: int) -> None:
    page.locator("[data-sent-words] a").click()
    page.get_by_role("link", name="现场照片、材料").click()
    expect(page.locator("#found")).to_contain_text("拍摄2026-06-10 09:30（照片内记录的拍摄时间）")
    expect(page.locator("#found")).to_contain_text("第1个问题")
    size = page.evaluate(
        "fetch(document.querySelector('#found a').href).then(a => a.blob()).then(b => b.size)"
    )
    assert 0 < size < before / 2
    fits(page)
    page.goto("/sheets/")
    expect(page.locator("main")).not_to_contain_text("督检2号")


def type_and_paste(page: Page, accessible: Callable[[Page], None]) -> None:
    sign_in(page, "clerk")
    page.goto("/sheets/new/")
    accessible(page)
    page.focus("#id_content")
    page.keyboard.type("惠民补贴发放")
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'problems-0-text'"):
            break
    paste(page, "字" * 200_000)
    expect(page.locator("[data-paste-strip]")).to_contain_text("粘贴的内容有200000字")
    paste(page, TABLE)
    expect(page.locator("[data-paste-strip] table")).to_contain_text("名册没有公示")
    accessible(page)
    page.keyboard.press("Enter")
    expect(page.locator("#id_problems-1-text")).to_have_value("签字不全")
    expect(page.locator("[data-row-notes]").nth(1)).to_contain_text("“2026-02-30”不是有效日期")
    expect(page.locator("#id_problems-0-due_date")).to_have_value("2026-07-20")


def file_by_key_and_again_by_the_back_button(page: Page) -> None:
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#id_problems-0-text")).to_have_value("签字不全")
    page.keyboard.press("Alt+c")
    expect(page.locator("textarea[name^=problems][name$=-text]")).to_have_count(4)
    page.locator("#id_problems-2-text").locator("xpath=ancestor::fieldset").locator(
        "[data-remove-row]"
    ).click()
    expect(page.locator("[data-draft-state]")).to_contain_text("已保存草稿", timeout=10_000)
    page.locator("#id_problems-0-text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("临江街道自检1号")
    expect(page.locator("main")).to_contain_text("签字不全")
    page.go_back()
    page.get_by_role("button", name="填报", exact=True).click()
    expect(page.locator("h1")).to_contain_text("临江街道自检1号")
    expect(page.locator("main")).to_contain_text("没有重复登记")
    page.goto("/sheets/drafts/")
    expect(page.locator("main")).to_contain_text("没有草稿")


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData('text/plain', text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )
