"""Answers and conversations as HTML: pure functions, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from assistant.models import Answer, AnswerSentence, Citation, Disagreement, Language, Outcome
from assistant.texts import say
from assistant.ui.actions import actions, again
from assistant.ui.conversation import Conversation, Exchange, Stage
from assistant.ui.markup import emphasised, plain
from assistant.ui.sources import quotation_id, source_cards

_NUMBER = re.compile(r"\[(\d{1,3})\]")
_WITHOUT_HEADING = frozenset({Outcome.ANSWERED})


def render_conversation(conversation: Conversation, language: Language) -> str:
    """All exchanges in order, as a log that assistive technology reads out when it grows."""
    turns = "".join(
        render_exchange(exchange, number, language, last=number == len(conversation.exchanges))
        for number, exchange in enumerate(conversation.exchanges, start=1)
    )
    busy = "true" if conversation.busy else "false"
    return (
        f'<div class="log" role="log" aria-label="{plain(say(language, "ui.log_label"))}" '
        f'aria-live="polite" aria-relevant="additions" aria-busy="{busy}" '
        f'data-turns="{len(conversation.exchanges)}">{turns}</div>'
    )


def render_exchange(exchange: Exchange, turn: int, language: Language, last: bool) -> str:
    """One question with its answer, its sources and what to do next."""
    failed = " data-failed" if exchange.stage is Stage.FAILED else ""
    arriving = " arriving" if exchange.arriving else ""
    spoken = exchange.answer.question.language if exchange.answer else language
    return (
        f'<article class="turn{arriving}" aria-labelledby="question-{turn}"{failed}>'
        f'<h2 class="question" id="question-{turn}" tabindex="-1">'
        f'<span class="unseen">{plain(say(language, "ui.you_asked"))} </span>'
        f'<span class="asked" lang="{spoken.value}">{plain(exchange.question)}</span></h2>'
        f"{_what_became_of_it(exchange, turn, language, last)}</article>"
    )


def _what_became_of_it(exchange: Exchange, turn: int, language: Language, last: bool) -> str:
    if exchange.stage is Stage.WAITING:
        doing = "ui.writing" if exchange.written else "ui.searching"
        return f'<p class="waiting">{plain(say(language, doing))}</p>'
    if exchange.stage is Stage.FAILED:
        return _failed(language, last)
    stopped = exchange.stage is Stage.STOPPED
    note = _stopped(language, last) if stopped else ""
    if exchange.answer is None:
        return note
    whole = exchange.stage is Stage.DONE
    if exchange.stage is Stage.WRITING:
        note = f'<p class="waiting">{plain(say(language, "ui.writing"))}</p>'
    return render_answer(exchange.answer, turn, language, whole, last) + note


def render_answer(
    answer: Answer,
    turn: int,
    language: Language,
    whole: bool = True,
    last: bool = True,
) -> str:
    """The sentences with their sources; notices and next steps once it is whole."""
    cited = {number for sentence in answer.sentences for number in sentence.citations}
    citations = tuple(each for each in answer.citations if whole or each.number in cited)
    body = _text(answer, turn, language)
    if whole:
        body += _disagreements(answer, turn, language) + _notices(answer, turn, language)
    after = _after(answer, turn, language, last) if whole else ""
    alone = "" if citations else " without-sources"
    return (
        f'<div class="answer{alone}"><div class="answer-text">{body}</div>'
        f"{_sources(citations, turn, language)}{after}</div>"
    )


def _text(answer: Answer, turn: int, language: Language) -> str:
    spoken = answer.question.language.value
    if answer.sentences:
        place = count()
        prose = "".join(
            f'<p lang="{spoken}">'
            + " ".join(
                _sentence(sentence, next(place), answer.citations, turn, language)
                for sentence in group
            )
            + "</p>"
            for group in _by_source(answer.sentences, answer.citations)
        )
    else:
        paragraphs = (part for part in answer.text.split("\n\n") if part.strip())
        prose = "".join(f'<p lang="{spoken}">{emphasised(part)}</p>' for part in paragraphs)
    if answer.outcome in _WITHOUT_HEADING:
        return f'<div class="words">{prose}</div>'
    heading = plain(say(language, f"names.outcome_{answer.outcome.value}"))
    return (
        f'<div class="outcome {answer.outcome.value}"><h3>{heading}</h3>'
        f'<div class="words">{prose}</div></div>'
    )


def _by_source(
    sentences: tuple[AnswerSentence, ...], citations: tuple[Citation, ...]
) -> Iterator[list[AnswerSentence]]:
    """Neighbouring sentences of one passage read as one paragraph."""
    passages = {citation.number: citation.passage.id for citation in citations}
    group: list[AnswerSentence] = []
    before: list[str | None] = []
    for sentence in sentences:
        here = [passages.get(number) for number in sentence.citations]
        if group and here != before:
            yield group
            group = []
        group.append(sentence)
        before = here
    if group:
        yield group


def _sentence(
    sentence: AnswerSentence,
    place: int,
    citations: tuple[Citation, ...],
    turn: int,
    language: Language,
) -> str:
    """A sentence with its marks; its place tells the style sheet when it is its turn to arrive."""
    marks = _marks(sentence.citations, citations, turn, language)
    said = emphasised(sentence.text)
    return f'<span class="sentence" style="--place: {place}">{said}{marks}</span>'


def _marks(
    numbers: Iterable[int], citations: tuple[Citation, ...], turn: int, language: Language
) -> str:
    titles = {citation.number: citation.passage.source.title for citation in citations}
    return "".join(
        # A word joiner keeps the mark on the line of the word it belongs to.
        f'&#8288;<a class="cite" href="#{quotation_id(turn, number)}" '
        f'aria-label="{plain(say(language, "ui.mark_label", number=number, title=titles[number]))}"'
        f">[{number}]</a>"
        for number in numbers
        if number in titles
    )


def _sources(citations: tuple[Citation, ...], turn: int, language: Language) -> str:
    if not citations:
        return ""
    cards = source_cards(citations, turn, language)
    heading = plain(say(language, "answers.sources_heading"))
    return (
        f'<section class="sources" aria-labelledby="sources-{turn}">'
        f'<h3 id="sources-{turn}">{heading}</h3><ol>{cards}</ol></section>'
    )


def _disagreements(answer: Answer, turn: int, language: Language) -> str:
    if not answer.disagreements:
        return ""
    points = "".join(_disagreement(point, answer, turn, language) for point in answer.disagreements)
    heading = plain(say(language, "ui.disagree_heading"))
    return f'<section class="disagreements"><h3>{heading}</h3>{points}</section>'


def _disagreement(point: Disagreement, answer: Answer, turn: int, language: Language) -> str:
    spoken = answer.question.language.value
    sides = "".join(
        f'<li lang="{spoken}"><strong>{plain(side.holder)}</strong> {emphasised(side.text)}'
        f"{_marks(side.citations, answer.citations, turn, language)}</li>"
        for side in point.sides
    )
    return f'<h4 lang="{spoken}">{plain(point.about)}</h4><ul>{sides}</ul>'


def _notices(answer: Answer, turn: int, language: Language) -> str:
    if not answer.notices:
        return ""
    label = plain(say(language, "ui.notices_label"))
    items = "".join(
        f"<li>{_linked(notice, answer, turn, language)}</li>" for notice in answer.notices
    )
    spoken = answer.question.language.value
    return f'<ul class="notices" aria-label="{label}" lang="{spoken}">{items}</ul>'


def _linked(text: str, answer: Answer, turn: int, language: Language) -> str:
    """The text with its ``[1]`` as marks, wherever the answer has such a source."""

    def mark(found: re.Match[str]) -> str:
        return _marks((int(found[1]),), answer.citations, turn, language) or found[0]

    return _NUMBER.sub(mark, emphasised(text))


def _after(answer: Answer, turn: int, language: Language, last: bool) -> str:
    next_steps = _suggestions(answer, language) if last else ""
    return f'<div class="after">{actions(answer, turn, language, last)}{next_steps}</div>'


def _suggestions(answer: Answer, language: Language) -> str:
    if not answer.follow_ups:
        return ""
    spoken = answer.question.language.value
    items = "".join(
        f'<li><button type="button" class="suggestion" lang="{spoken}" data-ask>'
        f"{plain(question)}</button></li>"
        for question in answer.follow_ups
    )
    heading = plain(say(language, "ui.follow_heading"))
    return f'<h3>{heading}</h3><ul class="suggestions">{items}</ul>'


def _stopped(language: Language, last: bool) -> str:
    repeat = f'<div class="after">{again(language)}</div>' if last else ""
    return f'<p class="waiting">{plain(say(language, "ui.stopped"))}</p>{repeat}'


def _failed(language: Language, last: bool) -> str:
    heading = plain(say(language, "ui.failed_heading"))
    repeat = again(language) if last else ""
    return (
        '<div class="answer without-sources"><div class="answer-text">'
        f'<div class="outcome failed"><h3>{heading}</h3><div class="words">'
        f"<p>{plain(say(language, 'ui.failed_text'))}</p></div>{repeat}</div></div></div>"
    )
