"""A refreshed index is as one built anew: the same answers, nothing stale; and no torch."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import FakeEmbedder
from numpy.typing import NDArray

from assistant import service
from assistant.config import Settings
from assistant.index.opened import LanguageIndex
from assistant.index.words import words
from assistant.models import Language, Request
from assistant.service import Assistant

TESTS = Path(__file__).resolve().parent
TODAY = date(2026, 11, 22)
MOU, STATUS = "agreement/mou-of-april-2025.md", "courts/court-status-today.md"
Change = Callable[[Path], None]


def replaced(file: str, old: str, new: str) -> Change:
    """Writes something else in the place of what stands in a document just once."""

    def change(corpus: Path) -> None:
        text = (corpus / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (corpus / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def turned(file: str) -> Change:
    """Lets two sections of a document change places."""

    def change(corpus: Path) -> None:
        text = (corpus / file).read_text(encoding="utf-8")
        front, first, second = re.split(r"(?m)^(?=## )", text)
        (corpus / file).write_text(f"{front}{second}\n\n{first}".strip() + "\n", encoding="utf-8")

    return change


def removed(*files: str) -> Change:
    """Removes documents."""

    def change(corpus: Path) -> None:
        for file in files:
            (corpus / file).unlink()

    return change


def added(file: str, model: str) -> Change:
    """Adds a document like another, under its own name and with a sentence of its own."""

    def change(corpus: Path) -> None:
        text = (corpus / model).read_text(encoding="utf-8")
        text = text.replace(f"id: {Path(model).stem}", f"id: {Path(file).stem}", 1)
        (corpus / file).write_text(f"{text}\nZebras have stripes.\n", encoding="utf-8")

    return change


def renamed(file: str, new: str, id_too: bool) -> Change:
    """Gives a document's file another name, and the document too if wanted."""

    def change(corpus: Path) -> None:
        text = (corpus / file).read_text(encoding="utf-8")
        if id_too:
            text = text.replace(f"id: {Path(file).stem}", f"id: {Path(new).stem}", 1)
        (corpus / file).unlink()
        (corpus / new).write_text(text, encoding="utf-8")

    return change


def moved(text: str, old: str, new: str) -> Change:
    """Takes words out of one document and adds them to another."""

    def change(corpus: Path) -> None:
        replaced(old, text, "")(corpus)
        file = corpus / new
        file.write_text(file.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")

    return change


# In this order each can also follow the one before it.
CHANGES: dict[str, Change] = {
    "a sentence edited": replaced(f"en/{MOU}", "gave ICE about 47,289", "handed ICE some 47,289"),
    "its twin edited": replaced(f"es/{MOU}", "entregó a ICE unas 47,289", "le dio a ICE 47,289"),
    "a sentence removed": replaced(
        f"en/{STATUS}", " The Boston order stops ICE from using the data it has.", ""
    ),
    "a paragraph added": replaced(
        f"es/{STATUS}", "\n\nHay ayuda", "\n\nLas cebras tienen rayas. No manchas.\n\nHay ayuda"
    ),
    "a question edited": replaced(f"en/{MOU}", "How many addresses did", "How many homes did"),
    "a question removed": replaced(f"en/{STATUS}", "> Is there an appeal?\n", ""),
    "a question added": replaced(
        f"en/{MOU}", "\n> Did the IRS give", "\n> Zebra?\n> Did the IRS give"
    ),
    "a heading renamed": replaced(f"en/{MOU}", "## What was shared", "## What changed hands"),
    "a title renamed": replaced(f"en/{MOU}", "The IRS–DHS agreement of", "A striped zebra of"),
    "a standing changed": replaced(f"en/{MOU}", "status: blocked", "status: superseded"),
    "sections turned round": turned(f"en/{STATUS}"),
    "a sentence moved": moved(
        "Free help is near you: see a low-income taxpayer clinic.", f"en/{STATUS}", f"en/{MOU}"
    ),
    "a document added": added("en/courts/another.md", f"en/{STATUS}"),
    "a file renamed": renamed(f"en/{MOU}", "en/agreement/a-new-name.md", id_too=False),
    "a document renamed": renamed(f"es/{STATUS}", "es/courts/el-estado.md", id_too=True),
    "a document removed": removed("en/statutes/section-6103.md", "es/statutes/section-6103.md"),
}


def build(settings: Settings) -> Assistant:
    """Refreshes the index and opens it."""
    Assistant(settings, FakeEmbedder(), lambda: TODAY).refresh(lambda step: None)
    return Assistant(settings, FakeEmbedder(), lambda: TODAY)


@pytest.fixture
def built(index_without_plans: Path, small_settings: Settings) -> Assistant:
    """An assistant on an index from before any change, copied since every test needs one."""
    shutil.copytree(index_without_plans, small_settings.index)
    return Assistant(small_settings, FakeEmbedder(), lambda: TODAY)


def anew(settings: Settings, tmp_path: Path) -> Assistant:
    """An index of the same documents that never held others."""
    return build(settings.model_copy(update={"index": tmp_path / "anew"}))


def same(refreshed: Assistant, fresh: Assistant) -> None:
    """Fails unless two assistants hold the same, find the same and answer the same."""
    one, other = refreshed.index(), fresh.index()
    assert one.manifest.id == other.manifest.id
    for language in Language:
        same_part(one.languages[language], other.languages[language])
        kept = [entries(each, language) for each in (refreshed, fresh)]
        assert kept[0].keys() == kept[1].keys()
        for id_, (note, vector) in kept[0].items():
            assert note == kept[1][id_][0]
            assert vector == pytest.approx(kept[1][id_][1], abs=1e-6)
        for question in [*other.languages[language].questions, "zebra", "cebra", "47,289"]:
            same_answer(refreshed, fresh, question, language)


def same_part(one: LanguageIndex, other: LanguageIndex) -> None:
    assert one.passages == other.passages
    assert one.questions == other.questions
    assert one.entry_rows == other.entry_rows
    assert one.question_map.vocabulary == other.question_map.vocabulary
    near(one.sentence_vectors, other.sentence_vectors)
    for name in ("idf", "weights", "sections"):
        near(getattr(one.question_map, name), getattr(other.question_map, name))
    assert one.kinds.kinds == other.kinds.kinds
    assert one.kinds.vocabulary == other.kinds.vocabulary
    for name in ("idf", "weights", "usual"):
        near(getattr(one.kinds, name), getattr(other.kinds, name))
    for text in [*other.questions, *(passage.text for passage in other.passages)]:
        query = words(text, other.language)
        near(one.text_words.scores(query), other.text_words.scores(query))
        near(one.question_words.scores(query), other.question_words.scores(query))


def near(one: NDArray[np.float32], other: NDArray[np.float32]) -> None:
    assert one.shape == other.shape
    assert np.allclose(one, other, atol=1e-6)


def entries(assistant: Assistant, language: Language) -> dict[str, tuple[Any, list[float]]]:
    """What Chroma holds of a language: for each id its text with what is noted, and its vector."""
    collection = assistant.index().vectors.collection(language)
    found: Any = collection.get(include=["documents", "metadatas", "embeddings"])
    notes = zip(found["documents"], found["metadatas"], strict=True)
    rows = [[float(number) for number in row] for row in found["embeddings"]]
    return dict(zip(found["ids"], zip(notes, rows, strict=True), strict=True))


def same_answer(one: Assistant, other: Assistant, question: str, language: Language) -> None:
    found = [each.search(question, language) for each in (one, other)]
    assert [hit.passage for hit in found[0]] == [hit.passage for hit in found[1]]
    scores = [[hit.score for hit in hits] for hits in found]
    assert scores[0] == pytest.approx(scores[1], abs=1e-5)
    told = [each.ask(Request(question, language=language)) for each in (one, other)]
    for name in ("outcome", "text", "citations", "notices", "follow_ups", "receipt"):
        assert getattr(told[0], name) == getattr(told[1], name)


@pytest.mark.usefixtures("no_plans")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_the_index_is_as_one_built_anew(
    change: Change, built: Assistant, small_settings: Settings, tmp_path: Path
) -> None:
    change(small_settings.corpus)
    assert built.stale() == "the documents have changed"
    same(build(small_settings), anew(small_settings, tmp_path))


@pytest.mark.usefixtures("no_plans")
def test_after_all_changes_the_index_is_as_one_built_anew(
    small_settings: Settings, tmp_path: Path
) -> None:
    build(small_settings)
    for change in CHANGES.values():
        change(small_settings.corpus)
        refreshed = build(small_settings)
    same(refreshed, anew(small_settings, tmp_path))


@pytest.mark.usefixtures("no_plans")
def test_after_a_change_is_undone_the_index_is_what_it_was(
    small_settings: Settings, tmp_path: Path
) -> None:
    kept = shutil.copytree(small_settings.corpus, tmp_path / "kept")
    build(small_settings)
    for change in CHANGES.values():
        change(small_settings.corpus)
    build(small_settings)
    shutil.rmtree(small_settings.corpus)
    shutil.copytree(kept, small_settings.corpus)
    same(build(small_settings), anew(small_settings, tmp_path))


def test_after_other_examples_of_kinds_the_index_is_as_one_built_anew(
    small_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = service.examples()

    def teach(which: slice) -> None:
        told = {language: known[language][which] for language in Language}
        monkeypatch.setattr(service, "examples", lambda: told)

    for which in (slice(40), slice(20, 60), slice(0)):
        teach(which)
        refreshed = build(small_settings)
    teach(slice(0, 60, 2))
    assert refreshed.stale() == "the kinds of question have changed"
    same(build(small_settings), anew(small_settings, tmp_path))


MADE = [
    ("a sentence edited", ["en text", "en map", "es map"]),
    ("its twin edited", ["es text", "es map"]),
    ("a question edited", ["en questions", "en map"]),
    ("a title renamed", ["en text"]),
    ("a standing changed", []),
    ("a file renamed", []),
]


@pytest.mark.parametrize(("change", "made"), MADE, ids=[change for change, _ in MADE])
def test_a_refresh_makes_no_more_anew_than_what_the_change_bears_on(
    change: str, made: list[str], small_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The middle of an English section is what its Spanish twin's map aims at, too."""
    few = {language: asked[:40] for language, asked in service.examples().items()}
    monkeypatch.setattr(service, "examples", lambda: few)
    before = build(small_settings).index().build
    CHANGES[change](small_settings.corpus)
    now = build(small_settings).index().build

    def differs(folder: str) -> bool:
        notes = [build / folder / "made-of.txt" for build in (before, now)]
        return notes[0].read_text(encoding="utf-8") != notes[1].read_text(encoding="utf-8")

    folders = {"text": "words/{}-text", "questions": "words/{}-questions", "map": "map/{}"}
    folders |= {"kinds": "kinds/{}"}
    found = [
        f"{language.value} {name}"
        for language in Language
        for name, folder in folders.items()
        if differs(folder.format(language.value))
    ]
    assert found == made


REAL = """
import sys
from assistant import service
from assistant.config import Settings
from assistant.service import Assistant
service.examples = dict  # to embed thousands of them first would take minutes
settings = Settings(corpus=sys.argv[1], index=sys.argv[2])
done = []
Assistant(settings).refresh(done.append)
print(done[-1].total - done[0].done, *sys.modules)
"""


def test_a_refresh_with_the_real_model_embeds_the_one_new_text_and_imports_no_torch(
    small_settings: Settings,
) -> None:
    """Starting torch alone would take longer than a whole refresh may."""
    command = [sys.executable, "-c", REAL, str(small_settings.corpus), str(small_settings.index)]
    for change in (None, CHANGES["a sentence edited"]):
        if change:
            change(small_settings.corpus)
        ran = subprocess.run(command, cwd=TESTS.parent, capture_output=True, text=True, check=True)
    embedded, *modules = ran.stdout.split()
    assert embedded == "1"
    assert {"torch", "transformers", "sentence_transformers", "onnxruntime"}.isdisjoint(modules)
