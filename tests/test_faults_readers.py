"""Twenty readers ask while an index is swapped: each hears the old answer or the new one, whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from faults import Runner, answer, healed, plain, reader, told

from assistant.config import Settings
from assistant.service import Assistant

pytestmark = pytest.mark.usefixtures("no_plans")

READERS, SWAPS = 20, 2
MODEL = Path("en/courts/court-status-today.md")
ADDED = """## What was counted

> How many addresses did the IRS give to ICE?

In August 2025 the IRS gave ICE about 47,289 addresses, says record number {number}.
"""


def add(settings: Settings, number: int) -> None:
    """Adds a document with a better answer, so that what was quoted before still stands."""
    text = (settings.corpus / MODEL).read_text(encoding="utf-8")
    front = text[: text.index("## ")].replace(MODEL.stem, f"record-{number}")
    file = settings.corpus / MODEL.with_name(f"record-{number}.md")
    file.write_text(front + ADDED.format(number=number), encoding="utf-8")


def test_each_answer_is_the_old_one_or_the_new_one_and_none_goes_back(
    run: Runner, small_settings: Settings
) -> None:
    plain(run(small_settings, "index"), 0)
    right = [told(answer(reader(small_settings)))]
    shared = [reader(small_settings) for _ in range(4)]
    done = Event()

    def ask(assistant: Assistant) -> list[tuple[object, ...]]:
        heard = [told(answer(assistant))]
        while not done.is_set():
            now = told(answer(assistant))
            if now != heard[-1]:
                heard.append(now)
        return [*heard, told(answer(assistant))]

    with ThreadPoolExecutor(READERS) as pool:
        asking = [pool.submit(ask, shared[number % 4]) for number in range(READERS)]
        try:
            for number in range(SWAPS):
                add(small_settings, number)
                plain(run(small_settings, "index"), 0)
                right.append(told(answer(reader(small_settings))))
        finally:
            done.set()
        heard = [each.result() for each in asking]
    assert len({repr(each) for each in right}) == SWAPS + 1
    for answers in heard:
        places = [right.index(each) for each in answers]
        assert places == sorted(places)
        assert places[-1] == SWAPS
    assert not list(small_settings.index.glob("builds/unfinished-*"))
    for number in range(SWAPS):
        (small_settings.corpus / MODEL.with_name(f"record-{number}.md")).unlink()
    plain(run(small_settings, "index"), 0)
    healed(small_settings)
    assert told(answer(shared[0])) == right[0]
