"""How a question ends that is not searched: with a kind word, and no sources."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.guard.screen import YIELDING, Reason, Urgency, screen, urgent
from assistant.models import Outcome, Question


@dataclass(frozen=True, slots=True)
class Ending:
    """The outcome of such a question, the key of its text, and why it was screened."""

    outcome: Outcome
    text: str
    reason: Reason | None = None

    @property
    def yields(self) -> bool:
        """Whether it gives way where the question is a well-known one."""
        return self.reason in YIELDING


def ending_of(question: Question) -> Ending | None:
    """How a question ends that is not searched; None for one that is."""
    if in_crisis(question):
        return Ending(Outcome.OUT_OF_SCOPE, f"guard.urgent_{Urgency.SELF_HARM.value}")
    # An attack is seen in the whole text: the search leaves out clauses that hold a name.
    # All else of a follow-up is judged with what it follows: "why?" alone would be too vague.
    screening = screen(question.text, question.language)
    blocked = screening is not None and screening.outcome is Outcome.BLOCKED
    if not blocked and question.search_text != question.text:
        screening = screen(question.search_text, question.language)
    if screening is None:
        return None
    return Ending(screening.outcome, f"guard.reason_{screening.reason.value}", screening.reason)


def in_crisis(question: Question) -> bool:
    """Whether someone may do themselves harm: nothing comes before that."""
    return urgent(question.text, question.language) is Urgency.SELF_HARM
