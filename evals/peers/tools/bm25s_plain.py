"""bm25s as its README's quickstart has it: English stop words and stemmer, no vectors.

https://github.com/xhluca/bm25s#quickstart
"""

# The library is in the comparison's environment alone, where no type checker runs.
# mypy: disable-error-code="import-not-found,import-untyped"

from __future__ import annotations

import bm25s
import Stemmer

from evals.peers.tools.task import Built, Task
from evals.peers.wire import DEPTH

DISTRIBUTIONS = ("bm25s", "PyStemmer")


def build(task: Task) -> Built:
    """The quickstart's tokenizer and index over all pieces."""
    pieces = task.sections()
    stemmer = Stemmer.Stemmer("english")
    texts = [text for _, text in pieces]
    tokens = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)
    retriever = bm25s.BM25()
    retriever.index(tokens, show_progress=False)
    depth = min(DEPTH, len(pieces))

    def search(text: str, language: str) -> list[tuple[str, str]]:
        query = bm25s.tokenize(text, stemmer=stemmer, show_progress=False)
        places, _ = retriever.retrieve(query, k=depth, show_progress=False)
        return [pieces[place] for place in places[0]]

    return Built(len(pieces), search)
