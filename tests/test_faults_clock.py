"""A clock that jumps: nothing grows stale by it, and the same sentences are shown."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from commands import here
from fakes import FakeEmbedder
from faults import NEW, OLD, answer, edit, healed, plain, reader, told

from assistant.config import Settings
from assistant.index.manifest import current_build
from assistant.service import Assistant
from assistant.verify.quotes import source_reader

pytestmark = pytest.mark.usefixtures("no_plans")

LONG_AGO, FAR_OFF = 0.0, 4e9  # 1970 and 2096


def set_times(folder: Path, seconds: float) -> None:
    for place in [*folder.rglob("*"), folder]:
        os.utime(place, (seconds, seconds))


def jumped(assistant: Assistant, day: date) -> Assistant:
    return Assistant(assistant.settings, FakeEmbedder(), lambda: day)


def test_a_clock_that_jumps_ahead_changes_nothing_that_is_quoted(
    ready: Assistant,
) -> None:
    before = answer(ready)
    ahead = jumped(ready, date(2100, 2, 28))
    assert ahead.stale() is None
    now = answer(ahead)
    assert (now.outcome, now.text, now.citations) == (before.outcome, before.text, before.citations)


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2025, 3, 1)])
def test_a_clock_that_jumps_back_hides_what_came_later_and_makes_nothing_up(
    day: date, ready: Assistant
) -> None:
    before = told(answer(ready))
    back = jumped(ready, day)
    assert back.stale() is None
    text_of = source_reader(ready.settings.corpus)
    for citation in answer(back).citations:
        assert citation.quote in (text_of(citation.passage.source.path) or "")
    assert OLD not in answer(back).text
    assert any("set its clock right" in notice for notice in answer(back).notices)
    assert told(answer(ready)) == before


@pytest.mark.parametrize("documents", [LONG_AGO, FAR_OFF])
@pytest.mark.parametrize("index", [LONG_AGO, FAR_OFF])
def test_the_times_of_files_make_nothing_stale_and_hide_no_change(
    documents: float, index: float, ready: Assistant
) -> None:
    settings = ready.settings
    set_times(settings.corpus, documents)
    set_times(settings.index, index)
    assert reader(settings).stale() is None
    healed(settings)
    edit(settings)
    set_times(settings.corpus, documents)
    assert reader(settings).stale() == "the documents have changed"
    plain(here("index", settings=settings), 0)
    healed(settings)
    assert NEW in answer(ready).text


def test_a_clock_that_runs_backwards_between_builds_never_costs_the_build_in_use(
    small_settings: Settings,
) -> None:
    for number in range(4):
        plain(here("index", settings=small_settings), 0)
        build = current_build(small_settings.index)
        assert build is not None
        set_times(build, FAR_OFF - 1e6 * number)
        healed(small_settings)
        assert (NEW if number % 2 else OLD) in answer(reader(small_settings)).text
        edit(small_settings, *(NEW, OLD) if number % 2 else (OLD, NEW))
