"""The state of the court orders beside an answer: today's, or that of an earlier day, quoted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from assistant.answer.cues import Cue
from assistant.answer.then import known_by
from assistant.index.opened import LanguageIndex
from assistant.models import Citation, Language, Passage, Question, Sentence
from assistant.status import known_on
from assistant.texts import say
from assistant.texts.dates import say_date
from assistant.timeline import Entry, EntryKind, Limit, entries, entries_before, in_force_on

# The document that follows the court orders, and how many of its first sentences tell the state.
_COURT_STATUS = "court-status-today"
_STATE_SENTENCES = 3
_MOST_QUOTED = 3


def state_of_orders(
    question: Question, citations: Sequence[Citation], cues: frozenset[Cue], part: LanguageIndex
) -> tuple[str, ...]:
    """How the orders stood on the day asked about, in sentences that are not shown yet.

    The document that follows them speaks once it had been published; for a day before that the
    timeline tells which sentences to quote. A question about now is told how far that reaches.
    """
    passage = _court_status(part)
    if passage is None or not known_on(passage.source, question.as_of):
        return _state_then(question, citations, part)
    language = question.language
    reaches = _reach(question.as_of, language) if Cue.NOW in cues else ()
    shown = {citation.quote for citation in citations}
    state = [each.text for each in passage.sentences[:_STATE_SENTENCES] if each.text not in shown]
    if not state:
        return reaches
    notice = say(
        language,
        "answers.notice_orders",
        day=say_date(language, passage.source.as_of),
        title=passage.source.title,
        quote=" ".join(state),
    )
    return (notice, *reaches)


def _court_status(part: LanguageIndex) -> Passage | None:
    mine = (passage for passage in part.passages if passage.source.id == _COURT_STATUS)
    return next(mine, None)


def _reach(day: date, language: Language) -> tuple[str, ...]:
    """Up to when the orders in force are confirmed; nothing where that is the day asked about."""
    limiting = [each for each in in_force_on(day) if each.limits]
    confirmed = {
        limit: say_date(language, each.confirmed.isoformat())
        for limit in Limit
        for each in limiting
        if each.limits is limit and each.confirmed < day
    }
    if len(confirmed) < len(Limit):
        return ()
    return (say(language, "answers.notice_confirmed", **confirmed),)


def _state_then(
    question: Question, citations: Sequence[Citation], part: LanguageIndex
) -> tuple[str, ...]:
    """What the timeline says held on an earlier day; nothing where its documents are not held."""
    language, day = question.language, question.as_of
    holding = in_force_on(day)
    told = _telling(holding)
    found = {each.id: _sentence_of(each, part, day) for each in told}
    if not entries_before(day) or not _held(part):
        return ()
    if any(each.limits and not found[each.id] for each in told):
        return ()
    shown = {citation.quote for citation in citations}
    new = [place for place in found.values() if place and place[1].text not in shown]
    quotes = (
        say(language, "answers.quoted", title=title, quote=" ".join(each.text for _, each in group))
        for title, group in groupby(new, key=lambda place: place[0].source.title)
    )
    heading = _heading({each.limits for each in holding})
    written = say_date(language, day.isoformat())
    if not new and heading == "answers.notice_orders_then":
        return ()
    return (say(language, heading, day=written, quotes=" ".join(quotes)).strip(),)


def _held(part: LanguageIndex) -> bool:
    """Whether any document of the timeline, beside the one of today, is in the index."""
    documents = {each.stated[part.language].document for each in entries()} - {_COURT_STATUS}
    return any(passage.source.id in documents for passage in part.passages)


def _heading(limits: set[Limit | None]) -> str:
    """The text that says what the orders of a day kept from happening."""
    if Limit.USE in limits:
        return "answers.notice_orders_then"
    return "answers.notice_orders_sharing" if Limit.SHARING in limits else "answers.notice_no_order"


def _telling(holding: Sequence[Entry]) -> list[Entry]:
    """The orders and the latest of what courts ruled or have before them, the earliest first.

    Once an order limits something, what went before it is no longer told.
    """
    orders = [each for each in holding if each.kind is EntryKind.ORDER]
    since = min((each.starts for each in orders if each.limits), default=date.min)
    others = [
        each
        for each in holding
        if each.kind in (EntryKind.RULING, EntryKind.APPEAL) and each.starts >= since
    ]
    room = max(_MOST_QUOTED - len(orders), 0)
    kept = [*orders, *(others[-room:] if room else ())]
    return [each for each in holding if each in kept]


def _sentence_of(entry: Entry, part: LanguageIndex, day: date) -> tuple[Passage, Sentence] | None:
    """The sentence that states an entry, where it is held and could be said by that day."""
    stated = entry.stated[part.language]
    return next(
        (
            (passage, sentence)
            for passage in part.passages
            if passage.source.id == stated.document
            for sentence in passage.sentences
            if stated.sentence.search(sentence.text) and known_by(passage, sentence, day)
        ),
        None,
    )
