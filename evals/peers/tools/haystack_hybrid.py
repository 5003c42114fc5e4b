"""Haystack as its hybrid retrieval tutorial has it, with rank fusion where a ranker would stand.

https://haystack.deepset.ai/tutorials/33_hybrid_retrieval
https://docs.haystack.deepset.ai/docs/documentjoiner (splits of 150 words for this model)
"""

# The library is in the comparison's environment alone, where no type checker runs.
# mypy: disable-error-code="import-not-found,import-untyped"

from __future__ import annotations

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from evals.peers.tools.task import Built, Task
from evals.peers.wire import DEPTH

DISTRIBUTIONS = ("haystack-ai", "sentence-transformers-haystack")


def build(task: Task) -> Built:
    """The indexing pipeline of the tutorial, then the query pipeline joined by rank."""
    store = InMemoryDocumentStore()
    _write(task, store)
    query = _query(task, store)

    def search(text: str, language: str) -> list[tuple[str, str]]:
        data = {"text_embedder": {"text": text}, "bm25_retriever": {"query": text}}
        found = query.run(data)["document_joiner"]["documents"][:DEPTH]
        return [(each.meta["path"], each.content) for each in found]

    return Built(store.count_documents(), search)


def _write(task: Task, store: InMemoryDocumentStore) -> None:
    documents = [Document(content=text, meta={"path": path}) for path, text in task.documents()]
    indexing = Pipeline()
    indexing.add_component(
        "splitter", DocumentSplitter(split_by="word", split_length=150, split_overlap=50)
    )
    indexing.add_component(
        "embedder", SentenceTransformersDocumentEmbedder(model=str(task.model), progress_bar=False)
    )
    indexing.add_component("writer", DocumentWriter(store))
    indexing.connect("splitter", "embedder")
    indexing.connect("embedder", "writer")
    indexing.run({"splitter": {"documents": documents}})


def _query(task: Task, store: InMemoryDocumentStore) -> Pipeline:
    query = Pipeline()
    query.add_component(
        "text_embedder",
        SentenceTransformersTextEmbedder(model=str(task.model), progress_bar=False),
    )
    query.add_component("embedding_retriever", InMemoryEmbeddingRetriever(store))
    query.add_component("bm25_retriever", InMemoryBM25Retriever(store))
    query.add_component("document_joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    query.connect("text_embedder", "embedding_retriever")
    query.connect("bm25_retriever", "document_joiner")
    query.connect("embedding_retriever", "document_joiner")
    return query
