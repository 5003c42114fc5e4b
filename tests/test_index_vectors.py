"""Vectors live in Chroma on disk or on a server of one's own, and only what differs is touched."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import Any, cast

import numpy as np
import pytest
from chroma_clients import ended_connections
from chromadb.api import ClientAPI
from fakes import FakeEmbedder

from assistant.config import Settings
from assistant.errors import SearchIndexError
from assistant.index.build import build_index
from assistant.index.vectors import Entry, VectorIndex, _Place, _told
from assistant.models import Language, Request
from assistant.service import Assistant

EN, ES = Language.EN, Language.ES
TEXTS = ("Addresses were given.", "A judge stopped it.", "Help is near.")


def entries(*texts: str) -> list[Entry]:
    return [Entry(f"p-{text}", "passage", text, "doc", "Heading") for text in texts]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    opened = VectorIndex.on_disk(tmp_path / "chroma")
    yield opened
    opened.close()


def write(index: VectorIndex, *texts: str, language: Language = EN) -> None:
    index.write(language, entries(*texts), FakeEmbedder().encode(texts))


def test_the_nearest_come_best_first_with_their_cosine(index: VectorIndex) -> None:
    write(index, *TEXTS)
    vector = FakeEmbedder().encode([TEXTS[1]])[0]
    found = index.nearest(EN, vector, 3)
    assert found[0][0] == f"p-{TEXTS[1]}"
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    rows = FakeEmbedder().encode(TEXTS) @ vector
    assert dict(found) == pytest.approx(
        {f"p-{text}": float(row) for text, row in zip(TEXTS, rows, strict=True)}, abs=1e-5
    )


@pytest.mark.parametrize("k", [1, 3, 400])
def test_no_more_than_there_are_come_back(k: int, index: VectorIndex) -> None:
    write(index, *TEXTS)
    assert len(index.nearest(EN, FakeEmbedder().encode(["?"])[0], k)) == min(k, len(TEXTS))


def test_languages_are_kept_apart(index: VectorIndex) -> None:
    write(index, *TEXTS)
    write(index, "Una jueza lo detuvo.", language=ES)
    assert (index.count(EN), index.count(ES)) == (3, 1)
    ((name, _),) = index.nearest(ES, FakeEmbedder().encode([TEXTS[0]])[0], 9)
    assert name == "p-Una jueza lo detuvo."


def test_writing_again_leaves_just_what_is_wanted(index: VectorIndex) -> None:
    write(index, *TEXTS)
    write(index, TEXTS[0], "A new text.")
    assert set(index.collection(EN).get(include=[])["ids"]) == {f"p-{TEXTS[0]}", "p-A new text."}
    assert index.nearest(EN, FakeEmbedder().encode(["A new text."])[0], 1)[0][0] == "p-A new text."


def test_more_than_one_call_may_be_needed_for_many(index: VectorIndex) -> None:
    texts = [f"text {number}" for number in range(2003)]
    vectors = np.random.default_rng(6103).normal(size=(len(texts), 4)).astype(np.float32)
    index.write(EN, entries(*texts), vectors)
    assert index.count(EN) == 2003
    index.write(EN, entries(*texts[:1]), vectors[:1])
    assert index.count(EN) == 1


def test_the_nearest_of_all_are_found_after_much_was_replaced(index: VectorIndex) -> None:
    """What is kept of a graph of neighbours must serve like one drawn anew."""
    random = np.random.default_rng(6103)
    middles = random.normal(size=(40, 64))
    vectors = middles[random.integers(0, 40, 2000)] + 0.7 * random.normal(size=(2000, 64))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    versions = np.zeros(len(vectors), dtype=int)
    for _ in range(3):
        versions[random.choice(len(vectors), 300, replace=False)] += 1
        index.write(EN, entries(*(f"{n}, {each}" for n, each in enumerate(versions))), vectors)
    for vector in vectors[:50]:
        found = [score for _, score in index.nearest(EN, vector, 400)]
        assert found == pytest.approx(sorted(vectors @ vector, reverse=True)[:400], abs=1e-4)


def test_a_kept_entry_under_a_new_heading_is_noted_anew(index: VectorIndex) -> None:
    vectors = FakeEmbedder().encode(TEXTS)

    def told(heading: str) -> list[Entry]:
        question = Entry("q-1", "question", TEXTS[0], "doc", heading)
        part = Entry(f"p-{heading}", "passage", TEXTS[1], "doc", heading)
        return [part, question, Entry("q-2", "question", TEXTS[2], "other", "Apart")]

    for heading in ("Old", "New"):
        index.write(EN, told(heading), vectors)
    kept: Any = index.collection(EN).get(include=["metadatas", "embeddings"])
    noted = dict(zip(kept["ids"], kept["metadatas"], strict=True))
    assert {id_: each["pinpoint"] for id_, each in noted.items()} == {
        "p-New": "New",
        "q-1": "New",
        "q-2": "Apart",
    }
    rows = dict(zip(kept["ids"], kept["embeddings"], strict=True))
    assert np.allclose([rows[entry.id] for entry in told("New")], vectors)
    assert index.nearest(EN, vectors[1], 1)[0][0] == "q-1"


def test_its_client_is_closed_once_when_it_is_closed_or_let_go() -> None:
    class Client:
        closed = 0

        def close(self) -> None:
            self.closed += 1

    client = Client()
    index = VectorIndex(cast(ClientAPI, client), _Place("here", "Mend it."))
    index.close()
    index.close()
    assert client.closed == 1
    del index
    gc.collect()
    assert client.closed == 1

    client = Client()
    index = VectorIndex(cast(ClientAPI, client), _Place("here", "Mend it."))
    assert client.closed == 0
    del index
    gc.collect()
    assert client.closed == 1


def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    first = VectorIndex.on_disk(tmp_path / "chroma")
    write(first, *TEXTS)
    del first
    gc.collect()
    again = VectorIndex.on_disk(tmp_path / "chroma")
    assert again.count(EN) == len(TEXTS)
    again.close()


@pytest.fixture
def connections_end_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with ended_connections(monkeypatch):
        yield


@pytest.mark.network
@pytest.mark.usefixtures("connections_end_here")
def test_a_server_that_is_not_there_is_told_with_the_mend() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SearchIndexError, match=f"127.0.0.1:{port}.*ASSISTANT_CHROMA_URL"):
        VectorIndex.on_server(f"http://127.0.0.1:{port}", "-build")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server of our own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--path", str(tmp_path_factory.mktemp("chroma"))]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        yield f"http://127.0.0.1:{port}"
        running.terminate()


@pytest.mark.network
@pytest.mark.usefixtures("connections_end_here", "no_plans")
class TestOnAServer:
    @pytest.fixture
    def settings(self, server: str, small_corpus: Path, tmp_path: Path) -> Settings:
        address = server.removeprefix("http://").split(":")
        until = monotonic() + 60
        while monotonic() < until:
            with socket.socket() as plug:
                if plug.connect_ex((address[0], int(address[1]))) == 0:
                    break
            sleep(0.1)
        return Settings(
            corpus=small_corpus, index=tmp_path / "index", embedder="fake", chroma_url=server
        )

    def test_the_index_is_built_asked_and_refreshed(self, settings: Settings) -> None:
        build_index(settings, FakeEmbedder(), lambda step: None)
        assistant = Assistant(settings, FakeEmbedder(), lambda: date(2026, 11, 22))
        assert assistant.stale() is None
        asked = Request("How many addresses did the IRS give to ICE?")
        assert "47,289" in assistant.ask(asked).text
        assert not (assistant.index().build / "chroma").exists()
        file = settings.corpus / "en" / "agreement" / "mou-of-april-2025.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("about 47,289", "some 47,289"), encoding="utf-8")
        embedder = FakeEmbedder()
        build_index(settings, embedder, lambda step: None)
        assert len(embedder.encoded) == 1
        assert "some 47,289" in assistant.ask(asked).text

    def test_it_answers_as_the_vectors_on_disk_do(self, settings: Settings, tmp_path: Path) -> None:
        build_index(settings, FakeEmbedder(), lambda step: None)
        on_disk = settings.model_copy(update={"index": tmp_path / "disk", "chroma_url": None})
        build_index(on_disk, FakeEmbedder(), lambda step: None)
        for text in ("Did the IRS give my address to ICE?", "¿Qué dicen hoy los tribunales?"):
            found = [
                [
                    (hit.passage.id, round(hit.score, 4))
                    for hit in Assistant(place, FakeEmbedder()).search(text)
                ]
                for place in (settings, on_disk)
            ]
            assert found[0] == found[1]

    def test_lost_collections_are_noticed_and_mended(self, settings: Settings) -> None:
        import chromadb

        build_index(settings, FakeEmbedder(), lambda step: None)
        port = int(str(settings.chroma_url).rpartition(":")[2])
        client = chromadb.HttpClient(host="127.0.0.1", port=port)
        for collection in client.list_collections():
            client.delete_collection(collection.name)
        assistant = Assistant(settings, FakeEmbedder(), lambda: date(2026, 11, 22))
        told = assistant.stale()
        assert told is not None
        assert "assistant index" in told
        assistant.refresh(lambda step: None)
        assert assistant.stale() is None


def test_a_process_that_is_asked_to_end_ends_as_asked() -> None:
    place = _Place("here", "Mend it.")
    with pytest.raises(SystemExit), _told(place, "written"):
        raise SystemExit(0)
    with (
        pytest.raises(SearchIndexError, match="cannot be written"),
        _told(place, "written"),
    ):
        raise RuntimeError
