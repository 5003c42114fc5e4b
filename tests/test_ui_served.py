"""What leaves the server: our document, and no door the page does not use."""

import asyncio
import re
from typing import Any

import pytest

from assistant.models import Language
from assistant.texts import say
from assistant.ui.frame import Page
from assistant.ui.pages import PAGES
from assistant.ui.served import Doorway, manifest, page_document, reader_language

DOCUMENT = """<!doctype html><html lang="en"><head><meta charset="utf-8" />
<base href="./" /><meta property="og:image" content="https://elsewhere.example/picture.jpg" />
<meta name="twitter:creator" content="@Elsewhere" /><link rel="manifest" href="/manifest.json" />
</head>
<body style="margin: 0"><p>§</p></body></html>"""


ASK = PAGES[0]
OTHER = Page(
    path="/other",
    room="library",
    build=print,
    scripts=("other.js",),
    styles=("other.css",),
    words=("ui.skip",),
)


async def inner(scope: Any, receive: Any, send: Any) -> None:
    body = DOCUMENT.encode()
    headers = [(b"content-length", str(len(body)).encode())]
    if (b"accept-encoding", b"br") in scope["headers"]:
        raise AssertionError("the document must be asked for uncompressed")
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body[:50], "more_body": True})
    await send({"type": "http.response.body", "body": body[50:]})


def get(
    path: str, query: str = "", language: str = "en", kind: str = ""
) -> tuple[int, dict[str, str], str]:
    sent: list[Any] = []
    scope = {
        "type": "http",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept-language", language.encode()), (b"content-type", kind.encode())],
    }
    if path in {"/", "/other"}:
        scope["headers"].append((b"accept-encoding", b"br"))

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Doorway(inner, (ASK, OTHER))(scope, None, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], headers, body.decode()


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", Language.EN),
        ("", "es-MX,es;q=0.9,en;q=0.5", Language.ES),
        ("", "en-US,en;q=0.9,es;q=0.8", Language.EN),
        ("", "fr,es;q=0.4,en;q=0.6", Language.EN),
        ("", "fr,de", Language.EN),
        ("", "es;q=nonsense, en", Language.EN),
        ("", "es;q=0, en;q=0.1", Language.EN),
        ("lang=es", "en", Language.ES),
        ("lang=xx", "es", Language.ES),
    ],
)
def test_the_first_page_comes_in_the_readers_language(
    query: str, accepted: str, language: Language
) -> None:
    assert reader_language(query, accepted) is language


@pytest.mark.parametrize("language", list(Language), ids=str)
def test_the_document_is_ours_and_names_no_other_host(language: Language) -> None:
    page = page_document(DOCUMENT, ASK, language)
    assert f'<html lang="{language.value}">' in page
    assert "elsewhere" not in page.lower()
    assert not re.search(r"https?://", page)
    assert say(language, "ui.needs_script") in page
    assert page.index("/page/frame.css") < page.index("/page/ask.css") < page.index("</head>")
    assert page.index("/page/frame.js") < page.index("/page/ask.js")
    assert f"<title>{say(language, 'ui.product')}</title>" in page
    assert page.count('rel="manifest"') == 1
    assert "<base" not in page


@pytest.mark.parametrize("language", list(Language), ids=str)
def test_each_page_has_its_own_title_styles_script_and_words(language: Language) -> None:
    page = page_document(DOCUMENT, OTHER, language)
    assert "ask.js" not in page
    assert "/page/other.js" in page
    assert "/page/other.css" in page
    assert say(language, "ui.product") in page[page.index("<title>") : page.index("</title>")]
    assert f'"ui.skip": "{say(language, "ui.skip")}"' in page


@pytest.mark.parametrize("language", list(Language), ids=str)
def test_the_app_names_itself_to_a_phone_in_the_readers_language(language: Language) -> None:
    told = manifest(f"lang={language.value}")
    assert told["name"] == say(language, "ui.product")
    assert told["start_url"] == f"/?lang={language.value}"
    assert "http" not in str(told)


def test_the_document_is_sent_whole_with_its_true_length() -> None:
    status, headers, body = get("/", language="es")
    assert status == 200
    assert int(headers["content-length"]) == len(body.encode())
    assert headers["cache-control"] == "no-store"
    assert 'lang="es"' in body
    assert "§" in body


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/deep_link",
        "/gradio_api/proxy=https://elsewhere.example/",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/info",
        "/gradio_api/runs",
        "/gradio_api/call/ask",
        "/gradio_api/component_server",
        "/gradio_api/process_recording",
        "/gradio_api/stream/x",
        "/monitoring",
        "/docs",
        "/openapi.json",
        "/page/../secrets%0a",
        "/gradio_api/queue/status",
        "/manifest.json",
        "/other/",
        "/another",
        "/otherwise",
    ],
)
def test_doors_the_page_does_not_use_are_shut(path: str) -> None:
    assert get(path)[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/assets/Index-Akn07EZk2.js",
        "/static/js/iframeResizer.contentWindow.min.js",
        "/page/frame.css",
        "/page/manifest.webmanifest",
        "/other",
        "/theme.css",
        "/config",
        "/favicon.ico",
        "/gradio_api/heartbeat/sc06t0chi6h",
        "/gradio_api/queue/join",
        "/gradio_api/queue/data",
        "/gradio_api/run/predict",
    ],
)
def test_doors_the_page_uses_are_open(path: str) -> None:
    assert get(path)[0] == 200


@pytest.mark.parametrize(
    ("kind", "status"),
    [("application/json", 200), ("multipart/form-data; boundary=x", 404), ("", 404)],
)
def test_a_script_may_ask_python_in_json_only(kind: str, status: int) -> None:
    assert get("/gradio_api/component_server/", kind=kind)[0] == status
