"""The shapes of an ASGI app, and the headers that go out with everything it sends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Headers = tuple[tuple[str, str], ...]

HEADERS: Headers = (
    (
        # Gradio builds its templates and its styles in the page, so those two words stay.
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    # Another site's page may neither hold a window of ours nor load a thing from here.
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
)
# Only where TLS stands in front: over plain HTTP browsers must ignore it.
_STRICT: Headers = (("strict-transport-security", "max-age=31536000"),)
_NO_STORE = (b"cache-control", b"no-store")
# What never changes under its name may be kept; all else can hold a question or an answer.
_KEEPABLE = ("/assets/", "/static/", "/page/")


def dressed(path: str, send: Send, tls: bool = False) -> Send:
    """A way of sending that adds our headers, and takes off Gradio's leave for other sites."""
    ours = [(name.encode(), value.encode()) for name, value in HEADERS + (_STRICT if tls else ())]
    named = {name for name, _ in ours}
    keepable = path.startswith(_KEEPABLE)

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [
                (name.lower(), value)
                for name, value in message.get("headers", [])
                if name.lower() not in named and not name.lower().startswith(b"access-control-")
            ]
            if not keepable:
                kept = [*(pair for pair in kept if pair[0] != b"cache-control"), _NO_STORE]
            message = {**message, "headers": [*kept, *ours]}
        await send(message)

    return sending


async def send_text(
    send: Send, status: int, text: str, kind: str = "text/plain", headers: Headers = ()
) -> None:
    """Send a short answer whole."""
    body = text.encode()
    sent = (
        ("content-type", f"{kind}; charset=utf-8"),
        ("content-length", str(len(body))),
        *headers,
    )
    told = [(name.encode(), value.encode()) for name, value in sent]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
