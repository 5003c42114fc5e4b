"""``assistant doctor``: each part looked at by itself, and the mend where one is unwell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer.engines import Engines
from assistant.answer.lessons import examples
from assistant.cli.plain import WANTING, wanting
from assistant.config import Settings
from assistant.corpus.check import check_corpus
from assistant.corpus.read import read_corpus
from assistant.errors import AssistantError, CorpusError, SearchIndexError
from assistant.index.build import stale_reason
from assistant.index.embed import open_embedder
from assistant.index.opened import open_index


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: whether it is well, and what there is to say or do."""

    what: str
    well: bool
    says: str
    exit_code: int = 0


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Settings, corpus, model and index, in the order in which they depend on each other."""
    parts: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("settings", _settings),
        ("corpus", _corpus),
        ("model", _model),
        ("index", _index),
    )
    return tuple(_finding(what, look, settings) for what, look in parts)


def _finding(what: str, look: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(what, True, look(settings))
    except AssistantError as error:
        return Finding(what, False, str(error), error.exit_code)
    except WANTING as error:
        return Finding(what, False, wanting(error), AssistantError.exit_code)


def _settings(settings: Settings) -> str:
    Engines(settings).check(settings.engine)
    place = settings.chroma_url or "on disk"
    return f"engine {settings.engine}, embedder {settings.embedder}, vectors {place}"


def _corpus(settings: Settings) -> str:
    problems = check_corpus(settings.corpus)
    if problems:
        raise CorpusError(
            f"{len(problems)} to mend, first {problems[0]} See: assistant corpus check"
        )
    return f"{len(read_corpus(settings.corpus))} documents in {settings.corpus}"


def _model(settings: Settings) -> str:
    embedder = open_embedder(settings.embedder)
    length = len(embedder.encode(["?"])[0])
    return f"{embedder.name}, {length} numbers a vector, weights as published"


def _index(settings: Settings) -> str:
    if reason := stale_reason(settings, examples()):
        raise SearchIndexError(f"{reason}. Refresh it: assistant index")
    manifest = open_index(settings.index, settings.chroma_url).manifest
    return f"{manifest.id} in {settings.index}, {manifest.passages:,} passages"
