"""An index opened for reading: passages, words and vectors of each language."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import SearchIndexError
from assistant.index.embedded import Embedded
from assistant.index.kinds import KindMap
from assistant.index.learned import QuestionMap
from assistant.index.manifest import Manifest, check_files, current_build, damaged, read_manifest
from assistant.index.passages import load_passages
from assistant.index.scope import ScopeMap
from assistant.index.vectors import Entry, VectorIndex
from assistant.index.words import WordIndex
from assistant.models import Language, Passage, Sentence

Array = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LanguageIndex:
    """Everything of one language; numbers of passages, sentences and questions are positions.

    ``sentence_passage[i]`` is the passage of sentence ``i``; ``passage_section[i]`` and
    ``question_section[i]`` number the sections, so that a question vouches for every part of its
    section. ``sentence_vectors`` and ``question_vectors`` have one unit vector a row.
    """

    language: Language
    passages: tuple[Passage, ...]
    passage_document: Rows
    passage_section: Rows
    sentence_passage: Rows
    sentence_vectors: Array
    questions: tuple[str, ...]
    question_section: Rows
    question_vectors: Array
    text_words: WordIndex
    question_words: WordIndex
    question_map: QuestionMap
    kinds: KindMap
    scope: ScopeMap
    entry_rows: dict[str, tuple[str, int]]

    def row_of(self, passage: Passage) -> int:
        """The number of a passage of this index."""
        return self.entry_rows[_passage_entry(passage)][1]

    def vector_of(self, passage: Passage, sentence: Sentence) -> Array:
        """The unit vector of a sentence of a passage of this index."""
        row = self.sentence_rows(self.row_of(passage)).start + passage.sentences.index(sentence)
        vector: Array = self.sentence_vectors[row]
        return vector

    def sentence_rows(self, passage: int) -> range:
        """The sentence numbers of a passage."""
        left, right = np.searchsorted(self.sentence_passage, [passage, passage + 1])
        return range(int(left), int(right))

    def question_rows(self, passage: int) -> range:
        """The numbers of the questions of a passage's section, in the order of the passage."""
        section = self.passage_section[passage]
        left, right = np.searchsorted(self.question_section, [section, section + 1])
        return range(int(left), int(right))


@dataclass(frozen=True, slots=True)
class Index:
    """One finished build, read whole; it never changes while it is open."""

    build: Path
    manifest: Manifest
    languages: dict[Language, LanguageIndex]
    vectors: VectorIndex
    texts: Embedded


@dataclass(frozen=True, slots=True)
class Layout:
    """The order of one language's sections and questions, alike when writing and reading."""

    passages: tuple[Passage, ...]
    passage_section: tuple[int, ...]
    questions: tuple[str, ...]
    question_section: tuple[int, ...]

    @classmethod
    def of(cls, passages: tuple[Passage, ...], language: Language) -> Layout:
        """The passages of a language with their sections counted and their questions listed."""
        mine = tuple(passage for passage in passages if passage.source.language is language)
        sections: dict[tuple[str, int], int] = {}
        questions: list[str] = []
        owners: list[int] = []
        for passage in mine:
            key = (passage.source.id, passage.section)
            if key not in sections:
                sections[key] = len(sections)
                questions.extend(passage.questions)
                owners.extend([sections[key]] * len(passage.questions))
        numbers = tuple(sections[passage.source.id, passage.section] for passage in mine)
        return cls(mine, numbers, tuple(questions), tuple(owners))

    def entries(self) -> list[Entry]:
        """The Chroma entries: passages first, then questions."""
        first: dict[int, Passage] = {}
        for passage, section in zip(self.passages, self.passage_section, strict=True):
            first.setdefault(section, passage)
        found = [_entry(_passage_entry(each), each, each.text) for each in self.passages]
        for question, section in zip(self.questions, self.question_section, strict=True):
            passage = first[section]
            identity = "\x1f".join((passage.source.id, str(passage.section), question))
            digest = hashlib.sha256(identity.encode()).hexdigest()[:16]
            found.append(_entry(f"q-{digest}", passage, question))
        return found


def _passage_entry(passage: Passage) -> str:
    return f"p-{passage.id}"


def _entry(id_: str, passage: Passage, text: str) -> Entry:
    kind = "passage" if id_.startswith("p-") else "question"
    return Entry(id_, kind, text, passage.source.id, passage.pinpoint)


def open_index(folder: Path, chroma_url: str | None = None) -> Index:
    """Opens the current build after checking every file against its manifest.

    Raises:
        SearchIndexError: There is none, or it is damaged or foreign.
    """
    build = current_build(folder)
    if build is None:
        raise damaged(folder, "there is none yet")
    manifest = read_manifest(build)
    check_files(build, manifest)
    try:
        passages = load_passages(build / "passages.jsonl")
        embedded = Embedded.load(build / "texts")
        languages = {
            language: _open_language(build, language, passages, embedded) for language in Language
        }
        vectors = _open_checked(build, chroma_url, languages)
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise damaged(build, f"it cannot be read ({type(error).__name__})") from error
    return Index(build, manifest, languages, vectors, embedded)


def open_vectors(build: Path, chroma_url: str | None) -> VectorIndex:
    """The vectors of a build: beside it on disk, or on the server under the build's name."""
    if chroma_url:
        return VectorIndex.on_server(chroma_url, f"-{build.name}")
    return VectorIndex.on_disk(build / "chroma")


def _open_checked(
    build: Path, chroma_url: str | None, languages: dict[Language, LanguageIndex]
) -> VectorIndex:
    try:
        vectors, counts = _searched(open_vectors(build, chroma_url), languages)
    except SearchIndexError:
        if chroma_url or not (build / "chroma").is_dir():
            raise
        vectors, counts = _copied(build, languages)
    for language, part in languages.items():
        if counts[language] != len(part.entry_rows):
            raise damaged(build, f"{counts[language]} vectors stand for {len(part.entry_rows)}")
    return vectors


def _copied(
    build: Path, languages: dict[Language, LanguageIndex]
) -> tuple[VectorIndex, dict[Language, int]]:
    """A copy of the vectors, opened: Chroma writes to a database whenever it opens it.

    Where it may not, or the disk is full, the vectors may still be sound.
    """
    try:
        return _searched(VectorIndex.on_copy(build / "chroma"), languages)
    except (SearchIndexError, OSError) as error:
        why = type(error.__cause__ or error).__name__
        raise damaged(build, f"its vectors cannot be read ({why})") from error


def _searched(
    vectors: VectorIndex, languages: dict[Language, LanguageIndex]
) -> tuple[VectorIndex, dict[Language, int]]:
    """The vectors with their number; each language's searched once.

    The first search reads the graph of neighbours from the disk: now, while it is sound.
    """
    counts = {language: vectors.count(language) for language in languages}
    for language, count in counts.items():
        part = languages[language]
        if count and len(part.sentence_vectors):
            vectors.nearest(language, part.sentence_vectors[0], 1)
    return vectors, counts


def _open_language(
    build: Path, language: Language, passages: tuple[Passage, ...], embedded: Embedded
) -> LanguageIndex:
    layout = Layout.of(passages, language)
    sentences = [sentence.text for passage in layout.passages for sentence in passage.sentences]
    lengths = [len(passage.sentences) for passage in layout.passages]
    return LanguageIndex(
        language=language,
        passages=layout.passages,
        passage_document=_documents(layout.passages),
        passage_section=np.array(layout.passage_section, dtype=np.int64),
        sentence_passage=np.repeat(np.arange(len(lengths)), lengths),
        sentence_vectors=embedded.rows(sentences),
        questions=layout.questions,
        question_section=np.array(layout.question_section, dtype=np.int64),
        question_vectors=embedded.rows(layout.questions),
        text_words=WordIndex.load(words_folder(build, language, "text"), len(layout.passages)),
        question_words=WordIndex.load(
            words_folder(build, language, "questions"), len(layout.questions)
        ),
        question_map=QuestionMap.load(map_folder(build, language)),
        kinds=KindMap.load(kinds_folder(build, language)),
        scope=ScopeMap.load(scope_folder(build, language)),
        entry_rows=_entry_rows(layout),
    )


def _documents(passages: tuple[Passage, ...]) -> Rows:
    """The number of each passage's document, counted from 0 in their order."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(each.source.id, len(numbers)) for each in passages])


def _entry_rows(layout: Layout) -> dict[str, tuple[str, int]]:
    split = len(layout.passages)
    return {
        entry.id: (entry.kind, row if row < split else row - split)
        for row, entry in enumerate(layout.entries())
    }


def words_folder(build: Path, language: Language, field: str) -> Path:
    """Where the words of one field of one language are kept."""
    return build / "words" / f"{language.value}-{field}"


def map_folder(build: Path, language: Language) -> Path:
    """Where the learned map of one language is kept."""
    return build / "map" / language.value


def scope_folder(build: Path, language: Language) -> Path:
    """Where what was learned of the scope of one language is kept."""
    return build / "scope" / language.value


def kinds_folder(build: Path, language: Language) -> Path:
    """Where the learned kinds of question of one language are kept."""
    return build / "kinds" / language.value
