"""An index is built aside and swapped in: no crash, rival or reader ever meets half of one."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from fakes import FakeEmbedder
from filelock import FileLock

from assistant import service
from assistant.answer.lessons import examples as lessons
from assistant.answer.plans.table import plans
from assistant.config import Settings
from assistant.errors import CorpusError, SearchIndexError
from assistant.index import build as building
from assistant.index.build import Step, build_index, stale_reason
from assistant.index.embedded import Embedded
from assistant.index.kinds import Examples
from assistant.index.manifest import Manifest, current_build
from assistant.index.words import words
from assistant.models import Language, Request
from assistant.retrieve.find import Finder, Search
from assistant.service import Assistant

pytestmark = pytest.mark.usefixtures("no_plans")

TESTS = Path(__file__).resolve().parent
TODAY = date(2026, 11, 22)
OLD = "In August 2025 the IRS gave ICE about 47,289 addresses."
NEW = "In August 2025 the tax agency handed 47,289 street addresses to ICE."


def build(settings: Settings, rebuild: bool = False) -> tuple[Manifest, list[str]]:
    """Builds, and says which texts had to be embedded for it."""
    embedder = FakeEmbedder()
    return build_index(settings, embedder, lambda step: None, rebuild), embedder.encoded


def reader(settings: Settings) -> Assistant:
    return Assistant(settings, FakeEmbedder(), lambda: TODAY)


def found(assistant: Assistant, language: Language = Language.EN) -> list[str]:
    """The texts found for one question, best first."""
    hits = assistant.search("How many addresses did the IRS give to ICE?", language)
    return [hit.passage.text for hit in hits]


def told(assistant: Assistant, language: Language = Language.EN) -> str:
    """The text that tells the number."""
    return next(text for text in found(assistant, language) if "47,289" in text)


def edit(settings: Settings, old: str = OLD, new: str = NEW) -> None:
    """Changes one sentence of one document."""
    file = settings.corpus / "en" / "agreement" / "mou-of-april-2025.md"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def builds(settings: Settings) -> list[str]:
    return sorted(folder.name for folder in (settings.index / "builds").iterdir())


class TestTheFirstBuild:
    def test_it_holds_everything_and_is_fit_to_use(self, small_settings: Settings) -> None:
        assert stale_reason(small_settings, {}) == "there is no index yet"
        manifest, encoded = build(small_settings)
        assert (manifest.passages, manifest.questions) == (12, 24)
        assert manifest.sentences == 36
        assert len(encoded) == len(set(encoded)) == 60
        assert reader(small_settings).stale() is None
        assert told(reader(small_settings)).startswith(OLD)
        assert "entregó a ICE" in told(reader(small_settings), Language.ES)

    def test_progress_counts_up_to_the_number_of_texts(self, small_settings: Settings) -> None:
        steps: list[Step] = []
        build_index(small_settings, FakeEmbedder(), steps.append)
        assert [step.done for step in steps] == sorted(step.done for step in steps)
        assert steps[-1] == Step(60, 60)

    def test_it_leaves_one_finished_build_and_nothing_aside(self, small_settings: Settings) -> None:
        build(small_settings)
        (name,) = builds(small_settings)
        assert (small_settings.index / "current").read_text(encoding="utf-8") == name
        assert {each.name for each in small_settings.index.iterdir()} == {
            "builds",
            "current",
            "lock",
        }

    def test_reading_it_again_and_again_leaves_it_fit(self, small_settings: Settings) -> None:
        build(small_settings)
        for _ in range(3):
            assert reader(small_settings).stale() is None
            assert told(reader(small_settings)).startswith(OLD)

    def test_the_same_documents_give_the_same_identity(
        self, small_settings: Settings, tmp_path: Path
    ) -> None:
        elsewhere = small_settings.model_copy(update={"index": tmp_path / "elsewhere"})
        assert build(small_settings)[0].id == build(elsewhere)[0].id

    @pytest.mark.parametrize("language", Language)
    def test_documents_in_one_language_only_can_be_searched_in_it(
        self, small_settings: Settings, language: Language
    ) -> None:
        other = next(each for each in Language if each is not language)
        for file in (small_settings.corpus / other.value).rglob("*.md"):
            file.unlink()
        build(small_settings)
        assert told(reader(small_settings), language)
        assert found(reader(small_settings), other) == []


class TestTheKindsOfQuestion:
    """An index learns kinds of question from examples, and keeps their vectors."""

    FIRST, SECOND, THIRD = (
        ("affected", "Did the IRS give my address to ICE?"),
        ("affected", "am i on the list"),
        ("count", "how many in all"),
    )
    EXAMPLES: Examples = {
        Language.EN: [FIRST, SECOND, THIRD],
        Language.ES: [("affected", "¿estoy en la lista?")],
    }
    TEXTS = ("Did the IRS give my address to ICE?", "am i on the list", "¿estoy en la lista?")

    def build(self, settings: Settings, examples: Examples) -> tuple[Manifest, list[str]]:
        embedder = FakeEmbedder()
        manifest = build_index(settings, embedder, lambda step: None, examples=examples)
        return manifest, embedder.encoded

    def test_are_told_by_each_language_from_its_own_examples(
        self, small_settings: Settings
    ) -> None:
        self.build(small_settings, self.EXAMPLES)
        kinds = {
            language: part.kinds
            for language, part in reader(small_settings).index().languages.items()
        }
        assert kinds[Language.EN].kinds == ("affected", "count")
        assert kinds[Language.ES].kinds == ("affected",)
        text = "how many are there in all"
        told_as = kinds[Language.EN].strengths(
            words(text, Language.EN), FakeEmbedder().encode([text])[0]
        )
        assert told_as[1] > told_as[0]

    def test_are_none_where_there_are_no_examples(self, small_settings: Settings) -> None:
        build(small_settings)
        for part in reader(small_settings).index().languages.values():
            assert part.kinds.kinds == ()

    def test_have_the_vectors_of_their_examples_kept(self, small_settings: Settings) -> None:
        self.build(small_settings, self.EXAMPLES)
        kept = reader(small_settings).index().texts
        assert all(text in kept for text in self.TEXTS)
        assert OLD in kept
        assert "am i on no list" not in kept
        assert kept.rows(self.TEXTS).tolist() == FakeEmbedder().encode(self.TEXTS).tolist()

    def test_have_them_embedded_once_and_counted_with_the_others(
        self, small_settings: Settings
    ) -> None:
        steps: list[Step] = []
        build_index(small_settings, FakeEmbedder(), steps.append, examples=self.EXAMPLES)
        # The first is a question of a document as well.
        assert steps[-1] == Step(63, 63)
        assert self.build(small_settings, self.EXAMPLES)[1] == []
        more = {**self.EXAMPLES, Language.ES: [("affected", "una nueva")]}
        assert self.build(small_settings, more)[1] == ["una nueva"]
        kept = reader(small_settings).index().texts
        assert [text in kept for text in self.TEXTS] == [True, True, False]

    def test_change_nothing_of_what_is_found(self, small_settings: Settings) -> None:
        plain, _ = build(small_settings)
        before = found(reader(small_settings))
        manifest, _ = self.build(small_settings, self.EXAMPLES)
        assert found(reader(small_settings)) == before
        assert (manifest.passages, manifest.questions) == (plain.passages, plain.questions)
        assert manifest.id != plain.id

    @pytest.mark.parametrize(
        "changed",
        [
            {},
            {Language.EN: [FIRST, SECOND], Language.ES: EXAMPLES[Language.ES]},
            {Language.EN: [FIRST, THIRD, SECOND], Language.ES: EXAMPLES[Language.ES]},
            {Language.EN: [FIRST, ("count", SECOND[1]), THIRD], Language.ES: []},
        ],
    )
    def test_that_have_changed_make_an_index_stale(
        self, changed: Examples, small_settings: Settings
    ) -> None:
        self.build(small_settings, self.EXAMPLES)
        assert stale_reason(small_settings, self.EXAMPLES) is None
        assert stale_reason(small_settings, changed) == "the kinds of question have changed"
        self.build(small_settings, changed)
        assert stale_reason(small_settings, changed) is None

    def test_of_an_assistant_are_its_plans(
        self, small_settings: Settings, index_with_plans: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "examples", lessons)
        shutil.copytree(index_with_plans, small_settings.index)
        assistant = reader(small_settings)
        for part in assistant.index().languages.values():
            assert part.kinds.kinds == tuple(plans())
        assert assistant.stale() is None
        embedder = FakeEmbedder()
        again = Assistant(small_settings, embedder, lambda: TODAY)
        again.ask(Request("Did the IRS give my address to ICE today?"))
        texts = {text for asked in lessons().values() for _, text in asked}
        assert embedder.encoded
        assert set(embedder.encoded).isdisjoint(texts)


class TestARefresh:
    def test_nothing_is_embedded_when_nothing_changed(self, small_settings: Settings) -> None:
        first, _ = build(small_settings)
        second, encoded = build(small_settings)
        assert encoded == []
        assert second.id == first.id

    def test_one_edited_sentence_is_the_only_text_embedded(self, small_settings: Settings) -> None:
        before, _ = build(small_settings)
        edit(small_settings)
        assert stale_reason(small_settings, {}) == "the documents have changed"
        after, encoded = build(small_settings)
        assert encoded == [NEW]
        assert after.id != before.id
        assert told(reader(small_settings)).startswith(NEW)

    def test_one_edited_question_is_the_only_text_embedded(self, small_settings: Settings) -> None:
        build(small_settings)
        asked = "How many street addresses went to ICE?"
        edit(small_settings, "How many addresses did the IRS give to ICE?", asked)
        assert build(small_settings)[1] == [asked]

    def test_a_removed_document_is_found_no_more(self, small_settings: Settings) -> None:
        build(small_settings)
        for file in small_settings.corpus.rglob("mou-of-april-2025.md"):
            file.unlink()
        manifest, encoded = build(small_settings)
        assert encoded == []
        assert manifest.passages == 8
        now = reader(small_settings)
        for language in Language:
            assert not any("47,289" in text for text in found(now, language))
            assert now.index().vectors.count(language) == 4 + 8
        texts = Embedded.load(now.index().build / "texts")
        assert OLD not in texts

    def test_an_added_document_is_found(self, small_settings: Settings) -> None:
        build(small_settings)
        old = small_settings.corpus / "en" / "courts" / "court-status-today.md"
        text = old.read_text(encoding="utf-8").replace("court-status-today", "another")
        added = text[: text.index("## ")] + "## Zebra\n\n> Zebra?\n\nA zebra has stripes.\n"
        old.with_name("another.md").write_text(added, encoding="utf-8")
        _, encoded = build(small_settings)
        assert encoded == ["A zebra has stripes.", "Zebra?"]
        assert reader(small_settings).search("zebra")[0].passage.source.id == "another"

    def test_a_full_rebuild_embeds_everything_again(self, small_settings: Settings) -> None:
        _, first = build(small_settings)
        _, again = build(small_settings, rebuild=True)
        assert again == first

    def test_at_most_one_build_beside_the_current_one_is_kept(
        self, small_settings: Settings
    ) -> None:
        for number in range(5):
            edit(small_settings, *(OLD, NEW) if number % 2 == 0 else (NEW, OLD))
            build(small_settings)
            assert len(builds(small_settings)) <= 3
        build(small_settings)
        assert current_build(small_settings.index) is not None

    def test_an_unreadable_document_leaves_the_old_index_serving(
        self, small_settings: Settings
    ) -> None:
        build(small_settings)
        edit(small_settings, "status: blocked", "status: unheard")
        with pytest.raises(CorpusError, match=r"mou-of-april-2025\.md"):
            build(small_settings)
        assert told(reader(small_settings)).startswith(OLD)
        assert len(builds(small_settings)) == 1


class Crash(BaseException):
    """The end of the process, as far as the code can tell."""


STEPS = [
    (building, "save_passages"),
    (Embedded, "save"),
    (building, "_write_words"),
    (building, "_write_kinds"),
    (building, "_write_vectors"),
    (building, "checksums"),
    (building, "write_manifest"),
    (building, "make_current"),
]


@pytest.mark.parametrize(("owner", "step"), STEPS, ids=[step for _, step in STEPS])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_at_any_step_leaves_an_index_and_the_next_build_cleans_up(
    owner: object, step: str, when: str, small_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(small_settings)
    edit(small_settings)
    real: Callable[..., object] = getattr(owner, step)

    def crash(*args: object) -> None:
        if when == "after":
            real(*args)
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, crash)
        with pytest.raises(Crash):
            build(small_settings)

    swapped = (step, when) == ("make_current", "after")
    assert told(reader(small_settings)).startswith(NEW if swapped else OLD)
    assert reader(small_settings).stale() == (None if swapped else "the documents have changed")
    _, encoded = build(small_settings)
    assert encoded == ([] if swapped else [NEW])
    assert told(reader(small_settings)).startswith(NEW)
    assert reader(small_settings).stale() is None
    assert not any(name.startswith("unfinished") for name in builds(small_settings))
    assert len(builds(small_settings)) <= 3


@pytest.mark.parametrize(("owner", "step"), STEPS[:4], ids=[step for _, step in STEPS[:4]])
def test_a_full_disk_is_told_with_the_mend(
    owner: object, step: str, small_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, full)
        with pytest.raises(SearchIndexError, match=r"No space left.*Free some space.*--index DIR"):
            build(small_settings)
    build(small_settings)
    assert reader(small_settings).stale() is None


BUILDER = """
import sys
from assistant.config import Settings
from assistant.index.build import build_index
from fakes import FakeEmbedder
settings = Settings(corpus=sys.argv[1], index=sys.argv[2], embedder="fake")
"""
BUILD = "build_index(settings, FakeEmbedder(), lambda step: None)"


@contextmanager
def process(program: str, settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that builds the same index."""
    command = [sys.executable, "-c", program, str(settings.corpus), str(settings.index)]
    environment = os.environ | {"PYTHONPATH": str(TESTS)}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=TESTS.parent, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def test_two_builders_at_once_both_end_well(small_settings: Settings) -> None:
    program = BUILDER + BUILD
    with process(program, small_settings) as one, process(program, small_settings) as other:
        for running in (one, other):
            _, errors = running.communicate(timeout=120)
            assert running.returncode == 0, errors
    assert reader(small_settings).stale() is None
    assert told(reader(small_settings)).startswith(OLD)


def test_a_builder_that_waits_too_long_for_another_says_so(
    small_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(small_settings)
    monkeypatch.setattr(building, "_LOCK_WAIT", 0.05)
    with (
        FileLock(small_settings.index / "lock"),
        pytest.raises(SearchIndexError, match="Another process has been building"),
    ):
        build(small_settings)


class TestAReaderWhileBuilding:
    def test_it_keeps_its_build_and_takes_up_the_new_one_at_the_next_question(
        self, small_settings: Settings
    ) -> None:
        build(small_settings)
        open_before = reader(small_settings)
        held = open_before.index()
        finder = Finder(held, FakeEmbedder())
        search = Search("How many addresses did the IRS give to ICE?", Language.EN, 3)
        before = finder.find(search)
        edit(small_settings)
        build(small_settings)
        assert [hit.passage for hit in finder.find(search).hits] == [
            hit.passage for hit in before.hits
        ]
        assert told(open_before).startswith(NEW)
        assert open_before.index().build != held.build

    def test_it_answers_all_through_a_build(
        self, small_settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build(small_settings)
        open_before = reader(small_settings)
        answered: list[str] = []
        for owner, step in STEPS:
            real: Callable[..., object] = getattr(owner, step)

            def asked_first(*args: object, real: Callable[..., object] = real) -> object:
                answered.append(told(open_before))
                return real(*args)

            monkeypatch.setattr(owner, step, asked_first)
        edit(small_settings)
        build(small_settings)
        assert len(answered) == len(STEPS)
        assert all(text.startswith(OLD) for text in answered)
        assert told(open_before).startswith(NEW)

    def test_many_threads_are_answered_all_through_several_builds(
        self, small_settings: Settings
    ) -> None:
        build(small_settings)
        shared = reader(small_settings)
        done = Event()

        def ask() -> set[str]:
            answered = set()
            while not done.is_set():
                answered.add(told(shared).split(".")[0])
            return answered

        with ThreadPoolExecutor(4) as pool:
            asking = [pool.submit(ask) for _ in range(4)]
            for number in range(4):
                edit(small_settings, *(OLD, NEW) if number % 2 == 0 else (NEW, OLD))
                build(small_settings)
            done.set()
            answered = set().union(*(each.result() for each in asking))
        assert answered <= {OLD.removesuffix("."), NEW.removesuffix(".")}

    def test_an_old_build_is_let_go_once_the_new_one_is_taken_up(
        self, small_settings: Settings
    ) -> None:
        # Chroma keeps the database of every client that was not closed, with all of its vectors.
        from chromadb.api.shared_system_client import SharedSystemClient

        build(small_settings)
        shared = reader(small_settings)
        for number in range(3):
            found(shared)
            edit(small_settings, *(OLD, NEW) if number % 2 == 0 else (NEW, OLD))
            build(small_settings)
        found(shared)
        gc.collect()
        folder = str(small_settings.index)
        held = [each for each in SharedSystemClient._identifier_to_system if folder in each]
        assert held == [str(shared.index().build / "chroma")]


@pytest.mark.parametrize("place", ["file/index", "file"], ids=["below a file", "at a file"])
def test_a_folder_that_cannot_be_written_is_told_with_the_mend(
    small_settings: Settings, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    nowhere = small_settings.model_copy(update={"index": tmp_path / place})
    with pytest.raises(SearchIndexError, match=r"cannot be written in .*--index DIR"):
        build(nowhere)
    with pytest.raises(SearchIndexError, match="there is none yet"):
        reader(nowhere).search("anything")


def test_a_missing_corpus_is_told_before_anything_is_written(
    small_settings: Settings, tmp_path: Path
) -> None:
    nowhere = small_settings.model_copy(update={"corpus": tmp_path / "none"})
    with pytest.raises(CorpusError, match="--corpus"):
        reader(nowhere).stale()
    with pytest.raises(CorpusError, match="--corpus"):
        build(nowhere)
    assert current_build(nowhere.index) is None
