"""The gate before the pages: headers on everything, limits with kind words, counts, and health."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from asgi_calls import Call, Came, Inner
from ui_fakes import FakeAssistant

from assistant.config import Settings
from assistant.models import Language
from assistant.texts import say
from assistant.ui import gate as gates
from assistant.ui.gate import Gate
from assistant.ui.health import Health
from assistant.ui.metrics import Metrics

JOIN = "/gradio_api/queue/join"
DATA = "/gradio_api/queue/data"
PYTHON = "/gradio_api/component_server/"
STRANGER = "203.0.113.9"


def gate_over(inner: Any = None, **settings: Any) -> Gate:
    assistant = FakeAssistant(Settings(**settings))
    return Gate(inner or Inner(), assistant.settings, Metrics(), Health(assistant))


def ask(gate: Gate, **more: Any) -> Came:
    return Call(JOIN, "POST", **more).now(gate)


@pytest.mark.parametrize("path", ["/", "/assets/a-1.js", "/healthz", "/gradio_api/upload"])
def test_every_response_forbids_other_hosts_and_tells_no_referrer(path: str) -> None:
    headers = Call(path).now(gate_over()).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(("path", "kept"), [("/", False), (DATA, False), ("/assets/a.js", True)])
def test_only_what_never_changes_may_be_kept_by_a_browser(path: str, kept: bool) -> None:
    inner = Inner(headers=[("Cache-Control", "public, max-age=60")])
    cached = Call(path).now(gate_over(inner)).headers["cache-control"]
    assert cached == ("public, max-age=60" if kept else "no-store")


@pytest.mark.parametrize("behind", [True, False])
def test_strict_transport_is_promised_only_where_tls_stands_in_front(behind: bool) -> None:
    headers = Call("/").now(gate_over(behind_proxy=behind)).headers
    assert ("strict-transport-security" in headers) is behind


def test_no_other_site_is_given_leave() -> None:
    inner = Inner(headers=[("access-control-allow-origin", "*"), ("x-kept", "yes")])
    headers = (
        Call("/config", headers=[("origin", "https://elsewhere.example")])
        .now(gate_over(inner))
        .headers
    )
    assert "access-control-allow-origin" not in headers
    assert headers["x-kept"] == "yes"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([("origin", "http://localhost")], 200),
        ([("origin", "https://elsewhere.example")], 403),
        ([("origin", "null")], 403),
        ([("sec-fetch-site", "same-origin"), ("origin", "https://our.name")], 200),
        ([("sec-fetch-site", "cross-site")], 403),
        ([("sec-fetch-site", "same-site")], 403),
        ([], 200),
    ],
)
def test_another_site_cannot_ask_in_a_readers_name(headers: Any, status: int) -> None:
    assert ask(gate_over(), headers=headers).status == status


@pytest.mark.parametrize(
    ("call", "status"),
    [
        (Call("/"), 200),
        (Call("/", headers=[("host", "127.0.0.1:7860")]), 200),
        (Call("/", headers=[("host", "[::1]:7860")]), 200),
        (Call("/", headers=[("host", "rebound.example")]), 403),
        (Call("/", headers=[("x-forwarded-for", STRANGER)]), 403),
        (Call("/", client=STRANGER), 403),
    ],
)
def test_a_page_for_this_machine_answers_nobody_else(call: Call, status: int) -> None:
    came = call.now(gate_over())
    assert came.status == status
    if status == 403:
        assert "ASSISTANT_BEHIND_PROXY" in came.body
    assert replace(call).now(gate_over(public=True)).status == 200
    assert replace(call).now(gate_over(behind_proxy=True)).status == 200


@pytest.mark.parametrize("language", list(Language), ids=str)
def test_who_asks_too_often_is_told_kindly_how_long_to_wait(language: Language) -> None:
    gate = gate_over(public=True, questions_a_minute=2)
    more: Any = {"client": STRANGER, "headers": [("accept-language", language.value)]}
    assert [ask(gate, **more).status for _ in range(3)] == [200, 200, 429]
    came = ask(gate, **more)
    seconds = int(came.headers["retry-after"])
    assert 0 < seconds <= 30
    assert json.loads(came.body) == {"detail": say(language, "limits.too_many", seconds=seconds)}
    assert ask(gate, client="198.51.100.4").status == 200
    assert Call("/", client=STRANGER).now(gate).status == 200


def test_a_person_on_the_own_machine_is_never_kept_waiting() -> None:
    gate = gate_over(questions_a_minute=1)
    assert {ask(gate).status for _ in range(5)} == {200}


def test_the_proxy_tells_who_asks_and_a_client_cannot_choose() -> None:
    def came(gate: Gate, forwarded: str) -> int:
        return ask(gate, headers=[("x-forwarded-for", forwarded)]).status

    gate = gate_over(behind_proxy=True, questions_a_minute=1)
    assert came(gate, STRANGER) == 200
    # What a client wrote itself stands before what the proxy adds.
    assert came(gate, f"198.51.100.4, {STRANGER}") == 429
    assert came(gate, f"{STRANGER}, 198.51.100.4") == 200
    alone = gate_over(public=True, questions_a_minute=1)
    assert [came(alone, "198.51.100.1"), came(alone, "198.51.100.2")] == [200, 429]


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        (JOIN, gates.MOST_BYTES, 200),
        (JOIN, gates.MOST_BYTES + 1, 413),
        (PYTHON, gates.MOST_BYTES + 1, 200),
        (PYTHON, gates.MOST_BYTES_OF_LISTS + 1, 413),
    ],
)
@pytest.mark.parametrize("told", [True, False], ids=["with a length", "without"])
def test_what_is_too_big_is_not_read(path: str, size: int, status: int, told: bool) -> None:
    inner = Inner()
    headers = [("content-length", str(size))] if told else []
    pieces = [b"x" * 50_000] * (size // 50_000) + [b"x" * (size % 50_000)]
    came = Call(path, "POST", headers=headers, pieces=pieces).now(gate_over(inner))
    assert came.status == status
    assert [len(body) for body in inner.bodies] == ([size] if status == 200 else [])


def test_what_does_not_come_in_time_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "SECONDS_TO_SEND", 0.05)
    came = ask(gate_over(), pieces=[b"x"] * 100, pause=0.01)
    assert came.status == 408
    assert came.headers["connection"] == "close"


def test_who_leaves_while_sending_is_let_go() -> None:
    inner = Inner()
    assert ask(gate_over(inner), pieces=[b"half", None]).status == 0
    assert inner.bodies == []


def test_a_full_queue_says_when_to_come_back() -> None:
    gate = gate_over(Inner(status=503))
    assert ask(gate).headers["retry-after"] == "5"
    assert 'ask6103_refused_total{reason="full"} 1' in Call("/metrics").now(gate).body


def test_more_open_requests_than_may_be_are_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "MOST_OPEN", 2)

    async def crowd() -> list[int]:
        inner = Inner(holding=asyncio.Event())
        gate = gate_over(inner)
        waiting = [asyncio.create_task(Call("/").to(gate)) for _ in range(2)]
        await asyncio.sleep(0)
        refused = await Call("/").to(gate)
        assert inner.holding
        inner.holding.set()
        inside = await asyncio.gather(*waiting)
        inner.holding = None
        return [
            refused.status,
            *(each.status for each in inside),
            (await Call("/").to(gate)).status,
        ]

    assert asyncio.run(crowd()) == [503, 200, 200, 200]


def test_while_it_stops_only_running_answers_go_on() -> None:
    gate = gate_over()
    gate.leaving = True
    assert Call(DATA).now(gate).status == 200
    for call in (Call("/"), Call(JOIN, "POST")):
        came = call.now(gate)
        assert (came.status, came.headers["retry-after"]) == (503, "15")
    assert Call("/healthz").now(gate).status == 200
    assert Call("/readyz").now(gate).status == 503


def test_an_answer_on_its_way_keeps_it_busy() -> None:
    async def answering() -> tuple[bool, bool, bool]:
        inner = Inner(holding=asyncio.Event())
        gate = gate_over(inner)
        before = gate.busy
        stream = asyncio.create_task(Call(DATA).to(gate))
        await asyncio.sleep(0)
        during = gate.busy
        assert inner.holding
        inner.holding.set()
        await stream
        return before, during, gate.busy

    assert asyncio.run(answering()) == (False, True, False)


def test_health_is_told_to_anyone_and_counts_to_this_machine_alone() -> None:
    gate = gate_over(public=True)
    assert Call("/healthz", client=STRANGER).now(gate).body == "ok\n"
    assert Call("/readyz", client=STRANGER).now(gate).body == "ready\n"
    assert "ask6103_uptime_seconds" in Call("/metrics").now(gate).body
    assert Call("/metrics", client=STRANGER).now(gate).body == "inside"
    proxied = Call("/metrics", headers=[("x-forwarded-for", STRANGER)])
    assert proxied.now(gate_over(behind_proxy=True)).body == "inside"
    opened = gate_over(public=True, metrics_open=True)
    assert "ask6103_uptime_seconds" in Call("/metrics", client=STRANGER).now(opened).body


def test_one_that_cannot_answer_says_it_is_not_ready() -> None:
    class Gone(FakeAssistant):
        def search(self, *args: Any, **named: Any) -> Any:
            return ()

    gate = Gate(Inner(), Settings(), Metrics(), Health(Gone()))
    came = Call("/readyz").now(gate)
    assert (came.status, came.body) == (503, "the index is empty\n")


def test_nothing_that_was_asked_and_nobodys_address_is_counted() -> None:
    gate = gate_over(public=True)
    Call(JOIN, "POST", client=STRANGER, pieces=[b'{"question": "zanzibar"}']).now(gate)
    text = Call("/metrics").now(gate).body
    assert "zanzibar" not in text
    assert STRANGER not in text


def test_methods_that_no_page_uses_are_refused() -> None:
    assert Call("/", "DELETE").now(gate_over()).status == 405
