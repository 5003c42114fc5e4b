"""A full disk or an index that may not be written: the old answer, or a message with the mend."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import (
    OLD,
    QUESTION,
    Runner,
    can_mount,
    edit,
    healed,
    on_small_disk,
    plain,
    reader,
    runner,
    told,
)
from faults import answer as answered

from assistant.config import Settings
from assistant.service import Assistant

pytestmark = pytest.mark.usefixtures("no_plans")

MENDS = ("cannot be written", "Free some space or choose another folder with --index DIR")


def sizes(most: int, count: int) -> list[int]:
    """Random numbers of bytes, enough for a message in any case."""
    return random.Random(6103).sample(range(4096, most), count)


class TestAFileThatMayNotGrow:
    """What the disk refuses in the middle of any file, whoever writes it: Python, NumPy, Chroma."""

    @pytest.mark.parametrize("largest", sizes(270_000, 3))
    def test_leaves_the_first_build_untaken(
        self, largest: int, run: Runner, small_settings: Settings
    ) -> None:
        built = run(small_settings, "index", largest_file=largest)
        if built.code:
            plain(built, 3, str(small_settings.index), *MENDS[1:])
            assert reader(small_settings).stale() == "there is no index yet"
            assert not list(small_settings.index.glob("builds/*"))
        plain(run(small_settings, "index"), 0)
        healed(small_settings)
        assert OLD in answered(reader(small_settings)).text

    @pytest.mark.parametrize("largest", sizes(300_000, 3))
    def test_leaves_the_old_index_serving(
        self, largest: int, run: Runner, ready: Assistant
    ) -> None:
        settings = ready.settings
        edit(settings)
        before = told(answered(reader(settings)))
        built = run(settings, "index", largest_file=largest)
        if built.code:
            plain(built, 3, *MENDS)
            assert reader(settings).stale() == "the documents have changed"
            assert told(answered(reader(settings))) == before
        plain(run(settings, "index"), 0)
        healed(settings)

    @pytest.mark.parametrize("largest", sizes(20_000, 2))
    def test_hinders_no_answer(self, largest: int, run: Runner, ready: Assistant) -> None:
        """Chroma writes when it opens; an answer needs no more than a copy of its vectors."""
        settings = ready.settings
        asked = run(settings, "ask", QUESTION, largest_file=largest)
        if asked.code:
            plain(asked, 3, *MENDS)
        else:
            assert asked.out.startswith(OLD)
        assert OLD in answered(reader(settings)).text


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Runner, Path]]:
    """A disk that only the commands see; where no disk can be made, a folder as it is."""
    place = tmp_path / "disk"
    place.mkdir()
    before = on_small_disk(place, "3m") if can_mount() else ()
    with runner(*before) as running:
        yield running, place


def test_a_disk_that_fills_up_costs_no_answer_and_heals_with_space(
    small_disk: tuple[Runner, Path], small_settings: Settings
) -> None:
    run, place = small_disk
    settings = small_settings.model_copy(update={"index": place / "index"})
    filled = place / "filled"

    def full(free: int) -> dict[str, object]:
        if can_mount():
            return {"fill": str(filled), "free": free}
        return {"largest_file": free}

    plain(run(settings, "index", **full(100_000)), 3, *MENDS[1:])
    plain(run(settings, "index", **full(2_000_000)), 0)
    if can_mount():
        asked = run(settings, "ask", QUESTION, **full(4096))
        plain(asked, 0, OLD)
        plain(run(settings, "doctor", **full(4096)), 0)
    edit(small_settings)
    for free in sizes(250_000, 4):
        plain(run(settings, "index", **full(free)), 3, *MENDS)
        plain(run(settings, "doctor"), 3, "the documents have changed", "assistant index")
        plain(run(settings, "ask", QUESTION, **full(free)), 3, *MENDS)
    plain(run(settings, "index", **full(2_000_000)), 0)
    plain(run(settings, "doctor"), 0)


def forbid(folder: Path, mode: int) -> None:
    for place in [*folder.rglob("*"), folder]:
        place.chmod(mode | (0o111 if place.is_dir() and mode else 0))


@pytest.fixture
def closed(ready: Assistant) -> Iterator[Settings]:
    """A sound index that may only be read."""
    forbid(ready.settings.index, 0o444)
    yield ready.settings
    ready.settings.index.chmod(0o755)
    forbid(ready.settings.index, 0o644)


class TestAReadOnlyIndex:
    def test_answers_as_any_other(self, run: Runner, closed: Settings) -> None:
        asked = run(closed, "ask", QUESTION, plain_user=True)
        plain(asked, 0, OLD)
        assert asked.err == ""
        plain(run(closed, "doctor", plain_user=True), 0)

    def test_leaves_no_copy_of_its_vectors(
        self, run: Runner, closed: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        plain(run(closed, "search", QUESTION, plain_user=True), 0)
        assert not list(tmp_path.glob("ask6103-*"))

    def test_tells_that_it_cannot_be_refreshed(self, run: Runner, closed: Settings) -> None:
        edit(closed)
        for command in (("index",), ("ask", QUESTION)):
            plain(run(closed, *command, plain_user=True), 3, *MENDS, "Permission denied")
        plain(run(closed, "doctor", plain_user=True), 3, "the documents have changed")

    def test_that_may_not_even_be_read_is_told(self, run: Runner, closed: Settings) -> None:
        forbid(closed.index / "builds", 0)
        for command in (("index",), ("ask", QUESTION)):
            plain(run(closed, *command, plain_user=True), 3, *MENDS[:1], "Permission denied")
        doctor = run(closed, "doctor", plain_user=True)
        plain(doctor, 3, "MEND  index:", "assistant index")
