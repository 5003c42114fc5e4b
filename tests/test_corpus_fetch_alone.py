"""Nothing but ``assistant corpus fetch`` reaches an official service, and it only when typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_architecture import FILES, PACKAGE, imported

from assistant.corpus.fetch import asking
from assistant.corpus.fetch.answers import JSON, XML, ZIP
from assistant.corpus.fetch.catalogue import Host

ROOT = PACKAGE.parent
FETCH = PACKAGE / "corpus" / "fetch"
# Whatever can open a connection. The page listens with `socket`; a hosted model and a server of
# vectors have clients of their own, which README.md and SECURITY.md name.
REACHING = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpcore",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "websockets",
    "xmlrpc",
}
LISTENING = {"ui"}


def reaching(file: Path) -> Iterator[str]:
    for line, name in imported(file, typing=False):
        if any(name == each or name.startswith(f"{each}.") for each in REACHING):
            yield f"{file.relative_to(ROOT)}:{line} {name}"


@pytest.mark.parametrize(
    "file",
    [file for file in FILES if FETCH not in file.parents],
    ids=lambda file: str(file.relative_to(PACKAGE)),
)
def test_nothing_else_has_what_connects(file: Path) -> None:
    if file.relative_to(PACKAGE).parts[0] in LISTENING:
        return
    assert list(reaching(file)) == []


def test_what_connects_is_found_where_it_is() -> None:
    found = {line.partition(":")[0] for file in FETCH.glob("*.py") for line in reaching(file)}
    assert {Path(name).name for name in found} == {"asking.py", "connection.py", "doors.py"}


def test_only_the_command_leads_there() -> None:
    leading = {
        file.relative_to(PACKAGE).as_posix()
        for file in FILES
        if FETCH not in file.parents
        and any(name.startswith("assistant.corpus.fetch") for _, name in imported(file))
    }
    assert leading == {"cli/fetching.py"}
    asking = {
        file.relative_to(PACKAGE).as_posix()
        for file in FILES
        if any(name == "assistant.cli.fetching" for _, name in imported(file))
        or re.search(r"from assistant\.cli import .*\bfetching\b", file.read_text("utf-8"))
    }
    assert asking == {"cli/corpus.py"}
    text = (PACKAGE / "cli" / "corpus.py").read_text(encoding="utf-8")
    assert text.count("fetching") == 3  # its import, and the two calls of the one command


def test_the_token_is_read_in_one_place() -> None:
    named = {
        file.relative_to(PACKAGE).as_posix()
        for file in FILES
        if "COURTLISTENER_TOKEN" in file.read_text(encoding="utf-8")
    }
    assert named == {
        "cli/fetching.py",
        "corpus/fetch/answers.py",
        "corpus/fetch/services.py",
    }
    read = {
        file.relative_to(PACKAGE).as_posix()
        for file in FILES
        if "TOKEN_VARIABLE" in file.read_text(encoding="utf-8")
    }
    assert read == {"corpus/fetch/services.py"}


@pytest.mark.parametrize(
    "promise",
    [
        *Host,
        f"at most {asking.MOST_REDIRECTS} redirects",
        f"{asking.SECONDS_TO_CONNECT:.0f} s to connect",
        f"{asking.SECONDS_BETWEEN:.0f} s of silence",
        f"{max(form.seconds for form in (ZIP, XML, JSON)) / 60:.0f} min in all",
        f"{ZIP.most >> 20} MB a zip archive",
    ],
)
def test_the_limits_that_security_tells_are_those_of_the_code(promise: str) -> None:
    assert promise in " ".join((ROOT / "SECURITY.md").read_text(encoding="utf-8").split())
    assert len(Host) == 4 and asking.PACE == 1.0


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md"])
def test_readme_and_security_say_so(name: str) -> None:
    text = " ".join((ROOT / name).read_text(encoding="utf-8").split())
    assert "`assistant corpus fetch" in text
    assert "only when it is typed" in text
