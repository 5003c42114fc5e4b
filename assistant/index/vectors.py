"""Vectors in Chroma: a collection a language, of passages and of the questions they answer.

On disk by default; ``ASSISTANT_CHROMA_URL`` names a Chroma server instead.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from assistant.errors import SearchIndexError
from assistant.index.embed import Embedder
from assistant.models import Language

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from langchain_core.vectorstores import VectorStore

Array = NDArray[np.float32]

_BATCH = 2000  # below Chroma's limit for one call
# Exact enough that the nearest rows are truly the nearest among some ten thousand. With an
# ``ef_search`` of 400, no more than is asked for, a refreshed index and one built anew put 16 of
# 448 questions' passages in another order; with 1600 none.
_HNSW = {
    "space": "cosine",
    "ef_construction": 100,
    "ef_search": 1600,
    "max_neighbors": 16,
    # Written out at once: what only waits in its log, Chroma writes anew at every opening.
    "batch_size": 3,
    "sync_threshold": 4,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One vector to keep: ``kind`` is ``passage`` or ``question``."""

    id: str
    kind: str
    text: str
    document: str
    pinpoint: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where vectors are kept, and what to do when they cannot be reached there."""

    where: str
    mend: str


_DISK_MEND = (
    "Free some space or choose another folder with --index DIR; if that does not help, "
    "rebuild the index: assistant index --rebuild"
)
_SERVER_MEND = (
    "Start that server again; if its vectors are lost, rebuild the index: assistant index --rebuild"
)


class VectorIndex:
    """The vectors of all languages in one Chroma database.

    Whatever keeps Chroma from reading or writing them is told as a SearchIndexError with its mend.
    """

    def __init__(self, client: ClientAPI, place: _Place, suffix: str = "") -> None:
        self._client = client
        self._place = place
        self._suffix = suffix
        self._read: dict[Language, Collection] = {}
        # Chroma keeps every open client for good, so the last reader's leaving closes this one.
        self._let_go: weakref.finalize[..., VectorIndex] = weakref.finalize(self, client.close)

    @classmethod
    def on_disk(cls, folder: Path) -> VectorIndex:
        """A database in a folder of its own; telemetry off."""
        import chromadb

        place = _Place(f"in {folder}", _DISK_MEND)
        with _told(place, "opened"):
            return cls(chromadb.PersistentClient(path=str(folder), settings=_quiet()), place)

    @classmethod
    def on_copy(cls, folder: Path) -> VectorIndex:
        """A private copy of a database, for a folder that Chroma may not write in.

        Raises:
            OSError: It cannot be copied.
        """
        aside = Path(mkdtemp(prefix="ask6103-"))
        try:
            for file in folder.rglob("*"):
                if file.is_file():
                    copied = aside / file.relative_to(folder)
                    copied.parent.mkdir(exist_ok=True)
                    # Its contents alone: a copy of the permissions would be as closed as it is.
                    shutil.copyfile(file, copied)
            vectors = cls.on_disk(aside)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        vectors._let_go.detach()
        vectors._let_go = weakref.finalize(vectors, _end, vectors._client, aside)
        return vectors

    @classmethod
    def on_server(cls, url: str, suffix: str) -> VectorIndex:
        """Collections on a Chroma server, told apart by the build they belong to.

        Raises:
            SearchIndexError: No Chroma server answers there.
        """
        import chromadb

        parts = urlsplit(url)
        try:
            client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=_quiet(),
            )
        except ValueError as error:
            raise SearchIndexError(
                f"No Chroma server answers at {url}. Start it, correct ASSISTANT_CHROMA_URL, "
                "or unset that variable to keep vectors on disk."
            ) from error
        return cls(client, _Place(f"on the Chroma server at {url}", _SERVER_MEND), suffix)

    def name(self, language: Language) -> str:
        """The collection's name for one language."""
        return f"ask6103-{language.value}{self._suffix}"

    def collection(self, language: Language) -> Collection:
        """The Chroma collection of one language, for those who want it directly."""
        return self._client.get_collection(self.name(language), embedding_function=None)

    def as_vector_store(self, language: Language, embedder: Embedder) -> VectorStore:
        """One language's collection as a LangChain vector store, for chains that want vectors.

        It holds passages and questions; ``filter={"kind": "passage"}`` leaves the passages.
        """
        from langchain_chroma import Chroma
        from langchain_core.embeddings import Embeddings

        class Vectors(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return [[float(number) for number in row] for row in embedder.encode(texts)]

            def embed_query(self, text: str) -> list[float]:
                return self.embed_documents([text])[0]

        store: VectorStore = Chroma(
            client=self._client,
            collection_name=self.name(language),
            embedding_function=Vectors(),
            create_collection_if_not_exists=False,
        )
        return store

    def write(self, language: Language, entries: Sequence[Entry], vectors: Array) -> None:
        """Makes the collection hold just these entries, touching only what differs."""
        with _told(self._place, "written"):
            self._write(language, entries, vectors)

    def _write(self, language: Language, entries: Sequence[Entry], vectors: Array) -> None:
        collection = self._client.get_or_create_collection(
            self.name(language),
            embedding_function=None,
            configuration={"hnsw": _HNSW},
        )
        kept = set(collection.get(include=[])["ids"])
        wanted = {entry.id: row for row, entry in enumerate(entries)}
        for batch in _batches(sorted(kept - wanted.keys())):
            collection.delete(ids=batch)
        new = [id_ for id_ in wanted if id_ not in kept]
        for batch in _batches(new):
            rows = [wanted[id_] for id_ in batch]
            collection.add(
                ids=batch,
                embeddings=vectors[rows],
                documents=[entries[row].text for row in rows],
                metadatas=[_metadata(entries[row]) for row in rows],
            )
        touched = {entries[wanted[id_]].document for id_ in new}
        _correct(collection, [e for e in entries if e.id in kept and e.document in touched])

    def close(self) -> None:
        """Lets go of the database; everything written is on disk then."""
        self._let_go()

    def count(self, language: Language) -> int:
        """How many entries a language holds."""
        with _told(self._place, "read"):
            count: int = self.collection(language).count()
        return count

    def nearest(self, language: Language, vector: Array, k: int) -> list[tuple[str, float]]:
        """(entry id, cosine similarity) of the ``k`` nearest entries, best first."""
        with _told(self._place, "read"):
            if language not in self._read:  # to ask for it costs a fifth of what a search does
                self._read[language] = self.collection(language)
            found: Any = self._read[language].query(
                query_embeddings=[vector], n_results=k, include=["distances"]
            )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(id_, 1.0 - float(distance)) for id_, distance in pairs]


def _end(client: ClientAPI, aside: Path) -> None:
    client.close()
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _told(place: _Place, done: str) -> Iterator[None]:
    """Turns what Chroma fails with into one error; it raises many kinds, even a bare Exception."""
    try:
        yield
    except (MemoryError, ImportError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in Chroma's Rust is no Exception
        raise SearchIndexError(
            f"The vectors {place.where} cannot be {done} ({type(error).__name__}). {place.mend}"
        ) from error


def _quiet() -> Any:
    from chromadb.config import Settings as ChromaSettings

    return ChromaSettings(anonymized_telemetry=False)


def _metadata(entry: Entry) -> dict[str, str]:
    return {"kind": entry.kind, "document": entry.document, "pinpoint": entry.pinpoint}


def _correct(collection: Collection, entries: Sequence[Entry]) -> None:
    """Corrects what is noted of kept entries: under a new heading a question is still the same."""
    right = {entry.id: _metadata(entry) for entry in entries}
    for batch in _batches(list(right)):
        found = collection.get(ids=batch, include=["metadatas"])
        noted = dict(zip(found["ids"], found["metadatas"] or (), strict=True))
        if wrong := [id_ for id_ in batch if noted[id_] != right[id_]]:
            collection.update(ids=wrong, metadatas=[right[id_] for id_ in wrong])


def _batches(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
