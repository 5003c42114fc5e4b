"""Whatever happens to an index on disk, it is noticed before use, told, and mended by a refresh."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeEmbedder

from assistant.config import Settings
from assistant.errors import SearchIndexError
from assistant.index import manifest as manifests
from assistant.index.build import build_index
from assistant.index.manifest import current_build, read_manifest
from assistant.models import Language
from assistant.service import Assistant

pytestmark = pytest.mark.usefixtures("no_plans")

TESTS = Path(__file__).resolve().parent
TODAY = date(2026, 11, 22)
QUESTIONS = (
    ("How many addresses did the IRS give to ICE?", Language.EN),
    ("¿Cuántas direcciones le dio el IRS a ICE?", Language.ES),
)
Answers = list[list[tuple[str, float]]]


def answers(assistant: Assistant) -> Answers:
    """What is found for a question of each language, with its score."""
    return [
        [(hit.passage.id, round(hit.score, 5)) for hit in assistant.search(text, language)]
        for text, language in QUESTIONS
    ]


@dataclass(frozen=True, slots=True)
class Healthy:
    """An index in good order, and what it answers."""

    folder: Path
    answers: Answers


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Healthy:
    folder = tmp_path_factory.mktemp("healthy")
    settings = Settings(corpus=TESTS / "small_corpus", index=folder / "index", embedder="fake")
    build_index(settings, FakeEmbedder(), lambda step: None)
    kept = Path(shutil.copytree(settings.index, folder / "kept"))
    return Healthy(kept, answers(reader(settings)))


@pytest.fixture
def settings(healthy: Healthy, tmp_path: Path) -> Settings:
    """A copy of the healthy index that a test may damage."""
    folder = shutil.copytree(healthy.folder, tmp_path / "index")
    return Settings(corpus=TESTS / "small_corpus", index=Path(folder), embedder="fake")


def reader(settings: Settings) -> Assistant:
    return Assistant(settings, FakeEmbedder(), lambda: TODAY)


def in_use(settings: Settings) -> Path:
    build = current_build(settings.index)
    assert build is not None
    return build


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0b100
    file.write_bytes(content)


def overwrite(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * (file.stat().st_size // 256 + 1))


def delete(file: Path) -> None:
    file.unlink()


WAYS = [truncate, empty, flip_a_bit, overwrite, delete]
FILES = [
    "passages.jsonl",
    "texts/keys.npy",
    "texts/vectors.npy",
    "words/en-text/data.csc.index.npy",
    "words/es-questions/vocab.index.json",
    "words/es-text/params.index.json",
    "chroma/*/data_level0.bin",
    "chroma/*/header.bin",
    "chroma/*/index_metadata.pickle",
    "chroma/*/length.bin",
    "chroma/*/link_lists.bin",
    "manifest.json",
]


def mended(settings: Settings, healthy: Healthy) -> None:
    """A refresh makes the index fit, and its answers what they were."""
    assistant = reader(settings)
    assistant.refresh(lambda step: None)
    assert assistant.stale() is None
    assert answers(assistant) == healthy.answers
    assert answers(reader(settings)) == healthy.answers


def test_a_healthy_index_is_fit(settings: Settings, healthy: Healthy) -> None:
    assert reader(settings).stale() is None
    assert answers(reader(settings)) == healthy.answers


@pytest.mark.parametrize("damage", WAYS)
@pytest.mark.parametrize("pattern", FILES)
def test_a_damaged_file_is_noticed_and_mended(
    pattern: str, damage: Callable[[Path], None], settings: Settings, healthy: Healthy
) -> None:
    file = sorted(in_use(settings).glob(pattern))[0]
    damage(file)
    told = reader(settings).stale()
    assert told is not None
    assert str(settings.index) in told
    assert "assistant index --rebuild" in told
    with pytest.raises(SearchIndexError, match="assistant index --rebuild"):
        reader(settings).search("anything")
    mended(settings, healthy)


@pytest.mark.parametrize("damage", [truncate, empty, overwrite, delete])
def test_a_damaged_database_is_noticed_and_mended(
    damage: Callable[[Path], None], settings: Settings, healthy: Healthy
) -> None:
    damage(in_use(settings) / "chroma" / "chroma.sqlite3")
    told = reader(settings).stale()
    assert told is not None
    assert "assistant index --rebuild" in told
    mended(settings, healthy)


# A flipped bit may change what Chroma notes about itself; SQLite keeps no checksum of that.
@pytest.mark.parametrize("note", ["ask6103-en", "cosine", "urn:chroma", "hnsw"])
def test_a_bit_flipped_in_what_chroma_notes_is_noticed_and_mended(
    note: str, settings: Settings, healthy: Healthy
) -> None:
    file = in_use(settings) / "chroma" / "chroma.sqlite3"
    content = bytearray(file.read_bytes())
    content[content.rindex(note.encode()) + 3] ^= 1
    file.write_bytes(content)
    told = reader(settings).stale()
    assert told is not None
    assert "assistant index --rebuild" in told
    mended(settings, healthy)


@pytest.mark.parametrize("place", range(0, 200_000, 9_973))
def test_a_bit_flipped_anywhere_in_the_database_is_noticed_or_changes_no_answer(
    place: int, settings: Settings, healthy: Healthy
) -> None:
    file = in_use(settings) / "chroma" / "chroma.sqlite3"
    content = bytearray(file.read_bytes())
    content[place] ^= 8
    file.write_bytes(content)
    assistant = reader(settings)
    if assistant.stale() is None:
        assert answers(assistant) == healthy.answers
    else:
        mended(settings, healthy)


@pytest.mark.parametrize("damage", [truncate, empty, overwrite, delete])
def test_a_damaged_name_of_the_build_in_use_counts_as_no_index(
    damage: Callable[[Path], None], settings: Settings, healthy: Healthy
) -> None:
    damage(settings.index / "current")
    assert reader(settings).stale() == "there is no index yet"
    mended(settings, healthy)


@pytest.mark.parametrize("name", ["..", ".", "/", "../builds", "build-00000000", "\0"])
def test_a_name_that_is_no_build_of_this_folder_is_never_followed(
    name: str, settings: Settings, healthy: Healthy
) -> None:
    (settings.index / "current").write_text(name, encoding="utf-8")
    assert reader(settings).stale() is not None
    mended(settings, healthy)
    assert sorted(path.name for path in settings.index.iterdir()) == ["builds", "current", "lock"]


@pytest.mark.parametrize("folder", ["texts", "words", "words/en-text", "chroma", "."])
def test_a_lost_folder_is_noticed_and_mended(
    folder: str, settings: Settings, healthy: Healthy
) -> None:
    shutil.rmtree(in_use(settings) / folder)
    assert reader(settings).stale() is not None
    mended(settings, healthy)


def test_an_old_file_put_back_is_noticed(settings: Settings, healthy: Healthy) -> None:
    """Two files that are whole, but of different builds."""
    build = in_use(settings)
    shutil.copy(build / "words/en-text/data.csc.index.npy", build / "words/es-text")
    told = reader(settings).stale()
    assert told is not None
    assert "words/es-text/data.csc.index.npy" in told
    mended(settings, healthy)


def rewrite(settings: Settings, **facts: Any) -> None:
    """Changes facts of the manifest and leaves it a sound one."""
    file = in_use(settings) / "manifest.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(kept | facts), encoding="utf-8")


FOREIGN: list[tuple[dict[str, Any], str]] = [
    ({"embedder": "another/model"}, "another embedding model is set"),
    ({"corpus": "0" * 64}, "the documents have changed"),
    ({"libraries": {"bm25s": "0.1"}}, "a library it was made with has changed"),
    ({"format": 99}, "it has format 99, this version reads"),
    ({"unheard": 1}, "its manifest cannot be read"),
    ({"files": [1, 2]}, "its manifest cannot be read"),
    ({"files": {"passages.jsonl": [1]}}, "its manifest cannot be read"),
]


@pytest.mark.parametrize(("facts", "reason"), FOREIGN, ids=[reason for _, reason in FOREIGN])
def test_an_index_made_otherwise_is_told_and_made_anew(
    facts: dict[str, Any], reason: str, settings: Settings, healthy: Healthy
) -> None:
    rewrite(settings, **facts)
    told = reader(settings).stale()
    assert told is not None
    assert reason in told
    mended(settings, healthy)


def test_vectors_of_another_model_are_never_used_again(settings: Settings) -> None:
    other = settings.model_copy(update={"embedder": "other"})
    embedder = FakeEmbedder("other")
    build_index(other, embedder, lambda step: None)
    assert len(embedder.encoded) == 60
    assert read_manifest(in_use(settings)).embedder == "other"


def test_another_library_version_means_a_full_build(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        manifests, "version", lambda name: "99" if name == "chromadb" else version(name)
    )
    assert reader(settings).stale() == "a library it was made with has changed"
    embedder = FakeEmbedder()
    build_index(settings, embedder, lambda step: None)
    assert len(embedder.encoded) == 60
    assert reader(settings).stale() is None
