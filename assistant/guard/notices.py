"""What an asker is told of what the guard saw: an urgent need, and details that were taken out."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.guard.kinds import PersonalKind
from assistant.guard.screen import Urgency, urgent
from assistant.models import Language
from assistant.texts import say


def urgent_notice(text: str, language: Language) -> tuple[str, ...]:
    """Where someone whose need cannot wait finds help; self-harm has an answer of its own."""
    urgency = urgent(text, language)
    told_of = urgency not in (None, Urgency.SELF_HARM)
    return (say(language, f"guard.urgent_{urgency}"),) if told_of else ()


def asked_in_need(text: str, language: Language) -> str | None:
    """What someone whose need cannot wait would ask, in words that the documents know."""
    urgency = urgent(text, language)
    if urgency in (None, Urgency.SELF_HARM):
        return None
    return say(language, f"guard.asked_{urgency}")


def removed_notice(removed: Sequence[PersonalKind], language: Language) -> tuple[str, ...]:
    """What was taken out, named by kind and never by value."""
    if not removed:
        return ()
    kinds = ", ".join(say(language, f"guard.kind_{kind.value}") for kind in removed)
    return (say(language, "guard.removed", kinds=kinds),)
