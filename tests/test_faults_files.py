"""Files damaged or changed while someone asks: no sentence that the documents do not hold."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import here
from faults import DOCUMENT, OLD, QUESTION, answer, healed, plain, reader, told

from assistant.config import Settings
from assistant.errors import SearchIndexError
from assistant.index.manifest import current_build
from assistant.models import Answer
from assistant.service import Assistant
from assistant.verify.quotes import source_reader

pytestmark = pytest.mark.usefixtures("no_plans")

Harm = Callable[[Path], None]


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def removed(file: Path) -> None:
    file.unlink()


def renamed(file: Path) -> None:
    file.rename(file.with_name("another-name.md"))


def invalid(file: Path) -> None:
    file.write_bytes(b"---\nid: [\n---\n" + file.read_bytes()[40:])


def no_text(file: Path) -> None:
    file.write_bytes(bytes(range(256)))


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def nowhere(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.with_name("nothing"))


def bits_flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for place in random.Random(6103).sample(range(len(content)), min(9, len(content))):
        content[place] ^= 0b1000
    file.write_bytes(content)


CHROMA = ("chroma/chroma.sqlite3", "chroma/*/data_level0.bin")
WORDS = ("words/en-text/data.csc.index.npy", "words/en-questions/vocab.index.json")


DAMAGES = [(pattern, harm) for pattern in (*CHROMA, *WORDS) for harm in (truncated, bits_flipped)]
# SQLite keeps no checksum of its contents: of bits flipped there a test of its own is below.
DAMAGES.remove((CHROMA[0], bits_flipped))


@pytest.mark.parametrize(("pattern", "harm"), DAMAGES)
class TestADamagedIndex:
    def test_is_told_by_the_doctor_and_mended_by_the_next_question(
        self, pattern: str, harm: Harm, ready: Assistant
    ) -> None:
        settings, right = ready.settings, told(answer(ready))
        for file in ready.index().build.glob(pattern):
            harm(file)
        doctor = here("doctor", settings=settings)
        plain(doctor, 3, "MEND  index:", "assistant index --rebuild")
        asked = here("ask", QUESTION, settings=settings)
        plain(asked, 0, OLD, "Preparing the index:")
        healed(settings)
        assert told(answer(reader(settings))) == right
        # Whoever had it open takes up the mended one.
        assert told(answer(ready)) == right

    def test_that_is_open_answers_right_or_says_what_to_do(
        self, pattern: str, harm: Harm, ready: Assistant
    ) -> None:
        open_before = reader(ready.settings)
        right = told(answer(ready))
        open_before.index()
        for file in ready.index().build.glob(pattern):
            harm(file)
        for assistant in (open_before, ready):
            try:
                assert told(answer(assistant)) == right
            except SearchIndexError as error:
                assert "assistant index --rebuild" in str(error)


@pytest.mark.parametrize("seed", range(3))
def test_bits_flipped_anywhere_in_the_database_change_no_answer_unnoticed(
    seed: int, ready: Assistant
) -> None:
    settings, right = ready.settings, told(answer(ready))
    file = ready.index().build / CHROMA[0]
    content, moments = bytearray(file.read_bytes()), random.Random(seed)
    identity = [found.start() for found in re.finditer(rb"[pq]-[0-9a-f]{16}", content)]
    for place in [*moments.sample(range(len(content)), 3), *moments.sample(identity, 20)]:
        content[place + 3 if place in identity else place] ^= 1
    file.write_bytes(content)
    now = reader(settings)
    if reason := now.stale():
        assert "assistant index --rebuild" in reason
    else:
        try:
            assert told(answer(now)) == right
        except SearchIndexError as error:
            assert "assistant index --rebuild" in str(error)
    plain(here("index", "--rebuild", settings=settings), 0)
    healed(settings)
    assert told(answer(ready)) == right


def test_an_index_removed_while_it_is_open_is_told_and_built_again(
    ready: Assistant,
) -> None:
    settings, right = ready.settings, told(answer(ready))
    shutil.rmtree(settings.index)
    with pytest.raises(SearchIndexError, match="there is none yet.*assistant index"):
        answer(ready)
    plain(here("doctor", settings=settings), 3, "there is no index yet", "assistant index")
    plain(here("ask", QUESTION, settings=settings), 0, OLD)
    assert told(answer(ready)) == right


def shown_stands(found: Answer, settings: Settings) -> None:
    """Fails unless each quotation shown stands in a document as it lies on disk now."""
    text_of = source_reader(settings.corpus)
    for citation in found.citations:
        assert citation.quote in (text_of(citation.passage.source.path) or "")


HARMS: list[tuple[Harm, str]] = [
    (removed, f"'{DOCUMENT.stem}' is not a document in 'en'"),
    (renamed, "another-name"),
    (emptied, DOCUMENT.name),
    (invalid, DOCUMENT.name),
    (no_text, DOCUMENT.name),
    (truncated, DOCUMENT.name),
    (a_folder, DOCUMENT.name),
    (nowhere, DOCUMENT.name),
]


@pytest.mark.parametrize(("harm", "named"), HARMS, ids=[harm.__name__ for harm, _ in HARMS])
def test_a_document_harmed_while_serving_is_quoted_no_more_and_named_by_the_doctor(
    harm: Harm, named: str, ready: Assistant
) -> None:
    settings = ready.settings
    before = answer(ready)
    kept = shutil.copytree(settings.corpus, settings.corpus.with_name("kept"))
    harm(settings.corpus / DOCUMENT)
    now = answer(ready)
    assert now.sentences
    assert OLD not in now.text
    assert DOCUMENT.as_posix() not in {each.passage.source.path for each in now.citations}
    assert set(now.notices) - set(before.notices)
    shown_stands(now, settings)
    plain(here("doctor", settings=settings), 3, "MEND  corpus:", named, "assistant corpus check")
    asked = here("ask", QUESTION, settings=settings)
    if asked.code:
        plain(asked, 3, DOCUMENT.name)
    assert asked.out == "" or harm in (removed, renamed)
    shown_stands(answer(ready), settings)
    shutil.rmtree(settings.corpus)
    shutil.copytree(kept, settings.corpus)
    plain(here("ask", QUESTION, settings=settings), 0, OLD)
    healed(settings)
    assert told(answer(ready)) == told(before)


def test_documents_that_are_all_gone_leave_nothing_to_quote(ready: Assistant) -> None:
    settings = ready.settings
    shutil.move(settings.corpus, settings.corpus.with_name("kept"))
    now = answer(ready)
    assert not now.sentences and not now.citations
    for command in (("ask", QUESTION), ("index",), ("doctor",)):
        plain(here(*command, settings=settings), 3, str(settings.corpus), "--corpus")
    shutil.move(settings.corpus.with_name("kept"), settings.corpus)
    assert OLD in answer(ready).text
    assert current_build(settings.index) is not None
