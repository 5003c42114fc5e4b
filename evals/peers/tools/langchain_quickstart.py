"""LangChain as its semantic search tutorial has it: recursive splits in Chroma.

https://docs.langchain.com/oss/python/langchain/knowledge-base
"""

# The library is in the comparison's environment alone, where no type checker runs.
# mypy: disable-error-code="import-not-found,import-untyped"

from __future__ import annotations

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.peers.tools.task import Built, Task
from evals.peers.wire import DEPTH

DISTRIBUTIONS = (
    "langchain-chroma",
    "langchain-core",
    "langchain-huggingface",
    "langchain-text-splitters",
)


def build(task: Task) -> Built:
    """The tutorial's splitter with its figures, its vector store with a folder."""
    documents = [
        Document(page_content=text, metadata={"source": path}) for path, text in task.documents()
    ]
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=1000, chunk_overlap=200, add_start_index=True
    )
    splits = splitter.split_documents(documents)
    store = Chroma(
        collection_name="example_collection",
        embedding_function=HuggingFaceEmbeddings(model_name=str(task.model)),
        persist_directory=str(task.work / "chroma_langchain_db"),
    )
    store.add_documents(documents=splits)

    def search(text: str, language: str) -> list[tuple[str, str]]:
        found = store.similarity_search(text, k=DEPTH)
        return [(each.metadata["source"], each.page_content) for each in found]

    return Built(len(splits), search)
