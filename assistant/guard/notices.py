"""What an asker is told of how a question was read: an urgent need, details that were taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.guard.ending import in_crisis
from assistant.guard.kinds import PersonalKind
from assistant.guard.screen import Urgency, urgent
from assistant.models import Language, Question
from assistant.texts import say


def urgent_notice(text: str, language: Language) -> tuple[str, ...]:
    """Where someone whose need cannot wait finds help; self-harm has an answer of its own."""
    urgency = urgent(text, language)
    told_of = urgency not in (None, Urgency.SELF_HARM)
    return (say(language, f"guard.urgent_{urgency}"),) if told_of else ()


def in_need(question: Question) -> Question | None:
    """What someone whose need cannot wait would ask, in words that the documents know."""
    urgency = urgent(question.text, question.language)
    if urgency in (None, Urgency.SELF_HARM):
        return None
    return replace(question, search_text=say(question.language, f"guard.asked_{urgency}"))


def understood_notice(question: Question, asked: str) -> tuple[str, ...]:
    """How a follow-up was read, where that is more than what was asked."""
    if question.search_text == asked or in_crisis(question):
        return ()
    return (say(question.language, "dialogue.understood", question=question.search_text),)


def removed_notice(removed: Sequence[PersonalKind], language: Language) -> tuple[str, ...]:
    """What was taken out, named by kind and never by value."""
    if not removed:
        return ()
    kinds = ", ".join(say(language, f"guard.kind_{kind.value}") for kind in removed)
    return (say(language, "guard.removed", kinds=kinds),)
