"""A real headless Chromium before a real server, for the journeys."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.environment import browser as chromium
from tests.environment.needs import need
from tests.pages import looking

# The screen that clerks have.
SCREEN: ViewportSize = {"width": 1366, "height": 768}
PATIENCE = 15_000


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright runs an event loop in this thread, and Django refuses the database near one: the journeys are not async.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as running:
        yield running
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="session")
def chromium_browser(playwright: Playwright) -> Iterator[Browser]:
    found = chromium.chromium()
    if found is None:
        need("there is no Chromium; `make test` fetches one where it can (apt as root, else npm)")
    try:
        launched = playwright.chromium.launch(
            executable_path=found, args=list(chromium.FLAGS), env=dict(chromium.environment(found))
        )
    except Error as reason:
        need(f"Chromium does not start: {str(reason).splitlines()[0]}")
    yield launched
    launched.close()


@pytest.fixture
def chromium_page(chromium_browser: Browser, live_site: str) -> Iterator[Page]:
    """A page of its own for each journey; an error in a script of ours, or a refusal of the content policy, fails it."""
    context = chromium_browser.new_context(
        base_url=live_site, viewport=SCREEN, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    context.close()
    assert not complaints, complaints


@pytest.fixture
def live_site(live_server: LiveServer) -> str:
    """The address of the site under test."""
    return live_server.url


@pytest.fixture
def chinese_fonts() -> None:
    """For screenshots: without a font, words are boxes."""
    if not chromium.has_chinese_font():
        need("there is no Chinese font (Debian: fonts-noto-cjk)")


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Judge the page by axe: no departure from WCAG 2.1 AA."""
    if not looking.AXE.exists():
        need("axe-core is not here; `make setup` fetches it")

    def judge(page: Page) -> None:
        assert looking.accessibility_faults(page) == []

    return judge
