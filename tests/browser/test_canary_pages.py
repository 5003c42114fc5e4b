"""Marked questions through every page of the real app, a crash, and a search of what is left."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from canary import (
    ASKED,
    PERSONAL,
    PERSONALES,
    SECRETS,
    SHARED,
    found_in,
    holding,
    homes,
    written_since,
)
from commands import ROOT, environment
from conftest import PATIENCE, QUIET_FLAGS, chromium, first_line
from playwright.sync_api import Browser, BrowserContext
from visit import Visit

from assistant.config import Settings
from assistant.ui.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.corpus]

ENGLISH = f"{PERSONAL}Did the IRS give my {ASKED} address to ICE?"
SPANISH = f"{PERSONALES}¿El IRS ya le dio mi dirección {ASKED} a ICE?"
# What a page may ask for: its own server, and what it holds itself.
_OWN = ("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:")
OTHERS = tuple(page.path[1:] for page in PAGES if page.path not in ("/", "/faq"))
_STORED = """async () => JSON.stringify([
    location.href, document.title, {...localStorage}, {...sessionStorage}, document.cookie,
    (await indexedDB.databases()).map((found) => found.name), await caches.keys(),
])"""


@dataclass
class Visited:
    """What the pages, the browser and the server left behind."""

    home: Path
    began: float
    link: str = ""
    stored: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)
    saved: list[Path] = field(default_factory=list)
    printed: bytes = b""

    @property
    def kept(self) -> list[Path]:
        """Every file written meanwhile, but for what the reader saved and how we were told."""
        own = {*self.saved, self.home / "out.txt", self.home / "err.txt"}
        files = {file for place in (ROOT, *SHARED) for file in written_since(place, self.began)}
        return sorted(files - own)


@pytest.fixture(scope="module")
def visited(
    browser: Browser, whole_index: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visited]:
    """The pages that take a question, walked through; then the server crashes."""
    home = tmp_path_factory.mktemp("home")
    seen = Visited(home, time.time())
    command = [sys.executable, str(ROOT / "tests" / "watched.py"), str(home)]
    command.append(json.dumps([["serve", "--port", "0"]]))
    surroundings = environment(whole_index, **homes(home), PYTHONPATH=str(ROOT))
    with (
        (home / "err.txt").open("wb") as errors,
        subprocess.Popen(
            command,
            cwd=home,
            env=surroundings | {"PYTHONFAULTHANDLER": "1"},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as server,
    ):
        try:
            address = first_line(server, PATIENCE).removeprefix("Ready: ")
            _walk(browser, address, seen)
        finally:
            # A crash with everything asked still in its memory.
            server.send_signal(signal.SIGABRT)
        printed, _ = server.communicate(timeout=60)
    seen.printed = printed.encode() + (home / "err.txt").read_bytes()
    yield seen


def _walk(browser: Browser, address: str, seen: Visited) -> None:
    """As a reader goes, in the whole browser, which keeps its profile on disk."""
    context = browser.browser_type.launch_persistent_context(
        str(seen.home / "profile"),
        executable_path=chromium("chromium"),
        args=list(QUIET_FLAGS),
        locale="en-US",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.on("request", lambda request: seen.requested.append(request.url))
    _ask(context, address, seen)
    _list(context, address, seen)
    for path in OTHERS:
        _leave(Visit(context, f"{address}{path}"), seen)
    context.close()


def _ask(context: BrowserContext, address: str, seen: Visited) -> None:
    here = Visit(context, address)
    here.ask(ENGLISH)
    here.ask(SPANISH)
    for suffix in (".docx", ".json"):
        _save(here, f'[data-paper="{suffix}"] >> nth=-1', seen)
    here.page.locator("[data-share] >> nth=-1").click()
    here.page.locator("#ask6103-said", has_text="copied").wait_for(state="attached")
    seen.link = here.page.evaluate("navigator.clipboard.readText()")
    _leave(here, seen)


def _list(context: BrowserContext, address: str, seen: Visited) -> None:
    here = Visit(context, f"{address}faq")
    here.page.locator("#faq-list").fill(f"{ENGLISH}\n{SPANISH}")
    here.page.locator(".faq-form [type=submit]").click()
    here.page.locator("[data-saving]").wait_for()
    _save(here, '[data-faq-save="html"]', seen)
    _leave(here, seen)


def _save(here: Visit, button: str, seen: Visited) -> None:
    with here.page.expect_download() as coming:
        here.page.locator(button).click()
    file = seen.home / f"saved-{len(seen.saved)}-{coming.value.suggested_filename}"
    coming.value.save_as(file)
    seen.saved.append(file)


def _leave(here: Visit, seen: Visited) -> None:
    seen.stored.append(here.page.evaluate(_STORED))
    assert here.troubles == []
    here.page.close()


def test_the_walk_was_whole(visited: Visited) -> None:
    assert [file.suffix for file in visited.saved] == [".docx", ".json", ".html"]
    assert len(visited.stored) == len(PAGES) == 7
    assert b"Fatal Python error: Aborted" in visited.printed
    assert b"DEBUG:" in visited.printed


def test_no_file_of_server_or_browser_keeps_a_question(visited: Visited) -> None:
    kept = visited.kept
    assert any("profile" in file.parts for file in kept)
    assert found_in(kept, (ASKED, *SECRETS)) == []


def test_neither_log_nor_crash_tells_a_question(visited: Visited) -> None:
    assert holding(visited.printed, (ASKED, *SECRETS)) == []


def test_the_browser_stores_no_question(visited: Visited) -> None:
    assert holding("".join(visited.stored).encode(), (ASKED, *SECRETS)) == []


def test_no_address_asked_for_holds_a_question_or_leaves_this_machine(visited: Visited) -> None:
    assert visited.requested
    assert holding("".join(visited.requested).encode(), (ASKED, *SECRETS)) == []
    assert {url for url in visited.requested if not url.startswith(_OWN)} == set()
    reached = (visited.home / "reached.txt").read_text(encoding="utf-8").splitlines()
    assert [each for each in reached if "127.0.0.1" not in each] == []


def test_what_is_saved_or_shared_holds_nothing_personal(visited: Visited) -> None:
    assert found_in(visited.saved, SECRETS) == []
    assert holding(visited.link.encode(), SECRETS) == []
    assert ASKED in visited.link
