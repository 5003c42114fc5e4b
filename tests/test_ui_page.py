"""Building and serving the page: no public endpoint, and a taken port is told with its mend."""

import os
import socket
from types import SimpleNamespace

import pytest
from ui_fakes import FakeAssistant

from assistant.config import Settings
from assistant.errors import UsageError
from assistant.ui.page import MOST_TABS, MOST_WAITING, build
from assistant.ui.server import _address, launch


def test_no_event_of_the_page_is_a_public_endpoint() -> None:
    page = build(FakeAssistant())
    events = [event for event in page.fns.values() if event.targets]
    assert {event.targets[0][1] for event in events} == {
        *("ask", "speak", "stop", "forget", "paper", "helpful", "unload"),
    }
    assert {event.api_visibility for event in events if event.targets[0][1] != "unload"} == {
        "private"
    }


def test_usage_figures_are_off() -> None:
    page = build(FakeAssistant())
    assert page.analytics_enabled is False
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_a_taken_port_is_an_error_that_says_what_where_and_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as error:
            launch(FakeAssistant(), port=port)
    message = str(error.value)
    assert "already in use" in message
    assert f"{port} on 127.0.0.1" in message
    assert "--port" in message


@pytest.mark.parametrize(("host", "port"), [("203.0.113.7", 8000), ("127.0.0.1", 99999)])
def test_an_address_that_cannot_be_had_is_an_error_of_use(host: str, port: int) -> None:
    with pytest.raises(UsageError, match="--host"):
        launch(FakeAssistant(Settings(public=True)), host=host, port=port)


def test_a_server_that_others_could_reach_is_refused_before_it_listens() -> None:
    with pytest.raises(UsageError, match="--public"):
        launch(FakeAssistant(), host="203.0.113.7")


def test_a_closed_tab_is_forgotten_at_once() -> None:
    page = build(FakeAssistant())
    page.state_holder = SimpleNamespace(
        session_data={"this": "tab", "other": "tab"}, time_last_used={"this": 1, "other": 1}
    )
    waiting = page._queue.pending_event_ids_session
    waiting |= {"this": set(), "other": set(), "asking": {"event"}}
    forget = next(event.fn for event in page.fns.values() if event.targets[0][1] == "unload")
    assert forget is not None
    for tab in ("this", "never seen", "asking"):
        forget(SimpleNamespace(session_hash=tab))
    assert page.state_holder.session_data == {"other": "tab"}
    assert page.state_holder.time_last_used == {"other": 1}
    assert waiting == {"other": set(), "asking": {"event"}}


def test_tabs_that_never_say_good_bye_are_bounded() -> None:
    page = build(FakeAssistant())
    assert page.state_session_capacity == MOST_TABS
    assert page._queue.max_size == MOST_WAITING
    assert page.api_open is False


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("localhost", "http://localhost:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),
        ("::", "http://[::1]:80/"),
        ("[::1]", "http://[::1]:80/"),
        ("192.0.2.7", "http://192.0.2.7:80/"),
    ],
)
def test_the_address_that_is_shown_can_be_opened(host: str, shown: str) -> None:
    assert _address(host, 80) == shown
