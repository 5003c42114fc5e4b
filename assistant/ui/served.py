"""What leaves the server: Gradio's pages with our head, and no other door open."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from urllib.parse import parse_qs

from assistant.models import Language
from assistant.texts import say
from assistant.ui.asgi import App, Message, Receive, Send, send_text
from assistant.ui.frame import Page
from assistant.ui.markup import plain
from assistant.ui.theme import LIGHT, style_variables

STATIC = "/page"

MANIFEST = "manifest.webmanifest"

# What pages ask for beside themselves, and nothing else. Gradio has more doors (uploads, links
# that save a session to disk, a proxy): shut, they can neither write to disk nor be turned on
# anyone.
_OPEN = re.compile(
    r"/(?:assets|static|page)/[\w./-]+|/(?:theme\.css|config/?|favicon\.ico|robots\.txt)"
    r"|/gradio_api/(?:heartbeat/\w+|queue/(?:join|data)|run/predict|cancel|reset|app_id/?"
    r"|startup-events|theme\.css)/?"
)
# A part of a path that is nothing, or climbs.
_CLIMBS = re.compile(r"/\.*(?:/|$)")
# Gradio writes the name it was asked by into the page, and fails on what is none.
_HOST = re.compile(r"(?:[\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])(?::\d{1,5})?", re.ASCII)
_NAMES_HOST = (b"host", b"x-forwarded-host")
# What a script asks Python comes as JSON. Anything else sent there would be unpacked to disk.
_ASKING = re.compile(r"/gradio_api/component_server/?")
_JSON = b"application/json"
# Gradio's preview tags name its own site and a picture on another host, its manifest says nothing
# in our languages, and with its base every anchor would lead to the first page.
_FOREIGN_TAGS = re.compile(
    r'<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*|<link rel="manifest"[^>]*>\s*|<base [^>]*>'
)
_HTML_LANGUAGE = re.compile(r'(<html\s+lang=")\w+(")')
_HEAD = re.compile(r"<meta charset=[^>]*>")
_BODY = re.compile(r"<body[^>]*>")
_FRAME_WORDS = (
    *(
        f"ui.{name}"
        for name in ("copied", "copy_failed", "saved", "lost", "request_failed", "page_title")
    ),
    "limits.waits",
    "limits.gave_up",
)


def page_document(html: str, page: Page, language: Language) -> str:
    """Gradio's document in the reader's language, with our styles and scripts, naming no host."""
    styles = "".join(
        f'<link rel="stylesheet" href="{STATIC}/{name}">' for name in ("frame.css", *page.styles)
    )
    scripts = "".join(
        f'<script src="{STATIC}/{name}"></script>' for name in ("frame.js", *page.scripts)
    )
    head = (
        f"<title>{plain(_title(page, language))}</title>"
        f'<meta name="description" content="{plain(say(language, f"{page.room}.description"))}">'
        f'<link rel="manifest" href="{STATIC}/{MANIFEST}?lang={language.value}" '
        'crossorigin="use-credentials">'
        f"<style>{style_variables()}</style>{styles}"
        f'<link rel="stylesheet" href="{STATIC}/print.css" media="print">'
        f"<script>const frameWords = {_script_words(page)};</script>{scripts}"
    )
    notice = f"<noscript><p>{plain(say(language, 'ui.needs_script'))}</p></noscript>"
    html = _FOREIGN_TAGS.sub("", html)
    html = _HTML_LANGUAGE.sub(rf"\g<1>{language.value}\g<2>", html, count=1)
    html = _HEAD.sub(lambda found: found.group() + head, html, count=1)
    return _BODY.sub(lambda found: found.group() + notice, html, count=1)


def manifest(query: str) -> dict[str, object]:
    """What a phone needs to put the app among its own, in the language asked for."""
    language = reader_language(query, "")
    return {
        "id": "/",
        "name": say(language, "ui.product"),
        "short_name": say(language, "ui.product"),
        "description": say(language, "ui.description"),
        "lang": language.value,
        "start_url": f"/?lang={language.value}",
        "scope": "/",
        "display": "standalone",
        "background_color": LIGHT["paper"],
        "theme_color": LIGHT["accent"],
        "icons": [{"src": f"{STATIC}/mark.svg", "sizes": "any", "type": "image/svg+xml"}],
    }


def _title(page: Page, language: Language) -> str:
    product = say(language, "ui.product")
    if page.path == "/":
        return product
    return say(language, "ui.page_title", title=say(language, f"{page.room}.title"))


def _script_words(page: Page) -> str:
    keys = (*_FRAME_WORDS, *page.words)
    words = {
        language.value: {"title": _title(page, language)}
        | {key: say(language, key) for key in keys}
        for language in Language
    }
    # A script ends at the first "</", even inside a string.
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


def reader_language(query: str, accepted: str) -> Language:
    """The language in ``?lang=``, or else the first of ours that the browser prefers."""
    asked = parse_qs(query).get("lang", [])
    for name in [*asked, *_by_preference(accepted)]:
        for language in Language:
            if name.lower().split("-")[0] == language.value:
                return language
    return Language.EN


def _by_preference(accepted: str) -> list[str]:
    ranked: list[tuple[float, str]] = []
    for entry in accepted.split(","):
        name, _, weight = entry.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), name))
        except ValueError:
            continue
    return [name for weight, name in sorted(ranked, key=lambda pair: pair[0]) if weight]


class Doorway:
    """Wraps an ASGI app: shuts what the pages do not use, and sends our head."""

    def __init__(self, app: App, pages: Sequence[Page]) -> None:
        self._app = app
        self._pages = {page.path: page for page in pages}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        page = self._pages.get(scope["path"])
        if not _names_a_host(scope):
            await send_text(send, 400, "Bad request")
        elif page is not None:
            await self._document(page, scope, receive, send)
        elif _open(scope):
            await self._app(scope, receive, send)
        else:
            await send_text(send, 404, "Not found")

    async def _document(self, page: Page, scope: Message, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        accepted = headers.get(b"accept-language", b"").decode("latin-1")
        language = reader_language(scope["query_string"].decode("latin-1"), accepted)
        # The document is rewritten here, so it must arrive uncompressed, and never from a
        # deep link, which would read a saved session.
        plainly = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        inner = {**scope, "headers": plainly, "query_string": b""}
        start: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                await _send_document(start, bytes(body), page, language, send)

        await self._app(inner, receive, collect)


def _open(scope: Message) -> bool:
    if _ASKING.fullmatch(scope["path"]):
        return dict(scope["headers"]).get(b"content-type") == _JSON
    path = scope["path"]
    return _OPEN.fullmatch(path) is not None and not _CLIMBS.search(path.rstrip("/"))


def _names_a_host(scope: Message) -> bool:
    """Whether what the request calls this host could be the name of one."""
    named = [value.decode("latin-1") for name, value in scope["headers"] if name in _NAMES_HOST]
    # One server in front of another adds its name after a comma.
    return all(_HOST.fullmatch(each.strip()) for names in named for each in names.split(","))


async def _send_document(
    start: Message, body: bytes, page: Page, language: Language, send: Send
) -> None:
    sent = page_document(body.decode("utf-8"), page, language).encode("utf-8") if body else body
    kept = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
    kept.append((b"content-length", str(len(sent)).encode()))
    kept.append((b"cache-control", b"no-store"))
    kept.append((b"vary", b"accept-language"))
    await send({**start, "headers": kept})
    await send({"type": "http.response.body", "body": sent})
