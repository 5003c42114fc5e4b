"""LlamaIndex as its starter has it: a folder read, a VectorStoreIndex, nothing set but the model.

https://developers.llamaindex.ai/python/framework/getting_started/starter_example_local
"""

# The library is in the comparison's environment alone, where no type checker runs.
# mypy: disable-error-code="import-not-found,import-untyped"

from __future__ import annotations

from pathlib import Path

from llama_index.core import Settings, SimpleDirectoryReader, VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from evals.peers.tools.task import Built, Task
from evals.peers.wire import DEPTH

DISTRIBUTIONS = ("llama-index-core", "llama-index-embeddings-huggingface")


def build(task: Task) -> Built:
    """The default reader and splitter (1,024 tokens, 200 shared), the default store in memory."""
    Settings.embed_model = HuggingFaceEmbedding(model_name=str(task.model))

    def named(path: str) -> dict[str, str]:
        # This text is embedded with every piece, so it must not tell where the files lie today.
        return {"file_path": Path(path).relative_to(task.corpus).as_posix()}

    reader = SimpleDirectoryReader(str(task.corpus), recursive=True, file_metadata=named)
    documents = reader.load_data()
    index = VectorStoreIndex.from_documents(documents)
    retriever = index.as_retriever(similarity_top_k=DEPTH)

    def search(text: str, language: str) -> list[tuple[str, str]]:
        found = retriever.retrieve(text)
        return [(each.node.metadata["file_path"], each.node.get_content()) for each in found]

    return Built(len(index.docstore.docs), search)
