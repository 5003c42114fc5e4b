"""Too little memory: one plain message and exit code, and nothing is lost by it."""

from __future__ import annotations

import pytest
from fault_runner import STEPS
from faults import NEW, OLD, QUESTION, Runner, answer, edit, healed, plain, reader

from assistant.cli.plain import ROOM
from assistant.config import Settings
from assistant.service import Assistant

pytestmark = pytest.mark.usefixtures("no_plans")

MEND = ("too little memory", "Close other programs or allow this one more memory")


@pytest.fixture
def settings(ready: Assistant) -> Settings:
    return ready.settings


@pytest.mark.parametrize("memory", [0, ROOM // 4, ROOM - (64 << 20)])
@pytest.mark.parametrize("command", [("ask", QUESTION), ("index", "--rebuild"), ("doctor",)])
def test_without_room_a_command_ends_before_it_begins(
    command: tuple[str, ...], memory: int, run: Runner, settings: Settings
) -> None:
    ran = run(settings, *command, memory=memory)
    plain(ran, 4, *MEND)
    assert ran.out == ""
    assert OLD in answer(reader(settings)).text


@pytest.mark.parametrize("command", [("ask", QUESTION), ("index", "--rebuild"), ("doctor",)])
def test_with_just_the_room_a_command_does_all_of_it(
    command: tuple[str, ...], run: Runner, settings: Settings
) -> None:
    plain(run(settings, *command, memory=ROOM + (64 << 20)), 0)


def test_memory_that_ends_at_any_step_of_a_build_costs_nothing(
    run: Runner, settings: Settings
) -> None:
    edit(settings)
    for _, step in STEPS:
        plain(run(settings, "index", out_of_memory_at=step), 4, *MEND)
        assert reader(settings).stale() == "the documents have changed"
        assert not list((settings.index / "builds").glob("unfinished-*"))
    plain(run(settings, "index"), 0)
    healed(settings)
    assert NEW in answer(reader(settings)).text
