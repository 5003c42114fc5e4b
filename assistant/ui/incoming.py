"""One request as the gate sees it: who sent it, through whom, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.models import Language
from assistant.ui.asgi import Message
from assistant.ui.reach import is_this_machine
from assistant.ui.served import reader_language

_JOIN = "/gradio_api/queue/join"
PYTHON = "/gradio_api/component_server"
# What makes an answer or a file; the rest only carries it.
_ASKING = frozenset({_JOIN, PYTHON, "/gradio_api/run/predict"})
# What a running answer still needs once nothing new is let in.
_FINISHING = frozenset({"/gradio_api/queue/data", "/gradio_api/cancel"})
# Open for as long as an answer is on its way.
_ANSWERING = frozenset({"/gradio_api/queue/data", *_ASKING})
_FORWARDING = (b"x-forwarded-for", b"forwarded", b"x-real-ip")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One request; ``address`` is the client's own, told by the proxy where one is declared."""

    method: str
    path: str
    query: str
    headers: Mapping[bytes, bytes]
    address: str
    forwarded: bool

    @classmethod
    def read(cls, scope: Message, behind_proxy: bool) -> Incoming:
        """A request, with the address that the proxy nearest to us has added last."""
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            headers[name] = headers[name] + b"," + value if name in headers else value
        client = scope.get("client")
        address = client[0] if client else ""
        told = headers.get(b"x-forwarded-for", b"").rpartition(b",")[2].strip()
        if behind_proxy and told:
            address = told.decode("latin-1")[:64]
        return cls(
            method=scope["method"],
            path=scope["path"].rstrip("/") or "/",
            query=scope["query_string"].decode("latin-1"),
            headers=headers,
            address=address,
            forwarded=any(name in headers for name in _FORWARDING),
        )

    @property
    def own(self) -> bool:
        """Whether it comes from this very machine, with nobody in front."""
        return is_this_machine(self.address) and not self.forwarded

    @property
    def asks(self) -> bool:
        """Whether it has something made."""
        return self.method == "POST" and self.path in _ASKING

    @property
    def joins(self) -> bool:
        """Whether it takes a place in the queue."""
        return self.path == _JOIN

    @property
    def finishes(self) -> bool:
        """Whether a running answer needs it."""
        return self.path in _FINISHING

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way for as long as it is open."""
        return self.path in _ANSWERING

    @property
    def from_a_script(self) -> bool:
        """Whether a script reads the answer, and not a person."""
        return self.path.startswith("/gradio_api/")

    @property
    def to_this_machine(self) -> bool:
        """Whether it was sent to a name that only this machine has."""
        host = self.headers.get(b"host", b"localhost").decode("latin-1")
        try:
            return is_this_machine(urlsplit(f"//{host}").hostname or "")
        except ValueError:  # no name at all
            return False

    @property
    def from_another_site(self) -> bool:
        """Whether a browser sends it for a page that is not ours."""
        told = self.headers.get(b"sec-fetch-site")
        if told is not None:
            return told not in (b"same-origin", b"none")
        origin = self.headers.get(b"origin")
        host = self.headers.get(b"x-forwarded-host", self.headers.get(b"host", b""))
        return origin is not None and origin.partition(b"://")[2] != host

    @property
    def language(self) -> Language:
        """The language to answer a person in."""
        accepted = self.headers.get(b"accept-language", b"").decode("latin-1")
        return reader_language(self.query, accepted)
