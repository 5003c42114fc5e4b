"""How strong the evidence is: enough to answer, enough for a part, or too weak to show."""

from __future__ import annotations

from assistant.index.words import words
from assistant.models import Hit, Language, Outcome
from assistant.retrieve.find import Found

_LOOKED_AT = 3  # best passages whose words are compared with the question's

# (to answer, to answer in part); between them the answer says that it is partial.
_THRESHOLDS = {Language.EN: (0.5, 0.42), Language.ES: (0.5, 0.42)}


def evidence(found: Found, text: str, language: Language) -> float:
    """From 0 to 1: the likeness of the nearest question and sentence, and the shared words."""
    if not found.hits:
        return 0.0
    asked = set(words(text, language))
    covered = max((_covered(asked, hit, language) for hit in found.hits[:_LOOKED_AT]), default=0.0)
    likeness = max(found.peaks["question_vector"], found.peaks["sentence_vector"])
    return 0.5 * likeness + 0.5 * covered


def outcome_for(strength: float, language: Language) -> Outcome:
    """What an answer on evidence of that strength may call itself."""
    answered, partial = _THRESHOLDS[language]
    if strength >= answered:
        return Outcome.ANSWERED
    return Outcome.PARTIAL if strength >= partial else Outcome.ABSTAINED


def _covered(asked: set[str], hit: Hit, language: Language) -> float:
    passage = hit.passage
    text = "\n".join((passage.source.title, passage.pinpoint, passage.text, *passage.questions))
    return len(asked & set(words(text, language))) / len(asked) if asked else 0.0
