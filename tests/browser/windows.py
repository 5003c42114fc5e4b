"""Windows of the browser, opened once for all tests that want the same size and language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext


class Windows:
    """Hands out windows, each kept for the next test that wants one alike.

    What a server says may be kept, Gradio's scripts above all, is then fetched and compiled once.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[str, BrowserContext] = {}

    @contextmanager
    def open(self, **look: Any) -> Iterator[BrowserContext]:
        """A window without tabs, cookies or permissions; a tab's own storage ends with the tab."""
        name = repr(sorted(look.items()))
        if name not in self._kept:
            self._kept[name] = self._browser.new_context(**look)
        context = self._kept[name]
        try:
            yield context
        finally:
            for page in context.pages:
                page.close()
            context.clear_cookies()
            context.clear_permissions()
