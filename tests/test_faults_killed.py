"""A builder killed in any step: the index is the old one or the new one, and the next build ends.

`ASSISTANT_TEST_KILLS` is how often one is killed; the out-of-memory killer does the same.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from itertools import pairwise
from threading import Thread

import pytest
from commands import here
from fault_runner import STEPS
from faults import NEW, OLD, Runner, Told, answer, edit, healed, plain, reader, runner, told

from assistant.config import Settings
from assistant.errors import SearchIndexError

pytestmark = pytest.mark.usefixtures("no_plans")

KILLS = int(os.environ.get("ASSISTANT_TEST_KILLS", "50"))
NAMES = [name for _, name in STEPS]
Said = tuple[object, ...]


def lasting(built: Told) -> dict[str, float]:
    """How long each step of a build lasted, in seconds."""
    return {name: end - start for (name, start), (_, end) in pairwise(built.steps)}


def sayings(run: Runner, settings: Settings) -> tuple[dict[str, tuple[Said, Said]], Told]:
    """For each wording of the document what is said before and after the index knows it."""
    plain(run(settings, "index"), 0)
    found = {}
    for old, new in ((OLD, NEW), (NEW, OLD)):
        edit(settings, old, new)
        before = told(answer(reader(settings)))
        built = run(settings, "index")
        plain(built, 0)
        found[new] = before, told(answer(reader(settings)))
        assert before != found[new][1]
    return found, built


def test_the_index_is_the_old_one_or_the_new_one_whenever_a_builder_is_killed(
    run: Runner, small_settings: Settings
) -> None:
    says, built = sayings(run, small_settings)
    lasted, moments, killed = lasting(built), random.Random(6103), Counter[str]()
    wording, asked, reason = OLD, 0, None
    while killed.total() < KILLS:
        if reason is None:
            old, wording = wording, NEW if wording == OLD else OLD
            edit(small_settings, old, wording)
        step = NAMES[asked % len(NAMES)]
        # At first just as it begins, which even a step too short to be met by chance is killed in.
        after = moments.uniform(0, lasted[step]) if asked >= len(NAMES) else 0.0
        asked += 1
        ran = run(small_settings, "index", kill={"step": step, "after": after})
        if ran.code == -9:
            killed[ran.steps[-1][0]] += 1
        now = reader(small_settings)
        reason = now.stale()
        assert reason in (None, "the documents have changed")
        assert told(answer(now)) == says[wording][reason is None]
        assert asked < 4 * KILLS + len(NAMES)
        if asked % 10 == 0:
            plain(run(small_settings, "index"), 0)
            healed(small_settings)
            assert told(answer(reader(small_settings))) == says[wording][1]
            reason = None
    assert len(killed) > len(NAMES) / 2, killed


@pytest.mark.parametrize("step", ["_embed", "_write_words", "_write_vectors", "make_current"])
def test_there_is_no_index_until_the_first_is_whole(
    step: str, run: Runner, small_settings: Settings
) -> None:
    assert run(small_settings, "index", kill={"step": step, "after": 0}).code in (-9, 0)
    now = reader(small_settings)
    if now.stale():
        assert now.stale() == "there is no index yet"
        with pytest.raises(SearchIndexError, match="there is none yet.*assistant index"):
            answer(now)
    plain(run(small_settings, "index"), 0)
    healed(small_settings)
    assert OLD in answer(now).text


def test_of_two_builders_at_once_one_may_be_killed(run: Runner, small_settings: Settings) -> None:
    moments = random.Random(6103)
    with runner() as other:
        for number in range(3):
            ran: list[Told] = []
            building = Thread(target=lambda: ran.append(other(small_settings, "index")))  # noqa: B023
            building.start()
            step = moments.choice(NAMES)
            run(small_settings, "index", kill={"step": step, "after": 0.01} if number else None)
            building.join()
            plain(ran[0], 0)
            assert (NEW if number % 2 else OLD) in answer(reader(small_settings)).text
            plain(here("doctor", settings=small_settings), 0)
            edit(small_settings, *(NEW, OLD) if number % 2 else (OLD, NEW))
        plain(other(small_settings, "index"), 0)
    healed(small_settings)
