"""What a reader must know beside the answer: its dates, the standing of orders and sources."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer.cues import Cue
from assistant.index.opened import LanguageIndex
from assistant.models import Citation, Kind, Language, Passage, Question, Standing
from assistant.status import known_on
from assistant.texts import say
from assistant.texts.dates import say_date

# The document that follows the court orders, and how many of its first sentences tell the state.
_COURT_STATUS = "court-status-today"
_STATE_SENTENCES = 3
# What holds needs no warning; everything else is said with its date.
_HOLDING = frozenset({Standing.IN_FORCE, Standing.IN_EFFECT, Standing.AFFIRMED})


def notices_for(
    question: Question,
    citations: Sequence[Citation],
    cues: frozenset[Cue],
    part: LanguageIndex,
    today: bool,
) -> tuple[str, ...]:
    """As-of dates, the standing of court orders where they matter, and sources that need care.

    ``today`` is False for an answer as of an earlier day.
    """
    notices = []
    language = question.language
    if not today:
        day = say_date(language, question.as_of.isoformat())
        notices.append(say(language, "answers.notice_then", day=day))
    if citations:
        notices.append(_as_of(citations, language))
    if _touches_orders(citations, cues):
        notices.extend(_orders(part, question))
    notices.extend(_standing(citations, language))
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


def _orders(part: LanguageIndex, question: Question) -> list[str]:
    """The state of the court orders in the words of the document that follows them."""
    passage = _court_status(part)
    if passage is None or not known_on(passage.source, question.as_of):
        return []
    language = question.language
    return [
        say(
            language,
            "answers.notice_orders",
            day=say_date(language, passage.source.as_of),
            title=passage.source.title,
            quote=" ".join(each.text for each in passage.sentences[:_STATE_SENTENCES]),
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
