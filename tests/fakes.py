"""A fake for each seam, and small indexes in memory, so that no test needs a model to run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from assistant.answer.cues import Cue
from assistant.answer.quotes import Draft
from assistant.answer.select import Chosen
from assistant.corpus.sentences import sentence_spans
from assistant.index.embed import Progress
from assistant.index.embedded import Embedded
from assistant.index.kinds import KindMap
from assistant.index.learned import QuestionMap
from assistant.index.manifest import FORMAT, Manifest
from assistant.index.opened import Index, LanguageIndex, Layout
from assistant.index.scope import ScopeMap
from assistant.index.vectors import VectorIndex
from assistant.index.words import WordIndex, words
from assistant.models import (
    Audience,
    Basis,
    Hit,
    Kind,
    Language,
    Passage,
    Question,
    Sentence,
    Source,
    Standing,
)
from assistant.retrieve.find import Found, Search

Array = NDArray[np.float32]

_WORD = re.compile(r"[a-z0-9]+")


class FakeEmbedder:
    """Unit vectors from the words of a text: the more words two texts share, the nearer."""

    dimension = 32

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        """One row a text, and what was asked for kept in ``encoded``."""
        self.encoded.extend(texts)
        rows = [self._vector(text) for text in texts]
        if progress and rows:
            progress(len(rows))
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimension)

    def _vector(self, text: str) -> Array:
        split = unicodedata.normalize("NFKD", text.lower())
        plain = "".join(sign for sign in split if not unicodedata.combining(sign))
        total = np.zeros(self.dimension)
        for word in _WORD.findall(plain) or ["nothing"]:
            total += _direction(word)
        unit: Array = (total / np.linalg.norm(total)).astype(np.float32)
        return unit


@cache
def _direction(word: str) -> NDArray[np.float64]:
    """Where a word points; kept, since an index learns from thousands of examples."""
    digest = hashlib.sha256(word.encode()).digest()
    direction: NDArray[np.float64] = np.frombuffer(digest, dtype=np.uint8) - 127.5
    return direction


@dataclass
class FakeRetriever:
    """Finds the same for every search, and keeps what it was asked."""

    found: Found
    asked: list[Search] = field(default_factory=list)

    def find(self, search: Search) -> Found:
        """What it was given."""
        self.asked.append(search)
        return self.found


@dataclass
class FakeGenerator:
    """Drafts the same for every question, true or not, and keeps what it was asked."""

    chosen: tuple[Chosen, ...] = ()
    cues: frozenset[Cue] = frozenset()
    name: str = "fake"
    asked: list[Question] = field(default_factory=list)

    def drafts(self, question: Question, found: Found) -> Iterator[Draft]:
        """What it was given."""
        self.asked.append(question)
        yield Draft(self.chosen, self.cues)


@dataclass
class FakeVectors:
    """Stands for the vector database: every entry compared, none stored on disk."""

    rows: dict[Language, tuple[list[str], Array]]

    def nearest(self, language: Language, vector: Array, k: int) -> list[tuple[str, float]]:
        """(entry id, cosine) of the nearest entries, best first."""
        ids, vectors = self.rows[language]
        likeness = vectors @ vector
        order = np.argsort(-likeness, kind="stable")[:k]
        return [(ids[row], float(likeness[row])) for row in order]


def make_source(
    name: str = "doc",
    language: Language = Language.EN,
    *,
    kind: Kind = Kind.GUIDE,
    status: Standing = Standing.IN_EFFECT,
    published: str = "2025-01-01",
    as_of: str = "2026-07-28",
    audiences: tuple[Audience, ...] = (Audience.PUBLIC,),
) -> Source:
    """A document's facts; only what a test is about need be given."""
    return Source(
        id=name,
        language=language,
        title=f"Title of {name}",
        kind=kind,
        citation=f"Citation of {name}",
        publisher="Ask 6103 tests",
        url=f"https://example.org/{name}",
        published=published,
        as_of=as_of,
        status=status,
        basis=Basis.PRIMARY,
        sources=(f"https://example.org/{name}",),
        topics=("tests",),
        audiences=audiences,
        related=(),
        path=f"{language.value}/guides/{name}.md",
    )


def make_passage(
    text: str,
    source: Source | None = None,
    *,
    pinpoint: str = "Heading",
    section: int = 0,
    part: int = 0,
    start: int = 0,
    questions: tuple[str, ...] = (),
    answers: tuple[tuple[int, ...], ...] = (),
) -> Passage:
    """A passage whose sentences are cut as the real ones are."""
    source = source or make_source()
    identity = f"{source.id}|{source.language}|{pinpoint}|{section}|{part}|{text}"
    return Passage(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        source=source,
        pinpoint=pinpoint,
        section=section,
        part=part,
        start=start,
        end=start + len(text),
        text=text,
        sentences=tuple(
            Sentence(text[left:right], start + left, start + right)
            for left, right in sentence_spans(text)
        ),
        questions=questions,
        answers=answers,
    )


def make_part(
    passages: Sequence[Passage],
    language: Language = Language.EN,
    embedder: object = None,
    kinds: KindMap | None = None,
    scope: ScopeMap | None = None,
) -> LanguageIndex:
    """One language of an index, in memory."""
    model = embedder if isinstance(embedder, FakeEmbedder) else FakeEmbedder()
    layout = Layout.of(tuple(passages), language)
    lengths = [len(passage.sentences) for passage in layout.passages]
    documents: dict[str, int] = {}
    split = len(layout.passages)
    return LanguageIndex(
        language=language,
        passages=layout.passages,
        passage_document=np.array(
            [documents.setdefault(each.source.id, len(documents)) for each in layout.passages],
            dtype=np.int64,
        ),
        passage_section=np.array(layout.passage_section, dtype=np.int64),
        sentence_passage=np.repeat(np.arange(split), lengths),
        sentence_vectors=model.encode(
            [sentence.text for passage in layout.passages for sentence in passage.sentences]
        ),
        questions=layout.questions,
        question_section=np.array(layout.question_section, dtype=np.int64),
        question_vectors=model.encode(layout.questions),
        text_words=WordIndex.build(
            [
                words(f"{each.source.title}\n{each.pinpoint}\n{each.text}", language)
                for each in layout.passages
            ]
        ),
        question_words=WordIndex.build([words(each, language) for each in layout.questions]),
        question_map=_no_map(len(set(layout.passage_section)), model.dimension),
        kinds=kinds or KindMap.none(),
        scope=scope or ScopeMap.none(),
        entry_rows={
            entry.id: (entry.kind, row if row < split else row - split)
            for row, entry in enumerate(layout.entries())
        },
    )


def _no_map(sections: int, dimension: int) -> QuestionMap:
    """A map that has learned nothing and tells nothing."""
    weights = np.zeros((dimension, dimension), dtype=np.float32)
    return QuestionMap(
        {}, np.zeros(0, dtype=np.float32), weights, np.zeros((sections, dimension), np.float32)
    )


def make_index(passages: Sequence[Passage], embedder: FakeEmbedder) -> Index:
    """An index in memory over passages of one language or of both."""
    present = dict.fromkeys(passage.source.language for passage in passages)
    parts = {language: make_part(passages, language, embedder) for language in present}
    rows = {
        language: (
            [entry.id for entry in Layout.of(tuple(passages), language).entries()],
            embedder.encode(
                [entry.text for entry in Layout.of(tuple(passages), language).entries()]
            ),
        )
        for language in present
    }
    manifest = Manifest(
        format=FORMAT,
        corpus="c" * 64,
        embedder=embedder.name,
        dimension=embedder.dimension,
        libraries={},
        examples="e" * 64,
        passages=len(passages),
        questions=sum(len(part.questions) for part in parts.values()),
        sentences=sum(len(passage.sentences) for passage in passages),
        files={},
    )
    texts = Embedded.of((), None, embedder, lambda count: None)
    return Index(Path("memory"), manifest, parts, cast(VectorIndex, FakeVectors(rows)), texts)


def make_found(passages: Sequence[Passage], text: str = "?", peak: float = 1.0) -> Found:
    """Hits in the order given, scores falling; every list reaches up to ``peak``."""
    hits = tuple(
        Hit(passage, 1.0 - 0.05 * place, {"text_words": place + 1})
        for place, passage in enumerate(passages)
    )
    names = (
        "passage_vector",
        "sentence_vector",
        "question_vector",
        "text_words",
        "question_words",
        "question_map",
    )
    return Found(hits, FakeEmbedder().encode([text])[0], dict.fromkeys(names, peak))


def chosen_from(passage: Passage, *places: int) -> tuple[Chosen, ...]:
    """The sentences of a passage at these places, as an engine would choose them."""
    return tuple(Chosen(passage, passage.sentences[place], 1.0) for place in places)
