"""A visit to the page: a tab that remembers what went wrong and what left the origin."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page

PATIENCE = 120_000
# A reader's language and the width of the window: one of each, or every two of them.
EACH = pytest.mark.parametrize(("locale", "width"), [("en-US", 1280), ("es-MX", 360)])
SIZES = pytest.mark.parametrize(
    ("locale", "width"),
    [("en-US", 1280), ("es-MX", 360), ("en-US", 360), ("es-MX", 1280)],
    ids=lambda value: str(value),
)


class Visit:
    """A tab on the page that remembers what went wrong and what left the origin."""

    def __init__(self, context: BrowserContext, address: str, at_once: bool = True) -> None:
        self.page: Page = context.new_page()
        # Milliseconds: on a busy machine a page takes longer than Playwright's half a minute.
        self.page.set_default_timeout(PATIENCE)
        self.address = address
        self.origin = re.match(r"https?://[^/]+/", address)[0]  # type: ignore[index]
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        if at_once:
            self.go(address)

    def go(self, address: str) -> None:
        """Open an address and wait until its page can be used."""
        self.page.goto(address, wait_until="load")
        self.page.locator("body.ready").wait_for()

    def _heard(self, message: object) -> None:
        if getattr(message, "type", "") in {"error", "warning"}:
            self.troubles.append(f"console: {getattr(message, 'text', '')}")

    def _asked(self, request: object) -> None:
        url = getattr(request, "url", "")
        if not url.startswith((self.origin, "data:", "blob:" + self.origin)):
            self.troubles.append(f"left the origin: {url}")

    def _answered(self, response: object) -> None:
        if getattr(response, "status", 0) >= 400:
            self.troubles.append(
                f"{getattr(response, 'status', 0)}: {getattr(response, 'url', '')}"
            )

    def ask(self, question: str) -> None:
        """Type a question, press Enter, and wait until its answer is whole."""
        turns = self.page.locator(".turn").count()
        self.page.locator("#question").fill(question)
        self.page.keyboard.press("Enter")
        self.whole(turns + 1)

    def whole(self, turns: int) -> None:
        """Wait until this many turns are there and nothing more is coming."""
        self.page.locator(f'.log[aria-busy="false"][data-turns="{turns}"]').wait_for(
            state="attached"
        )

    def has_focus(self, selector: str) -> bool:
        """Whether the first such element has the focus."""
        return bool(
            self.page.locator(selector).first.evaluate("it => it === document.activeElement")
        )

    def words_of(self, number: int) -> str:
        """The words of one shown sentence, without its marks."""
        read = """it => {
            const copy = it.cloneNode(true);
            copy.querySelectorAll(".cite").forEach((mark) => mark.remove());
            return copy.textContent.replaceAll("\u2060", "");
        }"""
        return str(self.page.locator(".sentence").nth(number).evaluate(read))

    @property
    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
