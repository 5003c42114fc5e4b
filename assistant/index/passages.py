"""Passages on disk: one JSON line each, sources first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from assistant.models import (
    Audience,
    Basis,
    Kind,
    Language,
    Origin,
    Passage,
    Sentence,
    Source,
    Standing,
)

_READ: dict[str, Callable[[Any], Any]] = {
    "language": Language,
    "kind": Kind,
    "status": Standing,
    "basis": Basis,
    "origin": Origin,
    "sources": tuple,
    "topics": tuple,
    "related": tuple,
    "audiences": lambda names: tuple(Audience(name) for name in names),
}


def save_passages(file: Path, passages: Iterable[Passage]) -> None:
    """Writes the passages in their order; each document's facts are written once."""
    seen: dict[tuple[str, str], int] = {}
    with file.open("w", encoding="utf-8") as stream:
        for passage in passages:
            key = (passage.source.id, passage.source.language.value)
            if key not in seen:
                seen[key] = len(seen)
                stream.write(_line({"source": asdict(passage.source)}))
            stream.write(_line({"passage": _facts(passage), "of": seen[key]}))


def load_passages(file: Path) -> tuple[Passage, ...]:
    """Reads what ``save_passages`` wrote.

    Raises:
        ValueError, KeyError, TypeError: The file does not hold passages.
    """
    sources: list[Source] = []
    passages: list[Passage] = []
    with file.open(encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            if "source" in record:
                sources.append(_source(record["source"]))
            else:
                passages.append(_passage(record["passage"], sources[record["of"]]))
    return tuple(passages)


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _facts(passage: Passage) -> dict[str, Any]:
    facts = {field.name: getattr(passage, field.name) for field in fields(Passage)}
    del facts["source"]
    # The sentences are cut from the text again when read.
    facts["sentences"] = [[sentence.start, sentence.end] for sentence in passage.sentences]
    return facts


def _source(facts: dict[str, Any]) -> Source:
    return Source(**{name: _READ.get(name, _same)(value) for name, value in facts.items()})


def _same(value: Any) -> Any:
    return value


def _passage(facts: dict[str, Any], source: Source) -> Passage:
    text, first = facts["text"], facts["start"]
    sentences = tuple(
        Sentence(text[start - first : end - first], start, end) for start, end in facts["sentences"]
    )
    questions = tuple(facts["questions"])
    answers = tuple(tuple(numbers) for numbers in facts["answers"])
    read = {"source": source, "sentences": sentences, "questions": questions, "answers": answers}
    return Passage(**(facts | read))
