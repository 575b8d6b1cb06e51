"""What a page may not show: an error in its scripts, words that run off the screen, a fault of accessibility, a box for a character."""

from __future__ import annotations

import functools

from playwright.sync_api import ConsoleMessage, Page

from tools.places import ASSETS

AXE = ASSETS / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WIDER_THAN_SCREEN = """() => {
  const root = document.scrollingElement, room = root.clientWidth;
  if (root.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll('*')].filter(element => {
    if (element.closest('.ledger-scroll')) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > room + 1;
  });
  return [...new Set(wide.slice(-3).map(element => element.outerHTML.slice(0, 100)))].concat(
    wide.length ? [] : [`the page is ${root.scrollWidth} px wide`]);
}"""
WITHOUT_GLYPH = """characters => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 40;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  pen.font = `32px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = 'top';
  const drawn = character => {
    pen.clearRect(0, 0, 40, 40);
    pen.fillText(character, 2, 2);
    return pen.getImageData(0, 0, 40, 40).data.join();
  };
  const box = drawn('\\u{10FFFD}');
  return characters.filter(character => drawn(character) === box);
}"""


class Complaints:
    """What the browser says against a page while it loads."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("console", self._console)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(f"console: {message.text[:300]}")

    def taken(self) -> list[str]:
        """What was said since the last time."""
        heard, self.heard[:] = list(self.heard), []
        return heard


@functools.cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def accessibility_faults(page: Page) -> list[str]:
    """Departures from WCAG 2.1 AA that axe finds."""
    # Evaluated, not added as a script: the content policy of our pages would rightly refuse that.
    page.evaluate(_axe())
    found = page.evaluate(
        "tags => axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}})",
        STANDARD,
    )
    return [
        f"axe {fault['id']}: {fault['help']} — {node['html'][:140]}"
        for fault in found["violations"]
        for node in fault["nodes"][:2]
    ]


def overflow(page: Page) -> list[str]:
    """What is wider than the screen; the scroll areas of ledgers may be."""
    return [f"wider than the screen: {element}" for element in page.evaluate(WIDER_THAN_SCREEN)]


def characters(page: Page) -> set[str]:
    """The characters that the page shows."""
    return {one for one in page.inner_text("body") if one.isprintable() and not one.isspace()}


def without_glyph(page: Page, seen: set[str]) -> list[str]:
    """Characters for which no font of the page has a glyph."""
    return list(page.evaluate(WITHOUT_GLYPH, sorted(seen)))
