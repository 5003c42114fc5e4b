"""Whether the questions are true to the documents, and not copied from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import CorpusError
from assistant.models import Language
from evals import score
from evals.cases import Case, Target

SHINGLE = 5
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Text:
    """What a document says under one heading, and the questions printed there."""

    heading: str
    said: str
    questions: tuple[str, ...]


class Documents:
    """The documents as plain text; reads each file once.

    The evaluation has its own small reader so that a fault in the assistant's cannot hide here.
    """

    def __init__(self, corpus: Path) -> None:
        self._paths = {
            (Language(folder), path.stem): path
            for folder in (Language.EN, Language.ES)
            for path in sorted((corpus / folder).glob("*/*.md"))
        }
        if not self._paths:
            raise CorpusError(f"No documents under {corpus.name}. Give the corpus folder.")
        self._texts: dict[tuple[Language, str], tuple[Text, ...]] = {}

    def ids(self, language: Language) -> frozenset[str]:
        """The documents there are in a language."""
        return frozenset(document for held, document in self._paths if held == language)

    def sections(self, language: Language, document: str) -> tuple[Text, ...]:
        """The sections of a document, in order; none when there is no such document."""
        key = (language, document)
        if key not in self._texts:
            path = self._paths.get(key)
            self._texts[key] = _sections(path.read_text(encoding="utf-8")) if path else ()
        return self._texts[key]


def _sections(source: str) -> tuple[Text, ...]:
    parts = re.split(r"^## ", _FRONT_MATTER.sub("", source), flags=re.MULTILINE)[1:]
    texts = []
    for part in parts:
        heading, _, body = part.partition("\n")
        lines = body.splitlines()
        questions = tuple(line[1:].strip() for line in lines if line.startswith(">"))
        said = "\n".join(line for line in lines if line.strip() and not line.startswith(">"))
        texts.append(Text(heading.strip(), said, questions))
    return tuple(texts)


def untrue(cases: Iterable[Case], documents: Documents) -> tuple[str, ...]:
    """A complaint for every target that is not there and every pattern no target's text holds."""
    return tuple(complaint for case in cases for complaint in _untrue(case, documents))


def _untrue(case: Case, documents: Documents) -> Iterator[str]:
    known = documents.ids(case.language)
    said = {}
    for target in case.cite:
        if target.document not in known:
            yield f"{case.id}: no document {target.document!r} in {case.language}"
            continue
        sections = documents.sections(case.language, target.document)
        said[target.document] = " ".join(f"{text.heading} {text.said}" for text in sections)
        if target.heading and _headings(target, sections) != 1:
            yield (
                f"{case.id}: {target.heading!r} is in {_headings(target, sections)} headings"
                f" of {target.document!r}, not in one"
            )
    for pattern in (pattern for fact in case.key_facts for pattern in fact):
        if not any(score.violations(text, [pattern]) for text in said.values()):
            yield f"{case.id}: no cited document says {pattern!r}"
    for document, text in said.items():
        if case.key_facts and score.facts_held(text, case.key_facts) == 0:
            yield f"{case.id}: {document!r} holds none of the key facts"


def _headings(target: Target, sections: Sequence[Text]) -> int:
    words = score.fold(target.heading or "").casefold()
    return sum(words in score.fold(text.heading).casefold() for text in sections)


def copied(cases: Iterable[Case], documents: Documents) -> tuple[str, ...]:
    """A complaint for every question that shares five running words with the documents.

    A question that stands in the documents measures memory, not finding.
    """
    printed: dict[Language, frozenset[tuple[str, ...]]] = {}
    complaints = []
    for case in cases:
        if case.language not in printed:
            printed[case.language] = _printed(case.language, documents)
        words = _words(case.question)
        same = shingles(words) & printed[case.language]
        if same or tuple(words) in printed[case.language]:
            shared = " ".join(min(same, default=tuple(words)))
            complaints.append(f"{case.id}: {shared!r} stands in the documents")
    return tuple(complaints)


def _printed(language: Language, documents: Documents) -> frozenset[tuple[str, ...]]:
    runs: set[tuple[str, ...]] = set()
    for document in documents.ids(language):
        for text in documents.sections(language, document):
            for line in (text.heading, *text.questions, *_SENTENCE_END.split(text.said)):
                words = _words(line)
                runs |= shingles(words)
                runs.add(tuple(words))
    return frozenset(runs)


def shingles(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every run of five words."""
    return frozenset(
        tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(score.fold(text).casefold())


def straddling(cases: Iterable[Case]) -> tuple[str, ...]:
    """The documents whose questions stand in both halves, told by each question's main document."""
    halves: dict[str, set[str]] = {}
    for case in cases:
        if case.cite:
            halves.setdefault(case.cite[0].document, set()).add(case.split)
    return tuple(sorted(document for document, splits in halves.items() if len(splits) > 1))
