"""What a reader must know beside the answer: its dates, the standing of orders and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.answer.cues import Cue
from assistant.answer.orders import state_of_orders
from assistant.cites import Reference, near_miss
from assistant.index.opened import LanguageIndex
from assistant.models import Citation, Kind, Language, Outcome, Question, Standing
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.timeline import standing_on

_SLACK = timedelta(days=31)  # by which a clock may be behind the documents with nothing said
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
    elif clock := _clock(question, part):
        notices.append(clock)
    if _touches_orders(about.citations, about.cues):
        notices.extend(state_of_orders(question, about.citations, about.cues, part))
    notices.extend(_standing(about))
    # An earlier day is itself how far its answer reaches.
    if about.citations and not about.earlier_day:
        notices.append(_as_of(about.citations, language))
    return tuple(notices)


def _as_of(citations: Sequence[Citation], language: Language) -> str:
    dates = sorted({citation.passage.source.as_of for citation in citations})
    oldest, newest = say_date(language, dates[0]), say_date(language, dates[-1])
    if len(dates) == 1:
        return say(language, "answers.notice_as_of", newest=newest)
    return say(language, "answers.notice_as_of_range", oldest=oldest, newest=newest)


def _clock(question: Question, part: LanguageIndex) -> str | None:
    """That today is told wrong, and hides what the documents, checked later, know."""
    newest = max((passage.source.as_of for passage in part.passages), default="")
    # A day that is written as a month or a year counts from its first.
    if not newest or question.as_of >= date.fromisoformat(f"{newest}-01-01"[:10]) - _SLACK:
        return None
    language = question.language
    day, checked = (say_date(language, each) for each in (question.as_of.isoformat(), newest))
    return say(language, "answers.notice_clock", day=day, checked=checked)


def _touches_orders(citations: Sequence[Citation], cues: frozenset[Cue]) -> bool:
    kinds = {citation.passage.source.kind for citation in citations}
    return bool(citations) and (Cue.AGREEMENT in cues or bool(kinds & {Kind.COURT, Kind.AGREEMENT}))


def _standing(about: Circumstances) -> list[str]:
    """One notice a document whose status is not simply that it holds."""
    language = about.question.language
    told: dict[str, str] = {}
    for citation in about.citations:
        source = citation.passage.source
        status: Standing | None = source.status
        key, day = "answers.notice_standing", source.as_of
        if about.earlier_day:
            # Today's status is of no use for a day before it; the timeline knows some of that day.
            status = standing_on(source.id, about.question.as_of)
            key, day = "answers.notice_stood", about.question.as_of.isoformat()
        if status and status not in _HOLDING and source.id not in told:
            told[source.id] = say(
                language,
                key,
                number=citation.number,
                status=say(language, f"names.status_{status.value}"),
                day=say_date(language, day),
            )
    return list(told.values())
