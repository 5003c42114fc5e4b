"""One file from one service: what is said, what is followed, what is refused, what is left."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from official_services import SECRET, Reply, Server, Ways, asked, serving

from assistant.corpus.fetch import asking
from assistant.corpus.fetch.answers import JSON, XML, ZIP, Asked, AskLater, Form, NotThere, Token
from assistant.corpus.fetch.asking import Caller
from assistant.corpus.fetch.catalogue import Host
from assistant.errors import CorpusError, ServiceError

pytestmark = pytest.mark.network

HERE = f"{Host.COURTS}/x"
TOKEN = Token(Host.COURTS, SECRET)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def ways(server: Server) -> Ways:
    return Ways(server)


def bring(ways: Ways, folder: Path, of: Asked | None = None) -> bytes:
    file = folder / "brought"
    Caller(ways.doors()).bring(of or asked(), file)
    return file.read_bytes()


def refused(ways: Ways, folder: Path, of: Asked | None = None) -> str:
    """What is said when nothing is taken; and nothing is left."""
    with pytest.raises(ServiceError) as caught:
        bring(ways, folder, of)
    assert list(folder.iterdir()) == []
    assert SECRET not in str(caught.value)
    return str(caught.value)


def moved(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers=(f"Location: {to}",))


def test_a_body_comes_whole_and_no_more_is_sent_than_must_be(
    server: Server, ways: Ways, tmp_path: Path
) -> None:
    server.tells(HERE, Reply(b'{"a": 1}', headers=("Set-Cookie: id=1; Path=/",)))
    caller = Caller(ways.doors())
    for name in ("first", "second"):
        caller.bring(asked(), tmp_path / name)
        assert (tmp_path / name).read_bytes() == b'{"a": 1}'
    for request in server.requests:
        assert request.method == "GET"
        assert set(request.headers) == {
            "host",
            "user-agent",
            "accept",
            "accept-encoding",
            "connection",
        }
        assert re.fullmatch(r"ask6103/\d[\w.]*", request.headers["user-agent"])
        assert request.raw.endswith(b"\r\n\r\n")
    assert ways.names == [Host.COURTS, Host.COURTS]


def test_requests_are_a_second_apart(server: Server, ways: Ways, tmp_path: Path) -> None:
    server.tells(HERE, moved("/y"))
    server.tells(f"{Host.COURTS}/y", Reply())
    caller = Caller(ways.doors())
    caller.bring(asked(), tmp_path / "a")
    caller.bring(asked(), tmp_path / "b")
    assert len(server.requests) == 4
    assert ways.slept == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_an_official_host_is_followed(
    status: int, server: Server, ways: Ways, tmp_path: Path
) -> None:
    server.tells(HERE, moved("https://www.ecfr.gov/there?a=%28b%29", status))
    server.tells("www.ecfr.gov/there?a=%28b%29", Reply(b'"there"'))
    assert bring(ways, tmp_path) == b'"there"'


@pytest.mark.parametrize(
    "to",
    [
        "http://www.courtlistener.com/y",
        "https://elsewhere.example/y",
        "https://www.courtlistener.com.elsewhere.example/y",
        "https://www.courtlistener.com@elsewhere.example/y",
        "https://me:you@www.courtlistener.com/y",
        "https://www.courtlistener.com:8443/y",
        "https://www.courtlistener.com:99999/y",
        "https://storage.courtlistener.com/y",
        "//elsewhere.example/y",
        "https://127.0.0.1/y",
        "https://[::1]/y",
        "https://[::1/y",
        "file:///etc/passwd",
        "https://uscode.house.gov\\@elsewhere.example/",
        "https://WWW.courtlistener.com\t.elsewhere.example/",
        "/a b",
        "",
    ],
)
def test_no_redirect_leads_elsewhere(to: str, server: Server, ways: Ways, tmp_path: Path) -> None:
    server.tells(HERE, moved(to))
    assert "not followed" in refused(ways, tmp_path)
    assert server.asked == [HERE]
    assert set(ways.looked_up) == {Host.COURTS}


def test_three_redirects_are_followed_and_no_fourth(
    server: Server, ways: Ways, tmp_path: Path
) -> None:
    for number in range(3):
        server.tells(f"{Host.COURTS}/{number}", moved(f"/{number + 1}"))
    server.tells(f"{Host.COURTS}/3", Reply(b'"end"'))
    assert bring(ways, tmp_path, asked("/0")) == b'"end"'
    (tmp_path / "brought").unlink()
    server.tells(f"{Host.COURTS}/3", moved("/4"))
    server.tells(f"{Host.COURTS}/4", Reply())
    assert "more than 3 times" in refused(ways, tmp_path, asked("/0"))
    assert server.asked[-1] == f"{Host.COURTS}/3"


def test_a_token_goes_to_its_own_host_alone(server: Server, ways: Ways, tmp_path: Path) -> None:
    server.tells(HERE, moved("/y"))
    server.tells(f"{Host.COURTS}/y", moved("https://uscode.house.gov/z"))
    server.tells("uscode.house.gov/z", Reply())
    bring(ways, tmp_path, asked(token=TOKEN))
    sent = [(each.host, each.headers.get("authorization")) for each in server.requests]
    assert sent == [
        (Host.COURTS, f"Token {SECRET}"),
        (Host.COURTS, f"Token {SECRET}"),
        (Host.CODE, None),
    ]
    assert SECRET.encode() not in server.requests[-1].raw


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 429, 500, 503])
def test_a_token_is_neither_shown_nor_logged(
    status: int,
    server: Server,
    ways: Ways,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.tells(HERE, Reply(b"x", kind="text/plain", status=status))
    with caplog.at_level(logging.DEBUG):
        refused(ways, tmp_path, asked(token=TOKEN))
    assert caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in repr(asked(token=TOKEN))


def test_a_token_that_could_not_be_sent_is_not_in_the_message(ways: Ways, tmp_path: Path) -> None:
    bad = Token(Host.COURTS, f"{SECRET}\r\nX: y")
    assert "could not be written down" in refused(ways, tmp_path, asked(token=bad))


SMALL = replace(JSON, most=100)


def test_more_bytes_than_any_such_text_has_are_not_read(
    server: Server, ways: Ways, tmp_path: Path
) -> None:
    small = asked(form=SMALL)
    server.tells(HERE, Reply(b"1" * 100))
    assert len(bring(ways, tmp_path, small)) == 100
    (tmp_path / "brought").unlink()
    server.tells(HERE, Reply(b"1" * 101))
    assert "sends more than" in refused(ways, tmp_path, small)
    chunk = b"65\r\n" + b"1" * 101 + b"\r\n0\r\n\r\n"
    server.tells(HERE, ChunkedReply(chunk))
    assert "sends more than" in refused(ways, tmp_path, small)


class ChunkedReply(Reply):
    """A body whose length is not told beforehand."""

    def raw(self) -> bytes:
        head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked"
        return head.encode() + b"\r\n\r\n" + self.body


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b'{"a": ', length=50),
        Reply(b"", length=5),
        ChunkedReply(b"5\r\n1234"),
    ],
)
def test_an_answer_that_breaks_off_is_told(
    reply: Reply, server: Server, ways: Ways, tmp_path: Path
) -> None:
    server.tells(HERE, reply)
    assert "broke off" in refused(ways, tmp_path)


def test_an_empty_answer_is_told(server: Server, ways: Ways, tmp_path: Path) -> None:
    server.tells(HERE, Reply(b""))
    assert "answers with nothing" in refused(ways, tmp_path)


@pytest.mark.parametrize(
    ("form", "kind", "told"),
    [
        (ZIP, "text/html; charset=utf-8", "a web page instead of a zip archive"),
        (JSON, "TEXT/HTML", "a web page instead of JSON"),
        (JSON, "application/zip", "'application/zip' instead of JSON"),
        (XML, "application/json", "'application/json' instead of XML"),
        (ZIP, "text/xml", "'text/xml' instead of a zip archive"),
        (JSON, "x/\x1b[2Jy", "'x/[2jy' instead of JSON"),
    ],
)
def test_another_kind_of_body_is_told(
    form: Form, kind: str, told: str, server: Server, ways: Ways, tmp_path: Path
) -> None:
    server.tells(HERE, Reply(b"<html>", kind=kind))
    said = refused(ways, tmp_path, asked(form=form))
    assert told in said or ("\x1b" in kind and "broke off" in said)
    assert "\x1b" not in said


def test_a_compressed_answer_is_refused(server: Server, ways: Ways, tmp_path: Path) -> None:
    server.tells(HERE, Reply(b"\x1f\x8b", headers=("Content-Encoding: gzip",)))
    assert "answers compressed" in refused(ways, tmp_path)


@pytest.mark.parametrize(
    ("status", "error", "told"),
    [
        (400, NotThere, "does not understand the request (HTTP 400)"),
        (404, NotThere, "has no such text (HTTP 404)"),
        (403, ServiceError, "refuses the request (HTTP 403)"),
        (500, ServiceError, "answers with an error (HTTP 500)"),
        (204, ServiceError, "answers with an error (HTTP 204)"),
        (206, ServiceError, "answers with an error (HTTP 206)"),
        (304, ServiceError, "answers with an error (HTTP 304)"),
        (429, AskLater, "as many requests as it allows (HTTP 429). Try again later."),
        (503, AskLater, "is busy (HTTP 503). Try again later."),
    ],
)
def test_each_refusal_says_what_it_is(
    status: int, error: type[Exception], told: str, server: Server, ways: Ways, tmp_path: Path
) -> None:
    server.tells(HERE, Reply(b"" if status in {204, 304} else b"no", status=status))
    with pytest.raises(error) as caught:
        bring(ways, tmp_path)
    assert told in str(caught.value)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("headers", "when"),
    [
        (("Retry-After: 45",), "in 45 s"),
        (("Retry-After: 5400",), "in 90 min"),
        (("Retry-After: 40000",), "in 11 h 7 min"),
        (
            (
                "Date: Tue, 01 Dec 2026 10:00:00 GMT",
                "Retry-After: Tue, 01 Dec 2026 10:30:00 GMT",
            ),
            "in 30 min",
        ),
        (("Retry-After: Tue, 01 Dec 2026 10:30:00 GMT",), "later"),
        (("Retry-After: soon",), "later"),
        (("Retry-After: -5",), "later"),
    ],
)
def test_a_limit_says_when_to_try_again_and_is_not_tried(
    headers: tuple[str, ...], when: str, server: Server, ways: Ways, tmp_path: Path
) -> None:
    server.tells(HERE, Reply(status=429, headers=headers))
    assert refused(ways, tmp_path).endswith(f"Try again {when}.")
    assert len(server.requests) == 1


def busy(seconds: int) -> Reply:
    return Reply(status=503, headers=(f"Retry-After: {seconds}",))


def test_a_busy_service_is_waited_for_as_long_as_it_says(
    server: Server, ways: Ways, tmp_path: Path
) -> None:
    server.tells(HERE, busy(20), busy(0), Reply(b'"well"'))
    assert bring(ways, tmp_path) == b'"well"'
    assert ways.slept[:2] == [20.0, 1.0]


def test_a_busy_service_is_asked_three_times_at_most(
    server: Server, ways: Ways, tmp_path: Path
) -> None:
    server.tells(HERE, busy(5))
    assert "is busy" in refused(ways, tmp_path)
    assert len(server.requests) == 3


def test_a_service_that_is_busy_for_long_is_left_alone(
    server: Server, ways: Ways, tmp_path: Path
) -> None:
    server.tells(HERE, busy(61))
    assert "in 61 s" in refused(ways, tmp_path)
    assert (len(server.requests), ways.slept) == (1, [])


def test_a_silent_service_is_left(
    server: Server, ways: Ways, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "SECONDS_BETWEEN", 0.2)
    server.tells(HERE, Reply(b"{", length=5, silent=True))
    assert "fell silent" in refused(ways, tmp_path)


def test_an_answer_that_drags_on_is_left(server: Server, ways: Ways, tmp_path: Path) -> None:
    server.tells(HERE, Reply(b"1" * 1000))
    ways.step = 50.0
    assert "took longer than 120 s" in refused(ways, tmp_path)


@pytest.mark.parametrize("of", ["head", "body"])
def test_an_answer_that_drips_is_left_in_time(
    of: str, server: Server, ways: Ways, tmp_path: Path
) -> None:
    body = b"1" * (5 if of == "head" else 500)
    server.tells(HERE, Reply(body, headers=("X-Long: " + "x" * 500,), dripping=True))
    timed = replace(ways.doors(), clock=time.monotonic)
    began = time.monotonic()
    with pytest.raises(ServiceError, match="took longer than 1 s"):
        Caller(timed).bring(asked(form=replace(JSON, seconds=0.6)), tmp_path / "x")
    assert time.monotonic() - began < 5
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_cannot_be_reached_is_told(ways: Ways, tmp_path: Path) -> None:
    ways.server = Server(port=1)
    said = refused(ways, tmp_path)
    assert "cannot be reached. Connect this machine to the internet" in said
    assert "`assistant corpus import`" in said


def test_what_is_no_http_is_told(server: Server, ways: Ways, tmp_path: Path) -> None:
    class Noise(Reply):
        def raw(self) -> bytes:
            return b"SSH-2.0-OpenSSH_9.6\r\n\r\n"

    server.tells(HERE, Noise())
    assert "is no HTTP" in refused(ways, tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_is_told(server: Server, ways: Ways, tmp_path: Path) -> None:
    server.tells(HERE, Reply(b'{"a": 1}'))
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    with pytest.raises(CorpusError, match="cannot be kept there: No space left"):
        Caller(ways.doors()).bring(asked(), full)
