"""A served page: how it stops, whom it lets wait, and that no chat sees another."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
import ui_fakes
from chats import Chat
from serving import serving
from ui_fakes import FakeAssistant

from assistant.ui import connections
from assistant.ui.page import application
from assistant.ui.pages import ask
from assistant.ui.reach import is_this_machine

pytestmark = pytest.mark.network
SERVE_SLOW = Path(__file__).with_name("serve_slow.py")


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The address of the Ask page, served in this process with its own connections."""
    with serving(application(FakeAssistant(), (ask.PAGE,))) as address:
        yield address


@pytest.fixture
def open_chat() -> Iterator[Callable[..., Chat]]:
    """Opens chats, and closes them after the test."""
    with ExitStack() as stack:

        def opened(address: str) -> Chat:
            chat = Chat(address)
            stack.callback(chat.client.close)
            return chat

        yield opened


def test_two_chats_never_see_each_others_words(served: str, open_chat: Callable[..., Chat]) -> None:
    mine, other = open_chat(served), open_chat(served)
    assert "zanzibar" in mine.ask("Is zanzibar mentioned?")
    assert "zanzibar" not in other.ask("Is samarkand mentioned?")
    assert "samarkand" not in mine.ask("And what else?")
    for chat, kept, foreign in ((mine, "zanzibar", "samarkand"), (other, "samarkand", "zanzibar")):
        shown = chat.press("speak").text
        assert kept in shown
        assert foreign not in shown
    assert "zanzibar" not in open_chat(served).press("speak").text


def test_a_question_cannot_go_round_the_queue(served: str, open_chat: Callable[..., Chat]) -> None:
    chat = open_chat(served)
    assert chat.press("ask", "Is this quick?").status_code == 404


def test_a_closed_page_frees_its_place(
    served: str, open_chat: Callable[..., Chat], monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken() -> int:
        text = httpx.get(f"{served}/metrics", trust_env=False).text
        return int(text.split("\nask6103_places_taken ")[1].splitlines()[0])

    # The whole answer would take six seconds to write.
    monkeypatch.setattr(ui_fakes, "PAUSE", 3.0)
    chat = open_chat(served)
    chat.join("Is this left? slowly")
    stream = chat.messages()
    while next(stream)["msg"] != "process_generating":
        pass
    assert taken() == 1
    stream.close()
    until = time.monotonic() + 3
    while taken() and time.monotonic() < until:
        time.sleep(0.05)
    assert taken() == 0


def connected(address: str) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=5)


@pytest.mark.parametrize("head", [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "])
def test_a_connection_that_dawdles_is_closed(
    served: str, head: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "SECONDS_TO_BEGIN", 0.3)
    with connected(served) as plug:
        plug.send(head)
        for _ in range(20):
            time.sleep(0.05)
            try:
                plug.send(b"a")
            except OSError:
                return
        assert plug.recv(1) == b""


def test_no_address_may_hold_every_connection(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_OF_ONE", 2)
    monkeypatch.setattr(connections, "is_this_machine", lambda address: False)
    assert is_this_machine("127.0.0.1")
    plugs = [connected(served) for _ in range(2)]
    with connected(served) as third, pytest.raises(ConnectionResetError):
        if third.recv(1) == b"":
            raise ConnectionResetError
    for plug in plugs:
        plug.close()


def test_a_running_answer_is_finished_before_the_server_stops(
    open_chat: Callable[..., Chat],
) -> None:
    with subprocess.Popen(
        [sys.executable, str(SERVE_SLOW)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        chat = open_chat(process.stdout.readline().strip())
        assert chat.join("Will this be answered?").status_code == 200
        messages = chat.messages()
        next(messages)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        refused = httpx.get(f"{chat.address}", trust_env=False)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "15")
        last = [message for message in messages if message["msg"] == "process_completed"]
        assert len(last) == 1
        assert "sentence" in str(last[0]["output"])
        started = time.monotonic()
        assert process.wait(timeout=8) in {0, -signal.SIGTERM}
        assert time.monotonic() - started < 5
