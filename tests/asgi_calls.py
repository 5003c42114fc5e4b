"""Requests to an ASGI app without a server: what came back, and nothing in between."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Came:
    """What an app sent back."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass(slots=True)
class Inner:
    """An app that answers everything, and keeps what reached it."""

    status: int = 200
    headers: Pairs = ()
    bodies: list[bytes] = field(default_factory=list)
    holding: asyncio.Event | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.bodies.append(body)
        if self.holding:
            await self.holding.wait()
        headers = [(name.encode(), value.encode()) for name, value in self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"inside"})


@dataclass(slots=True)
class Call:
    """One request; ``pieces`` is its body, and None in it a client that leaves."""

    path: str
    method: str = "GET"
    headers: Pairs = ()
    client: str = "127.0.0.1"
    pieces: Sequence[bytes | None] = (b"",)
    pause: float = 0.0

    async def to(self, app: Any) -> Came:
        """What the app sends back."""
        sent: list[Any] = []
        rest = list(self.pieces)
        host = [] if any(name == "host" for name, _ in self.headers) else [("host", "localhost")]
        scope = {
            "type": "http",
            "method": self.method,
            "path": self.path,
            "query_string": b"",
            "headers": [(n.encode(), v.encode()) for n, v in [*host, *self.headers]],
            "client": (self.client, 5000),
        }

        async def receive() -> Any:
            await asyncio.sleep(self.pause)
            piece = rest.pop(0) if rest else None
            if piece is None:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": piece, "more_body": bool(rest)}

        async def send(message: Any) -> None:
            sent.append(message)

        await app(scope, receive, send)
        if not sent:
            return Came(0, {}, "")
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        assert len(headers) == len(sent[0]["headers"]), "a header was sent twice"
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Came(sent[0]["status"], headers, body.decode())

    def now(self, app: Any) -> Came:
        """The same, from a test that is no coroutine."""
        return asyncio.run(self.to(app))
