"""What a reader must know beside the answer: its dates, the standing of orders and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.cues import Cue
from assistant.cites import Reference, near_miss
from assistant.index.opened import LanguageIndex
from assistant.models import Citation, Kind, Language, Outcome, Passage, Question, Standing
from assistant.status import known_on
from assistant.texts import say
from assistant.texts.dates import say_date

# The document that follows the court orders, and how many of its first sentences tell the state.
_COURT_STATUS = "court-status-today"
_STATE_SENTENCES = 3
# What holds needs no warning; everything else is said with its date.
_HOLDING = frozenset({Standing.IN_FORCE, Standing.IN_EFFECT, Standing.AFFIRMED})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that notices depend on.

    ``all_stand`` is False when a sentence no longer stood in its document; ``earlier_day`` is True
    for an answer as of a day before today.
    """

    question: Question
    outcome: Outcome
    citations: tuple[Citation, ...]
    cues: frozenset[Cue]
    all_stand: bool
    earlier_day: bool
    not_held: tuple[Reference, ...] = ()


def outcome_text(outcome: Outcome, language: Language) -> str:
    """What stands in the place of an answer when nothing can be shown."""
    name = "out_of_scope" if outcome is Outcome.OUT_OF_SCOPE else "abstained"
    return say(language, f"answers.{name}")


def notices_for(about: Circumstances, part: LanguageIndex) -> tuple[str, ...]:
    """What to say beside the answer, the most needed first."""
    question, language = about.question, about.question.language
    notices: list[str] = []
    if meant := near_miss(question.search_text):
        notices.append(say(language, "answers.notice_near_miss", meant=meant))
    for reference in about.not_held:
        notices.append(say(language, "answers.notice_not_held", provision=reference))
    if about.outcome is Outcome.PARTIAL:
        notices.append(say(language, "answers.notice_partial"))
    if not about.all_stand:
        notices.append(say(language, "answers.notice_changed"))
    if about.earlier_day:
        day = say_date(language, question.as_of.isoformat())
        notices.append(say(language, "answers.notice_then", day=day))
    if _touches_orders(about.citations, about.cues):
        notices.extend(_orders(part, question, about.citations))
    notices.extend(_standing(about.citations, language))
    if about.citations:
        notices.append(_as_of(about.citations, language))
    return tuple(notices)


def _as_of(citations: Sequence[Citation], language: Language) -> str:
    dates = sorted({citation.passage.source.as_of for citation in citations})
    oldest, newest = say_date(language, dates[0]), say_date(language, dates[-1])
    if len(dates) == 1:
        return say(language, "answers.notice_as_of", newest=newest)
    return say(language, "answers.notice_as_of_range", oldest=oldest, newest=newest)


def _touches_orders(citations: Sequence[Citation], cues: frozenset[Cue]) -> bool:
    kinds = {citation.passage.source.kind for citation in citations}
    return bool(citations) and (Cue.AGREEMENT in cues or bool(kinds & {Kind.COURT, Kind.AGREEMENT}))


def _orders(part: LanguageIndex, question: Question, citations: Sequence[Citation]) -> list[str]:
    """The state of the court orders, in words of the document that follows them not shown yet."""
    passage = _court_status(part)
    if passage is None or not known_on(passage.source, question.as_of):
        return []
    shown = {citation.quote for citation in citations}
    state = [each.text for each in passage.sentences[:_STATE_SENTENCES] if each.text not in shown]
    if not state:
        return []
    language = question.language
    return [
        say(
            language,
            "answers.notice_orders",
            day=say_date(language, passage.source.as_of),
            title=passage.source.title,
            quote=" ".join(state),
        )
    ]


def _court_status(part: LanguageIndex) -> Passage | None:
    mine = (passage for passage in part.passages if passage.source.id == _COURT_STATUS)
    return next(mine, None)


def _standing(citations: Sequence[Citation], language: Language) -> list[str]:
    """One notice a document whose status is not simply that it holds."""
    told: dict[str, Citation] = {}
    for citation in citations:
        source = citation.passage.source
        if source.status not in _HOLDING:
            told.setdefault(source.id, citation)
    return [
        say(
            language,
            "answers.notice_standing",
            number=citation.number,
            status=say(language, f"names.status_{citation.passage.source.status.value}"),
            day=say_date(language, citation.passage.source.as_of),
        )
        for citation in told.values()
    ]
