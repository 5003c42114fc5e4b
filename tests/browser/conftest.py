"""A real browser against a real server, each in its own process."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from visit import Visit
from windows import Windows

ROOT = Path(__file__).resolve().parents[2]
# What the page's other tests share stands one folder up.
sys.path.insert(0, str(ROOT / "tests"))
# Seconds, for a busy machine: Gradio is imported and every page reads its documents and tables.
PATIENCE = 300
PATIENCE_WITH_INDEX = 1500
QUIET_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def first_line(process: subprocess.Popen[str], patience: int) -> str:
    """The first line the process prints, or a failure when it says nothing in time."""
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], patience)
    line = process.stdout.readline().strip() if readable else ""
    if not line:
        process.kill()
        pytest.fail(f"the page did not come up within {patience} s")
    return line


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a page whose assistant is the fake one."""
    command = [sys.executable, str(Path(__file__).with_name("serve_fake.py"))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield first_line(process, PATIENCE)
        process.terminate()


@pytest.fixture(scope="session")
def real_address() -> Iterator[str]:
    """The address of the page as ``assistant serve`` brings it up, with the whole corpus."""
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield first_line(process, PATIENCE_WITH_INDEX).removeprefix("Ready: ")
        process.terminate()


def chromium(*names: str) -> str:
    """The path of the first of these that the system has, unless CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("no browser to test with: apt-get install chromium, or set CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the system installed it.

    Its build without windows shows a page in a third of the time: it draws no frame around it.
    """
    path = chromium("chromium-headless-shell", "chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET_FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """Windows that keep what never changes from one tab to the next."""
    return Windows(browser)


DESK = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US"}
PHONE = {
    "viewport": {"width": 360, "height": 640},
    "locale": "es-MX",
    "is_mobile": True,
    "has_touch": True,
    "reduced_motion": "reduce",
}


@pytest.fixture
def unopened(windows: Windows, address: str) -> Iterator[Visit]:
    """A tab on a desk-sized window, in English, that has yet to go to a page."""
    with windows.open(**DESK) as context:
        here = Visit(context, address, at_once=False)
        yield here
        assert here.troubles == []


@pytest.fixture
def unopened_phone(windows: Windows, address: str) -> Iterator[Visit]:
    """A tab on a small phone set to Spanish that has yet to go to a page."""
    with windows.open(**PHONE) as context:
        here = Visit(context, address, at_once=False)
        yield here
        assert here.troubles == []


@pytest.fixture
def visit(unopened: Visit) -> Visit:
    """A tab on a desk-sized window, in English; it must end without any trouble."""
    unopened.go(unopened.address)
    return unopened


@pytest.fixture
def phone(unopened_phone: Visit) -> Visit:
    """A tab on a small phone set to Spanish; it must end without any trouble."""
    unopened_phone.go(unopened_phone.address)
    return unopened_phone
