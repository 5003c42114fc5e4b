"""The finder: six lists of evidence, joined; then what governs and holds today breaks ties."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.cites import Reference, find_references
from assistant.index.embed import Embedder
from assistant.index.manifest import damaged
from assistant.index.opened import Index, LanguageIndex
from assistant.index.words import words
from assistant.models import Hit, Language, Passage
from assistant.retrieve.fuse import WEIGHTS, Scores, best_of, document_credit, scaled
from assistant.retrieve.provisions import Provisions
from assistant.retrieve.standings import Standings

Array = NDArray[np.float32]

_NEAREST = 400  # entries asked of Chroma; passages and questions share them
LISTS = (
    "passage_vector",
    "sentence_vector",
    "question_vector",
    "text_words",
    "question_words",
    "question_map",
)
_TWIN = 0.95  # cosine above which two passages of different documents say the same


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for, and as of which day; whoever asks, the same is found.

    ``spoken`` is the language of the words, where they may be of another than what is looked for.
    """

    text: str
    language: Language
    k: int
    as_of: date | None = None
    past: bool = False
    spoken: Language | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first; the question's vector; and how high each list reaches.

    ``peaks`` holds the mean of the three highest raw scores of each list, before any scaling;
    ``ours`` is about 1 for a question such as the documents answer and -1 for another;
    ``not_held`` the provisions that the search names and no document does.
    """

    hits: tuple[Hit, ...]
    vector: Array
    peaks: dict[str, float]
    ours: float = 0.0
    not_held: tuple[Reference, ...] = ()


class Retriever(Protocol):
    """The seam for finding; tests put a fake in its place."""

    def find(self, search: Search) -> Found:
        """The ``k`` best passages for a search."""
        ...


class Finder:
    """Finds passages in one opened index."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder
        self._held: dict[Language, Provisions] = {}
        self._standings = {
            language: Standings(part.passages) for language, part in index.languages.items()
        }

    def find(self, search: Search) -> Found:
        """The ``k`` best passages: near-duplicates merged, ties broken by what governs."""
        part = self._index.languages[search.language]
        vector = self._embedder.encode([search.text])[0]
        if not part.passages:
            return Found((), vector, dict.fromkeys(LISTS, 0.0))
        lists = self._lists(part, search, vector)
        weights = asdict(WEIGHTS[search.language])
        fused = np.zeros(len(part.passages))
        for name, scores in lists.items():
            fused += weights[name] * scaled(scores)
        asked = [found.reference for found in find_references(search.text)]
        if asked:
            fused += self._provisions(part).credit(asked)
        standings = self._standings[search.language]
        fused += standings.preference(search.past) * (fused > 0)
        fused += weights["document"] * document_credit(fused, part.passage_document) * (fused > 0)
        if search.as_of:
            fused[standings.unknown_on(search.as_of)] = 0.0
        order = np.argsort(-fused, kind="stable")
        rows = _distinct(part, [int(row) for row in order if fused[row] > 0], search.k)
        return Found(
            tuple(_hit(part.passages[row], float(fused[row]), row, lists) for row in rows),
            vector,
            {name: _peak(scores) for name, scores in lists.items()},
            self._ours(search, vector),
            self._provisions(part).missing(asked) if asked else (),
        )

    def _ours(self, search: Search, vector: Array) -> float:
        spoken = search.spoken or search.language
        scope = self._index.languages[spoken].scope
        return scope.strength(words(search.text, spoken), vector)

    def _provisions(self, part: LanguageIndex) -> Provisions:
        if part.language not in self._held:
            self._held[part.language] = Provisions(part.passages)
        return self._held[part.language]

    def _lists(self, part: LanguageIndex, search: Search, vector: Array) -> dict[str, Scores]:
        count = len(part.passages)
        passage_vector = np.zeros(count)
        question_vector = np.zeros(len(part.questions))
        for entry, similarity in self._index.vectors.nearest(part.language, vector, _NEAREST):
            if entry not in part.entry_rows:
                raise damaged(self._index.build, "its vectors are not its own")
            kind, row = part.entry_rows[entry]
            (passage_vector if kind == "passage" else question_vector)[row] = similarity
        query = words(search.text, search.language)
        return {
            "passage_vector": passage_vector,
            "sentence_vector": best_of(
                (part.sentence_vectors @ vector).astype(np.float64), part.sentence_passage, count
            ),
            "question_vector": _by_section(part, question_vector),
            "text_words": part.text_words.scores(query).astype(np.float64),
            "question_words": _by_section(part, part.question_words.scores(query)),
            "question_map": part.question_map.scores(query, vector)[part.passage_section].astype(
                np.float64
            ),
        }


def _peak(scores: Scores) -> float:
    return float(np.sort(scores)[-3:].mean()) if len(scores) else 0.0


def _by_section(part: LanguageIndex, questions: NDArray[np.floating]) -> Scores:
    """A question's score vouches for every passage of its section."""
    sections = best_of(
        questions.astype(np.float64), part.question_section, int(part.passage_section.max()) + 1
    )
    return sections[part.passage_section]


def _distinct(part: LanguageIndex, rows: list[int], k: int) -> list[int]:
    """The first ``k`` rows, leaving out passages that repeat one of another document."""
    kept: list[int] = []
    means: list[Array] = []
    for row in rows:
        mean = _mean(part, row)
        alike = any(
            float(mean @ other) > _TWIN
            and part.passages[row].source.id != part.passages[mate].source.id
            for mate, other in zip(kept, means, strict=True)
        )
        if not alike:
            kept.append(row)
            means.append(mean)
        if len(kept) == k:
            break
    return kept


def _mean(part: LanguageIndex, row: int) -> Array:
    sentences = part.sentence_rows(row)
    mean = part.sentence_vectors[sentences.start : sentences.stop].mean(axis=0)
    unit: Array = mean / np.linalg.norm(mean)
    return unit


def _hit(passage: Passage, score: float, row: int, lists: dict[str, Scores]) -> Hit:
    """The passage with its rank from 1 in every list that has a score for it."""
    ranks = {
        name: 1 + int((scores > scores[row]).sum())
        for name, scores in lists.items()
        if scores[row] > 0
    }
    return Hit(passage, score, ranks)
