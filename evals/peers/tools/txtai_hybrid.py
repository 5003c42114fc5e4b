"""txtai with ``hybrid`` on: its BM25 and its vectors, weighted alike, as it comes.

https://neuml.github.io/txtai/embeddings/configuration/general/#hybrid
"""

# The library is in the comparison's environment alone, where no type checker runs.
# mypy: disable-error-code="import-not-found,import-untyped"

from __future__ import annotations

from txtai import Embeddings

from evals.peers.tools.task import Built, Task
from evals.peers.wire import DEPTH

DISTRIBUTIONS = ("txtai", "faiss-cpu")


def build(task: Task) -> Built:
    """An embeddings database that keeps its content; pieces of one document share its id."""
    pieces = task.sections()
    embeddings = Embeddings(path=str(task.model), content=True, hybrid=True)
    embeddings.index(pieces)

    def search(text: str, language: str) -> list[tuple[str, str]]:
        return [(each["id"], each["text"]) for each in embeddings.search(text, DEPTH)]

    return Built(len(pieces), search)
