"""A chat-completions server on this machine that answers as a script says, well or badly."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from assistant.corpus.sentences import sentence_spans

_PASSAGE = re.compile(r"^\[(P\d+)\] .*? \([a-z-]+, [\d-]{10}\): ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does with one request."""

    pieces: Sequence[str] = ()
    status: int = 200
    body: str | None = None  # sent as it is, in place of a stream
    before: float = 0.0  # seconds of silence before the first piece
    between: float = 0.0  # seconds between two pieces
    cut: bool = False  # ends without the end that HTTP asks for
    finished: str | None = "stop"  # why the model says it ends; None where it does not say


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    system: str
    user: str
    raw: str
    headers: dict[str, str]

    @property
    def wants_json(self) -> bool:
        """Whether it asks for an answer by a schema."""
        return "response_format" in json.loads(self.raw)

    @property
    def passages(self) -> dict[str, str]:
        """The passages' texts by their keys, as of today."""
        evidence = self.user.rpartition("\nEVIDENCE-")[0]
        found = list(_PASSAGE.finditer(evidence))
        ends = [*(each.start() for each in found), len(evidence)][1:]
        return {
            each[1]: evidence[each.end() : end].strip()
            for each, end in zip(found, ends, strict=True)
        }

    def sentences(self) -> Iterator[tuple[str, str]]:
        """(key, sentence) of every passage, in order."""
        for key, text in self.passages.items():
            for start, end in sentence_spans(text):
                yield key, text[start:end]


Script = Callable[[Asked], Reply]


@dataclass
class ModelServer:
    """Listens on a free port; keeps what it was asked; answers by ``script``."""

    script: Script = field(default=lambda asked: Reply())
    asked: list[Asked] = field(default_factory=list)
    stopping: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address that a client is given."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def follow(self, script: Script) -> None:
        """Answers by this script from now on, with nothing asked yet."""
        self.script = script
        self.asked.clear()

    def close(self) -> None:
        """Ends every silence and stops listening."""
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, server: ModelServer, *connection: Any) -> None:
        self._ours = server
        super().__init__(*connection)

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = _asked(raw, {name.lower(): said for name, said in self.headers.items()})
        self._ours.asked.append(asked)
        self.close_connection = True
        with suppress(OSError):  # the client may leave
            self._answer(self._ours.script(asked))

    def _answer(self, reply: Reply) -> None:
        whole = reply.body is not None or reply.status != 200
        self.send_response(reply.status)
        # A broken stream is still called one: that is what makes it broken.
        self.send_header("Content-Type", "application/json" if reply.status != 200 else _STREAM)
        self.send_header("Connection", "close")
        if whole:
            body = (reply.body or json.dumps({"error": {"message": "no"}})).encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._stream(reply)

    def _stream(self, reply: Reply) -> None:
        self._ours.stopping.wait(reply.before)
        for number, piece in enumerate(reply.pieces):
            if number and reply.between:
                self._ours.stopping.wait(reply.between)
            self._chunk(_event({"role": "assistant", "content": piece}))
        if not reply.cut:
            if reply.finished:
                self._chunk(_event({}, reply.finished))
            self._chunk("data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, text: str) -> None:
        held = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(held), held))
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


_STREAM = "text/event-stream"


def _event(delta: dict[str, str], finished: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finished}
    chunk = {
        "id": "scripted",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [choice],
    }
    return f"data: {json.dumps(chunk)}\n\n"


def _asked(raw: str, headers: dict[str, str]) -> Asked:
    messages = {each["role"]: each["content"] for each in json.loads(raw)["messages"]}
    # A model that thinks is given its rules as the developer's.
    rules = messages.get("system") or messages["developer"]
    return Asked(rules, messages["user"], raw, headers)


def lines(*written: str, **more: Any) -> Script:
    """A model that writes these lines, whatever it is asked."""
    return lambda asked: Reply([f"{line}\n" for line in written], **more)


def perfect(asked: Asked) -> Reply:
    """A model that repeats the sentences of its passages, with their keys, in small pieces."""
    text = "".join(f"{sentence} [{key}]\n" for key, sentence in asked.sentences())
    return Reply([text[start : start + 40] for start in range(0, len(text), 40)])


def changed(*changes: tuple[str, str]) -> Script:
    """A model that repeats sentences with one of these words in another's place."""

    def script(asked: Asked) -> Reply:
        return Reply([f"{text} [{key}]\n" for key, text in poisoned(asked, changes)])

    return script


def poisoned(asked: Asked, changes: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(key, sentence) wherever one of the changes can be made."""
    for key, sentence in asked.sentences():
        for old, new in changes:
            if old in sentence:
                yield key, sentence.replace(old, new)


def once(first: Reply, then: Script) -> Script:
    """A server that fails once, then answers."""
    left = [first]
    return lambda asked: left.pop() if left else then(asked)
