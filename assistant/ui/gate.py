"""The gate before the pages: what is let in, how much of it at once, and what is counted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from assistant.config import Settings
from assistant.ui.asgi import App, Message, Receive, Send, dressed, send_text
from assistant.ui.bodies import Gone, TooBig, read_body, replay
from assistant.ui.health import Health
from assistant.ui.incoming import PYTHON, Incoming
from assistant.ui.limits import Limit
from assistant.ui.metrics import KIND, Metrics
from assistant.ui.refusals import Reason, Refusal
from assistant.ui.sign_in import SignIn

MOST_OPEN = 400  # requests open at once: two for each tab while an answer comes
MOST_BYTES = 100_000  # a question has 2,000 characters at most
# The FAQ desk sends back whole lists, and files of earlier ones.
MOST_BYTES_OF_LISTS = 12_000_000
MOST_LISTS = 4  # of that size, read at once
SECONDS_TO_SEND = 20.0
_SOON, _LATER = 5, 15  # seconds to come back after
_TRIES_A_MINUTE = 20  # of names and passwords, for each client
_ASK_FOR_NAME = (("www-authenticate", 'Basic realm="Ask 6103", charset="UTF-8"'),)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class Gate:
    """Wraps the pages; refuses what would harm them or others, and tells how the server is."""

    def __init__(self, app: App, settings: Settings, metrics: Metrics, health: Health) -> None:
        """Takes the settings as they stand; a sign-in file is read once, here.

        Raises:
            SettingsError: The sign-in file cannot be used.
        """
        self._app, self._settings = app, settings
        self._sign_in = SignIn(settings.sign_in) if settings.sign_in else None
        self._tries = Limit(_TRIES_A_MINUTE)
        self._metrics, self._health = metrics, health
        self._limit = Limit(settings.questions_a_minute)
        self._open = self._answering = self._lists = 0
        self.leaving = False
        metrics.gauge("requests_open", lambda: self._open)
        self._watching: dict[str, Callable[[Incoming, Send], Awaitable[None]]] = {
            "/healthz": self._healthz,
            "/readyz": self._readyz,
            "/metrics": self._metrics_text,
        }

    @property
    def busy(self) -> bool:
        """Whether an answer is still on its way to someone."""
        return self._answering > 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        came = Incoming.read(scope, self._settings.behind_proxy)
        out = self._counted(dressed(came.path, send, tls=self._settings.behind_proxy))
        self._open += 1
        try:
            await self._answer(came, scope, receive, out)
        finally:
            self._open -= 1

    async def _answer(self, came: Incoming, scope: Message, receive: Receive, out: Send) -> None:
        watching = self._watching.get(came.path)
        if watching and (came.path != "/metrics" or came.own or self._settings.metrics_open):
            await watching(came, out)
        elif refusal := self._refusal(came) or await self._stranger(came):
            await self._refuse(refusal, came, out)
        elif came.method == "POST":
            await self._with_body(came, scope, receive, out)
        else:
            await self._let_in(came, scope, receive, out)

    def _refusal(self, came: Incoming) -> Refusal | None:
        """What speaks against letting it in, if anything."""
        alone = not (self._settings.public or self._settings.behind_proxy)
        if alone and not (came.own and came.to_this_machine):
            return Refusal(403, Reason.ELSEWHERE)
        if came.method == "POST" and came.from_another_site:
            return Refusal(403, Reason.OTHER_SITE)
        if self.leaving and not came.finishes:
            return Refusal(503, Reason.LEAVING, _LATER)
        if self._open > MOST_OPEN and not came.finishes:
            return Refusal(503, Reason.FULL, _SOON)
        # On a machine of one's own nobody else is kept waiting.
        if came.asks and not came.own and (seconds := self._limit.wait(came.address)):
            return Refusal(429, Reason.TOO_MANY, seconds)
        return None

    async def _stranger(self, came: Incoming) -> Refusal | None:
        """Whoever has not signed in, where that is asked; trying passwords is slow."""
        given = came.headers.get(b"authorization", b"")
        if self._sign_in is None or self._sign_in.knows(given):
            return None
        if given and (seconds := self._tries.wait(came.address)):
            return Refusal(429, Reason.TRIED, seconds)
        if given and await self._sign_in.accepts(given):
            return None
        return Refusal(401, Reason.SIGN_IN, headers=_ASK_FOR_NAME)

    async def _with_body(self, came: Incoming, scope: Message, receive: Receive, out: Send) -> None:
        most = MOST_BYTES_OF_LISTS if came.path == PYTHON else MOST_BYTES
        told = came.headers.get(b"content-length", b"0")
        large = not told.isdigit() or int(told) > MOST_BYTES
        if large and self._lists >= MOST_LISTS:
            await self._refuse(Refusal(503, Reason.FULL, _SOON), came, out)
            return
        self._lists += large
        try:
            if told.isdigit() and int(told) > most:
                raise TooBig
            body = await read_body(receive, most, SECONDS_TO_SEND)
        except TooBig:
            await self._refuse(Refusal(413, Reason.TOO_BIG), came, out)
        except TimeoutError:
            await self._refuse(Refusal(408, Reason.TOO_SLOW), came, out)
        except Gone:
            return
        else:
            await self._let_in(came, scope, replay(body, receive), out)
        finally:
            self._lists -= large

    async def _let_in(self, came: Incoming, scope: Message, receive: Receive, out: Send) -> None:
        if came.method not in _METHODS:
            await send_text(out, 405, "Method not allowed")
            return
        self._answering += came.answering
        try:
            await self._app(scope, receive, self._queued(out) if came.joins else out)
        finally:
            self._answering -= came.answering

    async def _refuse(self, refusal: Refusal, came: Incoming, out: Send) -> None:
        self._metrics.count("refused", reason=refusal.reason.value)
        await refusal.send(came, out)

    def _counted(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._metrics.count("requests", status=f"{message['status'] // 100}xx")
            await send(message)

        return sending

    def _queued(self, send: Send) -> Send:
        """Gradio says that its queue is full; we say when to come back."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 503:
                self._metrics.count("refused", reason=Reason.FULL.value)
                later = (b"retry-after", str(_SOON).encode())
                message = {**message, "headers": [*message.get("headers", []), later]}
            await send(message)

        return sending

    async def _healthz(self, came: Incoming, out: Send) -> None:
        await send_text(out, 200, "ok\n")

    async def _readyz(self, came: Incoming, out: Send) -> None:
        trouble = "stopping" if self.leaving else await asyncio.to_thread(self._health.trouble)
        await send_text(out, 503 if trouble else 200, f"{trouble or 'ready'}\n")

    async def _metrics_text(self, came: Incoming, out: Send) -> None:
        await send_text(out, 200, self._metrics.text(), KIND)
