"""`make shots`: every page as it looks on a phone and on a clerk's screen, in both languages.

A made-up district is served from a data folder that vanishes afterwards. Each page is shown to somebody who may open
it. Pictures, with `index.html` that lists them, are written to a folder; what is wrong with a page is told, and the
command fails.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.environment import browser as chromium
from tests.environment.serving import served
from tests.pages import looking
from tools.places import say

WIDTHS = (390, 1280)
HEIGHT = 800
LANGUAGES = ("zh-hans", "en")
ZOOMED = 640
"""1280 px at 200 %."""
AT_ONCE = 2


@dataclass(frozen=True)
class View:
    """How a page is looked at."""

    width: int
    language: str

    def __str__(self) -> str:
        return f"{self.width}-{self.language[:2]}"


ALL_VIEWS = tuple(View(width, language) for width in WIDTHS for language in LANGUAGES)
QUICK_VIEWS = (View(390, "zh-hans"), View(1280, "en"))


@dataclass
class Album:
    """What was seen: pictures, and what is wrong by page."""

    folder: Path | None
    faults: dict[str, list[str]] = field(default_factory=dict)
    characters: set[str] = field(default_factory=set)
    pictures: dict[str, list[str]] = field(default_factory=dict)

    def add(self, where: str, faults: list[str]) -> None:
        """Told at once: the walk takes minutes."""
        for fault in dict.fromkeys(faults):
            self.faults.setdefault(where, []).append(fault)
            say(f"{where}: {fault}")

    def keep(self, page: Page, name: str, view: View) -> None:
        if self.folder is None:
            return
        file = f"{name}.{view}.png"
        page.screenshot(path=self.folder / file, full_page=True)
        self.pictures.setdefault(name, []).append(file)

    def bind(self) -> None:
        """One page that shows all pictures."""
        if self.folder is None:
            return
        rows = [
            f"<h2>{html.escape(name)}</h2>"
            + "".join(
                f'<a href="{file}"><img src="{file}" alt="" loading="lazy" height="400"></a> '
                for file in files
            )
            + "".join(
                f"<p>{html.escape(fault)}</p>" for where in files for fault in self.faults.get(where, [])
            )
            for name, files in sorted(self.pictures.items())
        ]
        text = '<!doctype html><meta charset="utf-8"><title>清风</title>' + "\n".join(rows)
        (self.folder / "index.html").write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make shots", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", default="shots", type=Path)
    parser.add_argument(
        "--quick", action="store_true", help="phone in Chinese and screen in English; no pictures"
    )
    parser.add_argument("--only", default="", help="pages whose name begins so")
    parser.add_argument("--home", type=Path, help="a data folder that holds the demo, instead of a new one")
    wanted = parser.parse_args()
    if not wanted.quick:
        wanted.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="qingfeng-shots-") as folder:
        env = {**os.environ, "QINGFENG_HOME": str(wanted.home or folder), "PYTHONUTF8": "1"}
        if wanted.home is None:
            say("· 载入演示数据 loading the demo")
            _run("qingfeng.cli.main", "demo", env=env)
        say("· 寻找每一页和能打开它的人 looking for every page and somebody who may open it")
        walk = json.loads(_run("tests.pages.walking", env=env))
        pages = named(page for page in walk["pages"] if page["name"].startswith(wanted.only))
        album = Album(None if wanted.quick else wanted.folder)
        with served(env) as site:
            look_at_all(site, pages, walk, QUICK_VIEWS if wanted.quick else ALL_VIEWS, album)
    album.bind()
    return tell(album, len(pages))


def _run(module: str, *words: str, env: dict[str, str]) -> str:
    return subprocess.run(
        [sys.executable, "-m", module, *words], env=env, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def named(pages: Iterator[dict[str, str]]) -> list[dict[str, str]]:
    """The pages with a file name for each: the page's own, numbered where it is seen several times."""
    found, seen = [], dict[str, int]()
    for page in pages:
        seen[page["name"]] = seen.get(page["name"], 0) + 1
        number = f".{seen[page['name']]}" if seen[page["name"]] > 1 else ""
        found.append({**page, "file": page["name"].replace(":", ".") + number})
    return found


def look_at_all(
    site: str, pages: list[dict[str, str]], walk: dict[str, Any], views: tuple[View, ...], album: Album
) -> None:
    """Both halves at once, each in a browser of its own; the characters at the end."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = [pages[number::AT_ONCE] for number in range(AT_ONCE)]
        list(pool.map(lambda part: _look(site, part, walk, views, album), parts))
    with sync_playwright() as playwright:
        page = _browser(playwright).new_page(locale="zh-CN")
        page.goto(f"{site}/account/login/")
        missing = looking.without_glyph(page, album.characters)
        album.add("fonts", [f"no glyph for {one} (U+{ord(one):04X})" for one in missing])


def _browser(playwright: Any) -> Browser:
    found = chromium.chromium()
    if found is None:
        raise SystemExit("there is no Chromium; `make test` fetches one")
    return playwright.chromium.launch(
        executable_path=found, args=list(chromium.FLAGS), env=dict(chromium.environment(found))
    )


def _look(
    site: str, pages: list[dict[str, str]], walk: dict[str, Any], views: tuple[View, ...], album: Album
) -> None:
    with sync_playwright() as playwright:
        browser = _browser(playwright)
        for view in views:
            for account in dict.fromkeys(page["account"] for page in pages):
                context = _context(browser, site, walk, account, view)
                page = context.new_page()
                complaints = looking.Complaints(page)
                for shown in (one for one in pages if one["account"] == account):
                    _look_at(page, complaints, shown, view, album)
                context.close()
        browser.close()


def _context(browser: Browser, site: str, walk: dict[str, Any], account: str, view: View) -> BrowserContext:
    context = browser.new_context(
        base_url=site,
        viewport={"width": view.width, "height": HEIGHT},
        locale="zh-CN" if view.language.startswith("zh") else "en-US",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    if account:
        context.add_cookies([{"name": walk["cookie"], "value": walk["sessions"][account], "url": site}])
    return context


def _look_at(
    page: Page, complaints: looking.Complaints, shown: dict[str, str], view: View, album: Album
) -> None:
    where = f"{shown['file']}.{view}.png"
    answer = page.goto(shown["path"], wait_until="load")
    if answer is None or not answer.ok:
        album.add(
            where,
            [f"{shown['path']} answered {answer.status if answer else 'nothing'} to {shown['account']}"],
        )
    page.wait_for_timeout(100)
    album.keep(page, shown["file"], view)
    album.characters.update(looking.characters(page))
    album.add(where, looking.overflow(page) + looking.accessibility_faults(page) + complaints.taken())
    if view.width == max(WIDTHS):
        page.set_viewport_size({"width": ZOOMED, "height": HEIGHT // 2})
        album.add(where, [f"at 200 %: {fault}" for fault in looking.overflow(page)])
        page.set_viewport_size({"width": view.width, "height": HEIGHT})


def tell(album: Album, pages: int) -> int:
    """How many were seen, and how many are not as they should be; the exit code."""
    pictures = sum(map(len, album.pictures.values()))
    say(f"{pages} pages, {pictures} pictures, {len(album.faults)} of them with faults")
    return 1 if album.faults else 0


if __name__ == "__main__":
    sys.exit(main())
