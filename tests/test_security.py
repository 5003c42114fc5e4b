"""What SECURITY.md promises is what the code does."""

import re
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.ui import connections, gate, page, server

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
FLOWING = " ".join(TEXT.split())


def test_every_setting_that_it_names_is_one_with_the_default_it_tells() -> None:
    told = dict(re.findall(r"^\| `ASSISTANT_(\w+)` \| (\S+) \|", TEXT, re.MULTILINE))
    assert set(re.findall(r"ASSISTANT_([A-Z_]+)", TEXT)) == set(told)
    for name, shown in told.items():
        default = Settings.model_fields[name.lower()].default
        assert shown == ("none" if default is None else str(default).lower())


@pytest.mark.parametrize(
    "promise",
    [
        f"{Settings().questions_a_minute} questions a minute for each client",
        f"a queue of {page.MOST_WAITING}",
        f"{gate.MOST_OPEN} requests open",
        f"{gate.MOST_BYTES // 1000} kB a question",
        f"{gate.SECONDS_TO_SEND:.0f} s to send it",
        f"{connections.SECONDS_TO_BEGIN:.0f} s for the head",
        f"{connections.MOST_OF_ONE} connections an address",
        f"client_max_body_size {gate.MOST_BYTES_OF_LISTS // 10**6}m",
    ],
)
def test_the_limits_are_those_of_the_code(promise: str) -> None:
    assert promise in FLOWING


def test_running_answers_get_the_time_that_is_told() -> None:
    assert server.SECONDS_TO_FINISH == 10
    assert "running answers are finished, ten seconds at most" in FLOWING


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z]+)`", TEXT))))
def test_every_make_target_it_names_is_there(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
