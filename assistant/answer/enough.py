"""Whether what was found is enough: to answer a question, and to understand it by itself."""

from __future__ import annotations

from assistant.answer.plans.planner import told
from assistant.answer.premises import premises_in
from assistant.answer.weigh import margin, outcome_for
from assistant.index.opened import LanguageIndex
from assistant.models import Outcome, Question
from assistant.retrieve.find import Found

SHOWN = frozenset({Outcome.ANSWERED, Outcome.PARTIAL})


def outcome_of(question: Question, found: Found, part: LanguageIndex) -> Outcome:
    """What the evidence allows; a belief that is known to be mistaken is always put right.

    Few words are weak evidence, but what is asked like a well-known question is answered.
    """
    if _is_known(question, found, part):
        return Outcome.ANSWERED
    outcome = outcome_for(found, question.search_text, question.language)
    if outcome not in SHOWN and premises_in(question.text, question.language):
        return Outcome.PARTIAL
    return outcome


def says_too_little(question: Question, found: Found, part: LanguageIndex) -> bool:
    """Whether a question that seemed to stand alone would not be answered so."""
    weak = margin(found, question.search_text, question.language) < 0
    return weak and not _is_known(question, found, part)


def is_well_known(question: Question, found: Found, part: LanguageIndex) -> bool:
    """Whether it is asked as a well-known question is, and is ours by all of its words."""
    kind = told(part, question.search_text, found)
    ours = kind is not None and (kind.certain or (kind.known and found.ours > 0))
    return bool(ours and kind and kind.plan.leads)


def _is_known(question: Question, found: Found, part: LanguageIndex) -> bool:
    kind = told(part, question.search_text, found)
    return bool(kind and kind.known and kind.plan.leads)
