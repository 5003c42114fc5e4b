"""Build an index aside and swap it in; only what changed is embedded and learned again."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from assistant.config import Settings
from assistant.corpus.read import corpus_hash, read_corpus
from assistant.errors import SearchIndexError
from assistant.index.embed import Embedder
from assistant.index.embedded import Embedded
from assistant.index.kinds import NO_KIND, Examples, KindMap, examples_hash
from assistant.index.learned import QuestionMap
from assistant.index.making import Making
from assistant.index.manifest import (
    FORMAT,
    Manifest,
    check_files,
    checksums,
    current_build,
    drop_unfinished,
    libraries,
    make_current,
    read_manifest,
    sweep,
    write_manifest,
)
from assistant.index.opened import (
    Layout,
    kinds_folder,
    map_folder,
    open_vectors,
    scope_folder,
    words_folder,
)
from assistant.index.passages import save_passages
from assistant.index.scope import ScopeMap
from assistant.index.split import split
from assistant.index.vectors import VectorIndex
from assistant.index.words import WordIndex, words
from assistant.log import logger
from assistant.models import Language, Passage

Array = NDArray[np.float32]

_LOCK_WAIT = 900.0  # seconds: longer than a first build on a slow laptop
_log = logger("index")


@dataclass(frozen=True, slots=True)
class Step:
    """Progress of a build: texts embedded so far, of how many."""

    done: int
    total: int


Watch = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class _Part:
    """One language of a build: its layout, and what cuts a text into words, each text once."""

    language: Language
    layout: Layout
    cut: Callable[[str], list[str]]

    @classmethod
    def of(cls, passages: tuple[Passage, ...], language: Language) -> _Part:
        return cls(
            language, Layout.of(passages, language), cache(partial(words, language=language))
        )


class _UnsoundVectors(Exception):
    """The previous build's database passed its check and still cannot be used."""


def stale_reason(settings: Settings, examples: Examples) -> str | None:
    """Why the current build no longer fits corpus and settings, in a few words; None when it does.

    Raises:
        CorpusError: There is no corpus to compare with.
    """
    wanted = corpus_hash(settings.corpus)
    build = current_build(settings.index)
    if build is None:
        return "there is no index yet"
    try:
        manifest = read_manifest(build)
    except SearchIndexError as error:
        return str(error)
    if manifest.corpus != wanted:
        return "the documents have changed"
    if manifest.embedder != settings.embedder:
        return "another embedding model is set"
    if manifest.libraries != libraries():
        return "a library it was made with has changed"
    if manifest.examples != examples_hash(examples):
        return "the kinds of question have changed"
    return None


def build_index(
    settings: Settings,
    embedder: Embedder,
    watch: Watch,
    rebuild: bool = False,
    examples: Examples | None = None,
) -> Manifest:
    """Builds and swaps in an index of the whole corpus; the old one serves until the end.

    With ``rebuild`` nothing of the current build is used again. From ``examples`` it learns to tell
    kinds of question, and what is none of ours. A second builder waits for the first and then
    finds nothing to do.

    Raises:
        CorpusError: A document cannot be read.
        SearchIndexError: The folder cannot be written, or another builder holds it.
        ModelError: The embedding model is missing or altered.
    """
    folder = settings.index
    try:
        (folder / "builds").mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=_LOCK_WAIT):
            sweep(folder)
            try:
                return _build_soundly(settings, embedder, watch, rebuild, examples or {})
            finally:
                drop_unfinished(folder)  # a disk that filled up needs its space back now
    except Timeout as error:
        raise SearchIndexError(
            f"Another process has been building the index in {folder} for a long time. "
            "Wait for it, or end it and try again."
        ) from error
    except OSError as error:
        why = error.strerror or "its files cannot be copied"
        raise SearchIndexError(
            f"The index cannot be written in {folder}: {why}. "
            "Free some space or choose another folder with --index DIR."
        ) from error


def _build_soundly(
    settings: Settings, embedder: Embedder, watch: Watch, rebuild: bool, examples: Examples
) -> Manifest:
    try:
        return _build(settings, embedder, watch, rebuild, examples)
    except _UnsoundVectors:
        _log.warning("the previous vectors are damaged: building from the documents alone")
        return _build(settings, embedder, watch, True, examples)


def _build(
    settings: Settings, embedder: Embedder, watch: Watch, rebuild: bool, examples: Examples
) -> Manifest:
    # The hash comes first: a document that changes meanwhile leaves the build stale, not wrong.
    wanted = corpus_hash(settings.corpus)
    passages = split(read_corpus(settings.corpus))
    parts = [_Part.of(passages, language) for language in Language]
    previous = None if rebuild else _usable(settings, embedder)
    embedded = _embed(passages, examples, previous, embedder, watch)
    token = secrets.token_hex(4)
    build = settings.index / "builds" / f"unfinished-{token}"
    build.mkdir()
    save_passages(build / "passages.jsonl", passages)
    embedded.save(build / "texts")
    making = Making(build, previous)
    _write_words(making, parts)
    _write_maps(making, parts, _section_middles(passages, embedded), embedded)
    _write_kinds(making, parts, examples, embedded)
    final = build.with_name(f"build-{token}")
    _write_vectors(making, final, parts, embedded, settings.chroma_url)
    manifest = Manifest(
        format=FORMAT,
        corpus=wanted,
        embedder=embedder.name,
        dimension=embedder.dimension,
        libraries=libraries(),
        examples=examples_hash(examples),
        passages=len(passages),
        questions=sum(len(part.layout.questions) for part in parts),
        sentences=sum(len(passage.sentences) for passage in passages),
        files=checksums(build),
    )
    write_manifest(build, manifest)
    build.rename(final)
    make_current(settings.index, final)
    _log.info("index built: %d passages", manifest.passages)
    return manifest


def _usable(settings: Settings, embedder: Embedder) -> Path | None:
    """The current build, when its vectors can serve again."""
    build = current_build(settings.index)
    if build is None:
        return None
    try:
        manifest = read_manifest(build)
        check_files(build, manifest)
    except SearchIndexError:
        return None
    alike = (embedder.name, embedder.dimension) == (manifest.embedder, manifest.dimension)
    return build if alike and manifest.libraries == libraries() else None


def _embed(
    passages: tuple[Passage, ...],
    examples: Examples,
    previous: Path | None,
    embedder: Embedder,
    watch: Watch,
) -> Embedded:
    texts = dict.fromkeys(
        text
        for passage in passages
        for text in (*(sentence.text for sentence in passage.sentences), *passage.questions)
    )
    texts |= dict.fromkeys(text for asked in examples.values() for _, text in asked)
    done = 0

    def progress(count: int) -> None:
        nonlocal done
        done += count
        watch(Step(done, len(texts)))

    known = Embedded.load(previous / "texts") if previous else None
    return Embedded.of(texts, known, embedder, progress)


def _write_words(making: Making, parts: Sequence[_Part]) -> None:
    for part in parts:
        texts = [f"{p.source.title}\n{p.pinpoint}\n{p.text}" for p in part.layout.passages]
        _write_field(making, part, "text", texts)
        _write_field(making, part, "questions", part.layout.questions)


def _write_field(making: Making, part: _Part, field: str, texts: Sequence[str]) -> None:
    making.folder(
        lambda build: words_folder(build, part.language, field),
        (texts,),
        lambda: WordIndex.build([part.cut(text) for text in texts]),
    )


def _write_maps(
    making: Making,
    parts: Sequence[_Part],
    middles: dict[tuple[str, int], Array],
    embedded: Embedded,
) -> None:
    for part in parts:
        keys = dict.fromkeys((each.source.id, each.section) for each in part.layout.passages)
        _write_map(making, part, _rows([middles[key] for key in keys], embedded), embedded)


def _write_map(making: Making, part: _Part, targets: Array, embedded: Embedded) -> None:
    sentences, owners = _sentences(part.layout)
    texts = [*part.layout.questions, *sentences]
    owners = [*part.layout.question_section, *owners]
    making.folder(
        lambda build: map_folder(build, part.language),
        (texts, owners, targets.tobytes()),
        lambda: QuestionMap.learn(
            [part.cut(text) for text in texts],
            embedded.rows(texts),
            np.array(owners, dtype=np.int64),
            targets,
        ),
    )


def _write_kinds(
    making: Making, parts: Sequence[_Part], examples: Examples, embedded: Embedded
) -> None:
    for part in parts:
        asked = examples.get(part.language, ())
        _write_kind_map(making, part, [each for each in asked if each[0] != NO_KIND], embedded)
        _write_scope(making, part, asked, embedded)


def _write_kind_map(
    making: Making, part: _Part, asked: Sequence[tuple[str, str]], embedded: Embedded
) -> None:
    texts = [text for _, text in asked]

    def learned() -> KindMap:
        if not asked:
            return KindMap.none()
        kinds = [kind for kind, _ in asked]
        return KindMap.learn(kinds, [part.cut(text) for text in texts], embedded.rows(texts))

    making.folder(lambda build: kinds_folder(build, part.language), (asked,), learned)


def _write_scope(
    making: Making, part: _Part, asked: Sequence[tuple[str, str]], embedded: Embedded
) -> None:
    ours = [*part.layout.questions, *(text for kind, text in asked if kind != NO_KIND)]
    others = [text for kind, text in asked if kind == NO_KIND]

    def learned() -> ScopeMap:
        if not others or not ours:
            return ScopeMap.none()
        texts = [*ours, *others]
        sides = [True] * len(ours) + [False] * len(others)
        return ScopeMap.learn([part.cut(text) for text in texts], embedded.rows(texts), sides)

    making.folder(lambda build: scope_folder(build, part.language), (ours, others), learned)


def _section_middles(
    passages: tuple[Passage, ...], embedded: Embedded
) -> dict[tuple[str, int], Array]:
    """The unit vector in the middle of each section, taken from its English twin if it has one."""
    sentences: dict[tuple[str, int], dict[Language, list[str]]] = {}
    for passage in passages:
        twins = sentences.setdefault((passage.source.id, passage.section), {})
        mine = twins.setdefault(passage.source.language, [])
        mine.extend(sentence.text for sentence in passage.sentences)
    return {
        key: _middle(embedded, twins.get(Language.EN) or twins[Language.ES])
        for key, twins in sentences.items()
    }


def _sentences(layout: Layout) -> tuple[list[str], list[int]]:
    """All sentences, each with its section."""
    texts: list[str] = []
    owners: list[int] = []
    for passage, section in zip(layout.passages, layout.passage_section, strict=True):
        texts.extend(sentence.text for sentence in passage.sentences)
        owners.extend([section] * len(passage.sentences))
    return texts, owners


def _write_vectors(
    making: Making,
    final: Path,
    parts: Sequence[_Part],
    embedded: Embedded,
    chroma_url: str | None,
) -> None:
    """Writes every vector, starting from the previous build's database where that can serve."""
    # On a server the collections bear the final name; on disk they lie inside the build.
    if chroma_url:
        _fill(open_vectors(final, chroma_url), parts, embedded)
        return
    if making.previous is None or not (making.previous / "chroma").is_dir():
        _fill(open_vectors(making.build, None), parts, embedded)
        return
    shutil.copytree(making.previous / "chroma", making.build / "chroma")
    try:
        _fill(open_vectors(making.build, None), parts, embedded)
    except SearchIndexError as error:
        raise _UnsoundVectors from error


def _fill(vectors: VectorIndex, parts: Sequence[_Part], embedded: Embedded) -> None:
    for part in parts:
        passage_rows = [_passage_vector(embedded, each) for each in part.layout.passages]
        rows = np.vstack([_rows(passage_rows, embedded), embedded.rows(part.layout.questions)])
        vectors.write(part.language, part.layout.entries(), rows)
    vectors.close()


def _passage_vector(embedded: Embedded, passage: Passage) -> Array:
    """The unit vector in the middle of a passage's sentences.

    Measured on the documents' own questions it finds as well as embedding the whole passage, and
    it costs nothing: the sentences are embedded anyhow.
    """
    return _middle(embedded, [sentence.text for sentence in passage.sentences])


def _rows(vectors: Sequence[Array], embedded: Embedded) -> Array:
    """Vectors as rows; a language without documents has none, and keeps their width."""
    return np.array(vectors, dtype=np.float32).reshape(len(vectors), embedded.dimension)


def _middle(embedded: Embedded, texts: Sequence[str]) -> Array:
    mean = embedded.rows(texts).mean(axis=0)
    unit: Array = mean / np.linalg.norm(mean)
    return unit
