"""What one could ask next: questions that the documents near the answer say they answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answer.then import known_by, said_by
from assistant.index.words import words
from assistant.models import Citation, Hit, Language, Question

_MOST = 3
_FIRST = 5  # the first of a section are the plainest; later ones need their asker's story
_SHORTEST, _LONGEST = 20, 110
_SAME = 0.6  # share of words from which two questions ask the same


def follow_ups(
    hits: Sequence[Hit], citations: Sequence[Citation], question: Question
) -> tuple[str, ...]:
    """At most three questions of sections not quoted, each from another document.

    As of an earlier day, none that only a later one could ask or answer.
    """
    quoted = {(citation.passage.source.id, citation.passage.section) for citation in citations}
    language = question.language
    taken: list[set[str]] = [set(words(question.search_text, language))]
    suggestions: list[str] = []
    documents: set[str] = set()
    for hit in hits:
        place = (hit.passage.source.id, hit.passage.section)
        if place in quoted or hit.passage.source.id in documents:
            continue
        asked = _askable(hit, question.as_of)
        suggestion = _first_new(asked, taken, language)
        if suggestion:
            suggestions.append(suggestion)
            taken.append(set(words(suggestion, language)))
            documents.add(hit.passage.source.id)
        if len(suggestions) == _MOST:
            break
    return tuple(suggestions)


def _askable(hit: Hit, day: date) -> list[str]:
    """The first questions of a section in which nothing is later than the day."""
    passage = hit.passage
    if not all(known_by(passage, sentence, day) for sentence in passage.sentences):
        return []
    language = passage.source.language
    return [each for each in passage.questions[:_FIRST] if said_by(each, language, day)]


def _first_new(questions: Sequence[str], taken: list[set[str]], language: Language) -> str | None:
    """The first well-formed question that asks something else than those taken."""
    for question in questions:
        asked = set(words(question, language))
        fits = question.endswith("?") and _SHORTEST <= len(question) <= _LONGEST
        if fits and asked and all(_overlap(asked, other) < _SAME for other in taken):
            return question
    return None


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)
