"""The whole web application, in process: no door leads to a file, another host or a crash."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from ui_fakes import FakeAssistant

from assistant.ui.asgi import App
from assistant.ui.page import application
from assistant.ui.pages import PAGES
from assistant.ui.served import Doorway

SECRETS = ("root:", "[project]", "import ", "ASSISTANT_", "-----BEGIN")


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    yield application(FakeAssistant())


def ask(
    app: App,
    target: str,
    method: str = "GET",
    body: bytes = b"",
    headers: dict[str, str] | None = None,
) -> tuple[int, dict[str, str], str]:
    """What the application answers, asked as a server asks it: the path decoded once."""
    path, _, query = target.partition("?")
    sent: list[Any] = []
    given = {"host": "127.0.0.1:7860"} | (headers or {})
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path, errors="replace"),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
        "client": ("127.0.0.1", 5000),
        "server": ("127.0.0.1", 7860),
    }
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    named = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode(errors="replace")
    return sent[0]["status"], named, text


@pytest.mark.parametrize("folder", ["/page", "/assets", "/static", "/page/sub"])
@pytest.mark.parametrize(
    "climb",
    [
        "/../served.py",
        "/../../../pyproject.toml",
        "/%2e%2e/served.py",
        "/%2e%2e%2fserved.py",
        "/%252e%252e%252fserved.py",
        "/..%5cserved.py",
        "/..\\served.py",
        "/....//served.py",
        "/.%2e/served.py",
        "/%c0%ae%c0%ae/served.py",
        "/frame.css%00.py",
        "/%00",
        "//etc/passwd",
        "/../../../../../../../../etc/passwd",
        "/%2fetc%2fpasswd",
        "/C:/Windows/win.ini",
        "/../../../proc/self/environ",
        "/.env",
        "/.git/config",
        "/__pycache__/",
        "/",
    ],
)
def test_no_path_climbs_out_of_the_folder(app: App, folder: str, climb: str) -> None:
    status, _, body = ask(app, folder + climb)
    assert status == 404
    assert not any(secret in body for secret in SECRETS)


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file=pyproject.toml"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/file=/etc/passwd"),
        ("GET", "/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://169.254.169.254/latest/meta-data/"),
        ("GET", "/proxy=https://evil.example/"),
        ("POST", "/gradio_api/upload"),
        ("POST", "/upload"),
        ("GET", "/gradio_api/upload_progress?upload_id=1"),
        ("GET", "/gradio_api/stream/a/b/c/playlist.m3u8"),
        ("GET", "/gradio_api/deep_link?session_hash=x"),
        ("GET", "/gradio_api/vibe-starter-queries/"),
        ("GET", "/gradio_api/mcp/sse"),
        ("POST", "/gradio_api/call/ask"),
        ("GET", "/gradio_api/info"),
        ("GET", "/info"),
        ("GET", "/custom_component/x/client/component/index.js"),
        ("GET", "/svelte/x.js"),
        ("GET", "/login/huggingface"),
        ("POST", "/login"),
        ("GET", "/token"),
        ("GET", "/user"),
        ("GET", "/monitoring"),
        ("GET", "/gradio_api/startup-events/../info"),
        ("GET", "/gradio_api/heartbeat/../info"),
        ("GET", "/openapi.json"),
        ("GET", "/dev/reload"),
        ("POST", "/gradio_api/component_server"),
        ("PUT", "/page/frame.css"),
        ("DELETE", "/page/frame.css"),
    ],
)
def test_no_door_of_the_library_stands_open(app: App, method: str, target: str) -> None:
    status, _, body = ask(app, target, method, b"x=1", {"content-type": "multipart/form-data"})
    assert status in {403, 404, 405}
    assert not any(secret in body for secret in SECRETS)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"data": "/etc/passwd", "component_id": 1, "fn_name": "open", "session_hash": "x"}',
        b'{"data": [], "component_id": -1, "fn_name": "__class__", "session_hash": "x"}',
        b'{"data": [], "component_id": 999999, "fn_name": "ls", "session_hash": "../x"}',
        b"[" * 100_000,
    ],
    ids=range(8),
)
def test_a_script_s_door_answers_nonsense_with_an_error(app: App, body: bytes) -> None:
    kind = {"content-type": "application/json", "content-length": str(len(body))}
    try:
        status, _, answer = ask(app, "/gradio_api/component_server/", "POST", body, kind)
    except (RecursionError, json.JSONDecodeError, KeyError, AttributeError, ValueError):
        # The server turns what is raised into an empty answer of its own.
        return
    assert status >= 400
    assert not any(secret in answer for secret in SECRETS)


NO_NAMES = (
    "127.0.0.1@evil.example",
    "[::1",
    "a.example/x",
    '"><script>',
    "a b",
    "evil.example:",
    "",
    "a" * 999,
)


@pytest.mark.parametrize("name", ["host", "x-forwarded-host"])
@pytest.mark.parametrize("host", NO_NAMES)
def test_what_is_no_host_s_name_is_refused(app: App, name: str, host: str) -> None:
    status, headers, body = ask(app, "/", headers={name: host})
    assert status in {400, 403}
    assert "evil" not in body + json.dumps(headers)


@pytest.mark.parametrize("name", ["host", "x-forwarded-host"])
@pytest.mark.parametrize("host", NO_NAMES)
def test_it_is_refused_where_others_are_let_in_too(name: str, host: str) -> None:
    async def never(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("what is no name must not come so far")

    assert ask(Doorway(never, PAGES), "/", headers={name: host})[0] == 400


def test_a_chain_of_servers_in_front_is_let_in() -> None:
    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    named = {"host": "127.0.0.1:7860", "x-forwarded-host": "ask.example.org, inner:8080, [::1]:1"}
    assert ask(Doorway(page, PAGES), "/", headers=named)[0] == 200


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "[::1]:7860"])
def test_a_page_names_only_the_host_that_it_came_from(app: App, host: str) -> None:
    status, headers, body = ask(app, "/", headers={"host": host})
    assert status == 200
    assert "default-src 'self'" in headers["content-security-policy"]
    assert {found for found in re.findall(r"https?://([^/\"'<\s]+)", body)} <= {host, "www.w3.org"}


@pytest.mark.parametrize(
    "query",
    [
        "lang=" + "e" * 200_000,
        "&".join(f"a{number}=1" for number in range(5_000)),
        "lang=<script>alert(1)</script>",
        "lang=es%00&lang[]=x&__theme=dark%22onload=x",
        "deep_link=../../etc/passwd",
        "view=api&__sign=x",
    ],
    ids=range(6),
)
def test_a_hostile_query_gets_the_plain_page(app: App, query: str) -> None:
    status, _, body = ask(app, f"/?{query}")
    assert status == 200
    assert "alert(1)" not in body
    assert "onload=x" not in body
