"""Stand-ins on this machine for the official services, and doors that lead there and nowhere else.

The code under test looks names up, judges addresses and speaks HTTP as always; only the last step,
to dial, leads to a server here.
"""

from __future__ import annotations

import io
import socket
import socketserver
import ssl
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpcore

from assistant.corpus.fetch.answers import JSON, Asked, Form, Token
from assistant.corpus.fetch.catalogue import Host
from assistant.corpus.fetch.doors import Doors

PUBLIC = "93.184.215.14"
SECRET = "c0ffee1234567890c0ffee1234567890c0ffee12"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes over the line."""

    body: bytes = b"{}"
    kind: str = "application/json"
    status: int = 200
    headers: tuple[str, ...] = ()
    length: int | None = None  # claimed, where that is not the truth
    silent: bool = False  # nothing comes after what is there
    dripping: bool = False  # one byte after another, each well before any silence is too long

    def raw(self) -> bytes:
        length = len(self.body) if self.length is None else self.length
        lines = (
            f"HTTP/1.1 {self.status} Told",
            f"Content-Length: {length}",
            *([f"Content-Type: {self.kind}"] if self.kind else []),
            *self.headers,
            "Connection: close",
        )
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass(frozen=True, slots=True)
class Request:
    """What the server was sent."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def host(self) -> str:
        return self.headers["host"]


@dataclass(slots=True)
class Server:
    """A server with a queue of replies for each path of a host; the last one stays."""

    port: int = 0
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    hold: threading.Event = field(default_factory=threading.Event)

    def tells(self, address: str, *replies: Reply) -> None:
        """What is told at host and path, in turn."""
        self.replies[address] = list(replies)

    def reply(self, request: Request) -> Reply:
        self.requests.append(request)
        queue = self.replies.get(f"{request.host}{request.path}", [Reply(status=404)])
        return queue.pop(0) if len(queue) > 1 else queue[0]

    @property
    def asked(self) -> list[str]:
        return [f"{each.host}{each.path}" for each in self.requests]


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        ours: Server = self.server.ours  # type: ignore[attr-defined]
        line = self.request
        line.settimeout(10)
        try:
            if ours.tls:
                line = ours.tls.wrap_socket(line, server_side=True)
            request = _request(line)
            if request is None:
                return
            reply = ours.reply(request)
            step = 1 if reply.dripping else len(reply.raw())
            for at in range(0, len(reply.raw()), step):
                line.sendall(reply.raw()[at : at + step])
                ours.hold.wait(0.02 if reply.dripping else 0)
            if reply.silent:
                ours.hold.wait(20)
        except OSError:
            return  # the other side has gone, as it should from some of these
        finally:
            if line is not self.request:
                line.close()


def _request(line: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            return None
        data += piece
    first, *lines = data.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    method, path, _ = first.split(" ")
    pairs = (each.split(": ", 1) for each in lines)
    return Request(method, path, {name.lower(): value for name, value in pairs}, data)


class _Threading(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 20


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server on a free port of this machine."""
    ours = Server(tls=tls)
    with _Threading(("127.0.0.1", 0), _Handler) as listening:
        listening.ours = ours  # type: ignore[attr-defined]
        ours.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield ours
        finally:
            ours.hold.set()
            listening.shutdown()
            thread.join()


class Bare(httpcore.NetworkStream):
    """A stream that needs no certificate, for tests of all but TLS; it keeps the name asked for."""

    def __init__(self, stream: httpcore.NetworkStream, names: list[str | None]) -> None:
        self._stream, self._names = stream, names

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        self._names.append(server_hostname)
        return self

    def get_extra_info(self, info: str) -> Any:
        return None if info == "ssl_object" else self._stream.get_extra_info(info)


@dataclass(slots=True)
class Ways:
    """What was looked up and dialled, how long was waited; time only goes on by waiting."""

    server: Server
    now: float = 0.0
    step: float = 0.0  # that each look at the clock takes
    addresses: Sequence[str] = (PUBLIC,)
    looked_up: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def doors(self, tls: ssl.SSLContext | None = None, bare: bool = True) -> Doors:
        return Doors(
            resolve=self._resolve,
            dial=self._dial if bare else self._dial_only,
            tls=tls or ssl.create_default_context(),
            clock=self._clock,
            sleep=self._sleep,
        )

    def _resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        return self.addresses

    def _dial(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        return Bare(self._dial_only(address, port, seconds), self.names)

    def _dial_only(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.dialled.append((address, port))
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.server.port, timeout=seconds)

    def _clock(self) -> float:
        self.now += self.step
        return self.now

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def asked(path: str = "/x", form: Form = JSON, token: Token | None = None) -> Asked:
    """A question to CourtListener's stand-in."""
    return Asked(Host.COURTS, path, form, "Look elsewhere.", token)


def packed(
    members: dict[str, bytes], change: Callable[[zipfile.ZipInfo], None] | None = None
) -> bytes:
    """A zip archive of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if change:
                change(info)
            archive.writestr(info, content)
    return held.getvalue()
